// Package calendar reads the date expressions of Chinese official prose:
// days, months, quarters, years, ranges (2020年10月15日-12月11日) and open ends
// (2015年以来, 2021年底前). A year that is not printed is taken from the same
// sentence or paragraph, or from the notice's own date; where neither settles
// it the expression is not read.
package calendar

import (
	"strings"
	"time"

	"tongbao"
)

// An Expression is a date as printed, with the days that it means.
type Expression struct {
	tongbao.Span
	From, To    string // ISO 8601 days, inclusive; an open end is empty
	Granularity string // day, month, quarter, year, period
	Before      bool   // …前, …内: due by the end
	Yearless    bool   // the year was not printed
}

// Find returns the date expressions of text in reading order. reference is the
// ISO day (or RFC 3339 time) of the notice, by which 今年 and 年底前 are
// understood; "" when unknown.
func Find(text, reference string) []Expression {
	r := reader{text: text}
	if len(reference) >= 10 {
		if day, err := time.Parse(time.DateOnly, reference[:10]); err == nil {
			r.reference = day
		}
	}
	var found []Expression
	outside := 0
	for i := 0; i < len(text); {
		if i+3 <= len(text) && 0xE4 <= text[i] && text[i] <= 0xE9 && dateStarts[text[i+1]&63]>>(text[i+2]&63)&1 == 0 {
			i += 3
			continue
		}
		if text[i] == 0xE3 { // a title's years (规划（2021—2035年）) are not those of what follows
			if strings.HasPrefix(text[i:], "《") {
				outside = r.paragraphYear
			} else if strings.HasPrefix(text[i:], "》") {
				r.paragraphYear = outside
			}
		}
		if !startsDate(text[i:]) {
			if text[i] == '\n' {
				r.paragraphYear = 0
			}
			i += runeLength(text[i])
			continue
		}
		if n := digitRun(text[i:]); n > 0 && !goesOnAsDate(text[i:], n) {
			i += n
			continue
		}
		e, end, ok := r.expression(i)
		if !ok {
			i = r.skip(i)
			continue
		}
		found = append(found, e...)
		i, r.lastEnd = end, end
	}
	return found
}

type reader struct {
	text          string
	reference     time.Time
	paragraphYear int // last year printed in this paragraph, 0 for none
	lastMonth     int
	lastEnd       int // where the expression before ends
	onlyYear      int // the one year that the text prints, -1 for none or several, 0 for not yet looked for
}

// skip passes the character, or the whole run of digits, that begins at i.
func (r *reader) skip(i int) int {
	if n := digits(r.text[i:]); n > 0 {
		return i + n
	}
	if r.text[i] < 0x80 {
		return i + 1
	}
	return i + runeLength(r.text[i])
}

// part is one end of an expression: the days it spans and how finely.
type part struct {
	from, to    time.Time
	granularity string
	year        int
	month, day  int
	yearless    bool
	instant     bool // 底, 末, 初: a point, not a stretch
}

func (r *reader) expression(i int) ([]Expression, int, bool) {
	if e, end, ok := r.plan(i); ok {
		return []Expression{e}, end, true
	}
	if list, end, ok := r.yearList(i); ok {
		return list, end, true
	}
	p, end, ok := r.part(i, nil)
	if !ok {
		return nil, 0, false
	}
	before := r.paragraphYear
	r.remember(p)
	e := Expression{Span: tongbao.Span{Start: i, End: end}, From: iso(p.from), To: iso(p.to), Granularity: p.granularity, Yearless: p.yearless}
	if q, stop, ok := r.otherEnd(p, end); ok {
		r.remember(q)
		e.End, e.To, e.Granularity = stop, iso(q.to), "period"
		if strings.HasSuffix(r.text[:i], "从") { // 从…到…
			e.Start -= len("从")
		}
	}
	r.openEnd(&e, p)
	if e.Before && !r.reference.IsZero() && e.To < iso(r.reference) {
		r.paragraphYear = before // 2018年底以前的土地: of what was there, not of what was done
	}
	return []Expression{e}, e.End, true
}

// part reads one end; of is the other end of a range, whose year and month a
// shorter second end takes over.
func (r *reader) part(i int, of *part) (part, int, bool) {
	if i == len(r.text) { // 2015年至 at the text's end
		return part{}, 0, false
	}
	if y, end, ok := r.year(i); ok {
		return r.withinYear(y, end, false)
	}
	if of != nil {
		if p, end, ok := r.shortEnd(i, of); ok {
			return p, end, true
		}
	}
	return r.yearless(i)
}

// year reads 2021年, 二〇二一年, 今年, and returns where it ends.
func (r *reader) year(i int) (int, int, bool) {
	if !r.reference.IsZero() && len(r.text) >= i+6 && r.text[i] >= 0xE4 {
		if shift, ok := relativeYears[r.text[i:i+6]]; ok {
			return r.reference.Year() + shift, i + 6, true
		}
	}
	y, end, ok := fourDigits(r.text, i)
	if !ok {
		return 0, 0, false
	}
	end = skipSpaces(r.text, end)
	if !strings.HasPrefix(r.text[end:], "年") {
		return 0, 0, false
	}
	return y, end + len("年"), true
}

