package archive

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestMain is also the process that TestKilledProcess kills: it adds pages, and
// says of each where it lies.
func TestMain(m *testing.M) {
	dir := os.Getenv("TONGBAO_TEST_ARCHIVE")
	if dir == "" {
		os.Exit(m.Run())
	}
	w, err := Create(dir, "killed")
	for i := 0; err == nil; i++ {
		var p Place
		p, err = w.Add(exchange(fmt.Sprintf("/%d", i), strings.Repeat(fmt.Sprint(i, " "), 20_000)))
		fmt.Println(p.File, p.Offset)
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// A process killed again and again while it writes: what it said it had added
// is there, every file is whole once the next one has begun, and no record is
// there twice.
func TestKilledProcess(t *testing.T) {
	dir := t.TempDir()
	var said []Place
	for round := range 6 {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), "TONGBAO_TEST_ARCHIVE="+dir)
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for range 3 + round {
			if !lines.Scan() {
				break
			}
			var p Place
			if _, err := fmt.Sscan(lines.Text(), &p.File, &p.Offset); err != nil {
				t.Fatal(err)
			}
			said = append(said, p)
		}
		_ = c.Process.Kill()
		_ = c.Wait()
	}
	add(t, create(t, dir), exchange("/last", "last"))
	for _, p := range said {
		if r, err := Load(dir, p); err != nil || r.Type != kindResponse {
			t.Errorf("%v: %s %v", p, r.Type, err)
		}
	}
	ids := map[string]bool{}
	for _, r := range all(t, dir) {
		if ids[r.ID] {
			t.Errorf("%s is there twice", r.ID)
		}
		ids[r.ID] = true
	}
	if hidden, _ := filepath.Glob(filepath.Join(dir, ".*")); len(said) < 30 || len(hidden) > 0 {
		t.Errorf("%d records said, left over: %v", len(said), hidden)
	}
}
