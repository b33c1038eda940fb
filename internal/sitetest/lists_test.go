package sitetest

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var hrefs = regexp.MustCompile(`(?i)(?:href=["']|"url":")([^"']+)`)

// links are the addresses in a page, absolute, & and \u0026 undone.
func links(t *testing.T, page string, body []byte) []string {
	t.Helper()
	base, err := url.Parse(page)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, m := range hrefs.FindAllSubmatch(body, -1) {
		if u, err := base.Parse(strings.NewReplacer("&amp;", "&", `\u0026`, "&").Replace(string(m[1]))); err == nil {
			found = append(found, u.String())
		}
	}
	return found
}

// TestListsHoldEveryArticle walks the list pages of each layout as its scripts
// and links say, and expects all articles and no other.
func TestListsHoldEveryArticle(t *testing.T) {
	w := served(t, New(11, 16, 16*70, 0))
	for number, h := range w.hosts {
		t.Run(fmt.Sprintf("%s %s", h.layout.name, h.charset), func(t *testing.T) {
			for i, first := range w.Sections(number) {
				s := h.sections[i]
				found := map[string]bool{}
				for page, body := range listPages(t, h, s, first) {
					for _, address := range links(t, page, body) {
						found[address] = true
					}
				}
				if s.pages() < 2 && i == 0 {
					t.Fatalf("%s has one page", s.key)
				}
				for _, a := range s.shown() {
					if !found[a.URL()] {
						t.Errorf("no list page of %s links to %s", s.key, a.Path)
					}
				}
				for _, a := range h.sections[1-i].shown() {
					if found[a.URL()] {
						t.Errorf("a list page of %s links to %s", s.key, a.Path)
					}
				}
			}
		})
	}
}

