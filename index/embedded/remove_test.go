package embedded_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tongbao/index"
	"tongbao/index/storetest"
)

// TestRemove removes notices one after the other: what is left is found, what
// was removed is not, and all holds together before and after the index has
// caught up.
func TestRemove(t *testing.T) {
	ctx, readings := context.Background(), storetest.Readings(6, 100)
	dir := filled(t, readings)
	for i := range readings {
		id := readings[i].Notice.ID
		reader := open(t, dir)
		if err := reader.Remove(ctx, id); !errors.Is(err, index.ErrReadOnly) {
			t.Errorf("a reader removes: %v", err)
		}
		closed(t, reader)
		store := create(t, dir)
		if err := store.Remove(ctx, id); err != nil {
			t.Fatal(err)
		}
		if _, err := store.Notice(ctx, id); !errors.Is(err, index.ErrNotFound) {
			t.Errorf("notice after it was removed: %v", err)
		}
		if err := store.Remove(ctx, id); !errors.Is(err, index.ErrNotFound) {
			t.Errorf("remove it again: %v", err)
		}
		for range 2 {
			if lines := wrong(t, store); len(lines) > 0 {
				t.Errorf("%v", lines)
			}
			if got, want := count(t, store, "整改"), len(readings)-i-1; got != want {
				t.Errorf("%d notices are found, want %d", got, want)
			}
			if err := store.CatchUp(ctx); err != nil {
				t.Fatal(err)
			}
		}
		closed(t, store)
	}
	store := create(t, dir) // and all of it again, under keys that were used before
	put(t, store, readings)
	if got := count(t, store, "整改"); got != len(readings) {
		t.Errorf("%d notices when they were put again", got)
	}
	closed(t, store)
	store = open(t, dir)
	defer closed(t, store)
	if lines := wrong(t, store); len(lines) > 0 {
		t.Errorf("%v", lines)
	}
}

// TestRemoveVersions removes an earlier version, then the present one.
func TestRemoveVersions(t *testing.T) {
	ctx, readings := context.Background(), storetest.Readings(2, 100)
	store := create(t, t.TempDir())
	defer closed(t, store)
	for i := range readings {
		record := index.Record{URL: "https://a.example/1", SHA256: string(rune('a' + i)), Fetched: time.Unix(int64(i+1)*1e6, 0), Reading: &readings[i]}
		if _, err := store.Put(ctx, []index.Record{record}); err != nil {
			t.Fatal(err)
		}
	}
	for i := range readings {
		if err := store.Remove(ctx, readings[i].Notice.ID); err != nil {
			t.Fatal(err)
		}
		if err := store.CatchUp(ctx); err != nil {
			t.Fatal(err)
		}
		if lines := wrong(t, store); len(lines) > 0 {
			t.Errorf("%v", lines)
		}
		if st, err := store.Status(ctx); err != nil || st.Earlier != 0 || st.Notices != 1-i {
			t.Errorf("%+v, %v", st, err)
		}
	}
}

// TestVerifyTells harms a collection and looks whether the harm is told.
func TestVerifyTells(t *testing.T) {
	dir := filled(t, storetest.Readings(4, 100))
	for _, c := range []struct{ harm, mend, want string }{
		{`UPDATE facts SET start = start + 1 WHERE rowid = (SELECT min(rowid) FROM facts)`, `UPDATE facts SET start = start - 1 WHERE rowid = (SELECT min(rowid) FROM facts)`, "is said to be at"},
		{`UPDATE facts SET quote = quote || '甲' WHERE rowid = (SELECT min(rowid) FROM facts)`, `UPDATE facts SET quote = substr(quote, 1, length(quote) - 1) WHERE rowid = (SELECT min(rowid) FROM facts)`, "does not stand at its place"},
		{`INSERT INTO findings (rowid, notice, "check", verdict, holds, start, "end", byte_start, byte_end) VALUES (99 << 20, 'nobody', 'rate', 'agrees', 1, 0, 0, 0, 0)`, `DELETE FROM findings WHERE notice = 'nobody'`, "rows of notice nobody"},
		{`INSERT INTO metrics (rowid, notice, metric, value, fact) SELECT (key << 20) + 99, id, 'x', '1', 'f0' FROM notices LIMIT 1`, `DELETE FROM metrics WHERE fact = 'f0'`, "names a fact that is not there"},
		{`INSERT INTO documents (url, notice, state) VALUES ('u', 'n0', 'read')`, `DELETE FROM documents WHERE url = 'u'`, "document u: "},
	} {
		change(t, dir, c.harm)
		if lines := verified(t, dir); !strings.Contains(strings.Join(lines, "\n"), c.want) {
			t.Errorf("%s: %q", c.harm, lines)
		}
		change(t, dir, c.mend)
		if lines := verified(t, dir); len(lines) > 0 {
			t.Fatalf("%s: %q", c.mend, lines)
		}
	}
}

func verified(t *testing.T, dir string) []string {
	t.Helper()
	store := open(t, dir)
	defer closed(t, store)
	return wrong(t, store)
}

func change(t *testing.T, dir, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, "tongbao.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}
