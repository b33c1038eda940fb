package parse

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// within keeps of the paragraphs that the generic reader found those that
// stand in the article's own part of the page. Boxes of other news beside or
// below an article, with a few lines of each, outweigh a short notice. Where
// the page does not show what part is the article's, nothing is dropped.
func (p *page) within(title *html.Node, found []string) []string {
	own := ownPart(title)
	if own == nil {
		return found
	}
	count := map[string]int{}
	for _, line := range found {
		count[line]++
	}
	var kept []string
	for _, line := range own { // in its own order: a line above the heading may return as the signature
		if count[line] > 0 {
			count[line]--
			kept = append(kept, line)
		}
	}
	if !anyBody(kept) {
		return own
	}
	return kept
}

// ownPart returns what stands behind the title in the smallest element that
// holds both the title and sentences, if the line of source and time leads it:
// that line tells an article's heading from any other. Else nil.
func ownPart(title *html.Node) []string {
	var lines []string
	for n := title; n != nil && n.Parent != nil; n = n.Parent {
		for s := n.NextSibling; s != nil; s = s.NextSibling {
			lines = append(lines, paragraphs(s)...)
		}
		for i, line := range lines[:min(len(lines), opening)] {
			if isMetaLine(line) && anyBody(lines[i+1:]) {
				return lines[i:]
			}
		}
		if anyBody(lines) {
			return nil
		}
	}
	return nil
}

// anyBody reports whether a sentence stands among some lines.
func anyBody(lines []string) bool {
	for _, line := range lines {
		if isProse(line) && !isMetaLine(line) && !isControls(line) && !isCredit(line) && !startsBehind(line) {
			return true
		}
	}
	return false
}

// fileEndings are those of the files that notices have as attachments.
var fileEndings = []string{".pdf", ".doc", ".docx", ".wps", ".ofd", ".xls", ".xlsx", ".et", ".zip", ".rar", ".7z", ".ppt", ".pptx", ".txt"}

// isFileName reports whether a line is the name of a file and nothing else, as
// systems set links to attachments behind a body.
func isFileName(line string) bool {
	if utf8.RuneCountInString(line) > 100 || strings.ContainsAny(line, "。；！？") {
		return false
	}
	lower := strings.ToLower(line)
	for _, ending := range fileEndings {
		if name, ok := strings.CutSuffix(lower, ending); ok && name != "" {
			return true
		}
	}
	return false
}
