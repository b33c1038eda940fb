package divisions

import (
	"slices"
	"strings"
)

// Kind says what a change did to a division.
type Kind string

// The kinds of change, as far as the lists tell. Figures of a division that
// was split or merged must not be summed across the change as they stand.
const (
	Renumbered Kind = "renumbered" // same name, another code
	Renamed    Kind = "renamed"    // another name, 县 made 市 or 区 included
	Merged     Kind = "merged"     // into one that stood before, or together with others
	Split      Kind = "split"      // into two or more
	Ended      Kind = "ended"      // no successor is known
)

// A Change is the end of a division and what followed it.
type Change struct {
	Year int // first year in whose list the division no longer stands
	Kind Kind
	Old  Division
	New  []Division // as they were in that year; empty where none is known
}

// Split reports whether the division was divided among two or more when it
// ended, at once or by what followed.
func (d Division) Split() bool { return len(Successors(d)) > 1 }

// Successors returns what a division that has ended became, as it stands now:
// several where it was split, none for one that still stands. A successor that
// has ended too is followed.
func Successors(d Division) []Division { return follow(d, func(s Division) bool { return s.To == 0 }) }

// SuccessorsIn returns what the division was in a later year: the division
// itself if it still stood then.
func SuccessorsIn(d Division, year int) []Division {
	stands := func(s Division) bool { return s.To == 0 || s.To >= year }
	if stands(d) {
		return []Division{d}
	}
	return follow(d, stands)
}

// follow walks from successor to successor and returns the first that stand.
func follow(d Division, stands func(Division) bool) []Division {
	var found []Division
	seen := []Division{d}
	for queue := d.direct(); len(queue) > 0; queue = queue[1:] {
		next := queue[0]
		if slices.Contains(seen, next) {
			continue
		}
		seen = append(seen, next)
		if stands(next) {
			found = append(found, next)
			continue
		}
		queue = append(queue, next.direct()...)
	}
	return found
}

// direct returns what took the division's place in the year after its end.
func (d Division) direct() []Division {
	if d.To == 0 || d.next == "" {
		return nil
	}
	var found []Division
	for code := range strings.SplitSeq(d.next, ",") {
		if next, ok := load().at(code, d.To+1); ok {
			found = append(found, next)
		}
	}
	return found
}

// became reports whether the division passed into the other, be it by steps.
func (d Division) became(other Division) bool {
	reached := false
	follow(d, func(s Division) bool {
		reached = reached || s == other
		return s == other
	})
	return reached
}

// History returns the changes in which a division of that name, full or short,
// ended or took another's place, by year.
func History(name string) []Change {
	mine := map[Division]bool{}
	for _, d := range Find(name) {
		mine[d] = true
	}
	var changes []Change
	if len(mine) == 0 {
		return nil
	}
	for _, old := range load().rows {
		if old.To == 0 {
			continue
		}
		next := old.direct()
		if mine[old] || slices.ContainsFunc(next, func(d Division) bool { return mine[d] }) {
			changes = append(changes, Change{Year: old.To + 1, Kind: kindOf(old, next), Old: old, New: next})
		}
	}
	slices.SortStableFunc(changes, func(a, b Change) int { return a.Year - b.Year })
	return changes
}

func kindOf(old Division, next []Division) Kind {
	switch {
	case len(next) == 0:
		return Ended
	case len(next) > 1:
		return Split
	case next[0].Code != old.Code && next[0].From <= old.To:
		return Merged
	case next[0].Name == old.Name:
		return Renumbered
	}
	for _, d := range load().rows {
		if d != old && d.To == old.To && slices.Contains(d.direct(), next[0]) {
			return Merged
		}
	}
	return Renamed
}
