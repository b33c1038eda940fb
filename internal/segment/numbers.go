package segment

import (
	"regexp"
	"strings"

	"tongbao"
)

var stub = regexp.MustCompile(`第?(?:\d+(?:\.\d+)?:\d+(?:\.\d+)?|\d+(?:,\d{3})*(?:\.\d+)?(?:万|亿)?%?余?|[一二两三四五六七八九十]+余?)`)

// findNumbers stands in for numeral.Find until that has landed.
func findNumbers(text string) []tongbao.Number {
	var out []tongbao.Number
	for _, m := range stub.FindAllStringIndex(text, -1) {
		s := text[m[0]:m[1]]
		n := tongbao.Number{Span: tongbao.Span{Start: m[0], End: m[1]}}
		if strings.HasPrefix(s, "第") {
			n.Ordinal = true
			n.Start += 3
			s = s[3:]
		}
		if strings.HasSuffix(s, "余") {
			n.Approx = tongbao.Over
			s = strings.TrimSuffix(s, "余")
			n.Min = s
		}
		switch {
		case strings.Contains(s, ":"):
			n.Form = tongbao.Ratio
			n.Value = s
		case strings.HasSuffix(s, "%"):
			n.Form = tongbao.Percent
			n.Value = strings.TrimSuffix(s, "%")
		default:
			v := strings.ReplaceAll(s, ",", "")
			shift := 0
			if strings.HasSuffix(v, "万") {
				v, shift = strings.TrimSuffix(v, "万"), 4
			}
			if strings.HasSuffix(v, "亿") {
				v, shift = strings.TrimSuffix(v, "亿"), 8
			}
			a, b, _ := strings.Cut(v, ".")
			for len(b) < shift {
				b += "0"
			}
			n.Value = a + b[:shift]
			if len(b) > shift {
				n.Value += "." + b[shift:]
			}
			if s[0] > 0x7f {
				n.Chinese = true
				n.Value = map[string]string{"两": "2", "三": "3", "四": "4", "五": "5", "六": "6", "十": "10"}[s]
				if n.Value == "" {
					n.Value = "1"
				}
			}
		}
		out = append(out, n)
	}
	return out
}
