package parse

import (
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// blocks are the elements that begin and end a paragraph.
var blocks = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Br: true, atom.Li: true, atom.Ul: true, atom.Ol: true, atom.Tr: true, atom.Table: true, atom.Tbody: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Section: true, atom.Article: true,
	atom.Blockquote: true, atom.Dl: true, atom.Dt: true, atom.Dd: true, atom.Hr: true, atom.Center: true, atom.Pre: true, atom.Form: true, atom.Fieldset: true, atom.Figure: true, atom.Figcaption: true, atom.Header: true, atom.Footer: true,
}

// skipped are the elements whose text is not the page's.
var skipped = map[atom.Atom]bool{atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Iframe: true, atom.Select: true, atom.Button: true, atom.Textarea: true, atom.Title: true, atom.Head: true, atom.Object: true}

// A writer gathers the paragraphs of a body.
type writer struct {
	done []string
	line strings.Builder
}

func (w *writer) flush() {
	if p := strings.TrimSpace(visible(w.line.String())); p != "" {
		w.done = append(w.done, p)
	}
	w.line.Reset()
}

// paragraphs returns the text of an element paragraph by paragraph. A row of a
// table is one paragraph, its cells parted by a space. The walk keeps no stack,
// so that the depth of the markup does not matter.
func paragraphs(s *goquery.Selection) []string {
	var w writer
	for _, root := range s.Nodes {
		cells := 0 // open cells: blocks inside one do not end the row
		for n, entering := root, true; ; {
			if entering {
				cells += w.enter(n, cells)
			}
			next, down := step(root, n, entering && !skipped[n.DataAtom])
			if !down {
				cells += w.leave(n, cells)
			}
			if next == nil {
				break
			}
			n, entering = next, down || next != n.Parent
		}
		w.flush()
	}
	return w.done
}

// step goes on in document order: to the first child, else the next sibling,
// else back to the parent. down is false when the node is left.
func step(root, n *html.Node, mayEnter bool) (next *html.Node, down bool) {
	if mayEnter && n.FirstChild != nil {
		return n.FirstChild, true
	}
	if n == root {
		return nil, false
	}
	if n.NextSibling != nil {
		return n.NextSibling, false
	}
	return n.Parent, false
}

func (w *writer) enter(n *html.Node, cells int) int {
	switch {
	case n.Type == html.TextNode:
		w.line.WriteString(flat(n.Data))
	case n.Type != html.ElementNode:
	case n.DataAtom == atom.Td || n.DataAtom == atom.Th:
		if small(n) {
			if cells == 0 && w.line.Len() > 0 {
				w.line.WriteByte(' ')
			}
			return 1
		}
		w.flush()
	case blocks[n.DataAtom] && cells == 0:
		w.flush()
	}
	return 0
}

func (w *writer) leave(n *html.Node, cells int) int {
	if n.Type != html.ElementNode {
		return 0
	}
	if n.DataAtom == atom.Td || n.DataAtom == atom.Th {
		if cells > 0 && small(n) {
			return -1
		}
		w.flush()
		return 0
	}
	if blocks[n.DataAtom] && cells == 0 {
		w.flush()
	}
	return 0
}

// cellLimit is the length in bytes up to which a cell is one of a table of
// figures; longer cells lay out a page.
const cellLimit = 400

// small reports whether a cell holds no table and little text.
func small(cell *html.Node) bool {
	length := 0
	for n, down := cell, true; n != nil; {
		if down && n.Type == html.TextNode {
			if length += len(strings.TrimSpace(n.Data)); length > cellLimit {
				return false
			}
		}
		if n != cell && n.DataAtom == atom.Table {
			return false
		}
		next, entering := step(cell, n, down)
		down = entering || next != nil && next != n.Parent
		n = next
	}
	return true
}

// flat folds the line ends of the markup, which mean a space at the most and
// between Chinese characters nothing.
func flat(text string) string {
	if !strings.ContainsAny(text, "\n\r\t") {
		return text
	}
	var b strings.Builder
	for i, line := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		if i > 0 || strings.HasPrefix(text, "\n") || strings.HasPrefix(text, "\r") {
			line = strings.TrimLeft(line, " \t")
		}
		b.WriteString(strings.ReplaceAll(line, "\t", ""))
	}
	return b.String()
}
