package numeral

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/cockroachdb/apd/v3"
)

// significant is the number of digits that a value is rounded to where no
// finite decimal is exact (三分之一 → 0.333333333333333).
const significant = 15

// trim takes leading zeros off a numeral; trailing ones stay as printed.
func trim(digits string) string {
	short := strings.TrimLeft(digits, "0")
	if short == "" || short[0] == '.' {
		return "0" + short
	}
	return short
}

// shift multiplies a decimal by a power of ten. Zeros printed behind the point
// stay: 1.50 shifted by 4 is 15000, by 1 is 15.0.
func shift(value string, power int) string {
	if power == 0 || value == "" {
		return value
	}
	value, minus := strings.CutPrefix(value, "-")
	whole, fraction, _ := strings.Cut(value, ".")
	if power > 0 {
		fraction += strings.Repeat("0", max(0, power-len(fraction)))
		whole, fraction = whole+fraction[:power], fraction[power:]
	} else {
		whole = strings.Repeat("0", max(0, 1-power-len(whole))) + whole
		cut := len(whole) + power
		whole, fraction = whole[:cut], whole[cut:]+fraction
	}
	if fraction != "" {
		whole += "." + fraction
	}
	if whole = trim(whole); minus {
		return "-" + whole
	}
	return whole
}

// calculable reports whether values are short enough to calculate with; longer
// rows of digits are reported and no more.
func calculable(values ...string) bool {
	for _, v := range values {
		if len(v) > digitsLimit {
			return false
		}
	}
	return true
}

// negate turns a value's sign.
func negate(value string) string {
	if value == "" {
		return ""
	}
	if rest, ok := strings.CutPrefix(value, "-"); ok {
		return rest
	}
	return "-" + value
}

// less compares two decimals; false where they are too long.
func less(a, b string) bool {
	if !calculable(a, b) {
		return false
	}
	if isUnsigned(a) && isUnsigned(b) {
		return lessUnsigned(a, b)
	}
	x, _, err := apd.NewFromString(a)
	if err != nil {
		return false
	}
	y, _, err := apd.NewFromString(b)
	return err == nil && x.Cmp(y) < 0
}

// isUnsigned reports whether a value is digits with at most one point.
func isUnsigned(value string) bool {
	points := 0
	for i := range len(value) {
		switch c := value[i]; {
		case c == '.':
			points++
		case c < '0' || c > '9':
			return false
		}
	}
	return value != "" && points < 2
}

// lessUnsigned compares digit by digit.
func lessUnsigned(a, b string) bool {
	x, xs, _ := strings.Cut(a, ".")
	y, ys, _ := strings.Cut(b, ".")
	x, y = strings.TrimLeft(x, "0"), strings.TrimLeft(y, "0")
	switch {
	case len(x) != len(y):
		return len(x) < len(y)
	case x != y:
		return x < y
	}
	return strings.TrimRight(xs, "0") < strings.TrimRight(ys, "0")
}

// quotient returns whole + numerator ÷ denominator, exact where a finite
// decimal is, else rounded to fifteen significant digits; "" for a denominator
// of zero, or terms that are too long.
func (s *shelf) quotient(whole, numerator, denominator string) string {
	if n, d := small(numerator), small(denominator); whole == "0" && n >= 0 && d > 0 {
		var space [64]byte
		return s.keep(smallQuotient(space[:0], uint64(n), uint64(d)))
	}
	if !calculable(whole, numerator, denominator) {
		return ""
	}
	var terms [3]big.Rat
	for i, text := range []string{whole, numerator, denominator} {
		if _, ok := terms[i].SetString(text); !ok {
			return ""
		}
	}
	if terms[2].Sign() == 0 {
		return ""
	}
	sum := new(big.Rat).Quo(&terms[1], &terms[2])
	if terms[0].Sign() != 0 {
		sum.Add(sum, &terms[0])
	}
	if places, exact := sum.FloatPrec(); exact {
		return sum.FloatString(places)
	}
	var d apd.Decimal
	n, m := new(apd.BigInt).SetMathBigInt(sum.Num()), new(apd.BigInt).SetMathBigInt(sum.Denom())
	if _, err := apd.BaseContext.WithPrecision(significant).Quo(&d, apd.NewWithBigInt(n, 0), apd.NewWithBigInt(m, 0)); err != nil {
		return ""
	}
	return d.Text('f')
}

// small returns the value of at most six digits, -1 for anything else.
func small(digits string) int {
	if digits == "" || len(digits) > 6 {
		return -1
	}
	v := 0
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' {
			return -1
		}
		v = 10*v + int(digits[i]-'0')
	}
	return v
}

// smallQuotient is quotient for small terms, by long division, written into
// digits, which is empty.
func smallQuotient(digits []byte, n, d uint64) []byte {
	digits = strconv.AppendUint(digits, n/d, 10)
	rest := n % d
	if rest == 0 {
		return digits
	}
	finite := isFinite(n, d)
	counted := 0 // significant digits so far
	if n >= d {
		counted = len(digits)
	}
	digits = append(digits, '.')
	for rest != 0 && (finite || counted < significant) {
		rest *= 10
		digits = append(digits, '0'+byte(rest/d))
		if rest >= d || counted > 0 {
			counted++
		}
		rest %= d
	}
	if 2*rest >= d {
		roundUp(digits)
	}
	return digits
}

// isFinite reports whether n ÷ d has a finite decimal.
func isFinite(n, d uint64) bool {
	for a, b := n, d; ; a, b = b, a%b {
		if b == 0 {
			d /= a
			break
		}
	}
	for _, prime := range []uint64{2, 5} {
		for d%prime == 0 {
			d /= prime
		}
	}
	return d == 1
}

// roundUp adds one in the last place of a decimal. The carry never leaves it:
// nothing that is rounded is so near to a power of ten.
func roundUp(digits []byte) {
	for i := len(digits) - 1; i >= 0; i-- {
		switch {
		case digits[i] == '.':
		case digits[i] == '9':
			digits[i] = '0'
		default:
			digits[i]++
			return
		}
	}
}

// power returns base to an integer exponent, rounded to fifteen significant
// digits; "" where it is no number.
func power(base string, exponent int64) string {
	b, _, err := apd.NewFromString(base)
	if err != nil {
		return ""
	}
	var d apd.Decimal
	if _, err := apd.BaseContext.WithPrecision(2*significant).Pow(&d, b, apd.New(exponent, 0)); err != nil {
		return ""
	}
	if _, err := apd.BaseContext.WithPrecision(significant).Round(&d, &d); err != nil {
		return ""
	}
	return d.Text('f')
}

// product multiplies two decimals.
func product(a, b string) string {
	x, _, err := apd.NewFromString(a)
	if err != nil {
		return a
	}
	y, _, err := apd.NewFromString(b)
	if err != nil {
		return a
	}
	var d apd.Decimal
	if _, err := apd.BaseContext.WithPrecision(4*digitsLimit).Mul(&d, x, y); err != nil {
		return a
	}
	return d.Text('f')
}
