package archive

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strconv"
)

// maxFaults ends the reading of a file in which nothing fits.
const maxFaults = 1000

// Records yields the records of a WARC file, of whatever writer, compressed
// (a member a record, or all in one) or not; Place.File is the path as given.
// A record that cannot be read is yielded as an error that names file and
// offset, with what is known of it; reading goes on at the next record that can
// be found. A file that a kill left half ends with ErrUnfinished.
func Records(path string) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		file, err := os.Open(path)
		if err != nil {
			yield(Record{}, fmt.Errorf("archive: %w", err))
			return
		}
		defer file.Close()
		records(file, func(r Record, err error) bool {
			r.Place.File = path
			if err != nil {
				err = fmt.Errorf("archive %s, record at byte %d: %w", path, r.Place.Offset, err)
			}
			return yield(r, err)
		})
	}
}

// A reading walks through one file.
type reading struct {
	file   io.ReadSeeker
	s      *source
	faults int
	yield  func(Record, error) bool
}

func records(file io.ReadSeeker, yield func(Record, error) bool) {
	w := &reading{file: file, s: newSource(file, 0), yield: yield}
	for w.step() && w.faults < maxFaults {
	}
}

// step reads what lies at the source: a gzip member or a plain record.
func (w *reading) step() bool {
	head := w.s.peek(4)
	switch {
	case len(head) == 0:
		return false
	case isMember(head):
		return w.member()
	}
	r, start, err := next(w.s)
	if err == io.EOF {
		return false
	}
	r.Place.Offset = start
	if !w.give(r, err) {
		return false
	}
	if err == nil || errors.Is(err, errTooLarge) {
		return true
	}
	return w.seekFrom(start + 1)
}

// give yields a record, or its fault.
func (w *reading) give(r Record, err error) bool {
	if err != nil {
		w.faults++
	}
	return w.yield(r, err)
}

// member reads all records of a gzip member.
func (w *reading) member() bool {
	start := w.s.at
	z, err := gzip.NewReader(w.s)
	if err != nil {
		return w.give(Record{Place: Place{Offset: start}}, cutOff(err)) && w.seekFrom(start+1)
	}
	z.Multistream(false)
	inner := newSource(z, 0)
	for w.faults < maxFaults {
		r, _, err := next(inner)
		if err == io.EOF {
			return true // the member's checksum was right
		}
		r.Place.Offset = start
		if !w.give(r, err) {
			return false
		}
		if err == nil || errors.Is(err, errTooLarge) {
			continue
		}
		if isPacking(err) {
			return w.seekFrom(start + 1)
		}
		if err := toVersion(inner); err == io.EOF {
			return true
		} else if err != nil {
			return w.seekFrom(start + 1)
		}
	}
	return false
}

// isPacking reports whether compressed bytes are at fault, not the record.
func isPacking(err error) bool {
	for _, own := range []error{errNoRecord, errBadHeader, errNoLength, errWrongEnd, errLongLine} {
		if errors.Is(err, own) {
			return false
		}
	}
	return true
}

// seekFrom looks for the next record behind a fault: a line that is a version
// line, or a gzip member that begins with one.
func (w *reading) seekFrom(offset int64) bool {
	found, ok := findRecord(w.file, offset)
	if !ok {
		return false
	}
	return w.restart(found)
}

func (w *reading) restart(offset int64) bool {
	if _, err := w.file.Seek(offset, io.SeekStart); err != nil {
		w.give(Record{Place: Place{Offset: offset}}, err)
		return false
	}
	w.s = newSource(w.file, offset)
	return true
}

// findRecord returns the offset of the first record at or behind offset.
func findRecord(file io.ReadSeeker, offset int64) (int64, bool) {
	if _, err := file.Seek(offset, io.SeekStart); err != nil {
		return 0, false
	}
	s := newSource(file, offset)
	before := byte('\n')
	for {
		head := s.peek(10)
		if len(head) == 0 {
			return 0, false
		}
		if isMember(head) && opens(s.peek(maxLine)) || before == '\n' && isVersion(head) {
			return s.at, true
		}
		before, _ = s.ReadByte()
	}
}

// isVersion reports whether bytes begin as a record does.
func isVersion(head []byte) bool {
	return len(head) >= 8 && string(head[:5]) == "WARC/" && head[5] >= '0' && head[5] <= '9' && head[6] == '.'
}

// opens reports whether a gzip member unpacks to the beginning of a record.
func opens(packed []byte) bool {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return false
	}
	head := make([]byte, 8)
	_, err = io.ReadFull(z, head)
	return err == nil && isVersion(head)
}

// toVersion passes over lines until one is a version line.
func toVersion(s *source) error {
	for {
		if isVersion(s.peek(8)) {
			return nil
		}
		if _, err := s.line(); err != nil && !errors.Is(err, errLongLine) {
			return err
		}
	}
}

// Load reads the record at a place of the archive in the folder dir. Where it
// is a revisit of ours, the record with the body is read too, so that Page
// gives the page.
func Load(dir string, at Place) (Record, error) {
	r, err := load(dir, at)
	if err != nil || r.Type != kindRevisit {
		return r, err
	}
	earlier := placeOf(r)
	if earlier == (Place{}) {
		return r, nil
	}
	o, err := load(dir, earlier)
	if err != nil {
		return r, fmt.Errorf("the page of %s is unchanged, but the record that holds it cannot be read: %w", r.URL, err)
	}
	r.original = &o
	return r, nil
}

func load(dir string, at Place) (Record, error) {
	fail := func(err error) (Record, error) {
		return Record{}, fmt.Errorf("archive %s, record at byte %d: %w", filepath.Join(dir, at.File), at.Offset, err)
	}
	if !filepath.IsLocal(at.File) || at.Offset < 0 {
		return fail(fs.ErrInvalid)
	}
	file, err := os.Open(filepath.Join(dir, at.File))
	if err != nil {
		return fail(err)
	}
	defer file.Close()
	if _, err := file.Seek(at.Offset, io.SeekStart); err != nil {
		return fail(err)
	}
	r, err := one(newSource(file, at.Offset))
	if err != nil {
		return fail(err)
	}
	r.Place = at
	return r, nil
}

// one reads the single record where s stands, to its end and checksum.
func one(s *source) (Record, error) {
	if !isMember(s.peek(4)) {
		r, _, err := next(s)
		return r, cutOff(err)
	}
	z, err := gzip.NewReader(s)
	if err != nil {
		return Record{}, cutOff(err)
	}
	z.Multistream(false)
	r, _, err := next(newSource(z, 0))
	return r, cutOff(err)
}

// placeOf is where the record lies that a revisit of ours points to.
func placeOf(r Record) Place {
	file := r.Field(fieldFile)
	offset, err := strconv.ParseInt(r.Field(fieldOffset), 10, 64)
	if err != nil || offset < 0 || !filepath.IsLocal(file) {
		return Place{}
	}
	return Place{File: file, Offset: offset}
}
