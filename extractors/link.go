package extractors

import (
	"strings"

	"github.com/cockroachdb/apd/v3"

	"tongbao"
)

// A linker ties totals to their parts and rates to their terms, over the
// numeric facts of a notice in reading order.
type linker struct {
	*reading
	figures  []*tongbao.Fact
	sentence []int // by index of figures
	clause   []int
}

func link(r *reading) {
	l := &r.linker
	l.reading = r
	walk := r.clauseWalk()
	for i := range r.facts {
		f := &r.facts[i]
		switch f.Kind {
		case tongbao.Count, tongbao.Sanction, tongbao.Money, tongbao.Percentage, tongbao.RatioFact:
			c := walk(f.Start)
			s := -1
			if c >= 0 {
				s = r.Clauses[c].Sentence
			}
			l.figures, l.sentence, l.clause = append(l.figures, f), append(l.sentence, s), append(l.clause, c)
		}
	}
	for i, f := range l.figures {
		switch f.Kind {
		case tongbao.Percentage:
			if !l.shareOf(i) && !l.rate(i) {
				l.explained(i)
			}
		case tongbao.RatioFact:
			l.ratio(i)
		default:
			l.bracketed(i)
		}
	}
	l.amongThem()
	for i := range l.figures {
		l.ofNamedTotal(i)
		l.impliedAmong(i)
		l.ofPunished(i)
	}
	l.throughout()
	for i := range l.figures {
		l.fourForms(i)
		l.inRow(i)
		l.ofForms(i)
		l.totalled(i)
		l.remainder(i)
		l.sharedOut(i)
		l.accounted(i)
		l.exhausted(i)
	}
	for i := range l.figures {
		l.alongside(i)
		l.otherBreakdown(i)
		l.measuredToo(i)
		l.outOf(i)
	}
	for i, f := range l.figures {
		l.nameAfterTotal(i, f)
		l.headlineMeasure(i, f)
		l.share(i)
		l.inStep(i)
		l.apart(i)
		l.named(i)
		l.changeRate(i)
		l.agreeing(i)
		l.bareShare(i)
	}
}

// notNouns are in what a total counts where it is named by a deed.
var notNouns = append([]string{"发现", "指出", "转来", "移交", "收到", "涉及", "立案", "其中"}, doneVerbs...)

// nameAfterTotal gives a part whose own words only tell it apart the noun of its
// total: 田长1027名(县级|24名), 制度129项,其中新建|46项.
func (l *linker) nameAfterTotal(i int, f *tongbao.Fact) {
	if f.Kind != tongbao.Count || f.PartOf == "" || f.What == "" || tooLong(f.What, 6) {
		return
	}
	t := l.term(i, f.PartOf)
	if t == nil || t.Kind != tongbao.Count || t.What == "" || tooLong(t.What, 6) || hasAny(t.What, notNouns) || strings.ContainsAny(t.What, "“”、") || sharesNoun(f.What, t.What) || leftWord(t.What) != "" || !l.nounBefore(t.What, min(len(l.text), t.End+len(t.What))) {
		return
	}
	f.What += t.What
}

// headlineMeasure drops the measure of 诫勉19人, 谈话提醒96人次, 移送司法机关2人:
// standing for themselves they are the total of their category, not one measure
// of it, unless figures of other measures of it stand beside them.
func (l *linker) headlineMeasure(i int, f *tongbao.Fact) {
	if t := l.term(i, f.PartOf); t != nil && f.Rule == amongSanctioned {
		f.Measure = t.Measure
		return
	}
	if c := l.clause[i]; c >= 0 && f.Category == "justice" && !f.Implied && strings.TrimPrefix(strings.TrimPrefix(l.Clauses[c].Of(l.text), f.Quote), "被") == f.What && f.PartOf == "" && !l.besideOthers(i) {
		f.Measure = "" // 4人被移送司法机关
		return
	}
	if behind := l.text[f.End:]; behind != "" && !isPunctuation(string(firstRune(behind))) {
		return // 约谈2名经办人员
	}
	if c := l.clause[i]; c >= 0 && l.Clauses[c].Start < f.Start && hasAny(l.text[l.Clauses[c].Start:f.Start], []string{"给予", "予以"}) {
		return // 查处问题9起,给予诫勉6人、提醒谈话17人
	}
	if f.Kind != tongbao.Sanction || f.Rule != "sanction-before" || f.PartOf != "" || !strings.HasSuffix(trimRight(l.text[:f.Start], " 　"), f.What) {
		return
	}
	switch f.Category {
	case "admonition":
		f.Measure = ""
	case "talk", "justice":
		if f.Measure != "留置" && !l.besideOthers(i) {
			f.Measure = ""
		}
	}
}

