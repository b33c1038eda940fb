package extractors

import (
	"github.com/cockroachdb/apd/v3"

	"tongbao"
)

// likelier is the denominator of a rate that stands in another sentence than
// what is done: the nearest, unless the rate is far from what it gives and near
// to what the next one farther gives (33个问题细化成86个子问题。…完成整改29个,完成率
// 87.9%).
func (l *linker) likelier(i, done, nearest int) int {
	if l.nearlyGives(i, done, nearest) {
		return nearest
	}
	for k := nearest - 1; k >= 0 && l.sentence[k] >= l.sentence[done]-2 && l.paragraph(k, i); k-- {
		f := l.figures[k]
		if f.Kind == tongbao.Count && alike(f, l.figures[done]) && f.PartOf == "" && !l.compared(k) && l.nearlyGives(i, done, k) {
			return k
		}
	}
	return nearest
}

// nearlyGives reports whether the quotient of two figures is within five points
// of a percentage.
func (l *linker) nearlyGives(i, part, whole int) bool {
	p, ok1 := decimal(l.figures[i].Value)
	x, ok2 := decimal(l.figures[part].Value)
	y, ok3 := decimal(l.figures[whole].Value)
	if !ok1 || !ok2 || !ok3 || y.Sign() <= 0 {
		return false
	}
	q := new(apd.Decimal)
	if _, err := exact.Mul(q, x, hundred); err != nil {
		return false
	}
	if _, err := exact.Quo(q, q, y); err != nil {
		return false
	}
	if _, err := exact.Sub(q, q, p); err != nil {
		return false
	}
	q.Abs(q)
	return q.Cmp(apd.New(5, 0)) <= 0
}
