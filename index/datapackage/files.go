package datapackage

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"os"
	"path/filepath"

	"tongbao/internal/rows"
)

// A packing is the package while it is written.
type packing struct {
	dir   string
	files []*file
}

// A file is a table in one format.
type file struct {
	table  *Table
	format string
	name   string
	on     *os.File
	buffer *bufio.Writer
	sum    hash.Hash
	size   int64
	writer *rows.Writer
	figure []bool // columns of the table that CSV has a second time, as numbers
}

// Write passes bytes on to the disk and counts them.
func (f *file) Write(b []byte) (int, error) {
	f.sum.Write(b)
	n, err := f.buffer.Write(b)
	f.size += int64(n)
	return n, err
}

func begin(dir string, all []Table) (*packing, error) {
	p := &packing{dir: dir}
	for i := range all {
		formats := []string{"csv", "parquet"}
		if all[i].Parquet {
			formats = formats[1:]
		}
		for _, format := range formats {
			if err := p.open(&all[i], format); err != nil {
				return nil, errors.Join(err, p.abandon())
			}
		}
	}
	return p, nil
}

func (p *packing) open(t *Table, format string) error {
	f := &file{table: t, format: format, name: t.Name + "." + format, sum: sha256.New()}
	columns := t.Columns
	if format == "csv" { // Parquet has its numbers from the writer of rows
		columns, f.figure = withNumbers(t.Columns)
	}
	var err error
	if f.on, err = os.Create(filepath.Join(p.dir, f.name)); err != nil {
		return err
	}
	p.files = append(p.files, f)
	f.buffer = bufio.NewWriterSize(f.on, 1<<16)
	f.writer, err = rows.New(f, columns, rows.Options{Format: format})
	return err
}

// withNumbers returns the columns of CSV: like those of Parquet, figures stand
// as they are spelt and once more as numbers, where they are.
func withNumbers(columns []rows.Column) (all []rows.Column, figure []bool) {
	for _, c := range columns {
		all = append(all, c)
		if c.Type == rows.Figure {
			c.Key += rows.NumberSuffix
			all = append(all, c)
		}
		figure = append(figure, c.Type == rows.Figure)
	}
	return all, figure
}

// add writes a notice's rows and its text.
func (p *packing) add(s *Subject) error {
	if err := os.WriteFile(filepath.Join(p.dir, filepath.FromSlash(textFile(s.Notice.ID))), []byte(s.Notice.Text), 0o666); err != nil {
		return err
	}
	made := map[*Table][][]string{}
	for _, f := range p.files {
		all, ok := made[f.table]
		if !ok {
			all = f.table.Rows(s)
			made[f.table] = all
		}
		for _, cells := range all {
			if err := f.writer.Row(f.widened(cells), nil); err != nil {
				return fmt.Errorf("notice %s: %s: %w", s.Notice.ID, f.name, err)
			}
		}
	}
	return nil
}

func (f *file) widened(cells []string) []string {
	if f.figure == nil {
		return cells
	}
	var all []string
	for i, cell := range cells {
		all = append(all, cell)
		if f.figure[i] {
			if !rows.IsDecimal(cell) {
				cell = ""
			}
			all = append(all, cell)
		}
	}
	return all
}

// finish writes what is held back and describes the files.
func (p *packing) finish() ([]resource, error) {
	var resources []resource
	for _, f := range p.files {
		if err := errors.Join(f.writer.Close(), f.buffer.Flush(), f.on.Close()); err != nil {
			return nil, fmt.Errorf("%s: %w", f.name, err)
		}
		f.on = nil
		resources = append(resources, resourceOf(f, hex.EncodeToString(f.sum.Sum(nil))))
	}
	return resources, nil
}

// abandon closes what finish has not.
func (p *packing) abandon() error {
	var errs []error
	for _, f := range p.files {
		if f.on != nil {
			errs = append(errs, f.on.Close())
			f.on = nil
		}
	}
	return errors.Join(errs...)
}
