package extractors

import (
	"strings"

	"tongbao"
)

// figureSubject is what the figure that ends right before a percentage's clause
// counts: 其中不合理处方|318张,占比为1.3%; 398条措施已|落实|367条,占92.2%.
func (r *reading) figureSubject(i, start int) string {
	if i == 0 {
		return ""
	}
	f, ok := r.figureAt(i - 1)
	if !ok || strings.Trim(r.text[f.span.End:max(f.span.End, start)], "，, ") != "" {
		return ""
	}
	what := r.thingBefore(f.left)
	if what == "" || what == "其中" {
		what = r.thingAfter(f.right)
	}
	return what
}

// respective is the member of a list before 分别 that a number is given for, by
// its place in the list of numbers: 发文、会议数量同比|分别|减少21.4%、18.3%; ""
// where the two lists are not of one length.
func (r *reading) respective(i int) string {
	c := r.clause[i]
	if c < 0 {
		return ""
	}
	clause := r.Clauses[c]
	at := strings.LastIndex(r.text[clause.Start:r.Numbers[i].Start], "分别")
	if at <= 0 {
		return ""
	}
	apart := clause.Start + at
	first, last := r.numberFrom(apart), r.numberFrom(clause.End)
	start := clause.Start
	if first > 0 {
		start = max(start, min(apart, r.Numbers[first-1].End))
	}
	names := strings.FieldsFunc(r.text[start:apart], func(c rune) bool { return strings.ContainsRune("、和与及", c) })
	if len(names) < 2 || len(names) != last-first || i < first {
		return ""
	}
	end := start
	for k, name := range names {
		end += strings.Index(r.text[end:apart], name) + len(name)
		if k == i-first {
			return withoutChange(r.thingBefore(tongbao.Span{Start: start, End: end}))
		}
	}
	return ""
}
