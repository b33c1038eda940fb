package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"tongbao/index"
)

// stamp is how the queue writes times: all of one length, so that they compare
// as texts.
const stamp = "2006-01-02T15:04:05.000Z"

func stamped(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format(stamp)
}

// Begin implements index.Queue.
func (s *Store) Begin(ctx context.Context, now time.Time, sources []string) (index.Crawl, error) {
	var c index.Crawl
	err := s.alter(ctx, "begin run", func(tx *session) error {
		var started string
		err := tx.QueryRowContext(ctx, `SELECT run, started, finished IS NULL FROM runs WHERE sources IS ? ORDER BY run DESC LIMIT 1`, list(sources)).
			Scan(&c.Run, &started, &c.Resumed)
		if err == nil && c.Resumed {
			c.Started, err = time.Parse(time.RFC3339, started)
			return err
		}
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		c.Started = now.UTC().Truncate(time.Second)
		result, err := tx.ExecContext(ctx, `INSERT INTO runs (started, sources) VALUES (?, ?)`, c.Started.Format(time.RFC3339), list(sources))
		if err == nil {
			c.Run, err = result.LastInsertId()
		}
		return err
	})
	return c, err
}

// Offer implements index.Queue.
func (s *Store) Offer(ctx context.Context, run int64, addresses []index.Address) (added int, err error) {
	err = s.alter(ctx, "keep addresses", func(tx *session) error {
		added, err = offer(ctx, tx, run, addresses)
		return err
	})
	if err != nil {
		return 0, err
	}
	return added, nil
}

const offerAddress = `INSERT INTO addresses (name, url, method, content_type, body, host, kind, source, depth, run, state, added)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) ON CONFLICT (name) DO NOTHING`

// dueAgain makes a known address wait again: one of another run, unless it was
// offered once and visited.
const dueAgain = `UPDATE addresses SET state = 'waiting', run = ?2, source = ?3, depth = ?4, reason = NULL, tries = NULL, next_try = NULL
	WHERE name = ?1 AND run <> ?2 AND (state = 'waiting' OR NOT ?5)`

func offer(ctx context.Context, tx *session, run int64, addresses []index.Address) (added int, err error) {
	for i := range addresses {
		a := addresses[i]
		if err := a.Check(); err != nil {
			return 0, err
		}
		name := a.Name()
		result, err := tx.ExecContext(ctx, offerAddress, name, a.URL, text(a.Method), text(a.ContentType), a.Body, a.Host,
			text(string(a.Kind)), text(a.Source), a.Depth, run)
		if err != nil {
			return 0, err
		}
		if n, err := result.RowsAffected(); err != nil {
			return 0, err
		} else if n > 0 {
			added++
		} else if _, err := tx.ExecContext(ctx, dueAgain, name, run, text(a.Source), a.Depth, a.Once); err != nil {
			return 0, err
		}
	}
	return added, nil
}

// Settle implements index.Queue.
func (s *Store) Settle(ctx context.Context, visits []index.Visit) error {
	var keys []int64
	err := s.alter(ctx, "record visits", func(tx *session) error {
		for i := range visits {
			key, err := settle(ctx, tx, &visits[i])
			if err != nil {
				return err
			}
			keys = append(keys, key)
		}
		return nil
	})
	if err == nil {
		s.settled(keys)
	}
	return err
}

// settleAddress writes what a visit found out. Source and depth with which the
// address was offered stay; one that nobody offered belongs to no run.
const settleAddress = `INSERT INTO addresses (name, url, method, content_type, body, host, kind, source, depth, run, added,
		state, reason, tries, etag, last_modified, sha256, file, "offset", visited, next_try)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT (name) DO UPDATE SET kind = coalesce(excluded.kind, kind), state = excluded.state, reason = excluded.reason, tries = coalesce(tries, 0) + 1,
		etag = excluded.etag, last_modified = excluded.last_modified, sha256 = coalesce(excluded.sha256, sha256),
		file = coalesce(excluded.file, file), "offset" = CASE WHEN excluded.file IS NULL THEN "offset" ELSE excluded."offset" END,
		visited = coalesce(excluded.visited, visited), next_try = excluded.next_try
	RETURNING key, run`

