package extractors

import (
	"strings"
	"unicode/utf8"

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
	l := &linker{reading: r}
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
			l.rate(i)
		case tongbao.RatioFact:
			l.ratio(i)
		default:
			l.bracketed(i)
		}
	}
	l.amongThem()
	for i := range l.figures {
		l.ofNamedTotal(i)
	}
	for i := range l.figures {
		l.totalled(i)
		l.remainder(i)
		l.sharedOut(i)
		l.exhausted(i)
	}
	for i, f := range l.figures {
		l.headlineMeasure(f)
		l.share(i)
	}
}

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

// headlineMeasure drops the measure of 诫勉19人, 教育谈话81人: standing for
// themselves they are the total of their category, not one measure of it.
func (l *linker) headlineMeasure(f *tongbao.Fact) {
	if f.Kind == tongbao.Sanction && f.Rule == "sanction-before" && f.Category == "admonition" && f.PartOf == "" && strings.HasSuffix(l.text[:f.Start], f.What) {
		f.Measure = ""
	}
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
	case persons(total) && persons(part):
		return true
	}
	return total.Kind == tongbao.Count && part.Kind == tongbao.Count && total.Unit == part.Unit
}

func persons(f *tongbao.Fact) bool {
	e, ok := measures().Prefix(f.Unit)
	return ok && e.Word == f.Unit && e.Fields[0] == "person"
}

