package calendar

import "strings"

// otherEnd reads the second end of a range: 自4月8日起至6月10日, 2015年和2018年
// 之间.
func (r *reader) otherEnd(p part, end int) (part, int, bool) {
	if next, ok := connector(r.text, pass(r.text, end, "起")); ok {
		q, stop, ok := r.part(next, &p)
		return q, stop, ok && !q.to.Before(p.from)
	}
	if next := pass(r.text, end, "和", "与"); next > end {
		if q, stop, ok := r.part(next, &p); ok && !q.to.Before(p.from) {
			if between := pass(r.text, stop, "之间"); between > stop {
				return q, between, true
			}
		}
	}
	return part{}, 0, false
}

func (r *reader) remember(p part) {
	r.lastMonth = p.month
	if p.year != 0 {
		r.paragraphYear = p.year
	}
}

// openEnd reads what stands behind a date, of which first is the beginning, and
// opens one of its ends. What is after a year or a month (2018年之后) begins with
// the next; after a day it begins with the day, as 2018年3月1日以后 does.
func (r *reader) openEnd(e *Expression, first part) {
	rest := r.text[e.End:]
	for _, mark := range []string{"以来", "至今", "之后", "以后", "开始", "起", "或之后", "及之后", "及以后", "或以后"} {
		if strings.HasPrefix(rest, mark) {
			if mark == "之后" && (first.granularity == "year" || first.granularity == "month") {
				e.From = iso(first.to.AddDate(0, 0, 1))
			}
			e.To, e.End = "", e.End+len(mark)
			return
		}
	}
	for _, mark := range []string{"之前", "以前", "或之前", "及之前", "及以前", "或以前", "前"} {
		if strings.HasPrefix(rest, mark) {
			after := rest[len(mark):]
			if mark == "前" && (strings.HasPrefix(after, "后") || strings.HasPrefix(after, "期") || strings.HasPrefix(after, "往")) {
				return
			}
			if e.Granularity != "period" || first.granularity == "period" {
				e.From = ""
			}
			e.Before, e.End = true, e.End+len(mark)
			return
		}
	}
	for _, mark := range []string{"期间", "以内", "内"} {
		if strings.HasPrefix(rest, mark) && e.Granularity != "day" && mark == "内" && !strings.HasPrefix(rest, "内部") && !strings.HasPrefix(rest, "内容") {
			e.Before, e.End = true, e.End+len(mark)
			return
		}
	}
}
