package pipeline

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tongbao"
	"tongbao/internal/sitetest"
)

func fresh(c *Crawler) { c.New = true }

// kept counts the articles that are to be kept.
func (w *crawledWorld) kept() int { return w.Expect().Ends[sitetest.Kept] }

// TestCrawlAgain: a second run asks whether pages have changed, and changes
// nothing; with New it asks for lists alone.
func TestCrawlAgain(t *testing.T) {
	w := simulate(t, 8, 48, 0)
	first := w.crawl(nil)
	if first.New != w.Expect().Notices || first.Duplicate != w.kept()-first.New {
		t.Errorf("first run: %+v, want %+v", first, w.Expect())
	}
	requests := len(w.Log())
	before := w.held()

	again := w.crawl(nil)
	if again.Unchanged != w.kept() || again.New+again.Duplicate+again.Changed != 0 || again.Failed != first.Failed {
		t.Errorf("second run: %+v", again)
	}
	articles := map[string]*sitetest.Article{}
	for _, a := range w.Articles() {
		articles[a.URL()] = a
	}
	conditional := 0
	for _, hit := range w.since(requests) {
		if a := articles[hit.URL]; a != nil && a.Outcome() == sitetest.Kept && hit.Status == 304 {
			conditional++
		} else if a != nil && a.Outcome() == sitetest.Kept && hit.Status != 304 {
			t.Errorf("%s was sent again: %+v", hit.URL, hit)
		}
	}
	if conditional != w.kept() {
		t.Errorf("%d of %d answers were 304", conditional, w.kept())
	}
	if after := w.held(); len(after) != len(before) {
		t.Errorf("%d addresses, before %d", len(after), len(before))
	}

	requests = len(w.Log())
	w.crawl(fresh)
	for _, hit := range w.since(requests) {
		if articles[hit.URL] != nil {
			t.Errorf("a run for what is new asked for %s", hit.URL)
		}
	}
	w.Advance()
	news := w.crawl(fresh)
	if want := len(w.Articles()) - len(articles); news.New != want || news.Found-news.Failed != want {
		t.Errorf("after a day: %+v, want %d new", news, want)
	}
	w.mustHold2(t, "only the new ones", func(a *sitetest.Article) bool { return articles[a.URL()] == nil })
}

// mustHold2 compares the collection with some articles of today.
func (w *crawledWorld) mustHold2(t *testing.T, what string, which func(*sitetest.Article) bool) {
	t.Helper()
	held := w.held()
	for _, a := range w.Articles() {
		if which(a) && a.Outcome() == sitetest.Kept && held[a.Final()] != tongbao.IDOf(a.Truth().Text) && a.Form != sitetest.PDF {
			t.Errorf("%s: %s is not held as it is", what, a.Final())
		}
	}
}

// TestChangedPagesKeepTheirHistory: after a day some pages are others, and what
// they said before stays readable.
func TestChangedPagesKeepTheirHistory(t *testing.T) {
	w := simulate(t, 4, 60, 0)
	w.crawl(nil)
	before := w.held()
	w.Advance()
	s := w.crawl(nil)
	w.mustHold()
	changed := 0
	store := w.reading()
	for _, a := range w.Articles() {
		if !a.Changes || a.Outcome() != sitetest.Kept {
			continue
		}
		changed++
		old := before[a.Final()]
		h, err := store.History(t.Context(), old)
		if err != nil || len(h.Versions) != 2 {
			t.Errorf("%s: %+v, %v", a.Final(), h, err)
			continue
		}
		if v := h.Versions[0]; v.Notice != old || v.Until == "" || !v.Earlier || v.Reread {
			t.Errorf("%s: %+v", a.Final(), v)
		}
		if r, err := store.Notice(t.Context(), old); err != nil || r.Notice.Text == "" {
			t.Errorf("%s: what it said is lost: %v", a.Final(), err)
		}
	}
	if changed == 0 || s.Changed != changed {
		t.Errorf("%d changed, %+v", changed, s)
	}
}

