package main

import (
	"bufio"
	"os"

	"golang.org/x/term"
)

// A stream is one of the two ways out: results or words for people.
type stream struct {
	*bufio.Writer
	file *os.File
}

func newStream(file *os.File) *stream { return &stream{bufio.NewWriterSize(file, 1<<16), file} }

// terminal reports whether a person is looking at the stream.
func (s *stream) terminal() bool { return term.IsTerminal(int(s.file.Fd())) }

// width returns the columns of the terminal, 0 where there is none.
func (s *stream) width() int {
	width, _, err := term.GetSize(int(s.file.Fd()))
	if err != nil {
		return 0
	}
	return width
}

// height returns the lines of the terminal, 24 where there is none.
func (s *stream) height() int {
	_, height, err := term.GetSize(int(s.file.Fd()))
	if err != nil || height == 0 {
		return 24
	}
	return height
}
