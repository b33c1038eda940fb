package parse

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"tongbao"
)

// A List is what a list page says.
type List struct {
	Site     string    // the description that read it; "" for common patterns
	Articles []Link    // in the order of the page, each address once
	Next     []Request // the pages that follow, in order; at most MaxPages, on the page's own host
}

// A Link is an address that a page names. Relative addresses stay so where
// nothing tells what they are relative to.
type Link struct {
	URL   string // without fragment
	Title string // as printed; the whole of it where the page keeps it beside a shortened one
	Date  string // RFC 3339 at +08:00, or an ISO day; "" where none is printed
}

// A Request asks for a page of a list.
type Request struct {
	Method      string // GET or POST
	URL         string
	ContentType string // of the body
	Body        []byte
	Made        bool // by a description, not linked to: it is the list's wherever it lies on the host
}

// MaxPages is how many following pages are taken from one page's word.
const MaxPages = 2000

// ErrNoList says that no list was found in a page.
var ErrNoList = errors.New("no list of notices was found in the page")

// ReadList reads a list page, or an answer of a list's own service, by the
// first description that finds an item or a following page; else by common
// patterns: links beside days, and the usual ways of numbering pages.
func ReadList(page tongbao.Page, c *Catalogue) (List, error) {
	s, err := readListed(page)
	if err != nil {
		return List{}, err
	}
	for _, d := range c.sites {
		if d.List == nil || d.common() || !d.listFits(s) {
			continue
		}
		if l := d.readList(s); len(l.Articles) > 0 || len(l.Next) > 0 {
			if len(l.Next) == 0 {
				l.Next = c.commonNext(s)
			}
			return l, nil
		}
		if !looksLikeHTML(s.text) && !d.List.unconditional() {
			return List{Site: d.Name}, nil // an answer that says there is no more
		}
	}
	l := List{Articles: s.dated(fewestItems), Next: c.commonNext(s)}
	if len(l.Articles) == 0 && !s.hasProse(c, false) && len(s.densest()) == 0 {
		l.Articles = s.dated(1) // the last page of a list may hold but one
	}
	if len(l.Articles) == 0 {
		return List{}, fmt.Errorf("%w: is it an article, or a list that a script fetches? name the addresses of the articles, or describe the site (docs/sites.md)", ErrNoList)
	}
	return l, nil
}

// listed is a page that is read as a list.
type listed struct {
	*page
	text string // its source
	own  string // its address
}

func readListed(from tongbao.Page) (*listed, error) {
	if len(bytes.TrimSpace(from.Body)) == 0 {
		return nil, fmt.Errorf("%w: save the page again", ErrEmpty)
	}
	if isOffice(from.Body) {
		return nil, fmt.Errorf("%w but a document: it is read as a notice", ErrNotText)
	}
	text, err := pageText(from)
	if err != nil {
		return nil, err
	}
	markup := text
	if isJSON(text) {
		markup = ""
	}
	root, err := parseMarkup(markup)
	if err != nil {
		return nil, fmt.Errorf("%w: the markup cannot be read: %w", ErrNoList, err)
	}
	s := &listed{page: newPage(root, from.URL), text: text, own: from.URL}
	if s.base != nil {
		s.own = s.base.String()
	}
	if u, err := url.Parse(from.URL); err == nil && u.Host != "" {
		s.own = from.URL // a <base> is another address
	}
	return s, nil
}

func isJSON(text string) bool {
	start := strings.TrimLeft(text, " \t\r\n\uFEFF")
	return strings.HasPrefix(start, "{") || strings.HasPrefix(start, "[")
}

// common reports whether the description is of no site and no system.
func (s *site) common() bool { return s.List.unconditional() && len(s.Hosts) == 0 }

func (l *listRule) unconditional() bool {
	return l.Match.finder == nil && l.Address.Regexp == nil && l.Source.Regexp == nil
}

func (s *site) listFits(p *listed) bool {
	l := s.List
	switch {
	case len(s.Hosts) > 0 && p.host != "" && !s.hasHost(p.host, p.hostPort), len(s.Hosts) > 0 && p.host == "" && l.unconditional():
		return false
	case l.Match.finder != nil && l.Match.in(p.page).Length() == 0:
		return false
	case l.Address.Regexp != nil && !l.Address.MatchString(p.own):
		return false
	}
	return l.Source.Regexp == nil || l.Source.MatchString(p.text)
}

