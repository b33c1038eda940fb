package sitetest

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// A Trap is a place of a host that a crawler does not get out of by itself.
// Every page links to them.
type Trap struct{ Name, URL string }

// Traps returns the traps of a host: a calendar without end, addresses with
// ever new session ids, a list whose next pages repeat its last, and relative
// links that lead ever deeper.
func (w *World) Traps(host int) []Trap {
	base := w.hosts[host].base()
	return []Trap{
		{"calendar", base + "/rili/2021/05.html"},
		{"sessions", base + "/zt/index.html?sid=" + session(host, 0)},
		{"endless list", base + "/gd/index.html"},
		{"deeper", base + "/xd/index.html"},
	}
}

// InTrap reports whether an address lies in a trap.
func InTrap(address string) bool {
	_, path, _ := strings.Cut(strings.TrimPrefix(address, "http://"), "/")
	first, _, _ := strings.Cut(path, "/")
	return isTrap(first)
}

func isTrap(first string) bool {
	return first == "rili" || first == "zt" || first == "gd" || first == "xd"
}

func (h *host) serveTrap(w http.ResponseWriter, r *http.Request) {
	var b strings.Builder
	fmt.Fprintf(&b, `<html><head><meta charset="%s"><title>%s</title></head><body>`, declared(h.charset), h.name)
	switch first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/"); first {
	case "rili":
		calendar(&b, r.URL.Path)
	case "zt":
		// A new id at each visit.
		next := session(h.number, h.world.visited(h.number, "sid"))
		h.items(&b)
		fmt.Fprintf(&b, `<a href="/zt/index.html?sid=%s">专题首页</a> <a href="/zt/list.jsp;jsessionid=%s">专题列表</a> <a href="/zt/index.html?page=2&amp;PHPSESSID=%s">下一页</a>`, next, next, strings.ToLower(next))
	case "gd":
		number := strings.TrimSuffix(strings.TrimPrefix(r.URL.Path, "/gd/index"), ".html")
		n, _ := strconv.Atoi(strings.TrimPrefix(number, "_")) // 0 for the first
		h.items(&b)
		fmt.Fprintf(&b, `<div class="page"><a href="/gd/index_%d.html">下一页</a></div>`, n+1)
	default:
		fmt.Fprintf(&b, `<ul><li><a href="xd/index.html">下级目录</a><span>2021-05-01</span></li><li><a href="./mulu/index.html">栏目</a><span>2021-05-02</span></li></ul>`)
	}
	b.WriteString("</body></html>")
	h.send(w, r, inCharset(b.String(), h.charset), "text/html; charset="+h.charset, time.Time{})
}

// items are the notices of the first section's first page.
func (h *host) items(b *strings.Builder) {
	s := h.sections[0]
	b.WriteString("<ul>")
	for _, l := range h.entries(s, 0) {
		fmt.Fprintf(b, `<li><a href="%s">%s</a><span>%s</span></li>`, h.absolute(s, l.Href), l.Title, l.Day)
	}
	b.WriteString("</ul>")
}

// calendar writes a month with a link for each day and to the months beside it.
func calendar(b *strings.Builder, path string) {
	var year, month int
	if n, _ := fmt.Sscanf(path, "/rili/%d/%d", &year, &month); n < 2 { // a path of another form: the month where links begin
		year, month = 2021, 5
	}
	at := time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC)
	for _, other := range []struct {
		text string
		at   time.Time
	}{{"上月", at.AddDate(0, -1, 0)}, {"下月", at.AddDate(0, 1, 0)}, {"明年", at.AddDate(1, 0, 0)}} {
		fmt.Fprintf(b, `<a href="/rili/%s.html">%s</a> `, other.at.Format("2006/01"), other.text)
	}
	for day := at; day.Month() == at.Month(); day = day.AddDate(0, 0, 1) {
		fmt.Fprintf(b, `<a href="/rili/%s.html">%d</a> `, day.Format("2006/01/02"), day.Day())
	}
}