// TestRetryFailed: what failed is tried again, of the sources named, or of all
// without a source; pages that are read now are as good as others.
func TestRetryFailed(t *testing.T) {
	for name, of := range map[string]func(*crawledWorld) []Source{
		"no source":  func(*crawledWorld) []Source { return nil },
		"one source": func(w *crawledWorld) []Source { return w.sources[:1] },
	} {
		t.Run(name, func(t *testing.T) {
			w := simulate(t, 2, 16, 0)
			w.SetRobots(0, sitetest.RobotsMissing)
			w.SetRobots(1, sitetest.RobotsMissing)
			sources := make([]Source, 2)
			for h := range sources {
				sources[h].Name = w.Addresses()[h]
				for _, f := range []sitetest.Fault{sitetest.Once503, sitetest.Missing, sitetest.Once429, sitetest.ToLoopback} {
					sources[h].Starts = append(sources[h].Starts, w.FaultAt(h, f, "x"))
				}
			}
			w.tries = 1
			first, err := w.try(t.Context(), sources, nil)
			w.tries = 0
			if err != nil || first.Failed != 6 || first.Skipped != 2 {
				t.Fatalf("%+v, %v", first, err)
			}
			requests := len(w.Log())
			retried := of(w)
			hosts := 2
			if retried != nil {
				retried, hosts = sources[:1], 1
			}
			w.results = nil
			s, err := w.try(t.Context(), retried, func(c *Crawler) { c.Retry, c.New = true, true })
			if err != nil || s.Failed != hosts || s.New+s.Duplicate+s.Unchanged != 2*hosts || s.Skipped != len(retried) {
				t.Errorf("%+v, %v", s, err)
			}
			for _, hit := range w.since(requests) {
				if hit.Host >= hosts {
					t.Errorf("%s was asked for", hit.URL)
				}
			}
			if bad := w.Trespasses(); len(bad) > 0 {
				t.Errorf("trespasses: %v", bad)
			}
		})
	}
}

// TestSince: what lists date before a day is left alone, and so are the pages
// of the list behind it; a later run without a day has the rest.
func TestSince(t *testing.T) {
	w := simulate(t, 8, 400, 0)
	day := "2019-06-01"
	w.crawl(func(c *Crawler) { c.Since, c.Dry = day, true })
	dry := map[string]bool{}
	for _, r := range w.results {
		if errors.Is(r.Skipped, ErrDry) {
			dry[r.Ref.Name] = true
		}
	}
	for _, a := range w.Articles() {
		if a.Parent == nil && dry[a.URL()] != (a.Truth().Published[:10] >= day) && a.Outcome() == sitetest.Kept {
			t.Errorf("%s of %s: announced %v", a.URL(), a.Truth().Published, dry[a.URL()])
		}
	}
}

// TestSinceThenAll: a run without a day has what one with a day left alone, also
// where no page of the list has changed; one with a day asks for nothing older.
func TestSinceThenAll(t *testing.T) {
	w := simulate(t, 1, 60, 0)
	w.sources = w.sources[:1]
	const day = "2019-09-01"
	since := func(c *Crawler) { c.Since = day }
	w.crawl(since)
	some := len(w.held())
	requests := len(w.Log())
	w.crawl(since)
	for _, a := range w.Articles() {
		for _, hit := range w.since(requests) {
			if hit.URL == a.URL() && a.Parent == nil && a.Truth().Published[:10] < day {
				t.Errorf("%s of %s was asked for", a.URL(), a.Truth().Published)
			}
		}
	}
	w.crawl(nil)
	if some == 0 || some >= w.kept() {
		t.Errorf("%d of %d since %s", some, w.kept(), day)
	}
	w.mustHold()
}

// TestLostArchive: pages that have not changed are fetched anew where the
// archive is gone, and kept once more.
func TestLostArchive(t *testing.T) {
	w := simulate(t, 4, 16, 0)
	first := w.crawl(nil)
	if err := os.RemoveAll(filepath.Join(w.dir, "archive")); err != nil {
		t.Fatal(err)
	}
	if s := w.crawl(nil); s.Unchanged != first.New+first.Duplicate || s.Failed != first.Failed {
		t.Errorf("%+v, the first time %+v", s, first)
	}
	requests := len(w.Log())
	w.crawl(nil)
	for _, hit := range w.since(requests) {
		if hit.IfNoneMatch+hit.IfModifiedSince != "" && hit.Status != 304 {
			t.Errorf("%+v", hit)
		}
	}
}

