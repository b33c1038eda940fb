package extractors

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"tongbao"
	"tongbao/internal/lexicon"
)

//go:embed directions.tsv
var directionsList string

// directionWords finds the words of directions.tsv: Fields are role and
// direction.
var directionWords = sync.OnceValue(func() *lexicon.Lexicon {
	return lexicon.Must(lexicon.Parse("directions.tsv", extended("directions"), 2))
})

// roleAtEnd returns the longest word of directions.tsv that the text ends with,
// if it has one of the roles.
func roleAtEnd(text string, roles ...string) (lexicon.Entry, bool) {
	e, ok := directionWords().Suffix(text)
	return e, ok && slices.Contains(roles, e.Fields[0])
}

// readPercentages reads per cents with their direction and what they are of.
func readPercentages(r *reading) {
	last := -1 // the percentage before, in r.facts
	for i, n := range r.Numbers {
		if r.taken[i] || n.Form != tongbao.Percent {
			continue
		}
		left, right := r.left(i), r.right(i, n.End)
		f := tongbao.Fact{Kind: tongbao.Percentage, Span: n.Span, Value: n.Value, Rule: "percent"}
		hedge(&f, n, left.Of(r.text), right.Of(r.text))
		if last >= 0 && r.listedWith(r.facts[last].Span, n.Start) {
			f.Direction, f.What = r.facts[last].Direction, r.facts[last].What // 分别下降12%、8%
			if own := r.respective(i); own != "" {
				f.What = own
			}
		} else {
			f.Direction, f.What = r.rateOf(i, left, right)
			f.What = r.rateName(f.What, left)
		}
		if f.Direction == "" && endsWithAny(f.What, "比重", "占比", "比例") {
			f.Direction = "share"
		}
		f.Period = r.periodBefore(i)
		r.taken[i] = true
		last = len(r.facts)
		r.add(f)
	}
}

// listedWith reports whether nothing but a joiner stands between a percentage
// and the number at the offset.
func (r *reading) listedWith(before tongbao.Span, offset int) bool {
	if between := r.text[before.End:offset]; len(between) <= 2*len("、") {
		switch trimRight(between, "约近") {
		case "、", "和", "及", "与":
			return true
		}
	}
	return false
}

// rateOf returns the direction of a percentage and its name.
func (r *reading) rateOf(i int, left, right tongbao.Span) (direction, what string) {
	text := left.Of(r.text)
	if cut, d := pointsTo(text); d != "" {
		if base, ok := r.baseline(i, left.Start+cut); ok {
			return d, base
		}
		subject := withoutChange(r.thingBefore(tongbao.Span{Start: left.Start, End: left.Start + cut}))
		if aligned := r.respective(i); aligned != "" {
			return d, aligned
		}
		share := d == "share" && !strings.Contains(text, "分别") && (subject == "" || subject == "占比" || subject == "其中")
		if own := r.figureSubject(i, left.Start); share && own != "" {
			return d, own + subject // 其中不合理处方318张,|占比为1.3%
		}
		if subject == "" || strings.HasPrefix(subject, "较") || strings.HasPrefix(subject, "比") {
			subject = withoutChange(r.subjectBefore(i, left.Start))
		}
		if strings.HasSuffix(strings.TrimRight(text, "达为约近 "), "降幅") && (subject == "" || subject == "平均") {
			subject += "降幅"
		}
		if d == "share" && strings.Contains(text[cut:]+lastRunes(text[:cut], 2), "占比") && subject != "" && !strings.HasSuffix(subject, "占比") {
			subject += "占比"
		}
		return d, subject
	}
	bare := trimRight(text, " 　")
	if strings.HasSuffix(bare, "的") && bare != "的" { // 完成总工程量的80%
		whole := strings.TrimSuffix(bare, "的")
		if endsWithAny(whole, pastTimes...) { // 由年初的2.9%: a time, not a whole
			return "", r.fromLevel(i, left.Start)
		}
		return "share", r.thingBefore(tongbao.Span{Start: left.Start, End: left.Start + len(whole)})
	}
	if k := r.dateBefore(left.Start); bare == "的" && k >= 0 && r.dates[k].End == left.Start {
		if what := r.levelSubject(i, r.thingBefore); what != "" {
			return "", what // 就业率从2020年的|81.35%|提高至2021年的86.20%
		}
	}
	if bare == "的" {
		if d, what, ok := r.shareOfFigure(i); ok {
			return d, what
		}
	}
	name := beforeLevel(text)
	if what = r.thingBefore(tongbao.Span{Start: left.Start, End: left.Start + len(name)}); what == "" && endsWithAny(name, "占比", "占比由", "占比从") {
		what = "占比"
	}
	if what == "其中" {
		return "", r.verbAfter(right) // 其中八成以上已主动|退缴
	}
	if part := r.partOf(right); part != "" && !endsWithAny(what, "率", "度", "比例", "比重", "占比") {
		return "share", part
	}
	if what == "" || onlyAdverbs(bare) {
		right = behindHedge(right, r.text)
		if behind := r.thingAfter(right); behind != "" || strings.HasPrefix(right.Of(r.text), "完成") {
			return "", strings.TrimPrefix(r.predicate(right), "完成")
		}
		if what == "" {
			what = withoutChange(r.subjectBefore(i, left.Start))
		}
	}
	if startsWithAny(what, "高于", "低于", "高出") { // 高于全省平均水平|3.2个百分点
		what = withoutChange(r.subjectBefore(i, left.Start))
	}
	if strings.HasPrefix(right.Of(r.text), "的") && strings.HasSuffix(what, "占") {
		return "share", what
	}
	return "", what
}

