package extractors

import (
	_ "embed"
	"sort"
	"strings"
	"sync"

	"tongbao"
	"tongbao/internal/calendar"
	"tongbao/internal/lexicon"
)

//go:embed amounts.tsv
var amountsList string

// amountLists are the roles of amounts.tsv.
type amountLists struct{ head, tail, spent *lexicon.Lexicon }

var amountWords = sync.OnceValue(func() amountLists {
	roles := lexiconsByRole("amounts")
	return amountLists{roles["head"], roles["tail"], roles["spent"]}
})

// readMoney reads numerals with a currency. The value is in the currency's
// unit (万元 are yuan times ten thousand, which the numeral holds already);
// the unit is as printed.
func readMoney(r *reading) {
	r.amounts[0] = len(r.facts)
	defer func() { r.amounts[1] = len(r.facts) }()
	for i, n := range r.Numbers {
		if r.taken[i] || n.Form != tongbao.Plain {
			continue
		}
		a, ok := r.amountAt(i)
		if !ok {
			continue
		}
		left, right := r.left(i), r.right(i, a.End)
		left.End = max(left.Start, min(left.End, a.Start)) // a sign stands before the number
		if startsWithAny(right.Of(r.text), "/", "／") {
			right.Start = right.End // 1456元|/人
		}
		beyond := strings.ContainsRune("百千万亿", firstRune(n.Of(r.text))) && strings.HasSuffix(left.Of(r.text), "上") // 上千万元
		if beyond {
			left.End -= len("上")
		}
		f := tongbao.Fact{Kind: tongbao.Money, Span: a.Span, Value: a.value, Currency: a.currency, Unit: a.unit, Rule: "currency"}
		n.Min, n.Max = a.min, a.max
		if n.Approx == "" && strings.ContainsAny(r.text[n.End:a.End], "余多") && !a.fixed {
			n.Approx = tongbao.Over
		}
		hedge(&f, n, left.Of(r.text), r.text[a.End:])
		if beyond {
			f.Approx, f.Min = tongbao.Over, f.Value
		}
		f.What = r.amountOf(i, left, right)
		f.Period = r.periodBefore(i)
		r.claim(a.Span)
		r.add(f)
	}
}

// amountOf says what an amount was paid or taken for: the words before it, or
// what the amount that it is listed with was for, or the noun behind it, or what
// the clause before spoke of.
func (r *reading) amountOf(i int, left, right tongbao.Span) string {
	if subject := r.levelSubject(i, r.amountBefore); subject != "" {
		return subject
	}
	if k := len(r.facts) - 1; k >= r.amounts[0] && r.sentence(r.clause[i]).Contains(r.facts[k].Span) {
		if what := changeOf(left.Of(r.text), r.facts[k].What); what != "" {
			return what
		}
		if e, ok := directionWords().Prefix(right.Of(r.text)); ok && changeVerb(e.Word) != "" && strings.Trim(left.Of(r.text), "，, 较比去上年的同期") == "" {
			return r.facts[k].What // 214万元,较2022年的|310万元|减少
		}
	}
	if head := averageAtEnd(left.Of(r.text)); head != "" && r.clause[i] >= 0 { // 户均2.05万元
		at := strings.LastIndex(left.Of(r.text), head)
		if what := r.amountBefore(tongbao.Span{Start: left.Start, End: left.Start + at}); what != "" {
			return head + what
		}
		return head + r.amountSpokenOf(r.clause[i], left.Start)
	}
	if strings.HasSuffix(left.Of(r.text), "的") {
		if what := r.thingAfter(right); what != "" {
			return what // 下达的5.82亿元|补助资金
		}
	}
	if rest, ok := cutThreshold(right.Of(r.text)); ok && endsWithAny(left.Of(r.text), "单笔", "单项", "单次", "单个", "单价") {
		if what := r.thingAfter(tongbao.Span{Start: right.End - len(rest), End: right.End}); what != "" {
			return what // 单笔五百万元以上的|采购合同
		}
	}
	if rest, ok := strings.CutPrefix(right.Of(r.text), "的"); ok {
		for _, extent := range extents {
			if !strings.HasSuffix(strings.TrimRight(left.Of(r.text), "达为约近 "), extent) {
				continue
			}
			if what := r.thingAfter(tongbao.Span{Start: right.End - len(rest), End: right.End}); what != "" {
				return what + extent // 总规模120亿元的|基金
			}
		}
	}
	if what := r.amountAdjacent(i, left); what != "" {
		return what
	}
	listed := left.Start == r.before[i] && endsWithAny(trimRight(left.Of(r.text), " 　"), "、", "和", "及", "与", "或", "至")
	if !listed {
		if what := r.amountBefore(left); what != "" {
			return r.leftOf(what, i) + what
		}
	}
	if what := r.thingAfter(right); what != "" {
		return what
	}
	if c := r.clause[i]; c >= 0 {
		return r.amountSpokenOf(c, r.Numbers[i].Start)
	}
	return ""
}

