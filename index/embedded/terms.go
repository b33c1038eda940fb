package embedded

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/document"
	bleve "github.com/blevesearch/bleve_index_api"

	"tongbao"
	"tongbao/index"
)

// The fields of the index. Folded text is what index.FoldCase makes.
//
//	words      the words of the body and the words inside them, counted
//	headings   the same for the outline's headings
//	title      pairs of neighbouring characters of the title, counted
//	characters the distinct characters of title and body
//	published  the day
//	issuer … year: the names that index.Names gives
//
// A text can hold a string only where it has all of its characters; so these
// say which texts need not be looked at.
const (
	fieldWords      = "words"
	fieldHeadings   = "headings"
	fieldTitle      = "title"
	fieldCharacters = "characters"
	fieldPublished  = "published"
)

const (
	counted = bleve.IndexField
	listed  = bleve.IndexField | bleve.SkipFreqNorm
)

// batchBytes is how much text goes into one batch: what a batch needs of
// memory is some hundred times that.
const batchBytes = 1 << 20

// analysts is how many goroutines prepare documents for a batch.
const analysts = 2

func documentID(key int64) string { return strconv.FormatInt(key, 36) }

func keyOf(documentID string) (int64, error) { return strconv.ParseInt(documentID, 36, 64) }

// addTo puts the notices of the revisions in (indexed, revision] into the index.
func (s *Store) addTo(ctx context.Context, idx bleve.Index, indexed, revision int64) error {
	tx, err := s.snapshot(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	batch, size := bleve.NewBatch(), 0
	flush := func() error {
		if len(batch.IndexOps) == 0 {
			return nil
		}
		err := idx.Batch(batch)
		batch, size = bleve.NewBatch(), 0
		return err
	}
	after := int64(-1)
	for {
		keys, err := keysAfter(ctx, tx, indexed, revision, after)
		if err != nil {
			return err
		}
		if len(keys) == 0 {
			return flush()
		}
		after = keys[len(keys)-1]
		for _, key := range keys {
			r, err := indexedOf(ctx, tx, key)
			if err != nil {
				return err
			}
			batch.Update(documentOf(key, r))
			if size += len(r.Notice.Text); size >= batchBytes {
				if err := flush(); err != nil {
					return err
				}
			}
		}
	}
}

// keysAfter returns the next notices that the index lacks.
func keysAfter(ctx context.Context, q querier, indexed, revision, after int64) ([]int64, error) {
	rows, err := q.QueryContext(ctx, `SELECT key FROM notices WHERE revision > ? AND revision <= ? AND key > ? ORDER BY key LIMIT 1000`, indexed, revision, after)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var keys []int64
	for rows.Next() {
		var key int64
		if err := rows.Scan(&key); err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	return keys, rows.Err()
}

// indexedOf reads what the index holds of a notice: of its facts the
// institutions only.
func indexedOf(ctx context.Context, q querier, key int64) (tongbao.Reading, error) {
	var n tongbao.Notice
	if err := scanNotice(q.QueryRowContext(ctx, `SELECT `+noticeColumns+` FROM notices WHERE key = ?`, key), &n); err != nil {
		return tongbao.Reading{}, err
	}
	words, err := bodyOf(ctx, q, present, key, &n)
	if err != nil {
		return tongbao.Reading{}, err
	}
	r := tongbao.Reading{Notice: &n, Words: words}
	first, end := rowsOf(key)
	rows, err := q.QueryContext(ctx, `SELECT DISTINCT coalesce(name, ''), coalesce(canonical, '') FROM facts
		WHERE rowid >= ? AND rowid < ? AND kind = 'institution'`, first, end)
	if err != nil {
		return r, err
	}
	defer rows.Close()
	for rows.Next() {
		f := tongbao.Fact{Kind: tongbao.Institution}
		if err := rows.Scan(&f.Name, &f.Canonical); err != nil {
			return r, err
		}
		r.Facts = append(r.Facts, f)
	}
	return r, rows.Err()
}

// documentOf makes the document of a notice. Its fields work out their terms
// when bleve asks for them, several documents at a time.
func documentOf(key int64, r tongbao.Reading) *document.Document {
	d := document.NewDocument(documentID(key))
	n := r.Notice
	d.AddField(&terms{name: fieldWords, options: counted, size: len(n.Text), make: func(t *terms) { t.addWords(n.Text, r.Words) }})
	d.AddField(&terms{name: fieldHeadings, options: counted, make: func(t *terms) { t.addHeadings(n, r.Words, n.Sections) }})
	d.AddField(&terms{name: fieldTitle, options: counted, make: func(t *terms) { t.addPairs(index.FoldCase(n.Title)) }})
	d.AddField(&terms{name: fieldCharacters, options: listed, make: func(t *terms) { t.addCharacters(n.Title); t.addCharacters(n.Text) }})
	for field, names := range index.Names(r) {
		d.AddField(&terms{name: field, options: listed, make: func(t *terms) {
			for _, name := range names {
				t.add(name)
			}
		}})
	}
	if day := n.Published; len(day) >= 10 {
		d.AddField(&terms{name: fieldPublished, options: listed, make: func(t *terms) { t.add(day[:10]) }})
	}
	return d
}

// terms is a field of ready terms: nothing of it is analysed by bleve.
type terms struct {
	name    string
	options bleve.FieldIndexingOptions
	size    int
	make    func(*terms)

	freqs  bleve.TokenFrequencies
	length int
	slab   []bleve.TokenFreq
}

var _ document.Field = (*terms)(nil)

// Name implements document.Field, as do the methods below.
func (t *terms) Name() string { return t.name }

// Value is empty: nothing is stored.
func (t *terms) Value() []byte { return nil }

// ArrayPositions are not used.
func (t *terms) ArrayPositions() []uint64 { return nil }

// EncodedFieldType is that of a text.
func (t *terms) EncodedFieldType() byte { return 't' }

// Options tells what bleve keeps.
func (t *terms) Options() bleve.FieldIndexingOptions { return t.options }

// NumPlainTextBytes is the size of the text that the terms come from.
func (t *terms) NumPlainTextBytes() uint64 { return uint64(t.size) }

// Size is bleve's estimate of memory; the terms' share is left out.
func (t *terms) Size() int { return len(t.name) }

// AnalyzedLength is the number of terms, repeated ones included.
func (t *terms) AnalyzedLength() int { return t.length }

// AnalyzedTokenFrequencies returns the terms.
func (t *terms) AnalyzedTokenFrequencies() bleve.TokenFrequencies { return t.freqs }

// Analyze works the terms out.
func (t *terms) Analyze() {
	t.freqs = bleve.TokenFrequencies{}
	t.make(t)
}

func (t *terms) add(term string) {
	t.length++
	f := t.freqs[term]
	if f == nil {
		if len(t.slab) == 0 {
			t.slab = make([]bleve.TokenFreq, 128)
		}
		f, t.slab = &t.slab[0], t.slab[1:]
		f.Term = []byte(term)
		t.freqs[term] = f
	}
	if t.options&bleve.SkipFreqNorm == 0 {
		f.SetFrequency(f.Frequency() + 1)
	}
}

// addWords adds words and the words inside them: what a word of three
// characters or more begins or ends with (杭州 and 州市 of 杭州市).
func (t *terms) addWords(text string, words []tongbao.Word) {
	for _, w := range words {
		word := index.FoldCase(w.Of(text))
		if !strings.ContainsFunc(word, index.IsLetter) {
			continue
		}
		t.add(word)
		t.addInner(word)
	}
}

// maxInner bounds the length of words whose inner words are indexed.
const maxInner = 8

func (t *terms) addInner(word string) {
	if count := utf8.RuneCountInString(word); count < 3 || count > maxInner || word[0] < utf8.RuneSelf {
		return
	}
	length := t.length // inner words do not make a notice longer
	character := 0
	for i := range word {
		if character >= 2 {
			t.add(word[:i])
		}
		if character >= 1 && utf8.RuneCountInString(word[i:]) >= 2 {
			t.add(word[i:])
		}
		character++
	}
	t.length = length
}

// addHeadings adds the words of the outline's headings: the first line of each
// section.
func (t *terms) addHeadings(n *tongbao.Notice, words []tongbao.Word, sections []tongbao.Section) {
	next := 0
	var walk func([]tongbao.Section)
	walk = func(sections []tongbao.Section) {
		for _, s := range sections {
			end := s.End
			if at := strings.IndexByte(n.Text[s.Start:s.End], '\n'); at >= 0 {
				end = s.Start + at
			}
			for next < len(words) && words[next].Start < s.Start {
				next++
			}
			from := next
			for next < len(words) && words[next].End <= end {
				next++
			}
			t.addWords(n.Text, words[from:next])
			walk(s.Sections)
		}
	}
	walk(sections)
}

// addPairs adds the pairs of neighbouring characters of a folded text.
func (t *terms) addPairs(folded string) {
	for _, pair := range pairsOf(folded) {
		t.add(pair)
	}
}

// addCharacters adds the distinct characters of a text, folded.
func (t *terms) addCharacters(text string) {
	var seen [1 << 16 / 64]uint64 // of the basic plane, where nearly all are
	for _, r := range text {
		if r < 1<<16 {
			if seen[r>>6]&(1<<(r&63)) != 0 {
				continue
			}
			seen[r>>6] |= 1 << (r & 63)
		}
		if folded := index.FoldCase(string(r)); t.freqs[folded] == nil {
			t.add(folded)
		}
	}
}
