package embedded_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"tongbao"
	"tongbao/index/storetest"
)

const killedDir = "TONGBAO_TEST_KILLED"

// TestKilledWriter is the process that TestKill kills.
func TestKilledWriter(t *testing.T) {
	dir := os.Getenv(killedDir)
	if dir == "" {
		t.Skip("run by TestKill")
	}
	store := create(t, dir)
	for i, r := range storetest.Readings(120, 60) {
		put(t, store, []tongbao.Reading{r})
		if i%5 == 4 {
			if err := store.CatchUp(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		fmt.Println("kept", r.Notice.ID)
	}
}

// TestKill kills a writing process at several moments: what it had
// acknowledged is there, and the collection is whole.
func TestKill(t *testing.T) {
	for _, after := range []int{1, 14, 23, 37} {
		dir := t.TempDir()
		writer := exec.Command(os.Args[0], "-test.run=^TestKilledWriter$")
		writer.Env = append(os.Environ(), killedDir+"="+dir)
		out, err := writer.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := writer.Start(); err != nil {
			t.Fatal(err)
		}
		var kept []string
		for lines := bufio.NewScanner(out); len(kept) < after && lines.Scan(); {
			if id, ok := strings.CutPrefix(lines.Text(), "kept "); ok {
				kept = append(kept, id)
			}
		}
		writer.Process.Kill()
		writer.Wait()
		if len(kept) != after {
			t.Fatalf("the writer ended after %d notices", len(kept))
		}
		reader := open(t, dir)
		if got := count(t, reader, "整改"); got < after {
			t.Errorf("killed after %d: a reader finds %d notices", after, got)
		}
		closed(t, reader)
		store := create(t, dir)
		for _, id := range kept {
			if _, err := store.Notice(context.Background(), id); err != nil {
				t.Errorf("killed after %d: %v", after, err)
			}
		}
		if lines := wrong(t, store); lines != nil {
			t.Errorf("killed after %d: %v", after, lines)
		}
		put(t, store, storetest.Readings(120, 60))
		closed(t, store)
		reader = open(t, dir)
		if got := count(t, reader, "整改"); got != 120 {
			t.Errorf("killed after %d, then run again: %d notices", after, got)
		}
		if lines := wrong(t, reader); lines != nil {
			t.Errorf("killed after %d, then run again: %v", after, lines)
		}
		closed(t, reader)
	}
}
