// Package lexicon holds word lists: tab-separated files that a researcher can
// read and extend, looked up by what a text begins or ends with.
package lexicon

import (
	"fmt"
	"iter"
	"maps"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// An Entry is a line of a list: the word and what the list says of it.
type Entry struct {
	Word   string
	Fields []string // the columns behind the word
}

// A Match is a word of a list found in a text.
type Match struct {
	Entry
	Start, End int // byte offsets into the text searched
}

// A Lexicon is a word list. It is read-only once parsed and may be shared.
type Lexicon struct {
	first, last index // by the first and by the last character
	longest     int   // bytes of the longest word
}

// An index holds the words of a list by one of their characters, the longest
// first. Most characters of a text have no words, which a bit tells; the place
// of the others' lists is the number of bits before theirs.
type index struct {
	hint   [64]uint64 // by the second byte of the characters of three, a bit for the third
	known  [0x10000 / 64]uint64
	before [0x10000 / 64]uint16 // bits set before each group of known
	lists  []words
	beyond map[rune]words // characters that take four bytes
}

// words are those of one character. Most of what stands beside that character
// in a text makes none of them, which a bit for its last byte tells.
type words struct {
	entries []Entry
	beside  uint64 // by the last six bits of the character beside; all where the character is a word by itself
}

// newIndex sorts the words by their first character, or by their last.
func newIndex(entries []Entry, last bool) index {
	lists := map[rune]words{}
	x := index{beyond: map[rune]words{}}
	for _, e := range entries {
		r, beside := ends(e.Word, last)
		list := lists[r]
		list.entries = append(list.entries, e)
		list.beside |= beside
		lists[r] = list
	}
	for _, r := range slices.Sorted(maps.Keys(lists)) {
		slices.SortStableFunc(lists[r].entries, func(a, b Entry) int { return len(b.Word) - len(a.Word) })
		if r >= 0x10000 {
			x.beyond[r] = lists[r]
			continue
		}
		if c := string(r); len(c) == 3 {
			x.hint[c[1]&63] |= 1 << (c[2] & 63)
		}
		x.known[r/64] |= 1 << (r % 64)
		x.lists = append(x.lists, lists[r])
	}
	n := 0
	for i, group := range x.known {
		x.before[i] = uint16(n)
		n += bits.OnesCount64(group)
	}
	return x
}

// ends returns the first character of a word, or the last, and the bit of the
// one beside it.
func ends(word string, last bool) (r rune, beside uint64) {
	r, n := utf8.DecodeRuneInString(word)
	rest := word[n:]
	if last {
		r, n = utf8.DecodeLastRuneInString(word)
		rest = word[:len(word)-n]
	}
	if rest == "" {
		return r, ^uint64(0)
	}
	if !last {
		_, n = utf8.DecodeRuneInString(rest)
		rest = rest[:n]
	}
	return r, 1 << (rest[len(rest)-1] & 63)
}

// lacks reports whether three bytes are one character that has no words, as far
// as the hint knows it: of nearly all it does, before anything is decoded.
func (x *index) lacks(c string) bool {
	second, third := c[1]-0x80, c[2]-0x80
	return c[0]>>4 == 0xE && second < 64 && third < 64 && x.hint[second]>>third&1 == 0
}

// at returns the words of a character, mostly none.
func (x *index) at(r rune) *words {
	u := uint32(r)
	if u < 0x10000 && x.known[u/64]>>(u%64)&1 == 0 {
		return &noWords
	}
	if u >= 0x10000 {
		list := x.beyond[r]
		return &list
	}
	return &x.lists[int(x.before[u/64])+bits.OnesCount64(x.known[u/64]&(1<<(u%64)-1))]
}

var noWords words

// LastCharacters yields the characters that words of the list end with, save
// those of four bytes, each with a bit for the last six bits of what stands
// before it in a word; all bits where it is a word by itself.
func (l *Lexicon) LastCharacters() iter.Seq2[rune, uint64] {
	return func(yield func(rune, uint64) bool) {
		for i, group := range l.last.known {
			for ; group != 0; group &= group - 1 {
				r := rune(64*i + bits.TrailingZeros64(group))
				if !yield(r, l.last.at(r).beside) {
					return
				}
			}
		}
	}
}

// Parse reads a list: a word a line, then as many further columns as named,
// separated by tabs; trailing empty columns may be left out. Empty lines and
// lines that begin with # are passed over. Errors name file and line.
func Parse(file, list string, columns int) (*Lexicon, error) {
	var entries []Entry
	seen := map[string]int{}
	for i, line := range strings.Split(list, "\n") {
		line = strings.TrimRight(line, "\r")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) > columns+1 {
			return nil, fmt.Errorf("%s:%d: %d columns, at most %d are known", file, i+1, len(cells), columns+1)
		}
		word := cells[0]
		if word == "" || word != strings.TrimSpace(word) {
			return nil, fmt.Errorf("%s:%d: the word %q is empty or has white space around it", file, i+1, word)
		}
		if before, ok := seen[word]; ok {
			return nil, fmt.Errorf("%s:%d: %s stands already in line %d", file, i+1, word, before)
		}
		seen[word] = i + 1
		for len(cells) < columns+1 {
			cells = append(cells, "")
		}
		entries = append(entries, Entry{Word: word, Fields: cells[1:]})
	}
	longest := 0
	for _, e := range entries {
		longest = max(longest, len(e.Word))
	}
	return &Lexicon{newIndex(entries, false), newIndex(entries, true), longest}, nil
}

