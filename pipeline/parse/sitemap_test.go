package parse

import (
	"bytes"
	"compress/gzip"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongbao"
)

func packed(t testing.TB, body string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write([]byte(body))
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const sitemap = `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc> http://jw.xizhou.example/a/1.html?x=1&amp;y=2 </loc><lastmod>2022-08-16</lastmod></url>
<url><loc>/a/2.html#top</loc><lastmod>2022-08-16T01:00:00+00:00</lastmod></url>
<url><loc>ftp://jw.xizhou.example/</loc></url><url><lastmod>2022</lastmod></url></urlset>`

func TestSitemaps(t *testing.T) {
	want := Sitemap{Pages: []Link{{"http://jw.xizhou.example/a/1.html?x=1&y=2", "", "2022-08-16"}, {"http://jw.xizhou.example/a/2.html", "", "2022-08-16T09:00:00+08:00"}}}
	for name, body := range map[string][]byte{"plain": []byte(sitemap), "packed": packed(t, sitemap)} {
		got, err := ReadSitemap(tongbao.Page{URL: "http://jw.xizhou.example/sitemap.xml", Body: body})
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s: %v -want +read\n%s", name, err, diff)
		}
	}
	index := `<sitemapindex><sitemap><loc>http://jw.xizhou.example/1.xml.gz</loc></sitemap></sitemapindex>`
	got, err := ReadSitemap(tongbao.Page{Body: []byte(index)})
	if diff := cmp.Diff(Sitemap{Maps: []Link{{URL: "http://jw.xizhou.example/1.xml.gz"}}}, got); err != nil || diff != "" {
		t.Errorf("%v -want +read\n%s", err, diff)
	}
}

func TestSitemapsThatFail(t *testing.T) {
	limit := sitemapLimit{5000, 20}
	long := "<urlset>" + strings.Repeat("<url><loc>http://a.example/</loc></url>", limit.locs+10)
	for name, c := range map[string]struct {
		body []byte
		want error
		read int
	}{
		"no sitemap":         {[]byte("<html>"), ErrNoSitemap, 0},
		"a broken archive":   {[]byte("\x1F\x8Bxx"), ErrNoSitemap, 0},
		"a cut archive":      {packed(t, sitemap)[:200], ErrBrokenSitemap, 0},
		"a cut file":         {[]byte(sitemap[:strings.Index(sitemap, "<url><loc>/a/2")+3]), ErrBrokenSitemap, 1},
		"too many addresses": {[]byte(long), ErrBrokenSitemap, limit.locs},
		"a bomb":             {packed(t, "<urlset>"+strings.Repeat(" ", limit.bytes)), ErrBrokenSitemap, 0},
	} {
		got, err := limit.read(tongbao.Page{Body: c.body})
		if !errors.Is(err, c.want) || len(got.Pages) < c.read {
			t.Errorf("%s: %d pages, %v", name, len(got.Pages), err)
		}
	}
}

// FuzzReadSitemap: no bytes make the reader panic, and it gives addresses of
// the web alone.
func FuzzReadSitemap(f *testing.F) {
	f.Add([]byte(sitemap))
	f.Add(packed(f, sitemap))
	f.Add([]byte("<sitemapindex><sitemap><loc>//a.example/"))
	f.Fuzz(func(t *testing.T, body []byte) {
		m, err := ReadSitemap(tongbao.Page{URL: "http://jw.xizhou.example/sitemap.xml", Body: body})
		if errors.Is(err, ErrNoSitemap) && len(m.Pages)+len(m.Maps) > 0 {
			t.Error("no sitemap, and addresses")
		}
		for _, l := range append(m.Pages, m.Maps...) {
			if !strings.HasPrefix(l.URL, "http://") && !strings.HasPrefix(l.URL, "https://") {
				t.Errorf("the address %q", l.URL)
			}
		}
	})
}
