package embedded

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"
	bleve "github.com/blevesearch/bleve_index_api"

	"tongbao/index"
)

// building is the folder in index/ where the next generation is made; a dot
// before it because nobody reads it.
const building = ".building"

// revisionKey is the generation's own note of the revision that it holds.
var revisionKey = []byte("revision")

// smallSegment is the size in notices below which segments count as equally
// big; with bleve's own 2,000 every batch would be merged with all before it.
const smallSegment = 200

// A generation is the index as it was at one revision, open for reading.
type generation struct {
	name   string
	index  bleve.Index
	reader bleve.IndexReader

	mu    sync.Mutex
	users int // who must let go before it is closed
}

func (s *Store) indexPath(name string) string { return filepath.Join(s.dir, indexName, name) }

// openGeneration opens a generation for reading; it fails where the folder is
// gone, damaged, or not of that revision.
func openGeneration(path, name string, revision int64) (*generation, error) {
	if _, err := os.Stat(filepath.Join(path, "root.bolt")); err != nil {
		return nil, err // bleve would make an empty one
	}
	idx, err := scorch.NewScorch(scorch.Name, map[string]any{"path": path, "read_only": true, "bolt_timeout": "5s"}, nil)
	if err != nil {
		return nil, err
	}
	if err := idx.Open(); err != nil {
		return nil, err
	}
	g := &generation{name: name, index: idx, users: 1}
	if g.reader, err = idx.Reader(); err != nil {
		idx.Close()
		return nil, err
	}
	held, err := g.reader.GetInternal(revisionKey)
	if err == nil && string(held) != strconv.FormatInt(revision, 10) {
		err = fmt.Errorf("it holds revision %q and not %d", held, revision)
	}
	if err != nil {
		g.release()
		return nil, err
	}
	return g, nil
}

// use takes part in the generation until release.
func (g *generation) use() {
	g.mu.Lock()
	g.users++
	g.mu.Unlock()
}

func (g *generation) release() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.users--; g.users > 0 {
		return nil
	}
	return errors.Join(g.reader.Close(), g.index.Close())
}

// generationOf returns the generation that the database names, to be released
// by the caller, and the revision up to which it holds everything; nil where
// there is none that can be read. Then texts are looked at instead.
func (s *Store) generationOf(ctx context.Context, q querier) (*generation, int64, error) {
	name, revision, err := named(ctx, q)
	if err != nil || name == "" {
		return nil, 0, err
	}
	s.opening.Lock()
	defer s.opening.Unlock()
	if s.current == nil || s.current.name != name {
		g, err := openGeneration(s.indexPath(name), name, revision)
		if err != nil {
			return nil, 0, nil
		}
		if s.current != nil {
			s.current.release()
		}
		s.current = g
	}
	s.current.use()
	return s.current, revision, nil
}

// named returns the generation that the database names, "" for none of this
// format.
func named(ctx context.Context, q querier) (name string, revision int64, err error) {
	format, err := number(ctx, q, rowFormat)
	if err != nil || format != indexFormat {
		return "", 0, err
	}
	if name, err = value(ctx, q, rowGeneration); err != nil || name == "" {
		return "", 0, err
	}
	revision, err = number(ctx, q, rowIndexed)
	return name, revision, err
}

// lag returns how many notices the index does not hold yet.
func (s *Store) lag(ctx context.Context) (n int64, err error) {
	_, indexed, err := named(ctx, s.writer)
	if err != nil {
		return 0, err
	}
	err = s.writer.QueryRowContext(ctx, `SELECT count(*) FROM notices WHERE revision > ?`, indexed).Scan(&n)
	return n, err
}

// Reindex builds the index anew from the database.
func (s *Store) Reindex(ctx context.Context) error {
	if s.writer == nil {
		return fmt.Errorf("reindex: %w", index.ErrReadOnly)
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := setValue(ctx, s.writer, rowGeneration, ""); err != nil {
		return err
	}
	return s.catchUpLocked(ctx)
}

// CatchUp brings the index up to what the database holds, as Close does; nothing
// needs it, since searches look at what the index lacks.
func (s *Store) CatchUp(ctx context.Context) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	return s.catchUpLocked(ctx)
}

// catchUpLocked makes the generation that holds everything that the database
// holds, unless there is one.
func (s *Store) catchUpLocked(ctx context.Context) error {
	name, indexed, err := named(ctx, s.writer)
	if err != nil {
		return err
	}
	revision, err := number(ctx, s.writer, rowRevision)
	if err != nil {
		return err
	}
	if name != "" {
		g, err := openGeneration(s.indexPath(name), name, indexed)
		if err != nil {
			name, indexed = "", 0 // gone or damaged: all of it again
		} else if err := g.release(); err != nil {
			return err
		}
	}
	if indexed == revision { // or there is nothing to index yet
		return s.sweep(name)
	}
	next, err := s.build(ctx, name, indexed, revision)
	if err != nil {
		os.RemoveAll(s.indexPath(building))
		return fmt.Errorf("build index: %w", err)
	}
	if err := s.publish(ctx, next, revision); err != nil {
		return fmt.Errorf("publish index: %w", err)
	}
	return s.sweep(next)
}

