package extractors

import (
	"strings"

	"tongbao"
)

// readRatios reads 1:4.4 with the two things compared.
func readRatios(r *reading) {
	last := tongbao.Fact{}
	for i, n := range r.Numbers {
		if r.taken[i] || n.Form != tongbao.Ratio {
			continue
		}
		r.taken[i] = true
		left := r.left(i)
		what := r.thingBefore(tongbao.Span{Start: left.Start, End: left.Start + len(beforeLevel(left.Of(r.text)))})
		if strings.Contains(what, "由") { // 占比由上年同期的|1:5:4|调整为1:4:5
			if subject := r.levelSubject(i, r.thingBefore); subject != "" {
				what = subject
			}
		}
		if what == "" && last.End == left.Start {
			what = last.What // 师生比由1:20|提高到|1:18
		}
		for _, by := range []string{"按照", "按", "照", "以"} { // 按照1:3的比例
			what = strings.TrimSuffix(what, by)
		}
		last = tongbao.Fact{Kind: tongbao.RatioFact, Span: n.Span, Value: n.Of(r.text), What: what, Rule: "ratio"}
		r.add(last)
	}
}
