package segment

import (
	"cmp"
	"encoding/binary"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/go-ego/gse"
)

var update = flag.Bool("update", false, "make dictionary.bin anew from gse's dictionary and words.txt")

// TestDictionaryIsCurrent reads every word that gse's dictionary and words.txt
// give back out of dictionary.bin. It is the generator as well: with -update
// (go generate) it makes the file.
func TestDictionaryIsCurrent(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the whole of gse's dictionary")
	}
	words := allWords(t)
	if *update {
		b, err := layOut(words)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("dictionary.bin", b, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	d, total, differ := embedded(), 0, 0
	for _, w := range words {
		total += w.frequency
		n := root
		for at, size := 0, 0; at < len(w.word) && (at == 0 || n != root); at += size {
			var code uint64
			code, size = d.code(w.word, at, len(w.word))
			n = d.child(n, code)
		}
		if n == root || !d.isWord(n) {
			t.Errorf("%s is missing", w.word)
			differ++
		} else if frequency, tag := d.word(n); int(frequency) != w.frequency || tag != w.tag {
			t.Errorf("%s is %s %v, not %s %v", w.word, tag, frequency, w.tag, w.frequency)
			differ++
		}
		if differ > 9 {
			break
		}
	}
	held := 0
	for n := range node(len(d.slots) / slotSize) {
		if d.isWord(n) {
			held++
		}
	}
	if held != len(words) || int(d.total) != total || differ > 0 {
		t.Errorf("dictionary.bin holds %d words of frequency %v together; gse's dictionary and words.txt give %d of %d: run go generate ./internal/segment",
			held, d.total, len(words), total)
	}
}

// TestGenreWords: every word of words.txt comes out whole, with its tag, though
// its parts are words as well.
func TestGenreWords(t *testing.T) {
	for _, w := range genreWords(t) {
		got := New().words(w.word, nil)
		if len(got) != 1 || got[0].Tag != w.tag {
			t.Errorf("%s %s is cut into %s", w.word, w.tag, spell(w.word, got))
		}
	}
}

// allWords returns the dictionary's words as they come from their two sources.
func allWords(t testing.TB) []entry {
	t.Helper()
	return merge(genreWords(t), gseWords(t))
}

// entry is a word of the dictionary.
type entry struct {
	word      string
	frequency int
	tag       string
}

// genreFrequency is that of every word of words.txt: enough to win over its
// parts, which TestGenreWords makes sure of, too little to win over a common
// word that overlaps it.
const genreFrequency = 1000

// genreWords reads words.txt.
func genreWords(t testing.TB) []entry {
	t.Helper()
	content, err := os.ReadFile("words.txt")
	if err != nil {
		t.Fatal(err)
	}
	var words []entry
	seen := map[string]int{}
	for i, line := range strings.Split(string(content), "\n") {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		fields := strings.Fields(line)
		switch {
		case len(fields) != 2:
			t.Errorf("words.txt:%d: want a word and a tag, got %q", i+1, line)
		case seen[fields[0]] > 0:
			t.Errorf("words.txt:%d: %s stands on line %d already", i+1, fields[0], seen[fields[0]])
		case strings.ContainsFunc(fields[0], func(r rune) bool { return !isIdeograph(r) }):
			t.Errorf("words.txt:%d: %s: a word must be of Chinese characters", i+1, fields[0])
		default:
			seen[fields[0]] = i + 1
			words = append(words, entry{fields[0], genreFrequency, fields[1]})
		}
	}
	return words
}

// gseWords returns the words of gse's dictionary.
func gseWords(t testing.TB) []entry {
	t.Helper()
	words, err := gseDictionary()
	if err != nil {
		t.Skip("gse's dictionary is not where its source was (built with -trimpath?):", err)
	}
	return words
}

// gseDictionary has gse read its own dictionary, so that what it leaves out,
// lowers or takes the first of is settled by itself. Left out are words with a
// symbol in them (AT&T, C++: five), since only letters are ever looked up, and
// ten single characters beyond the basic plane.
var gseDictionary = sync.OnceValues(func() ([]entry, error) {
	s := gse.Segmenter{SkipLog: true, NotLoadHMM: true}
	if err := s.LoadDict("zh_s"); err != nil {
		return nil, err
	}
	words := make([]entry, 0, s.Dict.NumTokens())
	for i := range s.Dict.Tokens {
		token := &s.Dict.Tokens[i]
		if strings.ContainsFunc(token.Text(), func(r rune) bool { return !isLetter(r) || r > 0xFFFF }) {
			continue
		}
		words = append(words, entry{token.Text(), int(token.Freq()), token.Pos()})
	}
	return words, nil
})

// merge sorts both lists into one. A word in both has the tag that the genre
// gives it and the greater frequency.
func merge(genre, general []entry) []entry {
	all := slices.Concat(genre, general)
	slices.SortStableFunc(all, func(a, b entry) int { return cmp.Compare(a.word, b.word) })
	merged := all[:0]
	for _, e := range all {
		if last := len(merged) - 1; last >= 0 && merged[last].word == e.word {
			merged[last].frequency = max(merged[last].frequency, e.frequency)
		} else {
			merged = append(merged, e)
		}
	}
	return merged
}

// layOut writes sorted words in the format that dictionary describes.
func layOut(words []entry) ([]byte, error) {
	b := builder{used: make([]bool, 1<<16)}
	b.families(words)
	b.place()
	if len(b.used) >= noParent || len(b.entries) > 1<<16 || len(b.tags) > tagMask+1 {
		return nil, fmt.Errorf("%d slots, %d entries, %d tags have no room", len(b.used), len(b.entries), len(b.tags))
	}
	return b.bytes(), nil
}

// A builder makes a dictionary's bytes.
type builder struct {
	total    uint64
	tags     []string
	entries  []uint32 // entry n stands at n-1
	codes    [1 << 16]uint16
	children []family // of each node, in breadth-first order
	used     []bool   // slots
}

// A family is a node with its children.
type family struct {
	number uint16 // of the node's entry
	runes  []rune // that lead to the children
	first  int    // number of the first child; the others follow
	base   int
	slot   int
}

// families makes the trie, and gives the codes: a small one to a character that
// stands in many words.
func (b *builder) families(words []entry) {
	type branch struct {
		words []entry
		path  int // bytes of the words that lead here
	}
	tagNumbers, entryNumbers := map[string]int{}, map[uint32]int{}
	number := func(w entry) uint16 {
		if _, ok := tagNumbers[w.tag]; !ok {
			tagNumbers[w.tag] = len(b.tags)
			b.tags = append(b.tags, w.tag)
		}
		packed := uint32(w.frequency)<<tagBits | uint32(tagNumbers[w.tag])
		if _, ok := entryNumbers[packed]; !ok {
			b.entries = append(b.entries, packed)
			entryNumbers[packed] = len(b.entries)
		}
		return uint16(entryNumbers[packed])
	}
	count := map[rune]int{}
	queue := []branch{{words: words}}
	for next := 0; next < len(queue); next++ {
		at := queue[next]
		f := family{first: len(queue)}
		if len(at.words) > 0 && len(at.words[0].word) == at.path {
			f.number = number(at.words[0])
			b.total += uint64(at.words[0].frequency)
			at.words = at.words[1:]
		}
		for len(at.words) > 0 {
			r, size := decode(at.words[0].word, at.path)
			n, _ := slices.BinarySearchFunc(at.words, r, func(w entry, r rune) int {
				first, _ := decode(w.word, at.path)
				return cmp.Compare(first, r+1) // the first with a greater one
			})
			f.runes = append(f.runes, r)
			count[r]++
			queue = append(queue, branch{words: at.words[:n], path: at.path + size})
			at.words = at.words[n:]
		}
		b.children = append(b.children, f)
	}
	ranked := slices.SortedFunc(maps.Keys(count), func(x, y rune) int {
		return cmp.Or(cmp.Compare(count[y], count[x]), cmp.Compare(x, y))
	})
	for i, r := range ranked {
		b.codes[r] = uint16(i + 1)
	}
}

// place finds a base for every family, the largest first, at which the slots
// of all its children are free.
func (b *builder) place() {
	order := make([]int, len(b.children))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int {
		return cmp.Compare(len(b.children[y].runes), len(b.children[x].runes))
	})
	b.used[root] = true
	free := 1          // no slot before it is free
	slot, size := 1, 0 // where the last family of that size found room
	for _, i := range order {
		f := &b.children[i]
		if len(f.runes) == 0 {
			break
		}
		for b.isUsed(free) {
			free++
		}
		if len(f.runes) != size {
			size, slot = len(f.runes), free
		}
		for f.base = b.baseAt(f, slot); !b.fits(f); f.base = b.baseAt(f, slot) {
			slot++
		}
		for k, r := range f.runes {
			child := (f.base + int(b.codes[r])) & slotMask
			for child >= len(b.used) {
				b.used = append(b.used, make([]bool, len(b.used))...)
			}
			b.used[child] = true
			b.children[f.first+k].slot = child
		}
	}
	for !b.used[len(b.used)-1] {
		b.used = b.used[:len(b.used)-1]
	}
}

