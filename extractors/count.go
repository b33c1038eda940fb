package extractors

import (
	"strings"

	"tongbao"
)

// readCounts reads every number with a measure word that no kind before has
// read, except ordinals, durations and the indefinite 一个.
func readCounts(r *reading) {
	figures := r.counts
	for i := range r.Numbers {
		if r.taken[i] || r.Numbers[i].Form != tongbao.Plain {
			continue
		}
		f, ok := r.figureAt(i)
		if !ok || r.uncountable(f) {
			continue
		}
		figures = append(figures, f)
	}
	r.counts = figures
	for k, f := range figures {
		r.taken[f.index] = true
		fact := tongbao.Fact{Kind: tongbao.Count, Span: f.span, Value: f.number.Value, Unit: f.measure.Word, Rule: "measure"}
		left := f.left.Of(r.text)
		hedge(&fact, *f.number, left, r.text[f.span.End:])
		if infix := r.text[f.number.End:f.span.End]; strings.Contains(infix, "余") || strings.Contains(infix, "多") {
			fact.Approx, fact.Min, fact.Max = tongbao.Over, f.number.Value, ""
		}
		fact.What = withoutSanction(r.counted(figures, k))
		switch {
		case f.measure.Word == "倍":
			fact.What = r.multipleOf(f, fact.What)
		case placeLevel(f.measure.Word) == f.measure.Word:
			fact.What = f.measure.Word // 11|省|23|市
		}
		fact.Period = r.periodOf(f)
		r.add(fact)
	}
}

// multipleOf is what has grown, without the words that say how: 投诉量|同比上升1.2
// 倍; where they stand alone, what the sentence spoke of before.
func (r *reading) multipleOf(f figure, what string) string {
	if bare := strings.TrimSuffix(strings.TrimSuffix(withoutChange(what), "同比"), "环比"); bare != "" {
		return bare
	}
	if what == "" {
		return ""
	}
	return withoutChange(r.subjectBefore(f.index, f.left.Start))
}

// uncountable tells what looks like a count and is none (contract §4).
func (r *reading) uncountable(f figure) bool {
	printed := f.number.Of(r.text)
	before := r.text[:f.number.Start]
	behind := r.text[f.span.End:]
	switch {
	case printed == "一" || printed == "二" || printed == "〇":
		return true // 一个 is indefinite; 二层, 二级 are ordinals, as two is 两
	case r.denied(f):
		return true
	case strings.HasSuffix(before, "每") || strings.HasSuffix(before, "第") || strings.HasSuffix(before, "头") && f.number.Chinese:
		return true
	case f.measure.Word == "点" && (f.number.Chinese && strings.HasPrefix(behind, "半") || strings.HasPrefix(behind, "钟") || strings.HasPrefix(behind, "前")):
		return true // a time of day
	case f.measure.Word == "个" && startsWithAny(strings.TrimLeft(behind, " "), "月", "工作日", "星期", "小时", "季度", "年头", "学期", "学年", "自然日", "百分点", "交易日", "分钟", "多月", "半月", "昼夜"):
		return true // durations
	case printed == "四" && f.measure.Word == "处" && r.startsWithVerb(f.right):
		return true // 四处招揽
	case f.measure.Word == "组" && endsWithAny(before, "村", "社区", "屯", "庄"):
		return true // 石塘村3组 is a place
	case f.measure.Word == "组" && f.number.Chinese && groupCountedOff(before, behind):
		return true
	case startsWithAny(behind, "级") && !strings.HasPrefix(behind, "级别") && f.measure.Fields[0] == "weight":
		return true // 5万吨级泊位 is a class
	case f.number.Chinese && startsWithAny(behind, "一") && f.measure.Word == "个":
		return true // 五个一
	case isASCIILetter(lastRune(before)) && !f.number.Chinese && !strings.HasSuffix(before, " "):
		return true // A4, PM2.5
	}
	return false
}

// groupCountedOff reports whether 三组 is the third of groups that are listed:
// 一组、二组、三组村民, 其中二组14.5万元、三组18.2万元.
func groupCountedOff(before, behind string) bool {
	if startsWithAny(behind, "、", "和") { // 四组、|五组
		_, n := splitRune(behind)
		if _, size := oneDigit(behind[n:]); size > 0 && strings.HasPrefix(behind[n+size:], "组") {
			return true
		}
	}
	if !endsWithAny(before, "、", "和", "其中") {
		return false
	}
	return endsWithAny(before, "组、", "组和") || behind != "" && '0' <= behind[0] && behind[0] <= '9'
}

// denied reports whether the words before a single one say that there was none:
// 没有1名干部受到处分, 无1人.
func (r *reading) denied(f figure) bool {
	return f.number.Value == "1" && endsWithAny(strings.TrimRight(r.text[:f.number.Start], " "), "没有", "没", "无", "未有", "未发生", "未发现", "未出现", "不存在")
}

func isASCIILetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

// periodOf is the period that a figure is tied to: its place in a 分别 list
// against the years before it, else the date before it in the clause.
func (r *reading) periodOf(f figure) string {
	c := r.clause[f.index]
	if c < 0 {
		return ""
	}
	clause := r.Clauses[c]
	apart := indexOf(clause.Of(r.text), "分别")
	if apart < 0 || clause.Start+apart > f.number.Start {
		return r.periodBefore(f.index)
	}
	place := 0
	for i := f.index - 1; i >= 0 && r.Numbers[i].Start > clause.Start+apart; i-- {
		place++
	}
	last := r.dateBefore(clause.Start + apart)
	first := last
	for first > 0 && r.dates[first-1].Start >= clause.Start && strings.Trim(r.text[r.dates[first-1].End:r.dates[first].Start], "、和及") == "" {
		first--
	}
	if last >= 0 && r.dates[last].Start >= clause.Start && last > first && first+place <= last {
		return period(r.dates[first+place])
	}
	return ""
}
