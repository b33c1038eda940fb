package extractors

import (
	"strings"
	"unicode/utf8"

	"github.com/cockroachdb/apd/v3"

	"tongbao"
)

// share ties 占82.9% to the figure just before it and to the total that this
// one is a part of: 处置41件,其中了结34件,占82.9%.
func (l *linker) share(i int) {
	p := l.figures[i]
	if p.Kind != tongbao.Percentage || p.Direction != "share" || i == 0 || p.Numerator != "" {
		return
	}
	k := i - 1
	for k > 0 && l.clause[k] >= 0 && l.Clauses[l.clause[k]].Parent >= 0 && l.parentOf(i) < 0 {
		k-- // a remark in brackets: 34家(省级以上6家),占比26.8%
	}
	part := l.figures[k]
	between := strings.Trim(l.text[min(part.End, p.Start):p.Start], "，, 、约")
	if l.sentence[k] != l.sentence[i] || strings.Contains(between, "分别") || !strings.HasPrefix(between, "占") && !strings.Contains(between, "，占") && !strings.Contains(between, ",占") || utf8.RuneCountInString(between) > 30 {
		return
	}
	p.What = part.What
	if part.PartOf != "" {
		p.Numerator, p.Denominator = part.ID, part.PartOf
	}
}

// isTerm reports whether a percentage rests on the figure.
func (l *linker) isTerm(i int) bool {
	for k := i + 1; k < len(l.figures) && k < i+8; k++ {
		if f := l.figures[k]; f.Kind == tongbao.Percentage && (f.Numerator == l.figures[i].ID || f.Denominator == l.figures[i].ID) {
			return true
		}
	}
	return false
}

// doneVerbs are what the numerator of a rate of completion says has been done.
var doneVerbs = []string{"办结", "完成", "销号", "解决", "整改", "化解", "结案", "了结", "办理", "处置", "清退", "退还", "收缴", "到位", "答复", "回复", "审结", "查结", "核查", "验收", "退回", "追缴", "落实"}

// rate ties a percentage named 办结率, 完成进度 … to the two figures before it:
// what has been done, and of how many of the same measure word.
func (l *linker) rate(i int) bool {
	p := l.figures[i]
	if l.formerLevel(i) || p.Direction == "increase" || p.Direction == "decrease" || !endsWithAny(p.What, "率", "进度", "比例", "占比", "程度") || endsWithAny(p.What, "覆盖率", "参会率") {
		return false
	}
	done := l.numerator(i)
	if done < 0 || strings.Contains(l.text[l.figures[done].End:p.Start], "分别") { // a list of rates, of which this is one
		return false
	}
	whole := l.denominator(i, done)
	if whole < 0 || l.takesIn(i, done, whole) {
		return false
	}
	p.Numerator, p.Denominator = l.figures[done].ID, l.figures[whole].ID
	return true
}

// takesIn reports whether a rate is that of what is done and what is not quite
// done together (完成30个、基本完成10个…完成率88.9%), so that it has no one numerator.
func (l *linker) takesIn(i, done, whole int) bool {
	if done+1 == i || !l.partlyDone(done+1) {
		return false
	}
	stated, ok := decimal(l.figures[i].Value)
	if !ok || isShare(stated, l.figures[done].Value, l.figures[whole].Value) {
		return false
	}
	sum, _ := decimal(l.figures[done].Value)
	for k := done + 1; k < i && l.partlyDone(k); k++ {
		v, ok := decimal(l.figures[k].Value)
		if !ok || sum == nil {
			return false
		}
		if _, err := exact.Add(sum, sum, v); err != nil {
			return false
		}
		if isShare(stated, sum.Text('f'), l.figures[whole].Value) {
			return true
		}
	}
	return false
}

