package embedded_test

import (
	"compress/gzip"
	"context"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"tongbao"
	"tongbao/index"
	"tongbao/index/embedded"
	"tongbao/index/storetest"
)

// layoutOne makes a collection as the program before the second layout did:
// that program put storetest.Readings(6, 60), the first one again with a
// character behind its text, and a failed document into testdata/layout1.db.gz.
// The index is not there, and is derived.
func layoutOne(t *testing.T) (dir string, readings []tongbao.Reading) {
	t.Helper()
	dir = t.TempDir()
	packed, err := os.Open("testdata/layout1.db.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	plain, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	db, err := io.ReadAll(plain)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "tongbao.db"), db, 0o666); err != nil {
		t.Fatal(err)
	}
	readings = storetest.Readings(6, 60)
	near := *readings[0].Notice
	near.Text += "完"
	near.ID = tongbao.IDOf(near.Text)
	return dir, append(readings, tongbao.Reading{Notice: &near})
}

// checkAll looks at everything that both layouts hold.
func checkAll(t *testing.T, store *embedded.Store, readings []tongbao.Reading) {
	t.Helper()
	ctx := context.Background()
	for _, r := range readings {
		got, err := store.Notice(ctx, r.Notice.ID)
		if err != nil || got.Notice.Text != r.Notice.Text || len(got.Facts) != len(r.Facts) {
			t.Errorf("notice %s: %d facts, %v", r.Notice.ID, len(got.Facts), err)
		}
		h, err := store.History(ctx, r.Notice.ID[:12])
		if err != nil || len(h.Versions) != 1 || h.Versions[0].Since != "2023-11-14T22:13:20Z" || h.Versions[0].Until != "" {
			t.Errorf("history %+v, %v", h, err)
		}
	}
	if got := count(t, store, "整改"); got != len(readings) {
		t.Errorf("%d notices", got)
	}
	if totals, err := store.Totals(ctx); err != nil || totals.Documents != 8 || totals.Failed != 1 {
		t.Errorf("totals %+v, %v", totals, err)
	}
}

// TestUpgrade reads an older collection as it is, and brings it up to date with
// the first that writes.
func TestUpgrade(t *testing.T) {
	ctx := context.Background()
	dir, readings := layoutOne(t)
	before := open(t, dir)
	defer closed(t, before)
	checkAll(t, before, readings)
	if _, ok, err := before.Next(ctx, 1, time.Now(), nil); ok || err != nil {
		t.Errorf("it has an address waiting, or %v", err)
	}

	store := create(t, dir)
	checkAll(t, store, readings)
	checkAll(t, before, readings) // who opened it before goes on reading
	if lines := wrong(t, store); lines != nil {
		t.Errorf("verify: %v", lines)
	}
	first, last := readings[0].Notice.ID, readings[6].Notice.ID
	if h, err := store.History(ctx, first); err != nil || len(h.Similar) != 1 || h.Similar[0].Notice != last {
		t.Errorf("near-duplicates of old notices: %+v, %v", h, err)
	}
	moved := recordsOf(readings[1:2])
	moved[0].URL = recordsOf(readings[:1])[0].URL
	if _, err := store.Put(ctx, moved); err != nil {
		t.Fatal(err)
	}
	closed(t, store)
	after := open(t, dir)
	defer closed(t, after)
	if h, err := after.History(ctx, first); err != nil || len(h.Versions) != 2 || !h.Versions[0].Earlier {
		t.Errorf("history %+v, %v", h, err)
	}
	if lines := wrong(t, after); lines != nil {
		t.Errorf("verify: %v", lines)
	}
}

// TestUpgradeInterrupted: an upgrade that ends half-way changes nothing, and
// the next one does it.
func TestUpgradeInterrupted(t *testing.T) {
	dir, readings := layoutOne(t)
	for i := range 40 {
		ctx := &ending{Context: context.Background()}
		ctx.after.Store(int64(i * 5))
		if store, err := embedded.Create(ctx, dir); err == nil {
			closed(t, store)
			break
		}
		store := open(t, dir)
		checkAll(t, store, readings)
		closed(t, store)
	}
	store := create(t, dir)
	defer closed(t, store)
	checkAll(t, store, readings)
	if lines := wrong(t, store); lines != nil {
		t.Errorf("verify: %v", lines)
	}
	if _, err := store.Offer(context.Background(), 1, []index.Address{{URL: "http://a/1"}}); err != nil {
		t.Error(err)
	}
}

// ending is a context that ends when it has been asked so often.
type ending struct {
	context.Context
	after atomic.Int64
}

// Err implements context.Context.
func (e *ending) Err() error {
	if e.after.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

// Done implements context.Context.
func (e *ending) Done() <-chan struct{} {
	done := make(chan struct{})
	if e.Err() != nil {
		close(done)
	}
	return done
}
