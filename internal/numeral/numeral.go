// Package numeral is the grammar of numbers in Chinese text.
package numeral

import "tongbao"

// Find returns every number of the text in reading order, never overlapping.
// Spans are byte offsets into text.
func Find(text string) []tongbao.Number {
	var found []tongbao.Number
	for i := 0; i < len(text); {
		j := i
		for j < len(text) && '0' <= text[j] && text[j] <= '9' {
			j++
		}
		if j > i {
			found = append(found, tongbao.Number{Span: tongbao.Span{Start: i, End: j}, Value: text[i:j]})
		}
		i = max(j, i+1)
	}
	return found
}
