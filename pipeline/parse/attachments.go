package parse

import (
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"tongbao"
)

// documents are the endings of the attachments that may be notices. Those of
// old offices and OFD are among them, so that somebody is told that they are
// not read.
var documents = []string{".pdf", ".docx", ".doc", ".wps", ".ofd"}

// ReadAttachments returns the links of a page to documents: below the elements
// that the page's description names for them, else anywhere in the page.
func ReadAttachments(page tongbao.Page, c *Catalogue) ([]Link, error) {
	s, err := readListed(page)
	if err != nil {
		return nil, err
	}
	return s.attachments(c), nil
}

func (p *listed) attachments(c *Catalogue) []Link {
	g := gathered{page: p, known: map[string]bool{}}
	for _, d := range c.sites {
		if len(d.Attachments) == 0 || !d.fits(p.page) {
			continue
		}
		for i := range d.Attachments {
			for _, n := range d.Attachments[i].in(p.page).Nodes {
				p.documents(n, &g)
			}
		}
	}
	if len(g.links) == 0 {
		p.documents(p.doc.Nodes[0], &g)
	}
	return g.links
}

func (p *listed) documents(root *html.Node, g *gathered) {
	walk(root, func(n *html.Node) bool {
		if n.DataAtom == atom.A && isDocument(attribute(n, "href"), heading(n)+" "+attribute(n, "title")+" "+attribute(n, "download")) {
			g.add(attribute(n, "href"), linkTitle(n), "")
		}
		return true
	}, func(*html.Node) {})
}

// isDocument reports whether an address ends as a document does, or is one of
// a script (download.jsp?id=7) and is called as one.
func isDocument(href, called string) bool {
	place, query, asked := strings.Cut(strings.ToLower(href), "?")
	place, _, _ = strings.Cut(place, "#")
	if slices.Contains(documents, path.Ext(place)) {
		return true
	}
	if !asked && !strings.Contains(place, "download") {
		return false
	}
	for word := range strings.FieldsFuncSeq(strings.ToLower(query)+" "+strings.ToLower(called), func(r rune) bool { return strings.ContainsRune(" &=()（）[]【】《》“”", r) }) {
		if slices.Contains(documents, path.Ext(word)) {
			return true
		}
	}
	return false
}