// cutThreshold cuts off what makes an amount a threshold of the thing behind it.
func cutThreshold(text string) (rest string, ok bool) {
	for _, bound := range []string{"及以上的", "以上的", "及以下的", "以下的", "以内的", "以上", "以下"} {
		if rest, ok := strings.CutPrefix(text, bound); ok {
			return rest, true
		}
	}
	return text, false
}

// extents are what an amount is of a thing that stands behind it; longer words
// first.
var extents = []string{"总规模", "规模", "总投资", "总额", "总金额", "金额", "总价值", "总价", "价值", "共计", "合计"}

// leftOf is what an amount is left of, where its own words only say that it is
// left: 已追缴土地价款1954.6万元,剩余|870万元.
func (r *reading) leftOf(what string, i int) string {
	k := len(r.facts) - 1
	if leftWord(what) != what || k < r.amounts[0] || !r.sentence(r.clause[i]).Contains(r.facts[k].Span) {
		return ""
	}
	return stripHead(r.facts[k].What, nil, "")
}

// amountAdjacent is what an amount is for whose own words stand before the count
// or the dates before it: 违规报销|83笔216.48万元, 到账经费|2019、2020年分别为
// 1.52亿元.
func (r *reading) amountAdjacent(i int, left tongbao.Span) string {
	c := r.clause[i]
	if c < 0 || left.Start != r.before[i] || withoutTail(left.Of(r.text)) != "" {
		return ""
	}
	if i > 0 {
		if f, ok := r.figureAt(i - 1); ok && f.span.End == left.Start {
			return r.amountBefore(f.left)
		}
	}
	first := r.dateBefore(left.Start)
	if first < 0 || r.dates[first].End != left.Start {
		return ""
	}
	for first > 0 && r.dates[first-1].Start >= r.Clauses[c].Start && inRow(r.text[r.dates[first-1].End:r.dates[first].Start]) {
		first--
	}
	return r.amountBefore(tongbao.Span{Start: r.Clauses[c].Start, End: max(r.Clauses[c].Start, r.dates[first].Start)})
}

// averages are by the head: no sum of what the sentence spoke of before.
var averages = []string{"户均", "人均", "亩均", "村均", "校均", "年均", "月均", "日均", "平均"}

// averageAtEnd returns 户均 or 人均 that a text ends with, hedges left aside.
func averageAtEnd(text string) string {
	text = trimRight(text, " 约近超达为")
	for _, head := range averages {
		if strings.HasSuffix(text, head) {
			return head
		}
	}
	return ""
}

// clausesBack is how many clauses back the thing of an amount is looked for.
const clausesBack = 8

// amountSpokenOf is what the sentence named before an amount at the offset, in
// clause c: the last amount's thing, or the words of the nearest clause that
// does not end in a figure.
func (r *reading) amountSpokenOf(c, offset int) string {
	sentence := r.sentence(c)
	for k := c; k >= max(0, c-clausesBack) && r.Clauses[k].Sentence == r.Clauses[c].Sentence; k-- {
		span := tongbao.Span{Start: r.Clauses[k].Start, End: min(r.Clauses[k].End, offset)}
		if f := len(r.facts) - 1; f >= 0 && r.facts[f].Kind == tongbao.Money && r.facts[f].Start >= max(span.Start, sentence.Start) {
			what := r.facts[f].What
			if k < c || strings.Contains(r.text[r.facts[f].End:offset], "计") {
				what = withoutRate(what)
			}
			if what != "" {
				return what
			}
		}
		if k == c {
			continue
		}
		if d := r.dateBefore(span.End); d >= 0 { // a day names nothing
			span.Start = min(max(span.Start, r.dates[d].End), span.End)
		}
		if what := r.amountBefore(span); what != "" && !r.endsInFigure(span.End) {
			return what // 收缴违纪资金,8月至11月分别为52.4万元…
		}
	}
	return ""
}

// withoutRate drops 每户, 每人每月 and 户均 from what a price was for: the sum
// that follows is not by the head.
func withoutRate(what string) string {
	for _, head := range averages {
		what = strings.TrimPrefix(what, head)
	}
	if strings.HasPrefix(what, "每") {
		return ""
	}
	if at := strings.Index(what, "每"); at > 0 {
		return withoutTail(what[:at])
	}
	return what
}

// endsInFigure reports whether a number with its measure word ends at the
// offset, marks and 共计 left aside.
func (r *reading) endsInFigure(offset int) bool {
	end := len(trimRight(r.text[:offset], " 　、，,：:（(共计合总"))
	k := sort.Search(len(r.Numbers), func(i int) bool { return r.Numbers[i].Start >= end }) - 1
	if k < 0 {
		return false
	}
	f, ok := r.figureAt(k)
	return r.Numbers[k].End == end || ok && f.span.End == end
}

