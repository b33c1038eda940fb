package extractors

import (
	"strings"
	"unicode/utf8"

	"tongbao"
)

// AnotherBreakdown reports whether the words between two parts of a total begin
// to share it out once more: ；按属地分，东溪区; ；问责对象中，县管干部.
func AnotherBreakdown(between string) bool {
	return sharedBy(between) || hasAny(between, []string{"对象中", "人员中"})
}

// OtherwiseApart reports whether two parts of a total tell persons apart in two
// ways, by who they are and by what befell them, so that the second begins
// another breakdown: 其中科级干部10人,|党内警告9人.
func OtherwiseApart(a, b *tongbao.Fact) bool {
	return ranked(a) && measured(b) || measured(a) && ranked(b)
}

// ranks are in the names of persons told apart by how high they stand.
var ranks = []string{"部级", "厅级", "厅局级", "司局级", "局级", "处级", "科级", "股级"}

func ranked(f *tongbao.Fact) bool {
	return (f.Rule == amongSanctioned || f.Kind == tongbao.Count && persons(f) && hasAny(f.What, ranks)) && !startsWithAny(f.What, "其他", "其余")
}

func measured(f *tongbao.Fact) bool {
	return f.Kind == tongbao.Sanction && f.Measure != "" && f.Rule != amongSanctioned && !f.Implied
}

// measuredToo reads the second breakdown of persons told apart in two ways: 18人,
// 其中科级干部10人,包括党内警告9人、…. Where no word leads to it, it must add up.
func (l *linker) measuredToo(i int) {
	f := l.figures[i]
	if i == 0 || f.PartOf != "" || l.sentence[i-1] != l.sentence[i] || l.figures[i-1].PartOf == "" || !OtherwiseApart(l.figures[i-1], f) {
		return
	}
	total := i - 1
	for total >= 0 && l.figures[total].ID != l.figures[i-1].PartOf {
		total--
	}
	if total < 0 || f.Category != "" && f.Category != l.figures[total].Category && !together(l.figures[total]) {
		return
	}
	var parts []int
	for k := i; k < len(l.figures) && l.sentence[k] == l.sentence[i] && l.figures[k].PartOf == "" && alike(l.figures[total], l.figures[k]) && l.figures[k].Category == f.Category && !OtherwiseApart(f, l.figures[k]); k++ {
		if parts = append(parts, k); l.compareSum(l.figures[total], parts) == 0 {
			l.joinAgain(total, parts)
			return
		}
	}
	if len(parts) > 1 && hasAny(l.text[l.figures[i-1].End:f.Start], []string{"包括", "其中", "含"}) {
		l.joinAgain(total, parts)
	}
}

// sharedBy reports whether words share a total out by something: 按属地分,
// 按性质划分, 从类型看.
func sharedBy(text string) bool {
	for _, way := range [][2]string{{"按", "分"}, {"从", "看"}} {
		start := indexOf(text, way[0])
		if start < 0 {
			continue
		}
		rest := text[start+len(way[0]):]
		stop := strings.IndexAny(rest, "，,：:")
		if stop < 0 || !strings.HasSuffix(rest[:stop], way[1]) || utf8.RuneCountInString(rest[:stop]) > 8 {
			continue
		}
		if before := strings.TrimSuffix(strings.TrimRight(text[:start], " "), "其中"); before == "" || endsWithAny(before, "，", ",", "；", ";", "。", "\n", "（", "(") {
			return true
		}
	}
	return false
}

// sharedByReach is how many bytes before the first part the words may begin.
const sharedByReach = 120