var pastTimes = []string{"年初", "同期", "上年", "去年", "前", "后", "年底", "年末", "年", "月", "轮", "次", "测评", "期", "时", "目前", "现在"}

// fromLevel is the name of a rate whose level at another time is given: what
// stands before 由 or 比 in the clause, or what the sentence spoke of.
func (r *reading) fromLevel(i, end int) string {
	if c := r.clause[i]; c >= 0 {
		start := r.Clauses[c].Start
		before := r.text[start:max(start, r.Numbers[i].Start)]
		for _, from := range []string{"由", "从", "较", "比"} {
			if at := strings.Index(before, from); at > 0 && !(from == "比" && endsWithAny(before[:at], "占", "同", "环")) {
				return r.thingBefore(tongbao.Span{Start: start, End: start + at})
			}
		}
	}
	return withoutChange(r.subjectBefore(i, end))
}

// shareOfFigure reads a share of a total that has its own figure: 占应轮岗人数
// 20名的85%.
func (r *reading) shareOfFigure(i int) (direction, what string, ok bool) {
	c := r.clause[i]
	if c < 0 {
		return "", "", false
	}
	start := r.Clauses[c].Start
	at := strings.LastIndex(r.text[start:r.Numbers[i].Start], "占")
	if at < 0 {
		return "", "", false
	}
	if what = r.thingBefore(tongbao.Span{Start: start, End: start + at}); what == "" {
		what = withoutChange(r.subjectBefore(i, start+at))
	}
	return "share", what, true
}

// beforeLevel cuts off the words that lead from a rate to its level: 满意度|提升至.
func beforeLevel(text string) string {
	for {
		text = trimRight(text, " 　")
		e, ok := roleAtEnd(text, "level")
		if !ok {
			return text
		}
		text = text[:len(text)-len(e.Word)]
	}
}

// withoutChange cuts the verb of a change, and what it is measured against, off
// the name of what changes: 经费支出|同比减少.
func withoutChange(what string) string {
	for {
		e, ok := roleAtEnd(what, "increase", "decrease", "extent", "than")
		if !ok {
			return what
		}
		what = what[:len(what)-len(e.Word)]
	}
}

// partOf returns what a percentage is a share of when that stands behind it:
// 10%左右的|干部. Empty where the words say how (以10%的速度).
func (r *reading) partOf(right tongbao.Span) string {
	text := right.Of(r.text)
	if e, ok := hedgesBehind.Prefix(text); ok {
		text = text[len(e.Word):]
	}
	if !strings.HasPrefix(text, "的") {
		return ""
	}
	thing := r.thingAfter(tongbao.Span{Start: right.End - len(text) + len("的"), End: right.End})
	if _, manner := roleAtEnd(thing, "manner", "extent"); manner {
		return ""
	}
	return thing
}

