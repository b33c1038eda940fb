package parse_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"tongbao"
	"tongbao/internal/generate"
	"tongbao/pipeline/parse"
)

// brokenPages are pages that no editor wrote: elements left open without end.
// What stands in them must be read nevertheless, in time that grows with their
// length: each took minutes, or all memory, where it grew with its square.
func brokenPages() map[string]string {
	fonts := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "<font size=%d>", i)
		}
		return b.String()
	}
	return map[string]string{
		"100,000 open divisions":       strings.Repeat("<div>", 100_000) + noticeBody,
		"20,000 tables in one another": strings.Repeat("<table><tr><td>", 20_000) + noticeBody,
		"letter forms left open":       fonts(250) + strings.Repeat("<p>一项整改措施。</p>", 20_000) + noticeBody,
		"20,000 fonts":                 fonts(20_000) + noticeBody,
		"containers in containers":     strings.Repeat("<div class=content>", 400) + strings.Repeat("<p>一项整改措施。</p>", 5_000) + noticeBody,
		"one row of 50,000 cells":      "<table><tr>" + strings.Repeat("<td>9件</td>", 50_000) + "</tr></table>" + noticeBody,
		"cells and tables by turns":    "<table><tr>" + strings.Repeat("<td>9件</td>", 10_000) + strings.Repeat("<td><table><tr><td>9件</td></tr></table></td>", 10_000) + "</tr></table>" + noticeBody,
		"headings in headings":         strings.Repeat("<div class=title><h1>", 200) + strings.Repeat("<b></b>", 50_000) + "</h1>" + noticeBody,
		"100,000 comments":             strings.Repeat("<!--x-->", 100_000) + noticeBody,
	}
}

func TestBrokenMarkup(t *testing.T) {
	for name, page := range brokenPages() {
		n, err := parse.Parse(tongbao.Page{Body: []byte("<html><body>" + page)})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if !strings.HasSuffix(n.Text, noticeText) {
			t.Errorf("%s: ends in %q", name, n.Text[max(0, len(n.Text)-300):])
		}
	}
}

// BenchmarkParse reports MB/s of HTML; three sizes show that it is linear.
func BenchmarkParse(b *testing.B) {
	for _, size := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("%dkB", size/1000), func(b *testing.B) { parseAgain(b, generate.Page(1, size)) })
	}
	b.Run("text", func(b *testing.B) { parseAgain(b, []byte(generate.Text(1, 100_000))) })
	b.Run("unknown", func(b *testing.B) {
		parseAgain(b, bytes.ReplaceAll(generate.Page(1, 100_000), []byte(`class="artCon"`), nil))
	})
}

func parseAgain(b *testing.B, body []byte) {
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := parse.Parse(tongbao.Page{Body: body}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBrokenMarkup shows what the worst pages cost.
func BenchmarkBrokenMarkup(b *testing.B) {
	for name, page := range brokenPages() {
		b.Run(name, func(b *testing.B) { parseAgain(b, []byte("<html><body>"+page)) })
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(layout(`<meta charset="utf-8">`, `<div class="artCon"><table><tr><td>甲</td><td>乙</td></tr></table>`, `</div>`)))
	f.Add(generate.Page(1, 2000))
	f.Add([]byte(generate.Text(2, 2000)))
	f.Add([]byte("\xFF\xFE<\x00p\x00"))
	f.Add([]byte("<title>a-b</title><h1>a\u2028b</h1><!--<$[标题]>begin-->x<pre>1\n2\n3。</pre><td>9<br>件</td>"))
	f.Add([]byte("首页 > 公告\n来源：\n【打印】\n关于通报\n立案1\xe52件。"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		n, err := parse.Parse(tongbao.Page{Body: raw})
		if err != nil {
			return
		}
		if n.Text == "" || n.ID != tongbao.IDOf(n.Text) {
			t.Fatalf("id %s of text %q", n.ID, n.Text)
		}
		for _, line := range append(strings.Split(n.Text, "\n"), n.Title, n.Source, n.Published) {
			hidden := strings.ContainsFunc(line, func(r rune) bool {
				return unicode.IsControl(r) || r == '\uFEFF' || r == '\u200B' || r == '\u2028'
			})
			if !utf8.ValidString(line) || strings.TrimSpace(line) != line || hidden {
				t.Fatalf("line %q", line)
			}
		}
		if strings.Contains(n.Text, "\n\n") || strings.HasPrefix(n.Text, "\n") || strings.HasSuffix(n.Text, "\n") {
			t.Fatalf("an empty paragraph: %q", n.Text)
		}
	})
}
