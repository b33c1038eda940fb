// Package commentary tells articles that argue about cases and rules from
// notices that report: their figures are examples.
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
