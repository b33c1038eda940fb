package extractors

import (
	"sort"
	"strings"

	"tongbao"
)

// directions are the verbs that say which way a percentage points.
var directions = []struct{ verb, direction string }{
	{"增长", "increase"}, {"提高", "increase"}, {"提升", "increase"}, {"上升", "increase"}, {"增加", "increase"}, {"回升", "increase"}, {"好转", "increase"}, {"上涨", "increase"}, {"增幅", "increase"}, {"增速", "increase"}, {"扩大", "increase"}, {"升高", "increase"},
	{"下降", "decrease"}, {"压减", "decrease"}, {"减少", "decrease"}, {"降低", "decrease"}, {"压缩", "decrease"}, {"缩减", "decrease"}, {"回落", "decrease"}, {"下滑", "decrease"}, {"下调", "decrease"}, {"再降", "decrease"}, {"调减", "decrease"}, {"精简", "decrease"}, {"降幅", "decrease"}, {"减幅", "decrease"}, {"削减", "decrease"}, {"核减", "decrease"},
	{"占比", "share"}, {"占", "share"},
}

// readPercentages reads per cents with their direction and what they are of.
func readPercentages(r *reading) {
	for i, n := range r.Numbers {
		if r.taken[i] || n.Form != tongbao.Percent {
			continue
		}
		left, right := r.left(i), r.right(i, n.End)
		f := tongbao.Fact{Kind: tongbao.Percentage, Span: n.Span, Value: n.Value, Rule: "percent"}
		hedge(&f, n, left.Of(r.text), right.Of(r.text))
		f.Direction, f.What = r.rateOf(i, left, right)
		if f.Direction == "" && endsWithAny(f.What, "比重", "占比", "比例") {
			f.Direction = "share"
		}
		f.Period = r.periodBefore(i)
		r.taken[i] = true
		r.add(f)
	}
}

// rateOf returns the direction of a percentage and its name.
func (r *reading) rateOf(i int, left, right tongbao.Span) (direction, what string) {
	text := left.Of(r.text)
	if cut, d := pointsTo(text); d != "" {
		if base, ok := r.baseline(i, left.Start+cut); ok {
			return d, base
		}
		subject := r.thingBefore(tongbao.Span{Start: left.Start, End: left.Start + cut})
		if subject == "" || subject == "同比" || subject == "环比" || strings.HasPrefix(subject, "较") || strings.HasPrefix(subject, "比") {
			subject = r.subjectBefore(i, left.Start)
		}
		return d, subject
	}
	bare := strings.TrimRight(text, " 　")
	if strings.HasSuffix(bare, "的") && bare != "的" { // 完成总工程量的80%
		whole := strings.TrimSuffix(bare, "的")
		if endsWithAny(whole, "年初", "同期", "上年", "去年", "前", "后", "年底", "年末", "年", "月", "上轮", "上一轮") {
			return "", r.subjectBefore(i, left.Start) // 由年初的2.9%: a time, not a whole
		}
		return "share", r.thingBefore(tongbao.Span{Start: left.Start, End: left.Start + len(whole)})
	}
	if what = r.thingBefore(left); what == "" || onlyAdverbs(bare) {
		if behind := r.thingAfter(right); behind != "" || strings.HasPrefix(right.Of(r.text), "完成") {
			return "", strings.TrimPrefix(r.predicate(right), "完成")
		}
		if what == "" {
			what = r.subjectBefore(i, left.Start)
		}
	}
	if strings.HasPrefix(right.Of(r.text), "的") && strings.HasSuffix(what, "占") {
		return "share", what
	}
	return "", what
}

// baseline reads the subject that stands before what a change is measured
// against: 会议总量|在2020年的基础上, 案件数|较上年同期.
func (r *reading) baseline(i, end int) (string, bool) {
	c := r.clause[i]
	if c < 0 {
		return "", false
	}
	start := r.Clauses[c].Start
	before := strings.TrimRight(r.text[start:max(start, end)], " ")
	at := -1
	for _, b := range baselines {
		if b.behind == "" || strings.HasSuffix(before, b.behind) {
			if k := strings.LastIndex(before, b.before); k > at {
				at = k
			}
		}
	}
	if at <= 0 {
		return "", false
	}
	from := start
	if k := r.dateBefore(start + at); k >= 0 {
		from = max(from, r.dates[k].End)
	}
	subject := r.thingBefore(tongbao.Span{Start: from, End: start + at})
	return subject, subject != ""
}