// numerator is the figure just before the rate, in its sentence, that says
// what has been done.
func (l *linker) numerator(i int) int {
	rate := l.figures[i]
	for k := i - 1; k >= 0 && l.sentence[k] == l.sentence[i]; k-- {
		switch f := l.figures[k]; f.Kind {
		case tongbao.Percentage:
			if l.formerLevel(k) {
				continue
			}
			return -1 // that rate has taken the figures before it
		case tongbao.Count, tongbao.Money:
			switch {
			case l.unfinished(k), l.partlyDone(k):
				continue // 办结20件,2件正在办理,办结率…; 完成22个、长期坚持2个,完成率…
			case l.formerLevel(max(0, i-1)) && strings.ContainsAny(l.text[f.End:rate.Start], "；;"):
				return -1 // 折合教师620人;教师占比由51%提高到58%: another story
			case (l.saysDone(k) || l.doesWhatIsRated(k, l.figures[i].What) || l.already(k)) && (namesDeed(l.figures[i].What, l.figures[k].What+l.subjectOf(k)) || l.spoken(i)):
				return k
			}
			return -1
		}
	}
	return -1
}

// doesWhatIsRated reports whether the words before a figure hold the verb that
// the rate is made of (追回|率: 已追回1.12亿元), or those behind it say that it
// is done (26个|完成整改,完成率).
func (l *linker) doesWhatIsRated(k int, rate string) bool {
	f := l.figures[k]
	if verb := lastRunes(rateStem(rate), 2); utf8.RuneCountInString(verb) == 2 && l.clause[k] >= 0 {
		start := l.Clauses[l.clause[k]].Start
		if k > 0 {
			start = max(start, l.figures[k-1].End)
		}
		if start < f.Start && strings.Contains(l.text[start:f.Start], verb) {
			return true
		}
	}
	if stem := lastRunes(rateStem(rate), 2); l.clause[k] >= 0 && l.Clauses[l.clause[k]].Start < f.Start && holdsAll(l.text[l.Clauses[l.clause[k]].Start:f.Start], stem) {
		return true // 收回1,134份,回收率
	}
	behind := trimLeft(l.text[f.End:], "已均全部经")
	return startsWithAny(behind, "完成整改", "整改到位", "整改完毕", "整改完成", "到位，", "到位,")
}

// already reports whether a figure stands in the perfect: 已结账1,205个, 171项
// 已经落地, 139个中的118个.
func (l *linker) already(k int) bool {
	f := l.figures[k]
	if startsWithAny(trimLeft(l.text[f.End:], "均全部"), "已", "完成") || endsWithAny(l.text[:f.Start], "中的") {
		return true
	}
	c := l.clause[k]
	return c >= 0 && l.Clauses[c].Start < f.Start && strings.Contains(l.text[l.Clauses[c].Start:f.Start], "已")
}

// spoken reports whether the deed that a rate is named after stands in its
// sentence, if in other words: 收回1,134份,回收率; 联手清欠,已付清…,清欠率.
func (l *linker) spoken(i int) bool {
	p := l.figures[i]
	at := strings.LastIndex(l.text[:p.Start], p.What)
	from := l.sentenceStart(i)
	if at <= from {
		return false
	}
	stem := lastRunes(rateStem(p.What), 2)
	return holdsAll(l.text[from:at], stem) || i > 0 && stem != "" && l.already(i-1) && strings.ContainsAny(l.subjectOf(i-1), stem)
}

// holdsAll reports whether text holds every character of some.
func holdsAll(text, some string) bool {
	for _, r := range some {
		if !strings.ContainsRune(text, r) {
			return false
		}
	}
	return some != ""
}

func (l *linker) sentenceStart(i int) int {
	if l.sentence[i] < 0 {
		return l.figures[i].Start
	}
	return l.Sentences[l.sentence[i]].Start
}

// rateStem is what a rate is of: 办结 of 办结率, 提拔 of 提拔比例.
func rateStem(name string) string {
	return strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(name, "率"), "比例"), "占比")
}

