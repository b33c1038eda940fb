package embedded

import (
	"math"
	"strings"

	bleve "github.com/blevesearch/bleve_index_api"

	"tongbao/index"
)

// Ranking is BM25 over the words of the query, with these weights. The average
// length of a notice is a constant, so that the order does not depend on how
// the index came about.
const (
	bodyBoost    = 1.0
	headingBoost = 1.5
	titleBoost   = 3.0
	wholeBoost   = 2.0 // what was asked in one piece stands in one piece

	saturation    = 1.2    // k1
	lengthShare   = 0.75   // b
	averageLength = 1500.0 // words of a notice
	averageTitle  = 20.0   // pairs of characters of a title
	averageHeads  = 100.0  // words of headings
)

// bm25 scores a term that stands tf times in a field of that length.
func bm25(idf, tf, length, average float64) float64 {
	return idf * tf * (saturation + 1) / (tf + saturation*(1-lengthShare+lengthShare*length/average))
}

func idf(total, count uint64) float64 {
	return math.Log(1 + (float64(total)-float64(count)+0.5)/(float64(count)+0.5))
}

// scores returns the scores of the notices that have words of the query, by
// the index's numbers.
func (a *answering) scores(query index.Query) (map[uint32]float64, error) {
	total := a.all.GetCardinality()
	scores := map[uint32]float64{}
	add := func(field, term string, boost, average float64) error {
		return a.each(field, term, func(d *bleve.TermFieldDoc, count uint64) {
			length := average
			if d.Norm > 0 {
				length = 1 / (d.Norm * d.Norm)
			}
			scores[uint32(d.ID.Value())] += boost * bm25(idf(total, count), float64(d.Freq), length, average)
		}, true)
	}
	for _, sought := range query.Sought() {
		terms := sought.Terms()
		for _, term := range terms {
			if sought.Field != "title" {
				if err := add(fieldWords, term, bodyBoost, averageLength); err != nil {
					return nil, err
				}
				if err := add(fieldHeadings, term, headingBoost, averageHeads); err != nil {
					return nil, err
				}
			}
			if sought.Field != "body" {
				pairs := pairsOf(term)
				for _, pair := range pairs {
					if err := add(fieldTitle, pair, titleBoost/float64(len(pairs)), averageTitle); err != nil {
						return nil, err
					}
				}
			}
		}
	}
	return scores, nil
}

// pairsOf returns the pairs of neighbouring characters of a text.
func pairsOf(s string) []string {
	var pairs []string
	first, second := -1, -1
	for i := range s {
		if first >= 0 {
			pairs = append(pairs, s[first:i])
		}
		first, second = second, i
	}
	if first >= 0 {
		pairs = append(pairs, s[first:])
	}
	return pairs
}

// bytesPerWord is what a word takes of a text on average.
const bytesPerWord = 6

// plainScore ranks a notice that the index does not hold yet: as scores would
// if every word were as rare as the next.
func plainScore(query index.Query, title, body string) float64 {
	title, body = index.FoldCase(title), index.FoldCase(body)
	score := 0.0
	for _, sought := range query.Sought() {
		for _, term := range sought.Terms() {
			if sought.Field != "title" {
				score += bodyBoost * bm25(1, float64(strings.Count(body, term)), float64(len(body))/bytesPerWord, averageLength)
			}
			if sought.Field != "body" && strings.Contains(title, term) {
				score += titleBoost
			}
		}
	}
	return score
}