// otherBreakdown reads a total that is shared out once more behind its first
// list: 29宗,其中收回8宗、督促开工21宗;按属地分,东溪区11宗、高桥县18宗. The words
// say of what: of the total of the list before, else of the figure before.
func (l *linker) otherBreakdown(i int) {
	f := l.figures[i]
	if i == 0 || f.Kind != tongbao.Count && f.Kind != tongbao.Money || f.PartOf != "" {
		return
	}
	between := l.text[max(min(l.figures[i-1].End, f.Start), f.Start-sharedByReach):f.Start]
	if !sharedBy(between) || strings.Contains(between, "\n") {
		return
	}
	total := -1
	for k := i - 1; k >= 0 && k > i-16 && l.paragraph(k, i) && l.sentence[k] >= l.sentence[i]-1; k-- {
		if t := l.figures[k]; alike(t, f) && t.PartOf == "" && atLeast(t, f) {
			total = k
			break
		}
	}
	if total < 0 {
		return
	}
	t := l.figures[total]
	var parts []int
	for k := i; k < len(l.figures) && l.sentence[k] == l.sentence[i]; k++ {
		p := l.figures[k]
		if k > i && strings.ContainsAny(l.text[l.figures[k-1].End:p.Start], "；;") {
			break
		}
		if alike(t, p) && p.PartOf == "" && !l.nested(k, l.figures[i].Start) {
			parts = append(parts, k)
		}
	}
	if len(parts) < 2 || l.compareSum(t, parts) != 0 && len(t.Parts) == 0 {
		return
	}
	l.joinAgain(total, parts)
}

// joinAgain makes the figures parts of a total that may have others: the words
// between (AnotherBreakdown) tell the lists apart.
func (l *linker) joinAgain(total int, parts []int) {
	t := l.figures[total]
	for _, p := range parts {
		if part := l.figures[p]; part.PartOf == "" && part.ID != t.PartOf {
			part.PartOf = t.ID
			t.Parts = append(t.Parts, part.ID)
		}
	}
}

// alongside reads a total and its parts in a second unit beside the first:
// 29宗、134.9公顷,其中收回8宗、41.2公顷,督促开工21宗、93.7公顷.
func (l *linker) alongside(i int) {
	t := l.figures[i]
	if len(t.Parts) < 2 || i+1 >= len(l.figures) || !l.beside(i) {
		return
	}
	second := l.figures[i+1]
	if len(second.Parts) > 0 {
		return
	}
	var parts []int
	for k, n := i+2, 0; k < len(l.figures) && n < len(t.Parts); k++ {
		if l.figures[k].ID != t.Parts[n] {
			continue
		}
		if !l.beside(k) || !alike(second, l.figures[k+1]) || l.figures[k+1].PartOf != "" {
			return
		}
		parts, n = append(parts, k+1), n+1
	}
	if len(parts) == len(t.Parts) {
		l.join(i+1, parts)
	}
}

// besideLimit is the length in characters of what may stand between a figure and
// the one of the same things in another unit.
const besideLimit = 6

// beside reports whether the figure behind figure i says how much the same
// things are in another unit: 29宗、134.9公顷, 92个、面积61.8公顷.
func (l *linker) beside(i int) bool {
	if i+1 >= len(l.figures) || l.sentence[i] != l.sentence[i+1] || alike(l.figures[i], l.figures[i+1]) || l.figures[i+1].Kind == tongbao.Percentage {
		return false
	}
	between := l.text[l.figures[i].End:max(l.figures[i].End, l.figures[i+1].Start)]
	if between == "" || between == "、" {
		return true
	}
	words := strings.TrimLeft(between, "、，,（(")
	return words != between && utf8.RuneCountInString(words) <= besideLimit && startsWithAny(words, "面积", "总面积", "金额", "资金", "涉及金额", "涉及资金", "涉及面积", "涉案", "共", "合计", "总投资", "投资", "授信", "敞口", "标的", "价值", "总额", "资产")
}

// outOf reads one among those named: 14个村中,实现增收的有11个. Where several
// follow, they need not be all, nor be apart.
func (l *linker) outOf(i int) {
	t := l.figures[i]
	if t.Kind != tongbao.Count || i+1 >= len(l.figures) || len(t.Parts) > 0 || l.sentence[i+1] != l.sentence[i] {
		return
	}
	part := l.figures[i+1]
	between := l.text[t.End:max(t.End, part.Start)]
	noun, words, ok := strings.Cut(between, "中")
	if !ok || utf8.RuneCountInString(noun) > 8 || strings.ContainsAny(noun, "，,；;、：:（(") || strings.HasSuffix(noun, "其") || !startsWithAny(words, "，", ",", "有", "已", "的") {
		return
	}
	if strings.ContainsAny(words, "；;") || !alike(t, part) || part.PartOf != "" || !atLeast(t, part) {
		return
	}
	l.join(i, []int{i + 1})
}
