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
const mostCompared = 32

const bandsEach = len(likeness.Bands{})

var (
	sharesBands = `SELECT key FROM bands WHERE band IN (?` + strings.Repeat(", ?", bandsEach-1) + `) AND key <> ?
		GROUP BY key ORDER BY count(*) DESC, key LIMIT ?`
	insertBands = `INSERT OR IGNORE INTO bands (band, key) VALUES (?, ?)` + strings.Repeat(", (?, ?)", bandsEach-1)
	deleteBands = `DELETE FROM bands WHERE band IN (?` + strings.Repeat(", ?", bandsEach-1) + `) AND key = ?`
)

// relate links a notice that is new among the present ones with those that are
// nearly the same.
func relate(ctx context.Context, q querier, key int64, id, text string) error {
	bands := likeness.BandsOf(text)
	alike, err := numbers(ctx, q, sharesBands, append(bandArgs(bands), key, mostCompared)...)
	if err != nil {
		return fmt.Errorf("look for texts like it: %w", err)
	}
	var own likeness.Shingles
	for _, other := range alike {
		if own == nil {
			own = likeness.ShinglesOf(text)
		}
		if err := compare(ctx, q, id, own, other); err != nil {
			return fmt.Errorf("look for texts like it: %w", err)
		}
	}
	pairs := make([]any, 0, 2*bandsEach)
	for _, band := range bands {
		pairs = append(pairs, band, key)
	}
	if _, err := q.ExecContext(ctx, insertBands, pairs...); err != nil {
		return fmt.Errorf("keep what tells texts like it: %w", err)
	}
	return nil
}

func bandArgs(bands likeness.Bands) []any {
	args := make([]any, 0, bandsEach+2)
	for _, band := range bands {
		args = append(args, band)
	}
	return args
}

// compare links a notice with another one where their texts are nearly the same.
func compare(ctx context.Context, q querier, id string, own likeness.Shingles, other int64) error {
	var otherID, text string
	if err := q.QueryRowContext(ctx, `SELECT notice, text FROM texts WHERE key = ?`, other).Scan(&otherID, &text); err != nil {
		return err
	}
	jaccard := likeness.Jaccard(own, likeness.ShinglesOf(text))
	if jaccard < index.NearDuplicate {
		return nil
	}
	_, err := q.ExecContext(ctx, `INSERT OR REPLACE INTO similar VALUES (?1, ?2, ?3), (?2, ?1, ?3)`, id, otherID, jaccard)
	return err
}

// unrelate takes a notice out of those that new ones are compared with. Links
// that it has stay: they are between texts, and texts do not change.
func unrelate(ctx context.Context, q querier, key int64) error {
	var text string
	if err := q.QueryRowContext(ctx, `SELECT text FROM texts WHERE key = ?`, key).Scan(&text); err != nil {
		return err
	}
	_, err := q.ExecContext(ctx, deleteBands, append(bandArgs(likeness.BandsOf(text)), key)...)
	return err
}

// relateAll does for every notice what relate does for a new one.
func relateAll(ctx context.Context, q querier) error {
	keys, err := numbers(ctx, q, `SELECT key FROM notices ORDER BY key`)
	if err != nil {
		return err
	}
	for _, key := range keys {
		var id, text string
		if err := q.QueryRowContext(ctx, `SELECT notice, text FROM texts WHERE key = ?`, key).Scan(&id, &text); err != nil {
			return err
		}
		if err := relate(ctx, q, key, id, text); err != nil {
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
