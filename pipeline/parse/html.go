package parse

import (
	"fmt"
	"net/url"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readHTML reads a page by the first description that fits and yields a body;
// else by common patterns; else by containers of common names. Where the page
// is of a described site that it does not fit, the article's fit says so, with
// an error too.
func (c *Catalogue) readHTML(text, address string) (article, error) {
	root, err := parseMarkup(text)
	if err != nil {
		return article{}, fmt.Errorf("%w: the markup cannot be read (%w); copy the text into a .txt file", ErrNoBody, err)
	}
	p := newPage(root, address)
	var fitting []*site
	for _, s := range c.sites {
		if s.fits(p) {
			fitting = append(fitting, s)
		}
	}
	a, err := p.readBy(fitting)
	if drift := c.drift(p, fitting); drift != nil && a.fit.Drift == nil {
		a.fit.Drift = drift
	}
	return a, err
}

func (p *page) readBy(fitting []*site) (article, error) {
	for _, s := range fitting {
		body := p.body(s)
		if body == nil || s.Weak {
			continue
		}
		if found := p.cutShort(s, body); found != nil {
			a := p.assemble(s, found, nil)
			a.fit.Drift = &Drift{s.Name, LacksLength}
			return a, nil
		}
		return p.article(s, body), nil
	}
	described := &site{} // it may name title and time where it does not know the body
	if len(fitting) > 0 && !fitting[0].Weak {
		described = fitting[0]
	}
	if found := p.densest(); len(found) > 0 {
		_, title := p.title(described)
		return p.assemble(described, p.within(title, found), nil), nil
	}
	for _, s := range fitting {
		if body := p.body(s); body != nil {
			return p.article(s, body), nil
		}
	}
	return article{}, fmt.Errorf("%w: %s", ErrNoBody, adviceNoBody)
}

// body returns the element with most text outside links among those of the
// first selector that finds one with enough of it: pages repeat a container
// for their columns.
func (p *page) body(s *site) *html.Node {
	for i := range s.Body {
		var best *html.Node
		for _, n := range s.Body[i].in(p).Nodes {
			if size := p.sizes[n]; size.enough() && (best == nil || size.plain > p.sizes[best].plain) {
				best = n
			}
		}
		if best != nil {
			return best
		}
	}
	return nil
}

// enough reports whether an element that a description names can be a body. A
// case may be made public in one sentence; a name and a day are no body.
func (s size) enough() bool { return s.plain >= 60 || s.plain >= 16 && s.prose > 0 }

func (p *page) article(s *site, body *html.Node) article {
	for i := range s.Drop {
		for _, n := range s.Drop[i].finder.MatchAll(body) {
			if n != body && n.Parent != nil {
				n.Parent.RemoveChild(n)
			}
		}
	}
	a := p.assemble(s, paragraphs(body), body)
	a.fit.Site = s.Name
	return a
}

// assemble puts the article together: what the description names, then the
// lines of source and time met in the body, then the rest of the page.
func (p *page) assemble(s *site, found []string, body *html.Node) article {
	a := article{}
	var at *html.Node
	a.title, at = p.title(s)
	var inBody string
	a.paragraphs, inBody = trimFurniture(found, a.title)
	if a.title == "" && len(a.paragraphs) > 1 && endsLikeTitle(a.paragraphs[0]) && !isProse(a.paragraphs[0]) {
		a.title, a.paragraphs = a.paragraphs[0], a.paragraphs[1:]
	}
	lines := p.lines(s.Meta) + inBody
	a.source = firstNonEmpty(p.namedSource(s.Source), between(p.doc.Nodes[0], s.Marks.Source), sourceIn(lines))
	a.published = firstNonEmpty(publishedIn(p.lines(s.Published)), publishedIn(lines))
	if a.source == "" || a.published == "" {
		around := p.metaLines(body)
		a.source = firstNonEmpty(a.source, sourceIn(around), p.meta["contentsource"])
		a.published = firstNonEmpty(a.published, publishedIn(around), p.bareDay(at, body))
	}
	for _, name := range []string{"pubdate", "publishdate", "firstpublishedtime", "article:published_time"} {
		a.published = firstNonEmpty(a.published, publishedIn(p.meta[name]))
	}
	return a
}

func firstNonEmpty(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}

// between returns the text between the comments <!--NAMEbegin--> and
// <!--NAMEend-->, as 大汉 JCMS sets them; "" where name is.
func between(root *html.Node, name string) string {
	if name == "" {
		return ""
	}
	var b strings.Builder
	inside, done := false, false
	walk(root, func(n *html.Node) bool {
		switch {
		case n.Type == html.CommentNode:
			mark := strings.TrimSpace(n.Data)
			inside = inside && mark != name+"end" || !done && mark == name+"begin"
			done = done || inside
		case n.Type == html.TextNode && inside && b.Len() < longestMetaLine:
			b.WriteString(n.Data)
		}
		return !skipped[n.DataAtom]
	}, func(*html.Node) {})
	return oneLine(b.String())
}

// densest returns the body of a page that no description knows, as
// go-readability finds it, if it reads like prose: lists of links, footers and
// the captions of picture pages are none.
func (p *page) densest() []string {
	base := &url.URL{Scheme: "http", Host: "localhost", Path: "/"}
	found, err := readability.FromDocument(p.doc.Nodes[0], base)
	if err != nil || found.Node == nil {
		return nil
	}
	walk(found.Node, func(n *html.Node) bool { // the library makes elements without their number
		if n.Type == html.ElementNode {
			n.DataAtom = atom.Lookup([]byte(n.Data))
		}
		return true
	}, func(*html.Node) {})
	size := newPage(found.Node, "").whole(found.Node)
	if size.plain < 25 || size.links > size.plain {
		return nil
	}
	lines := paragraphs(found.Node)
	for _, line := range lines {
		if isProse(line) && !isControls(line) && !headingLine.MatchString(line) {
			return lines
		}
	}
	return nil
}

// whole is the size of a tree.
func (p *page) whole(root *html.Node) size {
	s := p.sizes[root]
	for n := root.FirstChild; n != nil; n = n.NextSibling {
		if root.Type != html.ElementNode {
			c := p.sizes[n]
			s.plain, s.links = s.plain+c.plain, s.links+c.links
		}
	}
	return s
}