// TestNewerRules: a page that has not changed is read anew out of the archive
// where newer rules would read it otherwise.
func TestNewerRules(t *testing.T) {
	w := simulate(t, 2, 8, 0)
	first := w.crawl(nil)
	outdate(t, w.dir)
	s := w.crawl(nil)
	for _, r := range w.results {
		if r.Err == nil && r.Kind == "article" && r.Reading.Notice == nil {
			t.Errorf("%s was not read", r.Ref.Name)
		}
	}
	if s.Unchanged+s.New+s.Duplicate != first.New+first.Duplicate {
		t.Errorf("%+v", s)
	}
	w.mustHold()
}

// TestDryRun announces every article of every page of every list, and fetches
// none; robots.txt is heeded.
func TestDryRun(t *testing.T) {
	for name, described := range map[string]bool{"described sites": true, "unknown sites": false} {
		t.Run(name, func(t *testing.T) {
			w := simulate(t, 8, 560, 0.3)
			if described {
				w.described()
			}
			w.crawl(func(c *Crawler) { c.Dry = true })
			told := map[string]error{}
			for _, r := range w.results {
				told[r.Ref.Name] = r.Skipped
				if r.Err != nil {
					t.Errorf("%s: %v", r.Ref.Name, r.Err)
				}
			}
			for _, a := range w.Articles() {
				if a.Parent != nil {
					continue
				}
				reason, ok := told[a.URL()]
				if !ok || errors.Is(reason, ErrDry) == (a.Outcome() == sitetest.Skipped) {
					t.Errorf("%s (%s): %v, %v", a.URL(), a.Layout(), ok, reason)
				}
			}
			for _, hit := range w.Log() {
				if sitetest.InTrap(hit.URL) {
					t.Errorf("in a trap: %s", hit.URL)
				}
			}
			held := w.held()
			if len(held) != 0 {
				t.Errorf("%d notices were fetched", len(held))
			}
		})
	}
}

// TestMaxPages stops after so many pages; the same command goes on from there,
// until nothing waits.
func TestMaxPages(t *testing.T) {
	w := simulate(t, 2, 20, 0)
	waiting, runs := 1, 0
	for ; waiting > 0 && runs < 20; runs++ {
		requests := len(w.Log())
		s, err := w.try(t.Context(), w.sources, func(c *Crawler) { c.Pages = 7 })
		if err != nil {
			t.Fatal(err)
		}
		waiting = s.Waiting
		if n := len(w.since(requests)); n > 7 {
			t.Errorf("%d pages were fetched", n)
		}
	}
	w.mustHold()
	if runs < 3 {
		t.Errorf("%d runs", runs)
	}
	perPage(t, w.Log())
}

// perPage fails where an address was asked for twice.
func perPage(t *testing.T, log []sitetest.Hit) {
	t.Helper()
	times := map[string]int{}
	for _, hit := range log {
		if times[hit.Method+hit.URL]++; times[hit.Method+hit.URL] == 2 && !strings.HasSuffix(hit.URL, "robots.txt") {
			t.Errorf("%s was asked for twice", hit.URL)
		}
	}
}

// TestInterrupted: when the context ends, pages in hand are finished; the next
// run has the rest, and asks for nothing twice.
func TestInterrupted(t *testing.T) {
	w := simulate(t, 4, 24, 0)
	for _, after := range []int{1, 3, 5, 3} {
		ctx, cancel := context.WithCancel(t.Context())
		n := 0
		s, err := crawlInto(t, ctx, w.dir, w.sites, politeness(t.Context(), w.Addresses()), w.sources, nil, func(r Result) {
			if r.Err != nil && errors.Is(r.Err, context.Canceled) {
				t.Errorf("%s: %v", r.Ref.Name, r.Err)
			}
			if n++; n == after {
				cancel()
			}
		})
		cancel()
		if !errors.Is(err, context.Canceled) || s.Waiting == 0 {
			t.Errorf("after %d: %+v, %v", after, s, err)
		}
	}
	w.crawl(nil)
	w.mustHold()
	perPage(t, w.Log())
}
