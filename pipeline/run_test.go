package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"tongbao"
	"tongbao/index"
	"tongbao/internal/segment"
	"tongbao/pipeline/parse"
)

// A shelf is a store that holds hashes and ids alone.
type shelf struct {
	index.Store
	mu      sync.Mutex
	pages   map[string]string // address → hash
	ids     map[string]bool
	batches [][]index.Record
	put     func([]index.Record) error // may refuse a batch
}

func newShelf() *shelf { return &shelf{pages: map[string]string{}, ids: map[string]bool{}} }

func (s *shelf) Known(_ context.Context, url, sha256, _ string) (index.State, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch s.pages[url] {
	case "":
		return index.Missing, nil
	case sha256:
		return index.Current, nil
	}
	return index.PageChanged, nil
}

func (s *shelf) Put(ctx context.Context, batch []index.Record) ([]index.Outcome, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if s.put != nil {
		if err := s.put(batch); err != nil {
			return nil, err
		}
	}
	s.batches = append(s.batches, slices.Clone(batch))
	var outcomes []index.Outcome
	for _, r := range batch {
		outcome := index.New
		switch {
		case r.Err != nil:
			outcomes = append(outcomes, index.Failed)
			continue
		case s.ids[r.Reading.Notice.ID]:
			outcome = index.Duplicate
		case s.pages[r.URL] != "":
			outcome = index.Replaced
		}
		s.pages[r.URL], s.ids[r.Reading.Notice.ID] = r.SHA256, true
		outcomes = append(outcomes, outcome)
	}
	return outcomes, nil
}

func (s *shelf) addresses() []string {
	var all []string
	for _, batch := range s.batches {
		for _, r := range batch {
			all = append(all, filepath.Base(r.URL))
		}
	}
	return all
}

const sample = "根据省委统一部署，省委第%d巡视组开展巡视。给予党纪处分%d人（警告%d人）。\n中共石林湾区委\n2021年12月10日\n"

