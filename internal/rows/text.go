package rows

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// separated writes csv and tsv.
type separated struct {
	csv     *csv.Writer
	columns []Column
	tabs    bool
	buffer  []string
}

func newSeparated(w io.Writer, columns []Column, o Options) (*separated, error) {
	s := &separated{csv: csv.NewWriter(w), columns: columns, tabs: o.Format == "tsv", buffer: make([]string, len(columns))}
	if o.BOM {
		if _, err := io.WriteString(w, "\uFEFF"); err != nil {
			return nil, err
		}
		s.csv.UseCRLF = true
	}
	if s.tabs {
		s.csv.Comma = '\t'
	}
	for i, c := range columns {
		s.buffer[i] = c.Key
	}
	return s, s.csv.Write(s.buffer)
}

// oneLine keeps a tsv row on its line: many readers of tsv know no quotes.
var oneLine = strings.NewReplacer("\t", " ", "\r\n", " ", "\n", " ", "\r", " ")

func (s *separated) row(cells []string, _ []byte) error {
	for i, cell := range cells {
		if s.columns[i].Type == Text {
			cell = harmless(cell)
		}
		if s.tabs {
			cell = oneLine.Replace(cell)
		}
		s.buffer[i] = cell
	}
	return s.csv.Write(s.buffer)
}

func (s *separated) close() error {
	s.csv.Flush()
	return s.csv.Error()
}

// lines writes json, an array, and jsonl, an object a line.
type lines struct {
	w       io.Writer
	columns []Column
	array   bool
	begun   bool
	buffer  bytes.Buffer
}

func (l *lines) row(cells []string, record []byte) error {
	l.buffer.Reset()
	if l.array {
		l.buffer.WriteString(map[bool]string{false: "[\n", true: ",\n"}[l.begun])
		l.begun = true
	}
	if record != nil {
		l.buffer.Write(record)
	} else if err := l.object(cells); err != nil {
		return err
	}
	if !l.array {
		l.buffer.WriteByte('\n')
	}
	_, err := l.w.Write(l.buffer.Bytes())
	return err
}

// object writes the cells under the columns' keys, in their order; what is
// absent is left out. Figures stay strings: they are exact decimals.
func (l *lines) object(cells []string) error {
	encoder := json.NewEncoder(&l.buffer)
	encoder.SetEscapeHTML(false)
	l.buffer.WriteByte('{')
	first := true
	for i, c := range l.columns {
		if cells[i] == "" {
			continue
		}
		if !first {
			l.buffer.WriteByte(',')
		}
		first = false
		fmt.Fprintf(&l.buffer, "%q:", c.Key)
		if c.Type == Whole || c.Type == Flag || c.Type == Raw {
			l.buffer.WriteString(cells[i])
			continue
		}
		if err := encoder.Encode(cells[i]); err != nil {
			return err
		}
		l.buffer.Truncate(l.buffer.Len() - 1) // Encode ends the line
	}
	l.buffer.WriteByte('}')
	return nil
}

func (l *lines) close() error {
	if !l.array {
		return nil
	}
	end := "\n]\n"
	if !l.begun {
		end = "[]\n"
	}
	_, err := io.WriteString(l.w, end)
	return err
}
