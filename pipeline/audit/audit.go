// Package audit compares what a notice's numbers say of one another (contract
// §5). It checks only claims that the text itself makes, with exact decimals,
// and each finding names the facts that it rests on.
package audit

import (
	"cmp"
	"slices"

	"github.com/cockroachdb/apd/v3"

	"tongbao"
)

// A check looks at the whole notice and reports what it finds.
type check struct {
	name tongbao.Check
	run  func(*auditor) []tongbao.Finding
}

// checks lists them in the order of contract §5.
var checks = []check{
	{"rate", rates},
	{"ratio", ratios},
	{"sum", sums},
	{"difference", differences},
	{"enumeration", enumerations},
	{"bound", bounds},
	{"chronology", chronology},
	{"restatement", restatements},
}

// auditor holds a notice's facts for looking up.
type auditor struct {
	doc     *tongbao.Doc
	text    string
	facts   []tongbao.Fact  // in reading order
	index   map[string]int  // by id
	settled map[string]bool // ids of claims already found wanting by a check
}

// Audit checks the facts of the document, which are in reading order, and
// returns the findings in the order of the text.
func Audit(d *tongbao.Doc, facts []tongbao.Fact) []tongbao.Finding {
	a := &auditor{doc: d, text: d.Notice.Text, facts: facts, index: make(map[string]int, len(facts)), settled: map[string]bool{}}
	for i := range facts {
		a.index[facts[i].ID] = i
	}
	var findings []tongbao.Finding
	for _, c := range checks {
		for _, f := range c.run(a) {
			f.Check = c.name
			if !f.Holds() {
				for _, id := range f.Facts {
					a.settled[id] = true
				}
			}
			findings = append(findings, f)
		}
	}
	slices.SortStableFunc(findings, func(x, y tongbao.Finding) int {
		return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End))
	})
	return findings
}

// fact returns the fact of that id, nil where there is none.
func (a *auditor) fact(id string) *tongbao.Fact {
	if i, ok := a.index[id]; ok && id != "" {
		return &a.facts[i]
	}
	return nil
}

// finding makes a finding on the facts named, the claim first.
func finding(verdict tongbao.Verdict, stated, computed, explain string, facts ...*tongbao.Fact) tongbao.Finding {
	f := tongbao.Finding{Verdict: verdict, Stated: stated, Computed: computed, Explain: explain, Section: facts[0].Section, Span: facts[0].Span}
	for _, fact := range facts {
		f.Facts = append(f.Facts, fact.ID)
		f.Start, f.End = min(f.Start, fact.Start), max(f.End, fact.End)
	}
	return f
}

var exact = apd.BaseContext.WithPrecision(60)

// decimal returns the exact value of a fact; false where it is approximate or
// no single number.
func decimal(f *tongbao.Fact) (*apd.Decimal, bool) {
	if f == nil || f.Approx != "" || f.Min != "" && f.Max != "" && f.Min != f.Max {
		return nil, false
	}
	d, _, err := apd.NewFromString(f.Value)
	return d, err == nil && d.Form == apd.Finite
}

// plain prints a decimal without exponent and without trailing zeros.
func plain(d *apd.Decimal) string {
	r, _ := new(apd.Decimal).Reduce(d)
	return r.Text('f')
}
