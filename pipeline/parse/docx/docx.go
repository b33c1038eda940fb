// Package docx reads the text of Word documents (ISO/IEC 29500,
// WordprocessingML) into paragraphs.
package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// The reasons for which a file gives no text.
var (
	ErrNotDocx  = errors.New("the file is no Word document")
	ErrBroken   = errors.New("the Word document is damaged or cut off")
	ErrTooLarge = errors.New("the Word document unpacks to more than any notice holds")
)

// MaxText is how many bytes the document's markup may unpack to.
const MaxText = 64 << 20

const mainPart = "word/document.xml"

// Kind names what a ZIP archive is by what lies in it: "docx", "xlsx", "pptx",
// "odt", "ofd", or "" for another.
func Kind(body []byte) string {
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return ""
	}
	for _, kind := range []struct{ part, name string }{{mainPart, "docx"}, {"xl/workbook.xml", "xlsx"}, {"ppt/presentation.xml", "pptx"}, {"OFD.xml", "ofd"}, {"content.xml", "odt"}} {
		if find(archive, kind.part) != nil {
			return kind.name
		}
	}
	return ""
}

func find(archive *zip.Reader, name string) *zip.File {
	for _, f := range archive.File {
		if strings.EqualFold(strings.ReplaceAll(strings.TrimPrefix(f.Name, "/"), `\`, "/"), name) {
			return f
		}
	}
	return nil
}

// Read returns the paragraphs of a document in order: what a reader sees who
// has accepted all changes, without headers, footers, notes and hidden text. A
// row of a table is one paragraph, its cells parted by one space. Numbers that
// Word sets by itself before paragraphs are not in the text of a document and
// are not read. Errors are, or wrap, the three above.
func Read(body []byte) ([]string, error) {
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return nil, fmt.Errorf("%w (%w)", ErrBroken, err)
	}
	part := find(archive, mainPart)
	if part == nil {
		return nil, ErrNotDocx
	}
	if part.UncompressedSize64 > MaxText {
		return nil, ErrTooLarge
	}
	content, err := part.Open()
	if err != nil {
		return nil, fmt.Errorf("%w (%w)", ErrBroken, err)
	}
	defer content.Close()                                    // a reader of memory
	limited := &io.LimitedReader{R: content, N: MaxText + 1} // what the archive says of itself may be a lie
	paragraphs, err := read(limited)
	switch {
	case limited.N <= 0:
		return nil, ErrTooLarge
	case err != nil:
		return nil, fmt.Errorf("%w (%w)", ErrBroken, err)
	}
	return paragraphs, nil
}

// unread are the elements whose text no reader sees: deletions, the codes of
// fields, the second version of what Word keeps twice, the reading of ruby.
var unread = map[string]bool{"del": true, "moveFrom": true, "instrText": true, "delText": true, "delInstrText": true, "Fallback": true, "rt": true, "sectPr": true, "pPrChange": true, "rPrChange": true, "binData": true}

// A reader gathers paragraphs. Those of a text box stand before the paragraph
// that it hangs on.
type reader struct {
	done   []string
	open   []*strings.Builder // a paragraph within a paragraph: text boxes
	rows   []*row
	hidden bool // the run is
	inText bool
}

// A row is an open row of a table with the text of its cells.
type row struct {
	cells []string
	depth int // open paragraphs where it began
}

func read(content io.Reader) ([]string, error) {
	decoder := xml.NewDecoder(content)
	var r reader
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return r.done, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if unread[t.Name.Local] {
				if err := decoder.Skip(); err != nil {
					return nil, err
				}
				continue
			}
			r.start(t)
		case xml.EndElement:
			r.end(t.Name.Local)
		case xml.CharData:
			if r.inText && !r.hidden {
				r.write(string(t))
			}
		}
	}
}

func (r *reader) start(t xml.StartElement) {
	switch t.Name.Local {
	case "p":
		r.open = append(r.open, &strings.Builder{})
	case "tr":
		r.rows = append(r.rows, &row{depth: len(r.open)})
	case "tc":
		if n := len(r.rows); n > 0 {
			r.rows[n-1].cells = append(r.rows[n-1].cells, "")
		}
	case "r":
		r.hidden = false
	case "vanish":
		r.hidden = value(t) != "0" && value(t) != "false"
	case "t":
		r.inText = true
	case "tab", "ptab":
		if len(r.open) > 0 && !r.hidden {
			r.write(" ")
		}
	case "br", "cr":
		r.write("\n")
	case "noBreakHyphen":
		r.write("-")
	}
}

func value(t xml.StartElement) string {
	for _, a := range t.Attr {
		if a.Name.Local == "val" {
			return a.Value
		}
	}
	return ""
}

func (r *reader) write(text string) {
	if n := len(r.open); n > 0 {
		r.open[n-1].WriteString(text)
	}
}

func (r *reader) end(name string) {
	switch name {
	case "t":
		r.inText = false
	case "r":
		r.hidden = false
	case "p":
		if n := len(r.open); n > 0 {
			text := r.open[n-1].String()
			r.open = r.open[:n-1]
			r.put(text)
		}
	case "tr":
		if n := len(r.rows); n > 0 {
			cells := r.rows[n-1].cells
			r.rows = r.rows[:n-1]
			r.put(strings.Join(strings.Fields(strings.Join(cells, " ")), " "))
		}
	}
}

// put ends a paragraph: into the cell that it stands in, or by itself.
func (r *reader) put(text string) {
	if n := len(r.rows); n > 0 && len(r.rows[n-1].cells) > 0 {
		cells := r.rows[n-1].cells
		cells[len(cells)-1] += " " + strings.Join(strings.Fields(text), " ")
		return
	}
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			r.done = append(r.done, line)
		}
	}
}
