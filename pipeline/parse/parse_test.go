package parse_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"tongbao"
	"tongbao/internal/generate"
	"tongbao/pipeline/parse"
)

const body = `<p>　　根据省委统一部署，巡视组对望江区进行了巡视。</p><p>　　一、整改情况</p><p>　　立案12件，𠮷祥街道给予党纪处分9人。区委坚持把整改作为政治任务，逐项对账销号，确保件件有着落、事事有回音，取得了阶段性成效。</p>`

// page wraps the body in furniture.
func page(head, open, shut string) string {
	return `<html><head>` + head + `<title>中共望江区委关于巡视整改进展情况的通报-望江区政府网</title></head><body><div class="nav"><a href="/">首页</a><a href="/x">工作动态</a></div><h1>中共望江区委关于巡视整改进展情况的通报</h1><div>来源：望江区委办公室　发布时间：2021-08-30 11:34:29　浏览次数：12</div>` + open + body + `<p>责任编辑：某某</p>` + shut + `<div class="footer">版权所有 望江区人民政府</div></body></html>`
}

func TestLayoutsAndCharsets(t *testing.T) {
	gbk := func(s string) string {
		out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	utf16 := func(s string) string {
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	const utf8Label, gbkLabel = `<meta charset="utf-8">`, `<meta http-equiv="Content-Type" content="text/html; charset=gb2312">`
	for name, text := range map[string]string{
		"Enorth":                       page(utf8Label, `<div class="artCon">`, `</div>`),
		"TRS":                          page(utf8Label, `<div class="TRS_Editor"><style>.a{}</style>`, `</div>`),
		"JCMS":                         page(utf8Label, `<div id="zoom">`, `</div>`),
		"vsb":                          page(utf8Label, `<form name="_newscontent_fromname"><div id="vsb_content"><div class="v_news_content">`, `</div></div></form>`),
		"WebPlus":                      page(utf8Label, `<div class="wp_articlecontent">`, `</div>`),
		"gov.cn":                       page(utf8Label, `<div id="UCAP-CONTENT">`, `</div>`),
		"no known container":           page(utf8Label, `<div class="q7">`, `</div>`),
		"GBK, declared":                gbk(page(gbkLabel, `<div id="zoom">`, `</div>`)),
		"GBK, not declared":            gbk(page(``, `<div id="zoom">`, `</div>`)),
		"GBK that says it is UTF-8":    gbk(page(utf8Label, `<div id="zoom">`, `</div>`)),
		"UTF-8 that says it is gb2312": page(gbkLabel, `<div id="zoom">`, `</div>`),
		"UTF-8 with a mark":            "\uFEFF" + page(utf8Label, `<div id="zoom">`, `</div>`),
		"UTF-16":                       utf16(page(``, `<div id="zoom">`, `</div>`)),
		"line breaks":                  strings.NewReplacer("<p>", "", "</p>", "<br>").Replace(page(utf8Label, `<div class="artCon">`, `</div>`)),
		"Word's residue":               strings.ReplaceAll(page(utf8Label, `<div class="artCon">`, `</div>`), "<p>　　", `<p class="MsoNormal"><o:p></o:p><span lang="EN-US">&nbsp;&nbsp;</span>`),
	} {
		n, err := parse.Parse(tongbao.Page{URL: "/x.html", Body: []byte(text)})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want := "根据省委统一部署，巡视组对望江区进行了巡视。\n一、整改情况\n立案12件，𠮷祥街道给予党纪处分9人。区委坚持把整改作为政治任务，逐项对账销号，确保件件有着落、事事有回音，取得了阶段性成效。"
		if n.Text != want {
			t.Errorf("%s: text %q", name, n.Text)
		}
		if n.Title != "中共望江区委关于巡视整改进展情况的通报" || n.Source != "望江区委办公室" || n.Published != "2021-08-30T11:34:29+08:00" {
			t.Errorf("%s: title %q source %q published %q", name, n.Title, n.Source, n.Published)
		}
	}
}

func TestPlainText(t *testing.T) {
	prose := "根据省委统一部署，省委第三巡视组对望江区进行了巡视。"
	for text, want := range map[string][4]string{
		"巡视巡察\n\n您当前的位置 : 首页> 工作动态\n中共望江区委关于整改情况的通报\n来源:东岚纪检网      发布时间:2021-08-30 11:34:29\n\n" + prose: {"中共望江区委关于整改情况的通报", "东岚纪检网", "2021-08-30T11:34:29+08:00", prose},
		"中共望江区委员会\n关于巡视整改进展情况的通报\n" + prose:                                                              {"中共望江区委员会关于巡视整改进展情况的通报", "", "", prose},
		prose: {"", "", "", prose},
		"一、整改落实总体情况\n" + prose:              {"", "", "", "一、整改落实总体情况\n" + prose},
		"关于整改情况的通报\n（2021年8月30日）\n" + prose: {"关于整改情况的通报", "", "2021-08-30", prose},
	} {
		n, err := parse.Parse(tongbao.Page{Body: []byte(text)})
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if got := [4]string{n.Title, n.Source, n.Published, n.Text}; got != want {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestWhatIsNoNoticeSaysWhy(t *testing.T) {
	for body, want := range map[string]error{
		"":            parse.ErrEmpty,
		" \n\t":       parse.ErrEmpty,
		"%PDF-1.7\n…": parse.ErrNotText,
		"PK\x03\x04":  parse.ErrNotText,
		"\x80\x81\xff\xfe\xfa\xff\x81\xff\xff\xff\x90\xff": parse.ErrUndecodable,
		"<html><body><a href=1>首页</a></body></html>":       parse.ErrNoBody,
	} {
		_, err := parse.Parse(tongbao.Page{Body: []byte(body)})
		if !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", body, err, want)
		}
	}
}

// TestSavedPages scores the bodies of the real pages beside the project as
// score_pages.py does: F1 over runs of three characters.
func TestSavedPages(t *testing.T) {
	shared := os.Getenv("TONGBAO_SHARED")
	if shared == "" {
		shared = "../../../shared"
	}
	pages, _ := filepath.Glob(filepath.Join(shared, "pages", "*.html"))
	if len(pages) == 0 {
		t.Skip("the saved pages are not beside the project")
	}
	for _, file := range pages {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile(strings.TrimSuffix(file, ".html") + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		n, err := parse.Parse(tongbao.Page{URL: file, Body: raw})
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		if score := likeness(string(want), n.Text); score < 0.95 {
			t.Errorf("%s: %.3f", filepath.Base(file), score)
		}
	}
}

func likeness(a, b string) float64 {
	count := func(text string) map[string]int {
		runes, grams := []rune(strings.Join(strings.Fields(text), "")), map[string]int{}
		for i := 0; i+3 <= len(runes); i++ {
			grams[string(runes[i:i+3])]++
		}
		return grams
	}
	x, y := count(a), count(b)
	both, all := 0, 0
	for gram, n := range x {
		both, all = both+min(n, y[gram]), all+n
	}
	for _, n := range y {
		all += n
	}
	return 2 * float64(both) / float64(all)
}

func TestDeepMarkup(t *testing.T) {
	text := "<html><body>" + strings.Repeat("<div>", 100_000) + body
	if n, err := parse.Parse(tongbao.Page{Body: []byte(text)}); err == nil && !strings.Contains(n.Text, "立案12件") {
		t.Errorf("text %.80q", n.Text)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(page(`<meta charset="utf-8">`, `<div class="artCon"><table><tr><td>甲</td><td>乙</td></tr></table>`, `</div>`)))
	f.Add(generate.Page(1, 2000))
	f.Add([]byte(generate.Text(2, 2000)))
	f.Add([]byte("\xFF\xFE<\x00p\x00"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		n, err := parse.Parse(tongbao.Page{Body: raw})
		if err != nil {
			return
		}
		if !utf8.ValidString(n.Text) || strings.ContainsAny(n.Text, "\x00\uFEFF") || n.Text == "" || strings.Contains(n.Text, "\n\n") {
			t.Fatalf("text %q", n.Text)
		}
		for _, line := range strings.Split(n.Text, "\n") {
			if strings.TrimSpace(line) != line {
				t.Fatalf("line %q is not trimmed", line)
			}
		}
	})
}
