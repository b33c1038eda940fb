// Package rows writes rows out: one writer for every command and every format
// (contract §2). A row is given cell by cell as strings, the way the contract
// spells its values; the writer knows what each format needs to keep them
// exact, readable and harmless.
package rows

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// A Type says what the cells of a column are.
type Type uint8

// The types of a column. An empty cell is an absent value in all of them.
const (
	Text   Type = iota // any words; codes too, so that leading zeros live
	Figure             // exact decimal as printed, or a ratio (1:4.4): contract §4's value
	Whole              // whole number that fits 64 bits: offsets, counts of rows
	Day                // ISO 8601 day
	Flag               // "true" or "false"
	Raw                // a JSON value: printed by json and jsonl, left out elsewhere
)

// A Column heads the cells at its place in every row.
type Column struct {
	Key   string // English, snake_case: the head in every format that programs read
	Label string // the head for people, in their language; Key when empty
	Group string // head above those of neighbours that have the same one
	Type  Type
	Wide  bool // too long for people's tables: left out of table and md
}

// Formats lists what the writer knows, as --format spells it.
var Formats = []string{"table", "json", "jsonl", "csv", "tsv", "md", "html", "xlsx", "parquet"}

// Binary reports whether a format is one that a terminal must not be shown.
func Binary(format string) bool { return format == "xlsx" || format == "parquet" }

// Options say how the rows are to look.
type Options struct {
	Format string
	BOM    bool // a byte order mark before csv and tsv, and CRLF: for Excel
	Width  int  // columns of the terminal that a table may use; 0 = as wide as it gets
}

// A Writer writes rows. Close must be called; what is written before it may be
// held back.
type Writer struct {
	columns []Column
	kept    []int // indices of the columns that the format prints
	sink    sink
	rows    int
}

// A sink is one format. record is the row's own JSON record, nil for none.
type sink interface {
	row(cells []string, record []byte) error
	close() error
}

// New returns a writer of rows with those columns. A format that is not in
// Formats is an error that names them all.
func New(w io.Writer, columns []Column, o Options) (*Writer, error) {
	writer := &Writer{columns: columns}
	for i, c := range columns {
		people := o.Format == "table" || o.Format == "md"
		if c.Type == Raw && !strings.HasPrefix(o.Format, "json") || c.Wide && people {
			continue
		}
		writer.kept = append(writer.kept, i)
	}
	columns = keep(writer, columns)
	var s sink
	var err error
	switch o.Format {
	case "table", "md", "html":
		s = newTable(w, columns, o)
	case "json", "jsonl":
		s = &lines{w: w, columns: columns, array: o.Format == "json"}
	case "csv", "tsv":
		s, err = newSeparated(w, columns, o)
	case "xlsx":
		s, err = newSheet(w, columns)
	case "parquet":
		s, err = newParquet(w, columns)
	default:
		return nil, fmt.Errorf("format %q is not known; use one of %s", o.Format, strings.Join(Formats, ", "))
	}
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", o.Format, err)
	}
	writer.sink = s
	return writer, nil
}

// keep picks what stands in the columns that the format prints.
func keep[T any](w *Writer, all []T) []T {
	kept := make([]T, len(w.kept))
	for i, from := range w.kept {
		kept[i] = all[from]
	}
	return kept
}

// Row writes one row. record, where it is not nil, is the JSON object that
// json and jsonl print instead of one made of the cells.
func (w *Writer) Row(cells []string, record []byte) error {
	if len(cells) != len(w.columns) {
		return fmt.Errorf("row %d has %d cells for %d columns", w.rows+1, len(cells), len(w.columns))
	}
	w.rows++
	return w.sink.row(keep(w, cells), record)
}

// Rows returns the number of rows written so far.
func (w *Writer) Rows() int { return w.rows }

// Close writes what is held back. It does not close the underlying writer.
func (w *Writer) Close() error { return w.sink.close() }

// harmless returns a text cell that no spreadsheet takes for a formula: what
// begins with one of the characters that start one is led by an apostrophe.
// (OWASP, CSV injection; the full-width ones count in East Asian locales.)
func harmless(cell string) string {
	first, _ := utf8.DecodeRuneInString(cell)
	if strings.ContainsRune("=+-@\t\r＝＋－＠", first) {
		return "'" + cell
	}
	return cell
}
