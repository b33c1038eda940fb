package calendar

import "strings"

// startsDate is a cheap test of the first characters: a digit, or those that may
// open an expression (二〇二一年, 今年, “十四五”, 上半年, 年底前).
func startsDate(text string) bool {
	if text[0] < 0x80 {
		return isDigit(text[0])
	}
	if len(text) < 3 {
		return false
	}
	if dateStarts[text[1]&63]>>(text[2]&63)&1 == 0 {
		return text[0] == 0xEF // full-width digits
	}
	switch text[:3] {
	case "〇", "零", "○", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十":
		return true
	case "今", "去", "明":
		return strings.HasPrefix(text[3:], "年")
	case "年":
		return strings.HasPrefix(text[3:], "底") || strings.HasPrefix(text[3:], "内")
	case "上", "下":
		return strings.HasPrefix(text[3:], "半年")
	case "第": // 第三季度
		return len(text) > 6 && strings.HasPrefix(text[6:], "季度")
	case "前":
		return strings.HasPrefix(text[3:], "三季度")
	case "“":
		return strings.HasPrefix(text[3:], "十")
	}
	return text[0] == 0xEF
}

// dateStarts has, by the second byte of a character, a bit for the third byte of
// those that startsDate knows: nearly all others are told by it.
var dateStarts = func() (starts [64]uint64) {
	for _, c := range "〇零○一二三四五六七八九十今去明年上下前第“" {
		encoded := string(c)
		starts[encoded[1]&63] |= 1 << (encoded[2] & 63)
	}
	return starts
}()

// digitRun is the length of the run of digits, Arabic or Chinese, that text
// begins with; 十 is one of them.
func digitRun(text string) int {
	if n := digits(text); n > 0 {
		return n
	}
	n := 0
	for {
		if v, length := chineseDigit(text[n:]); v >= 0 {
			n += length
		} else if strings.HasPrefix(text[n:], "十") {
			n += len("十")
		} else {
			return n
		}
	}
}

// goesOnAsDate reports whether what follows a run of n digits can make a date
// of it; most numbers count something.
func goesOnAsDate(text string, n int) bool {
	rest := strings.TrimLeft(text[n:], " ")
	if rest == "" {
		return false
	}
	switch rest[0] {
	case '-', '~':
		return true
	}
	if len(rest) < 3 {
		return false
	}
	switch rest[:3] {
	case "年", "月", "季", "—", "–", "－", "～", "―", "─", "至", "到", "、", "和", "及", "与":
		return true
	}
	return strings.HasPrefix(text, "十") // “十四五”
}
