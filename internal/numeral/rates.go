package numeral

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"tongbao"
)

// parts are the names of small parts before 分之, with the power of ten that
// turns what follows into per cents.
var parts = []struct {
	simplified, traditional string
	power                   int
}{
	{"百万分之", "百萬分之", -4}, {"百分之", "佰分之", 0}, {"千分之", "仟分之", -1}, {"万分之", "萬分之", -2},
}

// perHundred reads 百分之八十, 千分之三, 百分之百. It returns an offset to go on
// from also where no numeral follows.
func (r *reader) perHundred(i int, c character) (n tongbao.Number, next int, ok bool) {
	if c.kind != unit {
		return n, 0, false
	}
	for _, part := range parts {
		behind := spaced(r.text, i, part.simplified, part.traditional)
		if behind == 0 {
			continue
		}
		at := skip(r.text, behind)
		minus := false
		if m := runeAt(r.text, at); m == '负' || m == '負' {
			at, minus = skip(r.text, at+len("负")), true
		}
		c, ok := r.term(at)
		if !ok {
			return n, behind, false
		}
		r.thousandfold(&c)
		if r.bare {
			return r.plain(c), c.end, true
		}
		if upper, ok := r.upper(c, i); ok {
			c = upper
		}
		n = r.rate(c, part.power)
		n.Start = i
		if minus {
			n.Value = negate(n.Value)
		}
		return r.signed(n), n.End, true
	}
	return n, 0, false
}

// term reads the numeral behind 分之, where also 百 and such digits stand alone
// as are mostly other words.
func (r *reader) term(i int) (cardinal, bool) {
	r.inRate = true
	c, ok := r.cardinal(i)
	r.inRate = false
	if ok {
		return c, true
	}
	return r.lone(i)
}

// lone reads a unit, or a digit that is mostly another word, by itself.
func (r *reader) lone(i int) (cardinal, bool) {
	c, n := r.chars.at(r.text, i)
	lone := cardinal{start: i, end: i + n, core: i + n, chinese: true}
	switch {
	case c.kind == digit && c.weak && !c.pairs:
		lone.value = string('0' + rune(c.value))
	case c.kind == unit && c.value < 4:
		lone.value = shift("1", int(c.value))
	default:
		return cardinal{}, false
	}
	return lone, true
}

// rate is a numeral as a per cent, its value shifted by a power of ten.
func (r *reader) rate(c cardinal, power int) tongbao.Number {
	n := r.plain(c)
	if r.bare {
		return n
	}
	n.Form = tongbao.Percent
	n.Value, n.Min, n.Max = shift(n.Value, power), shift(n.Min, power), shift(n.Max, power)
	return n
}

// signs are the signs behind a numeral that make it a per cent, with the power
// of ten between the two.
var signs = map[rune]int{'%': 0, '％': 0, '﹪': 0, '‰': -1, '‱': -2}

// percent reads a numeral with its sign or 个百分点 behind it.
func (r *reader) percent(c cardinal) (tongbao.Number, bool) {
	end, power := r.percentSign(c.end)
	if end == 0 || r.escaped(c, end) {
		return tongbao.Number{}, false
	}
	n := r.rate(c, power)
	if !r.bare {
		n.End = end
	}
	return n, true
}

// percentSign returns the offset behind the sign that stands at i and the power
// of ten that turns its numeral into per cents; 0 where there is none.
func (r *reader) percentSign(i int) (end, power int) {
	at := skip(r.text, i)
	switch next := runeAt(r.text, at); next {
	case '%', '％', '﹪', '‰', '‱':
		if at > i+1 {
			return 0, 0
		}
		return at + utf8.RuneLen(next), signs[next]
	case '个', '個':
		if end := spaced(r.text, at, "个千分点", "個千分點"); end > 0 {
			return end, -1
		}
		return spaced(r.text, at, "个百分点", "個百分點"), 0
	case '百':
		return spaced(r.text, at, "百分点", "百分點"), 0
	}
	return 0, 0
}

// escaped reports whether the sign belongs to an address (%28ti%28Using).
func (r *reader) escaped(c cardinal, end int) bool {
	before, _ := runeBefore(r.text, c.start)
	return (before == '%' || isLatin(before)) && end < len(r.text) && (isLatin(rune(r.text[end])) || isASCIIDigit(rune(r.text[end])))
}

