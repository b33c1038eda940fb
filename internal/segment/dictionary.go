package segment

import (
	_ "embed"
	"strings"
	"sync"
)

// The dictionary's words, frequencies and tags are those of gse v0.80.3,
// data/dict/zh/s_1.txt, Copyright 2016 The go-ego Project Developers, Apache
// License 2.0 (http://www.apache.org/licenses/LICENSE-2.0), in another layout,
// with the words of words.txt added.
//
//go:embed dictionary.bin
var dictionaryBytes string

// A dictionary is a trie over characters, laid out as a double array that is
// read where it lies: nothing is loaded. Its bytes, all integers little-endian:
//
//	8            sum of all frequencies
//	4            number of slots S
//	4            number of entries E
//	4            length of the tags T
//	65,536 × 2   the code of each character of the basic plane, 0 for none
//	S × 8        a slot: the slot of its parent (24 bits), its base (24 bits),
//	             its entry (16 bits, 0 where no word ends)
//	E × 4        an entry: frequency (24 bits), number of its tag (8 bits)
//	T            the tags, joined by spaces
//
// A node is the number of its slot, the root is 0. The child to which a
// character leads from a node lies at the node's base plus the character's
// code, modulo 2²⁴, if the slot there names the node as its parent.
type dictionary struct {
	total   float64 // sum of all frequencies
	codes   string
	slots   string
	entries string
	tags    []string
}

// node is a path through the dictionary from its first character on.
type node uint32

const (
	root node = 0

	headerSize = 20
	codesSize  = 2 << 16
	slotSize   = 8
	entrySize  = 4

	slotBits = 24
	slotMask = 1<<slotBits - 1
	noParent = slotMask // of a slot that is not used
	tagBits  = 8
	tagMask  = 1<<tagBits - 1
)

// embedded is the dictionary in the program.
var embedded = sync.OnceValue(func() *dictionary { return openDictionary(dictionaryBytes) })

// openDictionary finds the parts of a dictionary's bytes.
func openDictionary(b string) *dictionary {
	slots := headerSize + codesSize
	entries := slots + slotSize*int(uint32At(b, 8))
	tags := entries + entrySize*int(uint32At(b, 12))
	return &dictionary{
		total:   float64(uint64At(b, 0)),
		codes:   b[headerSize:slots],
		slots:   b[slots:entries],
		entries: b[entries:tags],
		tags:    strings.Split(b[tags:tags+int(uint32At(b, 16))], " "),
	}
}

// code returns the code and the size of the character at text[at:to]; both are
// 0 at the end. Capital letters A–Z are read as small ones, as gse reads them.
func (d *dictionary) code(text string, at, to int) (code uint64, size int) {
	if at >= to {
		return 0, 0
	}
	r, size := decode(text, at)
	if 'A' <= r && r <= 'Z' {
		r += 'a' - 'A'
	}
	if r >= codesSize/2 {
		return 0, size
	}
	return uint64(d.codes[2*r]) | uint64(d.codes[2*r+1])<<8, size
}

// child returns the node to which the character of that code leads from n, or
// the root if to none.
func (d *dictionary) child(n node, code uint64) node {
	if code == 0 {
		return root
	}
	at := int(uint64At(d.slots, slotSize*int(n))>>slotBits+code) & slotMask
	if slotSize*at >= len(d.slots) || uint64At(d.slots, slotSize*at)&slotMask != uint64(n) {
		return root
	}
	return node(at)
}

// isWord reports whether a word ends at n.
func (d *dictionary) isWord(n node) bool { return d.entry(n) != 0 }

func (d *dictionary) entry(n node) int {
	return int(uint64At(d.slots, slotSize*int(n)) >> (2 * slotBits))
}

// word returns the frequency and the tag of the word that ends at n.
func (d *dictionary) word(n node) (frequency float64, tag string) {
	entry := uint32At(d.entries, entrySize*d.entry(n))
	return float64(entry >> tagBits), d.tags[entry&tagMask]
}

// A place is where a word of the dictionary stands in a text.
type place struct {
	word       node
	start, end int
}

// places calls found for every place in text[from:to] at which a word stands,
// in order of their starts. It looks at as many characters behind a start as
// the longest word there has, sixteen at most.
func (d *dictionary) places(text string, from, to int, found func(place)) {
	code, size := d.code(text, from, to)
	for start, next := from, 0; start < to; start = next {
		next = start + size
		n, end := d.child(root, code), next
		code, size = d.code(text, next, to)
		for ahead, aheadSize := code, size; n != root; {
			if d.isWord(n) {
				found(place{n, start, end})
			}
			n, end = d.child(n, ahead), end+aheadSize
			ahead, aheadSize = d.code(text, end, to)
		}
	}
}

func uint64At(b string, at int) uint64 {
	b = b[at : at+8]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

func uint32At(b string, at int) uint32 {
	b = b[at : at+4]
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
}
