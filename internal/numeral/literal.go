package numeral

import (
	"strings"
	"unicode/utf8"
)

// A literal is a numeral in Arabic digits, without its sign: 1,050, 96.150, .5.
type literal struct {
	end      int
	digits   string // separators left out, width folded, leading zeros kept
	fraction bool   // has a decimal point
}

// digitRun returns the offset behind the digits that stand at i, and whether
// all of them are full-width.
func (r *reader) digitRun(i int) (end int, wide bool) {
	wide = true
	for {
		c, n := r.chars.at(r.text, i)
		if c.kind != arabic {
			return i, wide
		}
		wide = wide && n == 3
		i += n
	}
}

// literal reads the digits that stand at i, or a point with digits behind it.
// Thousands are parted by commas only if every group behind the first has three
// digits; by a full-width comma, which is mostly punctuation, only between
// full-width digits, before a zero (2，050) and in an amount printed with its
// decimals. Chains with two points (2021.8.30, 1.1.2) are no decimals.
func (r *reader) literal(i int) (literal, bool) {
	end, wide := r.digitRun(i)
	if c, n := r.chars.at(r.text, i); end > i && end <= i+3*n && c.value != 0 {
		end = r.thousands(end, wide)
	}
	whole := r.fold(i, end)
	if chained(r.text, i) {
		return literal{end, whole, false}, whole != ""
	}
	point := pointLength(r.text, end)
	if point == 0 {
		return literal{end, whole, false}, whole != ""
	}
	last, _ := r.digitRun(end + point)
	if last == end+point {
		return literal{end, whole, false}, whole != ""
	}
	if again := pointLength(r.text, last); again > 0 {
		if c, _ := r.chars.at(r.text, last+again); c.kind == arabic {
			return literal{end, whole, false}, whole != ""
		}
	}
	if whole != "" && whole == r.text[i:end] && point == 1 && strings.IndexByte(r.text[end:last], 0xEF) < 0 {
		return literal{last, r.text[i:last], true}, true
	}
	if whole == "" {
		whole = "0"
	}
	return literal{last, whole + "." + r.fold(end+point, last), true}, true
}

// thousands returns the offset behind the groups of three digits that follow
// the first group.
func (r *reader) thousands(end int, wide bool) int {
	for parted := false; ; {
		comma := 0
		switch {
		case strings.HasPrefix(r.text[end:], ","):
			comma = 1
		case strings.HasPrefix(r.text[end:], "，"):
			comma = len("，")
		default:
			return end
		}
		group, groupWide := r.digitRun(end + comma)
		if utf8.RuneCountInString(r.text[end+comma:group]) != 3 {
			return end
		}
		if parted = parted || comma > 1 && r.partsThousands(end, group); comma > 1 && !parted && !(wide && groupWide) && r.text[end+comma] != '0' && !r.priced(end) {
			return end
		}
		end = group
	}
}

// priced reports whether groups of three digits, however parted, lead from the
// comma at i to decimals with a currency: 82，225.00元 is one amount.
func (r *reader) priced(i int) bool {
	for range digitsLimit / 3 {
		comma := 1
		if strings.HasPrefix(r.text[i:], "，") {
			comma = len("，")
		} else if !strings.HasPrefix(r.text[i:], ",") {
			break
		}
		group, _ := r.digitRun(i + comma)
		if utf8.RuneCountInString(r.text[i+comma:group]) != 3 {
			return false
		}
		i = group
	}
	if pointLength(r.text, i) == 0 {
		return false
	}
	end, _ := r.digitRun(i + 1)
	return end > i+2 && strings.HasPrefix(r.text[end:], "元")
}

// partsThousands reports whether the full-width comma at i, behind digits and
// before a group of three that ends at end, parts thousands: the digits before
// it hang on a word and count nothing, and what follows the groups is a decimal
// or counts something.
func (r *reader) partsThousands(i, end int) bool {
	start := i
	for start > 0 && isASCIIDigit(rune(r.text[start-1])) {
		start--
	}
	before, _ := runeBefore(r.text, start)
	if !isHan(before) || before == '第' || i-start > 3 || strings.HasSuffix(r.text[:start], "别为") || strings.HasSuffix(r.text[:start], "次为") {
		return false // 分别为12，345名: two of a list
	}
	if strings.HasPrefix(r.text[end:], "，") {
		group, _ := r.digitRun(end + len("，"))
		return group == end+len("，")+3 && r.partsThousands(i, group)
	}
	behind := runeAt(r.text, end)
	if behind == '.' {
		last, _ := r.digitRun(end + 1)
		behind = runeAt(r.text, last)
	}
	return isHan(behind) && !strings.ContainsRune("年月日时分秒号和及与至到", behind)
}

// chained reports whether digits and a point stand before i: 2021.8|.30.
func chained(text string, i int) bool {
	if i == 0 || text[i-1] != '.' && text[i-1] != "．"[2] {
		return false
	}
	for _, point := range []string{".", "．"} {
		if strings.HasSuffix(text[:i], point) {
			before, _ := runeBefore(text, i-len(point))
			return isASCIIDigit(before) || '０' <= before && before <= '９'
		}
	}
	return false
}

// pointLength returns the length of the decimal point that stands at i.
func pointLength(text string, i int) int {
	switch {
	case strings.HasPrefix(text[i:], "."):
		return 1
	case strings.HasPrefix(text[i:], "．"):
		return 3
	}
	return 0
}

// fold returns the digits between two offsets in half width and without
// separators.
func (r *reader) fold(start, end int) string {
	text := r.text[start:end]
	if strings.IndexByte(text, 0xEF) < 0 && strings.IndexByte(text, ',') < 0 {
		return text
	}
	var b strings.Builder
	for _, c := range text {
		switch {
		case '０' <= c && c <= '９':
			b.WriteByte(byte(c-'０') + '0')
		case isASCIIDigit(c):
			b.WriteByte(byte(c))
		}
	}
	return b.String()
}

// digitsLimit bounds the numerals that are calculated with; longer rows of
// digits are reported as they stand.
const digitsLimit = 60
