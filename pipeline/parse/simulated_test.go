package parse_test

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"testing"

	"tongbao"
	"tongbao/internal/sitetest"
	"tongbao/pipeline/parse"
)

// simulated serves a world and returns it with a catalogue of its hosts.
func simulated(t *testing.T, hosts, notices int) (*sitetest.World, *parse.Catalogue) {
	t.Helper()
	world := sitetest.New(20210830, hosts, notices, 0)
	if err := world.Serve(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		http.DefaultClient.CloseIdleConnections()
		if err := world.Close(); err != nil {
			t.Error(err)
		}
	})
	files, err := world.Sites()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := os.CopyFS(folder, files); err != nil {
		t.Fatal(err)
	}
	c, err := parse.LoadCatalogue(folder)
	if err != nil {
		t.Fatal(err)
	}
	return world, c
}

// fetch answers a request of a list.
func fetch(t *testing.T, q parse.Request) tongbao.Page {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), cmp.Or(q.Method, http.MethodGet), q.URL, bytes.NewReader(q.Body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", q.ContentType)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %d, %v", q.Method, q.URL, answer.StatusCode, err)
	}
	return tongbao.Page{URL: q.URL, ContentType: answer.Header.Get("Content-Type"), Body: body}
}

// TestSimulatedLists walks every section of the simulator's hosts from its
// first page on, and expects each notice once with its title and day.
func TestSimulatedLists(t *testing.T) {
	world, c := simulated(t, 16, 16*60)
	for host := range world.Addresses() {
		found := map[string]parse.Link{}
		var layout string
		for _, first := range world.Sections(host) {
			for address, link := range walkList(t, c, first) {
				found[address] = link
			}
		}
		expected := 0
		for _, a := range world.Articles() {
			if a.Host != host || a.Form != sitetest.HTML {
				continue
			}
			expected++
			layout = a.Layout() + " " + a.Charset()
			link, ok := found[a.URL()]
			if truth := a.Truth(); !ok || link.Title != truth.Title || len(link.Date) < 10 || link.Date[:10] != truth.Published[:10] {
				t.Errorf("%s: %s is %+v, want %q of %s", layout, a.URL(), link, truth.Title, truth.Published)
			}
		}
		if len(found) != expected {
			t.Errorf("%s: %d links, want %d", layout, len(found), expected)
		}
	}
}

// walkList follows a list as a run does.
func walkList(t *testing.T, c *parse.Catalogue, first string) map[string]parse.Link {
	t.Helper()
	found, seen := map[string]parse.Link{}, map[string]bool{}
	waiting := []parse.Request{{URL: first}}
	for len(waiting) > 0 {
		q := waiting[0]
		waiting = waiting[1:]
		if key := fmt.Sprint(q.Method == http.MethodPost, q.URL, string(q.Body)); seen[key] {
			continue
		} else {
			seen[key] = true
		}
		list, err := parse.ReadList(fetch(t, q), c)
		if err != nil {
			t.Errorf("%s: %v", q.URL, err)
			continue
		}
		for _, l := range list.Articles {
			found[l.URL] = l
		}
		waiting = append(waiting, list.Next...)
	}
	return found
}

// TestSimulatedSites reads each kind of page by the descriptions of its host:
// articles, their attachments, and the files themselves.
func TestSimulatedSites(t *testing.T) {
	world, c := simulated(t, 8, 8*40)
	scores := map[sitetest.Form][]float64{}
	for _, a := range world.Articles() {
		body, contentType := a.Page()
		page := tongbao.Page{URL: a.URL(), ContentType: contentType, Body: body}
		if a.Form == sitetest.Scan || a.Form == sitetest.OldOffice {
			if _, _, err := c.Parse(page); err == nil {
				t.Errorf("%s was read", a.URL())
			}
			continue
		}
		n, fit, err := c.Parse(page)
		if err != nil {
			t.Errorf("%s: %v", a.URL(), err)
			continue
		}
		truth := a.Truth()
		f1 := likeness(truth.Text, n.Text)
		scores[a.Form] = append(scores[a.Form], f1)
		if f1 < 0.95 || n.Title != truth.Title || n.Source != truth.Source || n.Published != truth.Published {
			t.Errorf("%s %s: F1 %.4f, %q %q %q, want %q %q %q: %s", a.Layout(), a.URL(), f1, n.Title, n.Source, n.Published, truth.Title, truth.Source, truth.Published, firstDifference(truth.Text, n.Text))
		}
		if a.Form != sitetest.HTML {
			continue
		}
		if fit.Site == "" || fit.Drift != nil {
			t.Errorf("%s %s: read by %q, %v", a.Layout(), a.URL(), fit.Site, fit.Drift)
		}
		links, err := parse.ReadAttachments(page, c)
		if err != nil {
			t.Errorf("%s: %v", a.URL(), err)
		}
		var want, got []string
		for _, f := range a.Files {
			want = append(want, f.URL())
		}
		for _, l := range links {
			got = append(got, l.URL)
		}
		if !slices.Equal(want, got) {
			t.Errorf("%s %s: attachments %q, want %q", a.Layout(), a.URL(), got, want)
		}
	}
	for form, list := range scores {
		sum := 0.0
		for _, f1 := range list {
			sum += f1
		}
		t.Logf("%-5s %4d read, F1 %.4f, least %.4f", form, len(list), sum/float64(len(list)), slices.Min(list))
		if sum/float64(len(list)) < 0.98 {
			t.Errorf("%s: mean F1 %.4f", form, sum/float64(len(list)))
		}
	}
}

// TestRebuiltSites: pages that stopped fitting are read all the same, and the
// drift is named.
func TestRebuiltSites(t *testing.T) {
	world, c := simulated(t, 8, 8*10)
	for host := range world.Addresses() {
		world.Rebuild(host)
	}
	for _, a := range world.Articles() {
		if a.Form != sitetest.HTML {
			continue
		}
		body, contentType := a.Page()
		n, fit, err := c.Parse(tongbao.Page{URL: a.URL(), ContentType: contentType, Body: body})
		if err != nil {
			t.Errorf("%s: %v", a.URL(), err)
			continue
		}
		if f1 := likeness(a.Truth().Text, n.Text); fit.Drift == nil || f1 < 0.95 {
			t.Errorf("%s %s: F1 %.4f, drift %v: %s", a.Layout(), a.URL(), f1, fit.Drift, firstDifference(a.Truth().Text, n.Text))
		}
	}
}
