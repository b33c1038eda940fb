package index

import "tongbao"

// A Query is a parsed question.
type Query struct {
	Text string
	cut  func(string) []tongbao.Word
}

// ParseQuery reads a question. cut is the segmenter's, for ranking.
func ParseQuery(text string, cut func(string) []tongbao.Word) (Query, error) {
	return Query{Text: text, cut: cut}, nil
}
