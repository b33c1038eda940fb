package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"tongbao"
)

// Fold makes characters equal that differ in width only: （ and (, ， and ,, ２
// and 2, ％ and %, 。 and ., “ and ". It goes character by character, so the
// number of code points stays the same. Nothing that is kept is ever folded,
// only what is compared.
func Fold(s string) string { return foldWith(s, false) }

// FoldCase folds widths and letters' case.
func FoldCase(s string) string { return foldWith(s, true) }

// foldWith copies stretches that stay as they are; nearly all of a text does.
func foldWith(s string, withCase bool) string {
	var b strings.Builder
	from := 0 // of the stretch not yet copied
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c >= 0xE4 && c <= 0xE9 && (c > 0xE4 || i+1 < len(s) && s[i+1] >= 0xB8):
			i = min(i+3, len(s)) // U+4E00 to U+9FFF
			continue
		case c < utf8.RuneSelf && (!withCase || c < 'A' || c > 'Z'):
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		to := foldRune(r)
		if withCase {
			to = unicode.ToLower(to)
		}
		if to != r && !(r == utf8.RuneError && n == 1) { // what is not UTF-8 stays as it is
			if from == 0 {
				b.Grow(len(s))
			}
			b.WriteString(s[from:i])
			b.WriteRune(to)
			from = i + n
		}
		i += n
	}
	if from == 0 {
		return s
	}
	b.WriteString(s[from:])
	return b.String()
}

// foldRune folds one character. The brackets of document numbers are among
// them: 〔2021〕 is typed [2021] as often.
func foldRune(r rune) rune {
	switch {
	case r < 0x80:
		return r
	case r >= 0x4E00 && r <= 0x9FFF:
		return r
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	}
	switch r {
	case '\u3000', '\u00a0':
		return ' '
	case '“', '”':
		return '"'
	case '‘', '’':
		return '\''
	case '。', '｡':
		return '.'
	case '〔':
		return '['
	case '〕':
		return ']'
	}
	if folded := width.LookupRune(r).Folded(); folded != 0 {
		return folded
	}
	return r
}

// isPlain tells whether a character has one writing only: Chinese characters.
func isPlain(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }

// contains tells whether a folded string stands in a text that is not folded:
// around each place where its longest stretch of Chinese characters stands, the
// others are compared. It is false for certain only where ok is true; else the
// string has no such stretch, and the text must be folded.
func contains(text, s string, withCase bool) (found, ok bool) {
	anchor := plainStretch(s)
	if anchor == (tongbao.Span{}) {
		return strings.Contains(text, s), false
	}
	before, plain, behind := s[:anchor.Start], anchor.Of(s), s[anchor.End:]
	for from := 0; ; {
		i := strings.Index(text[from:], plain)
		if i < 0 {
			return false, true
		}
		at := from + i
		if endsWith(text[:at], before, withCase) && beginsWith(text[at+len(plain):], behind, withCase) {
			return true, true
		}
		_, n := utf8.DecodeRuneInString(plain)
		from = at + n
	}
}

// plainStretch returns the longest stretch of Chinese characters.
func plainStretch(s string) (longest tongbao.Span) {
	start := 0
	for i, r := range s {
		if !isPlain(r) {
			start = i + utf8.RuneLen(r)
		} else if end := i + utf8.RuneLen(r); end-start > longest.End-longest.Start {
			longest = tongbao.Span{Start: start, End: end}
		}
	}
	return longest
}

func same(r, folded rune, withCase bool) bool {
	r = foldRune(r)
	if withCase {
		r = unicode.ToLower(r)
	}
	return r == folded
}

func beginsWith(text, s string, withCase bool) bool {
	for _, want := range s {
		r, n := utf8.DecodeRuneInString(text)
		if n == 0 || !same(r, want, withCase) {
			return false
		}
		text = text[n:]
	}
	return true
}

func endsWith(text, s string, withCase bool) bool {
	for s != "" {
		want, n := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-n]
		r, m := utf8.DecodeLastRuneInString(text)
		if m == 0 || !same(r, want, withCase) {
			return false
		}
		text = text[:len(text)-m]
	}
	return true
}

// A folded text remembers where each of its bytes stood before.
type folded struct {
	text string
	from []shift // places from which on the distance is another one, in order
}

// A shift says that from byte at of the folded text on, the original is delta
// bytes further on.
type shift struct{ at, delta int }

// foldMapped folds s and remembers offsets.
func foldMapped(s string, withCase bool) folded {
	var f folded
	var b strings.Builder
	b.Grow(len(s))
	delta := 0
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			b.WriteByte(s[i])
		} else {
			r = foldRune(r)
			if withCase {
				r = unicode.ToLower(r)
			}
			b.WriteRune(r)
		}
		i += n
		if d := i - b.Len(); d != delta {
			delta = d
			f.from = append(f.from, shift{b.Len(), delta})
		}
	}
	f.text = b.String()
	return f
}

// original returns the place in the original text of a byte offset of the
// folded one that stands on a character's border.
func (f *folded) original(offset int) int {
	low, high := 0, len(f.from)
	for low < high {
		if middle := (low + high) / 2; f.from[middle].at <= offset {
			low = middle + 1
		} else {
			high = middle
		}
	}
	if low == 0 {
		return offset
	}
	return offset + f.from[low-1].delta
}