// listPages fetches all pages of a list, each under the address that its links
// are relative to.
func listPages(t *testing.T, h *host, s *section, first string) map[string][]byte {
	t.Helper()
	body := ok(t, first)
	pages := map[string][]byte{first: body}
	number := func(pattern string, text []byte) int {
		m := regexp.MustCompile(pattern).FindSubmatch(text)
		if m == nil {
			t.Fatalf("%s does not match %s", first, pattern)
		}
		n, err := strconv.Atoi(string(m[1]))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	next := func(format string, from, to int) {
		for n := from; n <= to; n++ {
			address := h.base() + fmt.Sprintf(format, n)
			pages[address] = ok(t, address)
		}
	}
	switch h.layout.name {
	case "enorth":
		script := regexp.MustCompile(`src="([^"]+count_page_list[^"]+)"`).FindSubmatch(body)
		last := number(`maxpage = (\d+)`, ok(t, h.base()+string(script[1])))
		next(s.enorth()+"/000/000/c"+s.enorthNumber()+"_%09d.shtml", 1, last)
	case "trs":
		next("/"+s.key+"/index_%d.html", 1, number(`createPageHTML\((\d+),`, body)-1)
	case "tables":
		next("/"+s.key+"/index_%d.htm", 1, number(`countPage = (\d+);`, body)-1)
	case "vsb":
		next("/"+s.key+"/%d.htm", 1, number(`1/(\d+)&nbsp;`, body)-1)
	case "webplus":
		next("/"+s.key+"/list%d.htm", 2, number(`all_pages">(\d+)<`, body))
	case "breaks":
		last := number(`第 1/(\d+) 页`, []byte(decoded(t, h, body)))
		next(fmt.Sprintf("/news.asp?cid=%d&page=", s.number)+"%d", 2, last)
		if beyond := links(t, first, ok(t, h.base()+fmt.Sprintf("/news.asp?cid=%d&page=%d", s.number, last+7))); len(beyond) == 0 {
			t.Error("beyond the last page is nothing")
		}
	case "jcms":
		total, size := number(`totalRecord:(\d+)`, body), number(`perPage:(\d+)`, body)
		for start := size + 1; start <= total; start += size {
			pages[first+"#"+strconv.Itoa(start)] = post(t, h, s, start, size)
		}
	case "portal":
		total, size := number(`total = (\d+)`, body), number(`pageSize = (\d+)`, body)
		next(fmt.Sprintf("/searchList/%s%d?_isAgg=true&_isJson=true&_pageSize=%d&_template=index&_rangeTimeGte=&_channelName=&page=", s.key, s.number, size)+"%d", 2, pagesOf(total, size))
	}
	return pages
}

// decoded undoes the charset of a host, as far as the patterns need it.
func decoded(t *testing.T, h *host, body []byte) string {
	t.Helper()
	if h.charset != "gbk" {
		return string(body)
	}
	// Only what stands around the count of pages is looked for.
	return strings.NewReplacer(string(inCharset("第", "gbk")), "第", string(inCharset("页", "gbk")), "页").Replace(string(body))
}

func post(t *testing.T, h *host, s *section, start, size int) []byte {
	t.Helper()
	address := fmt.Sprintf("%s/module/web/jpage/dataproxy.jsp?startrecord=%d&endrecord=%d&perpage=%d", h.base(), start, start+size-1, size)
	form := url.Values{"col": {"1"}, "appid": {"1"}, "webid": {"3002"}, "path": {"/"}, "columnid": {strconv.Itoa(s.number)}, "unitid": {strconv.Itoa(s.number) + "6"}}
	answer, err := client.PostForm(address, form)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK || !bytes.Contains(body, []byte("<record>")) {
		t.Fatalf("%s: %d, %v, %.200s", address, answer.StatusCode, err, body)
	}
	return body
}

func TestDataRefuseWhatSitesRefuse(t *testing.T) {
	w := served(t, New(11, 8, 80, 0))
	for path, want := range map[string]int{
		w.Addresses()[3] + "/module/web/jpage/dataproxy.jsp?startrecord=16": http.StatusMethodNotAllowed,
		w.Addresses()[7] + "/searchList/none?page=2":                        http.StatusNotFound,
		w.Addresses()[1] + "/xszg/index_99.html":                            http.StatusNotFound,
		w.Addresses()[1] + "/nothing/here.html":                             http.StatusNotFound,
	} {
		if answer, _, err := get(t, path); err != nil || answer.StatusCode != want {
			t.Errorf("%s: %v, %v, want %d", path, answer, err, want)
		}
	}
}

func TestSitemaps(t *testing.T) {
	w := served(t, New(11, 2, 60, 0))
	var index sitemapIndex
	if err := xml.Unmarshal(ok(t, w.Sitemap(1)), &index); err != nil || len(index.Entries) != 2 {
		t.Fatalf("%v, %v", index, err)
	}
	found := map[string]bool{}
	for _, e := range index.Entries {
		body := ok(t, e.Loc)
		if strings.HasSuffix(e.Loc, ".gz") {
			z, err := gzip.NewReader(bytes.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			if body, err = io.ReadAll(z); err != nil {
				t.Fatal(err)
			}
		}
		var f sitemapFile
		if err := xml.Unmarshal(body, &f); err != nil {
			t.Fatal(err)
		}
		for _, a := range f.Entries {
			found[a.Loc] = true
		}
	}
	for _, a := range w.Articles() {
		if a.Host == 1 && a.Form == HTML && !found[a.URL()] {
			t.Errorf("%s is missing", a.URL())
		}
	}
}

// TestTrapsHaveNoEnd follows each trap for thirty steps and finds a new
// address at each.
func TestTrapsHaveNoEnd(t *testing.T) {
	w := served(t, New(11, 2, 60, 0))
	home := links(t, w.Addresses()[1]+"/", ok(t, w.Addresses()[1]+"/"))
	for _, trap := range w.Traps(1) {
		if !slices.ContainsFunc(home, func(a string) bool {
			return strings.HasPrefix(a, trap.URL[:strings.LastIndexByte(trap.URL, '/')])
		}) {
			t.Errorf("the home page does not lead into %s", trap.URL)
		}
		seen, at := map[string]bool{}, trap.URL
		for step := range 30 {
			if seen[at] || !InTrap(at) {
				t.Fatalf("%s: step %d is %s", trap.Name, step, at)
			}
			seen[at] = true
			var next string
			for _, address := range links(t, at, ok(t, at)) {
				if InTrap(address) && !seen[address] {
					next = address
				}
			}
			at = next
		}
	}
}

func TestFiles(t *testing.T) {
	w := served(t, New(11, 8, 400, 0))
	forms := map[Form]bool{}
	for _, a := range w.Articles() {
		if a.Parent == nil || forms[a.Form] {
			continue
		}
		forms[a.Form] = true
		body, page := ok(t, a.URL()), ok(t, a.Parent.URL())
		if !slices.Contains(links(t, a.Parent.URL(), page), a.URL()) {
			t.Errorf("%s does not link to %s", a.Parent.Path, a.Path)
		}
		switch a.Form {
		case PDF, Scan:
			checkPDF(t, body)
		case DOCX:
			z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
			if err != nil || len(z.File) != 3 {
				t.Errorf("%s: %v", a.Path, err)
			}
		}
	}
	if len(forms) != 4 {
		t.Errorf("forms %v", forms)
	}
}

// checkPDF follows the cross-reference table to each object.
func checkPDF(t *testing.T, body []byte) {
	t.Helper()
	at := bytes.LastIndex(body, []byte("startxref\n"))
	var table, count int
	if _, err := fmt.Sscanf(string(body[at:]), "startxref\n%d", &table); err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Sscanf(string(body[table:]), "xref\n0 %d\n", &count); err != nil {
		t.Fatal(err)
	}
	rows := bytes.Split(body[table:], []byte("\n"))[3:]
	for i := range count - 1 {
		offset, err := strconv.Atoi(string(rows[i][:10]))
		if err != nil || !bytes.HasPrefix(body[offset:], fmt.Appendf(nil, "%d 0 obj", i+1)) {
			t.Errorf("object %d is not at %d: %v", i+1, offset, err)
		}
	}
}
