package parse

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"tongbao"
)

// A Sitemap is what a file after sitemaps.org 0.9 names: pages, or further
// sitemaps.
type Sitemap struct {
	Pages []Link // Date is lastmod
	Maps  []Link
}

// A sitemapLimit bounds what is read.
type sitemapLimit struct {
	bytes int // unpacked
	locs  int
}

// As sitemaps.org sets them.
var sitemapLimits = sitemapLimit{50 << 20, 50_000}

// The reasons for which a sitemap is not, or not wholly, read.
var (
	ErrNoSitemap     = errors.New("the document is no sitemap")
	ErrBrokenSitemap = errors.New("the sitemap is damaged or larger than 50 MiB or 50,000 addresses")
)

// isSitemap reports whether the bytes, unpacked where they are gzip, begin as a
// sitemap or a sitemap index.
func isSitemap(body []byte) bool {
	head := body[:min(len(body), 4096)]
	if bytes.HasPrefix(body, gzipMagic) {
		unpacked, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			return false
		}
		head, _ = io.ReadAll(io.LimitReader(unpacked, 4096)) // what came before an error is enough
	}
	return bytes.Contains(head, []byte("<urlset")) || bytes.Contains(head, []byte("<sitemapindex"))
}

var gzipMagic = []byte("\x1F\x8B")

// ReadSitemap reads a sitemap or a sitemap index, packed by gzip or not. With
// ErrBrokenSitemap it returns what stands before the fault.
func ReadSitemap(page tongbao.Page) (Sitemap, error) { return sitemapLimits.read(page) }

func (limit sitemapLimit) read(page tongbao.Page) (Sitemap, error) {
	if !isSitemap(page.Body) {
		return Sitemap{}, fmt.Errorf("%w: name a list page or an article", ErrNoSitemap)
	}
	body, fault := page.Body, error(nil)
	if bytes.HasPrefix(body, gzipMagic) {
		body, fault = limit.unpack(body)
	} else if len(body) > limit.bytes {
		body, fault = body[:limit.bytes], ErrBrokenSitemap
	}
	text, err := decode(body, page.ContentType)
	if err != nil {
		return Sitemap{}, err
	}
	base, err := url.Parse(page.URL)
	if err != nil || base.Host == "" {
		base = nil
	}
	m, err := readLocs(text, base, limit.locs)
	return m, errors.Join(fault, err)
}

func (limit sitemapLimit) unpack(body []byte) ([]byte, error) {
	packed, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("%w (%w)", ErrBrokenSitemap, err)
	}
	plain, err := io.ReadAll(io.LimitReader(packed, int64(limit.bytes)+1))
	if err != nil {
		return plain, fmt.Errorf("%w (%w)", ErrBrokenSitemap, err)
	}
	if len(plain) > limit.bytes {
		return plain[:limit.bytes], ErrBrokenSitemap
	}
	return plain, nil
}

// readLocs reads the entries: <url> and <sitemap> with <loc> and <lastmod>.
func readLocs(text string, base *url.URL, most int) (Sitemap, error) {
	decoder := xml.NewDecoder(strings.NewReader(text))
	decoder.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil } // decoded already
	decoder.Strict = false
	var m Sitemap
	var entry Link
	var field string
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return m, nil
		}
		if err != nil {
			return m, fmt.Errorf("%w (%w)", ErrBrokenSitemap, err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			field = t.Name.Local
			if field == "url" || field == "sitemap" {
				entry = Link{}
			}
		case xml.CharData:
			switch field {
			case "loc":
				entry.URL += string(t)
			case "lastmod":
				entry.Date += string(t)
			}
		case xml.EndElement:
			field = ""
			m.add(t.Name.Local, entry, base)
			if len(m.Pages)+len(m.Maps) >= most {
				return m, ErrBrokenSitemap
			}
		}
	}
}

// add takes an entry whose address is one of the web.
func (m *Sitemap) add(element string, entry Link, base *url.URL) {
	if element != "url" && element != "sitemap" {
		return
	}
	u, err := url.Parse(strings.TrimSpace(entry.URL))
	if err != nil || u.String() == "" {
		return
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return
	}
	u.Fragment, u.RawFragment = "", ""
	entry.URL, entry.Date = u.String(), w3cDate(strings.TrimSpace(entry.Date))
	if element == "url" {
		m.Pages = append(m.Pages, entry)
	} else {
		m.Maps = append(m.Maps, entry)
	}
}

// w3cDate reads a date of the W3C's profile of ISO 8601: a time is given at
// +08:00, a day as it is; "" for anything else.
func w3cDate(text string) string {
	for _, form := range []string{time.RFC3339, "2006-01-02T15:04Z07:00"} {
		if t, err := time.Parse(form, text); err == nil {
			return t.In(china).Format(time.RFC3339)
		}
	}
	return publishedIn(text)
}