// Extend joins two lists; a word that stands in both is read as more has it.
func Extend(list, more string) string {
	if more == "" {
		return list
	}
	words := map[string]bool{}
	for line := range strings.Lines(more) {
		word, _, _ := strings.Cut(strings.TrimRight(line, "\r\n"), "\t")
		words[word] = true
	}
	var joined strings.Builder
	for line := range strings.Lines(list) {
		if word, _, _ := strings.Cut(strings.TrimRight(line, "\r\n"), "\t"); !words[word] || strings.HasPrefix(line, "#") {
			joined.WriteString(line)
		}
	}
	joined.WriteString("\n" + more)
	return joined.String()
}

// Must returns the list that Parse gives, and panics on an error: only for
// lists that are embedded in the program, which a test reads.
func Must(l *Lexicon, err error) *Lexicon {
	if err != nil {
		panic(err)
	}
	return l
}

// Prefix returns the longest word that text begins with.
func (l *Lexicon) Prefix(text string) (Entry, bool) {
	if len(text) >= 3 && l.first.lacks(text) {
		return Entry{}, false
	}
	return l.prefix(text)
}

func (l *Lexicon) prefix(text string) (Entry, bool) {
	r, n := firstCharacter(text)
	if e := l.first.at(r).prefixing(text, n); e != nil {
		return *e, true
	}
	return Entry{}, false
}

// prefixing returns the longest word that text begins with, of those that begin
// with its first character, which takes n bytes; nil where there is none.
func (w *words) prefixing(text string, n int) *Entry {
	if n+3 <= len(text) && text[n]>>4 == 0xE && w.beside>>(text[n+2]&63)&1 == 0 {
		return nil
	}
	for i := range w.entries {
		e := &w.entries[i]
		if n := len(e.Word); n <= len(text) && text[n-1] == e.Word[n-1] && text[:n] == e.Word {
			return e
		}
	}
	return nil
}

// firstCharacter decodes the character that text begins with; those of three
// bytes, as Chinese is written, take the short way.
func firstCharacter(text string) (rune, int) {
	if len(text) >= 3 && 0xE3 <= text[0] && text[0] <= 0xE9 && text[1]&0xC0 == 0x80 && text[2]&0xC0 == 0x80 {
		return rune(text[0]&0x0F)<<12 | rune(text[1]&0x3F)<<6 | rune(text[2]&0x3F), 3
	}
	return utf8.DecodeRuneInString(text)
}

