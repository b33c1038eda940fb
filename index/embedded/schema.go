package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
)

// schemaVersion is the number of the tables' layout; a collection of a higher
// one is refused. 1: the first.
const schemaVersion = 1

// indexFormat is the number of the layout of the index's fields; an index of
// another one is built anew. 1: the first.
const indexFormat = 1

// schema is written for people too: pandas, R, Datasette and sqlite3 open the
// file as it is. start and end count Unicode code points of texts.text (SQL's
// substr(text, start + 1, end - start) is the quote); byte_start and byte_end
// count its bytes. What a notice does not state is NULL.
//
// The rowids of facts, findings and metrics begin with their notice's key (see
// rowsOf), so that they lie together, in reading order, without another index.
const schema = `
CREATE TABLE collection (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE documents (
	url TEXT NOT NULL UNIQUE, sha256 TEXT, notice TEXT, state TEXT NOT NULL, error TEXT,
	versions TEXT, first_seen TEXT, fetched TEXT);
CREATE INDEX documents_notice ON documents (notice);

CREATE TABLE notices (
	key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, url TEXT, title TEXT, source TEXT,
	published TEXT, signed TEXT, genre TEXT, authority TEXT,
	round TEXT, round_authority TEXT, congress INTEGER, round_number INTEGER, team TEXT, issuer TEXT,
	inspected TEXT, code TEXT, district TEXT, city TEXT, province TEXT, abolished TEXT, now TEXT,
	inspection_from TEXT, inspection_to TEXT, feedback TEXT, contact TEXT,
	versions TEXT, revision INTEGER NOT NULL);
CREATE INDEX notices_revision ON notices (revision);

CREATE TABLE texts (key INTEGER PRIMARY KEY, notice TEXT NOT NULL, text TEXT NOT NULL, sections TEXT, words BLOB);

CREATE TABLE facts (
	notice TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, section TEXT, start INTEGER NOT NULL, "end" INTEGER NOT NULL, quote TEXT NOT NULL,
	value TEXT, unit TEXT, currency TEXT, what TEXT, category TEXT, measure TEXT, implied INTEGER, metric TEXT,
	approx TEXT, min TEXT, max TEXT, period TEXT, direction TEXT, numerator TEXT, denominator TEXT, part_of TEXT, parts TEXT,
	name TEXT, canonical TEXT, code TEXT, "from" TEXT, "to" TEXT, granularity TEXT,
	title TEXT, number TEXT, relation TEXT, action TEXT, trial INTEGER, by TEXT, rule TEXT,
	byte_start INTEGER NOT NULL, byte_end INTEGER NOT NULL);

CREATE TABLE findings (
	notice TEXT NOT NULL, "check" TEXT NOT NULL, verdict TEXT NOT NULL, holds INTEGER NOT NULL, stated TEXT, computed TEXT,
	explain TEXT, facts TEXT, section TEXT, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
	byte_start INTEGER NOT NULL, byte_end INTEGER NOT NULL);

CREATE TABLE metrics (notice TEXT NOT NULL, metric TEXT NOT NULL, value TEXT NOT NULL, fact TEXT);

CREATE TABLE runs (
	run INTEGER PRIMARY KEY, started TEXT NOT NULL, finished TEXT, sources TEXT,
	found INTEGER, new INTEGER, unchanged INTEGER, duplicate INTEGER, replaced INTEGER, failed INTEGER, facts INTEGER, findings INTEGER);

CREATE TABLE removed (key INTEGER PRIMARY KEY, revision INTEGER NOT NULL);
`

// The rows of table collection.
const (
	rowSchema     = "schema"
	rowRevision   = "revision"         // counts transactions that changed what is indexed
	rowGeneration = "index_generation" // folder in index/ that is current, "" for none
	rowIndexed    = "index_revision"   // the index holds every change up to this revision
	rowFormat     = "index_format"
)

// makeSchema makes the tables where there are none.
func makeSchema(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("make tables: %w", err)
	}
	defer tx.Rollback()
	var tables int
	if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_master WHERE name = 'collection'`).Scan(&tables); err != nil {
		return fmt.Errorf("make tables: %w", err)
	}
	if tables > 0 {
		return nil
	}
	if _, err := tx.ExecContext(ctx, schema); err != nil {
		return fmt.Errorf("make tables: %w", err)
	}
	if err := setNumber(ctx, tx, rowSchema, schemaVersion); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("make tables: %w", err)
	}
	return nil
}

// checkSchema refuses a collection that a later program made.
func checkSchema(ctx context.Context, db querier) error {
	version, err := number(ctx, db, rowSchema)
	if err != nil {
		return err
	}
	if version != schemaVersion {
		return fmt.Errorf("its tables are of version %d and this program knows %d: use the program that made it, or run its sources into a new collection", version, schemaVersion)
	}
	return nil
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
