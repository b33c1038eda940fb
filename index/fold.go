package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Fold makes characters equal that differ in width only: （ and (, ， and ,, ２
// and 2, ％ and %, 。 and ., “ and ". It goes character by character, so the
// number of code points stays the same. Nothing that is kept is ever folded,
// only what is compared.
func Fold(s string) string { return foldWith(s, foldRune) }

// FoldCase folds widths and letters' case.
func FoldCase(s string) string {
	return foldWith(s, func(r rune) rune { return unicode.ToLower(foldRune(r)) })
}

func foldWith(s string, fold func(rune) rune) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			b.WriteByte(s[i]) // not UTF-8: kept as it stands
		} else {
			b.WriteRune(fold(r))
		}
		i += n
	}
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

// folds tells whether a folded string may stand in another writing in a text:
// Chinese characters have one only.
func folds(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r < 0x4E00 || r > 0x9FFF })
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
			if !withCase {
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
