package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tongbao"
	"tongbao/index"
)

func day(n int) time.Time { return time.Date(2026, 3, n, 8, 0, 0, 0, time.UTC) }

// at makes a record of a reading that was met at an address on a day.
func at(url string, r *tongbao.Reading, n int) index.Record {
	record := Record(url, r)
	record.Fetched = day(n)
	return record
}

func (s *suite) history(t *testing.T, id string) index.History {
	t.Helper()
	h, err := s.store.History(context.Background(), id)
	if err != nil {
		t.Fatalf("history of %s: %v", id, err)
	}
	return h
}

// testEarlierVersions: what an address no longer holds is kept whole, with its
// facts, beside what it holds, and nothing but Notice and History shows it.
func testEarlierVersions(t *testing.T, s *suite) {
	readings := Readings(40, 300)
	s.put(t, Records(readings)[:20]...)
	s.settle(t, s.store)
	for i := range 20 {
		s.expect(t, index.Replaced, at(fmt.Sprintf("https://example.org/%d.html", i), &readings[20+i], 9))
	}
	for range 2 {
		for i, want := range readings {
			got := s.notice(t, want.Notice.ID)
			notice := *want.Notice
			notice.URLs = []string{fmt.Sprintf("https://example.org/%d.html", i%20)}
			if len(notice.Metrics) == 0 {
				notice.Metrics = nil
			}
			want.Notice = &notice
			if diff := cmp.Diff(want, got, cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Tag" }, cmp.Ignore())); diff != "" {
				t.Fatalf("notice %d (-put +kept):\n%s", i, diff)
			}
		}
		for row, err := range s.store.Facts(context.Background(), index.FactFilter{}) {
			if err != nil || slices.ContainsFunc(readings[:20], func(r tongbao.Reading) bool { return r.Notice.ID == row.Notice.ID }) {
				t.Fatalf("a fact of an earlier version, or %v", err)
			}
		}
		q, err := index.ParseQuery("整改", Cut)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := s.ids(t, "整改"), scan(q, readings[20:]); !slices.Equal(got, want) {
			t.Errorf("search finds %d notices, want %d", len(got), len(want))
		}
		s.settle(t, s.store)
	}
}

func testHistory(t *testing.T, s *suite) {
	r := Readings(4, 300)
	ids := make([]string, len(r))
	for i := range r {
		ids[i] = r[i].Notice.ID
	}
	s.put(t, at("a", &r[0], 1))
	s.put(t, at("b", &r[0], 2), at("a", &r[1], 3))
	s.put(t, at("a", &r[1], 4)) // visited, and the same
	s.put(t, at("a", &r[2], 5), at("c", &r[3], 5))
	want := []index.Version{
		{URL: "a", Notice: ids[0], Title: r[0].Notice.Title, SHA256: "sha of " + ids[0], Since: "2026-03-01T08:00:00Z", Fetched: "2026-03-01T08:00:00Z", Until: "2026-03-03T08:00:00Z", Next: ids[1]},
		{URL: "a", Notice: ids[1], Title: r[1].Notice.Title, SHA256: "sha of " + ids[1], Since: "2026-03-03T08:00:00Z", Fetched: "2026-03-03T08:00:00Z", Until: "2026-03-05T08:00:00Z", Next: ids[2], Earlier: true},
		{URL: "a", Notice: ids[2], Title: r[2].Notice.Title, SHA256: "sha of " + ids[2], Since: "2026-03-05T08:00:00Z", Fetched: "2026-03-05T08:00:00Z"},
		{URL: "b", Notice: ids[0], Title: r[0].Notice.Title, SHA256: "sha of " + ids[0], Since: "2026-03-02T08:00:00Z", Fetched: "2026-03-02T08:00:00Z"},
	}
	for i, versions := range [][]index.Version{want, want[:3], want[:3]} {
		h := s.history(t, ids[i])
		if diff := cmp.Diff(versions, h.Versions); diff != "" || h.ID != ids[i] || len(h.Similar) > 0 {
			t.Errorf("history of notice %d (-want +got):\n%s%v", i, diff, h.Similar)
		}
	}
	if h := s.history(t, ids[3][:10]); len(h.Versions) != 1 || h.ID != ids[3] {
		t.Errorf("history by the beginning of an id: %+v", h)
	}
	if _, err := s.store.History(context.Background(), "n000000"); !errors.Is(err, index.ErrNotFound) {
		t.Errorf("history of what is not there: %v", err)
	}
}

// testComesBack: a text that stands at an address again is of the present
// again, and there is one of it.
func testComesBack(t *testing.T, s *suite) {
	r := Readings(2, 300)
	for i := range 7 {
		s.put(t, at("a", &r[i%2], 1+i))
		if i%3 == 0 {
			s.settle(t, s.store)
		}
	}
	if got := s.ids(t, "整改"); !slices.Equal(got, []string{r[0].Notice.ID}) {
		t.Errorf("search finds %v", got)
	}
	h := s.history(t, r[1].Notice.ID)
	if len(h.Versions) != 7 || h.Versions[5].Since != "2026-03-06T08:00:00Z" || h.Versions[5].Until != "2026-03-07T08:00:00Z" || !h.Versions[5].Earlier || h.Versions[4].Earlier {
		t.Errorf("versions %+v", h.Versions)
	}
	better := r[1]
	better.Facts = better.Facts[:1]
	record := at("b", &better, 9)
	record.Versions = "2"
	s.expect(t, index.New, record)
	if got := s.notice(t, better.Notice.ID); len(got.Facts) != 1 || !slices.Equal(got.Notice.URLs, []string{"b"}) {
		t.Errorf("%d facts at %v", len(got.Facts), got.Notice.URLs)
	}
}

