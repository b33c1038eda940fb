package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"tongbao/index"
)

// held is what an address held before a record is put.
type held struct {
	notice, sha256, first, fetched string // "" for nothing
}

func (p *putting) heldAt(ctx context.Context, url string) (held, error) {
	var h held
	err := p.tx.QueryRowContext(ctx, `SELECT notice, sha256, first_seen, fetched FROM documents WHERE url = ?`, url).
		Scan(opt(&h.notice), opt(&h.sha256), opt(&h.first), opt(&h.fetched))
	if errors.Is(err, sql.ErrNoRows) {
		return held{}, nil
	}
	return h, err
}

// newerThan tells whether what the address held was fetched later than a record.
func (h held) newerThan(r *index.Record) bool {
	return !r.Fetched.IsZero() && second(r.Fetched) < h.fetched
}

// supersede notes that an address holds another notice now, and sets the one
// that it held aside where no other address holds it.
func (p *putting) supersede(ctx context.Context, r *index.Record, before held) error {
	reread := flag(r.SHA256 != "" && r.SHA256 == before.sha256)
	if _, err := p.tx.ExecContext(ctx, `INSERT INTO history (url, notice, sha256, since, until, next, reread)
		VALUES (?1, ?2, ?3, coalesce((SELECT max(until) FROM history WHERE url = ?1), ?4), ?5, ?6, ?7)`,
		r.URL, before.notice, text(before.sha256), text(before.first), text(second(r.Fetched)), r.Reading.Notice.ID, reread); err != nil {
		return err
	}
	old, err := p.find(ctx, before.notice)
	if err != nil || old == nil {
		return err
	}
	if old.url != "" { // the first of its other addresses is its address now
		_, err := p.tx.ExecContext(ctx, `UPDATE notices SET url = ? WHERE key = ?`, old.url, old.key)
		return err
	}
	return p.setAside(ctx, old.key, before.notice)
}

// late keeps a page that was fetched before the one that its address holds, as
// an archive may yield it: it is an earlier version from the first.
func (p *putting) late(ctx context.Context, r *index.Record, before held) (index.Outcome, error) {
	id := r.Reading.Notice.ID
	if _, err := p.tx.ExecContext(ctx, `INSERT INTO history (url, notice, sha256, since, until, next)
		SELECT ?1, ?2, ?3, ?4, coalesce((SELECT min(since) FROM history WHERE url = ?1 AND since > ?4), iif(?5 > ?4, ?5, ?6)), ?7
		WHERE NOT EXISTS (SELECT 1 FROM history WHERE url = ?1 AND notice = ?2 AND (sha256 IS ?3 OR since <= ?4 AND until > ?4))`,
		r.URL, id, text(r.SHA256), second(r.Fetched), text(before.first), before.fetched, before.notice); err != nil {
		return "", err
	}
	switch old, err := p.find(ctx, id); {
	case err != nil:
		return "", err
	case old != nil:
		return index.Duplicate, nil // another address holds it
	}
	var versions string
	err := p.tx.QueryRowContext(ctx, `SELECT versions FROM earlier_notices WHERE id = ?`, id).Scan(opt(&versions))
	outcome := index.Unchanged
	if errors.Is(err, sql.ErrNoRows) {
		outcome = index.New
	} else if err != nil {
		return "", err
	} else if versions == r.Versions {
		return outcome, nil
	} else {
		outcome = index.Replaced
	}
	if err := p.insert(ctx, r); err != nil {
		return "", err
	}
	old, err := p.find(ctx, id)
	if err != nil {
		return "", err
	}
	return outcome, p.setAside(ctx, old.key, id)
}

// setAside moves a notice with all that was read out of it to the earlier ones,
// where it gets a key of its own.
func (p *putting) setAside(ctx context.Context, key int64, id string) error {
	if err := p.copyAside(ctx, key, id); err != nil {
		return err
	}
	if err := p.related.forget(ctx, key); err != nil {
		return err
	}
	if err := p.clear(ctx, key); err != nil {
		return err
	}
	_, err := p.tx.ExecContext(ctx, `INSERT OR REPLACE INTO removed VALUES (?, ?)`, key, p.revision)
	return err
}

func (p *putting) copyAside(ctx context.Context, key int64, id string) error {
	if err := p.flush(ctx); err != nil {
		return err
	}
	if err := p.takeBack(ctx, id); err != nil {
		return err
	}
	result, err := p.tx.ExecContext(ctx, `INSERT INTO earlier_notices (`+noticeColumns+`, versions, revision)
		SELECT `+noticeColumns+`, versions, revision FROM notices WHERE key = ?`, key)
	if err != nil {
		return err
	}
	aside, err := result.LastInsertId()
	if err != nil {
		return err
	}
	if _, err := p.tx.ExecContext(ctx, `INSERT INTO earlier_texts SELECT ?, notice, text, sections, words FROM texts WHERE key = ?`, aside, key); err != nil {
		return err
	}
	first, end := rowsOf(key)
	now, _ := rowsOf(aside)
	for _, t := range []struct{ name, columns string }{{"facts", factNames}, {"findings", findingNames}, {"metrics", metricNames}} {
		if _, err := p.tx.ExecContext(ctx, `INSERT INTO earlier_`+t.name+` (rowid, `+t.columns+`)
			SELECT rowid + ?, `+t.columns+` FROM `+t.name+` WHERE rowid >= ? AND rowid < ?`, now-first, first, end); err != nil {
			return err
		}
	}
	return nil
}