// bracketed reads the breakdown in the bracket behind a total: 9人次(党内警告
// 6人、严重警告2人、撤销党内职务1人).
func (l *linker) bracketed(i int) {
	t := l.figures[i]
	rest := l.text[t.End:]
	for _, light := range []string{"党员干部", "干部", "处分", "处理", "人员"} {
		rest = strings.TrimPrefix(rest, light)
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
	if startsWithAny(inner, "全部", "共", "总", "合计", "全", "截至", "截止", "目前", "已", "较", "同比", "占", "约合", "按", "此前", "办结率", "完成率") {
		return
	}
	var parts []int
	for k := i + 1; k < len(l.figures) && l.figures[k].Start < end; k++ {
		if alike(t, l.figures[k]) {
			parts = append(parts, k)
		}
	}
	if l.compareSum(t, parts) != 0 {
		parts = l.ofCategory(t, parts)
	}
	l.join(i, parts)
}

// afterColon reads the breakdown behind a colon or a dash: 党纪处分18人：党内
// 警告8人，… up to the semicolon. Of counts only a list that adds up is taken.
func (l *linker) afterColon(i int) {
	t := l.figures[i]
	var parts []int
	for k := i + 1; k < len(l.figures) && l.sentence[k] == l.sentence[i] && !strings.ContainsAny(l.text[t.End:l.figures[k].Start], "；;"); k++ {
		if alike(t, l.figures[k]) {
			parts = append(parts, k)
		}
	}
	if l.compareSum(t, parts) != 0 {
		if parts = l.ofCategory(t, parts); t.Kind != tongbao.Sanction {
			return
		}
	}
	l.join(i, parts)
}

// ofCategory keeps the parts of a sanction total up to the first of another
// category, which belongs to another total; of other totals it keeps all.
func (l *linker) ofCategory(total *tongbao.Fact, parts []int) []int {
	for k, p := range parts {
		if total.Kind == tongbao.Sanction && l.figures[p].Category != total.Category {
			return parts[:k]
		}
	}
	return parts
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

// amongThem reads the lists behind 其中: the total is the figure before it.
func (l *linker) amongThem() {
	at := 0
	for from := 0; ; {
		k := strings.Index(l.text[from:], "其中")
		if k < 0 {
			return
		}
		mark := from + k
		from = mark + len("其中")
		for at < len(l.figures) && l.figures[at].Start < mark {
			at++
		}
		if at == len(l.figures) {
			return
		}
		first := at
		if l.figures[first].Start-mark > 120 || l.sentence[first] < 0 {
			continue
		}
		l.amongThese(first, mark)
	}
}

// amongThese chooses the total for the list that begins at the figure first:
// the nearest figure before that is of the same kind and not smaller than the
// list, a farther one that the list adds up to going before it.
func (l *linker) amongThese(first, mark int) {
	var totals []int
	for i := first - 1; i >= 0 && i > first-8 && l.sentence[i] == l.sentence[first]; i-- {
		if alike(l.figures[i], l.figures[first]) && l.figures[i].PartOf == "" && !l.nested(i, mark) && !l.average(i) {
			totals = append(totals, i)
		}
	}
	fallback := -1
	for _, i := range totals {
		parts := l.uptoTotal(l.figures[i], l.listFrom(i, first, false))
		if l.compareSum(l.figures[i], parts) != 0 {
			parts = l.uptoTotal(l.figures[i], l.listFrom(i, first, true))
		}
		switch c := l.compareSum(l.figures[i], parts); {
		case c == 0:
			l.join(i, parts)
			return
		case c < 0 && fallback < 0:
			fallback = i
		}
	}
	if fallback < 0 && len(totals) == 1 {
		fallback = totals[0]
	}
	if fallback >= 0 {
		l.join(fallback, l.uptoTotal(l.figures[fallback], l.listFrom(fallback, first, true)))
	}
}

// average reports whether a figure is one per head, of which there are no parts.
func (l *linker) average(i int) bool {
	return l.clause[i] >= 0 && hasAny(l.text[l.Clauses[l.clause[i]].Start:max(l.Clauses[l.clause[i]].Start, l.figures[i].Start)], []string{"平均", "人均", "户均", "每"})
}

// compareSum says how the sum of the parts stands to the total: -1, 0, 1.
func (l *linker) compareSum(total *tongbao.Fact, parts []int) int {
	want, _ := decimal(total.Value)
	sum := new(apd.Decimal)
	for _, p := range parts {
		v, ok := decimal(l.figures[p].Value)
		if !ok || want == nil {
			return 1
		}
		if _, err := exact.Add(sum, sum, v); err != nil {
			return 1
		}
	}
	return sum.Cmp(want)
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
		if !alike(t, f) || f.Start >= t.Start && f.End <= t.End {
			continue
		}
		if c := l.clause[i]; c >= 0 && l.Clauses[c].Parent >= 0 && l.Clauses[c].Parent != l.parentOf(first) && l.clause[i] != l.clause[first] {
			continue // a remark in brackets on one of the parts
		}
		if anotherTotal(t, f) || strict && i > first && l.clause[i] != l.clause[first] && l.newDeed(i) {
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

// newDeed reports whether a count stands with a verb of its own, so that it
// goes on with the story rather than with the list: 其中区管干部16件,结案25件.
func (l *linker) newDeed(i int) bool {
	f := l.figures[i]
	if f.Kind != tongbao.Count || l.clause[i] < 0 {
		return false
	}
	start := l.Clauses[l.clause[i]].Start
	return start < f.Start && hasAny(l.text[start:f.Start], []string{"结案", "办结", "了结", "立案", "收到", "受理", "给予", "开展", "出台", "制定"})
}

// anotherTotal tells the next total (政务处分6人) from a part of this one.
func anotherTotal(total, f *tongbao.Fact) bool {
	if total.Kind != tongbao.Sanction || f.Kind != tongbao.Sanction {
		return false
	}
	switch total.Category {
	case "party", "government", "organisational", "admonition":
		return f.Measure == "" && f.Category != total.Category
	}
	return false
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
		if sum.Cmp(want) == 0 && (k+1 == len(parts) || l.goesOn(p, parts[k+1]) || atLeast(l.figures[parts[k+1]], total)) {
			return parts[:k+1]
		}
	}
	return l.ofCategory(total, parts)
}

// goesOn reports whether the story goes on between two figures, so that a list
// may end with the first of them.
func (l *linker) goesOn(last, next int) bool {
	a, b := l.figures[last], l.figures[next]
	return a.Category != b.Category || l.clause[last] != l.clause[next] && l.newDeed(next) || hasAny(l.text[a.End:b.Start], []string{"；", ";", "另", "其余"})
}

// remainder reads a partition closed by 余下, 其余: 新增57所,在建38所,余下19所.
func (l *linker) remainder(i int) {
	f := l.figures[i]
	if f.Kind != tongbao.Count || f.PartOf != "" || !endsWithAny(strings.TrimRight(l.text[:f.Start], "的有"), "余下", "其余", "剩余", "另外") {
		return
	}
	var same []int
	for k := i - 1; k >= 0 && l.sentence[k] == l.sentence[i]; k-- {
		if alike(l.figures[k], f) && l.figures[k].PartOf == "" && len(l.figures[k].Parts) == 0 {
			same = append([]int{k}, same...)
		}
	}
	for t := range same {
		if parts := append(append([]int{}, same[t+1:]...), i); len(parts) > 1 && l.compareSum(l.figures[same[t]], parts) == 0 {
			l.join(same[t], parts)
			return
		}
	}
	if len(same) < 2 || l.isTerm(same[len(same)-2]) {
		return
	}
	total, part := same[len(same)-2], same[len(same)-1]
	if strings.Contains(l.text[l.figures[total].End:l.figures[part].Start], "、") {
		return // both are members of a list whose total stands elsewhere
	}
	if !atLeast(l.figures[total], l.figures[part]) {
		total, part = part, total
	}
	l.join(total, []int{part, i})
}

// totalled reads a total that follows its parts: 制定制度20项,部门制定9项,共
// 29项. Only one that adds up is taken, for the words alone do not say which
// figures it takes in.
func (l *linker) totalled(i int) {
	t := l.figures[i]
	before := strings.TrimRight(l.text[:t.Start], "为了达 ")
	if t.PartOf != "" || len(t.Parts) > 0 || !endsWithAny(before, "共", "共计", "合计", "总计", "累计", "总共") {
		return
	}
	want, ok := decimal(t.Value)
	if !ok {
		return
	}
	sum := new(apd.Decimal)
	var parts []int
	for k := i - 1; k >= 0 && l.sentence[k] == l.sentence[i]; k-- {
		f := l.figures[k]
		v, ok := decimal(f.Value)
		if !alike(t, f) || f.PartOf != "" || !ok {
			continue
		}
		if _, err := exact.Add(sum, sum, v); err != nil || sum.Cmp(want) > 0 {
			return
		}
		parts = append([]int{k}, parts...)
		if sum.Cmp(want) == 0 && len(parts) > 1 {
			l.join(i, parts)
			t.What = l.figures[parts[0]].What
			return
		}
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

// sharedOut reads persons dealt with in groups: 53名干部…,对7人给予诫勉处理、
// 46人给予批评教育处理. The groups are bare 人, so that they can only be of the
// persons named before.
func (l *linker) sharedOut(i int) {
	t := l.figures[i]
	if t.Kind != tongbao.Count || !persons(t) || len(t.Parts) > 0 {
		return
	}
	var parts []int
	for k := i + 1; k < len(l.figures) && l.sentence[k] == l.sentence[i]; k++ {
		f := l.figures[k]
		if f.Kind != tongbao.Sanction || f.Unit != "人" || f.PartOf != "" || f.Rule != "sanction-behind" || !startsWithAny(strings.TrimLeft(l.text[f.End:], "被均已"), "给予", "予以", "受到", "进行") {
			break
		}
		parts = append(parts, k)
	}
	if len(parts) >= 2 {
		l.join(i, parts)
	}
}

// doneVerbs are what the numerator of a rate of completion says has been done.
var doneVerbs = []string{"办结", "完成", "销号", "解决", "整改", "化解", "结案", "了结", "办理", "处置", "清退", "退还", "收缴", "到位", "答复", "回复", "审结", "查结", "核查", "验收", "退回", "追缴", "落实"}

// rate ties a percentage named 办结率, 完成进度 … to the two figures before it:
// what has been done, and of how many of the same measure word.
func (l *linker) rate(i int) {
	p := l.figures[i]
	if p.Direction == "increase" || p.Direction == "decrease" || !endsWithAny(p.What, "率", "进度", "比例", "占比", "程度") || endsWithAny(p.What, "覆盖率", "参会率", "满意率") {
		return
	}
	done := l.numerator(i)
	if done < 0 || strings.Contains(l.text[l.figures[done].End:p.Start], "分别") { // a list of rates, of which this is one
		return
	}
	if whole := l.denominator(i, done); whole >= 0 {
		p.Numerator, p.Denominator = l.figures[done].ID, l.figures[whole].ID
	}
}

// numerator is the figure just before the rate, in its sentence, that says
// what has been done.
func (l *linker) numerator(i int) int {
	for k := i - 1; k >= 0 && l.sentence[k] == l.sentence[i]; k-- {
		switch f := l.figures[k]; f.Kind {
		case tongbao.Percentage:
			return -1 // that rate has taken the figures before it
		case tongbao.Count, tongbao.Money:
			switch {
			case l.unfinished(k):
				continue // 办结20件,2件正在办理,办结率…
			case (l.saysDone(k) || l.doesWhatIsRated(k, l.figures[i].What)) && namesDeed(l.figures[i].What, l.figures[k].What+l.subjectOf(k)):
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
	if verb := lastRunes(strings.TrimSuffix(rate, "率"), 2); utf8.RuneCountInString(verb) == 2 && l.clause[k] >= 0 {
		start := l.Clauses[l.clause[k]].Start
		if k > 0 {
			start = max(start, l.figures[k-1].End)
		}
		if start < f.Start && strings.Contains(l.text[start:f.Start], verb) {
			return true
		}
	}
	behind := strings.TrimLeft(l.text[f.End:], "已均全部经")
	return startsWithAny(behind, "完成整改", "整改到位", "整改完毕", "整改完成", "到位，", "到位,")
}

// ofNamedTotal reads a breakdown that names its total again: 党纪处分中,警告11人、
// 严重警告6人…. The total is the last of that category in the paragraph.
func (l *linker) ofNamedTotal(i int) {
	f := l.figures[i]
	if f.Kind != tongbao.Sanction || f.Measure == "" || f.PartOf != "" || l.clause[i] < 1 {
		return
	}
	before := strings.TrimRight(l.text[:l.Clauses[l.clause[i]].Start], "，,：: ")
	if !endsWithAny(before, "处分中", "处理中", "处分的人员中", "处分人员中") {
		return
	}
	for k := i - 1; k >= 0 && !strings.Contains(l.text[l.figures[k].End:f.Start], "\n"); k-- {
		t := l.figures[k]
		if t.Kind != tongbao.Sanction || t.Category != f.Category || t.Measure != "" || len(t.Parts) > 0 {
			continue
		}
		var parts []int
		for p := i; p < len(l.figures) && l.sentence[p] == l.sentence[i] && l.figures[p].Category == f.Category && l.figures[p].Measure != ""; p++ {
			parts = append(parts, p)
		}
		l.join(k, parts)
		return
	}
}

// exhausted reads a list right behind a count that adds up to it: 矿山68座,关停
// 41座、整合8座、保留19座. The words alone do not say that it is complete, so
// only one that adds up is taken.
func (l *linker) exhausted(i int) {
	t := l.figures[i]
	want, ok := decimal(t.Value)
	if t.Kind != tongbao.Count || len(t.Parts) > 0 || !ok {
		return
	}
	sum := new(apd.Decimal)
	var parts []int
	for k := i + 1; k < len(l.figures) && l.sentence[k] == l.sentence[i]; k++ {
		f := l.figures[k]
		v, ok := decimal(f.Value)
		if !alike(t, f) || f.PartOf != "" || !ok {
			return
		}
		if _, err := exact.Add(sum, sum, v); err != nil || sum.Cmp(want) > 0 {
			return
		}
		if parts = append(parts, k); sum.Cmp(want) == 0 {
			if len(parts) > 1 {
				l.join(i, parts)
			}
			return
		}
	}
}

// unfinished reports whether the words behind a figure say that it is not done.
func (l *linker) unfinished(k int) bool {
	return startsWithAny(strings.TrimLeft(l.text[l.figures[k].End:], "，, "), "正在", "尚", "未", "仍", "还在") || endsWithAny(l.text[:l.figures[k].Start], "剩余", "其余", "余下", "另有", "还有")
}

// namesDeed reports whether a rate is that of the deed: 办结率 of 办结, 入住率
// of 入住; 完成率 and its like are of any deed, 安装率 is not of 整改.
func namesDeed(rate, deed string) bool {
	stem := strings.TrimSuffix(rate, "率")
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
	sole, several := -1, false
	for k := done - 1; k >= 0 && l.paragraph(k, i); k-- {
		f := l.figures[k]
		if f.Kind != tongbao.Count && f.Kind != tongbao.Money || !alike(f, l.figures[done]) || l.compared(k) {
			continue
		}
		same := l.sentence[k] == l.sentence[done]
		if !same && (!sharesNoun(f.What, l.figures[done].What) && !sharesNoun(f.What, l.subjectOf(done)) || l.sentence[k] < l.sentence[done]-2) {
			continue
		}
		if atLeast(f, l.figures[done]) && !(same && l.saysDone(k)) {
			return k
		}
		several = several || sole >= 0
		if same && sole < 0 && !l.saysDone(k) {
			sole = k
		}
	}
	if several {
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

// ratio ties 1:4.4 to the two figures before it whose names its own name holds
// in that order (联合支部覆盖企业数: 联合支部, then 企业).
func (l *linker) ratio(i int) {
	f := l.figures[i]
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
		return
	}
	if found[0].at > found[1].at {
		found[0], found[1] = found[1], found[0]
	}
	f.Numerator, f.Denominator = l.figures[found[0].figure].ID, l.figures[found[1].figure].ID
}

var exact = apd.BaseContext.WithPrecision(60)

// decimal parses an exact value; false for a ratio or an empty one.
func decimal(value string) (*apd.Decimal, bool) {
	d, _, err := apd.NewFromString(value)
	return d, err == nil && d.Form == apd.Finite
}