// settle records a visit and offers what was found by it.
func settle(ctx context.Context, tx *session, v *index.Visit) (key int64, err error) {
	a := v.Address
	if err := a.Check(); err != nil {
		return 0, err
	}
	switch a.State {
	case index.AddressWaiting, index.AddressDone, index.AddressFailed, index.AddressSkipped:
	default:
		return 0, fmt.Errorf("address %s: %q is not a state of addresses", a.URL, a.State)
	}
	var run int64
	err = tx.QueryRowContext(ctx, settleAddress, a.Name(), a.URL, text(a.Method), text(a.ContentType), a.Body, a.Host,
		text(string(a.Kind)), text(a.Source), a.Depth, string(a.State), text(a.Reason), text(a.ETag), text(a.LastModified), text(a.SHA256),
		text(a.File), a.Offset, stamped(a.Visited), stamped(a.NextTry)).Scan(&key, &run)
	if err == nil {
		_, err = offer(ctx, tx, run, v.Found)
	}
	if err != nil {
		return 0, fmt.Errorf("address %s: %w", a.URL, err)
	}
	return key, nil
}

// visits settles the visits of a batch of records.
func visits(ctx context.Context, tx *session, batch []index.Record) (keys []int64, err error) {
	for i := range batch {
		if batch[i].Visit == nil {
			continue
		}
		key, err := settle(ctx, tx, batch[i].Visit)
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// settled lets addresses be given out again. It is called when their new
// states can be read.
func (s *Store) settled(keys []int64) {
	s.taking.Lock()
	defer s.taking.Unlock()
	for _, key := range keys {
		delete(s.taken, key)
	}
}

// nextHost is the first host behind another one that has an address waiting.
const nextHost = `SELECT host FROM addresses WHERE run = ? AND state = 'waiting' AND host > ? ORDER BY host LIMIT 1`

// Next implements index.Queue. It asks the index once for each host.
func (s *Store) Next(ctx context.Context, run int64, now time.Time, busy []string) (index.Address, bool, error) {
	if !s.knowsEarlier() {
		return index.Address{}, false, nil
	}
	// Held while the database is asked: what was settled in between could
	// else be seen as still waiting, and as no longer taken.
	s.taking.Lock()
	defer s.taking.Unlock()
	a, key, err := s.first(ctx, run, now, busy)
	if err != nil {
		return index.Address{}, false, fmt.Errorf("next address: %w", err)
	}
	if key == 0 {
		return index.Address{}, false, nil
	}
	if s.taken == nil {
		s.taken = map[int64]bool{}
	}
	s.taken[key] = true
	return a, true, nil
}

// first returns the address that Next gives out and its key, 0 for none.
func (s *Store) first(ctx context.Context, run int64, now time.Time, busy []string) (a index.Address, key int64, err error) {
	tx, err := s.snapshot(ctx)
	if err != nil {
		return a, 0, err
	}
	defer tx.Rollback()
	for host := ""; ; {
		err := tx.QueryRowContext(ctx, nextHost, run, host).Scan(&host)
		if errors.Is(err, sql.ErrNoRows) {
			break
		}
		if err != nil {
			return a, 0, err
		}
		if slices.Contains(busy, host) {
			continue
		}
		one, err := s.firstOf(ctx, tx, run, now, host)
		if err != nil {
			return a, 0, err
		}
		if one != 0 && (key == 0 || one < key) {
			key = one
		}
	}
	if key != 0 {
		a, err = scanAddress(tx.QueryRowContext(ctx, `SELECT `+addressColumns+` FROM addresses WHERE key = ?`, key))
	}
	return a, key, err
}

func (s *Store) firstOf(ctx context.Context, q querier, run int64, now time.Time, host string) (int64, error) {
	rows, err := q.QueryContext(ctx, `SELECT key FROM addresses WHERE run = ? AND state = 'waiting' AND host = ?
		AND (next_try IS NULL OR next_try <= ?) ORDER BY key`, run, host, stamped(now))
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var key int64
		if err := rows.Scan(&key); err != nil {
			return 0, err
		}
		if !s.taken[key] {
			return key, nil
		}
	}
	return 0, rows.Err()
}

// Requeue implements index.Queue.
func (s *Store) Requeue(ctx context.Context, run int64, sources ...string) (int, error) {
	if len(sources) == 0 {
		return s.again(ctx, run, `state = 'failed'`)
	}
	return s.again(ctx, run, `state = 'failed' AND source IN (SELECT value FROM json_each(?2))`, list(sources))
}

// Revisit implements index.Queue.
func (s *Store) Revisit(ctx context.Context, run int64, source string) (int, error) {
	return s.again(ctx, run, `state = 'done' AND run <> ?1 AND source = ?2`, source)
}

func (s *Store) again(ctx context.Context, run int64, which string, args ...any) (n int, err error) {
	err = s.alter(ctx, "queue addresses again", func(tx *session) error {
		result, err := tx.ExecContext(ctx, `UPDATE addresses SET state = 'waiting', run = ?1, reason = NULL, tries = NULL, next_try = NULL WHERE `+which,
			append([]any{run}, args...)...)
		if err != nil {
			return err
		}
		changed, err := result.RowsAffected()
		n = int(changed)
		return err
	})
	return n, err
}

// Hosts implements index.Queue.
func (s *Store) Hosts(ctx context.Context, run int64) ([]index.HostCount, error) {
	if !s.knowsEarlier() {
		return nil, nil
	}
	rows, err := s.reader.QueryContext(ctx, `SELECT host, sum(state = 'waiting'), sum(state = 'done'), sum(state = 'failed'), sum(state = 'skipped'),
		min(CASE WHEN state = 'waiting' THEN coalesce(next_try, '') END) FROM addresses WHERE run = ? GROUP BY host ORDER BY host`, run)
	if err != nil {
		return nil, fmt.Errorf("count addresses: %w", err)
	}
	defer rows.Close()
	var counts []index.HostCount
	for rows.Next() {
		var c index.HostCount
		if err := rows.Scan(&c.Host, &c.Waiting, &c.Done, &c.Failed, &c.Skipped, optTime{&c.NextTry}); err != nil {
			return nil, fmt.Errorf("count addresses: %w", err)
		}
		counts = append(counts, c)
	}
	return counts, rows.Err()
}

// Addresses implements index.Queue.
func (s *Store) Addresses(ctx context.Context, run int64, state index.AddressState) iter.Seq2[index.Address, error] {
	return func(yield func(index.Address, error) bool) {
		if !s.knowsEarlier() {
			return
		}
		rows, err := s.reader.QueryContext(ctx, `SELECT `+addressColumns+` FROM addresses
			WHERE (?1 = 0 OR run = ?1) AND (?2 = '' OR state = ?2) ORDER BY key`, run, string(state))
		if err != nil {
			yield(index.Address{}, fmt.Errorf("read addresses: %w", err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			a, err := scanAddress(rows)
			if !yield(a, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(index.Address{}, fmt.Errorf("read addresses: %w", err))
		}
	}
}

// Lookup implements index.Queue.
func (s *Store) Lookup(ctx context.Context, name string) (index.Address, bool, error) {
	if !s.knowsEarlier() {
		return index.Address{}, false, nil
	}
	a, err := scanAddress(s.reader.QueryRowContext(ctx, `SELECT `+addressColumns+` FROM addresses WHERE name = ?`, name))
	if errors.Is(err, sql.ErrNoRows) {
		return index.Address{}, false, nil
	}
	return a, err == nil, err
}

// alter runs a change of the collection as one transaction.
func (s *Store) alter(ctx context.Context, what string, change func(*session) error) error {
	if s.writer == nil {
		return fmt.Errorf("%s: %w", what, index.ErrReadOnly)
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	tx, err := s.change(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := change(tx); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

const addressColumns = `url, method, content_type, body, host, kind, source, depth, state, reason, tries, etag, last_modified, sha256, file, "offset", added, visited, next_try`

func scanAddress(row scanner) (index.Address, error) {
	var a index.Address
	var depth, tries, offset sql.NullInt64
	err := row.Scan(&a.URL, opt(&a.Method), opt(&a.ContentType), &a.Body, &a.Host, opt((*string)(&a.Kind)), opt(&a.Source), &depth,
		(*string)(&a.State), opt(&a.Reason), &tries, opt(&a.ETag), opt(&a.LastModified), opt(&a.SHA256), opt(&a.File), &offset,
		optTime{&a.Added}, optTime{&a.Visited}, optTime{&a.NextTry})
	if errors.Is(err, sql.ErrNoRows) {
		return a, err
	}
	if err != nil {
		return a, fmt.Errorf("read address %s: %w", a.URL, err)
	}
	a.Depth, a.Tries, a.Offset = int(depth.Int64), int(tries.Int64), offset.Int64
	return a, nil
}