// besideOthers reports whether another figure of its category stands in the
// sentence; 留置 comes before 移送司法 and is no part of it.
func (l *linker) besideOthers(i int) bool {
	for k := i - 1; k >= 0 && l.sentence[k] == l.sentence[i]; k-- {
		if l.rivals(k, i) {
			return true
		}
	}
	for k := i + 1; k < len(l.figures) && l.sentence[k] == l.sentence[i]; k++ {
		if l.rivals(k, i) {
			return true
		}
	}
	return false
}

func (l *linker) rivals(k, i int) bool {
	return l.figures[k].Category == l.figures[i].Category && l.figures[k].Rule != amongSanctioned && !strings.Contains(l.figures[k].What, "留置")
}

// join makes the figures parts of the total, unless they have one already.
func (l *linker) join(total int, parts []int) {
	t := l.figures[total]
	if len(t.Parts) > 0 {
		return
	}
	for _, p := range parts {
		part := l.figures[p]
		if part.PartOf == "" && part.ID != t.PartOf {
			part.PartOf = t.ID
			t.Parts = append(t.Parts, part.ID)
		}
	}
}

// alike reports whether part can be a part of total: persons of persons, yuan
// of yuan, items of items.
func alike(total, part *tongbao.Fact) bool {
	switch {
	case total.Approx != "" || part.Approx != "": // 十万元以上 is a bound, not a part
		return false
	case total.Kind == tongbao.Money || part.Kind == tongbao.Money:
		return total.Kind == part.Kind && total.Currency == part.Currency
	case part.Kind == tongbao.Percentage || part.Kind == tongbao.RatioFact:
		return false
	case part.Implied || total.Implied:
		return false
	case total.Kind == tongbao.Count && total.Unit == part.Unit: // 17个…,其中3个被约谈
		return true
	}
	return persons(total) && persons(part)
}

func persons(f *tongbao.Fact) bool {
	e, ok := measures().Get(f.Unit)
	return ok && e.Fields[0] == "person"
}

// lightBehind are the words that may stand between a total and its bracket, in
// this order.
var lightBehind = []string{"党员干部", "干部", "处分", "处理", "人员", "党务工作者", "责任人", "予以处理", "进行处理", "予以追责", "予以问责", "进行问责", "追责问责"}

var lightWords = listOf(lightBehind...)

// bracketed reads the breakdown in the bracket behind a total: 9人次(党内警告
// 6人、严重警告2人、撤销党内职务1人).
func (l *linker) bracketed(i int) {
	t := l.figures[i]
	rest := l.text[t.End:]
	if _, ok := lightWords.Prefix(rest); ok {
		for _, light := range lightBehind {
			rest = strings.TrimPrefix(rest, light)
		}
	}
	behindNoun := false
	switch {
	case t.Kind == tongbao.Sanction:
		rest = behindSanction(rest)
	case t.Kind == tongbao.Count && t.What != "" && strings.HasPrefix(rest, t.What):
		rest, behindNoun = rest[len(t.What):], true // 43个在建项目（东部18个、西部25个）
	}
	open := len(l.text) - len(rest)
	if startsWithAny(rest, "：", ":", "——") {
		l.afterColon(i)
	}
	if !startsWithAny(rest, "(", "（") {
		return
	}
	end := matching(l.text, open)
	if end < 0 {
		return
	}
	inner := strings.TrimLeft(l.text[open:end], "(（")
	if startsWithAny(inner, "全部", "共", "总", "合计", "全", "截至", "截止", "目前", "已", "较", "同比", "占", "约合", "按", "此前", "应", "原", "去年", "上年", "计划", "办结率", "完成率") {
		return
	}
	var parts []int
	for k := i + 1; k < len(l.figures) && l.figures[k].Start < end; k++ {
		if alike(t, l.figures[k]) {
			parts = append(parts, k)
		}
	}
	if behindNoun && !l.sharesOut(t, parts, inner) {
		return
	}
	if l.compareSum(t, parts) != 0 {
		parts = l.ofCategory(t, parts)
	}
	l.join(i, parts)
}

// sharesOut reports whether a bracket behind a noun is a list of parts and
// nothing else: two or more, joined by 、, none greater than the total.
func (l *linker) sharesOut(t *tongbao.Fact, parts []int, inner string) bool {
	for _, p := range parts {
		if !atLeast(t, l.figures[p]) {
			return false
		}
	}
	return len(parts) > 1 && strings.Count(inner, "、") == len(parts)-1 && !strings.ContainsAny(inner, "，,；;")
}

// ofCategory keeps the parts of a sanction total up to the first of another
// category than the first part's, which belongs to another total; of other
// totals it keeps all.
func (l *linker) ofCategory(total *tongbao.Fact, parts []int) []int {
	if total.Kind != tongbao.Sanction || together(total) {
		return parts
	}
	for k, p := range parts {
		if f := l.figures[p]; f.Kind == tongbao.Sanction && f.Category != l.figures[parts[0]].Category {
			return parts[:k]
		}
	}
	return parts
}