// takeBack deletes a notice from the earlier ones, for it is read anew: an
// address holds it again.
func (p *putting) takeBack(ctx context.Context, id string) error {
	var key int64
	err := p.tx.QueryRowContext(ctx, `SELECT key FROM earlier_notices WHERE id = ?`, id).Scan(&key)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return p.remove(ctx, earlier, key)
}

// History implements index.Store.
func (s *Store) History(ctx context.Context, id string) (index.History, error) {
	tx, err := s.snapshot(ctx)
	if err != nil {
		return index.History{}, err
	}
	defer tx.Rollback()
	var h index.History
	if h.ID, _, err = s.resolve(ctx, tx, id); err == nil {
		h.Versions, err = s.versionsOf(ctx, tx, h.ID)
	}
	if err == nil && s.knowsEarlier() {
		h.Similar, err = similarTo(ctx, tx, h.ID)
	}
	if err != nil {
		return h, fmt.Errorf("history of notice %s: %w", id, err)
	}
	return h, nil
}

// versionsAt are the versions that an address held and the one that it holds.
// What it holds now it has held since its last change.
const versionsAt = `
	SELECT h.url, h.notice, coalesce(n.title, e.title), h.sha256, h.since, h.since, h.until, h.next, h.reread, n.key IS NULL, 0 AS holds, h.rowid AS place
	FROM history h LEFT JOIN notices n ON n.id = h.notice LEFT JOIN earlier_notices e ON e.id = h.notice WHERE h.url = ?1
	UNION ALL
	SELECT d.url, d.notice, n.title, d.sha256,
		coalesce((SELECT max(until) FROM history WHERE url = ?1), d.first_seen), d.fetched, NULL, NULL, NULL, 0, 1, 0
	FROM documents d JOIN notices n ON n.id = d.notice WHERE d.url = ?1
	ORDER BY holds, since, place`

// versionsNow is versionsAt for tables of the first layout.
const versionsNow = `SELECT d.url, d.notice, n.title, d.sha256, d.first_seen, d.fetched, NULL, NULL, NULL, 0, 1, 0
	FROM documents d JOIN notices n ON n.id = d.notice WHERE d.url = ?1`

func (s *Store) versionsOf(ctx context.Context, q querier, id string) ([]index.Version, error) {
	places, query := `SELECT url FROM documents WHERE notice = ?1 ORDER BY rowid`, versionsNow
	if s.knowsEarlier() {
		query = versionsAt
		places = `SELECT d.url FROM documents d WHERE d.notice = ?1 OR d.url IN (SELECT url FROM history WHERE notice = ?1) ORDER BY d.rowid`
	}
	urls, err := words(ctx, q, places, id)
	if err != nil {
		return nil, err
	}
	var versions []index.Version
	for _, url := range urls {
		rows, err := q.QueryContext(ctx, query, url)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var v index.Version
			var holds, place int64
			if err := rows.Scan(&v.URL, &v.Notice, opt(&v.Title), opt(&v.SHA256), opt(&v.Since), opt(&v.Fetched), opt(&v.Until), opt(&v.Next),
				optFlag{&v.Reread}, optFlag{&v.Earlier}, &holds, &place); err != nil {
				rows.Close()
				return nil, err
			}
			versions = append(versions, v)
		}
		rows.Close()
		if err := rows.Err(); err != nil {
			return nil, err
		}
	}
	return versions, nil
}

func similarTo(ctx context.Context, q querier, id string) ([]index.Similar, error) {
	rows, err := q.QueryContext(ctx, `SELECT s.other, coalesce(n.title, e.title), coalesce(n.url, e.url), s.jaccard, n.key IS NULL
		FROM similar s LEFT JOIN notices n ON n.id = s.other LEFT JOIN earlier_notices e ON e.id = s.other
		WHERE s.notice = ? ORDER BY s.jaccard DESC, s.other`, id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []index.Similar
	for rows.Next() {
		var one index.Similar
		if err := rows.Scan(&one.Notice, opt(&one.Title), opt(&one.URL), &one.Jaccard, optFlag{&one.Earlier}); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// words returns the texts of a query's only column.
func words(ctx context.Context, q querier, query string, args ...any) ([]string, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}
