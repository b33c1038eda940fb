package parse

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tongbao"
)

const (
	driftProse = `<p>临汐区水务局原局长周某违规收受礼金，受到党内严重警告处分，违纪款已收缴。</p>`
	driftLine  = `<p>来源：汐州市纪委　发布时间：2022-08-16 06:00</p>`
)

// TestDrift takes a description whose site was rebuilt.
func TestDrift(t *testing.T) {
	c, err := ReadDescription("汐州.toml", []byte(`name = "汐州市纪委监委"
hosts = ["xizhou.example"]
when = ".art"
title = [".art h2"]
body = [".con"]
`))
	if err != nil {
		t.Fatal(err)
	}
	title := `<h2>汐州市通报一起违纪问题</h2>`
	for name, p := range map[string]struct{ page, lacks, site string }{
		"as it was":         {`<div class="art">` + title + driftLine + `<div class="con">` + driftProse + `</div></div>`, "", c.sites[0].Name},
		"no mark":           {`<div class="new">` + title + driftLine + `<div class="con">` + driftProse + `</div></div>`, LacksMark, ""},
		"no body":           {`<div class="art">` + title + driftLine + `<div class="text">` + driftProse + `</div></div>`, LacksBody, ""},
		"an empty body":     {`<div class="art">` + title + driftLine + `<div class="con"></div><div class="text">` + driftProse + `</div></div>`, LacksBody, ""},
		"no title":          {`<div class="art"><h1>汐州市通报一起违纪问题</h1>` + driftLine + `<div class="con">` + driftProse + `</div></div>`, LacksTitle, c.sites[0].Name},
		"a piece of a body": {`<div class="art">` + title + driftLine + `<div class="text"><div class="con">` + driftProse + `</div>` + strings.Repeat(driftProse, 9) + `</div></div>`, LacksLength, ""},
	} {
		n, fit, err := c.Parse(tongbao.Page{URL: "http://www.xizhou.example/1.html", Body: []byte(`<html><head><title>汐州市通报一起违纪问题</title></head><body>` + p.page + `</body></html>`)})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		lacks := ""
		if fit.Drift != nil {
			lacks = fit.Drift.Lacks
			if said := fit.Drift.String(); !strings.Contains(said, "汐州市纪委监委") || !strings.Contains(said, "sites check") {
				t.Errorf("%s: says %q", name, said)
			}
		}
		if lacks != p.lacks || fit.Site != p.site || n.Title != "汐州市通报一起违纪问题" || !strings.Contains(n.Text, "周某违规收受礼金") {
			t.Errorf("%s: lacks %q, read by %q: %q\n%s", name, lacks, fit.Site, n.Title, n.Text)
		}
	}
	_, fit, err := c.Parse(tongbao.Page{URL: "http://www.xizhou.example/1.html", Body: []byte("<html><body><div id=app></div></body></html>")})
	if !errors.Is(err, ErrNoBody) || fit.Drift == nil {
		t.Errorf("a page that a script makes: %v, %v", fit.Drift, err)
	}
}

// TestShortNoticesAreNoDrift: a case made public in one sentence beside much
// else on the page is still the body.
func TestShortNoticesAreNoDrift(t *testing.T) {
	page := `<div class="daty"><em>来源：汐州市纪委</em></div><h2 class="tit">汐州市通报一起违纪问题</h2><div class="content">` + driftProse + `</div><div class="about">` + strings.Repeat(`<p>本网站由汐州市纪委监委主办，欢迎投稿，来稿请注明作者、单位和联系方式，一经采用即付稿酬。</p>`, 9) + `</div>`
	n, fit, err := known(t).Parse(tongbao.Page{URL: "https://www.ccdi.gov.cn/x/202208/t20220816_1.html", Body: []byte(page)})
	if err != nil || fit.Drift != nil || !strings.HasPrefix(n.Text, "临汐区") || strings.Contains(n.Text, "投稿") {
		t.Errorf("%v, %v, %+v", fit.Drift, err, n)
	}
}

func TestGauge(t *testing.T) {
	var g Gauge
	alarms := 0
	add := func(n, length int) {
		for range n {
			if d := g.Add("汐州", length); d != nil {
				alarms++
			}
			if d := g.Add("别处", 100); d != nil {
				t.Error("another site is meant")
			}
		}
	}
	add(30, 2000)
	add(3, 50)
	add(10, 1500)
	if alarms != 0 {
		t.Errorf("%d alarms for a few short ones", alarms)
	}
	add(30, 60)
	if alarms != 1 {
		t.Errorf("%d alarms, want one", alarms)
	}
}

func TestCatalogue(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("10-xizhou.toml", "name = \"汐州市纪委监委\"\nhosts = [\"xizhou.example\"]\nbody = [\"#a\"]\n[[sections]]\nname = \"巡察\"\nstart = \"http://xizhou.example/xc/\"\n[[sections]]\nname = \"通报\"\nstart = \"http://xizhou.example/tb/\"\n")
	write("zjsjw.toml", "name = \"浙江\"\nhosts = [\"zjsjw.gov.cn\"]\nbody = [\"#b\"]\n")
	c, err := LoadCatalogue(folder)
	if err != nil {
		t.Fatal(err)
	}
	all := c.Sites()
	if len(all) != len(known(t).sites)+1 || all[0].ID != "xizhou" || all[1].Name != "浙江" {
		t.Errorf("%d sites, the first %+v", len(all), all[:2])
	}
	for name, want := range map[string]int{"xizhou": 2, "汐州市纪委监委": 2, "xizhou.example/巡察": 1, "ccdi": 2} {
		if got, err := c.Find(name); err != nil || len(got) != want {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	for name, want := range map[string]string{"": "tongbao sites", "nowhere": "tongbao sites", "xizhou/没有": "巡察, 通报", "zjsjw": "no first list page"} {
		if _, err := c.Find(name); !errors.Is(err, ErrNoSite) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := LoadCatalogue(filepath.Join(folder, "none")); err != nil {
		t.Errorf("a folder that is not there: %v", err)
	}
	write("bad.toml", "name = 1")
	if _, err := LoadCatalogue(folder); err == nil || !strings.Contains(err.Error(), "bad.toml:1:") {
		t.Errorf("a broken file: %v", err)
	}
}
