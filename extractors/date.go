package extractors

import (
	"strings"

	"tongbao"
	"tongbao/internal/calendar"
)

// readDates reads the date expressions that calendar finds, save those inside
// titles, slogans and document numbers.
func readDates(r *reading) {
	found := calendar.Find(r.text, r.reference())
	r.dates = found[:0] // those kept, in the same memory
	for _, e := range found {
		plan := strings.HasPrefix(e.Of(r.text), "“")
		if holds(r.titles, e.Start) || !plan && r.slogan(e.Start) || strings.HasSuffix(r.text[:e.Start], "〔") {
			continue
		}
		r.claim(e.Span)
		r.add(tongbao.Fact{Kind: tongbao.Date, Span: e.Span, From: e.From, To: e.To, Granularity: e.Granularity, Rule: "calendar"})
		r.dates = append(r.dates, e)
	}
	r.measureUp()
}

// reference is the notice's own day, by which relative dates are understood.
func (r *reading) reference() string {
	if r.Notice.Signed != "" {
		return r.Notice.Signed
	}
	return r.Notice.Published
}
