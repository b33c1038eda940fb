package embedded

import (
	"context"
	"database/sql"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	bleve "github.com/blevesearch/bleve_index_api"

	"tongbao/index"
)

// An answer says of a condition which notices of the index fulfil it: yes
// certainly, maybe only after a look at their texts, all others certainly not.
type answer struct{ yes, maybe *roaring.Bitmap }

// answering works out the answers of one query on one generation.
type answering struct {
	ctx    context.Context
	q      querier
	reader bleve.IndexReader
	all    *roaring.Bitmap // every notice that the index holds as it is now
	leaves map[index.Node]answer
}

// of returns the answer to a condition; those of its leaves are kept for the
// look at the texts.
func (a *answering) of(n index.Node) (answer, error) {
	switch n := n.(type) {
	case index.And:
		return a.conjunction(n)
	case index.Or:
		out := answer{roaring.New(), roaring.New()}
		for _, child := range n {
			one, err := a.of(child)
			if err != nil {
				return answer{}, err
			}
			out.yes.Or(one.yes)
			out.maybe.Or(one.maybe)
		}
		out.maybe.AndNot(out.yes)
		return out, nil
	case index.Not:
		one, err := a.of(n.Node)
		if err != nil {
			return answer{}, err
		}
		no := a.all.Clone()
		no.AndNot(one.yes)
		no.AndNot(one.maybe)
		return answer{no, one.maybe}, nil
	}
	one, err := a.leaf(n)
	if err != nil {
		return answer{}, err
	}
	one.yes.And(a.all)
	one.maybe.And(a.all)
	one.maybe.AndNot(one.yes)
	a.leaves[n] = one
	return one, nil
}

func (a *answering) conjunction(nodes []index.Node) (answer, error) {
	yes, possible := a.all.Clone(), a.all.Clone()
	for _, child := range nodes {
		one, err := a.of(child)
		if err != nil {
			return answer{}, err
		}
		yes.And(one.yes)
		possible.And(roaring.Or(one.yes, one.maybe))
	}
	possible.AndNot(yes)
	return answer{yes, possible}, nil
}

func (a *answering) leaf(n index.Node) (answer, error) {
	switch n := n.(type) {
	case *index.Words:
		return a.words(n)
	case *index.Named:
		return a.named(n)
	case *index.Dates:
		return a.dates(n)
	case *index.Figure:
		return a.figure(n)
	}
	return answer{roaring.New(), roaring.New()}, nil
}

// words answers for text. Every part of what is not exact is a condition of
// its own.
func (a *answering) words(w *index.Words) (answer, error) {
	parts := w.Parts
	if w.Exact {
		parts = []string{index.FoldCase(w.Text)}
	}
	yes, possible := a.all.Clone(), a.all.Clone()
	for _, part := range parts {
		one, err := a.contains(w.Field, part)
		if err != nil {
			return answer{}, err
		}
		yes.And(one.yes)
		possible.And(roaring.Or(one.yes, one.maybe))
	}
	if w.Exact && strings.ContainsFunc(w.Text, hasCase) {
		yes = roaring.New() // the index does not know letters' case
	}
	possible.AndNot(yes)
	return answer{yes, possible}, nil
}

func hasCase(r rune) bool {
	return index.FoldCase(string(r)) != string(r) || strings.ToUpper(string(r)) != string(r)
}

// contains answers for one folded string.
func (a *answering) contains(field, s string) (answer, error) {
	if pairs := pairsOf(s); field == "title" && len(pairs) == 1 {
		yes, err := a.term(fieldTitle, s)
		return answer{yes, roaring.New()}, err
	} else if field == "title" && len(pairs) > 1 {
		possible, err := a.every(fieldTitle, pairs)
		return answer{roaring.New(), possible}, err
	}
	characters := strings.Split(s, "")
	possible, err := a.every(fieldCharacters, characters)
	switch {
	case err != nil:
		return answer{}, err
	case len(characters) == 1 && field == "":
		return answer{possible, roaring.New()}, nil
	case field == "title":
		return answer{roaring.New(), possible}, nil
	}
	// Where the segmenter cut this very word, it stands.
	yes, err := a.term(fieldWords, s)
	return answer{yes, possible}, err
}

