package calendar

import (
	"strings"
	"unicode/utf8"
)

// yearless reads 6月底, 5月4日, 下半年, 年底前, whose year is not printed.
func (r *reader) yearless(i int) (part, int, bool) {
	if _, _, isMonth := r.month(2000, i); isMonth {
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
		// A later year printed just before carries on: 2022年一季度供地、上半年开工.
		return r.withinYear(max(r.reference.Year(), r.paragraphYear), i, true)
	}
	return part{}, 0, false
}

// bareQuarter reads 三季度 without its year: that of the paragraph, else of the
// notice if the quarter lies before it.
func (r *reader) bareQuarter(i int) (part, int, bool) {
	for _, s := range stretches {
		if s.granularity != "quarter" && s.words != "前三季度" || !strings.HasPrefix(r.text[i:], s.words) || i >= 3 && strings.HasSuffix(r.text[:i], "第") {
			continue
		}
		year := r.paragraphYear
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
	m, _, _ := number(r.text, i)
	if r.paragraphYear != 0 {
		if r.lastMonth > m {
			if y := r.reference.Year(); !r.reference.IsZero() && y == r.paragraphYear+1 && m <= int(r.reference.Month()) {
				return y
			}
			return 0
		}
		return r.paragraphYear
	}
	if !r.reference.IsZero() && m <= int(r.reference.Month()) {
		return r.reference.Year()
	}
	return 0
}
