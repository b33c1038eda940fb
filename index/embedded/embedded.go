// Package embedded keeps a collection in one folder: tongbao.db, a SQLite file
// that is the truth and can be opened by any other program, and index/, a bleve
// index that is derived from it and may be deleted.
//
// Reading never waits for writing: a reader works on a snapshot of the database
// and on the generation of the index that the database names. A generation is
// never changed once it is named; the next one is made beside it out of links
// to its files. What the database holds and the generation does not yet is
// searched by looking at the texts, so that an answer is always complete.
package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	"modernc.org/sqlite"
	sqlitelib "modernc.org/sqlite/lib"

	"tongbao/index"
)

var (
	_ index.Store = (*Store)(nil)
	_ index.Queue = (*Store)(nil)
)

const (
	databaseName = "tongbao.db"
	indexName    = "index"
	lockName     = "tongbao.lock"
)

// A Store is a collection in a folder.
type Store struct {
	dir    string
	reader *sql.DB
	known  *sql.Stmt // asked for every document of a run
	writer *sql.DB   // nil when open for reading only
	lock   *sql.DB   // holds the write lock
	layout int64     // version of the tables when it was opened

	writing sync.Mutex // one Put or catch-up at a time

	taking sync.Mutex
	taken  map[int64]bool // keys of addresses that Next gave out and nobody has settled

	opening sync.Mutex
	current *generation // the generation last read, kept open; nil for none
}

// Open opens a collection for reading. It takes no lock and loads nothing big.
// Where there is none, the error is index.ErrNoCollection.
func Open(ctx context.Context, dir string) (*Store, error) {
	path := filepath.Join(dir, databaseName)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("open collection %s: %w; tongbao run makes one", dir, index.ErrNoCollection)
	} else if err != nil {
		return nil, fmt.Errorf("open collection %s: %w", dir, err)
	}
	s := &Store{dir: dir}
	var err error
	if err = s.openReader(ctx, path); err == nil {
		s.layout, err = layoutOf(ctx, s.reader)
	}
	if err != nil {
		s.Close()
		return nil, fmt.Errorf("open collection %s: %w", dir, err)
	}
	return s, nil
}

// Create opens a collection for reading and writing and makes it where there
// is none. One process at a time may: another gets index.ErrBusy. An index that
// lags behind the database, or is gone, is caught up first.
func Create(ctx context.Context, dir string) (*Store, error) {
	if err := os.MkdirAll(filepath.Join(dir, indexName), 0o777); err != nil {
		return nil, fmt.Errorf("make collection %s: %w", dir, err)
	}
	s := &Store{dir: dir}
	if err := s.openWriter(ctx); err != nil {
		s.Close()
		return nil, fmt.Errorf("open collection %s: %w", dir, err)
	}
	return s, nil
}

func (s *Store) openWriter(ctx context.Context) error {
	if err := s.takeLock(ctx); err != nil {
		return err
	}
	path := filepath.Join(s.dir, databaseName)
	writer, err := sql.Open("sqlite", dsn(path, "_pragma=busy_timeout(10000)", "_pragma=page_size(16384)", "_pragma=journal_mode(WAL)",
		"_pragma=synchronous(NORMAL)", "_pragma=cache_size(-32000)", "_txlock=immediate"))
	if err != nil {
		return err
	}
	writer.SetMaxOpenConns(1)
	s.writer = writer
	if err := makeSchema(ctx, writer); err != nil {
		return err
	}
	if s.layout, err = layoutOf(ctx, writer); err != nil {
		return err
	}
	if err := s.openReader(ctx, path); err != nil {
		return err
	}
	return s.CatchUp(ctx)
}

// takeLock holds an exclusive lock on an empty SQLite file for as long as the
// store is open: every system has it, and it goes with the process.
func (s *Store) takeLock(ctx context.Context) error {
	lock, err := sql.Open("sqlite", dsn(filepath.Join(s.dir, lockName), "_pragma=busy_timeout(0)"))
	if err != nil {
		return err
	}
	lock.SetMaxOpenConns(1)
	s.lock = lock
	_, err = lock.ExecContext(ctx, `BEGIN EXCLUSIVE`)
	var code *sqlite.Error
	if errors.As(err, &code) && code.Code()&0xff == sqlitelib.SQLITE_BUSY {
		return fmt.Errorf("%w by another tongbao: wait until it has ended, or end it; reading (search, facts, compare) works meanwhile", index.ErrBusy)
	}
	return err
}

// knowsEarlier tells whether the tables of the second layout are there; a
// collection opened for reading may be older.
func (s *Store) knowsEarlier() bool { return s.layout >= 2 }

func (s *Store) openReader(ctx context.Context, path string) (err error) {
	if s.reader, err = openReader(ctx, path); err != nil {
		return err
	}
	s.known, err = s.reader.PrepareContext(ctx, `SELECT sha256, versions, state FROM documents WHERE url = ?`)
	return err
}

// openReader opens the database for reading; in a folder that cannot be
// written to, as a file that nobody changes.
func openReader(ctx context.Context, path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", dsn(path, "mode=ro", "_pragma=busy_timeout(10000)", "_pragma=cache_size(-16000)"))
	if err != nil {
		return nil, err
	}
	if err = db.PingContext(ctx); err == nil {
		_, err = value(ctx, db, rowSchema)
	}
	if err == nil {
		return db, nil
	}
	db.Close()
	if _, walErr := os.Stat(path + "-wal"); walErr == nil {
		return nil, err // somebody writes, so it is not that the folder cannot be written to
	}
	still, openErr := sql.Open("sqlite", dsn(path, "mode=ro", "immutable=1"))
	if openErr != nil {
		return nil, err
	}
	if _, valueErr := value(ctx, still, rowSchema); valueErr != nil {
		still.Close()
		return nil, err
	}
	return still, nil
}

// dsn writes a path as SQLite's URI, so that every character of it is safe.
func dsn(path string, options ...string) string {
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	path = filepath.ToSlash(path)
	if path[0] != '/' {
		path = "/" + path // C:/…
	}
	u := url.URL{Scheme: "file", Path: path}
	for i, option := range options {
		if i > 0 {
			u.RawQuery += "&"
		}
		u.RawQuery += option
	}
	return u.String()
}

// Close brings the index up to date, where the store was written to, and
// releases the collection.
func (s *Store) Close() error {
	var errs []error
	if s.writer != nil && s.known != nil { // it was opened to the end
		errs = append(errs, s.CatchUp(context.Background()))
	}
	s.opening.Lock()
	defer s.opening.Unlock()
	if s.current != nil {
		errs = append(errs, s.current.release())
		s.current = nil
	}
	if s.known != nil {
		errs = append(errs, s.known.Close())
		s.known = nil
	}
	for _, db := range []*sql.DB{s.reader, s.writer, s.lock} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	s.reader, s.writer, s.lock = nil, nil, nil
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("close collection %s: %w", s.dir, err)
	}
	return nil
}