// every returns the notices that have all the terms.
func (a *answering) every(field string, terms []string) (*roaring.Bitmap, error) {
	found := a.all.Clone()
	for _, term := range terms {
		one, err := a.term(field, term)
		if err != nil {
			return nil, err
		}
		if found.And(one); found.IsEmpty() {
			break
		}
	}
	return found, nil
}

// term returns the notices that have a term.
func (a *answering) term(field, term string) (*roaring.Bitmap, error) {
	found := roaring.New()
	return found, a.each(field, term, func(d *bleve.TermFieldDoc, _ uint64) { found.Add(uint32(d.ID.Value())) }, false)
}

// each visits the notices that have a term; count is how many there are.
func (a *answering) each(field, term string, visit func(d *bleve.TermFieldDoc, count uint64), frequencies bool) error {
	reader, err := a.reader.TermFieldReader(a.ctx, []byte(term), field, frequencies, frequencies, false)
	if err != nil {
		return err
	}
	defer reader.Close()
	count := reader.Count()
	var d bleve.TermFieldDoc
	for {
		next, err := reader.Next(&d)
		if err != nil || next == nil {
			return err
		}
		visit(next, count)
	}
}

// dictionary returns the notices that have one of the terms of a stretch of
// the dictionary, those that accept takes (all where it is nil).
func (a *answering) dictionary(field string, open func() (bleve.FieldDict, error), accept func(string) bool) (*roaring.Bitmap, error) {
	found := roaring.New()
	dictionary, err := open()
	if err != nil {
		return nil, err
	}
	defer dictionary.Close()
	for {
		entry, err := dictionary.Next()
		if err != nil {
			return nil, err
		}
		if entry == nil {
			return found, nil
		}
		if accept == nil || accept(entry.Term) {
			one, err := a.term(field, entry.Term)
			if err != nil {
				return nil, err
			}
			found.Or(one)
		}
	}
}

func (a *answering) named(n *index.Named) (answer, error) {
	if !n.Contains() {
		found, err := a.term(n.Field, n.Value)
		return answer{found, roaring.New()}, err
	}
	found, err := a.dictionary(n.Field, func() (bleve.FieldDict, error) { return a.reader.FieldDict(n.Field) },
		func(name string) bool { return strings.Contains(name, n.Value) })
	return answer{found, roaring.New()}, err
}

func (a *answering) dates(d *index.Dates) (answer, error) {
	from, to := d.From, d.To
	if to == "" {
		to = "9999-12-31"
	}
	found, err := a.dictionary(fieldPublished, func() (bleve.FieldDict, error) {
		return a.reader.FieldDictRange(fieldPublished, []byte(from), []byte(to))
	}, nil)
	return answer{found, roaring.New()}, err
}

// figure asks the database: the index holds no numbers.
func (a *answering) figure(f *index.Figure) (answer, error) {
	rows, err := a.q.QueryContext(a.ctx, `SELECT rowid >> ?, value FROM metrics WHERE metric = ?`, keyBits, f.Metric)
	if err != nil {
		return answer{}, err
	}
	defer rows.Close()
	found := roaring.New()
	for rows.Next() {
		var key int64
		var value sql.NullString
		if err := rows.Scan(&key, &value); err != nil {
			return answer{}, err
		}
		if !f.Holds(value.String) {
			continue
		}
		number, ok, err := a.number(key)
		if err != nil {
			return answer{}, err
		}
		if ok {
			found.Add(number)
		}
	}
	return answer{found, roaring.New()}, rows.Err()
}

// number returns the index's number of a notice, ok false where it has none.
func (a *answering) number(key int64) (uint32, bool, error) {
	id, err := a.reader.InternalID(documentID(key))
	if err != nil || id == nil {
		return 0, false, err
	}
	return uint32(id.Value()), true, nil
}
