package pipeline

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"tongbao/internal/sitetest"
	"tongbao/pipeline/fetch"
)

// TestTraps: calendars, sessions, endless lists and ever deeper folders come to
// an end, and nothing outside the section is fetched.
func TestTraps(t *testing.T) {
	w := simulate(t, 2, 12, 0)
	for _, trap := range w.Traps(0) {
		for _, lists := range []bool{true, false} {
			w.dir = t.TempDir()
			requests := len(w.Log())
			if _, err := w.try(t.Context(), []Source{{Name: trap.URL, Starts: []string{trap.URL}, Lists: lists}}, nil); err != nil {
				t.Errorf("%s: %v", trap.Name, err)
			}
			hits := w.since(requests)
			if len(hits) > 30 {
				t.Errorf("%s: %d requests", trap.Name, len(hits))
			}
			for _, hit := range hits {
				if hit.Host != 0 {
					t.Errorf("%s: %s lies elsewhere", trap.Name, hit.URL)
				}
			}
		}
	}
}

// TestRobots: hosts that keep us away are not asked for a page.
func TestRobots(t *testing.T) {
	kinds := []sitetest.Robots{sitetest.RobotsPlain, sitetest.RobotsMissing, sitetest.RobotsLongest, sitetest.RobotsAgents, sitetest.RobotsLarge, sitetest.RobotsMoved,
		sitetest.RobotsDelay, sitetest.RobotsEmpty, sitetest.RobotsForbidden, sitetest.RobotsMark, sitetest.RobotsBroken, sitetest.RobotsClosed}
	world := sitetest.New(1, len(kinds), 3*len(kinds), 0)
	w := serveWorld(t, world)
	for h, kind := range kinds {
		w.SetRobots(h, kind)
		w.sources[h].Starts = []string{w.Sections(h)[0], w.Addresses()[h] + "/neibu/1.html", w.FaultAt(h, sitetest.Slow, "x")}
		w.sources[h].Lists = false
	}
	w.crawl(nil)
	for _, hit := range w.since(0) {
		kind := kinds[hit.Host]
		free := kind == sitetest.RobotsMissing || kind == sitetest.RobotsEmpty || kind == sitetest.RobotsForbidden
		if kind == sitetest.RobotsBroken || kind == sitetest.RobotsClosed || !free && strings.Contains(hit.URL, "/neibu/") {
			t.Errorf("%s: %s was asked for", kind, hit.URL)
		}
	}
	held := w.held()
	for h, kind := range kinds {
		if closed := kind == sitetest.RobotsBroken || kind == sitetest.RobotsClosed; (held[w.FaultAt(h, sitetest.Slow, "x")] == "") != closed {
			t.Errorf("%s: held is %v", kind, !closed)
		}
	}
}

// TestRebuiltSite: pages that fit their description no more are told by its
// name, and read all the same.
func TestRebuiltSite(t *testing.T) {
	w := simulate(t, 1, 12, 0)
	w.Rebuild(0)
	w.described()
	w.crawl(nil)
	drifted := 0
	for _, r := range w.results {
		if r.Drift != nil && strings.Contains(r.Drift.String(), "模拟0") {
			drifted++
		}
	}
	if drifted == 0 {
		t.Error("nobody was told")
	}
	w.mustHold()
}

// TestHostsThatAskForLong: who asks to be left alone for hours is asked no more
// in this run, nor in the next before it is time.
func TestHostsThatAskForLong(t *testing.T) {
	w := simulate(t, 1, 8, 0)
	w.RetryAfter = 7200
	once := []Source{{Name: "once", Starts: []string{w.FaultAt(0, sitetest.Once429, "x")}}}
	for range 2 {
		if s, err := w.try(t.Context(), once, nil); err != nil || s.Waiting != 1 || s.Found != 0 {
			t.Errorf("%+v, %v", s, err)
		}
	}
	if n := len(w.since(0)); n != 1 {
		t.Errorf("%d requests", n)
	}
}

// TestMovedLists: where a list redirects to, its pages are followed; one whose
// notices all lie elsewhere is told.
func TestMovedLists(t *testing.T) {
	page := func(prefix, rest string) string {
		var b strings.Builder
		for i := range 4 {
			fmt.Fprintf(&b, `<li><a href="%s%d.html">汐州市第%d轮巡察反馈情况公布</a><span>2022-08-1%d</span></li>`, prefix, i, i, i)
		}
		return `<html><head><meta charset="utf-8"></head><body><ul>` + b.String() + `</ul>` + rest + `</body></html>`
	}
	pages := map[string]string{
		"/new/index.html":   page("a", `<a href="index_2.html">下一页</a>`),
		"/new/index_2.html": page("b", ""),
		"/away/index.html":  page("http://www.elsewhere.example/", ""),
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/old/list.html" {
			http.Redirect(w, r, "/new/index.html", http.StatusMovedPermanently)
		} else if text, ok := pages[r.URL.Path]; ok {
			io.WriteString(w, text)
		} else {
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	for path, want := range map[string]Summary{"/old/list.html": {Skipped: 8}, "/away/index.html": {Failed: 1}} {
		own := politeness(t.Context(), []string{server.URL})
		source := Source{Name: "list", Starts: []string{server.URL + path}}
		var told []string
		s, err := crawlInto(t, t.Context(), t.TempDir(), known(t), own, []Source{source}, func(c *Crawler) { c.Dry = true }, func(r Result) {
			if r.Err != nil {
				told = append(told, r.Err.Error())
			}
		})
		if err != nil || s.Skipped != want.Skipped || s.Failed != want.Failed {
			t.Errorf("%s: %+v, %v", path, s, err)
		}
		if s.Failed > 0 && !slices.ContainsFunc(told, func(line string) bool {
			return strings.Contains(line, "elsewhere.example") && strings.Contains(line, fetch.ErrOutside.Error())
		}) {
			t.Errorf("%s: %q", path, told)
		}
	}
}
