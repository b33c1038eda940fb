package extractors

import (
	"strings"
	"unicode/utf8"

	"tongbao/internal/lexicon"
)

// listOf gives a list of words that are asked for so often, or are so many, that
// a lexicon tells them faster than hasAny and its like.
func listOf(words ...string) *lexicon.Lexicon {
	return lexicon.Must(lexicon.Parse("listOf", strings.Join(words, "\n"), 0))
}

// The questions below are asked of nearly every number, mostly in vain, so each
// looks at a byte that must be right before it compares the words.

// hasAny reports whether one of the words stands in the text. In short texts
// the bytes that occur tell of most words that they do not.
func hasAny(text string, words []string) bool {
	const short = 120
	seen := ^uint64(0)
	if len(text) <= short {
		seen = 0
		for i := range len(text) {
			seen |= 1 << (text[i] & 63)
		}
	}
	for _, w := range words {
		n := len(w)
		if n > len(text) || n > 1 && (seen>>(w[n-1]&63))&(seen>>(w[n-2]&63))&1 == 0 {
			continue
		}
		if indexOf(text, w) >= 0 {
			return true
		}
	}
	return false
}

// indexOf is strings.Index for words that begin with a Han character or a mark.
// That looks for the first of them, which many characters share; this for the
// third.
func indexOf(text, word string) int {
	if len(word) < 3 || word[0] < 0xE3 || word[0] > 0xE9 {
		return strings.Index(text, word)
	}
	for from := 0; from+len(word) <= len(text); {
		at := strings.IndexByte(text[from+2:], word[2])
		if at < 0 || from+at+len(word) > len(text) {
			return -1
		}
		if from += at; text[from:from+len(word)] == word {
			return from
		}
		from++
	}
	return -1
}

func startsWithAny(text string, words ...string) bool {
	for _, w := range words {
		if n := len(w); n <= len(text) && (n == 0 || text[n-1] == w[n-1] && text[:n] == w) {
			return true
		}
	}
	return false
}

func endsWithAny(text string, words ...string) bool {
	if text == "" {
		return false
	}
	last := text[len(text)-1]
	for _, w := range words {
		if n := len(w); n <= len(text) && n > 0 && w[n-1] == last && text[len(text)-n:] == w {
			return true
		}
	}
	return false
}

// lastIndex is strings.LastIndex for short texts.
func lastIndex(text, word string) int {
	n := len(word)
	for i := len(text); i >= n; i-- {
		if text[i-1] == word[n-1] && text[i-n:i] == word {
			return i - n
		}
	}
	return -1
}

// trimRight is strings.TrimRight where there is mostly nothing to trim.
func trimRight(text, marks string) string {
	if text == "" || strings.IndexByte(marks, text[len(text)-1]) < 0 {
		return text
	}
	return strings.TrimRight(text, marks)
}

// trimLeft is strings.TrimLeft where there is mostly nothing to trim.
func trimLeft(text, marks string) string {
	if beginsHan(text) && strings.IndexByte(marks, text[2]) < 0 {
		return text
	}
	return strings.TrimLeft(text, marks)
}

// beginsHan and endsHan report whether a text begins, or ends, with a Han
// character, as nearly every text does.
func beginsHan(text string) bool {
	return len(text) >= 3 && 0xE4 <= text[0] && text[0] <= 0xE9 && text[1]&0xC0 == 0x80 && text[2]&0xC0 == 0x80
}

func endsHan(text string) bool { return len(text) >= 3 && beginsHan(text[len(text)-3:]) }

// lastMark is strings.LastIndexAny for marks among which no Han character is.
func lastMark(text, marks string) int {
	for text != "" {
		if endsHan(text) {
			text = text[:len(text)-3]
			continue
		}
		mark, n := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-n]
		if strings.ContainsRune(marks, mark) {
			return len(text)
		}
	}
	return -1
}
