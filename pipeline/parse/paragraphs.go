package parse

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// blocks are the elements that begin and end a paragraph.
var blocks = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Br: true, atom.Li: true, atom.Ul: true, atom.Ol: true, atom.Tr: true, atom.Table: true, atom.Tbody: true, atom.Thead: true, atom.Tfoot: true, atom.Caption: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Section: true, atom.Article: true, atom.Aside: true, atom.Main: true, atom.Nav: true,
	atom.Blockquote: true, atom.Dl: true, atom.Dt: true, atom.Dd: true, atom.Hr: true, atom.Center: true, atom.Pre: true, atom.Form: true, atom.Fieldset: true, atom.Figure: true, atom.Figcaption: true, atom.Header: true, atom.Footer: true, atom.Address: true, atom.Details: true, atom.Summary: true, atom.Body: true,
}

// skipped are the elements whose text is not the page's.
var skipped = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Iframe: true, atom.Select: true, atom.Button: true, atom.Textarea: true, atom.Title: true, atom.Head: true, atom.Object: true,
	atom.Template: true, atom.Svg: true, atom.Video: true, atom.Audio: true, atom.Canvas: true, atom.Map: true, atom.Input: true,
}

// A writer gathers the paragraphs of a body.
type writer struct {
	done  []string
	line  strings.Builder
	last  rune // the last character of line
	space bool // white space of the markup is due
	wrap  bool // and it holds a line end
	cells int  // open cells of a row that is one paragraph
	rows  map[*html.Node]bool
}

// paragraphs returns the text below root paragraph by paragraph, each trimmed,
// none empty.
func paragraphs(root *html.Node) []string {
	w := writer{rows: map[*html.Node]bool{}}
	walk(root, w.enter, w.leave)
	w.flush()
	return w.done
}

// enter reports whether the text below the node is the page's.
func (w *writer) enter(n *html.Node) bool {
	switch n.Type {
	case html.TextNode:
		w.text(n)
		return false
	case html.ElementNode:
	default:
		return n.Type == html.DocumentNode
	}
	if skipped[n.DataAtom] {
		return false
	}
	switch {
	case n.DataAtom == atom.Td || n.DataAtom == atom.Th:
		if w.cells > 0 || w.inRow(n) {
			w.cells++
			w.part()
			return true
		}
		w.flush()
	case blocks[n.DataAtom] && w.cells == 0:
		w.flush()
	case n.DataAtom == atom.Br:
		w.space, w.wrap = true, true
	case blocks[n.DataAtom]:
		w.part()
	}
	return true
}

func (w *writer) leave(n *html.Node) {
	if n.Type != html.ElementNode {
		return
	}
	cell := n.DataAtom == atom.Td || n.DataAtom == atom.Th
	switch {
	case cell && w.cells > 0:
		w.cells--
		w.part()
	case w.cells == 0 && (cell || blocks[n.DataAtom]):
		w.flush()
	}
}

// part sets one space between the cells of a row, and between the paragraphs
// of a cell. (A <br> in a cell only wraps a word: 党内<br>警告.)
func (w *writer) part() {
	if w.line.Len() > 0 && w.last != ' ' {
		w.put(' ')
	}
	w.space, w.wrap = false, false
}

func (w *writer) put(r rune) {
	w.line.WriteRune(r)
	w.last = r
}

func (w *writer) flush() {
	for line := range strings.SplitSeq(w.line.String(), "\n") {
		if p := strings.TrimSpace(line); p != "" {
			w.done = append(w.done, p)
		}
	}
	w.line.Reset()
	w.last, w.space, w.wrap = 0, false, false
}

// text adds a piece of text. White space of the markup counts as in a browser:
// a run is one space; but where it holds a line end, and a Chinese character
// stands on either side, it only wraps the source and is nothing. &nbsp; and
// U+3000 are characters like others.
func (w *writer) text(n *html.Node) {
	asIs := n.Parent != nil && n.Parent.DataAtom == atom.Pre
	for _, r := range visible(n.Data) {
		switch {
		case asIs && r == '\n' && w.cells == 0:
			w.flush()
			continue
		case r == ' ':
			w.space = true
			continue
		case r == '\n':
			w.space, w.wrap = true, true
			continue
		}
		if w.space && w.line.Len() > 0 && w.last != ' ' && (!w.wrap || narrow(w.last) && narrow(r)) {
			w.put(' ')
		}
		w.space, w.wrap = false, false
		w.put(r)
	}
}

// narrow reports whether a character is of a script that parts its words.
func narrow(r rune) bool { return r < 0x2000 && !unicode.IsSpace(r) }

// longestCell is the length in characters up to which a cell is one of a table
// of figures; longer cells lay out a page or hold prose.
const longestCell = 300

// inRow reports whether a cell stands in a row that is one paragraph. Each row
// is looked at once.
func (w *writer) inRow(cell *html.Node) bool {
	tr := cell.Parent
	if tr == nil || tr.DataAtom != atom.Tr {
		return false
	}
	row, known := w.rows[tr]
	if !known {
		row = isRow(tr)
		w.rows[tr] = row
	}
	return row
}

// isRow reports whether a <tr> is a row of a table that says something: two or
// more cells with text, no table inside, no cell of prose.
func isRow(tr *html.Node) bool {
	filled, length, refused := 0, 0, false
	walk(tr, func(n *html.Node) bool {
		switch {
		case refused || skipped[n.DataAtom]:
			return false
		case n.DataAtom == atom.Table:
			refused = true
		case n.DataAtom == atom.Td, n.DataAtom == atom.Th:
			length = 0
		case n.Type == html.TextNode:
			more := utf8.RuneCountInString(strings.TrimSpace(n.Data))
			if length == 0 && more > 0 {
				filled++
			}
			if length += more; length > longestCell {
				refused = true
			}
		}
		return !refused
	}, func(*html.Node) {})
	return !refused && filled >= 2
}