// tenths reads 七成, 八成五, 三成半 and, for prices, 七折 and 75折.
func (r *reader) tenths(c cardinal) (tongbao.Number, bool) {
	at := skip(r.text, c.end)
	if r.bare || !strings.HasPrefix(r.text[at:], "成") || c.approx != "" && c.approx != tongbao.About || r.tail(at) || r.counted(c.start) || less("10", c.value) {
		return tongbao.Number{}, false
	}
	c.end = at + len("成")
	n := r.rate(c, 1)
	d, size := r.chars.at(r.text, c.end)
	switch {
	case c.value == "10" || strings.Contains(c.value, "."):
	case d.kind == half:
		n.Value, n.End = c.value+"5", c.end+size
	case d.kind == digit && d.value > 0 && !d.pairs:
		if behind, _ := r.chars.at(r.text, c.end+size); behind.kind == other && r.word(c.end) == 0 {
			n.Value, n.End = c.value+string('0'+rune(d.value)), c.end+size
		}
	}
	return n, true
}

// discount reads 七折, 7.5折, 75折, 三八折 as what is still paid, in per cent.
func (r *reader) discount(i int) (tongbao.Number, bool) {
	a, n := r.chars.at(r.text, i)
	if a.kind != digit && a.kind != arabic || a.value == 0 {
		return tongbao.Number{}, false
	}
	at := skip(r.text, i+n)
	tenths := 10 * int(a.value)
	if p := runeAt(r.text, at); p == '点' || p == '點' || p == '.' || p == '．' {
		at = skip(r.text, at+utf8.RuneLen(p))
	}
	if b, m := r.chars.at(r.text, at); b.value > 0 && (b.kind == digit && !b.pairs || b.kind == arabic) {
		tenths, at = tenths+int(b.value), skip(r.text, at+m)
	} else if at > skip(r.text, i+n) {
		return tongbao.Number{}, false
	}
	if !strings.HasPrefix(r.text[at:], "折") || r.tail(at) {
		return tongbao.Number{}, false
	}
	if before, _ := runeBefore(r.text, i); isASCIIDigit(before) || before == '.' {
		return tongbao.Number{}, false
	}
	return tongbao.Number{Span: tongbao.Span{Start: i, End: at + len("折")}, Form: tongbao.Percent, Value: strconv.Itoa(tenths), Chinese: a.kind == digit}, true
}

// halfPrice reads 对折 behind 打.
func (r *reader) halfPrice(i int) (tongbao.Number, int, bool) {
	start := i - len("对")
	if strings.HasSuffix(r.text[:i], "打对") || strings.HasSuffix(r.text[:i], "打對") {
		end := i + len("折")
		return tongbao.Number{Span: tongbao.Span{Start: start, End: end}, Form: tongbao.Percent, Value: "50", Chinese: true}, end, !r.bare
	}
	return tongbao.Number{}, 0, false
}

// halves reads 一半 and 半成.
func (r *reader) halves(i int) (tongbao.Number, bool) {
	n := tongbao.Number{Chinese: true}
	switch {
	case strings.HasPrefix(r.text[i:], "一半"):
		n.Span, n.Form, n.Value = tongbao.Span{Start: i, End: i + len("一半")}, tongbao.Fraction, "0.5"
	case strings.HasPrefix(r.text[i:], "半成") && !r.tail(i+len("半")) && !r.bare:
		n.Span, n.Form, n.Value = tongbao.Span{Start: i, End: i + len("半成")}, tongbao.Percent, "5"
	default:
		return n, false
	}
	return n, true
}

// dozens reads 五打, where no word can have begun (打击, 打造).
func (r *reader) dozens(c cardinal) (tongbao.Number, bool) {
	end := c.end + len("打")
	if !c.chinese || c.approx != "" || c.min != "" || !strings.HasPrefix(r.text[c.end:], "打") || r.tail(c.end) {
		return tongbao.Number{}, false
	}
	c.value, c.end, c.core = product(c.value, "12"), end, end
	return r.plain(c), true
}
