package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// schemaVersion is the number of the tables' layout; a collection of a higher
// one is refused, one of a lower one is read as it is and brought up to this
// one by the next writer. 1: the first. 2: history, earlier versions, likeness,
// the queue of addresses.
const schemaVersion = 2

// indexFormat is the number of the layout of the index's fields; an index of
// another one is built anew. 1: the first.
const indexFormat = 1

// schemaOne is written for people too: pandas, R, Datasette and sqlite3 open the
// file as it is. start and end count Unicode code points of texts.text (SQL's
// substr(text, start + 1, end - start) is the quote); byte_start and byte_end
// count its bytes. What a notice does not state is NULL.
//
// The rowids of facts, findings and metrics begin with their notice's key (see
// rowsOf), so that they lie together, in reading order, without another index.
var schemaOne = `
CREATE TABLE collection (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE documents (
	url TEXT NOT NULL UNIQUE, sha256 TEXT, notice TEXT, state TEXT NOT NULL, error TEXT,
	versions TEXT, first_seen TEXT, fetched TEXT);
CREATE INDEX documents_notice ON documents (notice);
` + readingTables(present) + `
CREATE INDEX notices_revision ON notices (revision);

CREATE TABLE runs (
	run INTEGER PRIMARY KEY, started TEXT NOT NULL, finished TEXT, sources TEXT,
	found INTEGER, new INTEGER, unchanged INTEGER, duplicate INTEGER, replaced INTEGER, failed INTEGER, facts INTEGER, findings INTEGER);

CREATE TABLE removed (key INTEGER PRIMARY KEY, revision INTEGER NOT NULL);
`

// readingTables are the tables that hold readings. Those of the present hold
// the notices that some address holds; what addresses held earlier stands in
// tables of its own, so that a sum over facts never counts a notice twice.
func readingTables(on shelf) string {
	return strings.ReplaceAll(`
CREATE TABLE @notices (
	key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, url TEXT, title TEXT, source TEXT,
	published TEXT, signed TEXT, genre TEXT, authority TEXT,
	round TEXT, round_authority TEXT, congress INTEGER, round_number INTEGER, team TEXT, issuer TEXT,
	inspected TEXT, code TEXT, district TEXT, city TEXT, province TEXT, abolished TEXT, now TEXT,
	inspection_from TEXT, inspection_to TEXT, feedback TEXT, contact TEXT,
	versions TEXT, revision INTEGER NOT NULL);

CREATE TABLE @texts (key INTEGER PRIMARY KEY, notice TEXT NOT NULL, text TEXT NOT NULL, sections TEXT, words BLOB);

CREATE TABLE @facts (
	notice TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, section TEXT, start INTEGER NOT NULL, "end" INTEGER NOT NULL, quote TEXT NOT NULL,
	value TEXT, unit TEXT, currency TEXT, what TEXT, category TEXT, measure TEXT, implied INTEGER, metric TEXT,
	approx TEXT, min TEXT, max TEXT, period TEXT, direction TEXT, numerator TEXT, denominator TEXT, part_of TEXT, parts TEXT,
	name TEXT, canonical TEXT, code TEXT, "from" TEXT, "to" TEXT, granularity TEXT,
	title TEXT, number TEXT, relation TEXT, action TEXT, trial INTEGER, by TEXT, rule TEXT,
	byte_start INTEGER NOT NULL, byte_end INTEGER NOT NULL);

CREATE TABLE @findings (
	notice TEXT NOT NULL, "check" TEXT NOT NULL, verdict TEXT NOT NULL, holds INTEGER NOT NULL, stated TEXT, computed TEXT,
	explain TEXT, facts TEXT, section TEXT, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
	byte_start INTEGER NOT NULL, byte_end INTEGER NOT NULL);

CREATE TABLE @metrics (notice TEXT NOT NULL, metric TEXT NOT NULL, value TEXT NOT NULL, fact TEXT);
`, "@", string(on))
}