var relativeYears = map[string]int{"今年": 0, "去年": -1, "明年": 1}

// withinYear reads what follows 2021年.
func (r *reader) withinYear(year, end int, yearless bool) (part, int, bool) {
	at := skipSpaces(r.text, end)
	if q, stop, ok := r.month(year, at); ok {
		q.yearless = yearless
		return q, stop, true
	}
	p := part{year: year, yearless: yearless, granularity: "year", from: day(year, 1, 1), to: day(year, 12, 31)}
	if q, stop, ok := counted(r.text, year, end); ok && !yearless {
		return q, stop, true
	}
	if impossible(r.text, at) {
		return part{}, 0, false
	}
	rest := r.text[end:]
	for _, s := range stretches {
		if strings.HasPrefix(rest, s.words) {
			p.from, p.to = day(year, s.fromMonth, s.fromDay), day(year, s.toMonth, s.toDay)
			p.granularity, p.instant = s.granularity, s.granularity == "day"
			end += len(s.words)
			if last := pass(r.text, end, "末", "底"); last > end && (s.granularity == "quarter" || s.granularity == "period") { // 三季度末
				p.from, p.granularity, p.instant, end = p.to, "day", true, last
			}
			return p, end, true
		}
	}
	if yearless {
		return part{}, 0, false
	}
	if strings.HasPrefix(rest, "度") {
		end += len("度")
	}
	return p, end, true
}

// stretches are the named parts of a year; longer wordings first.
var stretches = []struct {
	words                              string
	fromMonth, fromDay, toMonth, toDay int
	granularity                        string
}{
	{"第一季度", 1, 1, 3, 31, "quarter"}, {"第二季度", 4, 1, 6, 30, "quarter"}, {"第三季度", 7, 1, 9, 30, "quarter"}, {"第四季度", 10, 1, 12, 31, "quarter"},
	{"一季度", 1, 1, 3, 31, "quarter"}, {"二季度", 4, 1, 6, 30, "quarter"}, {"三季度", 7, 1, 9, 30, "quarter"}, {"四季度", 10, 1, 12, 31, "quarter"},
	{"1季度", 1, 1, 3, 31, "quarter"}, {"2季度", 4, 1, 6, 30, "quarter"}, {"3季度", 7, 1, 9, 30, "quarter"}, {"4季度", 10, 1, 12, 31, "quarter"},
	{"前三季度", 1, 1, 9, 30, "period"}, {"上半年", 1, 1, 6, 30, "period"}, {"下半年", 7, 1, 12, 31, "period"}, {"前半年", 1, 1, 6, 30, "period"}, {"后半年", 7, 1, 12, 31, "period"},
	{"年底", 12, 31, 12, 31, "day"}, {"年末", 12, 31, 12, 31, "day"}, {"年初", 1, 1, 1, 1, "day"},
	{"底", 12, 31, 12, 31, "day"}, {"末", 12, 31, 12, 31, "day"}, {"初", 1, 1, 1, 1, "day"},
}

// month reads 10月15日, 10月, 10月底, 1—4月 at i within a year.
func (r *reader) month(year, i int) (part, int, bool) {
	m, end, ok := number(r.text, i)
	if !ok || m < 1 || m > 12 {
		return part{}, 0, false
	}
	if next, ok := connector(r.text, end); ok { // 1—4月
		if m2, stop, ok := number(r.text, next); ok && m2 > m && m2 <= 12 && strings.HasPrefix(r.text[stop:], "月") {
			stop += len("月")
			p := part{year: year, month: m2, granularity: "period", from: day(year, m, 1), to: lastDay(year, m2)}
			return p, pass(r.text, stop, "份"), true
		}
	}
	end = skipSpaces(r.text, end)
	if !strings.HasPrefix(r.text[end:], "月") {
		return part{}, 0, false
	}
	end += len("月")
	p := part{year: year, month: m, granularity: "month", from: day(year, m, 1), to: lastDay(year, m)}
	at := skipSpaces(r.text, end)
	if d, stop, ok := number(r.text, at); ok && d >= 1 && d <= p.to.Day() {
		stop = skipSpaces(r.text, stop)
		if strings.HasPrefix(r.text[stop:], "日") || strings.HasPrefix(r.text[stop:], "号") {
			p.from, p.to, p.day, p.granularity = day(year, m, d), day(year, m, d), d, "day"
			return p, stop + len("日"), true
		}
		if q, stop, ok := r.dayRange(p, d, stop); ok {
			return q, stop, true
		}
	} else if ok && strings.HasPrefix(r.text[stop:], "日") {
		return part{}, 0, false // 2月30日: no such day, so no date
	}
	rest := r.text[end:]
	for _, s := range [...]struct {
		words    string
		from, to int
	}{{"上旬", 1, 10}, {"中旬", 11, 20}, {"下旬", 21, 31}, {"底", 31, 31}, {"末", 31, 31}, {"初", 1, 1}} {
		if strings.HasPrefix(rest, s.words) {
			from, to := min(s.from, p.to.Day()), min(s.to, p.to.Day())
			p.from, p.to, p.granularity, p.instant = day(year, m, from), day(year, m, to), "day", from == to
			if from != to {
				p.granularity = "period"
			}
			return p, end + len(s.words), true
		}
	}
	return p, pass(r.text, end, "份"), true
}

