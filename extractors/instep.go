package extractors

import (
	"strings"
	"unicode/utf8"

	"tongbao"
)

// inStep reads figures given 分别 for as many named before, and their rates:
// 信访件40件、问题线索20件,已分别办结38件、15件,办结率为95%、75%. Each is of what
// stands in its place.
func (l *linker) inStep(i int) {
	f := l.figures[i]
	if i < 2 || i+1 >= len(l.figures) || f.Kind != tongbao.Count && f.Kind != tongbao.Money || f.PartOf != "" || !inRow(l.text[f.End:max(f.End, l.figures[i+1].Start)]) {
		return
	}
	_, deed, ok := strings.Cut(l.wordsBefore(i), "分别")
	if !ok || deed == "" || utf8.RuneCountInString(deed) > 6 || !hasAny(deed, doneVerbs) {
		return
	}
	row := l.row(i)
	first := i - len(row)
	if len(row) < 2 || first < 0 || l.sentence[first] != l.sentence[i] || !l.listedNames(first, len(row)) {
		return
	}
	for k, done := range row {
		if !alike(l.figures[first+k], l.figures[done]) {
			return
		}
	}
	for k, done := range row {
		l.figures[done].What = ownNoun(l.figures[first+k].What) + deed
	}
	l.ratesInStep(i, len(row))
}

// ratesInStep ties the rates right behind such a list, as many as it has figures.
func (l *linker) ratesInStep(i, n int) {
	rate := i + n
	if rate >= len(l.figures) || l.sentence[rate] != l.sentence[i] || l.figures[rate].Kind != tongbao.Percentage || !strings.HasSuffix(l.figures[rate].What, "率") || !l.sameBreath(rate-1, rate) {
		return
	}
	rates := l.row(rate)
	if len(rates) != n {
		return
	}
	name := l.figures[rate].What
	for k, r := range rates {
		p, whole := l.figures[r], l.figures[i-n+k]
		p.Numerator, p.Denominator, p.What = l.figures[i+k].ID, whole.ID, ownNoun(whole.What)+name
		p.Rule = strings.TrimSuffix(p.Rule, agreeingRule)
	}
}

// listedNames reports whether n figures from the first on are a list of things,
// each with its name: 信访件40件、问题线索20件.
func (l *linker) listedNames(first, n int) bool {
	for k := first + 1; k < first+n; k++ {
		between := l.text[l.figures[k-1].End:max(l.figures[k-1].End, l.figures[k].Start)]
		if rest := strings.TrimPrefix(between, "、"); rest == between || strings.ContainsAny(rest, "，,；;。、") || l.figures[k].What == "" {
			return false
		}
	}
	return l.figures[first].What != ""
}

// ownNoun is a name without the deed and the body before it: 巡视组移交|信访件.
func ownNoun(what string) string {
	for _, deed := range [...]string{"移交", "转办", "转来", "交办", "收到", "受理", "反馈", "发现"} {
		if at := strings.LastIndex(what, deed); at >= 0 && len(what) > at+len(deed) {
			what = what[at+len(deed):]
		}
	}
	return what
}
