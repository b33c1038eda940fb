package extractors

import (
	"slices"
	"strings"

	"github.com/cockroachdb/apd/v3"

	"tongbao"
)

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
		for k := i - 1; k >= 0 && l.sentence[k] == l.sentence[i]; k-- { // 问题164个,较上轮减少12个：甲局38个,乙局41个…
			if alike(l.figures[k], t) && (l.compareSum(l.figures[k], parts) == 0 || len(parts) > 2 && len(l.figures[k].Value) > 1 && l.misses(l.figures[k], parts)) {
				l.join(k, parts)
				return
			}
		}
		if parts = l.ofCategory(t, parts); t.Kind != tongbao.Sanction && !l.dealtWith(t, parts) {
			return
		}
	}
	l.join(i, parts)
}

// dealtWith reports whether the words between persons and the colon say that
// these are dealt with, and the parts how: 4名人员予以处理：免职1人、诫勉1人….
func (l *linker) dealtWith(t *tongbao.Fact, parts []int) bool {
	if !persons(t) || len(parts) < 2 {
		return false
	}
	for _, p := range parts {
		if l.figures[p].Kind != tongbao.Sanction {
			return false
		}
	}
	words := l.text[t.End:l.figures[parts[0]].Start]
	if end := strings.IndexAny(words, "：:—"); end >= 0 {
		words = words[:end]
	}
	return endsWithAny(words, "处理", "处分", "追责", "问责")
}

