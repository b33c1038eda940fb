package extractors

import (
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
		if parts = l.ofCategory(t, parts); t.Kind != tongbao.Sanction {
			return
		}
	}
	l.join(i, parts)
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
		if !alike(t, f) || f.PartOf != "" || !ok || f.Kind == tongbao.Sanction && l.ownObject(k) {
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
