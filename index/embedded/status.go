package embedded

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"tongbao/index"
)

// Status tells what the collection holds, as of one moment.
func (s *Store) Status(ctx context.Context) (index.Status, error) {
	var st index.Status
	tx, err := s.snapshot(ctx)
	if err != nil {
		return st, err
	}
	defer tx.Rollback()
	for _, part := range []func(context.Context, *session, *index.Status) error{s.holdings, s.lastRun, s.failures, s.waiting} {
		if err := part(ctx, tx, &st); err != nil {
			return st, fmt.Errorf("read the state of collection %s: %w", s.dir, err)
		}
	}
	return st, nil
}

func (s *Store) holdings(ctx context.Context, tx *session, st *index.Status) error {
	var read string
	err := tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM notices), (SELECT count(*) FROM findings),
		(SELECT count(*) FROM findings WHERE NOT holds), (SELECT count(*) FROM documents),
		(SELECT substr(min(published), 1, 10) FROM notices), (SELECT substr(max(published), 1, 10) FROM notices),
		(SELECT max(fetched) FROM documents)`).
		Scan(&st.Notices, &st.Findings, &st.Mismatches, &st.Documents, opt(&st.From), opt(&st.To), opt(&read))
	if err == nil && read != "" {
		st.LastRead, err = time.Parse(time.RFC3339, read)
	}
	if err != nil {
		return err
	}
	if st.Genres, err = counts(ctx, tx, `SELECT coalesce(genre, 'other'), count(*) FROM notices GROUP BY 1`); err != nil {
		return err
	}
	if st.Kinds, err = counts(ctx, tx, `SELECT kind, count(*) FROM facts GROUP BY 1`); err != nil {
		return err
	}
	for _, n := range st.Kinds {
		st.Facts += n
	}
	if s.knowsEarlier() {
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM earlier_notices`).Scan(&st.Earlier); err != nil {
			return err
		}
	}
	g, revision, err := s.generationOf(ctx, tx)
	if err != nil {
		return err
	}
	if g != nil {
		defer g.release()
	}
	return tx.QueryRowContext(ctx, `SELECT count(*) FROM notices WHERE revision > ?`, revision).Scan(&st.Unindexed)
}

func counts(ctx context.Context, q querier, query string) (map[string]int, error) {
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[string]int{}
	for rows.Next() {
		var name string
		var n int
		if err := rows.Scan(&name, &n); err != nil {
			return nil, err
		}
		all[name] = n
	}
	return all, rows.Err()
}

func (s *Store) lastRun(ctx context.Context, tx *session, st *index.Status) error {
	var r index.Run
	var started, finished, sources string
	err := tx.QueryRowContext(ctx, `SELECT run, started, finished, sources, found, new, unchanged, duplicate, replaced, failed, facts, findings
		FROM runs ORDER BY run DESC LIMIT 1`).Scan(&r.ID, &started, opt(&finished), opt(&sources),
		optNumber{&r.Found}, optNumber{&r.New}, optNumber{&r.Unchanged}, optNumber{&r.Duplicate}, optNumber{&r.Replaced}, optNumber{&r.Failed}, optNumber{&r.Facts}, optNumber{&r.Findings})
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	if r.Started, err = time.Parse(time.RFC3339, started); err != nil {
		return err
	}
	if finished != "" {
		if r.Finished, err = time.Parse(time.RFC3339, finished); err != nil {
			return err
		}
	}
	if sources != "" {
		if err := json.Unmarshal([]byte(sources), &r.Sources); err != nil {
			return fmt.Errorf("sources of run %d: %w", r.ID, err)
		}
	}
	st.LastRun = &r
	return nil
}

// failures gathers what failed to be fetched or to be read; an address that
// waits to be tried again is none.
func (s *Store) failures(ctx context.Context, tx *session, st *index.Status) error {
	query := `SELECT url, error, fetched FROM documents WHERE state = 'failed'`
	if s.knowsEarlier() {
		query += ` AND url NOT IN (SELECT url FROM addresses WHERE state <> 'done')
			UNION ALL SELECT name, reason, visited FROM addresses WHERE state = 'failed'`
	}
	rows, err := tx.QueryContext(ctx, query+` ORDER BY 1`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var f index.Failure
		var when string
		if err := rows.Scan(&f.Name, opt(&f.Reason), opt(&when)); err != nil {
			return err
		}
		if when != "" {
			if f.When, err = time.Parse(time.RFC3339, when); err != nil {
				return err
			}
		}
		st.Failures = append(st.Failures, f)
	}
	return rows.Err()
}

func (s *Store) waiting(ctx context.Context, tx *session, st *index.Status) error {
	if !s.knowsEarlier() {
		return nil
	}
	rows, err := tx.QueryContext(ctx, `SELECT host, count(*), min(coalesce(next_try, '')) FROM addresses WHERE state = 'waiting' GROUP BY host ORDER BY host`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var c index.HostCount
		if err := rows.Scan(&c.Host, &c.Waiting, optTime{&c.NextTry}); err != nil {
			return err
		}
		st.Waiting = append(st.Waiting, c)
	}
	return rows.Err()
}
