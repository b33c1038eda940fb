package pipeline

import (
	"errors"
	"strings"

	"tongbao"
	"tongbao/pipeline/parse/outline"
)

// parsePage stands in until pipeline/parse is there.
func parsePage(page tongbao.Page) (*tongbao.Notice, error) {
	var lines []string
	for line := range strings.Lines(string(page.Body)) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return nil, errors.New("no text")
	}
	n := &tongbao.Notice{Title: lines[0], Text: strings.Join(lines[min(1, len(lines)-1):], "\n")}
	if page.URL != "" {
		n.URLs = []string{page.URL}
	}
	n.ID = tongbao.IDOf(n.Text)
	outline.Read(n)
	return n, nil
}