// rateName gives the short name of a rate the words that belong to it: 按期完成率,
// not 期完成率, and 整改完成率.
func (r *reading) rateName(what string, left tongbao.Span) string {
	if what = withoutMidst(what); !endsWithAny(what, "率", "进度") {
		return what
	}
	at := strings.LastIndex(left.Of(r.text), what)
	if at <= 0 {
		return what
	}
	start, end := left.Start+at, left.Start+at+len(what)
	words := r.wordsIn(left)
	for k := len(words) - 1; k >= 0; k-- {
		switch w := words[k]; {
		case w.Start >= start:
			continue
		case w.End > start:
			start = w.Start // the name was cut through a word
			continue
		case w.End == start && !tooLong(r.text[start:end], 5):
			if e, ok := directionWords().Prefix(w.Of(r.text)); ok && e.Fields[0] == "deed" && e.Word == w.Of(r.text) {
				start = w.Start
				continue
			}
		}
		break
	}
	return r.text[start:end]
}

// withoutMidst drops 中 behind what a share is taken of: 问题|中.
func withoutMidst(what string) string {
	if endsWithAny(what, "高中", "初中", "集中", "其中", "当中", "期中") {
		return what
	}
	return strings.TrimSuffix(what, "中")
}

// baseline reads the subject that stands before what a change is measured
// against: 会议总量|在2020年的基础上, 案件数|较上年同期, 立案数|比上一轮.
func (r *reading) baseline(i, end int) (string, bool) {
	c := r.clause[i]
	if c < 0 {
		return "", false
	}
	start := r.Clauses[c].Start
	before := trimRight(r.text[start:max(start, end)], " ")
	at := strings.LastIndex(before, "在")
	if at >= 0 && !strings.HasSuffix(before, "基础上") {
		at = -1
	}
	for _, than := range []string{"较", "比", "与", "同"} {
		if k := strings.LastIndex(before, than); k > at && comparesWith(before[:k], than, before[k+len(than):]) {
			at = k
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

// comparesWith reports whether a preposition leads to what a change is measured
// against: a time or a round, not 占比, 同比 or another word of 比.
func comparesWith(before, than, base string) bool {
	if than == "比" && endsWithAny(before, "占", "同", "环", "对", "评", "相", "之") {
		return false
	}
	if (than == "与" || than == "同") && !strings.HasSuffix(base, "相比") {
		return false
	}
	return hasAny(base, baseTimes)
}

var baseTimes = []string{"年", "月", "同期", "季", "轮", "前", "初", "上次", "上一", "去", "往"}

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
	return trimRight(string(runes), "，,。；;、")
}

// pointsTo finds the verb of direction that a percentage hangs on, and where
// the words before it end. 提高到 and 达到 name a level, not a change.
func pointsTo(text string) (cut int, direction string) {
	bare := trimRight(text, " 　")
	for _, light := range []string{"了", "约", "近", "超过", "超", "达", "为", "分别", "幅度", "逾"} {
		bare = strings.TrimSuffix(bare, light)
	}
	if e, ok := roleAtEnd(bare, "increase", "decrease", "share", "extent"); ok {
		at := len(bare) - len(e.Word)
		direction = e.Fields[0]
		switch {
		case direction == "extent":
			direction = e.Fields[1]
		case e.Word == "占比":
			at = len(bare)
		}
		before := trimRight(bare[:at], "再又进一步")
		for _, base := range []string{"同比", "环比"} {
			before = strings.TrimSuffix(before, base)
		}
		return len(trimRight(before, " ")), direction
	}
	// 占行政村总数的9%
	if at := strings.LastIndex(bare, "占"); at >= 0 && !strings.ContainsAny(bare[at:], "，,；;") && strings.HasSuffix(bare, "的") {
		return at, "share"
	}
	return 0, ""
}

// behindHedge leaves 以上 and 左右 behind a number out.
func behindHedge(right tongbao.Span, text string) tongbao.Span {
	if e, ok := hedgesBehind.Prefix(right.Of(text)); ok {
		right.Start += len(e.Word)
	}
	return right
}

// ofPlan reports whether a percentage says how much of a plan is done, which is
// no figure that grows: 完成投资246亿元,完成年度计划82%,|同比增长15%.
func ofPlan(f *tongbao.Fact) bool {
	return endsWithAny(f.What, "计划", "任务", "目标", "预算")
}
