package parse

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A page is the tree of a page with what one walk through it tells.
type page struct {
	doc      *goquery.Document
	host     string   // of the address, or of the address that the page says it was saved from
	hostPort string   // host with the port, where the address has one
	base     *url.URL // what its links are relative to; nil where nothing tells
	window   string   // the window's title
	meta     map[string]string
	names    map[string]bool // "#id" and ".class" of its elements
	sizes    map[*html.Node]size
}

// A size is how much text stands below an element, in characters without white
// space, and where the element stands.
type size struct {
	place int // number in document order
	plain int // outside links
	links int // inside links
	prose int // sentences and clauses: marks of Chinese punctuation outside links
	parts int // elements below
}

func newPage(root *html.Node, address string) *page {
	p := &page{doc: goquery.NewDocumentFromNode(root), meta: map[string]string{}, names: map[string]bool{}, sizes: map[*html.Node]size{}}
	r := reader{page: p}
	walk(root, r.enter, r.leave)
	for _, a := range []string{address, r.savedFrom, p.meta["canonical"], p.meta["og:url"]} {
		if u, err := url.Parse(a); err == nil && u.Hostname() != "" {
			p.host, p.hostPort, p.base = strings.ToLower(u.Hostname()), strings.ToLower(u.Host), u
			break
		}
	}
	if r.base != "" && p.base != nil {
		if u, err := p.base.Parse(r.base); err == nil {
			p.base = u
		}
	}
	return p
}

// A reader gathers what a page needs on one walk.
type reader struct {
	page      *page
	sum       size // of all that was met so far
	inLink    int
	savedFrom string
	base      string // <base href>
}

func (r *reader) enter(n *html.Node) bool {
	switch n.Type {
	case html.CommentNode:
		if _, from, ok := strings.Cut(n.Data, "saved from url=("); ok {
			_, from, _ = strings.Cut(from, ")")
			r.savedFrom = strings.TrimSpace(from)
		}
		return false
	case html.TextNode:
		r.count(n.Data)
		return false
	case html.ElementNode:
	default:
		return true
	}
	r.sum.place++
	r.sum.parts++
	r.names(n)
	switch n.DataAtom {
	case atom.Title:
		if r.page.window == "" && n.Namespace == "" && n.FirstChild != nil {
			r.page.window = oneLine(n.FirstChild.Data)
		}
	case atom.Meta:
		r.keep(attribute(n, "name")+attribute(n, "property"), attribute(n, "content"))
	case atom.Link:
		if strings.EqualFold(attribute(n, "rel"), "canonical") {
			r.keep("canonical", attribute(n, "href"))
		}
	case atom.Base:
		if r.base == "" {
			r.base = strings.TrimSpace(attribute(n, "href"))
		}
	case atom.A:
		r.inLink++
	}
	r.page.sizes[n] = size{r.sum.place, -r.sum.plain, -r.sum.links, -r.sum.prose, -r.sum.parts}
	return n.DataAtom == atom.Head || !skipped[n.DataAtom]
}

func (r *reader) leave(n *html.Node) {
	if n.Type != html.ElementNode {
		return
	}
	if n.DataAtom == atom.A {
		r.inLink--
	}
	s := r.page.sizes[n]
	s.plain, s.links, s.prose, s.parts = s.plain+r.sum.plain, s.links+r.sum.links, s.prose+r.sum.prose, s.parts+r.sum.parts
	r.page.sizes[n] = s
}

func (r *reader) keep(name, content string) {
	name, content = strings.ToLower(name), strings.TrimSpace(visible(content))
	if name != "" && content != "" && r.page.meta[name] == "" {
		r.page.meta[name] = content
	}
}

func (r *reader) names(n *html.Node) {
	for _, a := range n.Attr {
		switch a.Key {
		case "id":
			r.page.names["#"+a.Val] = true
		case "class":
			for class := range strings.FieldsSeq(a.Val) {
				r.page.names["."+class] = true
			}
		}
	}
}

func (r *reader) count(text string) {
	for _, c := range text {
		switch {
		case c <= ' ' || c == 0xA0 || c == 0x3000:
			continue
		case r.inLink > 0:
			r.sum.links++
			continue
		case strings.ContainsRune("。；，！？、", c):
			r.sum.prose++
		}
		r.sum.plain++
	}
}

// lines returns the text of the elements that the selectors find, a line each;
// an element too long to be a line of source and time is left aside.
func (p *page) lines(selectors []selector) string {
	var b strings.Builder
	for i := range selectors {
		for _, n := range selectors[i].in(p).Nodes {
			if p.short(n) {
				b.WriteString(line(n) + "\n")
			}
		}
	}
	return b.String()
}

// longestMetaLine is the length in characters up to which an element is asked
// for title, source and time.
const longestMetaLine = 300

func (p *page) short(n *html.Node) bool {
	s := p.sizes[n]
	return s.plain+s.links <= longestMetaLine && s.parts <= longestMetaLine
}

// line returns the text of an element as one line: what stands in parts of its
// own is parted by two spaces, so that labels and their values hold together.
func line(n *html.Node) string { return strings.Join(paragraphs(n), "  ") }

// heading returns the text of a heading, whose lines are one title.
func heading(n *html.Node) string {
	var b strings.Builder
	for _, part := range paragraphs(n) {
		last, _ := utf8.DecodeLastRuneInString(b.String())
		first, _ := utf8.DecodeRuneInString(part)
		if b.Len() > 0 && narrow(last) && narrow(first) {
			b.WriteByte(' ')
		}
		b.WriteString(part)
	}
	return oneLine(b.String())
}

// oneLine folds runs of white space to one space.
func oneLine(text string) string { return strings.Join(strings.Fields(visible(text)), " ") }
