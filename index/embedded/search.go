package embedded

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	bleve "github.com/blevesearch/bleve_index_api"

	"tongbao"
	"tongbao/index"
)

// defaultLimit is how many hits a page has where nobody says.
const defaultLimit = 10

// ranked is a notice that matches.
type ranked struct {
	key   int64
	score float64
}

// Search implements index.Store.
func (s *Store) Search(ctx context.Context, query index.Query, page index.Page) (index.Result, error) {
	result, err := s.search(ctx, query, page)
	if err != nil {
		return index.Result{}, fmt.Errorf("search %q: %w", query.Text, err)
	}
	return result, nil
}

func (s *Store) search(ctx context.Context, query index.Query, page index.Page) (index.Result, error) {
	tx, err := s.snapshot(ctx)
	if err != nil {
		return index.Result{}, err
	}
	defer tx.Rollback()
	found, err := s.matches(ctx, tx, query)
	if err != nil {
		return index.Result{}, err
	}
	slices.SortFunc(found, byScore)
	result := index.Result{Total: len(found), Hits: []index.Hit{}}
	if len(page.Facets) > 0 {
		if result.Facets, err = facetsOf(ctx, tx, page.Facets, found); err != nil {
			return index.Result{}, err
		}
	}
	if page.Limit <= 0 {
		page.Limit = defaultLimit
	}
	from := min(max(page.Offset, 0), len(found))
	to := min(from+page.Limit, len(found))
	if err := rerank(ctx, tx, query, found, from, to); err != nil {
		return index.Result{}, err
	}
	for _, one := range found[from:to] {
		hit, err := s.hitOf(ctx, tx, query, one)
		if err != nil {
			return index.Result{}, err
		}
		result.Hits = append(result.Hits, hit)
	}
	return result, nil
}

func byScore(a, b ranked) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.key, b.key))
}

// block is how many neighbours in the ranking are looked at more closely
// together; pages of any size so agree on the order.
const block = 100

// rerank puts those notices first, within the blocks that the page touches, in
// which what was asked in one piece stands in one piece.
func rerank(ctx context.Context, q querier, query index.Query, found []ranked, from, to int) error {
	var whole []string
	for _, sought := range query.Sought() {
		if !sought.Exact && len(sought.Parts) > 1 {
			whole = append(whole, sought.Text)
		}
	}
	if len(whole) == 0 {
		return nil
	}
	for start := from / block * block; start < to; start += block {
		part := found[start:min(start+block, len(found))]
		for i := range part {
			title, body, err := textsOf(ctx, q, part[i].key)
			if err != nil {
				return err
			}
			for _, s := range whole {
				if body.Contains(s) || title.Contains(s) {
					part[i].score += wholeBoost
				}
			}
		}
		slices.SortFunc(part, byScore)
	}
	return nil
}

// textsOf reads the title and the body of a notice.
func textsOf(ctx context.Context, q querier, key int64) (title, body *index.Text, err error) {
	title, body = new(index.Text), new(index.Text)
	err = q.QueryRowContext(ctx, `SELECT coalesce(n.title, ''), t.text FROM texts t JOIN notices n ON n.key = t.key WHERE t.key = ?`, key).
		Scan(&title.Original, &body.Original)
	return title, body, err
}

// matches returns all notices that match: those that the index finds, and
// those that it does not hold yet and whose texts are looked at.
func (s *Store) matches(ctx context.Context, q querier, query index.Query) ([]ranked, error) {
	g, revision, err := s.generationOf(ctx, q)
	if err != nil {
		return nil, err
	}
	lagging, err := numbers(ctx, q, `SELECT key FROM notices WHERE revision > ?`, revision)
	if err != nil {
		return nil, err
	}
	var found []ranked
	if g != nil {
		defer g.release()
		removed, err := numbers(ctx, q, `SELECT key FROM removed WHERE revision > ?`, revision)
		if err != nil {
			return nil, err
		}
		if found, err = indexedMatches(ctx, q, g.reader, query, append(removed, lagging...)); err != nil {
			return nil, err
		}
	}
	for _, key := range lagging {
		one, ok, err := look(ctx, q, query, key)
		if err != nil {
			return nil, err
		}
		if ok {
			found = append(found, one)
		}
	}
	return found, nil
}

func numbers(ctx context.Context, q querier, query string, args ...any) ([]int64, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []int64
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	return all, rows.Err()
}

