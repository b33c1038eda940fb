package check_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tongbao/index"
	"tongbao/index/check"
	"tongbao/internal/archive"
)

// queue holds addresses and answers nothing else.
type queue struct {
	index.Queue
	all []index.Address
}

func (q queue) Addresses(context.Context, int64, index.AddressState) iter.Seq2[index.Address, error] {
	return func(yield func(index.Address, error) bool) {
		for _, a := range q.all {
			if !yield(a, nil) {
				return
			}
		}
	}
}

func faults(t *testing.T, q queue, dir string) (lines []string) {
	t.Helper()
	for line, err := range check.Archive(context.Background(), q, dir) {
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	return lines
}

func TestArchive(t *testing.T) {
	dir := t.TempDir()
	w, err := archive.Create(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	var q queue
	for _, name := range []string{"a", "b", "c"} {
		body := []byte("整改" + name)
		place, err := w.Add(archive.Exchange{URL: "https://a.example/" + name, Time: time.Unix(1e9, 0), Head: []byte("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"), Body: body})
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(body)
		q.all = append(q.all, index.Address{URL: "https://a.example/" + name, State: index.AddressDone, SHA256: hex.EncodeToString(sum[:]), File: place.File, Offset: place.Offset})
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	q.all = append(q.all, index.Address{URL: "https://a.example/waits", State: index.AddressWaiting})
	if lines := faults(t, q, dir); len(lines) > 0 {
		t.Errorf("of a whole archive: %q", lines)
	}

	wrong := queue{all: append([]index.Address(nil), q.all...)}
	wrong.all[1].Offset = q.all[2].Offset // another page than the one that was read
	if lines := faults(t, wrong, dir); len(lines) != 1 || !strings.Contains(lines[0], "address https://a.example/b: the page in the archive") {
		t.Errorf("of a wrong place: %q", lines)
	}

	path := filepath.Join(dir, q.all[0].File)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, whole[:len(whole)-20], 0o666); err != nil { // as a kill leaves it
		t.Fatal(err)
	}
	if lines := faults(t, queue{all: q.all[:2]}, dir); len(lines) > 0 {
		t.Errorf("of a last record that nobody names: %q", lines)
	}
	if lines := faults(t, q, dir); len(lines) != 1 || !strings.HasPrefix(lines[0], "address https://a.example/c: ") {
		t.Errorf("of a last record that is half: %q", lines)
	}

	damaged := append([]byte(nil), whole...)
	damaged[q.all[1].Offset+60] ^= 0xff
	if err := os.WriteFile(path, damaged, 0o666); err != nil {
		t.Fatal(err)
	}
	lines := strings.Join(faults(t, q, dir), "\n")
	if !strings.Contains(lines, "record at byte") || !strings.Contains(lines, "address https://a.example/b: ") || strings.Contains(lines, "address https://a.example/a") {
		t.Errorf("of a damaged record: %s", lines)
	}
}