// unfinished reports whether the words behind a figure say that it is not done.
func (l *linker) unfinished(k int) bool {
	if l.already(k) || startsWithAny(trimLeft(l.text[l.figures[k].End:], "均全部"), "整改到位", "销号", "办结") {
		return false
	}
	return startsWithAny(trimLeft(l.text[l.figures[k].End:], "，, "), "正在", "尚", "未", "仍", "还在") || endsWithAny(l.text[:l.figures[k].Start], "剩余", "其余", "余下", "另有", "还有")
}

// namesDeed reports whether a rate is that of the deed: 办结率 of 办结, 入住率
// of 入住; 完成率 and its like are of any deed, 安装率 is not of 整改.
func namesDeed(rate, deed string) bool {
	stem := rateStem(rate)
	if hasAny(stem, []string{"完成", "办结", "整改", "销号", "办理", "进度", "化解", "了结", "结案", "处置", "解决", "占比", "比例"}) {
		return true
	}
	return sharesNoun(lastRunes(stem, 3), deed)
}

// compared reports whether a figure is one that others are measured against:
// 同2019年的39件相比, 由52件减少到27件.
func (l *linker) compared(k int) bool {
	f := l.figures[k]
	before, behind := l.text[:f.Start], l.text[f.End:]
	return endsWithAny(before, "年的", "同期", "同期的", "由", "从", "上年", "去年", "上轮", "上轮的") || startsWithAny(behind, "相比", "减少", "增加", "下降", "增长", "降到", "降至", "降为", "增至", "升至")
}

// denominator is the nearest figure before the numerator that counts the same
// and is not smaller; a smaller one only where it is the sole candidate, for
// then the notice contradicts itself.
func (l *linker) denominator(i, done int) int {
	sole, several, busy := -1, false, -1
	for k := done - 1; k >= 0 && l.paragraph(k, i); k-- {
		f := l.figures[k]
		if f.Kind != tongbao.Count && f.Kind != tongbao.Money || !alike(f, l.figures[done]) || l.compared(k) {
			continue
		}
		same := l.sentence[k] == l.sentence[done]
		if !same && (!sharesNoun(f.What, l.figures[done].What) && !sharesNoun(f.What, l.subjectOf(done)) && !(strings.Contains(f.What, "问题") && namesDeed(l.figures[i].What, "")) || l.sentence[k] < l.sentence[done]-2) {
			continue
		}
		if atLeast(f, l.figures[done]) {
			if !same {
				return l.likelier(i, done, k)
			}
			if !l.saysDone(k) {
				return k
			}
			if busy < 0 {
				busy = k // 核查线索73条,查结66条: doing is not having done
			}
			continue
		}
		if !same {
			return -1 // what is farther counts something wider
		}
		several = several || sole >= 0
		if same && sole < 0 && !l.saysDone(k) {
			sole = k
		}
	}
	switch {
	case busy >= 0:
		return busy
	case several:
		return -1
	}
	return sole
}

// subjectOf is the clause of a figure up to it, for comparing what it counts.
func (l *linker) subjectOf(k int) string {
	if l.clause[k] < 0 {
		return ""
	}
	return l.text[l.Clauses[l.clause[k]].Start:l.figures[k].Start]
}

// paragraph reports whether figure k stands in the paragraph of i.
func (l *linker) paragraph(k, i int) bool {
	return l.figures[i].Start-l.figures[k].End < 1200 && !strings.Contains(l.text[l.figures[k].End:l.figures[i].Start], "\n")
}

// atLeast reports whether a's value is not below b's.
func atLeast(a, b *tongbao.Fact) bool {
	x, ok1 := decimal(a.Value)
	y, ok2 := decimal(b.Value)
	return ok1 && ok2 && x.Cmp(y) >= 0
}

// near reports whether figure k stands in the sentence of i or the one before,
// in the same paragraph.
func (l *linker) near(k, i int) bool {
	return l.sentence[k] >= 0 && l.sentence[k] >= l.sentence[i]-1 && !strings.Contains(l.text[l.figures[k].End:l.figures[i].Start], "\n")
}

