// Package likeness finds texts that are nearly the same: reposts that differ by
// a few characters or lack a footer. A text is taken as the set of its shingles
// (runs of five characters, white space left out); how alike two texts are is
// the Jaccard index of their sets. Bands single out the few texts that are worth
// comparing among many: MinHash with banding (Broder 1997; Leskovec, Rajaraman
// and Ullman, Mining of Massive Datasets, §3.3–3.4), with one permutation for
// all places (Li, Owen and Zhang 2012) and optimal densification (Shrivastava
// 2017), so that a text is hashed once and not 128 times.
package likeness

import (
	"math/bits"
	"slices"
	"unicode"
)

const (
	width = 5 // characters of a shingle

	// Two texts share a band where its eight places agree: nearly always (all
	// but 1 in 8,000 pairs) where they are alike by 0.9, once in 250 pairs of
	// 0.3, which is what notices of one genre have in common.
	bandCount = 16
	bandRows  = 8
	places    = bandCount * bandRows
	placeBits = 7 // places is 1 << placeBits
)

// Bands are 16 numbers of 47 bits, one for each band of a text's MinHash
// signature, each different from every other band's. Texts that are alike by
// 0.9 or more share at least one of them, but for one pair in some thousands.
type Bands [bandCount]int64

// Shingles are the hashes of a text's distinct shingles, sorted.
type Shingles []uint64

// BandsOf returns the bands of a text. It takes about 40 µs for a notice of
// 3,300 characters.
func BandsOf(text string) Bands {
	var least [places]uint64
	for i := range least {
		least[i] = noValue
	}
	each(text, func(h uint64) {
		place := h >> (64 - placeBits)
		least[place] = min(least[place], h)
	})
	densify(&least)
	var b Bands
	for band := range b {
		h := uint64(band)
		for _, v := range least[band*bandRows : (band+1)*bandRows] {
			h = mix(h ^ v)
		}
		b[band] = int64(h >> 17)
	}
	return b
}

// noValue marks a place that no shingle fell on.
const noValue = 1<<64 - 1

// densify gives each empty place the value of another one, chosen by its number
// alone, so that like texts choose alike. A short text leaves many empty.
func densify(least *[places]uint64) {
	filled := *least
	for i, v := range filled {
		for try := uint64(1); v == noValue; try++ {
			v = filled[mix(uint64(i)<<32|try)>>(64-placeBits)]
		}
		least[i] = v
	}
}

// ShinglesOf returns the shingles of a text.
func ShinglesOf(text string) Shingles {
	hashes := make([]uint64, 0, len(text)/3)
	each(text, func(h uint64) { hashes = append(hashes, h) })
	slices.Sort(hashes)
	return slices.Compact(hashes)
}

// Jaccard returns how much two texts have in common: shingles in both by
// shingles in either, from 0 to 1.
func Jaccard(a, b Shingles) float64 {
	both, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			both++
			i++
			j++
		}
	}
	either := len(a) + len(b) - both
	if either == 0 {
		return 1
	}
	return float64(both) / float64(either)
}

// base is the multiplier of the rolling hash; outgoing is base to the power of
// width, by which a character leaves it.
const base = 0x9e3779b97f4a7c15

var outgoing = func() uint64 {
	p := uint64(1)
	for range width {
		p *= base
	}
	return p
}()

// each calls take with the hash of every shingle, repeated ones too; a text of
// fewer characters than a shingle is one by itself.
func each(text string, take func(uint64)) {
	var last [width]uint64
	var h uint64
	n := 0
	for _, r := range text {
		if unicode.IsSpace(r) {
			continue
		}
		c := uint64(r) + 1
		h = h*base + c - last[n%width]*outgoing
		last[n%width] = c
		if n++; n >= width {
			take(mix(h))
		}
	}
	if n < width {
		take(mix(h))
	}
}

// mix spreads what differs over all bits (a multiplication's high half folded
// onto its low one, twice).
func mix(h uint64) uint64 {
	high, low := bits.Mul64(h^0xa0761d6478bd642f, 0xe7037ed1a0b428db)
	high, low = bits.Mul64(high^low, 0x8ebc6af09c88c6e3)
	return high ^ low
}
