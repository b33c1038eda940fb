package numeral

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed words.tsv
var wordsFile string

// Readings of a word in words.tsv.
const (
	asWord    = "word"    // no number begins within it: 一般, 统一
	asNumber  = "number"  // an exception to a shorter word: 十分钟 to 十分
	asOrdinal = "ordinal" // its numeral counts off: 十九大
	asTail    = "tail"    // no suffix of a number is cut from it: 成立, 多元化
)

// An entry is a word of words.tsv, parted at its first numeral character.
type entry struct {
	before  string // what stands before that character
	rest    string // that character and what follows
	reading string
}

// A vocabulary finds the words around a numeral character.
type vocabulary struct {
	// numerals is keyed by the numeral character and the one behind it, or the
	// one before it where it ends the word. Longest first.
	opening map[[2]rune][]entry
	closing map[[2]rune][]entry
	tails   map[rune][]string
	// maybe has a bit set for every pair that is a key, so that most pairs that
	// are none cost no look-up.
	maybe [1 << 9]uint64
}

func pairBit(pair [2]rune) (word, bit uint32) {
	h := (uint32(pair[0])*31 + uint32(pair[1])) & (1<<15 - 1)
	return h >> 6, h & 63
}

func (v *vocabulary) note(pair [2]rune) {
	word, bit := pairBit(pair)
	v.maybe[word] |= 1 << bit
}

func (v *vocabulary) mayHold(pair [2]rune) bool {
	word, bit := pairBit(pair)
	return v.maybe[word]&(1<<bit) != 0
}

var vocabularyOf = sync.OnceValues(func() (*vocabulary, error) { return parseWords("words.tsv", wordsFile) })

// parseWords reads the list: a word a line, a tab, its reading. Empty lines and
// those that begin with # are passed over. Errors name file and line.
func parseWords(file, list string) (*vocabulary, error) {
	v := &vocabulary{opening: map[[2]rune][]entry{}, closing: map[[2]rune][]entry{}, tails: map[rune][]string{}}
	seen := map[string]int{}
	for i, line := range strings.Split(list, "\n") {
		line = strings.TrimRight(line, "\r")
		if line == "" || line[0] == '#' {
			continue
		}
		reading, words, ok := strings.Cut(line, "\t")
		if !ok {
			return nil, fmt.Errorf("%s:%d: %q has no tab between reading and words", file, i+1, line)
		}
		for _, word := range strings.Fields(words) {
			if before, ok := seen[word]; ok {
				return nil, fmt.Errorf("%s:%d: %s stands already in line %d", file, i+1, word, before)
			}
			seen[word] = i + 1
			if err := v.add(word, reading); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", file, i+1, err)
			}
		}
	}
	return v, nil
}

func (v *vocabulary) add(word, reading string) error {
	switch reading {
	case asTail:
		first, _ := utf8.DecodeRuneInString(word)
		v.tails[first] = append(v.tails[first], word)
		return nil
	case asWord, asNumber, asOrdinal:
	default:
		return fmt.Errorf("%s: unknown reading %q", word, reading)
	}
	at := firstNumeral(word)
	if at < 0 {
		return fmt.Errorf("%s holds no numeral", word)
	}
	e := entry{before: word[:at], rest: word[at:], reading: reading}
	c, n := utf8.DecodeRuneInString(e.rest)
	if next := runeAt(e.rest, n); next != 0 {
		v.opening[[2]rune{c, next}] = insert(v.opening[[2]rune{c, next}], e)
		v.note([2]rune{c, next})
		return nil
	}
	prior, _ := runeBefore(e.before, len(e.before))
	if prior == 0 {
		return fmt.Errorf("%s is a numeral", word)
	}
	v.closing[[2]rune{prior, c}] = insert(v.closing[[2]rune{prior, c}], e)
	v.note([2]rune{prior, c})
	return nil
}

// insert keeps a list longest first.
func insert(list []entry, e entry) []entry {
	at := 0
	for at < len(list) && len(list[at].before)+len(list[at].rest) >= len(e.before)+len(e.rest) {
		at++
	}
	list = append(list, entry{})
	copy(list[at+1:], list[at:])
	list[at] = e
	return list
}

// firstNumeral returns the offset of the first character of a word that a
// number could begin with, -1 for none.
func firstNumeral(word string) int {
	for i, n := 0, 0; i < len(word); i += n {
		var c character
		if c, n = alphabet().at(word, i); c.kind != other && c.kind != fold {
			return i
		}
	}
	return -1
}

// lookup returns the longest word that has its first numeral character at i.
func (r *reader) lookup(i int) (entry, bool) {
	c, n := utf8.DecodeRuneInString(r.text[i:])
	var found entry
	if pair := [2]rune{c, runeAt(r.text, i+n)}; r.words.mayHold(pair) {
		for _, e := range r.words.opening[pair] {
			if r.fits(e, i) {
				found = e
				break
			}
		}
	}
	prior, _ := runeBefore(r.text, i)
	if pair := [2]rune{prior, c}; prior != 0 && r.words.mayHold(pair) {
		next, _ := r.chars.at(r.text, i+n)
		if next.kind == unit && !isShu(c) && !r.tail(i+n) { // 每一, not 每一百户
			return found, found.rest != ""
		}
		for _, e := range r.words.closing[pair] {
			if len(e.before)+len(e.rest) > len(found.before)+len(found.rest) && r.fits(e, i) {
				if next.kind == unit && len(e.before) > len("人") && !r.tail(i+n) {
					break // 党员干部|数百名, not 干部数
				}
				found = e
				break
			}
		}
	}
	return found, found.rest != ""
}

func isShu(c rune) bool { return c == '数' || c == '數' }

func (r *reader) fits(e entry, i int) bool {
	return i-len(e.before) >= r.end && strings.HasSuffix(r.text[:i], e.before) && strings.HasPrefix(r.text[i:], e.rest)
}

// word returns the offset behind the word around the numeral character at i in
// which no number begins; 0 where there is none.
func (r *reader) word(i int) int {
	if e, ok := r.lookup(i); ok && e.reading == asWord {
		return i + len(e.rest)
	}
	return 0
}

// tail reports whether a word begins at i of which no unit or suffix of a
// number may be cut.
func (r *reader) tail(i int) bool {
	for _, word := range r.words.tails[runeAt(r.text, i)] {
		if strings.HasPrefix(r.text[i:], word) {
			return true
		}
	}
	return false
}
