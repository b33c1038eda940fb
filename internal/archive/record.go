package archive

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A Record is one record of a WARC file, of whatever writer.
type Record struct {
	ID        string    // as printed, with its brackets
	Type      string    // response, request, revisit, resource, warcinfo, metadata …
	URL       string    // the address it is about; "" for those about the file
	Date      time.Time // zero where it cannot be read
	IP        string
	Digest    string // of the payload, as printed: sha1:…
	Profile   string // of a revisit: why there is no body
	Truncated string // "", or why the body is not whole
	MediaType string // of the block
	Block     []byte // what follows the header: head and body of an answer
	Place     Place  // where it lies; File as it was given to the reader

	fields   map[string]string
	original *Record // of a revisit, once Load has found it
}

// Field returns a named field of the record's header, "" where there is none.
// Of a repeated field it is the first.
func (r Record) Field(name string) string { return r.fields[strings.ToLower(name)] }

var (
	errNoRecord   = errors.New("no record begins here")
	errBadHeader  = errors.New("its header cannot be read")
	errNoLength   = errors.New("it has no Content-Length that can be read")
	errTooLarge   = fmt.Errorf("it is larger than %d MiB and was passed over", MaxPayload>>20)
	errWrongEnd   = errors.New("its Content-Length does not fit: no record ends there")
	versionLine   = regexp.MustCompile(`^WARC/\d\.\d+[ \t]*\r?\n?$`)
	maxFields     = 1000
	dateForms     = []string{time.RFC3339Nano, "2006-01-02", "2006-01", "2006", "20060102150405"}
	emptyLine     = []byte("\r\n")
	emptyLineUnix = []byte("\n")
)

// next reads the record that begins where s stands, empty lines before it
// passed over. io.EOF says that there is none. A record that is too large comes
// without its block and with errTooLarge, and s stands behind it.
func next(s *source) (Record, int64, error) {
	start, err := begin(s)
	if err != nil {
		return Record{}, start, err
	}
	fields, err := header(s)
	r := record(fields)
	if err != nil {
		return r, start, err
	}
	length, err := strconv.ParseInt(r.Field("Content-Length"), 10, 64)
	if err != nil || length < 0 {
		return r, start, errNoLength
	}
	if length > maxBlock {
		if err := s.skip(length); err != nil {
			return r, start, cutOff(err)
		}
		return r, start, errTooLarge
	}
	var block bytes.Buffer // grows with what is there, not with what is claimed
	if _, err := io.CopyN(&block, s, length); err != nil {
		return r, start, cutOff(err)
	}
	r.Block = block.Bytes()
	return r, start, end(s)
}

// begin finds the version line.
func begin(s *source) (start int64, err error) {
	for {
		start = s.at
		line, err := s.line()
		switch {
		case err == io.EOF:
			return start, err
		case err != nil:
			return start, cutOff(err)
		case bytes.Equal(line, emptyLine), bytes.Equal(line, emptyLineUnix):
		case versionLine.Match(line) && line[len(line)-1] == '\n':
			return start, nil
		case isStart(line):
			return start, cutOff(io.EOF)
		default:
			return start, errNoRecord
		}
	}
}

// isStart reports whether the file ends with the beginning of a version line.
func isStart(line []byte) bool {
	n := min(len(line), len("WARC/"))
	return line[len(line)-1] != '\n' && string(line[:n]) == "WARC/"[:n]
}

// header reads the fields up to the empty line. Folded values (a line that
// begins with white space) are joined.
func header(s *source) (map[string]string, error) {
	fields := map[string]string{}
	last := ""
	for range maxFields {
		line, err := s.line()
		if err != nil {
			return fields, cutOff(err)
		}
		if line[len(line)-1] != '\n' {
			return fields, cutOff(io.EOF)
		}
		text := strings.TrimRight(string(line), "\r\n")
		if text == "" {
			return fields, nil
		}
		if (text[0] == ' ' || text[0] == '\t') && last != "" {
			fields[last] = strings.TrimSpace(fields[last] + " " + strings.TrimSpace(text))
			continue
		}
		name, value, found := strings.Cut(text, ":")
		if !found {
			return fields, errBadHeader
		}
		name = strings.ToLower(strings.TrimSpace(name))
		if _, known := fields[name]; known {
			last = ""
			continue
		}
		fields[name], last = strings.TrimSpace(value), name
	}
	return fields, errBadHeader
}

// end passes over the empty lines behind a record (two, as the standard asks;
// other writers differ) and checks that it is over: there must be the next one,
// or nothing. At the end of a gzip member this is where its checksum is tried.
func end(s *source) error {
	for {
		head := s.peek(5)
		if len(head) > 0 && (head[0] == '\r' || head[0] == '\n') {
			_, _ = s.ReadByte()
			continue
		}
		if len(head) == 0 {
			if _, err := s.ReadByte(); err != io.EOF {
				return cutOff(err)
			}
			return nil
		}
		if isMember(head) || bytes.HasPrefix([]byte("WARC/"), head) {
			return nil
		}
		return errWrongEnd
	}
}

func record(fields map[string]string) Record {
	r := Record{fields: fields}
	r.ID = r.Field("WARC-Record-ID")
	r.Type = strings.ToLower(r.Field("WARC-Type"))
	// WARC 1.0 showed addresses in brackets; some writers print them.
	r.URL = strings.TrimSuffix(strings.TrimPrefix(r.Field("WARC-Target-URI"), "<"), ">")
	r.IP = r.Field("WARC-IP-Address")
	r.Digest = r.Field("WARC-Payload-Digest")
	r.Profile = r.Field("WARC-Profile")
	r.Truncated = r.Field("WARC-Truncated")
	r.MediaType = r.Field("Content-Type")
	r.Date = date(r.Field("WARC-Date"))
	return r
}

func date(s string) time.Time {
	for _, form := range dateForms {
		if t, err := time.Parse(form, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// cutOff names the end of a file within a record.
func cutOff(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return ErrUnfinished
	}
	return err
}