// build makes the generation after base, or the first one where base is "".
func (s *Store) build(ctx context.Context, base string, indexed, revision int64) (string, error) {
	path := s.indexPath(building)
	if err := os.RemoveAll(path); err != nil {
		return "", err
	}
	if err := os.MkdirAll(path, 0o777); err != nil {
		return "", err
	}
	if base != "" {
		if err := linkFiles(s.indexPath(base), path); err != nil {
			return "", err
		}
	}
	if err := s.fill(ctx, path, indexed, revision); err != nil {
		return "", err
	}
	next, err := s.freeName()
	if err != nil {
		return "", err
	}
	return next, os.Rename(path, s.indexPath(next))
}

// freeName returns the name after the highest there is.
func (s *Store) freeName() (string, error) {
	entries, err := os.ReadDir(s.indexPath(""))
	if err != nil {
		return "", err
	}
	highest := 0
	for _, e := range entries {
		if n, err := strconv.Atoi(e.Name()); err == nil {
			highest = max(highest, n)
		}
	}
	return fmt.Sprintf("%08d", highest+1), nil
}

// linkFiles gives the files of a generation a second name. Its segments never
// change; bleve's list of them does, so that one is copied.
func linkFiles(from, to string) error {
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, e := range entries {
		source, target := filepath.Join(from, e.Name()), filepath.Join(to, e.Name())
		if strings.HasSuffix(e.Name(), ".zap") && os.Link(source, target) == nil {
			continue
		}
		if err := copyFile(source, target); err != nil {
			return err
		}
	}
	return nil
}

func copyFile(from, to string) (err error) {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.Create(to)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	_, err = io.Copy(target, source)
	return err
}

// fill brings the index at path from one revision to another.
func (s *Store) fill(ctx context.Context, path string, indexed, revision int64) (err error) {
	queue := bleve.NewAnalysisQueue(analysts)
	defer queue.Close()
	plan := mergeplan.DefaultMergePlanOptions
	plan.FloorSegmentSize = smallSegment
	made, err := scorch.NewScorch(scorch.Name, map[string]any{"path": path, "bolt_timeout": "5s",
		"scorchMergePlanOptions": map[string]any{"FloorSegmentSize": smallSegment}}, queue)
	if err != nil {
		return err
	}
	idx := made.(*scorch.Scorch)
	if err := idx.Open(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, idx.Close()) }()
	if err := s.removeFrom(ctx, idx, indexed, revision); err != nil {
		return err
	}
	if err := s.addTo(ctx, idx, indexed, revision); err != nil {
		return err
	}
	if err := idx.ForceMerge(ctx, &plan); err != nil {
		return err
	}
	// A batch waits until everything before it lies on the disk.
	last := bleve.NewBatch()
	last.SetInternal(revisionKey, []byte(strconv.FormatInt(revision, 10)))
	return idx.Batch(last)
}

func (s *Store) removeFrom(ctx context.Context, idx bleve.Index, indexed, revision int64) error {
	if indexed == 0 {
		return nil
	}
	rows, err := s.reader.QueryContext(ctx, `SELECT key FROM removed WHERE revision > ? AND revision <= ?`, indexed, revision)
	if err != nil {
		return err
	}
	defer rows.Close()
	batch := bleve.NewBatch()
	for rows.Next() {
		var key int64
		if err := rows.Scan(&key); err != nil {
			return err
		}
		batch.Delete(documentID(key))
	}
	if err := rows.Err(); err != nil || len(batch.IndexOps) == 0 {
		return err
	}
	return idx.Batch(batch)
}

// publish makes next the generation that readers use.
func (s *Store) publish(ctx context.Context, next string, revision int64) error {
	tx, err := s.change(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := errors.Join(setValue(ctx, tx, rowGeneration, next), setNumber(ctx, tx, rowIndexed, revision),
		setNumber(ctx, tx, rowFormat, indexFormat)); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM removed WHERE revision <= ?`, revision); err != nil {
		return err
	}
	return tx.Commit()
}

// sweep deletes every generation but one. A reader that still uses one keeps
// its files where the system allows it; where not, they stay until the next
// time.
func (s *Store) sweep(keep string) error {
	s.opening.Lock()
	if s.current != nil && s.current.name != keep {
		s.current.release()
		s.current = nil
	}
	s.opening.Unlock()
	entries, err := os.ReadDir(s.indexPath(""))
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Name() != keep {
			os.RemoveAll(s.indexPath(e.Name()))
		}
	}
	return nil
}