// saysDone reports whether the words before a figure in its clause tell of
// completion.
func (l *linker) saysDone(k int) bool {
	f := l.figures[k]
	if hasAny(f.What, doneVerbs[:8]) && !strings.Contains(f.What, "任务") {
		return true
	}
	if l.clause[k] < 0 {
		return false
	}
	from := l.Clauses[l.clause[k]].Start
	if k > 0 {
		from = max(from, l.figures[k-1].End)
	}
	return from < f.Start && hasAny(l.text[from:f.Start], doneVerbs)
}

// sharesNoun reports whether two names have two characters in a row in common.
func sharesNoun(a, b string) bool {
	runes := []rune(a)
	for i := 0; i+1 < len(runes); i++ {
		if strings.Contains(b, string(runes[i:i+2])) {
			return true
		}
	}
	return false
}

// ratioOf ties a ratio to the two figures right before it, in its sentence, if
// the one is so many times the other: 专任教师1920人、学生32256人,师生比为1:16.8.
func (l *linker) ratioOf(i int) {
	f := l.figures[i]
	one, many, ok := strings.Cut(plainColons.Replace(f.Value), ":")
	if !ok || i < 2 || l.sentence[i-2] != l.sentence[i] || l.figures[i-2].Kind != l.figures[i-1].Kind {
		return
	}
	for _, pair := range [][2]*tongbao.Fact{{l.figures[i-2], l.figures[i-1]}, {l.figures[i-1], l.figures[i-2]}} { // 护士13.8万人,医师11.5万人,医护比1:1.2
		if isRatio(one, many, pair[0].Value, pair[1].Value) {
			f.Numerator, f.Denominator = pair[0].ID, pair[1].ID
			f.Rule += agreeingRule
			return
		}
	}
}

// isRatio reports whether one:many is first:second to the places printed.
func isRatio(one, many, first, second string) bool {
	x, ok1 := decimal(first)
	y, ok2 := decimal(second)
	a, ok3 := decimal(one)
	b, ok4 := decimal(many)
	if !ok1 || !ok2 || !ok3 || !ok4 || x.Sign() <= 0 {
		return false
	}
	left, right, unit := new(apd.Decimal), new(apd.Decimal), new(apd.Decimal)
	if _, err := exact.Mul(left, a, y); err != nil {
		return false
	}
	if _, err := exact.Mul(right, b, x); err != nil {
		return false
	}
	if _, err := exact.Mul(unit, x, apd.New(1, min(b.Exponent, 0))); err != nil {
		return false
	}
	if _, err := exact.Sub(left, left, right); err != nil {
		return false
	}
	left.Abs(left)
	return left.Cmp(unit) < 0
}

// plainColons makes the colons of ratios as printed the plain one.
var plainColons = strings.NewReplacer("：", ":", "∶", ":")

// ratio ties 1:4.4 to the two figures before it whose names its own name holds
// in that order (联合支部覆盖企业数: 联合支部, then 企业).
func (l *linker) ratio(i int) {
	f := l.figures[i]
	if next := i + 1; next < len(l.figures) && l.figures[next].Kind == tongbao.RatioFact && l.clause[next] == l.clause[i] {
		return // 由1:0.6|优化为1:0.9: the figures are of the latter
	}
	type place struct{ at, figure int }
	var found []place
	for k := i - 1; k >= 0 && l.near(k, i) && len(found) < 2; k-- {
		if what := l.figures[k].What; l.figures[k].Kind == tongbao.Count && what != "" {
			if at := strings.Index(f.What, what); at >= 0 {
				found = append(found, place{at, k})
			}
		}
	}
	if len(found) != 2 {
		l.ratioOf(i)
		return
	}
	if found[0].at > found[1].at {
		found[0], found[1] = found[1], found[0]
	}
	f.Numerator, f.Denominator = l.figures[found[0].figure].ID, l.figures[found[1].figure].ID
}
