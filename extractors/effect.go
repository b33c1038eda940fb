package extractors

import (
	"strings"

	"tongbao"
)

// effectReach is how far behind a title, in bytes, the day from which it is in
// force may stand.
const effectReach = 150

// inForce gives documents the day of their effect where it is printed behind
// them: 《…》自2021年9月1日起施行. A month or a year is no such day.
func inForce(r *reading) {
	for i := range r.facts {
		d := &r.facts[i]
		if d.Kind != tongbao.Document {
			continue
		}
		for k := i + 1; k < len(r.facts) && r.facts[k].Start-d.End <= effectReach; k++ {
			day := &r.facts[k]
			if day.Kind == tongbao.Document {
				break
			}
			if day.Kind != tongbao.Date || day.From == "" || day.From != day.To && day.To != "" {
				continue
			}
			if between := r.text[d.End:day.Start]; strings.ContainsAny(between, "。；;\n") {
				break
			}
			if startsWithAny(strings.TrimPrefix(r.text[day.End:], "起"), "施行", "实施", "执行", "生效", "试行", "正式施行", "正式实施", "全面施行") && (strings.HasPrefix(r.text[day.End:], "起") || strings.HasSuffix(r.text[:day.End], "起")) {
				d.From = day.From
			}
			break
		}
	}
}
