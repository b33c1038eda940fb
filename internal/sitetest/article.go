package sitetest

import (
	"fmt"
	"strings"
	"time"
)

// A Form is what kind of file an address holds.
type Form string

// The forms.
const (
	HTML      Form = "html"
	PDF       Form = "pdf"  // with a text layer
	Scan      Form = "scan" // a PDF without one
	DOCX      Form = "docx"
	OldOffice Form = "old-office" // .doc
)

// An Article is an address that holds a notice, or ought to.
type Article struct {
	Host    int // number of the host
	Notice  int // number of the notice: equal where one is a repost of the other
	Near    int // number of the notice of which this one is a near-duplicate; -1 for none
	Form    Form
	Path    string // with its query
	Section string // the column's name in addresses
	Fault   Fault
	Changes bool     // another version stands here after Advance
	Parent  *Article // for an attachment: the page that links to it
	Files   []*Article

	world     *World
	id        int // in addresses
	published time.Time
	from      int // the day from which it is shown
}

// A Truth is what a reader must find at an address.
type Truth struct {
	Title     string
	Source    string // as printed behind 来源; "" for files
	Published string // RFC 3339 at +08:00, or an ISO day where the page prints no time; "" for files
	Text      string // paragraphs, joined by one U+000A
}

// URL is the address as list pages give it.
func (a *Article) URL() string { return a.world.hosts[a.Host].base() + a.Path }

// Final is the address after redirects, where the fault ends well.
func (a *Article) Final() string {
	if a.Fault == Moved {
		return a.world.hosts[a.Host].base() + "/moved" + a.Path
	}
	return a.URL()
}

// Layout and charset of the host, for tables of scores.
func (a *Article) Layout() string  { return a.world.hosts[a.Host].layout.name }
func (a *Article) Charset() string { return a.world.hosts[a.Host].charset }

// Outcome is what must become of the address in a run that works.
func (a *Article) Outcome() Outcome {
	robots := a.world.hosts[a.Host].rules()
	switch {
	case robots.closed(), a.Fault == Disallowed && robots.hasFolder():
		return Skipped
	case a.Parent != nil && a.Parent.Outcome() != Kept:
		return Unseen
	case a.Form == Scan, a.Form == OldOffice:
		return Failed
	}
	return a.Fault.outcome()
}

// Truth is what the address says today.
func (a *Article) Truth() Truth {
	n := a.world.notice(a.Notice, a.version())
	t := Truth{Title: n.title, Text: plain(n.paragraphs)}
	if a.Form == HTML {
		t.Source, t.Published = a.source(n), a.layout().day.truth(a.published)
	}
	return t
}

// Page returns the bytes of the address today, with the Content-Type of its
// server, as they are without a fault.
func (a *Article) Page() (body []byte, contentType string) { return a.render(a.charset()) }

func (a *Article) layout() *layout { return a.world.hosts[a.Host].layout }
func (a *Article) charset() string { return a.world.hosts[a.Host].charset }

func (a *Article) version() int {
	if a.Changes && a.world.today() > 0 {
		return 1
	}
	return 0
}

// modified is when the page last changed.
func (a *Article) modified() time.Time { return a.published.AddDate(0, 0, 40*a.version()).UTC() }

// days is how many days of news a world has in store.
const days = 8

// plan deals the notices to the hosts, then reposts, new ones and faults.
func (w *World) plan(notices int, faults float64) {
	chance, deck := w.draw("faults", 0), int(w.draw("deck", 0).Uint32()%uint32(len(dealt)))
	add := func(host, notice, from int) *Article {
		a := w.hosts[host].add(notice, from)
		if chance.Float64() < faults && from == 0 {
			a.Fault = dealt[deck%len(dealt)]
			deck++
			a.place()
		}
		w.articles = append(w.articles, a)
		return a
	}
	for n := range notices {
		a := add(n%len(w.hosts), n, 0)
		a.Near = w.nearTo(n)
		a.Changes = n%41 == 7
		if n%23 == 4 && len(w.hosts) > 1 {
			add((n+1)%len(w.hosts), n, 0)
		}
		if n%19 == 9 {
			w.attach(a, notices+1000+n)
		}
	}
	next := notices
	for day := 1; day < days; day++ {
		for h := range min(len(w.hosts), notices) {
			add(h, next, day)
			next++
		}
	}
	for _, h := range w.hosts {
		h.index()
	}
}

// nearTo returns the number of an earlier notice that a notice nearly repeats.
// It is one of full length, lest a few characters be much of it.
func (w *World) nearTo(n int) int {
	if n%53 == 38 && w.genre(n-27) == rectification {
		return n - 27
	}
	return -1
}

// attach gives a page an attached file that holds a notice of its own.
func (w *World) attach(page *Article, notice int) {
	forms := []Form{DOCX, PDF, DOCX, PDF, Scan, DOCX, PDF, OldOffice}
	form := forms[page.Notice/19%len(forms)]
	ending := map[Form]string{PDF: "pdf", Scan: "pdf", DOCX: "docx", OldOffice: "doc"}[form]
	file := &Article{
		Host: page.Host, Notice: notice, Near: -1, Form: form, Section: page.Section, Parent: page,
		Path:  fmt.Sprintf("/%s/files/%s/%d.%s", page.Section, page.published.Format("200601"), page.id, ending),
		world: w, id: page.id, published: page.published,
	}
	page.Files = append(page.Files, file)
	w.articles = append(w.articles, file)
}

// place gives the article its address.
func (a *Article) place() {
	a.Path = a.layout().article(a)
	if a.Fault == Disallowed {
		a.Path = closedFolder + strings.TrimPrefix(a.Path, "/")
	}
}
