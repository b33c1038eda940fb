package archive

import (
	"bufio"
	"errors"
	"io"
)

// maxLine bounds the lines of a record's header, addresses among them.
const maxLine = 64 << 10

var errLongLine = errors.New("a line of its header is longer than 64 KiB")

// A source reads bytes and knows where it stands.
type source struct {
	r  *bufio.Reader
	at int64
}

func newSource(r io.Reader, at int64) *source {
	return &source{r: bufio.NewReaderSize(r, maxLine), at: at}
}

// Read is io.Reader's.
func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	s.at += int64(n)
	return n, err
}

// ReadByte makes the decompressor take no more than it needs.
func (s *source) ReadByte() (byte, error) {
	b, err := s.r.ReadByte()
	if err == nil {
		s.at++
	}
	return b, err
}

// line reads up to and including the next newline, or to the end. The bytes
// are valid until the next read.
func (s *source) line() ([]byte, error) {
	line, err := s.r.ReadSlice('\n')
	s.at += int64(len(line))
	if errors.Is(err, bufio.ErrBufferFull) {
		return line, errLongLine
	}
	if err == io.EOF && len(line) > 0 {
		err = nil
	}
	return line, err
}

func (s *source) peek(n int) []byte {
	b, _ := s.r.Peek(n)
	return b
}

func (s *source) skip(n int64) error {
	m, err := io.CopyN(io.Discard, s.r, n)
	s.at += m
	return err
}
