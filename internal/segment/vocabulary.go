package segment

import (
	"fmt"

	"github.com/go-ego/gse"
)

// A vocabulary is a gse segmenter that holds some of the dictionary's words. Of
// several ways to cut a stretch of text gse takes the one whose words are most
// probable together, and a word's probability is its frequency by the sum of
// all frequencies. Hence a vocabulary with the words that occur in a text, and
// with the sum of the whole dictionary, cuts that text exactly as the whole
// dictionary would.
//
// Once made it is only read, and so safe for use by several goroutines. A nil
// vocabulary holds nothing.
type vocabulary struct {
	gse   gse.Segmenter
	words []word
	holds []uint64 // a bit for each node of the dictionary
}

// word is a word of the dictionary, spelt out.
type word struct {
	node node
	text string
}

// filler stands in for all words that are not held: with their frequency
// together. It is never met, since no stretch handed to gse has a line end in it.
const filler = "\n"

// newVocabulary returns a vocabulary of those words; one that comes twice
// counts once. It takes about a microsecond a word.
func newVocabulary(lists ...[]word) *vocabulary {
	d := embedded()
	v := &vocabulary{
		gse:   gse.Segmenter{Dict: gse.NewDict()},
		holds: make([]uint64, len(d.slots)/slotSize/64+1),
	}
	rest := d.total
	for _, list := range lists {
		for _, w := range list {
			if v.has(w.node) {
				continue
			}
			v.holds[w.node/64] |= 1 << (w.node % 64)
			v.words = append(v.words, w)
			frequency, tag := d.word(w.node)
			v.add(w.text, frequency, tag)
			rest -= frequency
		}
	}
	v.add(filler, rest, "")
	v.gse.CalcToken() // before it, gse knows no probabilities
	return v
}

func (v *vocabulary) add(text string, frequency float64, tag string) {
	if err := v.gse.AddToken(text, frequency, tag); err != nil {
		panic(fmt.Sprintf("segment: gse takes no word %q: %v", text, err)) // it takes all that is not empty
	}
}

func (v *vocabulary) has(n node) bool { return v != nil && v.holds[n/64]&(1<<(n%64)) != 0 }

// lacking returns the places of text at which words stand that v does not hold.
func (v *vocabulary) lacking(text string) []place {
	var lacking []place
	embedded().places(text, 0, len(text), func(p place) {
		if !v.has(p.word) {
			lacking = append(lacking, p)
		}
	})
	return lacking
}
