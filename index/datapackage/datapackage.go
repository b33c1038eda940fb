// Package datapackage writes a whole collection as a Frictionless data package
// (version 2): tables as CSV and Parquet, texts as files, and a descriptor
// whose schema is made from the columns that the tables are written with.
//
// The same collection gives the same bytes: rows are sorted by notice and
// reading order, and no clock is asked.
package datapackage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"tongbao"
	"tongbao/index"
)

// DescriptorName is the file that makes a folder a data package.
const DescriptorName = "datapackage.json"

// textsFolder holds a file for each notice's text.
const textsFolder = "texts"

// ErrOccupied is a folder that holds something else than an earlier export.
var ErrOccupied = errors.New("it holds something that no export wrote; name a new or empty folder")

// A Subject is a notice with all that the collection holds of it.
type Subject struct {
	Notice   *tongbao.Notice
	Facts    []index.FactRow
	Findings []index.FindingRow
	Similar  []index.Similar // those that are exported too
}

// A Summary counts what was written.
type Summary struct {
	Notices, Facts, Findings, Files int
}

// Write writes the collection into the folder dir: beside it first, and under
// its name only when all of it is there. An earlier export is replaced; a
// folder that holds anything else is ErrOccupied. Tables are those of notices,
// and further ones that the caller describes (of facts, of findings).
func Write(ctx context.Context, store index.Store, dir string, further ...Table) (Summary, error) {
	dir = filepath.Clean(dir)
	occupied, err := taken(dir)
	if err != nil {
		return Summary{}, fmt.Errorf("export to %s: %w", dir, err)
	}
	parent := filepath.Dir(dir)
	if err := os.MkdirAll(parent, 0o777); err != nil {
		return Summary{}, fmt.Errorf("export to %s: %w", dir, err)
	}
	beside, err := os.MkdirTemp(parent, "."+filepath.Base(dir)+".*")
	if err != nil {
		return Summary{}, fmt.Errorf("export to %s: %w", dir, err)
	}
	defer os.RemoveAll(beside)
	fresh := filepath.Join(beside, "new")
	if err := os.MkdirAll(filepath.Join(fresh, textsFolder), 0o777); err != nil {
		return Summary{}, fmt.Errorf("export to %s: %w", dir, err)
	}
	summary, err := fill(ctx, store, fresh, append(tables(), further...))
	if err != nil {
		return summary, fmt.Errorf("export to %s: %w; nothing was changed there", dir, err)
	}
	if err := replace(dir, fresh, filepath.Join(beside, "old"), occupied); err != nil {
		return summary, fmt.Errorf("export to %s: %w", dir, err)
	}
	return summary, nil
}

// taken reports whether there is a folder to be replaced, and refuses what is
// no export.
func taken(dir string) (bool, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if len(entries) == 0 {
		return true, nil
	}
	ours, err := isOurs(filepath.Join(dir, DescriptorName))
	if err == nil && !ours {
		err = ErrOccupied
	}
	return true, err
}

// replace gives the new folder its name; where that fails, the old one is put
// back.
func replace(dir, fresh, old string, occupied bool) error {
	if occupied {
		if err := os.Rename(dir, old); err != nil {
			return err
		}
	}
	err := os.Rename(fresh, dir)
	if err != nil && occupied {
		err = errors.Join(err, os.Rename(old, dir))
	}
	return err
}

// fill writes all files into a folder that is there.
func fill(ctx context.Context, store index.Store, dir string, all []Table) (sum Summary, err error) {
	var ids []string
	listed := map[string]bool{}
	for s, err := range store.Notices(ctx, index.Selection{}) {
		if err != nil {
			return sum, err
		}
		ids = append(ids, s.Notice.ID)
		listed[s.Notice.ID] = true
	}
	p, err := begin(dir, all)
	if err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, p.abandon()) }()
	for _, id := range ids {
		if err := ctx.Err(); err != nil {
			return sum, err
		}
		subject, err := subjectOf(ctx, store, id, listed)
		if errors.Is(err, index.ErrNotFound) { // removed since the list was read
			continue
		}
		if err == nil {
			err = p.add(subject)
		}
		if err != nil {
			return sum, err
		}
		sum.Notices++
		sum.Facts += len(subject.Facts)
		sum.Findings += len(subject.Findings)
	}
	resources, err := p.finish()
	if err != nil {
		return sum, err
	}
	sum.Files = len(resources) + sum.Notices + 2
	if err := writeDescriptor(dir, resources); err != nil {
		return sum, err
	}
	return sum, writeReadme(dir, sum, all)
}

// subjectOf reads all of one notice at once, so that its rows fit together
// though another process may be writing.
func subjectOf(ctx context.Context, store index.Store, id string, listed map[string]bool) (*Subject, error) {
	r, err := store.Notice(ctx, id)
	if err != nil {
		return nil, err
	}
	history, err := store.History(ctx, id)
	if err != nil {
		return nil, err
	}
	s := &Subject{Notice: r.Notice}
	from, points := index.SourceOf(r.Notice), tongbao.NewCodePoints(r.Notice.Text)
	for _, f := range r.Facts {
		s.Facts = append(s.Facts, index.FactRow{Fact: f, Notice: from, PointStart: points.At(f.Start), PointEnd: points.At(f.End)})
	}
	for _, f := range r.Findings {
		s.Findings = append(s.Findings, index.FindingRow{Finding: f, Notice: from, PointStart: points.At(f.Start), PointEnd: points.At(f.End)})
	}
	for _, other := range history.Similar {
		if listed[other.Notice] {
			s.Similar = append(s.Similar, other)
		}
	}
	return s, nil
}
