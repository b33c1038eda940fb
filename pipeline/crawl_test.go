package pipeline

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"tongbao/index"
	"tongbao/index/embedded"
	"tongbao/internal/archive"
	"tongbao/internal/sitetest"
	"tongbao/pipeline/fetch"
	"tongbao/pipeline/parse"
)

// A crawled world is a simulated one with a collection that is made of it.
type crawledWorld struct {
	*sitetest.World
	dir     string
	sources []Source
	sites   *parse.Catalogue
}

func simulate(t *testing.T, hosts, notices int, faults float64) *crawledWorld {
	t.Helper()
	w := &crawledWorld{World: sitetest.New(1, hosts, notices, faults), dir: t.TempDir()}
	if err := w.Serve(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	var err error
	if w.sites, err = parse.Known(); err != nil {
		t.Fatal(err)
	}
	for h, address := range w.Addresses() {
		w.sources = append(w.sources, Source{Name: address, Starts: w.Sections(h), Lists: true})
	}
	return w
}

// crawl runs a crawler over the world's sections.
func (w *crawledWorld) crawl(t *testing.T, ctx context.Context, change func(*Crawler), watch func(Result)) (Summary, error) {
	t.Helper()
	store, err := embedded.Create(ctx, w.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	kept, err := archive.Create(filepath.Join(w.dir, "archive"), "test")
	if err != nil {
		t.Fatal(err)
	}
	defer kept.Close()
	client := fetch.New(fetch.Options{Contact: "crawl@example.org", Delay: time.Millisecond, Own: fetch.Own(ctx, w.Addresses()),
		Timeouts: fetch.Timeouts{Head: 3 * time.Second, Stall: time.Second, Total: 5 * time.Second}, Tries: 2})
	defer client.Close()
	c := &Crawler{Client: client, Archive: kept, Collection: store, Catalogue: w.sites, Hosts: 16}
	if change != nil {
		change(c)
	}
	if watch == nil {
		watch = func(Result) {}
	}
	return c.Run(ctx, w.sources, watch)
}

func TestCrawl(t *testing.T) {
	w := simulate(t, 8, 160, 0.05)
	expect := w.Expect()
	begun := time.Now()
	summary, err := w.crawl(t, t.Context(), nil, func(r Result) {
		if r.Err != nil || r.Skipped != nil {
			t.Logf("%s %s: %v %v", r.Kind, r.Ref.Name, r.Err, r.Skipped)
		}
	})
	t.Logf("%+v %v; expected %+v; %d requests in %s", summary, err, expect, len(w.Log()), time.Since(begun))
	store, err := embedded.Open(t.Context(), w.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	n := 0
	for range store.Notices(t.Context(), index.Selection{}) {
		n++
	}
	t.Logf("%d notices", n)
	if bad := w.Trespasses(); len(bad) > 0 {
		t.Errorf("%d requests to places that no source names", len(bad))
	}
}
