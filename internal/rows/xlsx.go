package rows

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

const (
	cellLimit  = 32767 // UTF-16 units in a cell; excelize would cut without a word
	exactLimit = 15    // digits that a spreadsheet's double keeps exactly
)

// sheet writes one worksheet. Figures are numbers where a double holds them
// exactly, with the places printed; what it would not hold stays text.
type sheet struct {
	w       io.Writer
	file    *excelize.File
	stream  *excelize.StreamWriter
	columns []Column
	styles  map[int]int // decimal places → style
	next    int         // row to be written, from 1
}

func newSheet(w io.Writer, columns []Column) (*sheet, error) {
	file := excelize.NewFile()
	stream, err := file.NewStreamWriter("Sheet1")
	if err != nil {
		return nil, err
	}
	s := &sheet{w: w, file: file, stream: stream, columns: columns, styles: map[int]int{}, next: 1}
	if err := stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return nil, err
	}
	head := make([]any, len(columns))
	for i, c := range columns {
		head[i] = c.Key
	}
	return s, s.write(head)
}

func (s *sheet) write(values []any) error {
	cell, err := excelize.CoordinatesToCellName(1, s.next)
	if err != nil {
		return fmt.Errorf("a worksheet is full; use csv or parquet: %w", err)
	}
	s.next++
	return s.stream.SetRow(cell, values)
}

func (s *sheet) row(cells []string, _ []byte) error {
	values := make([]any, len(cells))
	for i, cell := range cells {
		if len(cell) > cellLimit && len(utf16.Encode([]rune(cell))) > cellLimit {
			return fmt.Errorf("row %d, %s: a cell holds %d characters at most; use csv or parquet", s.next, s.columns[i].Key, cellLimit)
		}
		value, err := s.value(cell, s.columns[i].Type)
		if err != nil {
			return err
		}
		values[i] = value
	}
	return s.write(values)
}

// value turns a cell into what the sheet keeps. Text is stored as a string,
// which no spreadsheet calculates.
func (s *sheet) value(cell string, t Type) (any, error) {
	switch {
	case cell == "":
		return nil, nil
	case t == Flag:
		return cell == "true", nil
	case t != Figure && t != Whole:
		return cell, nil
	}
	d, ok := parseDecimal(cell)
	if !ok || len(strings.TrimLeft(d.digits, "0")) > exactLimit {
		return cell, nil
	}
	number, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		return cell, nil
	}
	style, ok := s.styles[d.places]
	if !ok {
		format := "0"
		if d.places > 0 {
			format += "." + strings.Repeat("0", d.places)
		}
		if style, err = s.file.NewStyle(&excelize.Style{CustomNumFmt: &format}); err != nil {
			return nil, err
		}
		s.styles[d.places] = style
	}
	return excelize.Cell{StyleID: style, Value: number}, nil
}

func (s *sheet) close() error {
	defer s.file.Close()
	if err := s.stream.Flush(); err != nil {
		return err
	}
	return s.file.Write(s.w)
}
