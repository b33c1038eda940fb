package calendar

import (
	"strings"
	"unicode/utf8"
)

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

func runeLength(lead byte) int {
	switch {
	case lead < 0x80:
		return 1
	case lead < 0xE0:
		return 2
	case lead < 0xF0:
		return 3
	}
	return 4
}

// digit returns the value of the decimal digit (ASCII or full-width) that
// text begins with, and its length in bytes; -1 where there is none.
func digit(text string) (value, length int) {
	if text == "" {
		return -1, 0
	}
	if isDigit(text[0]) {
		return int(text[0] - '0'), 1
	}
	if text[0] == 0xEF {
		if r, n := utf8.DecodeRuneInString(text); '\uFF10' <= r && r <= '\uFF19' {
			return int(r - '\uFF10'), n
		}
	}
	return -1, 0
}

// digits returns the length in bytes of the run of digits at the beginning.
func digits(text string) int {
	n := 0
	for {
		v, length := digit(text[n:])
		if v < 0 {
			return n
		}
		n += length
	}
}

// chineseDigit reads one of 〇零○一二…九.
func chineseDigit(text string) (value, length int) {
	if len(text) < 3 {
		return -1, 0
	}
	switch text[:3] {
	case "〇", "零", "○":
		return 0, 3
	case "一":
		return 1, 3
	case "二":
		return 2, 3
	case "三":
		return 3, 3
	case "四":
		return 4, 3
	case "五":
		return 5, 3
	case "六":
		return 6, 3
	case "七":
		return 7, 3
	case "八":
		return 8, 3
	case "九":
		return 9, 3
	}
	return -1, 0
}

// fourDigits reads a year from 1900 to 2099 in four digits, Arabic or Chinese,
// that is not part of a longer number.
func fourDigits(text string, i int) (int, int, bool) {
	read := digit
	if v, _ := digit(text[i:]); v < 0 {
		read = chineseDigit
	} else if i > 0 && (isDigit(text[i-1]) || text[i-1] == '.' && !labelBefore(text, i-1) || text[i-1] == '-') {
		return 0, 0, false
	}
	year, end := 0, i
	for range 4 {
		v, n := read(text[end:])
		if v < 0 {
			return 0, 0, false
		}
		year, end = year*10+v, end+n
	}
	if v, _ := read(text[end:]); v >= 0 || year < 1900 || year > 2099 {
		return 0, 0, false
	}
	return year, end, true
}

// labelBefore reports whether the point at i ends the number of a paragraph:
// 16.|2020—2022年.
func labelBefore(text string, i int) bool {
	from := i
	for from > 0 && i-from < 3 && isDigit(text[from-1]) {
		from--
	}
	return from < i && (from == 0 || text[from-1] == '\n')
}

// number reads a day or a month: one or two digits, or 一 to 三十一.
func number(text string, i int) (int, int, bool) {
	if n := digits(text[i:]); n > 0 {
		value, at := 0, i
		for at < i+n {
			v, length := digit(text[at:])
			value, at = value*10+v, at+length
			if value > 99 {
				return 0, 0, false
			}
		}
		return value, at, true
	}
	value, at := 0, i
	if v, n := chineseDigit(text[at:]); v > 0 {
		value, at = v, at+n
		if !strings.HasPrefix(text[at:], "十") {
			return value, at, true
		}
	} else if strings.HasPrefix(text[at:], "十") {
		value = 1
	} else {
		return 0, 0, false
	}
	value, at = value*10, at+len("十")
	if v, n := chineseDigit(text[at:]); v > 0 {
		return value + v, at + n, true
	}
	return value, at, true
}

// connector passes the mark between the ends of a range.
func connector(text string, i int) (int, bool) {
	at := skipSpaces(text, i)
	for _, mark := range []string{"——", "—", "–", "-", "－", "~", "～", "至", "到", "―", "─"} {
		if strings.HasPrefix(text[at:], mark) {
			return skipSpaces(text, at+len(mark)), true
		}
	}
	return 0, false
}

func skipSpaces(text string, i int) int {
	for i < len(text) && text[i] == ' ' {
		i++
	}
	return i
}

// pass passes the first of the words that stands at i, if any.
func pass(text string, i int, words ...string) int {
	for _, w := range words {
		if strings.HasPrefix(text[i:], w) {
			return i + len(w)
		}
	}
	return i
}
