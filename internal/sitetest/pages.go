package sitetest

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// ServeHTTP answers for the host.
func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := r.URL.RequestURI()
	if a := h.byPath[path]; a != nil && a.from <= h.world.today() {
		h.serveFault(w, r, a.Fault, a)
		return
	}
	switch first, rest, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/"); {
	case path == "/robots.txt", path == "/static/robots.txt":
		h.serveRobots(w, r)
	case path == "/":
		h.send(w, r, h.home(), "text/html; charset="+h.charset, time.Time{})
	case strings.HasPrefix(path, "/sitemap"):
		h.serveSitemap(w, r, path)
	case first == "moved":
		h.serveMoved(w, r, "/"+rest)
	case first == "fault":
		kind, _, _ := strings.Cut(rest, "/")
		if a := h.world.Sample(h.number); a != nil {
			h.serveFault(w, r, Fault(kind), a)
			return
		}
		http.NotFound(w, r)
	case isTrap(first):
		h.serveTrap(w, r)
	case h.serveData(w, r):
	default:
		h.serveList(w, r, path)
	}
}

// serveMoved answers at the address to which a page moved.
func (h *host) serveMoved(w http.ResponseWriter, r *http.Request, path string) {
	a := h.byPath[path]
	if kind, _, ok := strings.Cut(strings.TrimPrefix(path, "/fault/"), "/"); ok && Fault(kind) == Moved {
		a = h.world.Sample(h.number)
	}
	if a == nil {
		http.NotFound(w, r)
		return
	}
	h.sendArticle(w, r, a, h.charset)
}

func (h *host) serveList(w http.ResponseWriter, r *http.Request, path string) {
	s, page, ok := h.listPage(path)
	if !ok {
		http.NotFound(w, r)
		return
	}
	h.send(w, r, h.list(s, page), "text/html; charset="+h.charset, time.Time{})
}

// sendArticle sends a page with the validators of its host.
func (h *host) sendArticle(w http.ResponseWriter, r *http.Request, a *Article, declaredAs string) {
	body, kind := a.render(declaredAs)
	if h.packing.etag {
		w.Header().Set("ETag", fmt.Sprintf(`%s"%x-%d"`, map[bool]string{true: "W/"}[h.number%8 == 1], a.id, a.version()))
	}
	at := time.Time{}
	if h.packing.modified {
		at = a.modified()
	}
	http.SetCookie(w, &http.Cookie{Name: "JSESSIONID", Value: session(h.number, a.id), Path: "/"})
	h.send(w, r, body, kind, at)
}

// send sends bytes, compressed where host and client agree. A time and an ETag
// that was set make it answer conditional requests.
func (h *host) send(w http.ResponseWriter, r *http.Request, body []byte, kind string, modified time.Time) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Server", "Apache-Coyote/1.1")
	if h.packing.gzip && strings.HasPrefix(kind, "text/") && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Vary", "Accept-Encoding")
		body = zipped(body)
	}
	http.ServeContent(w, r, "", modified, bytes.NewReader(body))
}

func zipped(body []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(body) // into memory: cannot fail
	_ = z.Close()
	return b.Bytes()
}

// session is an id as servers put into addresses.
func session(a, b int) string {
	sum := fnv.New64a()
	fmt.Fprintf(sum, "%d/%d", a, b)
	return strings.ToUpper(strconv.FormatUint(sum.Sum64(), 16))
}

// enorthScript is where Enorth keeps the number of list pages.
func (s *section) enorthScript() string {
	return s.enorth() + "/count_page_list_" + s.enorthNumber() + ".js"
}

// serveData answers for the data from which scripts make lists.
func (h *host) serveData(w http.ResponseWriter, r *http.Request) bool {
	switch h.layout.name {
	case "enorth":
		for _, s := range h.sections {
			if r.URL.Path == s.enorthScript() {
				h.send(w, r, fmt.Appendf(nil, "var maxpage = %d;\r\n", s.pages()-1), "application/x-javascript", time.Time{})
				return true
			}
		}
	case "jcms":
		if r.URL.Path == "/module/web/jpage/dataproxy.jsp" {
			h.serveProxy(w, r)
			return true
		}
	case "portal":
		if id, ok := strings.CutPrefix(r.URL.Path, "/searchList/"); ok {
			h.serveJSON(w, r, id)
			return true
		}
	}
	return false
}

// serveProxy answers JCMS's POST for some records of a list.
func (h *host) serveProxy(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		http.Error(w, "POST only", http.StatusMethodNotAllowed)
		return
	}
	r.Body = io.NopCloser(io.LimitReader(r.Body, 1<<16))
	start, _ := strconv.Atoi(r.FormValue("startrecord")) // 0 for none is refused below
	for _, s := range h.sections {
		if strconv.Itoa(s.number) != r.FormValue("columnid") || start < 1 {
			continue
		}
		v := h.view(s)
		v.Items = h.entries(s, (start-1)/h.layout.perPage)
		h.send(w, r, h.encode("data", v, h.charset), "text/xml; charset="+h.charset, time.Time{})
		return
	}
	http.Error(w, "columnid or startrecord is missing", http.StatusBadRequest)
}

// serveJSON answers for a page of a list as JSON, which is UTF-8 whatever the
// site's charset is.
func (h *host) serveJSON(w http.ResponseWriter, r *http.Request, id string) {
	type result struct {
		Title string `json:"title"`
		URL   string `json:"url"`
		Time  string `json:"publishedTimeStr"`
	}
	for _, s := range h.sections {
		if fmt.Sprint(s.key, s.number) != id {
			continue
		}
		page, _ := strconv.Atoi(r.FormValue("page")) // 0 for none: the first
		results := []result{}
		for _, a := range h.entriesOf(s, max(1, page)-1) {
			results = append(results, result{h.world.brief(a.Notice).title, a.Path, h.layout.day.print(a.published)})
		}
		body, err := json.Marshal(map[string]any{"data": map[string]any{
			"total": len(s.shown()), "rows": h.layout.perPage, "page": max(1, page), "channelId": id, "results": results,
		}})
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		h.send(w, r, body, "application/json;charset=utf-8", time.Time{})
		return
	}
	http.NotFound(w, r)
}
