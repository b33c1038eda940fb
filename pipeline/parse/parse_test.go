package parse_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongbao"
	"tongbao/pipeline/parse"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestPages reads the pages and texts of testdata, all of invented places:
// what is read, or why nothing is, must be what testdata/golden says.
func TestPages(t *testing.T) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil || len(files) < 8 {
		t.Fatalf("%d pages in testdata: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			got := ""
			n, err := parse.Parse(tongbao.Page{URL: "/saved/" + filepath.Base(file), Body: read(t, file)})
			if err != nil {
				got = fmt.Sprintf("error: %v\n", err)
			} else {
				got = fmt.Sprintf("title: %s\nsource: %s\npublished: %s\n\n%s\n", n.Title, n.Source, n.Published, n.Text)
			}
			golden := filepath.Join("testdata", "golden", filepath.Base(file)+".txt")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(read(t, golden)), got); diff != "" {
				t.Errorf("-golden +read\n%s", diff)
			}
		})
	}
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// The notice that the layouts below print.
const (
	noticeTitle = "中共望江区委关于巡视整改进展情况的通报"
	noticeBody  = `<p>　　根据省委统一部署，巡视组对望江区进行了巡视。</p><p>　　一、整改情况</p><p>　　立案12件，𠮷祥街道给予党纪处分9人。区委坚持把整改作为政治任务，逐项对账销号，确保件件有着落、事事有回音，取得了阶段性成效。</p>`
	noticeText  = "根据省委统一部署，巡视组对望江区进行了巡视。\n一、整改情况\n立案12件，𠮷祥街道给予党纪处分9人。区委坚持把整改作为政治任务，逐项对账销号，确保件件有着落、事事有回音，取得了阶段性成效。"
)

// layout wraps the body in furniture.
func layout(head, open, shut string) string {
	return `<html><head>` + head + `<title>` + noticeTitle + `-望江区政府网</title></head><body><div class="nav"><a href="/">首页</a><a href="/x">工作动态</a></div><h1>` + noticeTitle + `</h1><div>来源：望江区委办公室　发布时间：2021-08-30 11:34:29　浏览次数：12</div>` + open + noticeBody + `<p>责任编辑：某某</p>` + shut + `<div class="footer">版权所有 望江区人民政府</div></body></html>`
}

func TestLayouts(t *testing.T) {
	for name, page := range map[string]string{
		"Enorth":               layout("", `<div class="artCon">`, `</div>`),
		"TRS":                  layout("", `<div class="TRS_Editor"><style>.a{}</style>`, `</div>`),
		"JCMS":                 layout("", `<div id="zoom">`, `</div>`),
		"vsb":                  layout("", `<form name="_newscontent_fromname"><div id="vsb_content_2"><div class="v_news_content">`, `</div></div></form>`),
		"WebPlus":              layout("", `<div class="wp_articlecontent">`, `</div>`),
		"gov.cn":               layout("", `<div id="UCAP-CONTENT">`, `</div>`),
		"a common container":   layout("", `<div id="nw_detail">`, `</div>`),
		"content":              layout("", `<div class="content">`, `</div>`),
		"no known container":   layout("", `<div class="q7">`, `</div>`),
		"nothing at all":       layout("", ``, ``),
		"line breaks":          strings.NewReplacer("<p>", "", "</p>", "<br>").Replace(layout("", `<div class="artCon">`, `</div>`)),
		"line breaks, unknown": strings.NewReplacer("<p>", "", "</p>", "<br><br>").Replace(layout("", `<div class="q7">`, `</div>`)),
		"Word's residue":       strings.ReplaceAll(layout("", `<div class="artCon">`, `</div>`), "<p>　　", `<p class="MsoNormal"><o:p></o:p><span lang="EN-US">&nbsp;&nbsp;</span>`),
		"wrapped source":       strings.ReplaceAll(layout("", `<div class="artCon">`, `</div>`), "政治任务", "政治\r\n\t\t任务"),
		"zero width":           strings.ReplaceAll(layout("", `<div class="artCon">`, `</div>`), "政治任务", "政治\u200b任\u00ad务\u0007"),
	} {
		n, err := parse.Parse(tongbao.Page{URL: "/x.html", Body: []byte(page)})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want := [4]string{noticeTitle, "望江区委办公室", "2021-08-30T11:34:29+08:00", noticeText}
		if diff := cmp.Diff(want, [4]string{n.Title, n.Source, n.Published, n.Text}); diff != "" {
			t.Errorf("%s: -want +read\n%s", name, diff)
		}
		if n.ID != tongbao.IDOf(n.Text) || len(n.URLs) != 1 || n.URLs[0] != "/x.html" {
			t.Errorf("%s: id %s, addresses %q", name, n.ID, n.URLs)
		}
	}
}

