package parse

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// headLines is how many lines may stand before a text's body.
const headLines = 14

var (
	headingLine = regexp.MustCompile(`^(?:第?[一二三四五六七八九十]+[、部章]|[（(][一二三四五六七八九十]+[)）]|\d+[.．、])`)
	bareDay     = regexp.MustCompile(`^[（(【]?(?:发布时间|时间|日期)?[:：]?\s*(?:19|20)\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?[)）】]?$`)
)

// readText reads a plain text: furniture, title and the line with source and
// time come before the first paragraph of prose.
func readText(text string) (article, error) {
	var lines []string
	for line := range strings.Lines(visible(text)) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	var a article
	var head []string
	at, meta := 0, ""
	for at < len(lines) && at < headLines && !isProse(lines[at]) {
		switch line := lines[at]; {
		case isCrumb(line):
			head = nil // what stands before the crumbs is the column's name
		case isMetaLine(line), bareDay.MatchString(line):
			meta += line + "\n"
		default:
			head = append(head, line)
		}
		at++
	}
	if at == len(lines) || at == headLines { // no prose: nothing can be told apart
		a.paragraphs = lines
		return a, nil
	}
	var rest []string
	a.title, rest = titleOf(head)
	a.source, a.published = sourceIn(meta), publishedIn(meta)
	a.paragraphs, _ = trimFurniture(append(rest, lines[at:]...), a.title)
	return a, nil
}

// isProse reports whether a line belongs to the body.
func isProse(line string) bool {
	if isMetaLine(line) || isCrumb(line) || bareDay.MatchString(line) {
		return false
	}
	return headingLine.MatchString(line) || strings.ContainsAny(line, "。；") || utf8.RuneCountInString(line) > 70
}

// titleOf takes the title from the lines before the body: the last of them
// that reads like one, joined to the line before where the title was broken
// (中共…委员会 / 关于…的通报). Lines behind it belong to the body.
func titleOf(head []string) (string, []string) {
	best := -1
	for i, line := range head {
		if endsLikeTitle(line) {
			best = i
		}
	}
	if best < 0 {
		if len(head) == 0 || utf8.RuneCountInString(head[len(head)-1]) < 4 {
			return "", head
		}
		best = 0
		for i := range head {
			if utf8.RuneCountInString(head[i]) > utf8.RuneCountInString(head[best]) {
				best = i
			}
		}
	}
	title := head[best]
	if best > 0 && (strings.HasPrefix(title, "关于") || isIssuerLine(head[best-1])) && utf8.RuneCountInString(head[best-1]) > 3 && !strings.ContainsAny(head[best-1], "：:") {
		title = head[best-1] + title
	}
	return title, head[best+1:]
}

func endsLikeTitle(line string) bool {
	for _, end := range []string{"通报", "公告", "公示", "报告", "情况", "通知", "问题", "案例", "决定", "意见", "召开"} {
		bare := strings.TrimRight(line, "）)(（摘要全文二一")
		if strings.HasSuffix(bare, end) && utf8.RuneCountInString(line) >= 8 {
			return true
		}
	}
	return false
}

func isIssuerLine(line string) bool {
	return strings.HasPrefix(line, "中共") && (strings.HasSuffix(line, "委员会") || strings.HasSuffix(line, "委") || strings.HasSuffix(line, "党组"))
}
