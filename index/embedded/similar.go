package embedded

import (
	"context"
	"fmt"
	"strings"

	"tongbao/index"
	"tongbao/internal/likeness"
)

// mostCompared bounds how many texts a new one is compared with: those that
// share the most bands. So a text that is posted a thousand times costs no more
// than others; it is linked with the likest of them.
const mostCompared = 16

// mostKept bounds how many of the texts compared last are kept ready.
const mostKept = 64

const bandsEach = len(likeness.Bands{})

var (
	sharesBands = `SELECT key FROM bands WHERE band IN (?` + strings.Repeat(", ?", bandsEach-1) + `) AND key <> ?
		GROUP BY key ORDER BY count(*) DESC, key LIMIT ?`
	insertBands = `INSERT OR IGNORE INTO bands (band, key) VALUES (?, ?)` + strings.Repeat(", (?, ?)", bandsEach-1)
	deleteBands = `DELETE FROM bands WHERE band IN (?` + strings.Repeat(", ?", bandsEach-1) + `) AND key = ?`
)

// relating links notices that are new among the present ones with those that
// are nearly the same. It lives as long as one transaction.
type relating struct {
	q     querier
	ready map[int64]compared // texts that are compared again and again: what is posted a thousand times
}

// compared is a text as it is compared.
type compared struct {
	id       string
	shingles likeness.Shingles
}

// add links one notice, which is written already.
func (r *relating) add(ctx context.Context, key int64, id, text string) error {
	bands := likeness.BandsOf(text)
	alike, err := numbers(ctx, r.q, sharesBands, append(bandArgs(bands), key, mostCompared)...)
	if err != nil {
		return fmt.Errorf("look for texts like it: %w", err)
	}
	own := compared{id: id}
	for i, other := range alike {
		if i == 0 {
			own.shingles = likeness.ShinglesOf(text)
		}
		if err := r.compare(ctx, own, other); err != nil {
			return fmt.Errorf("look for texts like it: %w", err)
		}
	}
	pairs := make([]any, 0, 2*bandsEach)
	for _, band := range bands {
		pairs = append(pairs, band, key)
	}
	if _, err := r.q.ExecContext(ctx, insertBands, pairs...); err != nil {
		return fmt.Errorf("keep what tells texts like it: %w", err)
	}
	return nil
}

// compare links a notice with another one where their texts are nearly the same.
func (r *relating) compare(ctx context.Context, own compared, key int64) error {
	other, ok := r.ready[key]
	if !ok {
		var text string
		if err := r.q.QueryRowContext(ctx, `SELECT notice, text FROM texts WHERE key = ?`, key).Scan(&other.id, &text); err != nil {
			return err
		}
		other.shingles = likeness.ShinglesOf(text)
		if r.ready == nil || len(r.ready) >= mostKept {
			r.ready = map[int64]compared{}
		}
		r.ready[key] = other
	}
	jaccard := likeness.Jaccard(own.shingles, other.shingles)
	if jaccard < index.NearDuplicate {
		return nil
	}
	_, err := r.q.ExecContext(ctx, `INSERT OR REPLACE INTO similar VALUES (?1, ?2, ?3), (?2, ?1, ?3)`, own.id, other.id, jaccard)
	return err
}

// forget takes a notice that is about to be deleted out of those that new ones
// are compared with. Links that it has stay: they are between texts, and texts
// do not change.
func (r *relating) forget(ctx context.Context, key int64) error {
	delete(r.ready, key) // another notice may get its key
	var text string
	if err := r.q.QueryRowContext(ctx, `SELECT text FROM texts WHERE key = ?`, key).Scan(&text); err != nil {
		return err
	}
	_, err := r.q.ExecContext(ctx, deleteBands, append(bandArgs(likeness.BandsOf(text)), key)...)
	return err
}

func bandArgs(bands likeness.Bands) []any {
	args := make([]any, 0, bandsEach+2)
	for _, band := range bands {
		args = append(args, band)
	}
	return args
}

// relateAll links all notices of a collection that was made before there were
// links.
func relateAll(ctx context.Context, q querier) error {
	keys, err := numbers(ctx, q, `SELECT key FROM notices ORDER BY key`)
	if err != nil {
		return err
	}
	r := &relating{q: q}
	for _, key := range keys {
		var id, text string
		if err := q.QueryRowContext(ctx, `SELECT notice, text FROM texts WHERE key = ?`, key).Scan(&id, &text); err != nil {
			return err
		}
		if err := r.add(ctx, key, id, text); err != nil {
			return fmt.Errorf("notice %s: %w", id, err)
		}
	}
	return nil
}

// alike returns the ids of the present notices that are nearly the same as one,
// the likest first.
func (s *Store) alike(ctx context.Context, q querier, id string) ([]string, error) {
	if !s.knowsEarlier() {
		return nil, nil
	}
	ids, err := words(ctx, q, `SELECT other FROM similar JOIN notices ON id = other WHERE notice = ? ORDER BY jaccard DESC, other`, id)
	if err != nil {
		return nil, fmt.Errorf("read what is like notice %s: %w", id, err)
	}
	return ids, nil
}
