package sitetest

import (
	"encoding/xml"
	"net/http"
	"time"
)

// The documents of sitemaps.org's protocol, 0.9.
type (
	sitemapEntry struct {
		Loc     string `xml:"loc"`
		LastMod string `xml:"lastmod,omitempty"`
	}
	sitemapFile struct {
		XMLName xml.Name       `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		Entries []sitemapEntry `xml:"url"`
	}
	sitemapIndex struct {
		XMLName xml.Name       `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
		Entries []sitemapEntry `xml:"sitemap"`
	}
)

// Sitemap is the address of a host's sitemap: an index of one plain and one
// compressed file, a section each.
func (w *World) Sitemap(host int) string { return w.hosts[host].base() + "/sitemap.xml" }

func (h *host) serveSitemap(w http.ResponseWriter, r *http.Request, path string) {
	var document any
	switch path {
	case "/sitemap.xml":
		document = sitemapIndex{Entries: []sitemapEntry{{Loc: h.base() + "/sitemap-1.xml"}, {Loc: h.base() + "/sitemap-2.xml.gz"}}}
	case "/sitemap-1.xml":
		document = h.sitemap(h.sections[0])
	case "/sitemap-2.xml.gz":
		document = h.sitemap(h.sections[1])
	default:
		http.NotFound(w, r)
		return
	}
	body, err := xml.Marshal(document)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	body, kind := append([]byte(xml.Header), body...), "application/xml"
	if path == "/sitemap-2.xml.gz" {
		body, kind = zipped(body), "application/x-gzip"
	}
	h.send(w, r, body, kind, time.Time{})
}

func (h *host) sitemap(s *section) sitemapFile {
	var f sitemapFile
	for _, a := range s.shown() {
		f.Entries = append(f.Entries, sitemapEntry{a.URL(), a.modified().Format(time.RFC3339)})
	}
	return f
}
