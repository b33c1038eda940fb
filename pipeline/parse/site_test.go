package parse

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// TestDescriptions builds, for every description, a page with just the
// elements that it names, and reads it.
func TestDescriptions(t *testing.T) {
	known, err := Known()
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, s := range known.sites {
		if names[s.Name] {
			t.Errorf("%s is described twice", s.Name)
		}
		names[s.Name] = true
		if len(s.Body) == 0 {
			continue // of lists alone
		}
		t.Run(s.Name, func(t *testing.T) {
			address := "/saved/page.html"
			if len(s.Hosts) > 0 {
				address = "http://www." + s.Hosts[0] + "/202208/t20220816_1.html"
			}
			var page strings.Builder
			page.WriteString("<html><head><title>关于整改进展情况的通报-汐州市纪委网站</title></head><body>" + element(s.When.text, ""))
			if len(s.Title) > 0 {
				page.WriteString(element(s.Title[0].text, "关于整改进展情况的通报"))
			}
			switch {
			case len(s.Published) > 0:
				page.WriteString(element(s.Published[0].text, "发布时间：2022-08-16 06:00"))
				if len(s.Source) > 0 {
					page.WriteString(element(s.Source[0].text, "来源：汐州市纪委"))
				} else {
					page.WriteString("<p>来源：汐州市纪委</p>")
				}
			case len(s.Meta) > 0:
				page.WriteString(element(s.Meta[0].text, "2022-08-16 06:00　来源：汐州市纪委"))
			default:
				page.WriteString("<p>发布时间：2022-08-16 06:00　来源：汐州市纪委</p>")
			}
			page.WriteString(element(s.Body[0].text, "<p>临汐区水务局原局长周某受到党内警告处分，违纪款已收缴。</p>") + "</body></html>")
			root, err := parseMarkup(page.String())
			if err != nil {
				t.Fatal(err)
			}
			if !s.fits(newPage(root, address)) {
				t.Errorf("it does not fit its own page\n%s", &page)
			}
			a, err := known.readHTML(page.String(), address)
			if err != nil {
				t.Fatalf("%v\n%s", err, &page)
			}
			got := fmt.Sprintf("%s|%s|%s|%q", a.title, a.source, a.published, a.paragraphs)
			if want := `关于整改进展情况的通报|汐州市纪委|2022-08-16T06:00:00+08:00|["临汐区水务局原局长周某受到党内警告处分，违纪款已收缴。"]`; got != want {
				t.Errorf("read %s\nwant %s\n%s", got, want, &page)
			}
		})
	}
}

// element writes the elements that a selector of names, ids, classes and one
// attribute finds, one inside the other, around the text.
func element(selector, text string) string {
	first, _, _ := strings.Cut(selector, ",")
	open, shut := "", ""
	for _, part := range strings.Fields(first) {
		if part == "+" {
			open, shut = open+shut, ""
			continue
		}
		part, condition, _ := strings.Cut(part, "[")
		tag, attributes := "div", ""
		for i, piece := range strings.FieldsFunc(strings.NewReplacer("#", " #", ".", " .").Replace(part), func(r rune) bool { return r == ' ' }) {
			switch {
			case piece[0] == '#':
				attributes += ` id="` + piece[1:] + `"`
			case piece[0] == '.':
				attributes += ` class="` + piece[1:] + `"`
			case i == 0:
				tag = piece
			}
		}
		if key, value, ok := strings.Cut(strings.TrimSuffix(condition, "]"), "="); ok {
			attributes += " " + strings.TrimSuffix(key, "^") + `="` + value + `"`
		}
		if strings.Count(attributes, ` class="`) > 1 {
			head, classes, _ := strings.Cut(attributes, ` class="`)
			attributes = head + ` class="` + strings.ReplaceAll(classes, `" class="`, " ")
		}
		open, shut = open+"<"+tag+attributes+">", "</"+tag+">"+shut
	}
	return open + text + shut
}

