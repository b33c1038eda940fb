package embedded_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"tongbao"
	"tongbao/index"
	"tongbao/index/embedded"
	"tongbao/index/storetest"
)

func open(t *testing.T, dir string) *embedded.Store {
	t.Helper()
	store, err := embedded.Open(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return store
}

func closed(t *testing.T, store *embedded.Store) {
	t.Helper()
	if err := store.Close(); err != nil {
		t.Error(err)
	}
}

func put(t *testing.T, store *embedded.Store, readings []tongbao.Reading) {
	t.Helper()
	if _, err := store.Put(context.Background(), recordsOf(readings)); err != nil {
		t.Fatal(err)
	}
}

// filled makes a collection of readings and closes it.
func filled(t *testing.T, readings []tongbao.Reading) (dir string) {
	t.Helper()
	dir = t.TempDir()
	store := create(t, dir)
	put(t, store, readings)
	closed(t, store)
	return dir
}

func count(t *testing.T, store *embedded.Store, query string) int {
	t.Helper()
	q, err := index.ParseQuery(query, storetest.Cut)
	if err != nil {
		t.Fatal(err)
	}
	result, err := store.Search(context.Background(), q, index.Page{})
	if err != nil {
		t.Fatal(err)
	}
	return result.Total
}

// wrong returns what Verify finds.
func wrong(t *testing.T, store *embedded.Store) (lines []string) {
	t.Helper()
	for line, err := range store.Verify(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	return lines
}

func generations(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(dir, "index"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestNoCollection(t *testing.T) {
	dir := t.TempDir()
	if _, err := embedded.Open(context.Background(), dir); !errors.Is(err, index.ErrNoCollection) {
		t.Errorf("open: %v", err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) > 0 {
		t.Errorf("looking left %v behind", entries)
	}
	if err := os.WriteFile(filepath.Join(dir, "tongbao.db"), []byte("this is no database, it is a text file"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := embedded.Open(context.Background(), dir); err == nil || !strings.Contains(err.Error(), dir) {
		t.Errorf("open a text file: %v", err)
	}
}

func TestPathsWithSigns(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "资料 100%?#&;'")
	store := create(t, dir)
	put(t, store, storetest.Readings(3, 50))
	closed(t, store)
	store = open(t, dir)
	defer closed(t, store)
	if got := count(t, store, "整改"); got != 3 {
		t.Errorf("%d notices", got)
	}
}

func TestOneWriter(t *testing.T) {
	dir := t.TempDir()
	store := create(t, dir)
	if _, err := embedded.Create(context.Background(), dir); !errors.Is(err, index.ErrBusy) {
		t.Errorf("a second writer: %v", err)
	}
	reader := open(t, dir)
	if _, err := reader.Put(context.Background(), nil); !errors.Is(err, index.ErrReadOnly) {
		t.Errorf("a reader writes: %v", err)
	}
	if err := reader.Reindex(context.Background()); !errors.Is(err, index.ErrReadOnly) {
		t.Errorf("a reader reindexes: %v", err)
	}
	closed(t, reader)
	closed(t, store)
	closed(t, create(t, dir))
}

// TestIndexGone takes the index away or damages it: searches go on to find
// everything, and the next writer builds it anew.
func TestIndexGone(t *testing.T) {
	readings := storetest.Readings(50, 100)
	for name, harm := range map[string]func(index string) error{
		"deleted": os.RemoveAll,
		"emptied": func(index string) error {
			return eachFile(index, func(path string) error { return os.Remove(path) })
		},
		"cut short": func(index string) error {
			return eachFile(index, func(path string) error { return os.Truncate(path, 100) })
		},
		"segment lost": func(index string) error {
			return eachFile(index, func(path string) error {
				if strings.HasSuffix(path, ".zap") {
					return os.Remove(path)
				}
				return nil
			})
		},
		"half made": func(index string) error {
			if err := os.Mkdir(filepath.Join(index, ".building"), 0o777); err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(index, ".building", "root.bolt"), []byte("half"), 0o666)
		},
		"left over": func(index string) error { return os.Mkdir(filepath.Join(index, "00000099"), 0o777) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := filled(t, readings)
			if err := harm(filepath.Join(dir, "index")); err != nil {
				t.Fatal(err)
			}
			reader := open(t, dir)
			if got := count(t, reader, "整改"); got != 50 {
				t.Errorf("before it is mended: %d notices", got)
			}
			closed(t, reader)
			closed(t, create(t, dir))
			reader = open(t, dir)
			defer closed(t, reader)
			if lines := wrong(t, reader); lines != nil {
				t.Errorf("after it was mended: %v", lines)
			}
			if got := count(t, reader, "整改"); got != 50 {
				t.Errorf("after it was mended: %d notices", got)
			}
			if got := generations(t, dir); len(got) != 1 {
				t.Errorf("generations %v", got)
			}
		})
	}
}

func eachFile(dir string, do func(path string) error) error {
	return filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		return do(path)
	})
}

func TestReindex(t *testing.T) {
	readings := storetest.Readings(50, 100)
	dir := filled(t, readings)
	before := generations(t, dir)
	store := create(t, dir)
	defer closed(t, store)
	if got := generations(t, dir); !slices.Equal(got, before) {
		t.Errorf("opening it built the index anew: %v, %v", before, got)
	}
	if err := store.Reindex(context.Background()); err != nil {
		t.Fatal(err)
	}
	if got := generations(t, dir); len(got) != 1 || slices.Equal(got, before) {
		t.Errorf("generations %v, then %v", before, got)
	}
	if lines := wrong(t, store); lines != nil {
		t.Errorf("verify: %v", lines)
	}
	if got := count(t, store, "整改"); got != 50 {
		t.Errorf("%d notices", got)
	}
}

// TestReadWhileWriting searches with a store of its own while another writes:
// every answer is that of one moment, and nothing found is lost again.
func TestReadWhileWriting(t *testing.T) {
	readings := storetest.Readings(120, 60)
	dir := t.TempDir()
	writer := create(t, dir)
	defer closed(t, writer)
	put(t, writer, readings[:10])
	var wait sync.WaitGroup
	done := make(chan struct{})
	for range 2 {
		wait.Go(func() {
			reader, err := embedded.Open(context.Background(), dir)
			if err != nil {
				t.Error(err)
				return
			}
			defer reader.Close()
			q, err := index.ParseQuery("整改", nil)
			if err != nil {
				t.Error(err)
				return
			}
			for last := 10; ; {
				result, err := reader.Search(context.Background(), q, index.Page{Limit: 1000})
				if err != nil || result.Total < last || result.Total%10 != 0 || result.Total != len(result.Hits) {
					t.Errorf("%d notices after %d, %d hits, %v", result.Total, last, len(result.Hits), err)
					return
				}
				last = result.Total
				select {
				case <-done:
					if last == len(readings) {
						return
					}
				default:
				}
			}
		})
	}
	for i := 10; i < len(readings); i += 10 {
		put(t, writer, readings[i:i+10])
		if i%20 == 0 {
			if err := writer.CatchUp(context.Background()); err != nil {
				t.Error(err)
			}
		}
	}
	close(done)
	wait.Wait()
}

func TestReadOnlyFolder(t *testing.T) {
	dir := filled(t, storetest.Readings(5, 50))
	for _, path := range []string{filepath.Join(dir, "tongbao.db"), dir} {
		if err := os.Chmod(path, 0o555); err != nil {
			t.Fatal(err)
		}
	}
	defer os.Chmod(dir, 0o777)
	store := open(t, dir)
	defer closed(t, store)
	if got := count(t, store, "整改"); got != 5 {
		t.Errorf("%d notices", got)
	}
}

func TestLaterSchemaIsRefused(t *testing.T) {
	dir := filled(t, nil)
	store := create(t, dir)
	if err := store.SetSchema(context.Background(), 99); err != nil {
		t.Fatal(err)
	}
	closed(t, store)
	for name, open := range map[string]func(context.Context, string) (*embedded.Store, error){"open": embedded.Open, "create": embedded.Create} {
		if _, err := open(context.Background(), dir); err == nil || !strings.Contains(err.Error(), "version 99") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDocumentsAndRuns(t *testing.T) {
	ctx := context.Background()
	store := create(t, t.TempDir())
	defer closed(t, store)
	put(t, store, storetest.Readings(2, 50))
	if _, err := store.Put(ctx, []index.Record{{URL: "bad.html", Err: errors.New("no text in it")}}); err != nil {
		t.Fatal(err)
	}
	var failed []string
	for d, err := range store.Documents(ctx, true) {
		if err != nil {
			t.Fatal(err)
		}
		failed = append(failed, d.URL+": "+d.Error)
	}
	if !slices.Equal(failed, []string{"bad.html: no text in it"}) {
		t.Errorf("failed documents %v", failed)
	}
	run := &index.Run{Sources: []string{"a"}, Found: 3}
	for range 2 {
		if err := store.SaveRun(ctx, run); err != nil || run.ID != 1 {
			t.Errorf("run %d: %v", run.ID, err)
		}
	}
	totals, err := store.Totals(ctx)
	if err != nil || totals.Documents != 3 || totals.Failed != 1 || totals.Notices != 2 || totals.Facts == 0 {
		t.Errorf("totals %+v, %v", totals, err)
	}
}
