package parse

import (
	"unicode/utf8"

	"tongbao"
)

// A Kind says what a page is to a crawler.
type Kind string

// The kinds that are told apart.
const (
	KindArticle Kind = "article" // a notice, or a document
	KindList    Kind = "list"    // of articles: ReadList
	KindSitemap Kind = "sitemap" // ReadSitemap
	KindOther   Kind = "other"   // neither: a picture, a front page, an empty answer
)

// KindOf tells what a page is, so that a user may name any address: by the
// descriptions of the catalogue, else by whether prose or links beside days
// make most of it.
func KindOf(page tongbao.Page, c *Catalogue) Kind {
	switch {
	case isSitemap(page.Body):
		return KindSitemap
	case isOffice(page.Body):
		return KindArticle // documents that are not read are refused by name
	}
	s, err := readListed(page)
	if err != nil {
		return KindOther
	}
	if s.hasProse(c, true) {
		return KindArticle
	}
	for _, d := range c.sites {
		if d.List != nil && !d.common() && d.listFits(s) && len(d.List.articles(s)) > 0 {
			return KindList
		}
	}
	if isJSON(s.text) {
		return KindOther
	}
	if !looksLikeHTML(s.text) {
		for _, line := range readText(s.text).paragraphs {
			if isProse(line) {
				return KindArticle
			}
		}
		return KindOther
	}
	return s.kindOfUnknown(c)
}

// fewestItems is how many links beside days make a page look like a list.
const fewestItems = 3

// proseOfItem is how many characters of prose a list may have for each of its
// items: the beginning of the article.
const proseOfItem = 120

func (p *listed) kindOfUnknown(c *Catalogue) Kind {
	items, prose := len(p.dated(fewestItems)), 0
	for _, line := range p.densest() {
		if isProse(line) && dayOf(line) == "" {
			prose += utf8.RuneCountInString(line)
		}
	}
	switch {
	case items >= 5 && prose < items*proseOfItem:
		return KindList
	case prose > 0 || p.hasProse(c, false):
		return KindArticle
	case items >= 3:
		return KindList
	}
	return KindOther
}

// hasProse reports whether a description finds a body of prose: one that also
// knows the title (surely), or any.
func (p *listed) hasProse(c *Catalogue, surely bool) bool {
	for _, s := range c.sites {
		if s.fits(p.page) && (!surely || !s.Weak && len(s.Title)+len(s.Published) > 0) {
			if body := p.body(s); body != nil && p.sizes[body].prose > 0 && p.sizes[body].plain > p.sizes[body].links {
				return true
			}
		}
	}
	return false
}
