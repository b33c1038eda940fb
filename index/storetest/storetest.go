// Package storetest is what every index.Store must do, as a test to run on it.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tongbao"
	"tongbao/index"
)

// Run runs the suite. open returns an empty store for writing, which the test
// closes; settle brings what was put into the store's index, so that the index
// is tested and not only what it has yet to take in.
func Run(t *testing.T, open func(*testing.T) index.Store, settle func(*testing.T, index.Store)) {
	tests := []struct {
		name string
		run  func(*testing.T, *suite)
	}{
		{"Empty", testEmpty}, {"Outcomes", testOutcomes}, {"Addresses", testAddresses}, {"Moves", testMoves},
		{"Failures", testFailures}, {"NewExtractors", testNewExtractors}, {"BatchIsAllOrNothing", testAllOrNothing},
		{"RoundTrip", testRoundTrip}, {"NoticeByPrefix", testNoticeByPrefix},
		{"Facts", testFacts}, {"FactBounds", testFactBounds}, {"Findings", testFindings}, {"Notices", testNotices},
		{"SearchFindsWhatGrepFinds", testGrep}, {"SearchFields", testFields}, {"SearchRanks", testRanks},
		{"SearchPages", testPages}, {"SearchFacets", testFacets}, {"SearchPassages", testPassages}, {"SearchAfterChanges", testSearchAfterChanges},
		{"Compare", testCompare},
		{"EarlierVersions", testEarlierVersions}, {"History", testHistory}, {"VersionComesBack", testComesBack}, {"LatePages", testLate}, {"Reread", testReread},
		{"NearDuplicates", testNearDuplicates},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := &suite{store: open(t), settle: settle}
			defer func() {
				if err := s.store.Close(); err != nil {
					t.Errorf("close: %v", err)
				}
			}()
			test.run(t, s)
		})
	}
}

type suite struct {
	store  index.Store
	settle func(*testing.T, index.Store)
}

// Record makes the record of a reading at an address.
func Record(url string, r *tongbao.Reading) index.Record {
	return index.Record{URL: url, SHA256: "sha of " + r.Notice.ID, Versions: "1", Reading: r,
		Fetched: time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)}
}

// Records makes records of readings, each at its own address.
func Records(readings []tongbao.Reading) []index.Record {
	records := make([]index.Record, len(readings))
	for i := range readings {
		records[i] = Record(fmt.Sprintf("https://example.org/%d.html", i), &readings[i])
	}
	return records
}

func (s *suite) put(t *testing.T, records ...index.Record) []index.Outcome {
	t.Helper()
	outcomes, err := s.store.Put(context.Background(), records)
	if err != nil {
		t.Fatalf("put: %v", err)
	}
	return outcomes
}

func (s *suite) expect(t *testing.T, want index.Outcome, record index.Record) {
	t.Helper()
	if got := s.put(t, record); !slices.Equal(got, []index.Outcome{want}) {
		t.Errorf("put %s: %v, want %s", record.URL, got, want)
	}
}

func (s *suite) known(t *testing.T, r index.Record) index.State {
	t.Helper()
	state, err := s.store.Known(context.Background(), r.URL, r.SHA256, r.Versions)
	if err != nil {
		t.Fatalf("known: %v", err)
	}
	return state
}

func (s *suite) notice(t *testing.T, id string) tongbao.Reading {
	t.Helper()
	r, err := s.store.Notice(context.Background(), id)
	if err != nil {
		t.Fatalf("notice %s: %v", id, err)
	}
	return r
}

