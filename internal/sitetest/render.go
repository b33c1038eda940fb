package sitetest

import (
	"bytes"
	"fmt"
	"html"
	"strings"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// A view is what the templates see.
type view struct {
	Charset, Site, Column, Section, First string
	Session                               string
	Title, Heading, Window                string // plain; over two lines at times; cut off at times
	Source, Printed, Minute, Lie          string
	Body, Credit                          string
	ID, Number                            int
	Files, Others, Items                  []link
	Previous, Next                        *link
	Sections                              []box
	Page, Current, Pages, Total, PerPage  int
	FirstPage, PreviousPage               string
	NextPage, LastPage, CountScript       string
}

// A link is an entry of a list.
type link struct {
	N                             int
	Href, Title, Short, Name, Day string
	Abstract                      string
}

// A box is a section on the home page.
type box struct {
	Name, First string
	Items       []link
}

func (h *host) view(s *section) view {
	return view{
		Charset: declared(h.charset), Site: h.name, Column: s.name, Section: s.key, Number: s.number, First: h.layout.list(s, 0, 1),
		Session: session(h.number, s.number), PerPage: h.layout.perPage,
	}
}

// declared is how pages write a charset: gbk as gb2312.
func declared(charset string) string {
	return map[string]string{"gbk": "gb2312"}[charset] + strings.TrimPrefix(charset, "gbk")
}

// render writes an article and its Content-Type. declaredAs differs from the
// host's charset where the page shall lie.
func (a *Article) render(declaredAs string) (body []byte, contentType string) {
	h, n := a.world.hosts[a.Host], a.world.notice(a.Notice, a.version())
	switch a.Form {
	case PDF:
		return pdf(n), "application/pdf"
	case Scan:
		return scan(), "application/pdf"
	case DOCX:
		return docx(n), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	case OldOffice:
		return append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 4096)...), "application/msword"
	}
	s := a.section()
	v := h.view(s)
	v.Charset, v.Session = declared(declaredAs), session(h.number, a.id)
	v.ID, v.Credit = a.id, []string{"", "责任编辑：温如玉", "（编辑：温如玉）", "【纠错】 【责任编辑:温如玉】"}[a.id/7%4]
	v.Title, v.Heading, v.Window = titles(n.title, a.id)
	v.Source = a.source(n)
	v.Printed, v.Minute = a.layout().day.print(a.published), a.published.Format("2006-01-02 15:04")
	v.Lie = a.published.Format("2006-01-02 15:01") // the month for the minute, as on ccdi.gov.cn
	v.Body = a.layout().styles[a.id/7%len(a.layout().styles)](n.paragraphs)
	for _, f := range a.Files {
		v.Files = append(v.Files, link{Href: f.Path, Name: "附件" + f.Path[strings.LastIndexByte(f.Path, '/')+1:]})
	}
	list := s.shown()
	for i, other := range list {
		if other == a {
			if i > 0 {
				v.Next = h.link(list[i-1])
			}
			if i+1 < len(list) {
				v.Previous = h.link(list[i+1])
			}
		} else if len(v.Others) < 6 {
			l := h.link(other)
			l.Abstract = html.EscapeString(a.world.brief(other.Notice).abstract)
			v.Others = append(v.Others, *l)
		}
	}
	return h.encode("article", v, a.charset()), "text/html; charset=" + declaredAs
}

// titles are the ways in which a page gives its title: as it is, as a heading
// that editors break by hand, and as the window's title, which some systems cut.
func titles(title string, id int) (plain, heading, window string) {
	runes := []rune(title)
	plain = html.EscapeString(title)
	heading, window = plain, plain
	if half := len(runes) / 2; id%3 == 0 {
		heading = html.EscapeString(string(runes[:half])) + "<br/>\n" + html.EscapeString(string(runes[half:]))
	}
	if id%5 == 0 && len(runes) > 22 {
		window = html.EscapeString(string(runes[:20])) + "..."
	}
	return plain, heading, window
}

