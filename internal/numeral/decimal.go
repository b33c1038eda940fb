package numeral

import (
	"math/big"
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
	x, _, err := apd.NewFromString(a)
	if err != nil {
		return false
	}
	y, _, err := apd.NewFromString(b)
	return err == nil && x.Cmp(y) < 0
}

// quotient returns whole + numerator ÷ denominator, exact where a finite
// decimal is, else rounded to fifteen significant digits; "" for a denominator
// of zero, or terms that are too long.
func quotient(whole, numerator, denominator string) string {
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
