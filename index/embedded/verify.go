package embedded

import (
	"context"
	"fmt"

	"tongbao"
)

// verifyDatabase has SQLite look for damage of the file.
func (s *Store) verifyDatabase(ctx context.Context, q querier) ([]string, error) {
	said, err := words(ctx, q, `PRAGMA quick_check(20)`)
	if err != nil {
		return nil, err
	}
	if len(said) == 1 && said[0] == "ok" {
		return nil, nil
	}
	for i := range said {
		said[i] = databaseName + ": " + said[i]
	}
	return said, nil
}

// verifyOwners checks that whatever was read out of a notice stands under a
// notice that is there, and that what names a fact names one of its notice.
func (s *Store) verifyOwners(ctx context.Context, q querier) ([]string, error) {
	shelves := []shelf{present}
	if s.knowsEarlier() {
		shelves = append(shelves, earlier)
	}
	var wrong []string
	look := func(what, query string) error {
		found, err := words(ctx, q, query)
		for _, one := range found {
			wrong = append(wrong, fmt.Sprintf(what, one))
		}
		return err
	}
	for _, on := range shelves {
		for _, name := range []string{"facts", "findings", "metrics"} {
			if err := look("table "+on.table(name)+": rows of notice %s, which is not there", fmt.Sprintf(
				`SELECT DISTINCT f.notice FROM %s f LEFT JOIN %s n ON n.key = f.rowid >> %d WHERE n.id IS NOT f.notice ORDER BY 1`,
				on.table(name), on.table("notices"), keyBits)); err != nil {
				return wrong, err
			}
		}
		if err := look("notice %s: a headline figure names a fact that is not there", fmt.Sprintf(
			`SELECT DISTINCT m.notice FROM %s m WHERE m.fact IS NOT NULL AND NOT EXISTS (SELECT 1 FROM %s f
				WHERE f.id = m.fact AND f.rowid BETWEEN (m.rowid >> %d) << %[3]d AND (((m.rowid >> %[3]d) + 1) << %[3]d) - 1) ORDER BY 1`,
			on.table("metrics"), on.table("facts"), keyBits)); err != nil {
			return wrong, err
		}
	}
	return wrong, look("document %s: the notice that it held is not there; tongbao run reads it again",
		`SELECT url FROM documents WHERE notice IS NOT NULL AND notice NOT IN (SELECT id FROM notices) ORDER BY 1`)
}

// verifyPoints checks that the offsets that other programs use, in code points,
// mean the same places as those in bytes.
func verifyPoints(ctx context.Context, q querier, on shelf, id, text string) ([]string, error) {
	var key int64
	if err := q.QueryRowContext(ctx, `SELECT key FROM `+on.table("notices")+` WHERE id = ?`, id).Scan(&key); err != nil {
		return nil, err
	}
	first, end := rowsOf(key)
	rows, err := q.QueryContext(ctx, `SELECT id, start, "end", byte_start, byte_end FROM `+on.table("facts")+` WHERE rowid >= ? AND rowid < ?`, first, end)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	points := tongbao.NewCodePoints(text)
	var wrong []string
	for rows.Next() {
		var fact string
		var start, end, byteStart, byteEnd int
		if err := rows.Scan(&fact, &start, &end, &byteStart, &byteEnd); err != nil {
			return wrong, err
		}
		if byteStart < 0 || byteEnd < byteStart || byteEnd > len(text) {
			continue // told already
		}
		if points.At(byteStart) != start || points.At(byteEnd) != end {
			wrong = append(wrong, fmt.Sprintf("notice %s: fact %s: it stands at %d to %d and is said to be at %d to %d", id, fact,
				points.At(byteStart), points.At(byteEnd), start, end))
		}
	}
	return wrong, rows.Err()
}