// ids returns the ids that a query finds, sorted.
func (s *suite) ids(t *testing.T, query string) []string {
	t.Helper()
	q, err := index.ParseQuery(query, Cut)
	if err != nil {
		t.Fatal(err)
	}
	result, err := s.store.Search(context.Background(), q, index.Page{Limit: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, h := range result.Hits {
		ids = append(ids, h.ID)
	}
	slices.Sort(ids)
	if result.Total != len(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) {
		t.Errorf("search %s: total %d, hits %d, some twice", query, result.Total, len(ids))
	}
	return ids
}

func testEmpty(t *testing.T, s *suite) {
	if got := s.ids(t, "整改"); got != nil {
		t.Errorf("search found %v", got)
	}
	for _, err := range s.store.Facts(context.Background(), index.FactFilter{}) {
		t.Errorf("a fact, or %v", err)
	}
	if _, err := s.store.Notice(context.Background(), "n000000"); !errors.Is(err, index.ErrNotFound) {
		t.Errorf("notice: %v", err)
	}
	if _, err := s.store.Put(context.Background(), nil); err != nil {
		t.Errorf("put nothing: %v", err)
	}
}

func testOutcomes(t *testing.T, s *suite) {
	readings := Readings(2, 200)
	record := Record("a", &readings[0])
	if got := s.known(t, record); got != index.Missing {
		t.Errorf("before: %s", got)
	}
	s.expect(t, index.New, record)
	if got := s.known(t, record); got != index.Current {
		t.Errorf("after: %s", got)
	}
	s.expect(t, index.Unchanged, record)

	changed := record
	changed.SHA256 = "other bytes, same text"
	if got := s.known(t, changed); got != index.PageChanged {
		t.Errorf("other bytes: %s", got)
	}
	s.expect(t, index.Unchanged, changed)
	if got := s.known(t, changed); got != index.Current {
		t.Errorf("the new bytes were not noted: %s", got)
	}

	retitled := readings[0]
	notice := *retitled.Notice
	notice.Title = "另一个标题"
	retitled.Notice = &notice
	changed.Reading, changed.SHA256 = &retitled, "a third page"
	s.expect(t, index.Replaced, changed)
	if got := s.notice(t, notice.ID).Notice.Title; got != notice.Title {
		t.Errorf("title is %q", got)
	}
}

func testAddresses(t *testing.T, s *suite) {
	readings := Readings(1, 200)
	id := readings[0].Notice.ID
	s.expect(t, index.New, Record("z", &readings[0]))
	s.expect(t, index.Duplicate, Record("a", &readings[0]))
	s.expect(t, index.Unchanged, Record("a", &readings[0]))
	if got := s.notice(t, id).Notice.URLs; !slices.Equal(got, []string{"z", "a"}) {
		t.Errorf("addresses %v", got)
	}
	if got := s.ids(t, "整改"); len(got) != 1 {
		t.Errorf("search finds %v", got)
	}
	both := s.put(t, Record("b", &readings[0]), Record("b", &readings[0]))
	if !slices.Equal(both, []index.Outcome{index.Duplicate, index.Unchanged}) {
		t.Errorf("twice in a batch: %v", both)
	}
}

func testMoves(t *testing.T, s *suite) {
	readings := Readings(3, 200)
	first, second := readings[0].Notice.ID, readings[1].Notice.ID
	s.put(t, Record("a", &readings[0]), Record("b", &readings[0]))
	s.settle(t, s.store)
	s.expect(t, index.Replaced, Record("a", &readings[1]))
	if got := s.notice(t, first).Notice.URLs; !slices.Equal(got, []string{"b"}) {
		t.Errorf("the first notice is at %v", got)
	}
	if got := s.notice(t, second).Notice.URLs; !slices.Equal(got, []string{"a"}) {
		t.Errorf("the second notice is at %v", got)
	}
	s.expect(t, index.Replaced, Record("b", &readings[1]))
	if got := s.notice(t, first).Notice.URLs; !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("the first notice was at %v", got)
	}
	for n, err := range s.store.Notices(context.Background(), index.Selection{}) {
		if err != nil || n.Notice.ID == first {
			t.Fatalf("it is among the notices of the present, or %v", err)
		}
	}
	for row, err := range s.store.Facts(context.Background(), index.FactFilter{}) {
		if err != nil || row.Notice.ID == first {
			t.Fatalf("a fact of it is still there, or %v", err)
		}
	}
	if got := s.ids(t, "整改"); !slices.Equal(got, []string{second}) {
		t.Errorf("search finds %v", got)
	}
	s.expect(t, index.New, Record("c", &readings[2])) // may take the place of the one that went
	s.settle(t, s.store)
	if got, want := s.ids(t, "整改"), slices.Sorted(slices.Values([]string{second, readings[2].Notice.ID})); !slices.Equal(got, want) {
		t.Errorf("search finds %v, want %v", got, want)
	}
}

func testFailures(t *testing.T, s *suite) {
	readings := Readings(1, 200)
	failed := index.Record{URL: "a", Err: errors.New("no text in it"), Versions: "1", SHA256: "x"}
	s.expect(t, index.Failed, failed)
	if got := s.known(t, failed); got != index.FailedBefore {
		t.Errorf("a failed document is %s", got)
	}
	s.expect(t, index.New, Record("a", &readings[0]))
	s.expect(t, index.Failed, index.Record{URL: "a", Err: errors.New("404")})
	if got := s.notice(t, readings[0].Notice.ID).Notice.URLs; !slices.Equal(got, []string{"a"}) {
		t.Errorf("a failure took the notice away: %v", got)
	}
	s.expect(t, index.Unchanged, Record("a", &readings[0]))
	if got := s.known(t, Record("a", &readings[0])); got != index.Current {
		t.Errorf("after it was read: %s", got)
	}
}

func testNewExtractors(t *testing.T, s *suite) {
	readings := Readings(1, 200)
	s.put(t, Record("a", &readings[0]), Record("b", &readings[0]))
	better := readings[0]
	better.Facts = better.Facts[:1]
	record := Record("b", &better)
	record.Versions = "2"
	if got := s.known(t, record); got != index.ExtractorChanged {
		t.Errorf("known: %s", got)
	}
	s.expect(t, index.Replaced, record)
	again := Record("a", &better)
	again.Versions = "2"
	if got := s.known(t, again); got != index.ExtractorChanged {
		t.Errorf("known at the other address: %s", got)
	}
	s.expect(t, index.Unchanged, again)
	r := s.notice(t, better.Notice.ID)
	if len(r.Facts) != 1 || !slices.Equal(r.Notice.URLs, []string{"a", "b"}) {
		t.Errorf("%d facts at %v", len(r.Facts), r.Notice.URLs)
	}
}

func testAllOrNothing(t *testing.T, s *suite) {
	readings := Readings(2, 200)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.store.Put(ctx, Records(readings)); !errors.Is(err, context.Canceled) {
		t.Fatalf("put: %v", err)
	}
	for n, err := range s.store.Notices(context.Background(), index.Selection{}) {
		t.Errorf("%v is there, or %v", n, err)
	}
	s.put(t, Records(readings)...)
}

func testRoundTrip(t *testing.T, s *suite) {
	readings := Readings(30, 400)
	records := Records(readings)
	s.put(t, records...)
	for i, want := range readings {
		got := s.notice(t, want.Notice.ID)
		notice := *want.Notice
		notice.URLs = []string{records[i].URL}
		if len(notice.Metrics) == 0 {
			notice.Metrics = nil
		}
		want.Notice = &notice
		if diff := cmp.Diff(want, got, cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Tag" }, cmp.Ignore())); diff != "" {
			t.Fatalf("notice %d (-put +kept):\n%s", i, diff)
		}
	}
}

func testNoticeByPrefix(t *testing.T, s *suite) {
	readings := Readings(600, 20)
	s.put(t, Records(readings)...)
	prefixes := map[string]int{}
	for _, r := range readings {
		prefixes[r.Notice.ID[:4]]++
	}
	for prefix, count := range prefixes {
		_, err := s.store.Notice(context.Background(), prefix)
		if count == 1 && err != nil || count > 1 && !errors.Is(err, index.ErrAmbiguous) {
			t.Errorf("%s, of %d notices: %v", prefix, count, err)
		}
	}
	if !slices.Contains(slices.Collect(maps.Values(prefixes)), 2) {
		t.Error("no prefix is ambiguous: take more notices")
	}
	for _, wrong := range []string{"", "n", "nzzzz", "%", "n____"} {
		if _, err := s.store.Notice(context.Background(), wrong); !errors.Is(err, index.ErrNotFound) {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	if got := s.notice(t, strings.Clone(readings[5].Notice.ID)); got.Notice.ID != readings[5].Notice.ID {
		t.Errorf("got %s", got.Notice.ID)
	}
}
