package numeral

import (
	"strings"

	"tongbao"
)

// A cardinal is a numeral without sign, before what stands around it is read.
type cardinal struct {
	start, end      int // hedge taken in: 三十余
	core            int // end without it
	value, min, max string
	approx          tongbao.Approx
	chinese         bool
	literal         bool   // nothing but Arabic digits
	coefficient     string // of 137.9万 or 五百: what stands before the units, "" where more stands behind them
	power           int    // of those units together
}

// cardinal reads the numeral that begins at i, without its sign.
func (r *reader) cardinal(i int) (cardinal, bool) {
	c, _ := r.chars.at(r.text, i)
	if c.kind == arabic || c.kind == other {
		lit, ok := r.literal(i)
		if !ok {
			return cardinal{}, false
		}
		if lit.fraction || len(lit.digits) > digitsLimit/4 {
			return r.scaled(i, lit), true
		}
	}
	if c.kind == digit && !c.pairs {
		if row, ok := r.row(i); ok {
			return row, row.end > 0
		}
	}
	return r.compose(i)
}

// row reads Chinese digits one by one (二〇二一). It answers for every row that
// compose must not read: two digits that name something (九九) and longer rows
// before a unit (七八九十) give no number, their end is 0.
func (r *reader) row(i int) (cardinal, bool) {
	end, count := r.digitsFrom(i)
	first, n := r.chars.at(r.text, i)
	if count < 2 {
		return cardinal{}, false
	}
	second, m := r.chars.at(r.text, i+n)
	next, _ := r.chars.at(r.text, skip(r.text, end))
	if count == 2 && first.value != 0 {
		_, isPair := pair(first, second)
		if isPair || next.kind == unit && second.value != 0 && next.value < 4 {
			return cardinal{}, false
		}
		if second.value != 0 || r.text[i+n:i+n+m] == "○" {
			return cardinal{}, true
		}
	}
	if count > 2 && next.kind == unit && next.value < 4 {
		return cardinal{}, true
	}
	value := make([]byte, 0, count)
	for at := i; at < end; {
		c, n := r.chars.at(r.text, at)
		value, at = append(value, '0'+c.value), at+n
	}
	if first.value == 0 && count == 2 && next.kind == unit {
		return cardinal{}, false // 零五百
	}
	v := trim(string(value))
	return cardinal{start: i, end: end, core: end, value: v, chinese: true}, true
}

// digitsFrom returns the offset behind the Chinese digits at i and their count.
func (r *reader) digitsFrom(i int) (end, count int) {
	for {
		c, n := r.chars.at(r.text, i)
		if c.kind != digit || c.pairs {
			return i, count
		}
		i, count = i+n, count+1
	}
}

// pair reads two digits side by side as a range: 三四, 三五, 一两, 两三.
func pair(a, b character) (bounds, bool) {
	if a.kind != digit || b.kind != digit || a.value == 0 || a.weak || b.weak {
		return bounds{}, false
	}
	if b.value == a.value+1 || a.value == 3 && b.value == 5 {
		return bounds{uint64(a.value), uint64(a.value), uint64(b.value)}, true
	}
	return bounds{}, false
}

// compose reads a numeral built of digits and units, Chinese, Arabic or mixed.
func (r *reader) compose(i int) (cardinal, bool) {
	b := builder{reader: r, start: i, end: i, tally: tally{limit: 4}}
	for at := i; at >= 0; {
		at = b.token(at)
	}
	return b.cardinal()
}

// scaled reads the units behind a decimal: 137.9万, 4.78万亿.
func (r *reader) scaled(i int, lit literal) cardinal {
	c := cardinal{start: i, end: lit.end, core: lit.end, value: trim(lit.digits), literal: true}
	c.coefficient = c.value
	if len(lit.digits) > digitsLimit {
		return c
	}
	for {
		at := skip(r.text, c.end)
		u, n := r.chars.at(r.text, at)
		if u.kind != unit || u.value == 1 || u.value == 12 || r.tail(at) || at > c.end && c.power > 0 {
			break
		}
		if c.power > 0 && u.value < 4 || c.power+int(u.value) > 16 {
			break
		}
		c.end, c.power, c.literal = at+n, c.power+int(u.value), false
	}
	c.core = c.end
	c.value = r.values.shifted(c.coefficient, c.power)
	r.hedge(&c)
	return c
}

// point reads the digits behind 点, and 万 or 亿 behind them: 八点五, 三点五万.
// Times of day (八点二十, 九点三十分, 九点半) have none.
func (r *reader) point(c *cardinal) {
	at := skip(r.text, c.end)
	if n := runeAt(r.text, at); n != '点' && n != '點' {
		return
	}
	from := skip(r.text, at+len("点"))
	end, count := r.digitsFrom(from)
	digits := ""
	if count > 0 {
		for k := from; k < end; {
			d, n := r.chars.at(r.text, k)
			digits, k = digits+string('0'+rune(d.value)), k+n
			if len(digits) > digitsLimit {
				return
			}
		}
	} else {
		end, _ = r.digitRun(from)
		digits = r.fold(from, end)
		if len(digits) > digitsLimit || len(digits) == 2 && len(c.value) <= 2 {
			return
		}
	}
	next, n := r.chars.at(r.text, end)
	behind := runeAt(r.text, end)
	if digits == "" || next.kind == unit && next.value < 2 || next.kind == digit || next.kind == half ||
		strings.ContainsRune("分刻钟鐘是要", behind) && behind != 0 || behind == '、' && !r.inRate || r.word(from) > 0 {
		return
	}
	c.value, c.end, c.literal = c.value+"."+digits, end, false
	c.coefficient, c.power = c.value, 0
	for next.kind == unit && next.value >= 4 && c.power+int(next.value) <= 16 {
		c.end, c.power = c.end+n, c.power+int(next.value)
		next, n = r.chars.at(r.text, c.end)
	}
	c.value, c.core = r.values.shifted(c.value, c.power), c.end
}
