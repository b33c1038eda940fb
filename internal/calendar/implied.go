package calendar

import (
	"strings"
	"unicode/utf8"
)

// yearless reads 6月底, 5月4日, 下半年, 年底前, whose year is not printed.
func (r *reader) yearless(i int) (part, int, bool) {
	if _, _, isMonth := r.month(2000, i); isMonth {
		if i >= 6 && unsettledYears[r.text[i-6:i]] { // 今年|3月 of a notice without a day
			return part{}, 0, false
		}
		if i > 0 && (isDigit(r.text[i-1]) || strings.HasSuffix(r.text[:i], "个") || strings.HasSuffix(r.text[:i], "〕")) {
			return part{}, 0, false
		}
		year := r.impliedYear(i)
		if year == 0 {
			return part{}, 0, false
		}
		p, end, ok := r.month(year, i)
		if ok && p.granularity == "month" && !endsCleanly(r.text[end:]) {
			return part{}, 0, false
		}
		p.yearless = true
		return p, end, ok
	}
	switch r.text[i] {
	case 0xE4, 0xE5, 0xE7, '1', '2', '3', '4': // 一, 三, 上, 下; 前, 四, 年; 第; 1季度
	default:
		return part{}, 0, false
	}
	if p, end, ok := r.bareQuarter(i); ok {
		return p, end, true
	}
	if r.reference.IsZero() || r.reference.Year() == 0 {
		return part{}, 0, false
	}
	for _, words := range []string{"年底前", "年底", "年内", "上半年", "下半年"} {
		if !strings.HasPrefix(r.text[i:], words) || strings.HasSuffix(r.text[:i], "年") || strings.HasSuffix(r.text[:i], "每") || strings.HasSuffix(r.text[:i], "考") {
			continue
		}
		if words == "年内" {
			if !r.standsAlone(i) {
				return part{}, 0, false
			}
			y := r.reference.Year()
			return part{year: y, yearless: true, granularity: "year", from: day(y, 1, 1), to: day(y, 12, 31)}, i + len("年"), true
		}
		if words == "年底" && !promises(r.text[i+len(words):]) {
			return part{}, 0, false
		}
		year := r.reference.Year()
		if !strings.Contains(r.text[r.lastEnd:i], "。") {
			year = max(year, r.paragraphYear) // 2022年一季度供地、上半年开工
		}
		return r.withinYear(year, i, true)
	}
	return part{}, 0, false
}

// unsettledYears are the words for a year that only the notice's own day can
// settle.
var unsettledYears = map[string]bool{"今年": true, "去年": true, "明年": true}

// bareQuarter reads 三季度 without its year: that of the paragraph, else of the
// notice if the quarter lies before it.
func (r *reader) bareQuarter(i int) (part, int, bool) {
	rest := r.text[i:min(len(r.text), i+len("第三季度末前"))]
	if quarter := strings.Index(rest, "季度"); quarter < 1 {
		return part{}, 0, false
	}
	due := strings.HasSuffix(rest, "前") && !strings.HasPrefix(rest, "前") // 第三季度末|前 lies ahead
	for _, s := range stretches {
		if s.granularity != "quarter" && s.words != "前三季度" || !strings.HasPrefix(r.text[i:], s.words) || i >= 3 && strings.HasSuffix(r.text[:i], "第") {
			continue
		}
		year := r.paragraphYear
		if year == 0 && !r.reference.IsZero() && due {
			year = r.reference.Year()
		}
		if year == 0 && !r.reference.IsZero() && !day(r.reference.Year(), s.toMonth, s.toDay).After(r.reference) {
			year = r.reference.Year()
		}
		if year == 0 {
			return part{}, 0, false
		}
		return r.withinYear(year, i, true)
	}
	return part{}, 0, false
}

// standsAlone refuses the 年内 of 3年内, 三年内, 近年内.
func (r *reader) standsAlone(i int) bool {
	if i == 0 {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(r.text[:i])
	return !strings.ContainsRune("0123456789一二三四五六七八九十两几数多半近个", before)
}

// promises tells 年底完成 from 年底分红会议: a bare 年底 counts only where a
// predicate follows.
func promises(rest string) bool {
	for _, verb := range []string{"前", "完成", "建成", "实现", "投入", "竣工", "开工", "完工"} {
		if strings.HasPrefix(rest, verb) {
			return true
		}
	}
	return false
}

// endsCleanly refuses a bare month that is part of another word (5月份 is fine,
// 1月度 is not).
func endsCleanly(rest string) bool { return !strings.HasPrefix(rest, "度") }

// impliedYear is the year of a date printed without one: that of the date
// before it in the paragraph, unless the months then run backwards; else that
// of the notice, unless the date would then lie in its future.
func (r *reader) impliedYear(i int) int {
	m, end, _ := number(r.text, i)
	if r.paragraphYear != 0 {
		if r.lastMonth <= m {
			return r.paragraphYear
		}
		if y := r.reference.Year(); !r.reference.IsZero() && (y == r.paragraphYear || y == r.paragraphYear+1) && m <= int(r.reference.Month()) {
			return y
		}
		return 0
	}
	switch {
	case r.reference.IsZero():
		return max(0, r.theOnlyYear())
	case m <= int(r.reference.Month()) || r.due(i, end):
		return r.reference.Year()
	}
	return r.reference.Year() - 1 // it tells of what has been
}

// theOnlyYear is the year of a text without a day of its own that prints no
// other, and this one with a month (a year alone, 2019年以来, need not be that of
// the other days); -1 for none.
func (r *reader) theOnlyYear() int {
	if r.onlyYear != 0 {
		return r.onlyYear
	}
	r.onlyYear = -1
	year, month := 0, false
	for at := 0; ; {
		k := strings.Index(r.text[at:], "年")
		if k < 0 {
			break
		}
		at += k + len("年")
		y, end, ok := fourDigits(r.text, max(0, at-len("年")-4))
		if !ok || end != at-len("年") {
			continue
		}
		if year != 0 && year != y {
			return r.onlyYear
		}
		year, month = y, month || digits(r.text[skipSpaces(r.text, at):]) > 0
	}
	if month {
		r.onlyYear = year
	}
	return r.onlyYear
}

// due reports whether the date that begins at i, its month at end, lies ahead:
// 将于12月…, 12月底前.
func (r *reader) due(i, end int) bool {
	before, behind := r.text[max(0, i-15):i], r.text[end:min(len(r.text), end+15)]
	for _, mark := range []string{"将", "拟", "计划", "预计", "确保", "力争", "争取"} {
		if strings.Contains(before, mark) {
			return true
		}
	}
	return strings.HasPrefix(behind, "月底") || strings.HasPrefix(behind, "月末") || strings.HasPrefix(behind, "月前") || strings.Contains(behind, "日前")
}