// Suffix returns the longest word that text ends with.
func (l *Lexicon) Suffix(text string) (Entry, bool) {
	if n := len(text); n >= 3 && l.last.lacks(text[n-3:]) {
		return Entry{}, false
	}
	if e := l.suffix(text); e != nil {
		return *e, true
	}
	return Entry{}, false
}

func (l *Lexicon) suffix(text string) *Entry {
	r, n := lastCharacter(text)
	w := l.last.at(r)
	if n < len(text) && w.beside>>(text[len(text)-n-1]&63)&1 == 0 {
		return nil
	}
	for i := range w.entries {
		e := &w.entries[i]
		from, before := len(text)-len(e.Word), len(e.Word)-4 // the character before the last tells most words apart
		if from >= 0 && (before < 0 || e.Word[before] == text[from+before]) && text[from:] == e.Word {
			return e
		}
	}
	return nil
}

// Ends reports whether text ends with a word of the list.
func (l *Lexicon) Ends(text string) bool {
	if n := len(text); n >= 3 && l.last.lacks(text[n-3:]) {
		return false
	}
	return l.suffix(text) != nil
}

// Occurs reports whether a word of the list stands anywhere in text.
func (l *Lexicon) Occurs(text string) bool {
	for i := 0; i < len(text); {
		if i+3 <= len(text) && l.first.lacks(text[i:i+3]) {
			i += 3
			continue
		}
		r, n := firstCharacter(text[i:])
		if l.first.at(r).prefixing(text[i:], n) != nil {
			return true
		}
		i += n
	}
	return false
}

// Across reports whether a word of the list stands across the border of two
// texts, where they are joined.
func (l *Lexicon) Across(a, b string) bool {
	for i := len(a); i > 0 && len(a)-i < l.longest; {
		r, n := lastCharacter(a[:i])
		i -= n
		for _, e := range l.first.at(r).entries {
			if rest, ok := strings.CutPrefix(e.Word, a[i:]); ok && rest != "" && strings.HasPrefix(b, rest) {
				return true
			}
		}
	}
	return false
}

// lastCharacter decodes the character that text ends with.
func lastCharacter(text string) (rune, int) {
	if n := len(text); n >= 3 {
		if r, size := firstCharacter(text[n-3:]); size == 3 {
			return r, size
		}
	}
	return utf8.DecodeLastRuneInString(text)
}

// Get returns the entry of a word, whole.
func (l *Lexicon) Get(word string) (Entry, bool) {
	if len(word) >= 3 && l.first.lacks(word) {
		return Entry{}, false
	}
	r, n := firstCharacter(word)
	w := l.first.at(r)
	if n+3 <= len(word) && word[n]>>4 == 0xE && w.beside>>(word[n+2]&63)&1 == 0 {
		return Entry{}, false
	}
	for i := range w.entries {
		e := &w.entries[i]
		if e.Word == word {
			return *e, true
		}
		if len(e.Word) < len(word) {
			break
		}
	}
	return Entry{}, false
}

// Has reports whether word stands in the list, whole.
func (l *Lexicon) Has(word string) bool {
	_, ok := l.Get(word)
	return ok
}

// In yields the words of the list that stand in text, leftmost and longest,
// without overlap.
func (l *Lexicon) In(text string) iter.Seq[Match] {
	return func(yield func(Match) bool) {
		for i := 0; i < len(text); {
			if i+3 <= len(text) && l.first.lacks(text[i:i+3]) {
				i += 3
				continue
			}
			r, n := firstCharacter(text[i:])
			if e := l.first.at(r).prefixing(text[i:], n); e != nil {
				if n = len(e.Word); !yield(Match{*e, i, i + n}) {
					return
				}
			}
			i += n
		}
	}
}

// Find returns all that In yields.
func (l *Lexicon) Find(text string) []Match { return slices.Collect(l.In(text)) }
