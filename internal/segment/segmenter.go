package segment

import (
	"strings"
	"sync"
	"sync/atomic"

	"tongbao"
)

// A Segmenter cuts notices and queries. It may be used from any number of
// goroutines, and one for the whole program is best: it keeps the words that
// it has met, and so gets faster, but what it returns does not depend on them.
// The zero value is ready.
type Segmenter struct {
	known atomic.Pointer[vocabulary] // grows by being replaced

	mutex sync.Mutex
	met   []word // each once, that known does not hold yet
	noted map[node]bool
}

// growth is by what part the words met must outnumber the known ones for a new
// vocabulary to be made of both: an eighth, so that a word is handed to gse
// some nine times at most over a Segmenter's life, and an eighth of the words
// at most are strange.
const growth = 8

// words cuts what lies between the numbers.
func (s *Segmenter) words(text string, numbers []tongbao.Number) []tongbao.Word {
	c := cutter{text: []byte(text), known: s.known.Load()}
	c.strange = c.known.lacking(text)
	if c.known == nil || len(c.strange) > 0 {
		if v := s.learn(text, c.strange); v != c.known {
			c.known, c.strange = v, v.lacking(text)
		}
		if len(c.strange) > 0 {
			c.aside = vocabularyAround(text, c.strange)
		}
	}
	return c.words(numbers)
}

// learn notes the words at those places and returns the vocabulary of all words
// known by now, which holds them too once enough have come together. It is
// never nil: another goroutine may have been the first to make one.
func (s *Segmenter) learn(text string, places []place) *vocabulary {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.noted == nil {
		s.noted = make(map[node]bool)
	}
	for _, p := range places {
		if !s.noted[p.word] {
			s.noted[p.word] = true
			s.met = append(s.met, word{p.word, strings.Clone(text[p.start:p.end])})
		}
	}
	var known []word
	if v := s.known.Load(); v != nil {
		if known = v.words; len(s.met) <= len(known)/growth {
			return v
		}
	}
	grown := newVocabulary(known, s.met)
	s.known.Store(grown)
	s.met = nil
	clear(s.noted)
	return grown
}

// vocabularyAround returns a vocabulary of all words in the stretches of letters
// in which those places lie.
func vocabularyAround(text string, places []place) *vocabulary {
	var words []word
	done := 0
	for _, p := range places {
		if p.start < done {
			continue
		}
		from, to := stretchAround(text, done, p.start)
		embedded().places(text, from, to, func(p place) {
			words = append(words, word{p.word, text[p.start:p.end]})
		})
		done = to
	}
	return newVocabulary(words)
}
