package sitetest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A host is one site.
type host struct {
	world    *World
	number   int
	layout   *layout
	charset  string
	name     string
	robots   Robots
	packing  packing
	sections []*section
	byPath   map[string]*Article
	count    int
	rebuilt  bool
	address  string // once it listens
}

// A section is a column of a host.
type section struct {
	host     *host
	key      string
	name     string
	number   int
	articles []*Article // oldest first
}

// packing is what a host does beside sending bytes.
type packing struct {
	gzip, etag, modified bool
}

func newHost(w *World, number int) *host {
	l := layouts[number%len(layouts)]
	h := &host{world: w, number: number, layout: l, charset: l.charset, byPath: map[string]*Article{}, robots: usualRobots[number%len(usualRobots)]}
	if number/len(layouts)%2 == 1 {
		h.charset = map[string]string{"gbk": "utf-8", "utf-8": "gbk"}[l.charset]
	}
	h.packing = packing{gzip: number%3 != 2, etag: number%4 < 2, modified: number%4 > 0}
	h.name = counties[number%len(counties)] + []string{"纪委监委网站", "人民政府网", "廉政网"}[number%3]
	h.sections = []*section{
		{host: h, key: "xszg", name: "巡视整改", number: 1001 + 10*number},
		{host: h, key: "tbbg", name: "通报曝光", number: 1002 + 10*number},
	}
	return h
}

func (h *host) base() string {
	if h.address != "" {
		return "http://" + h.address
	}
	return fmt.Sprintf("http://host%d.example", h.number)
}

// china is the zone in which sites print their times.
var china = time.FixedZone("CST", 8*60*60)

// add puts a notice on the host, newer than all before it.
func (h *host) add(notice, from int) *Article {
	s := h.sections[0]
	if h.world.genre(notice) != rectification {
		s = h.sections[1]
	}
	r := h.world.draw(h.name, h.count)
	at := time.Date(2019, 3, 4, 8+r.IntN(10), r.IntN(60), r.IntN(60), 0, china).AddDate(0, 0, 4*h.count+r.IntN(4))
	a := &Article{Host: h.number, Notice: notice, Near: -1, Form: HTML, Section: s.key, world: h.world, id: 4100 + 7*h.count, published: at, from: from}
	h.count++
	s.articles = append(s.articles, a)
	a.place()
	return a
}

// index makes the articles findable by path.
func (h *host) index() {
	for _, s := range h.sections {
		for _, a := range s.articles {
			h.byPath[a.Path] = a
			for _, f := range a.Files {
				h.byPath[f.Path] = f
			}
		}
	}
}

func (a *Article) section() *section {
	h := a.world.hosts[a.Host]
	return h.sections[max(0, slices.IndexFunc(h.sections, func(s *section) bool { return s.key == a.Section }))]
}

// shown are the section's pages of today, newest first.
func (s *section) shown() []*Article {
	today := s.host.world.today()
	list := make([]*Article, 0, len(s.articles))
	for _, a := range s.articles {
		if a.from <= today {
			list = append(list, a)
		}
	}
	slices.SortStableFunc(list, func(a, b *Article) int { return b.published.Compare(a.published) })
	return list
}

func (s *section) pages() int { return pagesOf(len(s.shown()), s.host.layout.perPage) }

func pagesOf(items, perPage int) int { return max(1, (items+perPage-1)/perPage) }

// Enorth's folders of list pages.
func (s *section) enorthNumber() string { return fmt.Sprintf("%07d000000000000", s.number) }
func (s *section) enorth() string {
	return fmt.Sprintf("/%s/system/count/%07d/000000000000", s.key, s.number)
}

// listPage finds the list page that stands at a path.
func (h *host) listPage(path string) (s *section, page int, ok bool) {
	for _, s := range h.sections {
		pages := s.pages()
		for page := range pages {
			if h.layout.list(s, page, pages) == path {
				return s, page, true
			}
		}
		if first := h.layout.list(s, 0, pages); h.layout.wraps && strings.HasPrefix(path, first+"&page=") {
			return s, pages - 1, true
		}
	}
	return nil, 0, false
}

func byStart(log []Hit) []Hit {
	return slices.SortedStableFunc(slices.Values(log), func(a, b Hit) int {
		return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.Host, b.Host))
	})
}
