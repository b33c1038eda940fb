package calendar

import (
	"strings"
	"time"
)

// counted reads the weeks and months that are counted within a year: 2021年的
// 第一周, 2021年前七个月. Weeks are those of ISO 8601, from Monday.
func counted(text string, year, i int) (part, int, bool) {
	at := pass(text, i, "的")
	start := pass(text, at, "第", "前")
	if start == at {
		return part{}, 0, false
	}
	n, end, ok := number(text, start)
	if !ok || n < 1 {
		return part{}, 0, false
	}
	upTo := strings.HasPrefix(text[at:], "前")
	p := part{year: year, granularity: "period"}
	if stop := pass(text, end, "个月"); stop > end && n <= 12 {
		p.month, p.from, p.to = n, day(year, n, 1), lastDay(year, n)
		if upTo {
			p.from = day(year, 1, 1)
		} else {
			p.granularity = "month"
		}
		return p, stop, true
	}
	if stop := pass(text, end, "周", "个星期"); stop > end && n <= 53 {
		first := firstMonday(year)
		p.from, p.to = first.AddDate(0, 0, 7*(n-1)), first.AddDate(0, 0, 7*n-1)
		if upTo {
			p.from = first
		}
		return p, stop, true
	}
	return part{}, 0, false
}

// firstMonday is that of the week with the year's 4 January (ISO 8601).
func firstMonday(year int) time.Time {
	fourth := day(year, 1, 4)
	return fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7)
}

// impossible reports whether a month and a day stand at i that no year has: 2月
// 30日. Their year alone would be a date that nobody printed.
func impossible(text string, i int) bool {
	_, end, ok := number(text, i)
	if !ok || !strings.HasPrefix(text[end:], "月") {
		return false
	}
	_, end, ok = number(text, end+len("月"))
	return ok && strings.HasPrefix(text[end:], "日")
}
