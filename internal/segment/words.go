package segment

import (
	"unicode"
	"unicode/utf8"

	"tongbao"
)

// The tags that are not the dictionary's: gse gives "x" to what it does not know.
const (
	unknownTag     = "x" // also white space, control characters and bytes that are not UTF-8
	punctuationTag = "w" // punctuation and symbols, a word each
	numberTag      = "m"
)

// A cutter cuts one text. Only stretches of letters are given to gse, so that a
// stretch is cut in the same way wherever it stands: in a long notice, in a
// query, beside a line end or a bracket.
type cutter struct {
	text    []byte
	known   *vocabulary
	strange []place     // of words that known lacks, in reading order
	aside   *vocabulary // holds all words of the stretches that they stand in
	found   []tongbao.Word
}

// words returns the words between the numbers.
func (c *cutter) words(numbers []tongbao.Number) []tongbao.Word {
	c.found = make([]tongbao.Word, 0, len(c.text)/4+1)
	from := 0
	for _, number := range numbers {
		c.cut(from, number.Start)
		from = number.End
	}
	c.cut(from, len(c.text))
	return c.found
}

// cut appends the words of text[from:to].
func (c *cutter) cut(from, to int) {
	stretch := from // where the stretch of letters that we are in began
	for at := from; at < to; {
		r, size := utf8.DecodeRune(c.text[at:to])
		if isLetter(r) {
			at += size
			continue
		}
		c.cutLetters(stretch, at)
		tag := punctuationTag
		if r == utf8.RuneError || unicode.IsSpace(r) || unicode.IsControl(r) {
			tag = unknownTag
		}
		c.found = append(c.found, tongbao.Word{Span: tongbao.Span{Start: at, End: at + size}, Tag: tag})
		at += size
		stretch = at
	}
	c.cutLetters(stretch, to)
}

// cutLetters appends the words of text[from:to], which is nothing but letters.
func (c *cutter) cutLetters(from, to int) {
	if from == to {
		return
	}
	vocabulary := c.known
	for len(c.strange) > 0 && c.strange[0].start < to {
		if c.strange[0].start >= from {
			vocabulary = c.aside
		}
		c.strange = c.strange[1:]
	}
	segments := vocabulary.gse.Segment(c.text[from:to])
	for i := range segments {
		s := &segments[i]
		span := tongbao.Span{Start: from + s.Start(), End: from + s.End()}
		c.found = append(c.found, tongbao.Word{Span: span, Tag: s.Token().Pos()})
	}
}

// stretchAround returns the bounds of the stretch of letters around at, from
// the offset on at the earliest.
func stretchAround(text string, from, at int) (start, end int) {
	for start = at; start > from; {
		r, size := utf8.DecodeLastRuneInString(text[from:start])
		if !isLetter(r) {
			break
		}
		start -= size
	}
	for end = at; end < len(text); {
		r, size := decode(text, end)
		if !isLetter(r) {
			break
		}
		end += size
	}
	return start, end
}

// isLetter reports whether r may stand in a word: letters, digits and marks.
// Every word of the dictionary is made of nothing else.
func isLetter(r rune) bool {
	switch {
	case isIdeograph(r):
		return true
	case r < utf8.RuneSelf:
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	case '\u3000' <= r && r <= '\u3004', '\u3008' <= r && r <= '\u3020', '\uff00' <= r && r <= '\uff0f':
		return false // most marks, told quickly
	}
	return unicode.In(r, unicode.Letter, unicode.Number, unicode.Mark)
}

// isIdeograph tells nearly all Chinese characters quickly.
func isIdeograph(r rune) bool { return '\u4e00' <= r && r <= '\u9fff' }

// withNumbers merges numbers into the words between them.
func withNumbers(words []tongbao.Word, numbers []tongbao.Number) []tongbao.Word {
	merged := make([]tongbao.Word, 0, len(words)+len(numbers))
	for _, number := range numbers {
		for len(words) > 0 && words[0].Start < number.Start {
			merged, words = append(merged, words[0]), words[1:]
		}
		merged = append(merged, tongbao.Word{Span: number.Span, Tag: numberTag})
	}
	return append(merged, words...)
}
