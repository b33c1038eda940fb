package embedded

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"tongbao"
	"tongbao/index"
)

// Notice implements index.Store.
func (s *Store) Notice(ctx context.Context, id string) (tongbao.Reading, error) {
	tx, err := s.snapshot(ctx)
	if err != nil {
		return tongbao.Reading{}, err
	}
	defer tx.Rollback()
	whole, on, err := s.resolve(ctx, tx, id)
	if err != nil {
		return tongbao.Reading{}, fmt.Errorf("notice %s: %w", id, err)
	}
	r, err := readingOf(ctx, tx, on, whole)
	if err != nil {
		return tongbao.Reading{}, fmt.Errorf("notice %s: %w", id, err)
	}
	return r, nil
}

// resolve completes the beginning of an id and says where the notice stands.
func (s *Store) resolve(ctx context.Context, q querier, id string) (string, shelf, error) {
	if len(id) < 4 {
		return "", present, fmt.Errorf("%w: give at least four characters of the id", index.ErrNotFound)
	}
	query := `SELECT id, '' FROM notices WHERE id >= ?1 AND id < ?2`
	if s.knowsEarlier() {
		query += ` UNION ALL SELECT id, 'earlier_' FROM earlier_notices WHERE id >= ?1 AND id < ?2`
	}
	rows, err := q.QueryContext(ctx, query+` ORDER BY 1 LIMIT 6`, id, id+"\x7f")
	if err != nil {
		return "", present, err
	}
	defer rows.Close()
	var found []string
	var on []shelf
	for rows.Next() {
		var one, where string
		if err := rows.Scan(&one, &where); err != nil {
			return "", present, err
		}
		found, on = append(found, one), append(on, shelf(where))
	}
	switch {
	case rows.Err() != nil:
		return "", present, rows.Err()
	case len(found) == 0:
		return "", present, index.ErrNotFound
	case len(found) > 1 && found[0] != id:
		return "", present, fmt.Errorf("%w: %s", index.ErrAmbiguous, strings.Join(found, ", "))
	}
	return found[0], on[0], nil
}

// readingOf reads all of a notice.
func readingOf(ctx context.Context, q querier, on shelf, id string) (tongbao.Reading, error) {
	var n tongbao.Notice
	var key int64
	if err := scanNotice(q.QueryRowContext(ctx, `SELECT `+noticeColumns+`, key FROM `+on.table("notices")+` WHERE id = ?`, id), &n, &key); err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			err = index.ErrNotFound
		}
		return tongbao.Reading{}, err
	}
	words, err := bodyOf(ctx, q, on, key, &n)
	if err != nil {
		return tongbao.Reading{}, err
	}
	r := tongbao.Reading{Notice: &n, Words: words}
	if n.URLs, err = addresses(ctx, q, on, id); err != nil {
		return r, err
	}
	if n.Metrics, _, err = metricsOf(ctx, q, on, key); err != nil {
		return r, err
	}
	if r.Facts, err = factsOf(ctx, q, on, key); err != nil {
		return r, err
	}
	r.Findings, err = findingsOf(ctx, q, on, key)
	return r, err
}

// bodyOf reads text and outline into the notice and returns its words.
func bodyOf(ctx context.Context, q querier, on shelf, key int64, n *tongbao.Notice) ([]tongbao.Word, error) {
	var outline sql.NullString
	var words []byte
	if err := q.QueryRowContext(ctx, `SELECT text, sections, words FROM `+on.table("texts")+` WHERE key = ?`, key).
		Scan(&n.Text, &outline, &words); err != nil {
		return nil, fmt.Errorf("read text of notice %s: %w", n.ID, err)
	}
	if outline.String != "" {
		var packed []section
		if err := json.Unmarshal([]byte(outline.String), &packed); err != nil {
			return nil, fmt.Errorf("read outline of notice %s: %w", n.ID, err)
		}
		n.Sections = unpackSections(packed, byteOffsets(n.Text))
	}
	return unpackWords(words, n.Text), nil
}

// scanNotice reads a row of noticeColumns and, behind them, more. URLs,
// Metrics, Sections and Text are not in it; the first address comes as the only
// one of URLs.
func scanNotice(row scanner, n *tongbao.Notice, more ...any) error {
	var round tongbao.Round
	var body tongbao.InspectedBody
	var period tongbao.Period
	var url, now, contact string
	targets := []any{&n.ID, opt(&url), opt(&n.Title), opt(&n.Source), opt(&n.Published), opt(&n.Signed), opt((*string)(&n.Genre)), opt(&n.Authority),
		opt(&round.ID), opt(&round.Authority), optNumber{&round.Congress}, optNumber{&round.Number}, opt(&n.Team), opt(&n.Issuer),
		opt(&body.Name), opt(&body.Code), opt(&body.District), opt(&body.City), opt(&body.Province), opt(&body.Abolished), opt(&now),
		opt(&period.From), opt(&period.To), opt(&n.Feedback), opt(&contact)}
	if err := row.Scan(append(targets, more...)...); err != nil {
		return err
	}
	if url != "" {
		n.URLs = []string{url}
	}
	if round != (tongbao.Round{}) {
		n.Round = &round
	}
	if now != "" {
		if err := json.Unmarshal([]byte(now), &body.Now); err != nil {
			return fmt.Errorf("read what the inspected body became: %w", err)
		}
	}
	if body.Name != "" || body.Code != "" || body.District != "" || body.City != "" || body.Province != "" {
		n.Inspected = &body
	}
	if period != (tongbao.Period{}) {
		n.Inspection = &period
	}
	if contact != "" {
		n.Contact = new(tongbao.Contact)
		if err := json.Unmarshal([]byte(contact), n.Contact); err != nil {
			return fmt.Errorf("read contact: %w", err)
		}
	}
	return nil
}

// addresses returns the addresses that hold a notice, or that held it.
func addresses(ctx context.Context, q querier, on shelf, id string) ([]string, error) {
	query := `SELECT url FROM documents WHERE notice = ? ORDER BY rowid`
	if on == earlier {
		query = `SELECT url FROM history WHERE notice = ? GROUP BY url ORDER BY min(rowid)`
	}
	urls, err := words(ctx, q, query, id)
	if err != nil {
		return nil, fmt.Errorf("read addresses of notice %s: %w", id, err)
	}
	return urls, nil
}

// metricsOf returns a notice's headline figures and the facts behind them.
func metricsOf(ctx context.Context, q querier, on shelf, key int64) (values, facts map[string]string, err error) {
	first, end := rowsOf(key)
	rows, err := q.QueryContext(ctx, `SELECT metric, value, coalesce(fact, '') FROM `+on.table("metrics")+` WHERE rowid >= ? AND rowid < ?`, first, end)
	if err != nil {
		return nil, nil, fmt.Errorf("read metrics: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var key, value, fact string
		if err := rows.Scan(&key, &value, &fact); err != nil {
			return nil, nil, fmt.Errorf("read metrics: %w", err)
		}
		if values == nil {
			values, facts = map[string]string{}, map[string]string{}
		}
		values[key] = value
		if fact != "" {
			facts[key] = fact
		}
	}
	return values, facts, rows.Err()
}
