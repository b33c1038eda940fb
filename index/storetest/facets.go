package storetest

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"tongbao/index"
)

// testFacets compares the counts of a search with a count over all readings
// that match, whatever page is asked for.
func testFacets(t *testing.T, s *suite) {
	readings := Readings(60, 300)
	s.put(t, Records(readings)...)
	for _, settled := range []bool{false, true} {
		if settled {
			s.settle(t, s.store)
		}
		for _, text := range []string{"整改", "genre:feedback", "诫勉 -清退", "year:2021 OR district:江干区", "火星"} {
			query, err := index.ParseQuery(text, Cut)
			if err != nil {
				t.Fatal(err)
			}
			want, err := index.NewFacetTally(index.Facets)
			if err != nil {
				t.Fatal(err)
			}
			total := 0
			for _, r := range readings {
				if query.Matches(r) {
					total++
					want.Add(r.Notice)
				}
			}
			result, err := s.store.Search(context.Background(), query, index.Page{Limit: 1, Offset: 2, Facets: index.Facets})
			if err != nil {
				t.Fatal(err)
			}
			if result.Total != total {
				t.Errorf("%s: %d notices, want %d", text, result.Total, total)
			}
			if diff := cmp.Diff(want.Facets(), result.Facets, cmpopts.IgnoreUnexported(index.FacetCount{})); diff != "" {
				t.Errorf("%s: %s", text, diff)
			}
			for _, facet := range result.Facets {
				sum := facet.Absent
				for _, count := range facet.Counts {
					sum += count.Notices
				}
				if sum != total {
					t.Errorf("%s by %s: %d notices in all, want %d", text, facet.By, sum, total)
				}
			}
		}
	}
	query, err := index.ParseQuery("整改", Cut)
	if err != nil {
		t.Fatal(err)
	}
	if result, err := s.store.Search(context.Background(), query, index.Page{}); err != nil || result.Facets != nil {
		t.Errorf("facets that nobody asked for: %v, %v", result.Facets, err)
	}
	if _, err := s.store.Search(context.Background(), query, index.Page{Facets: []string{"weather"}}); err == nil {
		t.Error("counted by weather")
	}
}
