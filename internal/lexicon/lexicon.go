// Package lexicon holds word lists: tab-separated files that a researcher can
// read and extend, looked up by what a text begins or ends with.
package lexicon

import (
	"fmt"
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
	begins [1024]uint64     // a bit for each character of the BMP that a word begins with
	first  map[rune][]Entry // by first character, longest first
	last   map[rune][]Entry // by last character, longest first
}

// Parse reads a list: a word a line, then as many further columns as named,
// separated by tabs; trailing empty columns may be left out. Empty lines and
// lines that begin with # are passed over. Errors name file and line.
func Parse(file, list string, columns int) (*Lexicon, error) {
	l := &Lexicon{first: map[rune][]Entry{}, last: map[rune][]Entry{}}
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
		l.add(Entry{Word: word, Fields: cells[1:]})
	}
	longest := func(a, b Entry) int { return len(b.Word) - len(a.Word) }
	for _, table := range []map[rune][]Entry{l.first, l.last} {
		for r := range table {
			slices.SortStableFunc(table[r], longest)
		}
	}
	return l, nil
}

func (l *Lexicon) add(e Entry) {
	first, _ := utf8.DecodeRuneInString(e.Word)
	last, _ := utf8.DecodeLastRuneInString(e.Word)
	l.begins[first>>6&1023] |= 1 << (first & 63)
	l.first[first] = append(l.first[first], e)
	l.last[last] = append(l.last[last], e)
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
	r, _ := utf8.DecodeRuneInString(text)
	for _, e := range l.first[r] {
		if strings.HasPrefix(text, e.Word) {
			return e, true
		}
	}
	return Entry{}, false
}

// Suffix returns the longest word that text ends with.
func (l *Lexicon) Suffix(text string) (Entry, bool) {
	r, _ := utf8.DecodeLastRuneInString(text)
	for _, e := range l.last[r] {
		if strings.HasSuffix(text, e.Word) {
			return e, true
		}
	}
	return Entry{}, false
}

// Has reports whether word stands in the list, whole.
func (l *Lexicon) Has(word string) bool {
	e, ok := l.Prefix(word)
	return ok && e.Word == word
}

// Find returns the words of the list that stand in text, leftmost and longest,
// without overlap.
func (l *Lexicon) Find(text string) []Match {
	var found []Match
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if l.begins[r>>6&1023]&(1<<(r&63)) != 0 { // the map is asked for few characters only
			if e, ok := l.Prefix(text[i:]); ok {
				found = append(found, Match{e, i, i + len(e.Word)})
				i += len(e.Word)
				continue
			}
		}
		i += n
	}
	return found
}