func samples(t *testing.T, n int) {
	t.Helper()
	t.Chdir(t.TempDir())
	for i := range n {
		write(t, fmt.Sprintf("%03d.txt", i), fmt.Sprintf(sample, i, i+1, i+1))
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// counts runs and returns the summary without its seconds.
func counts(t *testing.T, store index.Store, sources ...string) Summary {
	t.Helper()
	s, err := Run(t.Context(), sources, store, known(t), func(Result) {})
	if err != nil {
		t.Fatal(err)
	}
	if s.Found != s.New+s.Unchanged+s.Duplicate+s.Failed {
		t.Errorf("the parts of %+v do not add up", s)
	}
	s.Seconds, s.Facts, s.Findings = 0, 0, 0
	return s
}

func TestRunIsIncremental(t *testing.T) {
	samples(t, 5)
	write(t, "copy.txt", fmt.Sprintf(sample, 3, 4, 4))
	write(t, "empty.txt", "")
	write(t, "bad.txt", "%PDF-1.4")
	store := newShelf()
	for _, step := range []struct {
		name string
		do   func()
		want Summary
	}{
		{"the first time", func() {}, Summary{Found: 9, New: 5, Duplicate: 1, Failed: 3}},
		{"again", func() {}, Summary{Found: 9, Unchanged: 6, Failed: 3}},
		{"one changed, one mended", func() {
			write(t, "001.txt", fmt.Sprintf(sample, 1, 20, 20))
			write(t, "empty.txt", fmt.Sprintf(sample, 9, 30, 30))
		}, Summary{Found: 9, New: 2, Changed: 1, Unchanged: 5, Failed: 2}},
	} {
		step.do()
		if diff := cmp.Diff(step.want, counts(t, store, ".", "none.txt")); diff != "" {
			t.Errorf("%s: %s", step.name, diff)
		}
	}
}

func TestRunDoesNotDependOnTheOrderOfSources(t *testing.T) {
	samples(t, 30)
	sources := strings.Fields("004.txt 011.txt 002.txt 029.txt 017.txt 000.txt")
	one, other := newShelf(), newShelf()
	counts(t, one, sources...)
	slices.Reverse(sources)
	counts(t, other, sources...)
	if diff := cmp.Diff(one.addresses(), other.addresses()); diff != "" || len(one.addresses()) != 6 {
		t.Error(diff, one.addresses())
	}
}

func TestRunStoresInBatches(t *testing.T) {
	samples(t, batchRecords+10)
	store := newShelf()
	counts(t, store, ".")
	if len(store.batches) != 2 || len(store.batches[0]) != batchRecords {
		t.Errorf("%d batches", len(store.batches))
	}
}

func TestRunInterrupted(t *testing.T) {
	const all, until = 100, 37
	samples(t, all)
	store := newShelf()
	ctx, cancel := context.WithCancel(t.Context())
	met := 0
	s, err := Run(ctx, []string{"."}, store, known(t), func(Result) {
		if met++; met == until {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("the error is %v", err)
	}
	if len(store.addresses()) != met || s.New != met || met >= all {
		t.Errorf("%d documents met, %d stored, %d counted", met, len(store.addresses()), s.New)
	}
	if diff := cmp.Diff(Summary{Found: all, New: all - met, Unchanged: met}, counts(t, store, ".")); diff != "" {
		t.Errorf("going on: %s", diff)
	}
}

func TestRunEndsWhenTheStoreFails(t *testing.T) {
	samples(t, 3*batchRecords)
	store := newShelf()
	full := errors.New("no space left")
	store.put = func([]index.Record) error {
		if len(store.batches) == 1 {
			return full
		}
		return nil
	}
	s, err := Run(t.Context(), []string{"."}, store, known(t), func(Result) {})
	if !errors.Is(err, full) || s.New != batchRecords {
		t.Errorf("%d stored, %v", s.New, err)
	}
}

func TestEach(t *testing.T) {
	samples(t, 2)
	var got []string
	err := Each(t.Context(), Named([]string{"001.txt", "none.txt", "-"}), strings.NewReader(fmt.Sprintf(sample, 1, 7, 7)), func(r Result) error {
		said := "failed"
		if r.Err == nil {
			said = r.Reading.Notice.Signed
		}
		got = append(got, r.Ref.Name+" "+said)
		return nil
	})
	if diff := cmp.Diff([]string{"001.txt 2021-12-10", "none.txt failed", "- 2021-12-10"}, got); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

// notices returns the pages of testdata.
func notices(t testing.TB) []tongbao.Page {
	t.Helper()
	var pages []tongbao.Page
	for ref := range Expand([]string{"../testdata/notices"}) {
		page, err := Load(ref, nil)
		if err != nil {
			t.Fatalf("%s: %v", ref.Name, err)
		}
		pages = append(pages, page)
	}
	return pages
}

// FuzzRead holds the promises that every reading keeps, whatever the page.
func FuzzRead(f *testing.F) {
	for _, page := range notices(f) {
		f.Add(page.Body)
	}
	f.Add([]byte("给予党纪处分9人次（警告6人、严重警告2人），办结率88.8%"))
	f.Add([]byte("追究责任8人，其中给予党内警告1人、诫勉3人；两项合计23人次，第一种形态205人次，占69.5%；合计295人次，其余89家"))
	s := segment.New()
	f.Fuzz(func(t *testing.T, body []byte) {
		reading, err := Read(tongbao.Page{Body: body}, s)
		if err != nil {
			return
		}
		text := reading.Notice.Text
		if !utf8.ValidString(text) {
			t.Fatal("the text is no UTF-8")
		}
		ids := map[string]bool{}
		for _, fact := range reading.Facts {
			if fact.Start < 0 || fact.End > len(text) || fact.Start >= fact.End || fact.Quote != text[fact.Start:fact.End] {
				t.Fatalf("%s %q does not stand at %d–%d", fact.Kind, fact.Quote, fact.Start, fact.End)
			}
			if ids[fact.ID] {
				t.Fatalf("two facts have the id %s", fact.ID)
			}
			ids[fact.ID] = true
		}
		for _, finding := range reading.Findings {
			for _, id := range finding.Facts {
				if !ids[id] {
					t.Fatalf("a finding rests on %s, which is no fact", id)
				}
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	pages := notices(b)
	s := segment.New()
	size := 0
	for _, page := range pages {
		size += len(page.Body)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		for _, page := range pages {
			if _, err := Read(page, s); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// known is the program's own catalogue.
func known(t *testing.T) *parse.Catalogue {
	t.Helper()
	c, err := parse.Known()
	if err != nil {
		t.Fatal(err)
	}
	return c
}
