package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"time"

	"tongbao"
	"tongbao/index"
)

// A Document is what is known of one address or file.
type Document struct {
	URL       string
	SHA256    string
	Notice    string // id; "" where it was never read
	Failed    bool
	Error     string // why it failed
	Versions  string
	FirstSeen string // RFC 3339, UTC
	Fetched   string
}

// Documents yields every document in the order in which they were first met;
// only those that failed where failed is true.
func (s *Store) Documents(ctx context.Context, failed bool) iter.Seq2[Document, error] {
	query := `SELECT url, sha256, notice, state = 'failed', error, versions, first_seen, fetched FROM documents`
	if failed {
		query += ` WHERE state = 'failed'`
	}
	return func(yield func(Document, error) bool) {
		rows, err := s.reader.QueryContext(ctx, query+` ORDER BY rowid`)
		if err != nil {
			yield(Document{}, fmt.Errorf("read documents: %w", err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var d Document
			err := rows.Scan(&d.URL, opt(&d.SHA256), opt(&d.Notice), optFlag{&d.Failed}, opt(&d.Error), opt(&d.Versions), opt(&d.FirstSeen), opt(&d.Fetched))
			if !yield(d, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(Document{}, fmt.Errorf("read documents: %w", err))
		}
	}
}

// SaveRun implements index.Queue.
func (s *Store) SaveRun(ctx context.Context, r *index.Run) error {
	if s.writer == nil {
		return fmt.Errorf("record run: %w", index.ErrReadOnly)
	}
	var id, finished any
	if r.ID != 0 {
		id = r.ID
	}
	if !r.Finished.IsZero() {
		finished = r.Finished.UTC().Format(time.RFC3339)
	}
	result, err := s.writer.ExecContext(ctx, `INSERT OR REPLACE INTO runs VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`, id,
		r.Started.UTC().Format(time.RFC3339), finished, list(r.Sources),
		r.Found, r.New, r.Unchanged, r.Duplicate, r.Replaced, r.Failed, r.Facts, r.Findings)
	if err != nil {
		return fmt.Errorf("record run: %w", err)
	}
	if r.ID == 0 {
		r.ID, err = result.LastInsertId()
	}
	return err
}

// Totals are the sizes of a collection.
type Totals struct{ Documents, Failed, Notices, Facts, Findings int }

// Totals counts what the collection holds.
func (s *Store) Totals(ctx context.Context) (Totals, error) {
	var t Totals
	err := s.reader.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM documents WHERE state = 'failed'),
		(SELECT count(*) FROM notices), (SELECT count(*) FROM facts), (SELECT count(*) FROM findings)`).
		Scan(&t.Documents, &t.Failed, &t.Notices, &t.Facts, &t.Findings)
	if err != nil {
		return t, fmt.Errorf("count collection: %w", err)
	}
	return t, nil
}

// Verify checks what is kept against itself and yields a line for each thing
// that is wrong: ids that are not those of their texts, quotes that do not stand
// where they should, facts of no notice, a damaged file, an index that does not hold exactly what the database
// holds. An error ends it.
func (s *Store) Verify(ctx context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		tx, err := s.snapshot(ctx)
		if err != nil {
			yield("", err)
			return
		}
		defer tx.Rollback()
		for n, err := range heads(ctx, tx, index.Selection{}) {
			var wrong []string
			if err == nil {
				wrong, err = verifyNotice(ctx, tx, present, n.ID)
			}
			if !each(wrong, err, yield) {
				return
			}
		}
		for _, check := range []func(context.Context, querier) ([]string, error){s.verifyEarlier, s.verifyOwners, s.verifyDatabase, s.verifyIndex} {
			if wrong, err := check(ctx, tx); !each(wrong, err, yield) {
				return
			}
		}
	}
}

// each yields lines, then an error; false where that ends it.
func each(lines []string, err error, yield func(string, error) bool) bool {
	for _, line := range lines {
		if !yield(line, nil) {
			return false
		}
	}
	if err != nil {
		yield("", err)
	}
	return err == nil
}

// verifyEarlier checks the earlier versions, and that every notice of the
// present is among those that new ones are compared with.
func (s *Store) verifyEarlier(ctx context.Context, q querier) ([]string, error) {
	if !s.knowsEarlier() {
		return nil, nil
	}
	ids, err := words(ctx, q, `SELECT id FROM earlier_notices ORDER BY id`)
	if err != nil {
		return nil, err
	}
	var wrong []string
	for _, id := range ids {
		lines, err := verifyNotice(ctx, q, earlier, id)
		if err != nil {
			return wrong, err
		}
		wrong = append(wrong, lines...)
	}
	for _, c := range []struct{ what, query string }{
		{"it is not compared with new ones", `SELECT id FROM notices WHERE key NOT IN (SELECT key FROM bands)`},
		{"it is both present and earlier", `SELECT id FROM notices JOIN earlier_notices USING (id)`},
		{"an address held it, and it is not there", `SELECT DISTINCT notice FROM history WHERE notice NOT IN (SELECT id FROM notices UNION ALL SELECT id FROM earlier_notices)`},
	} {
		ids, err := words(ctx, q, c.query)
		if err != nil {
			return wrong, err
		}
		for _, id := range ids {
			wrong = append(wrong, "notice "+id+": "+c.what)
		}
	}
	var stray int
	if err := q.QueryRowContext(ctx, `SELECT count(*) FROM bands WHERE key NOT IN (SELECT key FROM notices)`).Scan(&stray); err != nil {
		return wrong, err
	}
	if stray > 0 {
		wrong = append(wrong, fmt.Sprintf("new notices are compared with some that are not there: %d rows of table bands", stray))
	}
	return wrong, nil
}

func verifyNotice(ctx context.Context, q querier, on shelf, id string) ([]string, error) {
	r, err := readingOf(ctx, q, on, id)
	if err != nil {
		return nil, fmt.Errorf("notice %s: %w", id, err)
	}
	var wrong []string
	if of := tongbao.IDOf(r.Notice.Text); of != id {
		wrong = append(wrong, fmt.Sprintf("notice %s: its text has the id %s", id, of))
	}
	if len(r.Notice.URLs) == 0 {
		wrong = append(wrong, fmt.Sprintf("notice %s: it has no address", id))
	}
	for i := range r.Facts {
		f := &r.Facts[i]
		if f.Start < 0 || f.End < f.Start || f.End > len(r.Notice.Text) || f.Of(r.Notice.Text) != f.Quote {
			wrong = append(wrong, fmt.Sprintf("notice %s: fact %s: %q does not stand at its place", id, f.ID, f.Quote))
		}
	}
	moved, err := verifyPoints(ctx, q, on, id, r.Notice.Text)
	return append(wrong, moved...), err
}

func (s *Store) verifyIndex(ctx context.Context, q querier) ([]string, error) {
	g, revision, err := s.generationOf(ctx, q)
	if err != nil {
		return nil, err
	}
	if g == nil {
		if some, err := number(ctx, q, rowRevision); err != nil || some == 0 {
			return nil, err
		}
		return []string{"there is no index: tongbao reindex builds it; until then searches read every text"}, nil
	}
	defer g.release()
	all, err := everything(g.reader)
	if err != nil {
		return nil, err
	}
	a := &answering{ctx: ctx, q: q, reader: g.reader}
	keys, err := numbers(ctx, q, `SELECT key FROM notices WHERE revision <= ?`, revision)
	if err != nil {
		return nil, err
	}
	var wrong []string
	for _, key := range keys {
		number, ok, err := a.number(key)
		if err != nil {
			return nil, err
		}
		if !ok {
			var id string
			if err := q.QueryRowContext(ctx, `SELECT id FROM notices WHERE key = ?`, key).Scan(&id); err != nil && !errors.Is(err, sql.ErrNoRows) {
				return nil, err
			}
			wrong = append(wrong, "notice "+id+": the index lacks it")
		} else {
			all.Remove(number)
		}
	}
	stale, err := numbers(ctx, q, `SELECT key FROM removed WHERE revision > ? UNION SELECT key FROM notices WHERE revision > ?`, revision, revision)
	if err != nil {
		return nil, err
	}
	for _, key := range stale {
		if number, ok, err := a.number(key); err != nil {
			return nil, err
		} else if ok {
			all.Remove(number)
		}
	}
	if extra := all.GetCardinality(); extra > 0 {
		wrong = append(wrong, fmt.Sprintf("the index holds %d notices that the database does not", extra))
	}
	if len(wrong) > 0 {
		wrong = append(wrong, "tongbao reindex builds the index anew")
	}
	return wrong, nil
}
