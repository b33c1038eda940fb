package index

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"tongbao"
)

// SourceOf returns what is shown of a notice beside something taken from it.
func SourceOf(n *tongbao.Notice) Source {
	s := Source{ID: n.ID, Title: n.Title, Published: n.Published}
	if len(n.URLs) > 0 {
		s.URL = n.URLs[0]
	}
	if n.Inspected != nil {
		s.Code = n.Inspected.Code
		if s.District = n.Inspected.District; s.District == "" {
			s.District = n.Inspected.Name
		}
	}
	if n.Round != nil {
		s.Round = n.Round.ID
	}
	return s
}

// Holds tells whether a notice is selected, by its head alone.
func (s *Selection) Holds(n *tongbao.Notice) bool {
	if s.Notice != "" && !strings.HasPrefix(n.ID, s.Notice) ||
		s.Genre != "" && n.Genre != s.Genre ||
		s.Year != "" && YearOf(n) != s.Year ||
		s.Issuer != "" && !strings.Contains(FoldCase(n.Issuer), FoldCase(s.Issuer)) {
		return false
	}
	if s.District != "" && (n.Inspected == nil || !slices.Contains(districtNames(n.Inspected), FoldCase(s.District))) {
		return false
	}
	if s.Province != "" && (n.Inspected == nil || !slices.Contains(provinceNames(n.Inspected), FoldCase(s.Province))) {
		return false
	}
	return s.Round == "" || n.Round != nil && slices.Contains(roundNames(n.Round), roundKey(s.Round))
}

// Check returns an error where a bound of the filter is not a number, or a day
// is none.
func (f *FactFilter) Check() error {
	for _, bound := range []string{f.Min, f.Max} {
		if bound == "" {
			continue
		}
		if _, ok := compareDecimals(bound, "0"); !ok {
			return fmt.Errorf("facts: %q is not a number; write bounds as plain decimals, money in yuan: 500000", bound)
		}
	}
	for _, day := range []string{f.Before, f.From} {
		if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
			return fmt.Errorf("facts: %q is not a day; write it as 2021-12-31", day)
		}
	}
	return nil
}

// Holds tells whether a fact passes all of the filter but its Selection.
func (f *FactFilter) Holds(fact *tongbao.Fact) bool {
	if f.Kind != "" && fact.Kind != f.Kind || f.Category != "" && fact.Category != f.Category ||
		f.Unit != "" && fact.Unit != f.Unit || f.Metric != "" && fact.Metric != f.Metric ||
		f.What != "" && !strings.Contains(FoldCase(fact.What), FoldCase(f.What)) {
		return false
	}
	if f.Min != "" {
		if order, ok := compareDecimals(fact.Value, f.Min); !ok || order < 0 {
			return false
		}
	}
	if f.Max != "" {
		if order, ok := compareDecimals(fact.Value, f.Max); !ok || order > 0 {
			return false
		}
	}
	if f.Before == "" && f.From == "" {
		return true
	}
	day := factDay(fact)
	return day != "" && (f.Before == "" || day < f.Before) && (f.From == "" || day >= f.From)
}

// factDay is the day by which facts are set before and behind others: that by
// which a promise is due, the last of a date, the first where its end is open,
// that from which a document is in force; "" for facts without a day.
func factDay(fact *tongbao.Fact) string {
	switch {
	case fact.Kind == tongbao.Deadline:
		return fact.By
	case fact.To != "":
		return fact.To
	}
	return fact.From
}

// Holds tells whether a finding passes all of the filter but its Selection.
func (f *FindingFilter) Holds(finding *tongbao.Finding) bool {
	return (f.Check == "" || finding.Check == f.Check) && (f.Verdict == "" || finding.Verdict == f.Verdict)
}
