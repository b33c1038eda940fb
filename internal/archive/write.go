package archive

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// fileLimit is the size in bytes above which a new file is begun: the gigabyte
// that the standard recommends (annex C.2) takes long to check and to send.
const fileLimit = 512 << 20

// Fields of ours, by which a revisit says where the page itself lies.
const (
	fieldFile   = "WARC-Refers-To-Filename"
	fieldOffset = "WARC-Refers-To-File-Offset"
)

var fileName = regexp.MustCompile(`^tongbao-(\d{5,})\.warc\.gz$`)

// A Writer appends to the archive of one folder. It is for one goroutine, and
// one process at a time may write: the lock of the collection sees to that.
type Writer struct {
	dir      string
	software string
	limit    int64
	number   int // of the newest file
	file     *os.File
	size     int64               // of file: whole records only
	info     string              // id of the warcinfo record in file
	earlier  map[string]original // the last response of this process for each address
	fresh    bool                // the folder has a name that was not yet synced
}

// Create opens the archive in the folder dir for writing; software names the
// program in the files' warcinfo records. The newest file is continued while it
// is below the size limit; half a record at its end, as a kill leaves it, is
// cut off. A file with damage in its midst is left as it is, and a new one
// begun. Nothing is written before the first Add.
func Create(dir, software string) (*Writer, error) {
	w := &Writer{dir: dir, software: software, limit: fileLimit, earlier: map[string]original{}}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("archive: %w", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("archive: %w", err)
	}
	for _, e := range entries {
		if m := fileName.FindStringSubmatch(e.Name()); m != nil {
			n, _ := strconv.Atoi(m[1])
			w.number = max(w.number, n)
		}
		if strings.HasPrefix(e.Name(), ".tongbao-") && strings.HasSuffix(e.Name(), ".new") {
			_ = os.Remove(filepath.Join(dir, e.Name())) // begun, and never named
		}
	}
	if w.number > 0 {
		err = w.resume()
	}
	return w, err
}

// Dir is the folder of the archive.
func (w *Writer) Dir() string { return w.dir }

func (w *Writer) name() string { return fmt.Sprintf("tongbao-%05d.warc.gz", w.number) }

// resume opens the newest file, cut behind its last whole record.
func (w *Writer) resume() error {
	path := filepath.Join(w.dir, w.name())
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	size, err := wholeSize(file)
	if errors.Is(err, errDamaged) {
		return file.Close()
	}
	if err == nil {
		err = file.Truncate(size)
	}
	if err != nil {
		file.Close()
		return fmt.Errorf("archive %s: %w", path, err)
	}
	w.file, w.size = file, size
	return nil
}

// Add appends an exchange: the response record, and the request record tied to
// it. Where the answer was 304, or the body is that of the earlier response at
// the same address (Exchange.Earlier, or one added before), a revisit record
// stands for the response. The place is that of the response or revisit. An
// exchange without a valid address or head is an error and leaves the archive
// as it was; so does a disk that is full.
func (w *Writer) Add(e Exchange) (Place, error) {
	if err := check(e); err != nil {
		return Place{}, fmt.Errorf("%w with %q: %w", ErrExchange, e.URL, err)
	}
	if err := w.ready(); err != nil {
		return Place{}, fmt.Errorf("archive: %w", err)
	}
	id, place, payload := newID(), Place{File: w.name(), Offset: w.size}, digest(e.Body)
	answer, response := composeAnswer(e, id, w.info, payload, w.earlierOf(e))
	records := [][]byte{answer}
	if len(e.Request) > 0 {
		records = append(records, composeRequest(e, id, w.info))
	}
	if err := w.append(records...); err != nil {
		return Place{}, fmt.Errorf("archive: %w", err)
	}
	if response {
		w.remember(e, id, payload, place)
	}
	return place, nil
}

func check(e Exchange) error {
	u, err := url.Parse(e.URL)
	switch {
	case err != nil:
		return err
	case !u.IsAbs() || u.Host == "" || strings.ContainsFunc(e.URL, func(r rune) bool { return r <= ' ' || r == 0x7f }):
		return errors.New("the address is not absolute or has characters that no address has")
	case statusOf(e.Head) == 0:
		return errors.New("the head has no status line")
	case int64(len(e.Body)+len(e.Head)) > maxBlock:
		return fmt.Errorf("larger than %d MiB", MaxPayload>>20)
	}
	return nil
}

// ready sees to a file that has room and begins with a warcinfo record of this
// process, or goes on with one.
func (w *Writer) ready() error {
	if w.file != nil && w.size >= w.limit {
		if err := w.Close(); err != nil {
			return err
		}
	}
	if w.file == nil {
		return w.begin()
	}
	if w.info != "" {
		return nil
	}
	id := newID()
	if err := w.append(composeInfo(id, w.name(), w.software, time.Now())); err != nil {
		return err
	}
	w.info = id
	return nil
}

// begin makes the next file. It takes its name only when its first record is
// whole, so that no reader ever sees an empty file.
func (w *Writer) begin() error {
	w.number++
	id := newID()
	packed, err := pack(composeInfo(id, w.name(), w.software, time.Now()))
	if err != nil {
		return err
	}
	path := filepath.Join(w.dir, w.name())
	beside := filepath.Join(w.dir, "."+w.name()+".new")
	if err := os.WriteFile(beside, packed, 0o666); err != nil {
		return err
	}
	if err := os.Rename(beside, path); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	w.file, w.size, w.info, w.fresh = file, int64(len(packed)), id, true
	return nil
}

// append writes records behind the last whole one. What cannot be written
// wholly is taken back.
func (w *Writer) append(records ...[]byte) error {
	var all []byte
	for _, r := range records {
		packed, err := pack(r)
		if err != nil {
			return err
		}
		all = append(all, packed...)
	}
	if _, err := w.file.WriteAt(all, w.size); err != nil {
		// If this fails too, the next Create cuts the half record off.
		return errors.Join(err, w.file.Truncate(w.size))
	}
	w.size += int64(len(all))
	return nil
}

// Sync returns when all that was added is on the disk. What is settled
// elsewhere about an exchange should be settled after it.
func (w *Writer) Sync() error {
	if w.file == nil {
		return nil
	}
	if err := w.file.Sync(); err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	if w.fresh {
		w.fresh = false
		syncFolder(w.dir)
	}
	return nil
}

// syncFolder makes a new name last. Not all systems can: there it lasts anyway
// or nothing can be done.
func syncFolder(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		d.Close()
	}
}

// Close syncs and closes the file. The writer may go on with a new one.
func (w *Writer) Close() error {
	if w.file == nil {
		return nil
	}
	err := errors.Join(w.Sync(), w.file.Close())
	w.file, w.size, w.info = nil, 0, ""
	return err
}

// Files lists the files of an archive in the order in which they were written;
// files of other writers that lie in the folder come first, by name.
func Files(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("archive: %w", err)
	}
	var others, ours []string
	for _, e := range entries {
		name := strings.ToLower(e.Name())
		switch {
		case e.IsDir() || strings.HasPrefix(name, "."):
		case fileName.MatchString(e.Name()):
			ours = append(ours, e.Name())
		case strings.HasSuffix(name, ".warc"), strings.HasSuffix(name, ".warc.gz"):
			others = append(others, e.Name())
		}
	}
	slices.SortFunc(ours, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
	})
	return append(others, ours...), nil
}