// baseAt returns the base that puts the family's first child into that slot.
func (b *builder) baseAt(f *family, slot int) int {
	return (slot - int(b.codes[f.runes[0]])) & slotMask
}

func (b *builder) isUsed(slot int) bool { return slot < len(b.used) && b.used[slot] }

func (b *builder) fits(f *family) bool {
	return !slices.ContainsFunc(f.runes, func(r rune) bool {
		slot := (f.base + int(b.codes[r])) & slotMask
		return slot > slotMask-1<<16 || b.isUsed(slot) // not around the end: the root would be a child
	})
}

func (b *builder) bytes() []byte {
	tags := strings.Join(b.tags, " ")
	slots := make([]uint64, len(b.used))
	for i := range slots {
		slots[i] = noParent
	}
	for i := range b.children {
		f := &b.children[i]
		own := uint64(f.base)<<slotBits | uint64(f.number)<<(2*slotBits)
		slots[f.slot] = slots[f.slot]&slotMask | own
		for k := range f.runes {
			slots[b.children[f.first+k].slot] = uint64(f.slot)
		}
	}
	var out []byte
	out = binary.LittleEndian.AppendUint64(out, b.total)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(slots)))
	out = binary.LittleEndian.AppendUint32(out, uint32(len(b.entries)+1))
	out = binary.LittleEndian.AppendUint32(out, uint32(len(tags)))
	for _, code := range b.codes {
		out = binary.LittleEndian.AppendUint16(out, code)
	}
	for _, slot := range slots {
		out = binary.LittleEndian.AppendUint64(out, slot)
	}
	for _, e := range append([]uint32{0}, b.entries...) {
		out = binary.LittleEndian.AppendUint32(out, e)
	}
	return append(out, tags...)
}
