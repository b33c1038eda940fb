package rows

import "strings"

// A decimal is a plain decimal taken apart: sign, digits without the point,
// and how many of them stand behind it.
type decimal struct {
	negative bool
	digits   string
	places   int
}

// parseDecimal reads digits with at most one point and a sign; no exponent.
func parseDecimal(s string) (decimal, bool) {
	body, negative := strings.CutPrefix(s, "-")
	whole, fraction, point := strings.Cut(body, ".")
	digits := whole + fraction
	if whole == "" || point && fraction == "" || strings.Trim(digits, "0123456789") != "" {
		return decimal{}, false
	}
	return decimal{negative, digits, len(fraction)}, true
}

// IsDecimal reports whether a word is a plain decimal, as Figure means it.
func IsDecimal(s string) bool {
	_, ok := parseDecimal(s)
	return ok
}