func TestDescriptionsAreStrict(t *testing.T) {
	for text, want := range map[string]string{
		"name = \"x\"\nwhen = \"#a\"\nbody = [\"#a\"]\nbodi = \"#b\"": "x.toml:4:1: there is no field \"bodi\"",
		"name = \"x\"\nwhen = \"#a\"\nbody = [\"#a[\"]":               "x.toml:3:",
		"name = \"x\"\nwhen = \"p:first-child\"\nbody = [\"#a\"]":     "x.toml:2:",
		"name = \"x\"\nwhen = \"#a\"":                                 "x.toml:1: no body",
		"when = \"#a\"\nbody = [\"#a\"]":                              "x.toml:1: no name",
		"name = \"x\"\nbody = [\"#a\"]":                               "x.toml:1: neither hosts nor when",
		"name = \"x\nbody = [\"#a\"]":                                 "x.toml:1:",
	} {
		_, err := readSites(fstest.MapFS{filepath.Join("sites", "x.toml"): {Data: []byte(text)}}, "sites")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func TestFurnitureWords(t *testing.T) {
	if _, err := readFurniture("furniture.tsv", furnitureList); err != nil {
		t.Error(err)
	}
	for list, want := range map[string]string{
		"打印\tcontrol\n打印\tafter": "furniture.tsv:2:",
		"打印\tbutton":             "furniture.tsv:1: there is no role",
		"# words\n打印":            "furniture.tsv:2: 打印 has no role",
	} {
		if _, err := readFurniture("furniture.tsv", list); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", list, err, want)
		}
	}
}

func TestFurnitureLeavesBodiesAlone(t *testing.T) {
	for _, body := range [][]string{
		{"现将有关情况通报如下。", "关闭违规账户3个。", "打印警示材料200份，分享案例4个。"},
		{"现将有关情况通报如下。", "相关链接企业12家已整改到位，清退款项36.5万元，挽回损失128万元，建立长效机制，完善制度9项，并向社会公布。", "特此通报。"},
		{"现将有关情况通报如下。", "上一篇章的问题", "整改情况如下：对12名责任人给予党纪处分，对3个单位进行通报，责令作出书面检查，并将整改落实情况纳入年度考核，向全区公布结果。"},
		{"会议时间：2022年8月1日", "地点：区委礼堂", "会议通报了整改情况。"},
		{"各镇党委：", "现将有关情况通报如下。", "联系电话：0000-1234567", "（此件公开发布）"},
	} {
		got, _ := trimFurniture(append([]string(nil), body...), "关于整改情况的通报")
		if strings.Join(got, "|") != strings.Join(body, "|") {
			t.Errorf("%q became %q", body, got)
		}
	}
}

func TestWindowTitles(t *testing.T) {
	for window, want := range map[string]string{
		"关于整改进展情况的通报-汐州市人民政府":            "关于整改进展情况的通报",
		"关于整改进展情况的通报————头条——汐州市纪委监委网站":   "关于整改进展情况的通报",
		"关于整改进展情况的通报--时政--人民网":           "关于整改进展情况的通报",
		"关于整改进展情况的通报_巡视巡察_清风汐州网":         "关于整改进展情况的通报",
		"汐州市人民政府 - 通知公告 - 关于整改进展情况的通报":   "关于整改进展情况的通报",
		"关于10月15日-12月11日巡视整改情况的通报":       "关于10月15日-12月11日巡视整改情况的通报",
		"巡察见实效——汐州市水务局整改记":               "巡察见实效——汐州市水务局整改记",
		"广东审计整改问题金额逾千亿元 3名责任人被处理":        "广东审计整改问题金额逾千亿元 3名责任人被处理",
		"年中看进展丨汐州以纠治违规吃喝为突破口 推动以案促改走深走实": "年中看进展丨汐州以纠治违规吃喝为突破口 推动以案促改走深走实",
		"监察条例-纪检":       "监察条例-纪检", // four characters are no title
		"中华人民共和国监察法-纪检": "中华人民共和国监察法",
	} {
		if got := withoutSite(window); got != want {
			t.Errorf("%q became %q, want %q", window, got, want)
		}
	}
}

func TestSourceAndDay(t *testing.T) {
	for line, want := range map[string][2]string{
		"来源:浙江省纪委省监委网站      发布时间:2021-08-30 11:34:29":  {"浙江省纪委省监委网站", "2021-08-30T11:34:29+08:00"},
		"2021年8月3日 来源：汐州日报 作者：某某":                      {"汐州日报", "2021-08-03"},
		"来源: | 发布时间: 2018-05-17 | 浏览次数: 2":             {"", "2018-05-17"},
		"来源：发布时间：2018-05-17":                           {"", "2018-05-17"},
		"信息来源：区委办公室发布时间：2018-05-17":                    {"区委办公室", "2018-05-17"},
		"[来源：区委办公室]　[作者：某某]　[日期：2019-12-30]　[热度：1290]": {"区委办公室", "2019-12-30"},
		"２０２１－０８－３０　１１：３４":                             {"", "2021-08-30T11:34:00+08:00"},
		"2009年11月09日00:00":                             {"", "2009-11-09T00:00:00+08:00"},
		"发布时间：2023年09月27日 11时06分":                      {"", "2023-09-27T11:06:00+08:00"},
		"成文日期：2022-12-15 发布日期：2022-12-20":              {"", "2022-12-20"},
		"有效期：2022-12-15":                               {"", ""},
		"发布时间：2021-02-30":                              {"", ""},
		"发布时间：2021-02-03 25:99":                        {"", "2021-02-03"},
		"发布者：王某 发布时间：2022-09-01":                       {"", "2022-09-01"},
		"来源：中国经营报(北京)":                                 {"中国经营报(北京)", ""},
		"（来源：汐州日报）":                                    {"汐州日报", ""},
		"订单号2021-08-301":                               {"", ""},
	} {
		if got := [2]string{sourceIn(line), publishedIn(line)}; got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}