var baselines = []struct{ before, behind string }{
	{"在", "基础上"}, {"较", "年"}, {"比", "年"}, {"较", "同期"}, {"比", "同期"}, {"较", "上年"}, {"较", "去年"}, {"比", "上年"}, {"比", "去年"}, {"较", "前"}, {"比", "前"}, {"较", "初"},
}

// onlyAdverbs reports whether nothing but 已, 均 stands between the last mark
// and the number: 已100%完成交付使用.
func onlyAdverbs(text string) bool {
	for _, adverb := range []string{"已", "均", "已经", "均已", "全部"} {
		if text == adverb || strings.HasSuffix(text, "，"+adverb) || strings.HasSuffix(text, ","+adverb) {
			return true
		}
	}
	return strings.HasSuffix(text, "已")
}

// predicate returns the words behind a number up to the clause's end.
func (r *reading) predicate(right tongbao.Span) string {
	text := strings.TrimSpace(right.Of(r.text))
	runes := []rune(text)
	if len(runes) > phraseLimit {
		runes = runes[:phraseLimit]
	}
	return strings.TrimRight(string(runes), "，,。；;、")
}

// pointsTo finds the verb of direction that a percentage hangs on, and where
// the words before it end. 提高到 and 达到 name a level, not a change.
func pointsTo(text string) (cut int, direction string) {
	bare := strings.TrimRight(text, " 　")
	for _, light := range []string{"了", "约", "近", "超过", "超", "达", "为", "幅度", "逾"} {
		bare = strings.TrimSuffix(bare, light)
	}
	for _, d := range directions {
		if strings.HasSuffix(bare, d.verb) {
			at := len(bare) - len(d.verb)
			if d.verb == "占比" || d.verb == "增幅" || d.verb == "降幅" || d.verb == "增速" || d.verb == "减幅" {
				at = len(bare)
			}
			before := strings.TrimRight(bare[:at], "再又进一步")
			for _, base := range []string{"同比", "环比"} {
				before = strings.TrimSuffix(before, base)
			}
			return len(strings.TrimRight(before, " ")), d.direction
		}
	}
	// 占行政村总数的9%
	if at := strings.LastIndex(bare, "占"); at >= 0 && !strings.ContainsAny(bare[at:], "，,；;") && strings.HasSuffix(bare, "的") {
		return at, "share"
	}
	return 0, ""
}

// subjectBefore is what the sentence spoke of before the clause: the name of
// the figure before, or the first noun phrase of the clause before.
func (r *reading) subjectBefore(i, start int) string {
	sentence := r.sentence(r.clause[i])
	best := tongbao.Fact{}
	for k := len(r.facts) - 1; k >= 0 && k > len(r.facts)-400; k-- {
		f := r.facts[k]
		if (f.Kind == tongbao.Money || f.Kind == tongbao.Percentage) && f.Start >= sentence.Start && f.End <= start+6 && f.Start > best.Start && f.What != "" {
			best = f
		}
	}
	if best.What != "" {
		return best.What
	}
	c := r.clause[i]
	for k := c; k >= 0 && k > c-3; k-- {
		if r.Clauses[k].Start < sentence.Start {
			break
		}
		if r.Clauses[k].End <= start {
			span := r.Clauses[k].Span
			if n := sort.Search(len(r.Numbers), func(i int) bool { return r.Numbers[i].Start >= span.Start }); n < len(r.Numbers) {
				span.End = max(span.Start, min(span.End, r.Numbers[n].Start)) // 土地消化|2140亩
			}
			return r.thingBefore(span)
		}
	}
	return ""
}

// readRatios reads 1:4.4 with the two things compared.
func readRatios(r *reading) {
	for i, n := range r.Numbers {
		if r.taken[i] || n.Form != tongbao.Ratio {
			continue
		}
		r.taken[i] = true
		r.add(tongbao.Fact{Kind: tongbao.RatioFact, Span: n.Span, Value: n.Value, What: r.thingBefore(r.left(i)), Rule: "ratio"})
	}
}
