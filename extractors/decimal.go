package extractors

import "github.com/cockroachdb/apd/v3"

var exact = apd.BaseContext.WithPrecision(60)

// decimal parses an exact value; false for a ratio or an empty one.
func decimal(value string) (*apd.Decimal, bool) {
	if d, ok := shortDecimal(value); ok {
		return d, true
	}
	d, _, err := apd.NewFromString(value)
	return d, err == nil && d.Form == apd.Finite
}

// shortDecimal parses the values that notices are full of, a few digits with or
// without a point; false for all others.
func shortDecimal(value string) (*apd.Decimal, bool) {
	digits, places := int64(0), int32(0)
	if len(value) == 0 || len(value) > 18 || value[0] == '.' {
		return nil, false
	}
	for i := range len(value) {
		switch c := value[i]; {
		case '0' <= c && c <= '9':
			digits = digits*10 + int64(c-'0')
		case c == '.' && places == 0 && i+1 < len(value):
			places = int32(len(value) - i - 1)
		default:
			return nil, false
		}
	}
	return apd.New(digits, -places), true
}
