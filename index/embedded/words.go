package embedded

import (
	"encoding/binary"

	"tongbao"
)

// Words are kept as pairs of varints, the bytes between a word and the one
// before it and its own bytes, so that the index can be built anew without
// cutting the text again. Tags are not kept: only the extractors need them.

func packWords(words []tongbao.Word) []byte {
	packed := make([]byte, 0, 2*len(words))
	end := 0
	for _, w := range words {
		if w.Start < end || w.End < w.Start {
			continue // words never overlap; one that did could not be told apart
		}
		packed = binary.AppendUvarint(packed, uint64(w.Start-end))
		packed = binary.AppendUvarint(packed, uint64(w.End-w.Start))
		end = w.End
	}
	return packed
}

// unpackWords stops at what is not a word of the text.
func unpackWords(packed []byte, text string) []tongbao.Word {
	words := make([]tongbao.Word, 0, len(packed)/2)
	end := 0
	for len(packed) > 0 {
		gap, n := binary.Uvarint(packed)
		if n <= 0 {
			break
		}
		packed = packed[n:]
		size, n := binary.Uvarint(packed)
		if n <= 0 || gap > uint64(len(text)) || size > uint64(len(text)) || end+int(gap)+int(size) > len(text) {
			break
		}
		packed = packed[n:]
		start := end + int(gap)
		end = start + int(size)
		words = append(words, tongbao.Word{Span: tongbao.Span{Start: start, End: end}})
	}
	return words
}