// average reports whether a figure is one per head, of which there are no parts.
func (l *linker) average(i int) bool {
	return l.clause[i] >= 0 && hasAny(l.text[l.Clauses[l.clause[i]].Start:max(l.Clauses[l.clause[i]].Start, l.figures[i].Start)], []string{"平均", "人均", "户均", "每"})
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

// What a clause begins with that goes on with what was done about a total, or
// with what came of it: surely, and where the list would else be too long.
var (
	otherDeeds = []string{"已", "现已", "均已", "目前已", "累计已", "形成", "造成", "导致", "致使", "产生"}
	bareDeeds  = []string{"并", "追缴", "收缴", "上缴", "清退", "退还", "退赔", "收回", "挽回", "追回", "返还", "没收", "销号", "完成", "整改"}
)

// otherDeed reports whether a figure stands in a clause that begins with a deed,
// and the figure of the list before does not: 其中县级54万元,已上缴|60万元.
func (l *linker) otherDeed(before, i int, deeds []string) bool {
	words := l.wordsBefore(before)
	return l.clause[before] != l.clause[i] && startsWithAny(l.wordsBefore(i), deeds...) && !startsWithAny(words, otherDeeds...) && !startsWithAny(words, bareDeeds...) && !startsWithAny(words, openStates...)
}

// wordsBefore are the words of a figure's clause up to it, from the figure
// before on.
func (l *linker) wordsBefore(i int) string {
	from := l.figures[i].Start
	if c := l.clause[i]; c >= 0 {
		from = min(from, l.Clauses[c].Start)
	}
	if i > 0 {
		from = max(from, min(l.figures[i-1].End, l.figures[i].Start))
	}
	return strings.TrimPrefix(trimLeft(l.text[from:l.figures[i].Start], "，,、；;：:（( "), "其中")
}

// inflows begin the words for what is added to a stock.
var inflows = []string{"新增", "新收", "新发现", "新排查", "新受理", "新立", "增加", "转入"}

// remainder reads a partition closed by 余下, 其余: 新增57所,在建38所,余下19所.
func (l *linker) remainder(i int) {
	f := l.figures[i]
	if f.Kind != tongbao.Count || f.PartOf != "" || !leftOver(l.text[:f.Start]) {
		return
	}
	var same []int
	for k := i - 1; k >= 0 && l.sentence[k] == l.sentence[i]; k-- {
		if alike(l.figures[k], f) && l.figures[k].PartOf == "" && len(l.figures[k].Parts) == 0 {
			same = append([]int{k}, same...)
		}
	}
	for k := 1; k < len(same); k++ {
		if startsWithAny(l.wordsBefore(same[k]), inflows...) {
			return // 原有40个,新增5个,销号30个,尚余15个: a balance
		}
	}
	for t := range same {
		if parts := append(append([]int{}, same[t+1:]...), i); len(parts) > 1 && l.compareSum(l.figures[same[t]], parts) == 0 {
			if len(parts) == 2 && (!l.ongoing(parts[0]) || l.isTerm(parts[0]) && !endsWithAny(strings.TrimRight(l.text[:f.Start], "外有"), "另")) {
				return // what is done and what is left: a difference, not parts
			}
			l.join(same[t], parts)
			if f.What == "" || f.What == "另" || f.What == "另外" {
				f.What = l.figures[same[t]].What
			}
			return
		}
	}
	if len(same) < 2 || l.isTerm(same[len(same)-2]) || endsWithAny(trimRight(l.text[:f.Start], "有"), "另") {
		return // 另有 may go on with something else
	}
	if len(same) > 2 && l.largest(same) == same[0] && l.sameBreath(same[0], i) { // 137家…,停产11家、整改28家、搬迁9家,其余89家
		l.join(same[0], append(append([]int{}, same[1:]...), i))
		return
	}
	total, part := same[len(same)-2], same[len(same)-1]
	if !l.ongoing(part) {
		return
	}
	if between := l.text[l.figures[total].End:l.figures[part].Start]; strings.Contains(between, "、") && !strings.ContainsAny(between, "，,") {
		return // both are members of a list whose total stands elsewhere
	}
	if !atLeast(l.figures[total], l.figures[part]) {
		total, part = part, total
	}
	l.join(total, []int{part, i})
}

// leftOver reports whether a figure is one of what is left.
func leftOver(before string) bool {
	return endsWithAny(trimRight(before, "的有"), "余下", "其余", "剩余", "另外", "剩下", "尚余", "，另", ",另")
}

// ongoing reports whether the words before a figure say that it is under way:
// 在建38所,余下19所 are parts, 已建38所,余下19所 a difference.
func (l *linker) ongoing(k int) bool {
	return hasAny(l.wordsBefore(k), []string{"在建", "正在", "在办", "仍", "未", "拟", "计划", "将", "注销", "转让", "迁"})
}

// largest returns the one of the figures with the greatest value, the first of
// several.
func (l *linker) largest(figures []int) int {
	best := figures[0]
	for _, k := range figures[1:] {
		if !atLeast(l.figures[best], l.figures[k]) {
			best = k
		}
	}
	return best
}

// sameBreath reports whether the figures from a to b stand between commas only.
func (l *linker) sameBreath(a, b int) bool {
	return !strings.ContainsAny(l.text[l.figures[a].End:l.figures[b].Start], "；;。\n")
}

// partsNamed are the words for how many parts a total takes in.
var partsNamed = []string{"〇", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十"}

// namedNumber returns how many parts a total says that it takes in: 3 for
// 三项合计, 0 where it does not say.
func namedNumber(before string) int {
	for _, sum := range []string{"合计", "共计", "总计", "累计", "共"} {
		words, ok := strings.CutSuffix(before, sum)
		if !ok {
			continue
		}
		for _, unit := range []string{"项", "年", "个月", "类", "家", "笔", "批", "轮", "者", "种形态"} {
			if number, ok := strings.CutSuffix(words, unit); ok {
				return max(0, slices.Index(partsNamed, lastRunes(number, 1)))
			}
		}
		return 0
	}
	return 0
}

// totalled reads a total that follows its parts: 制定制度20项,部门制定9项,共
// 29项. One that does not add up is taken only where the words say which figures
// it takes in: 两项合计, or a bare 合计 right behind them.
func (l *linker) totalled(i int) {
	t := l.figures[i]
	before := trimRight(l.text[:t.Start], "为了达 ")
	if t.PartOf != "" || len(t.Parts) > 0 || !endsWithAny(before, "共", "共计", "合计", "总计", "累计", "总共") {
		return
	}
	parts := l.addingUp(i)
	if n := namedNumber(before); parts == nil && n > 1 {
		parts = l.partsBefore(i, n)
	} else if parts == nil && l.beginsClause(i, "合计", "总计") {
		parts = l.partsBefore(i, 0)
	}
	if len(parts) > 1 {
		l.join(i, parts)
		if t.Kind != tongbao.Sanction {
			t.What = l.figures[parts[0]].What
		}
	}
}

// addingUp are the figures right before figure i, in its sentence, that add up
// to it, none where they do not.
func (l *linker) addingUp(i int) []int {
	t := l.figures[i]
	want, ok := decimal(t.Value)
	sum := new(apd.Decimal)
	var parts []int
	for k := i - 1; ok && k >= 0 && l.sentence[k] == l.sentence[i]; k-- {
		f := l.figures[k]
		v, fine := decimal(f.Value)
		if !alike(t, f) || f.PartOf != "" || !fine {
			continue
		}
		if _, err := exact.Add(sum, sum, v); err != nil || sum.Cmp(want) > 0 {
			return nil
		}
		if parts = append([]int{k}, parts...); sum.Cmp(want) == 0 && len(parts) > 1 {
			return parts
		}
	}
	return nil
}

// partsBefore are the n figures before figure i that can be its parts, none
// where there are fewer; for 0 all of the same breath, none where figures of
// other things stand among them (工程7个、资产11处、工程款4笔,合计22个).
func (l *linker) partsBefore(i, n int) []int {
	listed := strings.HasSuffix(trimRight(l.text[:l.figures[i].Start], "合总计"), "；") // a；b；合计
	var parts []int
	for k := i - 1; k >= 0 && l.sentence[k] == l.sentence[i] && (n == 0 && (listed || l.sameBreath(k, i)) || len(parts) < n); k-- {
		switch f := l.figures[k]; {
		case alike(l.figures[i], f) && f.PartOf == "":
			if n == 0 && !atLeast(l.figures[i], f) {
				return parts
			}
			parts = append([]int{k}, parts...)
		case n == 0 && f.Kind == l.figures[i].Kind:
			return nil
		}
	}
	if len(parts) < n {
		return nil
	}
	return parts
}

// beginsClause reports whether a figure's clause has nothing before it but one
// of the words.
func (l *linker) beginsClause(i int, words ...string) bool {
	c := l.clause[i]
	return c >= 0 && slices.Contains(words, strings.Trim(l.text[l.Clauses[c].Start:l.figures[i].Start], "，,；;、 为"))
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
		if f.Kind != tongbao.Sanction || f.Unit != "人" || f.PartOf != "" || f.Rule != "sanction-behind" || !startsWithAny(trimLeft(l.text[f.End:], "被均已"), "给予", "予以", "受到", "进行") {
			break
		}
		parts = append(parts, k)
	}
	if len(parts) >= 2 {
		l.join(i, parts)
	}
}

// namesTotal reports whether words that a list follows name its total anew.
func namesTotal(before string) bool {
	return endsWithAny(trimRight(before, "，,：: "), "处分中", "处理中", "处分的人员中", "处分人员中", "处分包括", "处理包括", "处分分别为")
}

// forms are the four forms of supervision and discipline (监督执纪四种形态), in
// their order.
var forms = []string{"第一种形态", "第二种形态", "第三种形态", "第四种形态"}

// fourForms reads the four forms one after the other: with all of them named a
// list is complete. The total is the figure before them.
func (l *linker) fourForms(i int) {
	var parts []int
	for k := i + 1; k < len(l.figures) && l.sentence[k] == l.sentence[i] && len(parts) < len(forms); k++ {
		f := l.figures[k]
		if f.Kind != tongbao.Count && f.Kind != tongbao.Sanction {
			continue
		}
		if !alike(l.figures[i], f) || !strings.Contains(l.text[l.figures[k-1].End:f.Start], forms[len(parts)]) {
			return
		}
		parts = append(parts, k)
	}
	if len(parts) == len(forms) {
		l.join(i, parts)
	}
}
