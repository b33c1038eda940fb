package pipeline

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tongbao"
	"tongbao/index"
	"tongbao/index/embedded"
	"tongbao/internal/archive"
	"tongbao/internal/sitetest"
	"tongbao/pipeline/fetch"
	"tongbao/pipeline/parse"
)

// A crawledWorld is a simulated one with a collection that is made of it.
type crawledWorld struct {
	*sitetest.World
	t       *testing.T
	dir     string
	sources []Source
	sites   *parse.Catalogue
	results []Result // of the last run
	tries   int      // of a request
}

// simulate serves a world that does not keep tests waiting, and takes all its
// sections as sources, a host each.
func simulate(t *testing.T, hosts, notices int, faults float64) *crawledWorld {
	t.Helper()
	return serveWorld(t, sitetest.New(1, hosts, notices, faults))
}

func serveWorld(t *testing.T, world *sitetest.World) *crawledWorld {
	t.Helper()
	w := &crawledWorld{World: world, t: t, dir: t.TempDir(), sites: known(t)}
	w.Slowness, w.RetryAfter, w.CrawlDelay, w.HugeSize = 10*time.Millisecond, 0, "0.01", 4<<20
	if err := w.Serve(context.Background()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	for h, address := range w.Addresses() {
		w.sources = append(w.sources, Source{Name: address, Starts: w.Sections(h), Lists: true})
	}
	return w
}

// described makes the crawls know the descriptions of the world's hosts.
func (w *crawledWorld) described() *crawledWorld {
	w.t.Helper()
	files, err := w.Sites()
	if err != nil {
		w.t.Fatal(err)
	}
	folder := w.t.TempDir()
	if err := os.CopyFS(folder, files); err != nil {
		w.t.Fatal(err)
	}
	if w.sites, err = parse.LoadCatalogue(folder); err != nil {
		w.t.Fatal(err)
	}
	return w
}

// politeness is that of tests: no waiting, small pages.
func politeness(ctx context.Context, own []string) fetch.Options {
	return fetch.Options{Contact: "crawl@example.org", Delay: time.Millisecond, Own: fetch.Own(ctx, own), MaxBody: 1 << 20,
		Timeouts: fetch.Timeouts{Head: 3 * time.Second, Stall: time.Second, Total: 5 * time.Second}, Tries: 2}
}

// try runs a crawler over sources.
func (w *crawledWorld) try(ctx context.Context, sources []Source, change func(*Crawler)) (Summary, error) {
	w.t.Helper()
	options := politeness(context.WithoutCancel(ctx), w.Addresses())
	if w.tries > 0 {
		options.Tries = w.tries
	}
	return crawlInto(w.t, ctx, w.dir, w.sites, options, sources, change, func(r Result) { w.results = append(w.results, r) })
}

func crawlInto(t testing.TB, ctx context.Context, dir string, sites *parse.Catalogue, options fetch.Options, sources []Source, change func(*Crawler), watch func(Result)) (Summary, error) {
	t.Helper()
	store, err := embedded.Create(context.WithoutCancel(ctx), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	kept, err := archive.Create(filepath.Join(dir, "archive"), "test")
	if err != nil {
		t.Fatal(err)
	}
	defer kept.Close()
	client := fetch.New(options)
	defer client.Close()
	c := &Crawler{Client: client, Archive: kept, Collection: store, Catalogue: sites, Hosts: 16}
	if change != nil {
		change(c)
	}
	return c.Run(ctx, sources, watch)
}

// crawl is try over all sections, and must end well.
func (w *crawledWorld) crawl(change func(*Crawler)) Summary {
	w.t.Helper()
	w.results = nil
	s, err := w.try(w.t.Context(), w.sources, change)
	if err != nil {
		w.t.Fatal(err)
	}
	if s.Found != s.New+s.Unchanged+s.Duplicate+s.Failed+s.Skipped || s.Waiting != 0 {
		w.t.Errorf("the counts do not add up: %+v", s)
	}
	return s
}

// since returns the requests for pages (not robots.txt) behind the first n.
func (w *crawledWorld) since(n int) []sitetest.Hit {
	return slices.DeleteFunc(w.Log()[n:], func(h sitetest.Hit) bool { return strings.HasSuffix(h.URL, "robots.txt") })
}

// reading opens the collection.
func (w *crawledWorld) reading() *embedded.Store {
	w.t.Helper()
	store, err := embedded.Open(w.t.Context(), w.dir)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { store.Close() })
	return store
}

// held maps the addresses of the collection's notices to their ids.
func (w *crawledWorld) held() map[string]string {
	w.t.Helper()
	store, at := w.reading(), map[string]string{}
	defer store.Close()
	for s, err := range store.Notices(w.t.Context(), index.Selection{}) {
		if err != nil {
			w.t.Fatal(err)
		}
		r, err := store.Notice(w.t.Context(), s.Notice.ID)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, u := range r.Notice.URLs {
			if at[u] != "" {
				w.t.Errorf("%s is held by two notices", u)
			}
			at[u] = r.Notice.ID
		}
	}
	return at
}

// mustHold compares the collection with what the world expects of a run over
// all of it.
func (w *crawledWorld) mustHold() {
	w.t.Helper()
	held, ids := w.held(), map[string]bool{}
	for _, id := range held {
		ids[id] = true
	}
	kept := 0
	for _, a := range w.Articles() {
		id := held[a.Final()]
		if a.Outcome() != sitetest.Kept {
			if id != "" {
				w.t.Errorf("%s (%s) is held, and should be %s", a.Final(), a.Fault, a.Outcome())
			}
			continue
		}
		kept++
		if a.Final() != a.URL() { // both are addresses of the notice
			kept++
			if held[a.URL()] != id {
				w.t.Errorf("%s leads to %s and does not hold its notice", a.URL(), a.Final())
			}
		}
		if want := tongbao.IDOf(a.Truth().Text); id != want && (a.Form != sitetest.PDF || id == "") { // lines of a PDF may lose a mark
			w.t.Errorf("%s (%s, %s, fault %q) holds notice %q, want %q", a.Final(), a.Layout(), a.Form, a.Fault, id, want)
		}
	}
	if want := w.Expect().Notices; len(ids) != want || len(held) != kept {
		w.t.Errorf("%d notices at %d addresses, want %d at %d", len(ids), len(held), want, kept)
	}
	if bad := w.Trespasses(); len(bad) > 0 {
		w.t.Errorf("requests to places that no source names: %v", bad)
	}
}

// mustEnd compares what the last run told of each address with its outcome.
func (w *crawledWorld) mustEnd(s Summary) {
	w.t.Helper()
	told := map[string]Result{}
	for _, r := range w.results {
		if _, twice := told[r.Ref.Name]; twice {
			w.t.Errorf("%s was told twice", r.Ref.Name)
		}
		told[r.Ref.Name] = r
	}
	for _, a := range w.Articles() {
		r, seen := told[a.URL()]
		end := sitetest.Kept
		switch {
		case !seen:
			end = sitetest.Unseen
		case r.Skipped != nil:
			end = sitetest.Skipped
		case r.Err != nil:
			end = sitetest.Failed
		}
		switch want := a.Outcome(); {
		case end == sitetest.Skipped && want == sitetest.Failed && leadsAway(a.Fault):
		case end != want:
			w.t.Errorf("%s (%s, fault %q) is %s, want %s: %v %v", a.URL(), a.Form, a.Fault, end, want, r.Err, r.Skipped)
		}
		if r.Err != nil && a.Outcome() == sitetest.Failed && r.Err.Error() == "" {
			w.t.Errorf("%s: no reason", a.URL())
		}
	}
	ends := w.Expect().Ends
	for _, r := range w.results {
		if r.Err != nil && r.Kind == string(index.ListAddress) { // a section without notices
			w.t.Log(r.Ref.Name, r.Err)
			s.Failed--
		}
	}
	if s.Failed+s.Skipped != ends[sitetest.Failed]+ends[sitetest.Skipped] || s.New+s.Duplicate+s.Unchanged != ends[sitetest.Kept] {
		w.t.Errorf("%+v, want %v", s, ends)
	}
}

// leadsAway tells the faults whose address is refused: skipped rather than failed.
func leadsAway(f sitetest.Fault) bool {
	switch f {
	case sitetest.ToLoopback, sitetest.ToMetadata, sitetest.ToFile, sitetest.ToName:
		return true
	}
	return false
}

// TestCrawl: whatever is wrong with an address, it ends as it should, and
// nothing else is touched by it.
func TestCrawl(t *testing.T) {
	for name, described := range map[string]bool{"described sites": true, "unknown sites": false} {
		t.Run(name, func(t *testing.T) {
			w := simulate(t, 8, 48, 0.7)
			if described {
				w.described()
			}
			summary := w.crawl(nil)
			w.mustEnd(summary)
			w.mustHold()
			for _, hit := range w.Log() {
				if hit.Together > 1 {
					t.Errorf("%s: %d requests of one host at a time", hit.URL, hit.Together)
				}
				if !strings.Contains(hit.Agent, "tongbao") || !strings.Contains(hit.Agent, "crawl@example.org") {
					t.Errorf("%s: user agent %q", hit.URL, hit.Agent)
				}
			}
			for host, gap := range sitetest.MinGaps(w.Log()) {
				if gap < time.Millisecond {
					t.Errorf("host %d: %v between two requests", host, gap)
				}
			}
		})
	}
}
