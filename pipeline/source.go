package pipeline

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"tongbao"
)

// MaxPage is the size in bytes above which a file is no notice.
const MaxPage = 64 << 20

// Stdin is the name of standard input among the sources.
const Stdin = "-"

// Extensions are the endings of the files that are taken out of a folder. Of
// old offices and OFD nothing is read, but a notice passed over in silence would
// be missed: the reader says what to do.
var extensions = []string{".html", ".htm", ".shtml", ".txt", ".pdf", ".docx", ".doc", ".wps", ".ofd"}

// ErrFetching says that a source lies in the network.
var ErrFetching = errors.New("lies in the network: `tongbao run` fetches it")

// A Ref is a document announced: a file that is to be read. With Err set it is
// a source out of which no document came, and why.
type Ref struct {
	Path string // absolute, or Stdin
	Name string // as the user knows it
	Err  error

	load    func() (tongbao.Page, error) // of what lies in an archive
	fetched time.Time                    // when it came into the archive
}

// Expand yields the documents that the sources announce: files, and of folders
// all that lies in them. A file is yielded once, however many sources hold it,
// and the order depends on the paths alone, not on that of the sources. A
// source that announces nothing is yielded with its error.
func Expand(sources []string) iter.Seq[Ref] {
	return func(yield func(Ref) bool) {
		var roots []Ref
		for _, s := range sources {
			roots = append(roots, root(s))
		}
		slices.SortStableFunc(roots, func(a, b Ref) int { return strings.Compare(a.Path, b.Path) })
		roots = slices.CompactFunc(roots, func(a, b Ref) bool { return a.Path == b.Path })
		named := map[string]bool{}
		for _, r := range roots {
			named[r.Path] = true
		}
		for _, r := range roots {
			if r.Err != nil {
				if !yield(r) {
					return
				}
			} else if !walk(r, named, yield) {
				return
			}
		}
	}
}

// Named yields the files as they are named, in that order; Stdin stands for
// standard input.
func Named(names []string) iter.Seq[Ref] {
	return func(yield func(Ref) bool) {
		for _, name := range names {
			r := Ref{Path: Stdin, Name: Stdin}
			if name != Stdin {
				r = root(name)
			}
			if !yield(r) {
				return
			}
		}
	}
}

// root makes a Ref of what a user named.
func root(source string) Ref {
	if strings.HasPrefix(source, "http://") || strings.HasPrefix(source, "https://") {
		return Ref{Path: source, Name: source, Err: ErrFetching}
	}
	if source == Stdin {
		return Ref{Path: Stdin, Name: Stdin, Err: errors.New("standard input has no address to be kept under: use `tongbao extract -`, or save it as a file")}
	}
	path, err := filepath.Abs(source)
	if err != nil {
		return Ref{Path: source, Name: source, Err: err}
	}
	if _, err := os.Stat(path); err != nil {
		return Ref{Path: path, Name: source, Err: plain(err)}
	}
	return Ref{Path: path, Name: source}
}

func hidden(name string) bool { return strings.HasPrefix(name, ".") }

func wanted(path string) bool {
	return slices.Contains(extensions, strings.ToLower(filepath.Ext(path)))
}

// walk yields the file, or all wanted files below the folder in lexical order.
// Hidden files and linked folders are passed over, and so is what is a source
// by name itself.
func walk(r Ref, named map[string]bool, yield func(Ref) bool) bool {
	if info, err := os.Stat(r.Path); err != nil || !info.IsDir() {
		if isArchive(r.Path) {
			return archived(r, yield)
		}
		return yield(r)
	}
	met, more := 0, true
	err := filepath.WalkDir(r.Path, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			met++
			more = yield(Ref{Path: path, Name: shown(r, path), Err: plain(err)})
		case path != r.Path && named[path]:
			met++
			if entry.IsDir() {
				return fs.SkipDir
			}
		case path != r.Path && hidden(entry.Name()):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case wanted(path) && isFile(path, entry):
			met++
			more = yield(Ref{Path: path, Name: shown(r, path)})
		}
		if !more {
			return fs.SkipAll
		}
		if err != nil && entry != nil && entry.IsDir() {
			return fs.SkipDir
		}
		return nil
	})
	if !more {
		return false
	}
	if err != nil {
		return yield(Ref{Path: r.Path, Name: r.Name, Err: plain(err)})
	}
	if met == 0 {
		return yield(Ref{Path: r.Path, Name: r.Name, Err: fmt.Errorf("no notice in this folder: nothing in it ends in %s", strings.Join(extensions, ", "))})
	}
	return true
}

// isFile reports whether an entry is a file or a link to one; a named pipe
// would be waited for.
func isFile(path string, entry fs.DirEntry) bool {
	mode := entry.Type()
	if mode&fs.ModeSymlink != 0 {
		info, err := os.Stat(path)
		if err != nil {
			return true // reading it tells what is wrong
		}
		mode = info.Mode()
	}
	return mode.IsRegular()
}

// shown names a file of a folder as the user would: below the name they gave.
func shown(r Ref, path string) string {
	inner, err := filepath.Rel(r.Path, path)
	if err != nil {
		return path
	}
	return filepath.Join(r.Name, inner)
}

// plain takes the operation and the path off an error of package os: who
// prints it names the document.
func plain(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errors.New("no such file or folder: check the name")
	case errors.Is(err, fs.ErrPermission):
		return errors.New("may not be read: check its permissions")
	}
	return err
}

// Load reads the page that a Ref announces; stdin is read for Stdin. A page
// that is too large and a list of addresses are errors.
func Load(r Ref, stdin io.Reader) (tongbao.Page, error) {
	if r.Err != nil {
		return tongbao.Page{}, r.Err
	}
	if r.load != nil {
		return r.load()
	}
	page := tongbao.Page{}
	if r.Path != Stdin {
		page.URL = filepath.ToSlash(r.Path)
		file, err := os.Open(r.Path)
		if err != nil {
			return page, plain(err)
		}
		defer file.Close()
		if info, err := file.Stat(); err != nil {
			return page, plain(err)
		} else if info.IsDir() {
			return page, errors.New("is a folder: use `tongbao run`, or name its files")
		} else if info.Size() > MaxPage {
			return page, tooLarge()
		}
		stdin = file
	}
	body, err := io.ReadAll(io.LimitReader(stdin, MaxPage+1))
	if err != nil {
		return page, plain(err)
	}
	if len(body) > MaxPage {
		return page, tooLarge()
	}
	page.Body = body
	if addresses(body) {
		return page, fmt.Errorf("is a list of addresses: %w", ErrFetching)
	}
	return page, nil
}

func tooLarge() error {
	return fmt.Errorf("larger than %d MiB, which no notice is: split it into its documents", MaxPage>>20)
}

// addresses reports whether a text is a list of addresses: its first line is one,
// remarks aside, and so are at least half of all, or most where others are
// Chinese, as a text's are that begins with where it comes from.
func addresses(body []byte) bool {
	lines := bufio.NewScanner(bytes.NewReader(body))
	found, others := 0, 0
	for lines.Scan() {
		line := bytes.TrimSpace(bytes.TrimPrefix(lines.Bytes(), []byte("\uFEFF")))
		switch {
		case len(line) == 0, line[0] == '#':
		case bytes.HasPrefix(line, []byte("http://")), bytes.HasPrefix(line, []byte("https://")):
			found++
		case found == 0:
			return false
		case bytes.ContainsFunc(line, func(r rune) bool { return unicode.Is(unicode.Han, r) }):
			others += 4
		default:
			others++
		}
	}
	return found > 0 && found >= others && lines.Err() == nil
}
