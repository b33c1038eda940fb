package numeral

import (
	"strings"

	"tongbao"
)

// interval reads a range: 3至5, 30-40, 三到五, 3—5万, 10%-15%.
func (r *reader) interval(c cardinal) (tongbao.Number, bool) {
	if r.bare {
		return tongbao.Number{}, false
	}
	lower := c
	end, power := r.percentSign(c.end)
	if end > 0 && r.escaped(c, end) {
		return tongbao.Number{}, false
	}
	if end > 0 {
		lower.end = end
	}
	upper, ok := r.upper(lower, c.start)
	if !ok {
		return tongbao.Number{}, false
	}
	behind, upperPower := r.percentSign(upper.end)
	switch {
	case end > 0 && behind > 0 && inPoints(r.text[:end]) && !inPoints(r.text[:behind]):
		return tongbao.Number{}, false // 下降1.2个百分点至3.6%: a change and what came of it
	case behind > 0 && (end == 0 || power == upperPower):
		upper.end = behind
		return r.rate(upper, upperPower), true
	case end > 0:
		return tongbao.Number{}, false
	}
	if strings.HasPrefix(r.text[upper.end:], "成") && !r.tail(upper.end) && !less("10", upper.max) {
		upper.end += len("成")
		return r.rate(upper, 1), true
	}
	if !r.measurable(upper) {
		return tongbao.Number{}, false
	}
	return r.plain(upper), true
}

// inPoints reports whether a text ends with percentage points.
func inPoints(text string) bool {
	return strings.HasSuffix(text, "点") || strings.HasSuffix(text, "點")
}

// joints part the ends of a range.
var joints = []string{"至", "到", "-", "－", "–", "—", "~", "～", "〜", "--", "——"}

// upper reads the upper end of a range whose lower end is given, and returns
// both as one; from is where the lower end's form begins.
func (r *reader) upper(c cardinal, from int) (cardinal, bool) {
	at := 0
	for _, joint := range joints {
		if strings.HasPrefix(r.text[c.end:], joint) {
			at = c.end + len(joint)
		}
	}
	if at == 0 || c.approx != "" || c.min != "" || r.joined(from) || leadsWithZero(r.text[c.start:]) || leadsWithZero(r.text[at:]) {
		return c, false
	}
	if before, _ := runeBefore(r.text, from); strings.ContainsRune("从從由自:：-－–—~～〔[", before) && before != 0 {
		return c, false
	}
	if behind := spaced(r.text, at, "百分之", "佰分之"); behind > 0 && c.end > c.start && strings.Contains(r.text[from:c.start], "分") {
		at = behind
	}
	u, ok := r.cardinal(at)
	if !ok || u.approx != "" || u.min != "" || u.chinese != c.chinese {
		return c, false
	}
	low := c.value
	if u.power > 0 && c.power == 0 && c.coefficient != "" && less(c.value, u.coefficient) {
		low = shift(c.value, u.power) // 3—5万: both are ten thousands
	}
	if !less(low, u.value) || isYear(low) && isYear(u.value) || len(u.value) > 6+len(low) {
		return c, false
	}
	if next := runeAt(r.text, u.end); isMinus(next) || next == '—' || next == ':' || next == '：' || isLatin(next) || next == '/' {
		return c, false
	}
	c.value, c.min, c.max, c.end, c.core, c.literal = low, low, u.value, u.end, u.end, false
	return c, true
}

// leadsWithZero tells codes and telephone numbers (0571-8783) from 0.5.
func leadsWithZero(text string) bool {
	return len(text) > 1 && text[0] == '0' && isASCIIDigit(rune(text[1]))
}

// isYear reports whether a plain numeral may name a year.
func isYear(value string) bool {
	return len(value) == 4 && ("1900" <= value && value <= "2100")
}

// datemarks stand behind the numbers of a date or a time, not behind amounts.
const datemarks = "月日号號时時点點季世"

// functional characters begin no measure word.
const functional = "的和与與及或为為是在至到了、至均都已将被由从等之而并也"

// measurable reports whether a measure word may follow a range.
func (r *reader) measurable(c cardinal) bool {
	next := runeAt(r.text, skip(r.text, c.end))
	if !isHan(next) && next != '℃' && next != '㎡' {
		return false
	}
	return !strings.ContainsRune(datemarks, next) && !strings.ContainsRune(functional, next)
}

// ratio reads 1:4.4 and 1:2:3, but no times of day (9:00, 11:34:29) and no
// numbers of items (附件1：2021年).
func (r *reader) ratio(c cardinal) (tongbao.Number, bool) {
	if r.bare || !c.literal || colonLength(r.text, c.end) == 0 || r.counted(c.start) || r.joined(c.start) || isColon(r.text[:c.start]) {
		return tongbao.Number{}, false
	}
	terms := []cardinal{c}
	end := c.end
	for len(terms) < 5 {
		n := colonLength(r.text, end)
		if n == 0 {
			break
		}
		term, ok := r.cardinal(end + n)
		if !ok || !term.literal || term.start != end+n {
			break
		}
		terms, end = append(terms, term), term.end
	}
	if len(terms) < 2 || len(terms) == 5 || r.clock(terms) || r.itemNumber(c, end) {
		return tongbao.Number{}, false
	}
	c.value = terms[0].value
	for _, term := range terms[1:] {
		c.value += ":" + term.value
	}
	c.end, c.core = end, end
	n := r.plain(c)
	n.Form = tongbao.Ratio
	return n, true
}

func colonLength(text string, i int) int {
	for _, colon := range []string{":", "：", "∶"} {
		if strings.HasPrefix(text[i:], colon) {
			return len(colon)
		}
	}
	return 0
}

func isColon(text string) bool {
	return strings.HasSuffix(text, ":") || strings.HasSuffix(text, "：") || strings.HasSuffix(text, "∶")
}

// clock reports whether the terms are a time of day: an hour, then two digits
// below sixty. 1:18 is one as well, unless the words before it compare.
func (r *reader) clock(terms []cardinal) bool {
	if len(terms) > 3 || strings.Contains(terms[0].value, ".") || less("24", terms[0].value) {
		return false
	}
	for _, t := range terms[1:] {
		if t.end-t.start != 2 || less("59", t.value) {
			return false
		}
	}
	before, n := runeBefore(r.text, terms[0].start)
	if before == '由' || before == '从' { // 师生比由1:20, not 从8:30
		before, n = runeBefore(r.text, terms[0].start-n)
		if before != '比' && before != '例' {
			return true
		}
	}
	if n > 0 && before != 0 && strings.ContainsRune("为為例比达達到至约約", before) && len(terms) == 2 && terms[0].end-terms[0].start == 1 {
		return terms[1].value == "0" || strings.HasSuffix(r.text[:terms[0].start], "上午") || r.text[terms[1].start] == '0'
	}
	return !strings.Contains(r.text[terms[0].end:terms[0].end+min(3, len(r.text)-terms[0].end)], "∶")
}

// itemNumber reports whether a colon follows the number of an item rather than
// parting a ratio: a year or a measure word stands behind it, or a name of items
// before it.
func (r *reader) itemNumber(c cardinal, end int) bool {
	next := runeAt(r.text, end)
	if next != 0 && strings.ContainsRune("年月日个個名人项項家件条條次户戶篇份", next) {
		return true
	}
	before, _ := runeBefore(r.text, c.start)
	return before != 0 && strings.ContainsRune("件表图圖题題注例步条條项項案栏", before)
}