// together reports whether a total counts party discipline and government
// discipline in one, or punishments of any kind: 党纪政务处分34人次, 追究责任8人.
func together(total *tongbao.Fact) bool {
	return total.Category == "accountability" || countsBoth(total)
}

// matching returns the offset of the bracket that closes the one at open, -1
// where the line ends before.
func matching(text string, open int) int {
	depth := 0
	for i, r := range text[open:] {
		switch r {
		case '(', '（':
			depth++
		case ')', '）':
			if depth--; depth == 0 {
				return open + i
			}
		case '\n':
			return -1
		}
	}
	return -1
}

// compareSum says how the sum of the parts stands to the total: -1, 0, 1.
func (l *linker) compareSum(total *tongbao.Fact, parts []int) int {
	want, ok := decimal(total.Value)
	sum, fine := l.sumOf(parts)
	if !ok || !fine {
		return 1
	}
	return sum.Cmp(want)
}

// sumOf adds figures up; false where one of them is no number.
func (l *linker) sumOf(parts []int) (*apd.Decimal, bool) {
	sum := new(apd.Decimal)
	for _, p := range parts {
		v, ok := decimal(l.figures[p].Value)
		if !ok {
			return nil, false
		}
		if _, err := exact.Add(sum, sum, v); err != nil {
			return nil, false
		}
	}
	return sum, true
}

// nested reports whether figure i stands in a bracket that closed before mark.
func (l *linker) nested(i, mark int) bool {
	c := l.clause[i]
	return c >= 0 && l.Clauses[c].Parent >= 0 && l.Clauses[c].End <= mark
}

// listFrom collects the figures from first on that may be parts of the total:
// to the sentence's end, but over a semicolon only where the list goes on in
// the same form (each part with a period of its own). A strict list ends where
// a verb of its own goes on with the story.
func (l *linker) listFrom(total, first int, strict bool) []int {
	t := l.figures[total]
	var parts []int
	for i := first; i < len(l.figures) && l.sentence[i] == l.sentence[first]; i++ {
		f := l.figures[i]
		if i > first && strings.ContainsAny(l.text[l.figures[first].End:f.Start], "；;") && (f.Period == "" || l.figures[first].Period == "") {
			break
		}
		if !alike(t, f) || f.Start >= t.Start && f.End <= t.End || l.isLevel(i) {
			continue
		}
		if c := l.clause[i]; c >= 0 && l.Clauses[c].Parent >= 0 && l.Clauses[c].Parent != l.parentOf(first) && l.clause[i] != l.clause[first] {
			continue // a remark in brackets on one of the parts
		}
		if anotherTotal(t, f) || i > first && (l.namesItsTotal(i) || OtherwiseApart(l.figures[first], f)) || strict && i > first && (l.clause[i] != l.clause[first] && l.newDeed(i) || l.otherDeed(first, i, otherDeeds)) {
			break
		}
		parts = append(parts, i)
	}
	return parts
}

func (l *linker) parentOf(i int) int {
	if c := l.clause[i]; c >= 0 {
		return l.Clauses[c].Parent
	}
	return -1
}

// uptoTotal cuts a list behind the part with which it adds up to the total,
// where the story goes on behind it: what follows belongs to something else.
func (l *linker) uptoTotal(total *tongbao.Fact, parts []int) []int {
	want, ok := decimal(total.Value)
	if !ok {
		return nil
	}
	sum := new(apd.Decimal)
	for k, p := range parts {
		v, ok := decimal(l.figures[p].Value)
		if !ok {
			return nil
		}
		if _, err := exact.Add(sum, sum, v); err != nil {
			return nil
		}
		if sum.Cmp(want) == 0 && (k+1 == len(parts) || l.goesOn(total, p, parts[k+1]) || l.rowEnds(parts, k) || atLeast(l.figures[parts[k+1]], total)) {
			return parts[:k+1]
		}
	}
	return l.ofCategory(total, parts)
}

// rowEnds reports whether a row joined by 、 ends with its part k, because the
// next stands behind a comma: 其中甲类20个、乙类36个,|已完成40个.
func (l *linker) rowEnds(parts []int, k int) bool {
	for n := range k + 1 {
		between := l.text[l.figures[parts[n]].End:l.figures[parts[n+1]].Start]
		if strings.ContainsAny(between, "，,") != (n == k) {
			return false
		}
	}
	return k > 0
}

// goesOn reports whether the story goes on between two figures, so that a list
// may end with the first of them.
func (l *linker) goesOn(total *tongbao.Fact, last, next int) bool {
	a, b := l.figures[last], l.figures[next]
	return total.Kind == tongbao.Sanction && !together(total) && a.Category != b.Category || l.clause[last] != l.clause[next] && l.newDeed(next) || l.otherDeed(last, next, otherDeeds) || l.otherDeed(last, next, bareDeeds) || hasAny(l.text[a.End:b.Start], []string{"；", ";", "另", "其余", "，正在", ",正在", "、正在", "，尚", ",尚", "，仍", ",仍"})
}
