package sitetest

import (
	"embed"
	"fmt"
	"sync"
	"text/template"
	"time"
)

// A layout is a content system, or a site's own make, with its addresses and
// templates (layouts/NAME.html).
type layout struct {
	name    string
	charset string // what most of its sites are in
	day     day
	styles  []style // of bodies, in turn
	perPage int
	article func(a *Article) string                  // its path
	list    func(s *section, page, pages int) string // the path of a list page, counted from 0; "" where only data follow
	wraps   bool                                     // a page number beyond the last shows the last page again
	short   int                                      // titles on list pages are cut off behind so many characters; 0: never
}

// A day is how a layout prints the time of publication.
type day struct {
	form string        // for time.Format
	unit time.Duration // what is printed at all: 24 h, a minute or a second
}

func (d day) print(t time.Time) string { return t.Format(d.form) }

// truth is what the contract makes of what is printed.
func (d day) truth(t time.Time) string {
	switch d.unit {
	case 24 * time.Hour:
		return t.Format(time.DateOnly)
	case time.Minute:
		return t.Format("2006-01-02T15:04") + ":00+08:00"
	}
	return t.Format("2006-01-02T15:04:05") + "+08:00"
}

const wholeDay = 24 * time.Hour

// layouts are the eight. Their addresses are those of the systems' sites.
var layouts = []*layout{
	{
		name: "enorth", charset: "gbk", day: day{"2006-01-02 15:04:05", time.Second}, styles: []style{styleBreaks, styleParagraphs}, perPage: 20,
		article: func(a *Article) string {
			return fmt.Sprintf("/%s/system/%s/%09d.shtml", a.Section, a.published.Format("2006/01/02"), a.id)
		},
		list: func(s *section, page, pages int) string {
			if page == 0 {
				return "/" + s.key + "/index.shtml"
			}
			return fmt.Sprintf("%s/000/000/c%s_%09d.shtml", s.enorth(), s.enorthNumber(), pages-page)
		},
	},
	{
		name: "trs", charset: "utf-8", day: day{"2006-01-02 15:04", time.Minute}, styles: []style{styleParagraphs, styleWord}, perPage: 20, short: 24,
		article: func(a *Article) string {
			return fmt.Sprintf("/%s/%s/t%s_%d.html", a.Section, a.published.Format("200601"), a.published.Format("20060102"), a.id)
		},
		list: numbered("/%s/index.html", "/%s/index_%d.html"),
	},
	{
		name: "tables", charset: "gbk", day: day{"2006-01-02", wholeDay}, styles: []style{styleBreaks, styleWord}, perPage: 25,
		article: func(a *Article) string {
			return fmt.Sprintf("/%s/%s/%d.htm", a.Section, a.published.Format("20060102"), a.id)
		},
		list: numbered("/%s/index.htm", "/%s/index_%d.htm"),
	},
	{
		name: "jcms", charset: "utf-8", day: day{"2006-01-02 15:04", time.Minute}, styles: []style{styleParagraphs, styleDivs}, perPage: 15,
		article: func(a *Article) string {
			return fmt.Sprintf("/art/%s/art_%d_%d.html", a.published.Format("2006/1/2"), a.section().number, a.id)
		},
		list: func(s *section, page, _ int) string {
			if page > 0 {
				return ""
			}
			return fmt.Sprintf("/col/col%d/index.html", s.number)
		},
	},
	{
		name: "vsb", charset: "utf-8", day: day{"2006年01月02日 15:04", time.Minute}, styles: []style{styleParagraphs, styleWord}, perPage: 15, short: 20,
		article: func(a *Article) string { return fmt.Sprintf("/info/%d/%d.htm", a.section().number, a.id) },
		list: func(s *section, page, pages int) string {
			if page == 0 {
				return "/" + s.key + ".htm"
			}
			return fmt.Sprintf("/%s/%d.htm", s.key, pages-page) // the second page has the highest number
		},
	},
	{
		name: "webplus", charset: "utf-8", day: day{"2006-01-02", wholeDay}, styles: []style{styleWord, styleParagraphs}, perPage: 14,
		article: func(a *Article) string {
			return fmt.Sprintf("/%s/c%da%d/page.htm", a.published.Format("2006/0102"), a.section().number, a.id)
		},
		list: func(s *section, page, _ int) string {
			if page == 0 {
				return "/" + s.key + "/list.htm"
			}
			return fmt.Sprintf("/%s/list%d.htm", s.key, page+1)
		},
	},
	{
		name: "breaks", charset: "gbk", day: day{"2006-1-2 15:04:05", time.Second}, styles: []style{styleBreaks}, perPage: 20, wraps: true,
		article: func(a *Article) string { return fmt.Sprintf("/detail.asp?id=%d", a.id) },
		list: func(s *section, page, _ int) string {
			if page == 0 {
				return fmt.Sprintf("/news.asp?cid=%d", s.number)
			}
			return fmt.Sprintf("/news.asp?cid=%d&page=%d", s.number, page+1)
		},
	},
	{
		name: "portal", charset: "utf-8", day: day{"2006-01-02 15:04:05", time.Second}, styles: []style{styleParagraphs, styleDivs}, perPage: 18,
		article: func(a *Article) string {
			return fmt.Sprintf("/%s/c%d/%s/content_%d.shtml", a.Section, a.section().number, a.published.Format("200601"), a.id)
		},
		list: func(s *section, page, _ int) string {
			if page > 0 {
				return ""
			}
			return fmt.Sprintf("/%s/c%d/list.shtml", s.key, s.number)
		},
	},
}

// numbered makes list addresses whose second page is number 1.
func numbered(first, rest string) func(s *section, page, pages int) string {
	return func(s *section, page, _ int) string {
		if page == 0 {
			return fmt.Sprintf(first, s.key)
		}
		return fmt.Sprintf(rest, s.key, page)
	}
}

//go:embed layouts/*.html layouts/*.toml
var layoutFiles embed.FS

// templates holds those of each layout, with the shared ones.
var templates = sync.OnceValue(func() map[string]*template.Template {
	set := map[string]*template.Template{}
	for _, l := range layouts {
		// Our own files, which a test renders: Must may panic.
		set[l.name] = template.Must(template.ParseFS(layoutFiles, "layouts/shared.html", "layouts/"+l.name+".html"))
	}
	return set
})