// indexedMatches returns the matches of a generation but the stale ones.
func indexedMatches(ctx context.Context, q querier, reader bleve.IndexReader, query index.Query, stale []int64) ([]ranked, error) {
	a := &answering{ctx: ctx, q: q, reader: reader, leaves: map[index.Node]answer{}}
	var err error
	if a.all, err = everything(reader); err != nil {
		return nil, err
	}
	for _, key := range stale {
		if number, ok, err := a.number(key); err != nil {
			return nil, err
		} else if ok {
			a.all.Remove(number)
		}
	}
	whole, err := a.of(query.Root)
	if err != nil {
		return nil, err
	}
	accepted := whole.yes
	if err := a.verify(query, whole.maybe, accepted); err != nil {
		return nil, err
	}
	scores, err := a.scores(query)
	if err != nil {
		return nil, err
	}
	found := make([]ranked, 0, accepted.GetCardinality())
	var id bleve.IndexInternalID
	for numbers := accepted.Iterator(); numbers.HasNext(); {
		number := numbers.Next()
		id = bleve.NewIndexInternalID(id, uint64(number))
		external, err := reader.ExternalID(id)
		if err != nil {
			return nil, err
		}
		key, err := keyOf(external)
		if err != nil {
			return nil, err
		}
		found = append(found, ranked{key, scores[number]})
	}
	return found, nil
}

func everything(reader bleve.IndexReader) (*roaring.Bitmap, error) {
	all := roaring.New()
	ids, err := reader.DocIDReaderAll()
	if err != nil {
		return nil, err
	}
	defer ids.Close()
	for {
		id, err := ids.Next()
		if err != nil || id == nil {
			return all, err
		}
		all.Add(uint32(id.Value()))
	}
}

// verify looks at the texts of the notices of which the index is not sure, and
// adds those that match to accepted.
func (a *answering) verify(query index.Query, unsure, accepted *roaring.Bitmap) error {
	var id bleve.IndexInternalID
	for numbers := unsure.Iterator(); numbers.HasNext(); {
		number := numbers.Next()
		id = bleve.NewIndexInternalID(id, uint64(number))
		external, err := a.reader.ExternalID(id)
		if err != nil {
			return err
		}
		key, err := keyOf(external)
		if err != nil {
			return err
		}
		title, body, err := textsOf(a.ctx, a.q, key)
		if err != nil {
			return err
		}
		if index.Holds(query.Root, func(leaf index.Node) bool {
			known := a.leaves[leaf]
			if words, ok := leaf.(*index.Words); ok && known.maybe.Contains(number) {
				return words.Holds(title, body)
			}
			return known.yes.Contains(number)
		}) {
			accepted.Add(number)
		}
	}
	return nil
}

// look tells whether a notice that the index does not hold matches. What is
// not asked for is not read.
func look(ctx context.Context, q querier, query index.Query, key int64) (ranked, bool, error) {
	title, body, err := textsOf(ctx, q, key)
	if err != nil {
		return ranked{}, false, err
	}
	var rest *tongbao.Reading
	found := index.Holds(query.Root, func(leaf index.Node) bool {
		if words, ok := leaf.(*index.Words); ok {
			return words.Holds(title, body)
		}
		if rest == nil && err == nil {
			rest, err = restOf(ctx, q, key)
		}
		return err == nil && index.Query{Root: leaf}.Matches(*rest)
	})
	if err != nil || !found {
		return ranked{}, false, err
	}
	return ranked{key, plainScore(query, title.Original, body.Original)}, true, nil
}

// restOf reads what queries ask of a notice beside its texts.
func restOf(ctx context.Context, q querier, key int64) (*tongbao.Reading, error) {
	r, err := indexedOf(ctx, q, key)
	if err != nil {
		return nil, err
	}
	r.Notice.Metrics, _, err = metricsOf(ctx, q, present, key)
	return &r, err
}

func (s *Store) hitOf(ctx context.Context, q querier, query index.Query, one ranked) (index.Hit, error) {
	var n tongbao.Notice
	if err := scanNotice(q.QueryRowContext(ctx, `SELECT `+noticeColumns+` FROM notices WHERE key = ?`, one.key), &n); err != nil {
		return index.Hit{}, err
	}
	if _, err := bodyOf(ctx, q, present, one.key, &n); err != nil {
		return index.Hit{}, err
	}
	var err error
	if n.URLs, err = addresses(ctx, q, present, n.ID); err != nil {
		return index.Hit{}, err
	}
	hit := index.NewHit(query, &n, one.score)
	hit.Similar, err = s.alike(ctx, q, n.ID)
	return hit, err
}
