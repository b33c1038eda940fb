package index

import (
	"github.com/cockroachdb/apd/v3"
)

// compareDecimals compares two exact decimals; ok is false where one is not a
// number (a ratio, an absent value).
func compareDecimals(a, b string) (order int, ok bool) {
	var x, y apd.Decimal
	if _, _, err := x.SetString(a); err != nil || x.Form != apd.Finite {
		return 0, false
	}
	if _, _, err := y.SetString(b); err != nil || y.Form != apd.Finite {
		return 0, false
	}
	return x.Cmp(&y), true
}

// Holds tells whether a figure is as asked; one that is missing never is.
func (f *Figure) Holds(value string) bool {
	order, ok := compareDecimals(value, f.Value)
	if !ok {
		return false
	}
	switch f.Op {
	case ">=":
		return order >= 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	case "<":
		return order < 0
	}
	return order == 0
}
