package extractors

import (
	"strings"

	"github.com/cockroachdb/apd/v3"

	"tongbao"
)

// exhausted reads a list right behind a count that adds up to it: 矿山68座,关停
// 41座、整合8座、保留19座. The words alone do not say that it is complete, so
// only one that adds up is taken, or misses by so little that it is meant to.
func (l *linker) exhausted(i int) {
	t := l.figures[i]
	if t.Kind != tongbao.Count || len(t.Parts) > 0 || i+2 >= len(l.figures) || l.sentence[i+2] != l.sentence[i] {
		return
	}
	first := l.pastSecondUnit(i)
	if first+1 >= len(l.figures) || l.sentence[first+1] != l.sentence[i] || !alike(t, l.figures[first]) || !alike(t, l.figures[first+1]) || !l.sameBreath(i, first) || l.reaches(t, l.figures[first]) {
		return
	}
	want, ok := decimal(t.Value)
	if !ok {
		return
	}
	sum := new(apd.Decimal)
	var parts []int
	for k := first; k < len(l.figures) && l.sentence[k] == l.sentence[i]; k++ {
		f := l.figures[k]
		v, ok := decimal(f.Value)
		if len(parts) > 2 && !l.sameBreath(i, k) {
			break // the list has ended, and another thing begins
		}
		if !alike(t, f) || f.PartOf != "" || !ok || f.Kind == tongbao.Sanction && l.ownObject(k) || leftOver(l.text[:f.Start]) || k == first && l.deduction(k) || endsWithAny(strings.TrimRight(l.text[:f.Start], "了 "), "减少", "增加", "压减", "净增") {
			return
		}
		if _, err := exact.Add(sum, sum, v); err != nil {
			return
		}
		if parts = append(parts, k); sum.Cmp(want) == 0 {
			if len(parts) > 2 || len(parts) > 1 && !strings.Contains(l.text[t.End:l.figures[first].Start], "涉及") {
				l.join(i, parts)
			}
			return
		}
	}
	if l.meant(i, parts) {
		l.join(i, parts)
	}
}

// meant reports whether a list is meant to make up a total though it does not:
// three parts and more in one breath, to the sentence's or clause's end, that a
// colon or 已 leads to (分类施策：注销127家,迁出38家,…), and that miss the total by
// a few hundredths of it. Without a colon they can only be too many.
func (l *linker) meant(total int, parts []int) bool {
	if len(parts) < 3 || len(l.figures[total].Value) < 2 {
		return false
	}
	t, first, last := l.figures[total], l.figures[parts[0]], l.figures[parts[len(parts)-1]]
	if end := l.text[last.End:]; !startsWithAny(end, "。", "；", ";", "\n") {
		return false
	}
	lead := l.text[t.End:max(t.End, first.Start)]
	lead = lead[strings.LastIndexAny(lead, "）)")+1:] // a remark on the total
	colon := strings.ContainsAny(lead, "：:")
	if !colon && strings.ContainsAny(l.text[first.End:last.Start], "，,") {
		return false // and then goes on with what else was done
	}
	if strings.ContainsAny(lead+l.text[first.End:last.Start], "；;。") || !colon && !strings.Contains(lead, "，已") && !strings.Contains(lead, ",已") || hasAny(lead, []string{"其中", "包括", "等"}) {
		return false
	}
	over := l.compareSum(t, parts) > 0
	return l.misses(t, parts) && (colon || over)
}

// misses reports whether the sum of the parts is within three hundredths of the
// total, or one off it.
func (l *linker) misses(t *tongbao.Fact, parts []int) bool {
	off, _ := decimal(t.Value)
	limit := new(apd.Decimal)
	if _, err := exact.Mul(limit, off, apd.New(3, -2)); err != nil {
		return false
	}
	if one := apd.New(1, 0); limit.Cmp(one) < 0 {
		limit = one
	}
	sum, ok := l.sumOf(parts)
	if !ok {
		return false
	}
	if _, err := exact.Sub(off, off, sum); err != nil {
		return false
	}
	off.Abs(off)
	return off.Cmp(limit) <= 0
}

// deduction reports whether the words before a figure say that so many do not
// count: 426件,剔除重复件38件后实有388件.
func (l *linker) deduction(k int) bool {
	c := l.clause[k]
	return c >= 0 && l.Clauses[c].Start < l.figures[k].Start && hasAny(l.text[l.Clauses[c].Start:l.figures[k].Start], []string{"剔除", "扣除", "去除", "核减", "除去", "减去", "排除", "合并"})
}

// pastSecondUnit is the index of the figure behind figure i, or behind those that
// say how much the same things are in another unit or what they concern: 92个、面积
// 61.8公顷（其中耕地23.5公顷）,已拆除|57个; 36户,涉及职工2300人,已注销|14户.
func (l *linker) pastSecondUnit(i int) int {
	k := i + 1
	for k < len(l.figures) && k < i+5 && l.sentence[k] == l.sentence[i] && !alike(l.figures[i], l.figures[k]) {
		if c := l.clause[k]; !l.beside(k-1) && l.parentOf(k) < 0 && (c < 0 || l.Clauses[c].Start > l.figures[k].Start || !startsWithAny(l.text[l.Clauses[c].Start:], "涉及", "资产")) {
			return i + 1
		}
		k++
	}
	return k
}
