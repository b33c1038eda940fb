// Package commentary tells articles that argue about cases and rules, and the
// texts of laws, from notices that report: their figures are examples.
package commentary

import (
	_ "embed"
	"strings"
)

//go:embed marks.txt
var list string

// marksNeeded is how many different marks make a text commentary: one alone
// (笔者) may be a quotation.
const marksNeeded = 2

// Is reports whether a text is an article that argues about cases and rules
// (以案说纪, 案例评析, 业务探讨), by the words that such articles use and notices
// do not.
func Is(text string) bool {
	marks := 0
	for mark := range strings.Lines(list) {
		if mark = strings.TrimSpace(mark); mark != "" && !strings.HasPrefix(mark, "#") && strings.Contains(text, mark) {
			if marks++; marks == marksNeeded {
				return true
			}
		}
	}
	return false
}

// articlesNeeded is how many lines must begin as the articles of a law do.
const articlesNeeded = 5

// Statute reports whether a text is that of a law or of rules: from its first
// third on its lines begin with 第一条, 第二条.
func Statute(text string) bool {
	articles := 0
	for rest := text; ; {
		line, behind, more := strings.Cut(rest, "\n")
		if article(strings.TrimLeft(line, " \t\u3000")) {
			if articles++; articles == 1 && 3*(len(text)-len(rest)) > len(text) {
				return false // rules behind a notice
			}
			if articles == articlesNeeded {
				return true
			}
		}
		if !more {
			return false
		}
		rest = behind
	}
}

// article reports whether a line begins with 第十二条 and a space.
func article(line string) bool {
	rest, ok := strings.CutPrefix(line, "第")
	if !ok {
		return false
	}
	n := strings.IndexFunc(rest, func(r rune) bool {
		return !strings.ContainsRune("一二三四五六七八九十百零〇0123456789", r)
	})
	if n <= 0 {
		return false
	}
	behind, ok := strings.CutPrefix(rest[n:], "条")
	return ok && (strings.HasPrefix(behind, " ") || strings.HasPrefix(behind, "\u3000") || strings.HasPrefix(behind, "之"))
}