// testLate: an archive may yield a page that was fetched before the one that
// its address holds, also again and again.
func testLate(t *testing.T, s *suite) {
	r := Readings(3, 300)
	s.put(t, at("a", &r[1], 5))
	s.settle(t, s.store)
	for i := range 2 {
		for j, n := range []int{3, 1} { // the first again, with newer rules
			late := at("a", &r[2*j], n)
			late.Versions = fmt.Sprint(i)
			want := index.New
			if i > 0 {
				want = index.Replaced
				late.Reading.Facts = late.Reading.Facts[:1]
			}
			s.expect(t, want, late)
			s.expect(t, index.Unchanged, late)
		}
		if got := s.ids(t, "整改"); !slices.Equal(got, []string{r[1].Notice.ID}) {
			t.Errorf("search finds %v", got)
		}
		h := s.history(t, r[0].Notice.ID)
		var told []string
		for _, v := range h.Versions {
			told = append(told, fmt.Sprint(v.Notice, v.Since[:10], v.Until[:min(10, len(v.Until))], v.Earlier))
		}
		want := []string{fmt.Sprint(r[2].Notice.ID, "2026-03-01", "2026-03-03", true), fmt.Sprint(r[0].Notice.ID, "2026-03-03", "2026-03-05", true),
			fmt.Sprint(r[1].Notice.ID, "2026-03-05", "", false)}
		if !slices.Equal(told, want) {
			t.Errorf("versions %v, want %v", told, want)
		}
		s.settle(t, s.store)
	}
	if got := s.notice(t, r[0].Notice.ID); len(got.Facts) != 1 || !slices.Equal(got.Notice.URLs, []string{"a"}) {
		t.Errorf("%d facts at %v", len(got.Facts), got.Notice.URLs)
	}
	s.expect(t, index.Failed, index.Record{URL: "a", Err: errors.New("cut short"), Fetched: day(2), SHA256: "half"})
	s.expect(t, index.Unchanged, at("a", &r[1], 4))
	if got := s.known(t, at("a", &r[1], 4)); got != index.Current {
		t.Errorf("the address is %s", got)
	}
	s.expect(t, index.Replaced, at("a", &r[0], 6))
	if h := s.history(t, r[0].Notice.ID); len(h.Versions) != 4 || h.Versions[3].Notice != r[0].Notice.ID || h.Versions[3].Since[:10] != "2026-03-06" || h.Versions[2].Since[:10] != "2026-03-05" {
		t.Errorf("versions %+v", h.Versions)
	}
}

// testReread: newer rules may read another text in the same page; that is no
// change of the page.
func testReread(t *testing.T, s *suite) {
	r := Readings(2, 300)
	s.put(t, at("a", &r[0], 1))
	record := at("a", &r[1], 2)
	record.SHA256, record.Versions = "sha of "+r[0].Notice.ID, "2"
	s.expect(t, index.Replaced, record)
	if h := s.history(t, r[0].Notice.ID); len(h.Versions) != 2 || !h.Versions[0].Reread {
		t.Errorf("versions %+v", h.Versions)
	}
}

func testNearDuplicates(t *testing.T, s *suite) {
	readings := Readings(60, 400)
	s.put(t, Records(readings)...)
	whole := readings[7].Notice
	changed := func(text string) *tongbao.Reading {
		n := *whole
		n.Text, n.ID, n.Sections, n.Metrics = text, tongbao.IDOf(text), nil, nil
		return &tongbao.Reading{Notice: &n, Words: Cut(text)}
	}
	near := changed(strings.Replace(whole.Text, "整改", "落实", 2))
	footer := changed(strings.Trim(string([]rune(whole.Text)[:len([]rune(whole.Text))-12]), " \n"))
	far := changed(readings[9].Notice.Text + whole.Text)
	for i, r := range []*tongbao.Reading{near, footer, far} {
		s.expect(t, index.New, Record(fmt.Sprint("repost ", i), r))
	}
	linked := map[string][]string{whole.ID: {near.Notice.ID, footer.Notice.ID}, near.Notice.ID: {whole.ID, footer.Notice.ID},
		footer.Notice.ID: {whole.ID, near.Notice.ID}, far.Notice.ID: nil, readings[8].Notice.ID: nil}
	for id, want := range linked {
		var got []string
		h := s.history(t, id)
		last := 1.0
		for _, one := range h.Similar {
			if got = append(got, one.Notice); one.Jaccard < index.NearDuplicate || one.Jaccard > last || one.Title != whole.Title || one.URL == "" || one.Earlier {
				t.Errorf("%s is like %+v", id, one)
			}
			last = one.Jaccard
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s is like %v, want %v", id, got, want)
		}
	}
	s.similarHits(t, whole.ID, 2)
	s.expect(t, index.Replaced, Record("repost 0", far)) // the near one has no address any more
	s.similarHits(t, whole.ID, 1)
	if h := s.history(t, whole.ID); len(h.Similar) != 2 || !h.Similar[0].Earlier && !h.Similar[1].Earlier {
		t.Errorf("the earlier version is no longer linked: %+v", h.Similar)
	}
}

// similarHits expects a hit with links to so many notices.
func (s *suite) similarHits(t *testing.T, id string, want int) {
	t.Helper()
	q, err := index.ParseQuery("整改", Cut)
	if err != nil {
		t.Fatal(err)
	}
	result, err := s.store.Search(context.Background(), q, index.Page{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range result.Hits {
		if h.ID == id {
			if len(h.Similar) != want {
				t.Errorf("the hit is like %v, want %d", h.Similar, want)
			}
			return
		}
	}
	t.Errorf("%s is not found", id)
}