// amountBefore keeps the verb with its object (清退款项, 挽回其他经济损失): for
// an amount it says more than the noun alone.
func (r *reading) amountBefore(left tongbao.Span) string {
	text := withoutTail(left.Of(r.text))
	if i := strings.LastIndexAny(text, "，,；;。：:\n”》】（("); i >= 0 {
		_, n := splitRune(text[i:])
		text = text[i+n:]
	}
	text = withoutHead(text)
	if _, n := splitRune(text); startsWithAny(text, "对", "将", "为") {
		text = text[n:]
	}
	for _, adverb := range []string{"分别", "按要求", "已", "均", "累计", "先后", "全部", "共"} {
		if i := strings.LastIndex(text, adverb); i >= 0 && !strings.HasPrefix(text[i:], "均价") && len(text)-i-len(adverb) >= len("退回") && averageAtEnd(text[:i+len(adverb)]) == "" {
			text = text[i+len(adverb):]
		}
	}
	if tooLong(text, phraseLimit) {
		text = lastPhrase(text, r.wordsIn(left), r.text)
	}
	return trimThing(text)
}

// tooLong reports whether a text has more than limit characters.
func tooLong(text string, limit int) bool {
	for range text {
		limit--
	}
	return limit < 0
}

// withoutTail drops what stands between a thing and its amount.
func withoutTail(text string) string {
	for {
		text = withoutRemark(trimRight(text, " 　、，,：:（("))
		e, ok := phrases().tail.Suffix(text)
		if more, found := amountWords().tail.Suffix(text); found && (!ok || len(more.Word) > len(e.Word)) {
			e, ok = more, true
		}
		if !ok || protected(text, e.Word) || e.Word == "本" && strings.HasSuffix(text, "每本") {
			return text
		}
		text = text[:len(text)-len(e.Word)]
	}
}

// withoutRemark drops a bracket that ends a text: 专款（含利息）.
func withoutRemark(text string) string {
	if !endsWithAny(text, "）", ")") {
		return text
	}
	if at := max(strings.LastIndex(text, "（"), strings.LastIndex(text, "(")); at > 0 {
		return text[:at]
	}
	return text
}

// withoutHead drops the adverbs before a thing; 其中 alone leaves nothing.
func withoutHead(text string) string {
	for {
		if e, ok := amountWords().head.Prefix(text); ok && (len(e.Word) > len("和") || len(text) > 2*len(e.Word)) {
			text = text[len(e.Word):]
			continue
		}
		e, ok := phrases().tail.Prefix(text)
		if !ok || len(e.Word) == len("共") && !strings.Contains("共已各均", e.Word) || len(e.Word) == len(text) {
			return text
		}
		text = text[len(e.Word):]
	}
}

// periodBefore is the period that the clause gives before a number: 2021年拆除
// 57.5万平方米. A year is given as such, else a month, else days.
func (r *reading) periodBefore(i int) string {
	c := r.clause[i]
	if c < 0 {
		return ""
	}
	n := r.Numbers[i]
	k := r.dateBefore(n.Start)
	if k < 0 || r.dates[k].Start < r.Clauses[c].Start {
		return ""
	}
	d := r.dates[k]
	if endsWithAny(r.text[:d.Start], "比", "较", "同", "与") || strings.Contains(r.text[d.End:n.Start], "基础上") {
		return "" // what the number is measured against
	}
	if r.outOfPeriod(d, i) {
		return ""
	}
	return period(d)
}

// outOfPeriod reports whether the date before a number is that of another level:
// of the one that it has come from (由去年的85%提高到|93.2%, 从1930年的7000多只至今仅
// 存|2000多只) or that it is a multiple of (是2018年的|1.5倍).
func (r *reading) outOfPeriod(d calendar.Expression, i int) bool {
	n, of := &r.Numbers[i], startsWithAny(r.text[d.End:], "的", "同期的")
	if of && startsWithAny(r.text[n.End:], "倍") && endsWithAny(r.text[:d.Start], "是", "为", "达", "达到", "相当于") {
		return true
	}
	if i == 0 || r.Numbers[i-1].Start < d.End || !of && !endsWithAny(r.text[:d.Start], "由", "从") {
		return false
	}
	between := r.text[r.Numbers[i-1].End:n.Start]
	return len(between) < nameLimit && !hasAny(between, []string{"，", "；", "、"}) && hasAny(between, []string{"到", "至", "降为", "增为", "变为"})
}

func period(d calendar.Expression) string {
	switch {
	case d.From == "" || d.To == "":
		return ""
	case d.Granularity == "year":
		return d.From[:4]
	case d.Granularity == "month":
		return d.From[:7]
	case d.From == d.To:
		return d.From
	}
	return d.From + "/" + d.To
}
