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
	bareDay     = regexp.MustCompile(`^[（(【\[]?(?:(?:发布|更新)?(?:时间|日期))?[:：]?\s*(?:19|20)\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}日?(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?[)）】\]]?$`)
	docNumber   = regexp.MustCompile(`^\p{Han}{1,12}[〔\[（(]\d{4}[〕\])）]\d+号$`)
)

// readText reads a plain text: furniture, title and the line with source and
// time come before the first paragraph of prose.
func readText(text string) article {
	var lines []string
	for line := range strings.Lines(visible(text)) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	var a article
	var head []string
	var lead strings.Builder
	at := 0
	for at < min(len(lines), headLines) && !isProse(lines[at]) {
		switch line := lines[at]; {
		case isCrumb(line):
			head = nil // what stands before the crumbs is the column's name
		case isMetaLine(line), bareDay.MatchString(line):
			lead.WriteString(line + "\n")
		case isControls(line):
		default:
			head = append(head, line)
		}
		at++
	}
	var rest []string
	a.title, rest = titleOf(head)
	if a.title == "" && lead.Len() == 0 && (at == len(lines) || at == headLines) {
		rest, at = lines, len(lines) // no prose and no title: nothing can be told apart
	}
	a.source, a.published = sourceIn(lead.String()), publishedIn(lead.String())
	var more string
	a.paragraphs, more = trimFurniture(append(rest, lines[at:]...), a.title)
	a.source, a.published = firstNonEmpty(a.source, sourceIn(more)), firstNonEmpty(a.published, publishedIn(more))
	if len(lines) == 1 && len(a.paragraphs) == 0 { // a sentence by itself is no title of something
		a.title, a.paragraphs = "", lines
	}
	return a
}

// isProse reports whether a line belongs to the body.
func isProse(line string) bool {
	if isMetaLine(line) || isCrumb(line) || bareDay.MatchString(line) {
		return false
	}
	return headingLine.MatchString(line) || strings.ContainsAny(line, "。；") || utf8.RuneCountInString(line) > 70
}

// titleOf takes the title from the lines before the body: the first that is no
// banner, is long enough and ends in no open mark, joined to its neighbours
// where it was broken (中共…委员会 / 关于…的通报). Banners before it are
// furniture, lines behind it the body's.
func titleOf(head []string) (string, []string) {
	best := 0
	for best < len(head) && (isBanner(head[best]) || isIssuer(head[best])) {
		best++
	}
	if best == len(head) {
		return "", head
	}
	first, title := best, head[best]
	if n := utf8.RuneCountInString(title); !endsLikeTitle(title) && (n < 8 || n > 60 || endsOpen(title)) {
		return "", head
	}
	if best+1 < len(head) && !endsLikeTitle(title) && endsLikeTitle(title+head[best+1]) && continues(title, head[best+1]) {
		best++
		title += head[best]
	}
	for best+1 < len(head) && hasAnyPrefix(head[best+1], "——", "--") { // a second line
		best++
		title += head[best]
	}
	for ; first > 0 && continues(head[first-1], title); first-- {
		title = head[first-1] + title
	}
	return title, head[best+1:]
}

// isBanner reports whether a line before the title names a site, a column or a
// series of documents: 望江纪检监察网, 巡视巡察, 中共望江区委文件, 望委〔2022〕8号.
func isBanner(line string) bool {
	return utf8.RuneCountInString(line) <= 7 && !endsOpen(line) || strings.HasSuffix(line, "文件") || isSite(line) && !isIssuer(line) || docNumber.MatchString(line)
}

// continues reports whether a title goes on from the line before.
func continues(before, title string) bool {
	if endsOpen(before) || isBanner(before) && !isIssuer(before) || utf8.RuneCountInString(before) < 4 || utf8.RuneCountInString(before+title) > 90 {
		return false
	}
	return isIssuer(before) || hasAnyPrefix(title, "关于", "的", "整改", "巡视整改", "巡察整改") && !isSite(before) && (strings.Contains(before, "委") || strings.Contains(before, "组") || strings.Contains(before, "关于")) ||
		strings.HasPrefix(before, "关于") && !endsLikeTitle(before)
}

// endsOpen reports whether a line ends in a mark that no title ends in:
// 各街道党工委：
func endsOpen(line string) bool {
	last, _ := utf8.DecodeLastRuneInString(line)
	return strings.ContainsRune("：:，,、；;。", last)
}

// endsLikeTitle reports whether a line ends as titles of the genre do.
func endsLikeTitle(line string) bool {
	if utf8.RuneCountInString(line) < 8 || headingLine.MatchString(line) {
		return false
	}
	bare := line
	for _, pair := range []string{"（）", "()", "【】"} { // …的通报（摘要）, (原江干区部分)
		if open, n := utf8.DecodeRuneInString(pair); strings.HasSuffix(bare, pair[n:]) {
			if at := strings.LastIndex(bare, string(open)); at > 0 {
				bare = bare[:at]
			}
		}
	}
	for _, end := range []string{"通报", "公告", "公示", "报告", "情况", "通知", "问题", "案例", "决定", "意见", "召开", "公报", "方案", "进展"} {
		if strings.HasSuffix(bare, end) {
			return true
		}
	}
	return false
}

// isIssuer reports whether a line is nothing but the body that issues the
// notice: the first line of a title in two.
func isIssuer(line string) bool {
	for _, end := range []string{"委员会", "委", "党组", "党工委", "党委", "领导小组", "办公室"} {
		if hasAnyPrefix(line, "中共", "中国共产党") && strings.HasSuffix(line, end) {
			return true
		}
	}
	return false
}
