package extractors

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/cockroachdb/apd/v3"

	"tongbao"
)

// doneStates and openStates are the words for how far things have come: what is
// in one state is in no other. openStates are those of what is not quite done.
var (
	doneStates = []string{"已", "完成", "全部完成", "整改到位", "整改完成", "办结", "均已", "了结", "查结", "化解", "销号", "落实", "整改"}
	openStates = []string{"基本", "已基本", "阶段性", "取得阶段性", "取得明显", "部分完成", "长期", "需长期", "需持续", "持续推进", "持续整改", "正在", "尚未", "未完成", "未整改", "未办结", "未销号", "仍在", "在办", "推进中"}
)

// accounted reads figures of how far things have come, of a total that may stand
// some clauses before, behind a date or a rate: 分解27个问题…。截至10月31日,已完成
// 22个、基本完成3个、长期坚持2个. The words say that they share it out; a list that
// exceeds the sole figure that it can be of is taken as well.
func (l *linker) accounted(i int) {
	if !l.hasState(i) || i > 0 && l.sentence[i-1] == l.sentence[i] && l.hasState(i-1) && alike(l.figures[i-1], l.figures[i]) {
		return
	}
	states := []int{i}
	for k := i + 1; k < len(l.figures) && l.sentence[k] == l.sentence[i]; k++ {
		f := l.figures[k]
		if f.Kind == tongbao.Percentage || f.Kind == tongbao.RatioFact || !alike(l.figures[i], f) {
			continue
		}
		if !l.hasState(k) {
			break
		}
		states = append(states, k)
	}
	if len(states) < 2 || !slices.ContainsFunc(states, l.open) || len(states) == 2 && l.left(states[1]) {
		return // what is done and what is left: a difference, not parts
	}
	var wholes []int
	for k := i - 1; k >= 0 && k > i-12 && l.paragraph(k, i) && l.sentence[k] >= l.sentence[i]-3; k-- {
		t := l.figures[k]
		if !alike(t, l.figures[i]) || t.PartOf != "" || len(t.Parts) > 0 || !atLeast(t, l.figures[l.largest(states)]) {
			continue
		}
		if l.compareSum(t, states) == 0 {
			l.join(k, states)
			return
		}
		wholes = append(wholes, k)
	}
	if len(wholes) == 1 && l.slightlyOver(wholes[0], states) {
		l.join(wholes[0], states)
	}
}

// hasState reports whether the words right before a figure, or right behind it,
// say how far so many have come.
func (l *linker) hasState(i int) bool {
	f := l.figures[i]
	if f.Kind != tongbao.Count || f.PartOf != "" || l.clause[i] < 0 || f.Approx != "" {
		return false
	}
	behind := l.text[f.End:]
	if startsWithAny(behind, "已", "均已", "正在", "尚未", "仍在", "基本完成") {
		return true
	}
	if behind != "" && !isPunctuation(string(firstRune(behind))) {
		return false // 完成项目22个 has a noun of its own, 完成22个项目 too
	}
	words := l.stateWords(i)
	return utf8.RuneCountInString(words) <= 8 && (startsWithAny(words, doneStates...) || startsWithAny(words, openStates...))
}

// stateWords are the words right before a figure in its clause, without the noun
// that they may begin with: 措施|已落实115条.
func (l *linker) stateWords(i int) string {
	f := l.figures[i]
	from := l.Clauses[l.clause[i]].Start
	if i > 0 {
		from = max(from, min(l.figures[i-1].End, f.Start))
	}
	if from >= f.Start {
		return ""
	}
	words := strings.TrimRight(strings.TrimLeft(l.text[from:f.Start], "，,、；;其中目前 "), "的有为")
	for _, word := range []string{"已", "正在"} {
		if at := strings.Index(words, word); at > 0 && at <= len("整改措施") {
			return words[at:]
		}
	}
	return words
}

// open reports whether a figure is of what is not quite done.
func (l *linker) open(i int) bool {
	return startsWithAny(l.stateWords(i), openStates...) || startsWithAny(l.text[l.figures[i].End:], "正在", "尚未", "仍在", "基本")
}

// partlyDone reports whether a figure is of what is not done, or not quite, in a
// list of states of which another is done.
func (l *linker) partlyDone(k int) bool {
	if k == 0 || l.sentence[k-1] != l.sentence[k] || !alike(l.figures[k-1], l.figures[k]) || !l.hasState(k) || !l.hasState(k-1) {
		return false
	}
	return l.open(k)
}

// left reports whether the words before a figure say that it is what is left.
func (l *linker) left(i int) bool {
	before := strings.TrimRight(l.text[:l.figures[i].Start], "的有")
	return leftOver(before) || endsWithAny(before, "尚", "还", "未完成", "未办结", "未整改", "未销号", "未到位", "仍")
}

// slightlyOver reports whether figures exceed a total by so little that they are
// meant to make it up.
func (l *linker) slightlyOver(total int, parts []int) bool {
	want, ok := decimal(l.figures[total].Value)
	sum, fine := l.sumOf(parts)
	if !ok || !fine {
		return false
	}
	limit := new(apd.Decimal)
	if _, err := exact.Mul(limit, want, apd.New(11, -1)); err != nil {
		return false
	}
	return sum.Cmp(want) > 0 && sum.Cmp(limit) <= 0
}
