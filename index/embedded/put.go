package embedded

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"tongbao"
	"tongbao/index"
)

// The states of table documents.
const (
	stateRead   = "read"
	stateFailed = "failed"
)

// lagLimit is how many notices may wait before the index is brought up to
// date: until then searches look at their texts.
const lagLimit = 500

// Known implements index.Store.
func (s *Store) Known(ctx context.Context, url, sha256, versions string) (index.State, error) {
	var hash, read, state sql.NullString
	err := s.known.QueryRowContext(ctx, url).Scan(&hash, &read, &state)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return index.Missing, nil
	case err != nil:
		return "", fmt.Errorf("look up document %s: %w", url, err)
	case state.String == stateFailed:
		return index.FailedBefore, nil
	case hash.String != sha256:
		return index.PageChanged, nil
	case read.String != versions:
		return index.ExtractorChanged, nil
	}
	return index.Current, nil
}

// Put implements index.Store.
func (s *Store) Put(ctx context.Context, batch []index.Record) ([]index.Outcome, error) {
	if s.writer == nil {
		return nil, fmt.Errorf("put documents: %w", index.ErrReadOnly)
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	outcomes, err := s.putAll(ctx, batch)
	if err != nil {
		return nil, fmt.Errorf("put %d documents: %w", len(batch), err)
	}
	lag, err := s.lag(ctx)
	if err == nil && lag >= lagLimit {
		err = s.catchUpLocked(ctx)
	}
	if err != nil {
		return outcomes, fmt.Errorf("bring the index up to date: %w; nothing is lost, the next run does it", err)
	}
	return outcomes, nil
}

func (s *Store) putAll(ctx context.Context, batch []index.Record) ([]index.Outcome, error) {
	tx, err := s.change(ctx)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	revision, err := number(ctx, tx, rowRevision)
	if err != nil {
		return nil, err
	}
	p := &putting{tx: tx, revision: revision + 1, related: relating{q: tx}, facts: insertion("facts", factNames),
		findings: insertion("findings", findingNames), metrics: insertion("metrics", metricNames)}
	outcomes := make([]index.Outcome, len(batch))
	for i := range batch {
		if outcomes[i], err = p.put(ctx, &batch[i]); err != nil {
			return nil, fmt.Errorf("document %s: %w", batch[i].URL, err)
		}
	}
	if err := p.flush(ctx); err != nil {
		return nil, err
	}
	visited, err := visits(ctx, tx, batch)
	if err != nil {
		return nil, err
	}
	if p.indexed {
		if err := setNumber(ctx, tx, rowRevision, p.revision); err != nil {
			return nil, err
		}
	}
	if err := tx.Commit(); err != nil {
		return nil, err
	}
	s.settled(visited)
	return outcomes, nil
}

// putting is one transaction of Put.
type putting struct {
	tx       *session
	revision int64
	indexed  bool // something that the index holds was changed

	facts, findings, metrics *inserter
	related                  relating
}

func (p *putting) flush(ctx context.Context) error {
	for _, in := range []*inserter{p.facts, p.findings, p.metrics} {
		if err := in.flush(ctx, p.tx); err != nil {
			return err
		}
	}
	return nil
}

// kept is what is known of a notice before it is put again.
type kept struct {
	key      int64
	url      string // its first address
	versions string
}

func (p *putting) put(ctx context.Context, r *index.Record) (index.Outcome, error) {
	before, err := p.heldAt(ctx, r.URL)
	if err != nil {
		return "", err
	}
	older := before.newerThan(r)
	if r.Err != nil || r.Reading == nil {
		if older && before.notice != "" {
			return index.Failed, nil // what came later was read
		}
		return index.Failed, p.fail(ctx, r)
	}
	n := r.Reading.Notice
	if older && before.notice != "" && before.notice != n.ID {
		return p.late(ctx, r, before)
	}
	old, err := p.find(ctx, n.ID)
	if err != nil {
		return "", err
	}
	outcome := index.New
	switch {
	case old == nil:
		if before.notice != "" {
			outcome = index.Replaced
		}
		err = p.insert(ctx, r)
	case before.notice == n.ID:
		if outcome, err = index.Unchanged, nil; old.versions != r.Versions {
			outcome = index.Replaced
		} else if old.url == r.URL {
			var same bool
			if same, err = p.same(ctx, r.Reading); !same {
				outcome = index.Replaced
			}
		}
		if err == nil && outcome == index.Replaced {
			err = p.rewrite(ctx, old, r)
		}
	default: // a further address, or the address holds another notice's text now
		if outcome = index.Duplicate; before.notice != "" {
			outcome = index.Replaced
		}
		if old.versions != r.Versions {
			err = p.rewrite(ctx, old, r)
		}
	}
	if err != nil {
		return "", err
	}
	if older && r.SHA256 != before.sha256 {
		return outcome, nil // the address's row tells of the newer page
	}
	if err := p.document(ctx, r, n.ID, stateRead); err != nil {
		return "", err
	}
	if before.notice != "" && before.notice != n.ID {
		err = p.supersede(ctx, r, before)
	}
	return outcome, err
}

func (p *putting) find(ctx context.Context, id string) (*kept, error) {
	var k kept
	var versions sql.NullString
	err := p.tx.QueryRowContext(ctx, `SELECT key, versions, coalesce((SELECT url FROM documents WHERE notice = notices.id ORDER BY rowid LIMIT 1), '') FROM notices WHERE id = ?`, id).
		Scan(&k.key, &versions, &k.url)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	k.versions = versions.String
	return &k, err
}

// document writes the address's row; what a failure does not know stays.
func (p *putting) document(ctx context.Context, r *index.Record, notice, state string) error {
	var message any
	if r.Err != nil {
		message = r.Err.Error()
	}
	seen := text(second(r.Fetched))
	_, err := p.tx.ExecContext(ctx, `INSERT INTO documents (url, sha256, notice, state, error, versions, first_seen, fetched)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (url) DO UPDATE SET sha256 = coalesce(excluded.sha256, sha256), notice = coalesce(excluded.notice, notice),
		state = excluded.state, error = excluded.error, versions = excluded.versions,
		fetched = max(coalesce(excluded.fetched, fetched), coalesce(fetched, excluded.fetched))`,
		r.URL, text(r.SHA256), text(notice), state, message, text(r.Versions), seen, seen)
	return err
}

// second writes a time as the tables of readings do, "" for none.
func second(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func (p *putting) fail(ctx context.Context, r *index.Record) error {
	if r.Err == nil {
		r.Err = errors.New("it was not read, and nobody said why")
	}
	return p.document(ctx, r, "", stateFailed)
}

// same tells whether a notice is kept exactly as it was read now.
func (p *putting) same(ctx context.Context, now *tongbao.Reading) (bool, error) {
	if err := p.flush(ctx); err != nil {
		return false, err
	}
	before, err := readingOf(ctx, p.tx, present, now.Notice.ID)
	if err != nil {
		return false, err
	}
	var a, b bytes.Buffer
	for _, side := range []struct {
		to *bytes.Buffer
		r  tongbao.Reading
	}{{&a, before}, {&b, *now}} {
		bare := *side.r.Notice
		bare.URLs = nil
		side.r.Notice = &bare
		if err := side.r.WriteJSON(side.to); err != nil {
			return false, err
		}
	}
	return bytes.Equal(a.Bytes(), b.Bytes()), nil
}

// insertNotice takes a key (NULL for a new one), what noticeRow gives, versions
// and revision.
const insertNotice = `INSERT INTO notices (key, ` + noticeColumns + `, versions, revision)
	VALUES (?, ?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?, ?,?)`

// insert writes a notice that is not there.
func (p *putting) insert(ctx context.Context, r *index.Record) error {
	if err := p.takeBack(ctx, r.Reading.Notice.ID); err != nil {
		return err
	}
	key, err := p.write(ctx, nil, r.URL, r)
	if err != nil {
		return err
	}
	return p.related.add(ctx, key, r.Reading.Notice.ID, r.Reading.Notice.Text)
}

// rewrite replaces a notice's reading and keeps its key and addresses.
func (p *putting) rewrite(ctx context.Context, old *kept, r *index.Record) error {
	if err := p.clear(ctx, old.key); err != nil {
		return err
	}
	url := old.url
	if url == "" {
		url = r.URL
	}
	_, err := p.write(ctx, old.key, url, r)
	return err
}

func (p *putting) write(ctx context.Context, key any, url string, r *index.Record) (int64, error) {
	row := append([]any{key}, noticeRow(r.Reading.Notice, url)...)
	result, err := p.tx.ExecContext(ctx, insertNotice, append(row, text(r.Versions), p.revision)...)
	if err != nil {
		return 0, err
	}
	inserted, err := result.LastInsertId()
	if err != nil {
		return 0, err
	}
	return inserted, p.contents(ctx, inserted, r.Reading)
}

// contents writes all of a notice but its own row.
func (p *putting) contents(ctx context.Context, key int64, r *tongbao.Reading) error {
	p.indexed = true
	n := r.Notice
	points := tongbao.NewCodePoints(n.Text)
	var sections any
	if len(n.Sections) > 0 {
		sections = jsonText(packSections(n.Sections, points))
	}
	if _, err := p.tx.ExecContext(ctx, `INSERT INTO texts VALUES (?, ?, ?, ?, ?)`, key, n.ID, n.Text, sections, packWords(r.Words)); err != nil {
		return err
	}
	first, end := rowsOf(key)
	if int64(max(len(r.Facts), len(r.Findings))) > end-first {
		return fmt.Errorf("it states %d facts, and %d is the most that can be kept", len(r.Facts), end-first)
	}
	for i := range r.Facts {
		if err := p.facts.add(ctx, p.tx, factRow(first+int64(i), n.ID, &r.Facts[i], points)); err != nil {
			return err
		}
	}
	for i := range r.Findings {
		if err := p.findings.add(ctx, p.tx, findingRow(first+int64(i), n.ID, &r.Findings[i], points)); err != nil {
			return err
		}
	}
	for i, metric := range slices.Sorted(maps.Keys(n.Metrics)) {
		if err := p.metrics.add(ctx, p.tx, []any{first + int64(i), n.ID, metric, n.Metrics[metric], text(factOf(r, metric))}); err != nil {
			return err
		}
	}
	return nil
}

// factOf returns the id of the fact that a metric was taken from.
func factOf(r *tongbao.Reading, metric string) string {
	for i := range r.Facts {
		if r.Facts[i].Metric == metric {
			return r.Facts[i].ID
		}
	}
	return ""
}

// clear deletes all of a notice.
func (p *putting) clear(ctx context.Context, key int64) error {
	if err := p.flush(ctx); err != nil {
		return err
	}
	p.indexed = true
	return p.remove(ctx, present, key)
}

// remove deletes all of a notice from a shelf.
func (p *putting) remove(ctx context.Context, on shelf, key int64) error {
	first, end := rowsOf(key)
	for _, name := range []string{"facts", "findings", "metrics"} {
		if _, err := p.tx.ExecContext(ctx, `DELETE FROM `+on.table(name)+` WHERE rowid >= ? AND rowid < ?`, first, end); err != nil {
			return err
		}
	}
	for _, name := range []string{"texts", "notices"} {
		if _, err := p.tx.ExecContext(ctx, `DELETE FROM `+on.table(name)+` WHERE key = ?`, key); err != nil {
			return err
		}
	}
	return nil
}