// schemaTwo is what the second layout has more than the first. history has a
// row for each time that an address was found to hold another notice; similar
// has both directions of each pair; bands says which of the present notices
// may be alike (see package likeness).
var schemaTwo = readingTables(earlier) + `
CREATE TABLE history (
	url TEXT NOT NULL, notice TEXT NOT NULL, sha256 TEXT, since TEXT, until TEXT, next TEXT NOT NULL, reread INTEGER);
CREATE INDEX history_url ON history (url);
CREATE INDEX history_notice ON history (notice);

CREATE TABLE similar (notice TEXT NOT NULL, other TEXT NOT NULL, jaccard REAL NOT NULL, PRIMARY KEY (notice, other)) WITHOUT ROWID;

CREATE TABLE bands (band INTEGER NOT NULL, key INTEGER NOT NULL, PRIMARY KEY (band, key)) WITHOUT ROWID;

CREATE TABLE addresses (
	key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, url TEXT NOT NULL, method TEXT, content_type TEXT, body BLOB,
	host TEXT NOT NULL, kind TEXT, source TEXT, depth INTEGER, run INTEGER NOT NULL,
	state TEXT NOT NULL, reason TEXT, tries INTEGER, etag TEXT, last_modified TEXT, sha256 TEXT,
	file TEXT, "offset" INTEGER, added TEXT, visited TEXT, next_try TEXT);
CREATE INDEX addresses_waiting ON addresses (run, host, key) WHERE state = 'waiting';
`

// A shelf is where readings stand: the beginning of their tables' names.
type shelf string

const (
	present shelf = ""
	earlier shelf = "earlier_"
)

func (s shelf) table(name string) string { return string(s) + name }

// The rows of table collection.
const (
	rowSchema     = "schema"
	rowRevision   = "revision"         // counts transactions that changed what is indexed
	rowGeneration = "index_generation" // folder in index/ that is current, "" for none
	rowIndexed    = "index_revision"   // the index holds every change up to this revision
	rowFormat     = "index_format"
)

// makeSchema makes the tables where there are none, and brings those of an
// older layout up to this one: all of it or nothing.
func makeSchema(ctx context.Context, db *sql.DB) error {
	begun, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("make tables: %w", err)
	}
	defer begun.Rollback()
	tx := &session{begun, map[string]*sql.Stmt{}}
	var tables int
	if err := tx.Tx.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master WHERE name = 'collection'`).Scan(&tables); err != nil {
		return fmt.Errorf("make tables: %w", err)
	}
	version := int64(0)
	if tables > 0 {
		if version, err = number(ctx, tx.Tx, rowSchema); err != nil {
			return err
		}
	}
	if version >= schemaVersion {
		return nil
	}
	for v, layout := range []string{schemaOne, schemaTwo}[version:] {
		if _, err := tx.Tx.ExecContext(ctx, layout); err != nil {
			return fmt.Errorf("make tables of version %d: %w", int(version)+v+1, err)
		}
	}
	if version == 1 {
		if err := relateAll(ctx, tx); err != nil {
			return fmt.Errorf("bring tables of version 1 up to date: %w; nothing was changed, try again", err)
		}
	}
	if err := setNumber(ctx, tx, rowSchema, schemaVersion); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("make tables: %w", err)
	}
	return nil
}

// layoutOf returns the version of a collection's tables and refuses one that a
// later program made.
func layoutOf(ctx context.Context, db querier) (int64, error) {
	version, err := number(ctx, db, rowSchema)
	if err != nil {
		return 0, err
	}
	if version < 1 || version > schemaVersion {
		return 0, fmt.Errorf("its tables are of version %d and this program knows %d: use the program that made it, or run its sources into a new collection", version, schemaVersion)
	}
	return version, nil
}

// value reads a row of table collection, "" where it is not there.
func value(ctx context.Context, db querier, name string) (string, error) {
	var v string
	err := db.QueryRowContext(ctx, `SELECT value FROM collection WHERE name = ?`, name).Scan(&v)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read the state of the collection: %w", err)
	}
	return v, nil
}

// number reads a row of table collection, 0 where it is not there.
func number(ctx context.Context, db querier, name string) (int64, error) {
	v, err := value(ctx, db, name)
	if err != nil || v == "" {
		return 0, err
	}
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("read the state of the collection: %s: %w", name, err)
	}
	return n, nil
}

func setValue(ctx context.Context, db querier, name, v string) error {
	if _, err := db.ExecContext(ctx, `INSERT INTO collection (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, v); err != nil {
		return fmt.Errorf("write the state of the collection: %w", err)
	}
	return nil
}

func setNumber(ctx context.Context, db querier, name string, n int64) error {
	return setValue(ctx, db, name, strconv.FormatInt(n, 10))
}
