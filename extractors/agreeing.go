package extractors

import (
	"strings"

	"github.com/cockroachdb/apd/v3"

	"tongbao"
)

// How far the terms of a percentage may stand from it where only the arithmetic
// tells that they are its terms.
const (
	agreeingFigures = 8   // figures looked at on either side
	agreeingReach   = 360 // bytes, about 120 characters
)

// agreeingRule is added to the rule of a figure whose terms only the arithmetic
// told, so that nobody takes their agreement for evidence.
const agreeingRule = "-agreeing"

// agreeing ties a percentage that no wording has tied, or to figures of which it
// is no quotient, to the two nearest figures of one measure word whose quotient it is, to the places printed:
// 全县203个村,经营性收入十万元以上的达到142个,占70%. Only a percentage of two
// digits and more proves anything; 100 % and changes prove nothing.
func (l *linker) agreeing(i int) {
	p := l.figures[i]
	if p.Kind != tongbao.Percentage || p.Denominator != "" && l.rightBeside(i) || p.Direction != "" && p.Direction != "share" || p.Approx != "" {
		return
	}
	stated, ok := decimal(p.Value)
	if !ok || stated.NumDigits() < 2 || stated.Cmp(hundred) >= 0 || l.holds(i, stated) {
		return
	}
	near, inRow := l.around(i), p.Numerator != "" && p.Denominator == "" // one of a row of rates, by its place
	best, terms := agreeingReach+1, [2]int{}
	for _, part := range near {
		for _, whole := range near {
			if inRow && (l.figures[part].ID != p.Numerator || l.isTerm(whole)) {
				continue
			}
			reach := l.reach(i, part, whole)
			if part == whole || reach >= best || p.Numerator != "" && p.Denominator == "" && p.Numerator != l.figures[part].ID || !alike(l.figures[whole], l.figures[part]) {
				continue
			}
			if isShare(stated, l.figures[part].Value, l.figures[whole].Value) && (stated.NumDigits() > 2 || l.sentence[whole] == l.sentence[i] && l.sentence[part] == l.sentence[i] || l.namedBy(i, whole)) {
				best, terms = reach, [2]int{part, whole}
			}
		}
	}
	if best <= agreeingReach {
		p.Numerator, p.Denominator = l.figures[terms[0]].ID, l.figures[terms[1]].ID
		p.Rule += agreeingRule
	}
}

// holds reports whether a percentage is the quotient of the terms that it has.
func (l *linker) holds(i int, stated *apd.Decimal) bool {
	part, whole := l.term(i, l.figures[i].Numerator), l.term(i, l.figures[i].Denominator)
	return part != nil && whole != nil && isShare(stated, part.Value, whole.Value)
}

// term returns the figure of that id near a percentage, nil where there is none.
func (l *linker) term(i int, id string) *tongbao.Fact {
	for k := min(i+3, len(l.figures)) - 1; id != "" && k >= max(0, i-100); k-- {
		if l.figures[k].ID == id {
			return l.figures[k]
		}
	}
	return nil
}

// around lists the figures near a percentage that can be its terms: of its
// sentence and the one before, in its paragraph.
func (l *linker) around(i int) []int {
	var near []int
	for k := i - 1; k >= max(0, i-agreeingFigures) && l.near(k, i) && l.figures[i].Start-l.figures[k].End <= agreeingReach; k-- {
		if l.figures[k].Kind == tongbao.Count || l.figures[k].Kind == tongbao.Money || l.figures[k].Kind == tongbao.Sanction {
			near = append(near, k)
		}
	}
	for k := i + 1; k < min(len(l.figures), i+3) && l.sentence[k] == l.sentence[i] && !strings.ContainsAny(l.text[l.figures[i].End:l.figures[k].Start], "；;"); k++ {
		if l.figures[k].Kind == tongbao.Count || l.figures[k].Kind == tongbao.Money {
			near = append(near, k)
		}
	}
	return near
}

// namedBy reports whether the clause of a percentage names what a figure counts.
func (l *linker) namedBy(i, whole int) bool {
	c := l.clause[i]
	return c >= 0 && l.Clauses[c].Start < l.figures[i].Start && sharesNoun(l.figures[whole].What, l.text[l.Clauses[c].Start:l.figures[i].Start])
}

// reach is how far the text stretches that holds the three figures.
func (l *linker) reach(a, b, c int) int {
	first, last := min(a, b, c), max(a, b, c)
	return l.figures[last].End - l.figures[first].Start
}

var hundred = apd.New(100, 0)

// isShare reports whether part is so many per cent of whole, by rounding or
// cutting off to the places printed.
func isShare(stated *apd.Decimal, part, whole string) bool {
	x, ok1 := decimal(part)
	y, ok2 := decimal(whole)
	if !ok1 || !ok2 || y.Sign() <= 0 || x.Cmp(y) >= 0 {
		return false
	}
	difference, scaled, unit := new(apd.Decimal), new(apd.Decimal), new(apd.Decimal)
	if _, err := exact.Mul(difference, stated, y); err != nil {
		return false
	}
	if _, err := exact.Mul(scaled, x, hundred); err != nil {
		return false
	}
	if _, err := exact.Sub(difference, scaled, difference); err != nil {
		return false
	}
	if _, err := exact.Mul(unit, y, apd.New(1, min(stated.Exponent, 0))); err != nil {
		return false
	}
	half := new(apd.Decimal)
	if _, err := exact.Mul(half, unit, apd.New(-5, -1)); err != nil {
		return false
	}
	return difference.Cmp(half) >= 0 && difference.Cmp(unit) < 0
}
