package parse

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/text/width"
)

var dayTime = regexp.MustCompile(`((?:19|20)\d\d)\s?[-年/.]\s?(\d{1,2})\s?[-月/.]\s?(\d{1,2})日?(?:\s*[T ]?\s*(\d{1,2})[:时]\s?(\d{2})(?:[:分]\s?(\d{2}))?)?`)

// Labels of days. A day under a label of another kind (成文日期, 有效期) says
// nothing of publication.
var (
	publishedLabels = []string{"发布时间", "发布日期", "发表时间", "发表日期", "发稿时间", "公开时间", "公开日期", "公布时间", "公布日期", "上传时间", "刊登时间", "发布于", "发布"}
	plainLabels     = []string{"时间", "日期", "更新时间", "更新日期"}
	otherLabels     = []string{"成文日期", "生成日期", "成文时间", "印发日期", "签发日期", "生效日期", "失效日期", "施行日期", "废止日期", "截止日期", "截止时间", "有效期", "访问时间", "今天是", "当前时间"}
)

// publishedIn returns the day of publication that a few lines print, with its
// time where one stands beside it: under a label of publication before any
// other; "" for none. Digits and marks may be of full width.
func publishedIn(lines string) string {
	folded := width.Narrow.String(lines)
	best, rank := "", 0
	for _, m := range dayTime.FindAllStringSubmatchIndex(folded, 20) {
		day := isoDay(folded, m)
		if day == "" {
			continue
		}
		r := labelRank(folded[:m[0]])
		if r > rank {
			best, rank = day, r
		}
	}
	return best
}

// labelRank tells how surely the label behind which a day stands is one of
// publication.
func labelRank(before string) int {
	label := strings.TrimRight(before, " :\u00a0\u3000[(")
	for _, class := range []struct {
		labels []string
		rank   int
	}{{otherLabels, 0}, {publishedLabels, 3}, {plainLabels, 1}} {
		for _, l := range class.labels {
			if strings.HasSuffix(label, l) {
				return class.rank
			}
		}
	}
	return 2
}

// isoDay writes what dayTime found; "" for a day that no calendar has.
func isoDay(text string, m []int) string {
	number := func(group int) int {
		if m[2*group] < 0 {
			return 0
		}
		n, _ := strconv.Atoi(text[m[2*group]:m[2*group+1]]) // digits, by the expression
		return n
	}
	year, month, day := number(1), number(2), number(3)
	if d := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC); d.Day() != day || int(d.Month()) != month {
		return ""
	}
	if end := m[1]; m[8] < 0 && end < len(text) && text[end] >= '0' && text[end] <= '9' {
		return "" // the head of a longer number
	}
	date := fmt.Sprintf("%04d-%02d-%02d", year, month, day)
	if m[8] < 0 || number(4) > 23 || number(5) > 59 || number(6) > 59 {
		return date
	}
	return fmt.Sprintf("%sT%02d:%02d:%02d+08:00", date, number(4), number(5), number(6))
}

// Labels of sources, the surest first, and what ends a source.
var (
	sourceLabels = []string{"信息来源", "文章来源", "稿件来源", "新闻来源", "稿源", "来源", "发布机构", "发布单位", "发布者"}
	sourceEnds   = []string{"发布时间", "发布日期", "发表时间", "更新时间", "时间", "日期", "作者", "责任编辑", "编辑", "编 辑", "浏览", "点击", "热度", "字号", "字体", "阅读", "访问", "发布人", "发布者", "发布单位", "发布机构", "记者", "打印", "分享", "审核", "【", "】", "[", "]", "|", "｜", "\u3000", "  ", "\u00a0\u00a0", "\t", "\n", "<", "。"}
)

// sourceIn returns what is printed behind 来源.
func sourceIn(lines string) string {
	for _, label := range sourceLabels {
		for rest := lines; ; {
			_, after, found := strings.Cut(rest, label)
			if !found {
				break
			}
			rest = after
			value := strings.TrimLeft(after, " \u00a0\u3000")
			if !strings.HasPrefix(value, ":") && !strings.HasPrefix(value, "：") {
				continue
			}
			s := cleanSource(strings.TrimLeft(value, ":： \u00a0\u3000"))
			if s != "" && (label != "发布者" || utf8.RuneCountInString(s) >= 4) { // a shorter one is a person
				return s
			}
		}
	}
	return ""
}

// cleanSource cuts a source off from what follows it on its line; "" if what is
// left is none.
func cleanSource(value string) string {
	for _, end := range sourceEnds {
		if i := strings.Index(value, end); i >= 0 {
			value = value[:i]
		}
	}
	if m := dayTime.FindStringIndex(value); m != nil {
		value = value[:m[0]]
	}
	value = strings.Trim(value, " \u00a0\u3000:：,，;；/-—")
	for _, pair := range []string{"()", "（）"} { // the line's own brackets, not the source's
		open, n := utf8.DecodeRuneInString(pair)
		if !strings.ContainsRune(value, open) {
			value = strings.TrimRight(value, pair[n:])
		}
	}
	switch n := utf8.RuneCountInString(value); {
	case n < 2 || n > 30, value == "未知", value == "不详", value == "其他", strings.Trim(value, "0123456789-:./ ") == "":
		return ""
	}
	return value
}

// namedSource returns what stands in the first element that a description
// names for the source, its label cut.
func (p *page) namedSource(selectors []selector) string {
	for i := range selectors {
		for _, n := range selectors[i].in(p).Nodes {
			if !p.short(n) {
				continue
			}
			text := line(n)
			if s := sourceIn(text); s != "" {
				return s
			}
			if !strings.ContainsAny(text, ":：") {
				if s := cleanSource(text); s != "" {
					return s
				}
			}
		}
	}
	return ""
}

// metaLines collects the short elements outside the body that hold source or
// time under a label.
func (p *page) metaLines(body *html.Node) string {
	var b strings.Builder
	walk(p.doc.Nodes[0], func(n *html.Node) bool {
		if n.Type != html.ElementNode {
			return n.Type == html.DocumentNode
		}
		s := p.sizes[n]
		if n == body || skipped[n.DataAtom] || s.plain < 4 || b.Len() > 4000 {
			return false
		}
		if s.plain+s.links > 100 || s.parts > 30 {
			return true
		}
		text := line(n)
		if (strings.Contains(text, "来源") || strings.Contains(text, "发布") || strings.Contains(text, "时间") || strings.Contains(text, "日期")) && (publishedIn(text) != "" || sourceIn(text) != "") {
			b.WriteString(text + "\n")
			return false
		}
		return true
	}, func(*html.Node) {})
	return b.String()
}

// bareDay returns a day that stands alone between the title and the body, as
// on pages that print no label.
func (p *page) bareDay(title, body *html.Node) string {
	if title == nil {
		return ""
	}
	from, day := p.sizes[title].place, ""
	to := from + 60
	if body != nil {
		to = min(to, p.sizes[body].place)
	}
	walk(p.doc.Nodes[0], func(n *html.Node) bool {
		if n.Type != html.ElementNode || day != "" {
			return n.Type == html.DocumentNode
		}
		s := p.sizes[n]
		if s.place > from && s.place < to && s.plain+s.links <= 40 {
			if text := line(n); bareDay.MatchString(width.Narrow.String(text)) {
				day = publishedIn(text)
			}
		}
		return s.place <= to
	}, func(*html.Node) {})
	return day
}
