package parse_test

import (
	"fmt"
	"strings"
	"testing"

	"tongbao"
	"tongbao/internal/sitetest"
	"tongbao/pipeline/parse"
)

// A score is how well one layout in one charset was read.
type score struct {
	pages, title, source, published, exact int
	sum, least                             float64
	worst                                  string
}

// TestSimulatedLayouts reads the pages of the site simulator, eight layouts in
// two charsets, without any description of their hosts, and prints the table.
func TestSimulatedLayouts(t *testing.T) {
	const pages = 40
	world := sitetest.New(20210830, 16, 16*pages, 0)
	var order []string
	scores := map[string]*score{}
	for _, a := range world.Articles() {
		if a.Form != sitetest.HTML {
			continue
		}
		key := fmt.Sprintf("%-8s %-5s", a.Layout(), a.Charset())
		if scores[key] == nil {
			scores[key] = &score{least: 1}
			order = append(order, key)
		}
		scores[key].add(t, a)
	}
	mean := 0.0
	table := fmt.Sprintf("\n%-14s %5s %8s %8s %6s %6s %6s %6s\n", "layout", "pages", "F1 mean", "least", "same", "title", "source", "time")
	for _, key := range order {
		s := scores[key]
		table += fmt.Sprintf("%s %5d %8.4f %8.4f %6d %6d %6d %6d\n", key, s.pages, s.sum/float64(s.pages), s.least, s.exact, s.title, s.source, s.published)
		mean += s.sum / float64(s.pages) / float64(len(order))
		if s.least < 0.95 {
			t.Errorf("%s: %.4f at %s", key, s.least, s.worst)
		}
	}
	t.Logf("%smean %.4f", table, mean)
	if mean < 0.98 || len(order) != 16 {
		t.Errorf("mean F1 %.4f over %d layouts and charsets", mean, len(order))
	}
}

func (s *score) add(t *testing.T, a *sitetest.Article) {
	t.Helper()
	body, contentType := a.Page()
	want := a.Truth()
	s.pages++
	n, err := parse.Parse(tongbao.Page{URL: a.URL(), ContentType: contentType, Body: body})
	if err != nil {
		t.Errorf("%s %s: %v", a.Layout(), a.Path, err)
		s.least, s.worst = 0, a.Path
		return
	}
	f1 := likeness(want.Text, n.Text)
	if s.sum += f1; f1 < s.least {
		s.least, s.worst = f1, a.Path
	}
	for _, field := range []struct {
		name, got, want string
		count           *int
	}{{"title", n.Title, want.Title, &s.title}, {"source", n.Source, want.Source, &s.source}, {"published", n.Published, want.Published, &s.published}} {
		if field.got == field.want {
			*field.count++
		} else {
			t.Errorf("%s %s %s: %s %q, want %q", a.Layout(), a.Charset(), a.Path, field.name, field.got, field.want)
		}
	}
	if n.Text == want.Text {
		s.exact++
	} else if f1 < 1 {
		t.Logf("%s %s %s: %s", a.Layout(), a.Charset(), a.Path, firstDifference(want.Text, n.Text))
	}
}

// firstDifference shows the first paragraph in which two texts differ.
func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := 0; ; i++ {
		a, b := at(w, i), at(g, i)
		if a != b || a == "" {
			return fmt.Sprintf("paragraph %d is %.120q, want %.120q", i+1, b, a)
		}
	}
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}