func TestPlainText(t *testing.T) {
	prose := "根据省委统一部署，省委第三巡视组对望江区进行了巡视。"
	for text, want := range map[string][4]string{
		"巡视巡察\n\n您当前的位置 : 首页> 工作动态\n中共望江区委关于整改情况的通报\n来源:东岚纪检网      发布时间:2021-08-30 11:34:29\n\n" + prose: {"中共望江区委关于整改情况的通报", "东岚纪检网", "2021-08-30T11:34:29+08:00", prose},
		"中共望江区委员会\n关于巡视整改进展情况的通报\n" + prose:                                                              {"中共望江区委员会关于巡视整改进展情况的通报", "", "", prose},
		prose: {"", "", "", prose},
		"一、整改落实总体情况\n" + prose:                           {"", "", "", "一、整改落实总体情况\n" + prose},
		"关于整改情况的通报\n（2021年8月30日）\n" + prose:              {"关于整改情况的通报", "", "2021-08-30", prose},
		"望江严肃查处桥梁垮塌事故责任人员\n八名涉案人员被立案侦查\n" + prose:        {"望江严肃查处桥梁垮塌事故责任人员", "", "", "八名涉案人员被立案侦查\n" + prose},
		"望江通报两起典型问题\n各单位：\n" + prose:                     {"望江通报两起典型问题", "", "", "各单位：\n" + prose},
		"各镇党委：\n" + prose:                                {"", "", "", "各镇党委：\n" + prose},
		"关于整改情况的通报\n会议时间：2021年8月30日\n" + prose:           {"关于整改情况的通报", "", "", "会议时间：2021年8月30日\n" + prose},
		"关于整改情况的通报\n" + prose + "\n上一篇：没有了\n下一篇：关于放假的通知": {"关于整改情况的通报", "", "", prose},
	} {
		n, err := parse.Parse(tongbao.Page{Body: []byte(text)})
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if got := [4]string{n.Title, n.Source, n.Published, n.Text}; got != want {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
		if n.URLs != nil {
			t.Errorf("%q: standard input has the addresses %q", text, n.URLs)
		}
	}
}

func TestWhatIsNoNoticeSaysWhy(t *testing.T) {
	for body, want := range map[string]error{
		"":                      parse.ErrEmpty,
		" \n\t":                 parse.ErrEmpty,
		"%PDF-1.7\n…":           parse.ErrNotText,
		"\r\n%PDF-1.7\n…":       parse.ErrNotText,
		"PK\x03\x04":            parse.ErrNotText,
		"\xD0\xCF\x11\xE0":      parse.ErrNotText,
		"\x89PNG\r\n":           parse.ErrNotText,
		"{\\rtf1\\ansi 通报}":     parse.ErrNotText,
		"\x00\x01\x02\x00\x00A": parse.ErrNotText,
		"MIME-Version: 1.0\r\nContent-Type: multipart/related": parse.ErrNotText,
		"\x80\x81\xff\xfe\xfa\xff\x81\xff\xff\xff\x90\xff":     parse.ErrUndecodable,
		"<html><body><a href=1>首页</a></body></html>":           parse.ErrNoBody,
		"<html><body><div id=zoom></div></body></html>":        parse.ErrNoBody,
		"\uFEFF\u200b\u200b":                                   parse.ErrNoBody,
	} {
		_, err := parse.Parse(tongbao.Page{Body: []byte(body)})
		if !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", body, err, want)
		} else if !strings.Contains(err.Error(), "save ") {
			t.Errorf("%q: %v does not say what to do next", body, err)
		}
	}
}
