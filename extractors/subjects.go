package extractors

import (
	"sort"
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

// subjectBefore is what the sentence spoke of before the clause: the name of
// the figure before, or the first noun phrase of the clause before.
func (r *reading) subjectBefore(i, start int) string {
	sentence := r.sentence(r.clause[i])
	var best *tongbao.Fact
	for _, kind := range [][]tongbao.Fact{r.facts[r.amounts[0]:r.amounts[1]], r.facts[r.amounts[1]:]} { // each in reading order
		k := sort.Search(len(kind), func(k int) bool { return kind[k].End > start+6 }) - 1
		for ; k >= 0 && kind[k].Start >= sentence.Start; k-- {
			if f := &kind[k]; (f.Kind == tongbao.Money || f.Kind == tongbao.Percentage && !ofPlan(f)) && f.What != "" && (best == nil || f.Start > best.Start) {
				best = f
				break
			}
		}
	}
	if best != nil {
		return best.What
	}
	c := r.clause[i]
	for k := c; k >= 0 && k > c-3 && r.Clauses[k].Start >= sentence.Start; k-- {
		if r.Clauses[k].End <= start {
			if what := withoutChange(r.thingBefore(r.toFirstFigure(r.Clauses[k].Span))); what != "" && !startsWithAny(what, "较", "比") {
				return what
			}
		}
	}
	return ""
}

// toFirstFigure cuts a clause to the words before its first number that is no
// date's, and behind the dates before it: 1至3月|土地消化|2140亩.
func (r *reading) toFirstFigure(s tongbao.Span) tongbao.Span {
	n := sort.Search(len(r.Numbers), func(i int) bool { return r.Numbers[i].Start >= s.Start })
	for ; n < len(r.Numbers) && r.Numbers[n].Start < s.End; n++ {
		if !r.bounds(n) {
			continue // in a slogan: 填报“三个规定”事项
		}
		if k := r.dateBefore(r.Numbers[n].Start); k+1 >= len(r.dates) || r.dates[k+1].Start > r.Numbers[n].Start {
			s.End = r.Numbers[n].Start
			break
		}
	}
	if k := r.dateBefore(s.End); k >= 0 {
		s.Start = max(s.Start, r.dates[k].End)
	}
	s.Start = min(s.Start, s.End)
	return s
}