// dayRange reads the end of 5月14~15日, whose first day ends at i.
func (r *reader) dayRange(p part, first, i int) (part, int, bool) {
	next, ok := connector(r.text, i)
	if !ok {
		return part{}, 0, false
	}
	last, end, ok := number(r.text, next)
	if !ok || last <= first || last > p.to.Day() || !strings.HasPrefix(r.text[end:], "日") {
		return part{}, 0, false
	}
	p.from, p.to, p.day, p.granularity = day(p.year, p.month, first), day(p.year, p.month, last), last, "period"
	return p, end + len("日"), true
}

// shortEnd reads the second end of a range that drops its year or month:
// …10月15日-12月11日, …4月12日至16日.
func (r *reader) shortEnd(i int, of *part) (part, int, bool) {
	if of.month == 0 {
		return part{}, 0, false
	}
	if p, end, ok := r.month(of.year, i); ok && p.month >= of.month {
		p.yearless = of.yearless
		return p, end, true
	}
	if of.day == 0 {
		return part{}, 0, false
	}
	d, end, ok := number(r.text, i)
	if !ok || d < of.day || d > lastDay(of.year, of.month).Day() || !strings.HasPrefix(r.text[end:], "日") {
		return part{}, 0, false
	}
	p := *of
	p.from, p.to, p.day = day(of.year, of.month, d), day(of.year, of.month, d), d
	return p, end + len("日"), true
}

// yearList reads 2022、2023、2024年: each year is an expression of its own;
// 2019—2021年 is one.
func (r *reader) yearList(i int) ([]Expression, int, bool) {
	first, end, ok := fourDigits(r.text, i)
	if !ok || strings.HasPrefix(r.text[end:], "年") {
		return nil, 0, false
	}
	if next, ok := connector(r.text, end); ok {
		last, stop, ok := fourDigits(r.text[next:], 0) // behind a hyphen no part of a longer number
		stop += next
		if !ok || last <= first || !strings.HasPrefix(r.text[stop:], "年") {
			return nil, 0, false
		}
		stop = pass(r.text, stop+len("年"), "度")
		r.paragraphYear = last
		return []Expression{{Span: tongbao.Span{Start: i, End: stop}, From: iso(day(first, 1, 1)), To: iso(day(last, 12, 31)), Granularity: "period"}}, stop, true
	}
	list := []Expression{yearExpression(first, i, end)}
	for {
		next := pass(r.text, end, "、", "和", "及")
		if next == end {
			return nil, 0, false
		}
		y, stop, ok := fourDigits(r.text, next)
		if !ok {
			return nil, 0, false
		}
		if strings.HasPrefix(r.text[stop:], "年") {
			stop = pass(r.text, stop+len("年"), "度")
			r.paragraphYear = y
			return append(list, yearExpression(y, next, stop)), stop, true
		}
		list = append(list, yearExpression(y, next, stop))
		end = stop
	}
}

func yearExpression(y, start, end int) Expression {
	return Expression{Span: tongbao.Span{Start: start, End: end}, From: iso(day(y, 1, 1)), To: iso(day(y, 12, 31)), Granularity: "year"}
}

// plan reads “十四五”期间: the five years of a plan (the tenth began in 2001).
func (r *reader) plan(i int) (Expression, int, bool) {
	if isDigit(r.text[i]) {
		return Expression{}, 0, false
	}
	at := pass(r.text, i, "“")
	if !strings.HasPrefix(r.text[at:], "十") {
		return Expression{}, 0, false
	}
	for k, name := range []string{"十五五", "十四五", "十三五", "十二五", "十一五"} {
		if !strings.HasPrefix(r.text[at:], name) {
			continue
		}
		end := pass(r.text, pass(r.text, at+len(name), "”"), "规划")
		stop := pass(r.text, end, "期间", "时期")
		if stop == end {
			return Expression{}, 0, false
		}
		from := 2026 - 5*k
		return Expression{Span: tongbao.Span{Start: i, End: stop}, From: iso(day(from, 1, 1)), To: iso(day(from+4, 12, 31)), Granularity: "period"}, stop, true
	}
	return Expression{}, 0, false
}

func day(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

func lastDay(y, m int) time.Time { return time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC) }

// iso is t.Format(time.DateOnly) for the four digits that all our years have.
func iso(t time.Time) string {
	y, m, d := t.Date()
	two := func(n int) (byte, byte) { return '0' + byte(n/10%10), '0' + byte(n%10) }
	text := [...]byte{4: '-', 7: '-', 9: 0}
	text[0], text[1] = two(y / 100)
	text[2], text[3] = two(y)
	text[5], text[6] = two(int(m))
	text[8], text[9] = two(d)
	return string(text[:])
}
