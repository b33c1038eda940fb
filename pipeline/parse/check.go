package parse

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"tongbao"
)

// A Check is what a description extracts from a page, whether or not it would
// be chosen for it.
type Check struct {
	Site        string
	Kind        Kind // of the page, by this description alone
	Fits        bool // as an article: the host or, in a saved file, the mark
	FitsList    bool
	Selectors   []Selected // each selector of the description that is in use for such a page
	Title       string
	Source      string
	Published   string
	Paragraphs  []string // of the body; none where it is not found
	Attachments []Link
	List        List
}

// Selected is what one selector finds.
type Selected struct {
	Field    string // as in the file: title, body, list.items
	Selector string
	Found    int    // elements
	First    string // the beginning of the first one's text
}

// Characters is the length of the body.
func (c Check) Characters() int { return utf8.RuneCountInString(strings.Join(c.Paragraphs, "\n")) }

// Check applies the catalogue's one description (ReadDescription) to a page.
func (c *Catalogue) Check(page tongbao.Page) (Check, error) {
	if len(c.sites) != 1 {
		return Check{}, errors.New("a check is of one description")
	}
	d := c.sites[0]
	if page.URL != "" && !strings.Contains(page.URL, "://") && len(d.Hosts) > 0 {
		page.URL = "" // a saved file: the page itself, or nothing, says where it is from
	}
	s, err := readListed(page)
	if err != nil {
		return Check{}, fmt.Errorf("check %s: %w", d.Name, err)
	}
	found := Check{Site: d.Name, Kind: KindOf(page, c), Fits: d.fits(s.page), Selectors: d.selected(s)}
	if d.List != nil {
		found.FitsList = d.listFits(s)
		found.List = d.readList(s)
	}
	found.Attachments = s.attachments(c)
	if body := s.body(d); body != nil {
		a := s.article(d, body) // last, for it takes the tree apart
		found.Title, found.Source, found.Published, found.Paragraphs = a.title, a.source, a.published, a.paragraphs
	}
	return found, nil
}

// selected tries every selector of the description.
func (s *site) selected(p *listed) []Selected {
	var all []Selected
	try := func(field string, selectors ...selector) {
		for i := range selectors {
			if selectors[i].finder == nil {
				continue
			}
			nodes := selectors[i].in(p.page).Nodes
			first := ""
			if len(nodes) > 0 {
				first = beginning(nodes[0])
			}
			all = append(all, Selected{field, selectors[i].text, len(nodes), first})
		}
	}
	try("when", s.When)
	try("title", s.Title...)
	try("meta", s.Meta...)
	try("source", s.Source...)
	try("published", s.Published...)
	try("body", s.Body...)
	try("drop", s.Drop...)
	try("attachments", s.Attachments...)
	if s.List != nil {
		try("list.match", s.List.Match)
		try("list.items", s.List.Items...)
		for i := range s.List.Pages {
			try("list.pages.links", s.List.Pages[i].Links...)
		}
	}
	return all
}

// beginning is the first forty characters of an element.
func beginning(n *html.Node) string {
	text := []rune(strings.Join(paragraphs(n), " "))
	if len(text) > 40 {
		return string(text[:40]) + "…"
	}
	return string(text)
}
