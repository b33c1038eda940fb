package extractors

import (
	"strings"
	"unicode/utf8"

	"tongbao"
)

// amongThem reads the lists behind 其中: the total is the figure before it.
func (l *linker) amongThem() {
	l.including()
	at := 0
	for from := 0; ; {
		k := indexOf(l.text[from:], "其中")
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
		if l.figures[first].Start-mark > 120 || l.sentence[first] < 0 || l.namesTotalAfter(from, first) {
			continue
		}
		l.amongThese(first, mark)
		if next := first + 1; next < len(l.figures) && l.figures[next].Kind != l.figures[first].Kind && l.text[l.figures[first].End:max(l.figures[first].End, l.figures[next].Start)] == "、" {
			l.amongExactly(next, mark) // 追回638.5万元,其中在职12名、|417.2万元
		}
	}
}

// amongExactly joins the list that begins at a figure to the total that it adds
// up to.
func (l *linker) amongExactly(first, mark int) {
	for _, i := range l.totalsBefore(first, mark) {
		parts := l.listFrom(i, first, false)
		for k := 2; k <= len(parts); k++ {
			if l.compareSum(l.figures[i], parts[:k]) == 0 {
				l.join(i, parts[:k])
				return
			}
		}
	}
}

// including reads the lists behind 包括, which need not be of the figure before
// it and so must add up: 违规报销216.48万元,包括差旅费57.3万元、劳务费…
func (l *linker) including() {
	for i, t := range l.figures {
		rest := trimLeft(l.text[t.End:], "，,：:（( ")
		if !startsWithAny(rest, "包括", "含", "即") || i+2 >= len(l.figures) {
			continue
		}
		var parts []int
		for k := i + 1; k < len(l.figures) && l.sentence[k] == l.sentence[i] && alike(t, l.figures[k]); k++ {
			if parts = append(parts, k); len(parts) > 1 && l.compareSum(t, parts) == 0 {
				l.join(i, parts)
				break
			}
		}
	}
}

// amongThese chooses the total for the list that begins at the figure first:
// a figure before it of the same kind that the list adds up to, the nearest
// first; else the one right before 其中; else the nearest that is not smaller
// than the list.
func (l *linker) amongThese(first, mark int) {
	if l.byCategory(first) {
		return
	}
	totals := l.totalsBefore(first, mark)
	announced := startsWithAny(l.text[mark:], "其中：", "其中:") // and then verbs of its own belong to the list
	fallback := -1
	for _, i := range totals {
		parts := l.uptoTotal(l.figures[i], l.listFrom(i, first, false))
		if l.compareSum(l.figures[i], parts) != 0 && !announced {
			parts = l.strictList(i, first)
		}
		switch c := l.compareSum(l.figures[i], parts); {
		case c == 0:
			l.join(i, parts)
			return
		case fallback < 0 && (c < 0 || i == totals[0] && l.rightBefore(i, mark, parts)):
			fallback = i
		}
	}
	if fallback < 0 && (len(totals) == 1 || len(totals) > 1 && l.measuresOf(totals[0], first)) {
		fallback = totals[0]
	}
	if fallback >= 0 {
		parts := l.uptoTotal(l.figures[fallback], l.listFrom(fallback, first, false))
		if !announced {
			parts = l.strictList(fallback, first)
		}
		l.join(fallback, parts)
	}
}

// strictList is a list that ends where the story goes on; where it would exceed
// its total, before a clause that begins with a deed.
func (l *linker) strictList(total, first int) []int {
	parts := l.uptoTotal(l.figures[total], l.listFrom(total, first, true))
	for k := 1; k < len(parts) && l.compareSum(l.figures[total], parts) > 0; k++ {
		if l.otherDeed(parts[0], parts[k], bareDeeds) {
			parts = parts[:k]
		}
	}
	return parts
}

// namesTotalAfter reports whether the words between an offset and the list that
// begins with a figure name a total of their own: 其中党纪处分包括：警告7人次.
func (l *linker) namesTotalAfter(offset, first int) bool {
	c := l.clause[first]
	return c >= 0 && l.Clauses[c].Start > offset && namesTotal(l.text[offset:l.Clauses[c].Start])
}

// totalsBefore are the figures that the list beginning at first can belong to,
// the nearest first; a semicolon ends the search once there is one.
func (l *linker) totalsBefore(first, mark int) []int {
	var totals, changes []int
	for i := first - 1; i >= 0 && i > first-8 && l.sentence[i] == l.sentence[first]; i-- {
		if len(totals) > 0 && strings.ContainsAny(l.text[l.figures[i].End:l.figures[totals[0]].Start], "；;") {
			break
		}
		if alike(l.figures[i], l.figures[first]) && l.figures[i].PartOf == "" && !l.nested(i, mark) && !l.average(i) {
			if l.saysChange(i) && !l.saysChange(first) {
				changes = append(changes, i)
				continue
			}
			totals = append(totals, i)
		}
	}
	return append(totals, changes...)
}

// saysChange reports whether a figure is by how much something differs from
// another time: 立案45件,较上年增加|9件,其中….
func (l *linker) saysChange(i int) bool {
	words := l.wordsBefore(i)
	return changeVerb(words) != "" && hasAny(words, []string{"较", "比", "相比"})
}

// rightBeforeLimit is the length in characters of what may stand between a
// total and 其中: its noun, 全部办结, a rate.
const rightBeforeLimit = 25

// rightBefore reports whether a list of several parts, none of which is greater
// than the total, follows a total so closely that it belongs to it even if it
// adds up to more.
func (l *linker) rightBefore(total, mark int, parts []int) bool {
	t := l.figures[total]
	if len(parts) < 2 || t.End > mark || utf8.RuneCountInString(l.text[t.End:mark]) > rightBeforeLimit {
		return false
	}
	if k := total - 1; k >= 0 && t.Kind == tongbao.Count && alike(l.figures[k], t) {
		if between := l.text[l.figures[k].End:t.Start]; strings.Contains(between, "、") && !strings.ContainsAny(between, "，,；;。") {
			return false // of 15个乡镇、28个部门 together
		}
	}
	for _, p := range parts {
		if !atLeast(t, l.figures[p]) {
			return false
		}
	}
	return true
}

// measuresOf reports whether the list that begins with part names measures of
// the total's own category: 政务处分9人,其中警告3人.
func (l *linker) measuresOf(total, part int) bool {
	t, p := l.figures[total], l.figures[part]
	return t.Kind == tongbao.Sanction && p.Kind == tongbao.Sanction && t.Measure == "" && p.Measure != "" && t.Category == p.Category
}
