package extractors

import (
	"strings"

	"tongbao"
	"tongbao/internal/calendar"
)

// readDates reads the date expressions that calendar finds, save those inside
// titles, slogans and document numbers.
func readDates(r *reading) {
	for _, e := range calendar.Find(r.text, r.reference()) {
		plan := strings.HasPrefix(e.Of(r.text), "“")
		if holds(r.titles, e.Start) || !plan && r.slogan(e.Start) || strings.HasSuffix(r.text[:e.Start], "〔") {
			continue
		}
		f := tongbao.Fact{Kind: tongbao.Date, Span: e.Span, From: e.From, To: e.To, Granularity: e.Granularity, Rule: "calendar"}
		r.claim(e.Span)
		r.add(f)
		r.dates = append(r.dates, f)
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
