package extractors

import (
	"strings"
	"unicode/utf8"

	"tongbao"
)

// formerLevel reports whether a percentage is the level from which another is
// reached: 办证率由|41.5%|提高到85.7%. It is not what the figures before it make.
func (l *linker) formerLevel(i int) bool {
	p := l.figures[i]
	if i+1 >= len(l.figures) || l.figures[i+1].Kind != tongbao.Percentage || l.sentence[i+1] != l.sentence[i] || l.clause[i] < 0 || l.Clauses[l.clause[i]].Start >= p.Start {
		return false
	}
	between := l.text[p.End:max(p.End, l.figures[i+1].Start)]
	before := lastRunes(l.text[l.Clauses[l.clause[i]].Start:p.Start], levelReach)
	return utf8.RuneCountInString(between) <= levelReach && !strings.ContainsAny(between, "，,；;、。") && strings.ContainsAny(between, "到至为") && strings.ContainsAny(before, "由从")
}

// changeRate ties a rate of change to the change and to the level from which it
// is reckoned: 由412次减少到268次,减少144次,下降35%.
func (l *linker) changeRate(i int) {
	p := l.figures[i]
	if i < 3 || p.Kind != tongbao.Percentage || p.Numerator != "" || strings.HasSuffix(p.Quote, "百分点") || l.sentence[i-3] != l.sentence[i] {
		return
	}
	from, to, by := l.figures[i-3], l.figures[i-2], l.figures[i-1]
	if !alike(from, to) || !alike(to, by) || !l.reaches(from, to) || !l.changesBy(to, by) || !l.changesBy(by, p) {
		return
	}
	p.Numerator, p.Denominator = by.ID, from.ID
}

// isLevel reports whether a figure is one of two levels between which something
// changed (重复访由85件下降到40件), and so no part of what stands before.
func (l *linker) isLevel(i int) bool {
	c := l.clause[i]
	if c < 0 || l.Clauses[c].Start > l.figures[i].Start || !strings.ContainsAny(l.text[l.Clauses[c].Start:l.figures[i].Start], "由从") {
		return false
	}
	return i+1 < len(l.figures) && l.clause[i+1] == c && l.reaches(l.figures[i], l.figures[i+1]) || i > 0 && l.clause[i-1] == c && l.reaches(l.figures[i-1], l.figures[i])
}

// reaches reports whether the words between two figures lead from a level to the
// next.
func (l *linker) reaches(from, to *tongbao.Fact) bool {
	between := l.text[from.End:max(from.End, to.Start)]
	return len(between) <= 6*levelReach && !strings.ContainsAny(between, "，,；;。、：:") && strings.ContainsAny(between, "到至为")
}

// changesBy reports whether a figure says by how much, or by what rate, the
// figure right before it changed, against nothing else (较上年).
func (l *linker) changesBy(f, by *tongbao.Fact) bool {
	between := strings.TrimLeft(l.text[f.End:max(f.End, by.Start)], "，,、（( ")
	return utf8.RuneCountInString(between) <= 6 && !strings.ContainsAny(between, "较比每；;。") && (changeVerb(between) != "" || endsWithAny(strings.TrimRight(between, "达为约了"), "降幅", "增幅"))
}
