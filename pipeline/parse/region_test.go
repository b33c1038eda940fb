package parse

import (
	"strings"
	"testing"
)

// TestBoxesBesideShortNotices: what stands beside or below a short notice is
// none of it, wherever the page puts it.
func TestBoxesBesideShortNotices(t *testing.T) {
	const (
		title = "临汐区水务局原局长周某接受纪律审查和监察调查"
		text  = "临汐区水务局原局长周某涉嫌严重违纪违法，目前正接受汐州市纪委监委纪律审查和监察调查。"
		meta  = "来源：汐州市纪委监委　发布时间：2022-08-16 06:00"
	)
	boxes := strings.Repeat(`<div><a href="/1">汐州市召开警示教育大会</a><p>日前，汐州市召开警示教育大会，通报了典型案例，剖析了问题根源，对下一步工作作出部署，要求引以为戒。</p></div>`, 6)
	for name, page := range map[string]string{
		"below":                                `<div id=d3><div class=bt>` + title + `</div><div class=xx>` + meta + `</div><div class=q7>` + text + `</div></div><div id=d5>` + boxes + `</div>`,
		"before":                               `<div id=d5>` + boxes + `</div><div id=d3><h2>` + title + `</h2><p>` + meta + `</p><div class=q7>` + text + `</div></div>`,
		"in a cell":                            `<table><tr><td>` + boxes + `</td><td><table><tr><td><b>` + title + `</b></td></tr><tr><td>` + meta + `</td></tr><tr><td>` + text + `</td></tr></table></td></tr></table>`,
		"a link of the same title comes first": `<div><a href="/2">` + title + `</a></div><div id=d5>` + boxes + `</div><div id=d3><div class=x1>` + title + `</div><div>` + meta + `</div><div class=q7>` + text + `</div></div>`,
	} {
		a, err := knownSites(t).readHTML(`<html><head><title>`+title+`</title></head><body>`+page+`</body></html>`, "http://www.xizhou.example/1.html")
		if err != nil || strings.Join(a.paragraphs, "\n") != text || a.title != title || a.source != "汐州市纪委监委" || a.published != "2022-08-16T06:00:00+08:00" {
			t.Errorf("%s: %v, %q %q %q %q", name, err, a.title, a.source, a.published, a.paragraphs)
		}
	}
}

// TestSignaturesAreNoTitles: where the system cut the window's title off, the
// whole heading is the title, not a shorter line that begins alike.
func TestSignaturesAreNoTitles(t *testing.T) {
	const title = "中共临汐区委关于十三届省委第二轮巡视整改进展情况的通报"
	page := `<html><head><title>中共临汐区委关于十三届省委第二轮...</title></head><body><div class=k1>` + title + `</div><div>来源：临汐区委办公室　发布时间：2022-12-20</div>` +
		`<div class=k2><p>根据省委统一部署，省委第五巡视组对临汐区进行了巡视。现将整改进展情况予以公布。</p><p>截至目前，立案12件，给予党纪处分9人，清退款项36.5万元，完善制度9项。</p><p>中共临汐区委</p><p>2022年12月20日</p></div></body></html>`
	a, err := knownSites(t).readHTML(page, "")
	if err != nil || a.title != title || len(a.paragraphs) != 4 {
		t.Errorf("%v, title %q, body %q", err, a.title, a.paragraphs)
	}
}

func TestFilesAndEditorsStandBehindBodies(t *testing.T) {
	body := []string{"现将有关情况通报如下。", "整改台账见汇总表.xlsx，由各单位对照落实。"}
	for _, behind := range [][]string{
		{"附件：整改任务清单.docx"},
		{"1.整改任务清单.docx", "2.责任分工表.PDF"},
		{"【纠错】 【责任编辑：某某】"},
		{"责任编辑：某某", "整改任务清单.pdf"},
	} {
		got, _ := trimFurniture(append(append([]string(nil), body...), behind...), "关于整改情况的通报")
		if strings.Join(got, "|") != strings.Join(body, "|") {
			t.Errorf("%q behind the body left %q", behind, got)
		}
	}
}

func knownSites(t *testing.T) *Catalogue {
	t.Helper()
	c, err := Known()
	if err != nil {
		t.Fatal(err)
	}
	return c
}
