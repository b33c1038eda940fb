package index

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tongbao"
)

// ByGenre is a facet; notices of several genres are never compared.
const ByGenre = "genre"

// Facets are what the notices that a search finds can be counted by.
var Facets = []string{ByDistrict, ByRound, ByYear, ByIssuer, ByGenre}

// A Facet is how many of the notices that match there are of each kind, the
// most frequent first.
type Facet struct {
	By     string       `json:"by"` // one of Facets
	Counts []FacetCount `json:"counts"`
	Absent int          `json:"absent,omitempty"` // notices that do not state it
}

// A FacetCount is the number of notices of one kind.
type FacetCount struct {
	Key     string `json:"key"`  // as Row.Key: code (else city and district), round id, year, issuer, genre
	Name    string `json:"name"` // 江干区
	Notices int    `json:"notices"`

	order []string
}

// A FacetTally counts notices for a store.
type FacetTally struct {
	facets []Facet
	groups []func(*tongbao.Notice) Row
	found  []map[string]int // by facet and key: where in Counts
}

// NewFacetTally returns a tally by the facets named, in their order.
func NewFacetTally(by []string) (*FacetTally, error) {
	t := &FacetTally{}
	for _, name := range by {
		group := grouping(name)
		if name == ByGenre {
			group = func(n *tongbao.Notice) Row {
				return Row{Key: string(n.Genre), Name: string(n.Genre), order: []string{string(n.Genre)}}
			}
		}
		if group == nil {
			return nil, fmt.Errorf("there is no facet %q; there are %s", name, strings.Join(Facets, ", "))
		}
		t.facets = append(t.facets, Facet{By: name, Counts: []FacetCount{}})
		t.groups = append(t.groups, group)
		t.found = append(t.found, map[string]int{})
	}
	return t, nil
}

// Add counts a notice, of which only the head is needed.
func (t *FacetTally) Add(n *tongbao.Notice) {
	for i, group := range t.groups {
		facet, row := &t.facets[i], group(n)
		if row.Key == "" {
			facet.Absent++
			continue
		}
		at, ok := t.found[i][row.Key]
		if !ok {
			at = len(facet.Counts)
			t.found[i][row.Key] = at
			facet.Counts = append(facet.Counts, FacetCount{Key: row.Key, Name: row.Name, order: row.order})
		}
		facet.Counts[at].Notices++
	}
}

// Facets returns the counts, the most frequent first, equal ones in the order
// of a comparison's rows.
func (t *FacetTally) Facets() []Facet {
	for _, facet := range t.facets {
		slices.SortFunc(facet.Counts, func(a, b FacetCount) int {
			return cmp.Or(cmp.Compare(b.Notices, a.Notices), slices.Compare(a.order, b.order), cmp.Compare(a.Key, b.Key))
		})
	}
	return t.facets
}