// source is what a page prints behind 来源; some leave it empty.
func (a *Article) source(n notice) string {
	if a.id%11 == 0 {
		return ""
	}
	return n.source
}

// link is an article's entry; its address is written as the layout's pages do.
func (h *host) link(a *Article) *link {
	title := a.world.brief(a.Notice).title
	l := &link{Href: a.Path, Title: html.EscapeString(title), Short: html.EscapeString(title), Day: a.published.Format(time.DateOnly)}
	if cut := h.layout.short; cut > 0 && len([]rune(title)) > cut {
		l.Short = html.EscapeString(string([]rune(title)[:cut])) + "..."
	}
	return l
}

// entriesOf are the articles on one page of a list.
func (h *host) entriesOf(s *section, page int) []*Article {
	all := s.shown()
	from := min(page*h.layout.perPage, len(all))
	return all[from:min(from+h.layout.perPage, len(all))]
}

// entries are the links of one page of a list, relative where the layout's are.
func (h *host) entries(s *section, page int) []link {
	var list []link
	for i, a := range h.entriesOf(s, page) {
		l := h.link(a)
		l.N = i + 1
		if rest, ok := strings.CutPrefix(l.Href, "/"+s.key+"/"); ok && h.layout.name == "trs" {
			l.Href = "./" + rest
		}
		list = append(list, *l)
	}
	return list
}

func (h *host) list(s *section, page int) []byte {
	v, pages := h.view(s), s.pages()
	v.Items, v.Page, v.Current, v.Pages, v.Total = h.entries(s, page), page, page+1, pages, len(s.shown())
	v.FirstPage, v.LastPage = h.layout.list(s, 0, pages), h.layout.list(s, pages-1, pages)
	v.CountScript = s.enorthScript()
	if page > 0 {
		v.PreviousPage = h.layout.list(s, page-1, pages)
	}
	if page+1 < pages {
		v.NextPage = h.layout.list(s, page+1, pages)
	}
	return h.encode("list", v, h.charset)
}

func (h *host) home() []byte {
	v := h.view(h.sections[0])
	for _, s := range h.sections {
		items := h.entries(s, 0)
		for i := range items {
			items[i].Href = h.absolute(s, items[i].Href)
		}
		v.Sections = append(v.Sections, box{s.name, h.layout.list(s, 0, 1), items[:min(6, len(items))]})
	}
	return h.encode("home", v, h.charset)
}

func (h *host) absolute(s *section, href string) string {
	if rest, ok := strings.CutPrefix(href, "./"); ok {
		return "/" + s.key + "/" + rest
	}
	return href
}

// encode runs a template and writes it in a charset.
func (h *host) encode(name string, v view, charset string) []byte {
	var b bytes.Buffer
	if err := templates()[h.layout.name].ExecuteTemplate(&b, name, v); err != nil {
		return fmt.Appendf(nil, "the simulator's own template is wrong: %v", err)
	}
	if h.rebuilt && name == "article" {
		return inCharset(renamed.Replace(b.String()), charset)
	}
	return inCharset(b.String(), charset)
}

// renamed are the names by which descriptions know bodies.
var renamed = strings.NewReplacer("artCon", "nr-2", "TRS_Editor", "nr-2", "class=p14", "class=nr2", `id="zoom"`, `id="nr2"`, "vsb_content", "nr-2", "v_news_content", "nr-2",
	"_newscontent_fromname", "nr-3", "wp_articlecontent", "nr-2", "q7", "nr-2", "article-content", "nr-2", "fontzoom", "nr-4")

// inCharset encodes; gbk pages hold four-byte characters of GB18030 as real
// ones do.
func inCharset(text, charset string) []byte {
	if charset != "gbk" {
		return []byte(text)
	}
	encoded, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		return []byte(text) // cannot be: GB18030 holds every character
	}
	return []byte(encoded)
}
