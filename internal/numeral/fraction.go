package numeral

import (
	"strconv"
	"strings"

	"tongbao"
)

// fraction reads 三分之二, 一又二分之一, 1/2 and 1 3/5.
func (r *reader) fraction(c cardinal) (tongbao.Number, bool) {
	if n, ok := r.slash(c); ok {
		return n, true
	}
	if c.approx != "" || c.min != "" {
		return tongbao.Number{}, false
	}
	whole, denominator := "0", c
	if at := spaced(r.text, c.end, "又", "又"); at > 0 {
		d, ok := r.cardinal(skip(r.text, at))
		if !ok {
			return tongbao.Number{}, false
		}
		whole, denominator = c.value, d
	}
	at := spaced(r.text, denominator.end, "分之", "分之")
	if at == 0 {
		return tongbao.Number{}, false
	}
	at = skip(r.text, at)
	minus := false
	if m := runeAt(r.text, at); m == '负' || m == '負' {
		at, minus = skip(r.text, at+len("负")), true
	}
	numerator, ok := r.term(at)
	if !ok || numerator.min != "" || numerator.approx != "" {
		return tongbao.Number{}, false
	}
	if minus {
		numerator.value = negate(numerator.value)
	}
	return r.divided(c, whole, numerator.value, denominator.value, numerator.end)
}

// divided is the number whole + numerator ÷ denominator.
func (r *reader) divided(c cardinal, whole, numerator, denominator string, end int) (tongbao.Number, bool) {
	value := r.values.quotient(whole, numerator, denominator)
	if value == "" {
		return tongbao.Number{}, false
	}
	c.value, c.end, c.core, c.min, c.max, c.approx = value, end, end, "", "", ""
	n := r.plain(c)
	n.Form = tongbao.Fraction
	return n, true
}

// slash reads 1/2 and 1 3/5. Longer numbers and chains are dates and codes
// (2021/8/30, 2020/2021).
func (r *reader) slash(c cardinal) (tongbao.Number, bool) {
	if !c.literal || len(c.value) > 3 || strings.Contains(c.value, ".") || r.joined(c.start) {
		return tongbao.Number{}, false
	}
	whole, numerator := "0", c
	if at := skip(r.text, c.end); at > c.end {
		whole = c.value
		if numerator, _ = r.cardinal(at); !numerator.literal || len(numerator.value) > 3 || strings.Contains(numerator.value, ".") {
			return tongbao.Number{}, false
		}
	}
	at := numerator.end
	switch {
	case strings.HasPrefix(r.text[at:], "/"):
		at++
	case strings.HasPrefix(r.text[at:], "／"):
		at += len("／")
	default:
		return tongbao.Number{}, false
	}
	denominator, ok := r.cardinal(at)
	if !ok || !denominator.literal || len(denominator.value) > 3 || strings.Contains(denominator.value, ".") {
		return tongbao.Number{}, false
	}
	if next := runeAt(r.text, denominator.end); next == '/' || next == '／' || next == '-' || isLatin(next) {
		return tongbao.Number{}, false
	}
	return r.divided(c, whole, numerator.value, denominator.value, denominator.end)
}

// joined reports whether a letter, digit or joining mark stands right before i,
// so that what begins there is part of a code, a date or an address.
func (r *reader) joined(i int) bool {
	before, n := runeBefore(r.text, i)
	if before == '.' || isMinus(before) {
		prior, _ := runeBefore(r.text, i-n)
		return isLatin(prior) || isASCIIDigit(prior) || isMinus(prior)
	}
	return isLatin(before) || isASCIIDigit(before) || strings.ContainsRune("/／%@_#&=", before) && before != 0
}

// calculated reads what only machines print: 2e5, 2^-1, 40k.
func (r *reader) calculated(c cardinal) (tongbao.Number, bool) {
	if !c.literal || c.end >= len(r.text) || r.joined(c.start) {
		return tongbao.Number{}, false
	}
	switch next := r.text[c.end]; next {
	case 'e', 'E':
		exponent, end, ok := r.exponent(c.end+1, 1)
		if !ok || isLatin(runeAt(r.text, end)) {
			return tongbao.Number{}, false
		}
		c.value, c.end = shift(c.value, int(exponent)), end
	case '^':
		exponent, end, ok := r.exponent(c.end+1, 2)
		if !ok {
			return tongbao.Number{}, false
		}
		if c.value = power(c.value, exponent); c.value == "" {
			return tongbao.Number{}, false
		}
		c.end = end
	default:
		if end := r.thousandfold(&c); end == 0 {
			return tongbao.Number{}, false
		}
	}
	c.core = c.end
	if n, ok := r.percent(c); ok {
		return n, true
	}
	return r.plain(c), true
}

// exponentLimit keeps 2e99999999 from being written out.
const exponentLimit = 30

// exponent reads a whole number with at most the given count of signs.
func (r *reader) exponent(i, signs int) (value int64, end int, ok bool) {
	minus := false
	for ; signs > 0 && i < len(r.text); signs-- {
		sign := runeAt(r.text, i)
		if sign != '+' && !isMinus(sign) {
			break
		}
		minus = minus != (sign != '+')
		i += len(string(sign))
	}
	end, _ = r.digitRun(i)
	value, err := strconv.ParseInt(r.fold(i, min(end, i+digitsLimit)), 10, 64)
	if err != nil || value > exponentLimit {
		return 0, 0, false
	}
	if minus {
		value = -value
	}
	return value, end, true
}

// thousandfold multiplies by the letter behind a numeral, k, M or (behind a
// decimal only: 5G is a network) G, where no word follows. It returns 0 where
// there is none.
func (r *reader) thousandfold(c *cardinal) int {
	at := c.end
	if strings.HasPrefix(r.text[at:], " ") {
		at++
	}
	if at >= len(r.text) || !c.literal {
		return 0
	}
	power := 0
	switch r.text[at] {
	case 'k', 'K':
		power = 3
	case 'M':
		power = 6
	case 'G':
		if strings.Contains(c.value, ".") {
			power = 9
		}
	}
	next := runeAt(r.text, at+1)
	sign, _ := r.percentSign(at + 1)
	if power == 0 || sign == 0 && (isLatin(next) || isASCIIDigit(next) || isHan(next)) {
		return 0
	}
	c.value, c.end, c.core, c.literal = shift(c.value, power), at+1, at+1, false
	return at + 1
}
