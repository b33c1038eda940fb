// Package segment turns a notice into a Doc: its numbers found, the words
// between them cut, its clauses and sentences bounded. It alone imports gse.
//
// The dictionary is gse's own simplified one (s_1.txt) together with the words
// of the genre (words.txt). gse would need a second and 130 MB to load it.
// Here it lies in the program as a trie that needs no loading (dictionary.go),
// and gse is given only the words that occur in the texts it is to cut
// (vocabulary.go): a few for a query, some thousands for a notice, some tens of
// thousands in the end for a large collection. It cuts them exactly as with the
// whole dictionary.
package segment

import (
	"tongbao"
)

//go:generate go test -run TestDictionaryIsCurrent -update .

// New returns a Segmenter that has met no text yet, which costs nothing.
func New() *Segmenter { return new(Segmenter) }

// Segment prepares a notice for reading. All spans are byte offsets into
// n.Text; numbers and words together tile it without a gap, line ends included.
// Any bytes will do: what is not UTF-8 comes out as one-byte words tagged "x".
// The same text gives the same Doc, whatever has been cut before.
func (s *Segmenter) Segment(n *tongbao.Notice) *tongbao.Doc {
	doc := &tongbao.Doc{Notice: n, Numbers: findNumbers(n.Text)}
	doc.Words = s.words(n.Text, doc.Numbers)
	doc.Clauses, doc.Sentences = bound(n.Text, doc.Numbers)
	return doc
}

// Words cuts a query, or any other short text, just as Segment would cut it in
// a notice, except that numbers come as words too (tag "m"), so that the words
// alone tile the text.
func (s *Segmenter) Words(text string) []tongbao.Word {
	numbers := findNumbers(text)
	return withNumbers(s.words(text, numbers), numbers)
}

// Sentences returns the sentences of a text, those of Segment's Doc, without
// cutting any words.
func Sentences(text string) []tongbao.Span {
	_, sentences := bound(text, findNumbers(text))
	return sentences
}