func (s *site) readList(p *listed) List {
	l := List{Site: s.Name, Articles: s.List.articles(p)}
	for i := range s.List.Pages {
		if l.Next = s.List.Pages[i].next(p); len(l.Next) > 0 {
			break
		}
	}
	return l
}

// commonNext follows the rules that no site and no system claims.
func (c *Catalogue) commonNext(p *listed) []Request {
	for _, s := range c.sites {
		if s.List == nil || !s.common() {
			continue
		}
		for i := range s.List.Pages {
			if next := s.List.Pages[i].next(p); len(next) > 0 {
				return next
			}
		}
	}
	return nil
}

// articles finds the items in each of the ways that the rule knows.
func (l *listRule) articles(p *listed) []Link {
	g := gathered{page: p, known: map[string]bool{}}
	if l.JSON != nil {
		l.fromJSON(p, &g)
	}
	if l.Pattern.Regexp != nil {
		for _, m := range l.Pattern.FindAllStringSubmatch(p.text, mostItems) {
			item := map[string]string{}
			for i, name := range l.Pattern.SubexpNames() {
				item[name] = m[i]
			}
			g.add(unscript(item["url"]), oneLine(html.UnescapeString(unscript(item["title"]))), dayOf(item["date"]))
		}
	}
	if l.Embedded.Regexp != nil {
		for _, m := range l.Embedded.FindAllStringSubmatch(p.text, mostItems) {
			l.fromMarkup(unscript(m[1]), &g)
		}
	}
	for i := range l.Items {
		if len(g.links) > 0 {
			break
		}
		for _, n := range l.Items[i].in(p.page).Nodes {
			l.item(n, &g)
		}
	}
	if len(g.links) == 0 && len(l.Items) == 0 && !isJSON(p.text) {
		return p.dated(1) // the description says that it is a list
	}
	return g.links
}

// mostItems is how many items of one page are looked at.
const mostItems = 5000

// fromMarkup reads an item out of markup that a script or an answer holds.
func (l *listRule) fromMarkup(text string, g *gathered) {
	root, err := parseMarkup(text)
	if err != nil {
		return
	}
	fragment, before := newPage(root, ""), len(g.links)
	for i := range l.Items {
		for _, n := range l.Items[i].in(fragment).Nodes {
			l.item(n, g)
		}
		if len(g.links) > before {
			return
		}
	}
	l.item(root, g)
}

// item reads one item.
func (l *listRule) item(n *html.Node, g *gathered) {
	a := l.link(n)
	if a == nil {
		return
	}
	title := linkTitle(a)
	if l.Title.finder != nil {
		if t := l.Title.finder.MatchAll(n); len(t) > 0 {
			title = firstNonEmpty(longer(heading(t[0]), title), title)
		}
	}
	date := ""
	if l.Date.finder != nil {
		for _, d := range l.Date.finder.MatchAll(n) {
			date = firstNonEmpty(date, dayIn(d))
		}
	}
	g.add(attribute(a, "href"), title, firstNonEmpty(date, dayIn(n)))
}

func (l *listRule) link(n *html.Node) *html.Node {
	candidates := []*html.Node{n}
	if l.Link.finder != nil {
		candidates = l.Link.finder.MatchAll(n)
	}
	for _, c := range candidates {
		if a := firstLink(c); a != nil {
			return a
		}
	}
	return nil
}

func (l *listRule) fromJSON(p *listed, g *gathered) {
	text := p.text
	if i, j := strings.IndexAny(text, "{["), strings.LastIndexAny(text, "}]"); i >= 0 && j > i {
		text = text[i : j+1] // JSONP wraps it in a call
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var all any
	if decoder.Decode(&all) != nil {
		return
	}
	items, _ := at(all, l.JSON.Items).([]any)
	for _, item := range items[:min(len(items), mostItems)] {
		if l.JSON.Markup != "" {
			l.fromMarkup(asText(at(item, l.JSON.Markup)), g)
			continue
		}
		address := asText(at(item, l.JSON.URL))
		if l.JSON.Address != "" {
			address = fill(l.JSON.Address, fields(item))
		}
		g.add(address, oneLine(stripped(asText(at(item, l.JSON.Title)))), momentOf(asText(at(item, l.JSON.Date))))
	}
}
