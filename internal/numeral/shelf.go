package numeral

import (
	"strconv"
	"strings"
)

// A shelf keeps the values that do not stand in the text as they are, many to
// an allocation.
type shelf struct{ strings.Builder }

// shelfSize is the room of one allocation: a value that is kept keeps no more
// than that alive.
const shelfSize = 512

// keep returns the bytes as a string that shares its memory with others.
func (s *shelf) keep(value []byte) string {
	if s.Cap()-s.Len() < len(value) {
		s.Builder = strings.Builder{}
		s.Grow(max(shelfSize, len(value)))
	}
	at := s.Len()
	s.Write(value)
	return s.String()[at:]
}

// decimal returns a whole number's digits.
func (s *shelf) decimal(v uint64) string {
	if v < 100 {
		return strconv.FormatUint(v, 10) // allocates nothing
	}
	var space [20]byte
	return s.keep(strconv.AppendUint(space[:0], v, 10))
}

// shifted is shift for what most numerals are: digits, with or without a point,
// times ten to a power that leaves no digits behind the point.
func (s *shelf) shifted(value string, power int) string {
	whole, fraction, _ := strings.Cut(value, ".")
	if power <= 0 || len(fraction) > power || value[0] == '-' || strings.Trim(whole, "0") == "" || len(value)+power > 40 {
		return shift(value, power)
	}
	var space [48]byte
	digits := append(append(space[:0], strings.TrimLeft(whole, "0")...), fraction...)
	for range power - len(fraction) {
		digits = append(digits, '0')
	}
	return s.keep(digits)
}
