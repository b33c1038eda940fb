package numeral

import (
	"strings"

	"tongbao"
)

func isMinus(r rune) bool { return r == '-' || r == '－' || r == '−' }

// signed takes the minus before a number into its span.
func (r *reader) signed(n tongbao.Number) tongbao.Number {
	start := r.minus(n)
	if start < 0 {
		return n
	}
	n.Start, n.Value = start, negate(n.Value)
	n.Min, n.Max = negate(n.Max), negate(n.Min)
	return n
}

// minus returns where the sign of a number begins, -1 where it has none. 负 is
// one unless it ends a verb (背负30万元), a hyphen only where nothing stands
// before it that it could join (-22.2%), or where a change is named (增长-5.2%).
func (r *reader) minus(n tongbao.Number) int {
	if n.Ordinal || n.Form == tongbao.Ratio {
		return -1
	}
	at := n.Start
	before, size := runeBefore(r.text, at)
	for range spaceLimit {
		if before != ' ' && before != '　' {
			break
		}
		at -= size
		before, size = runeBefore(r.text, at)
	}
	at -= size
	prior, _ := runeBefore(r.text, at)
	switch {
	case at < r.end:
		return -1
	case before == '负' || before == '負':
		if !isHan(prior) || strings.ContainsRune("为為是到至达達从從长長率了约約近升降", prior) {
			return at
		}
	case isMinus(before) && at+size == n.Start:
		if strings.HasPrefix(r.text[n.End:], "-") { // page - 3 -, 0571-…
			return -1
		}
		if prior == 0 || strings.ContainsRune(" 　\n\t(（^,，;；:：=、“\"[［{", prior) {
			return at
		}
		if n.Form == tongbao.Percent && strings.ContainsRune("长長比为為降幅速率约約至达達到是", prior) {
			return at
		}
	}
	return -1
}
