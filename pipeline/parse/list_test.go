package parse

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongbao"
)

func known(t testing.TB) *Catalogue {
	t.Helper()
	c, err := Known()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// say writes a list in short: an item or a request a line.
func say(l List) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", l.Site)
	for _, a := range l.Articles {
		fmt.Fprintf(&b, "%s %s %s\n", a.URL, a.Title, a.Date)
	}
	for _, r := range l.Next {
		fmt.Fprintf(&b, "%s %s %s\n", r.Method, r.URL, r.Body)
	}
	return strings.ReplaceAll(b.String(), " \n", "\n")
}

// items writes n items in the markup of one.
func items(n int, form string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.NewReplacer("#", fmt.Sprint(i+1)).Replace(form))
	}
	return b.String()
}

// TestLists reads a list page of each system and of sites that nobody
// describes, all of invented places.
func TestLists(t *testing.T) {
	const menu = `<div class="nav"><a href="/">首页</a> <a href="/gzdt/">工作动态信息公开</a></div>`
	for name, c := range map[string]struct{ address, page, want string }{
		"TRS, unknown site": {"http://jw.xizhou.example/xsxc/", `<html><body>` + menu + `<ul class="l">` + items(3, `<li><a href="./202208/t2022081#_77#.html" title="汐州市第#轮巡察反馈情况公布">汐州市第#轮巡察反…</a><span>08-1#</span></li>`) + `</ul><script>createPageHTML(4, 0, "index", "html");</script></body></html>`, `
http://jw.xizhou.example/xsxc/202208/t20220811_771.html 汐州市第1轮巡察反馈情况公布 2022-08-11
http://jw.xizhou.example/xsxc/202208/t20220812_772.html 汐州市第2轮巡察反馈情况公布 2022-08-12
http://jw.xizhou.example/xsxc/202208/t20220813_773.html 汐州市第3轮巡察反馈情况公布 2022-08-13
GET http://jw.xizhou.example/xsxc/index_1.html
GET http://jw.xizhou.example/xsxc/index_2.html
GET http://jw.xizhou.example/xsxc/index_3.html
`},
		"TRS, a later page": {"http://jw.xizhou.example/xsxc/index_2.html", items(3, `<p><a href="t2022081#_77#.html">汐州市第#轮巡察反馈情况</a> [2022-08-1#]</p>`) + `<script>createPageHTML(4, 2, "index", "html");</script>`, `
http://jw.xizhou.example/xsxc/t20220811_771.html 汐州市第1轮巡察反馈情况 2022-08-11
http://jw.xizhou.example/xsxc/t20220812_772.html 汐州市第2轮巡察反馈情况 2022-08-12
http://jw.xizhou.example/xsxc/t20220813_773.html 汐州市第3轮巡察反馈情况 2022-08-13
GET http://jw.xizhou.example/xsxc/index_3.html
`},
		"tables, countPage": {"http://jw.xizhou.example/tb/index.htm", `<table>` + items(3, `<tr><td>·<a href="tb#.htm">汐州市通报典型问题之#</a></td><td>[2019年2月1#日]</td></tr>`) + `</table><script>var currentPage = 0;//所在页从0开始
var countPage = 3;//共多少页</script>`, `
http://jw.xizhou.example/tb/tb1.htm 汐州市通报典型问题之1 2019-02-11
http://jw.xizhou.example/tb/tb2.htm 汐州市通报典型问题之2 2019-02-12
http://jw.xizhou.example/tb/tb3.htm 汐州市通报典型问题之3 2019-02-13
GET http://jw.xizhou.example/tb/index_1.htm
GET http://jw.xizhou.example/tb/index_2.htm
`},
		"a link to the next page, the day above its month": {"http://jw.xizhou.example/news.php?cid=15&page=2", `<div class="list">` + items(3, `<div class="i"><div class="d"><b>1#</b><i>2021-07</i></div><div><h4><a href="show.php?id=#">汐州市开展专项巡察#</a></h4></div></div>`) + `</div><a href="news.php?cid=15&page=1">上一页</a> <a href="news.php?cid=15&page=3">下一页&gt;</a> <a href="http://elsewhere.example/">下一页</a>`, `
http://jw.xizhou.example/show.php?id=1 汐州市开展专项巡察1 2021-07-11
http://jw.xizhou.example/show.php?id=2 汐州市开展专项巡察2 2021-07-12
http://jw.xizhou.example/show.php?id=3 汐州市开展专项巡察3 2021-07-13
GET http://jw.xizhou.example/news.php?cid=15&page=3
`},
		"vsb counts down": {"http://jw.xizhou.example/zjsc.htm", `<ul>` + items(3, `<li id="line_u8_#"><a href="info/1020/110#.htm">汐州市巡察工作动态#</a><span>2020/11/0#</span></li>`) + `</ul><TD id="fanye231">共31条&nbsp;&nbsp;1/4&nbsp;</TD><a href="zjsc/3.htm" class="Next">下页</a>`, `博达 VisualSiteBuilder
http://jw.xizhou.example/info/1020/1101.htm 汐州市巡察工作动态1 2020-11-01
http://jw.xizhou.example/info/1020/1102.htm 汐州市巡察工作动态2 2020-11-02
http://jw.xizhou.example/info/1020/1103.htm 汐州市巡察工作动态3 2020-11-03
GET http://jw.xizhou.example/zjsc/3.htm
GET http://jw.xizhou.example/zjsc/2.htm
GET http://jw.xizhou.example/zjsc/1.htm
`},
		"WebPlus": {"http://jw.xizhou.example/tz/list.htm", `<ul class="news_list">` + items(2, `<li class="news"><span class="news_title"><a href='/0#/c1a#/page.htm' title='关于整改情况的通报#'>关于整改…</a></span><span class="news_meta">2022-09-0#</span></li>`) + `</ul><ul class="wp_paging"><a class="next" href="/tz/list2.htm">下一页&gt;&gt;</a></ul>`, `苏迪 WebPlus
http://jw.xizhou.example/01/c1a1/page.htm 关于整改情况的通报1 2022-09-01
http://jw.xizhou.example/02/c1a2/page.htm 关于整改情况的通报2 2022-09-02
GET http://jw.xizhou.example/tz/list2.htm
`},
		"JCMS": {"http://jw.xizhou.example/col/col17/index.html", `<div id="176"><script type="text/xml"><datastore><nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&appid=1&webid=3002&path=/&columnid=17&unitid=176&webname=汐州&permissiontype=0"></a>]]></nextgroup><recordset>` +
			items(2, `<record><![CDATA[<li><a href="/art/2022/8/1#/art_17_#.html" title="汐州市巡察整改通报#">汐州市巡察…</a><span>2022-08-1#</span></li>]]></record>`) + `</recordset></datastore></script></div><script>$('#176').jpage({totalRecord:5,perPage:2,proxyUrl:'/module/web/jpage/dataproxy.jsp'});</script>`, `大汉 JCMS
http://jw.xizhou.example/art/2022/8/11/art_17_1.html 汐州市巡察整改通报1 2022-08-11
http://jw.xizhou.example/art/2022/8/12/art_17_2.html 汐州市巡察整改通报2 2022-08-12
POST http://jw.xizhou.example/module/web/jpage/dataproxy.jsp?startrecord=3&endrecord=4&perpage=2 col=1&appid=1&webid=3002&path=%2F&columnid=17&sourceContentType=1&unitid=176&webname=%E6%B1%90%E5%B7%9E&permissiontype=0
POST http://jw.xizhou.example/module/web/jpage/dataproxy.jsp?startrecord=5&endrecord=5&perpage=2 col=1&appid=1&webid=3002&path=%2F&columnid=17&sourceContentType=1&unitid=176&webname=%E6%B1%90%E5%B7%9E&permissiontype=0
`},
		"JCMS, an answer": {"http://jw.xizhou.example/module/web/jpage/dataproxy.jsp?startrecord=3", `<?xml version='1.0' encoding='UTF-8'?><datastore><nextgroup><![CDATA[<a href="x"></a>]]></nextgroup><recordset><record><![CDATA[<li><a href="/art/2022/8/13/art_17_3.html">汐州市巡察整改通报3</a></li>]]></record></recordset></datastore>`, `大汉 JCMS
http://jw.xizhou.example/art/2022/8/13/art_17_3.html 汐州市巡察整改通报3 2022-08-13
`},
		"Enorth": {"http://www.zjsjw.gov.cn/ch112/jlsc/index.shtml", `<script src="/ch112/system/count/0112003/000000000000/count_page_list_0112003000000000000.js"></script><ul class="listUl cf"><li><a href="/ch112/system/2018/03/05/031500001.shtml">汐州市一干部接受审查</a><span>2018-03-05</span></li></ul>`, `浙江省纪委省监委
http://www.zjsjw.gov.cn/ch112/system/2018/03/05/031500001.shtml 汐州市一干部接受审查 2018-03-05
GET http://www.zjsjw.gov.cn/ch112/system/count/0112003/000000000000/count_page_list_0112003000000000000.js
`},
		"Enorth, its script": {"http://jw.xizhou.example/system/count/0112003/000000000000/count_page_list_0112003000000000000.js", "var maxpage = 2;\r\n", `Enorth 北方网 WebPublisher
GET http://jw.xizhou.example/system/count/0112003/000000000000/000/000/c0112003000000000000_000000002.shtml
GET http://jw.xizhou.example/system/count/0112003/000000000000/000/000/c0112003000000000000_000000001.shtml
`},
		"Enorth, its script for a single page": {"http://jw.xizhou.example/system/count/0112003/000000000000/count_page_list_0112003000000000000.js", "var maxpage = 0;", "Enorth 北方网 WebPublisher\n"},
		"a last page":                          {"http://jw.xizhou.example/xsxc/index_3.html", `<html><body>` + menu + `<ul><li><a href="t20220811_771.html">汐州市第一轮巡察反馈情况</a><span>2022-08-11</span></li></ul><script>createPageHTML(4, 3, "index", "html");</script></body></html>`, "\nhttp://jw.xizhou.example/xsxc/t20220811_771.html 汐州市第一轮巡察反馈情况 2022-08-11\n"},
		"UCAP": {"http://www.xizhou.example/zwgk/list.html", `<ul class="list">` + items(3, `<li><a href="/art/#.html">汐州市整改公开通报#</a><span>2023-01-0#</span></li>`) + `</ul><script>var channelId = "abc12", pageSize = 3, total = 7; $.getJSON("/searchList/" + channelId)</script>`, `开普 UCAP
http://www.xizhou.example/art/1.html 汐州市整改公开通报1 2023-01-01
http://www.xizhou.example/art/2.html 汐州市整改公开通报2 2023-01-02
http://www.xizhou.example/art/3.html 汐州市整改公开通报3 2023-01-03
GET http://www.xizhou.example/searchList/abc12?_isAgg=true&_isJson=true&_pageSize=3&_template=index&_rangeTimeGte=&_channelName=&page=2
GET http://www.xizhou.example/searchList/abc12?_isAgg=true&_isJson=true&_pageSize=3&_template=index&_rangeTimeGte=&_channelName=&page=3
`},
		"UCAP, an answer": {"http://www.xizhou.example/searchList/abc12?page=2", `{"data":{"total":7,"results":[{"title":"汐州市<em>整改</em>公开通报4","url":"/art/4.html","publishedTimeStr":"2023-01-04 08:00:00"}]}}`, `开普 UCAP
http://www.xizhou.example/art/4.html 汐州市整改公开通报4 2023-01-04T08:00:00+08:00
`},
	} {
		l, err := ReadList(tongbao.Page{URL: c.address, Body: []byte(c.page)}, known(t))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if diff := cmp.Diff(c.want, say(l)); diff != "" {
			t.Errorf("%s: -want +read\n%s", name, diff)
		}
	}
}

// TestListDescriptions builds, for every description of lists by selectors, a
// page with just the elements that it names.
func TestListDescriptions(t *testing.T) {
	for _, s := range known(t).sites {
		if s.List == nil || len(s.List.Items) == 0 || len(s.Hosts) == 0 {
			continue
		}
		for i := range s.List.Items {
			page := `<html><body>` + element(s.List.Items[i].text, `<a href="/a/1.html">汐州市一起典型问题通报</a> 2022-08-16`) + `</body></html>`
			switch text := s.List.Items[i].text; {
			case strings.HasPrefix(text, "td"):
				page = "<table><tr>" + page
			case strings.HasPrefix(text, "a."):
				page = strings.ReplaceAll(element(text, `汐州市一起典型问题通报`), "<a", `<a href="/a/1.html"`)
			}
			l, err := ReadList(tongbao.Page{URL: "http://www." + s.Hosts[0] + "/x/", Body: []byte(page)}, known(t))
			want := fmt.Sprintf("%s\nhttp://www.%s/a/1.html 汐州市一起典型问题通报", s.Name, s.Hosts[0])
			if err != nil || !strings.HasPrefix(say(l), want) {
				t.Errorf("%s: %q, %v", s.Name, say(l), err)
			}
		}
	}
}

func TestListDescriptionsAreStrict(t *testing.T) {
	for list, want := range map[string]string{
		`pattern = "href"`:                       "no group (?P<url>",
		`embedded = "x"`:                         "embedded has no group",
		`match = "p:hover"`:                      "pseudo-classes",
		`source = "("`:                           "missing closing",
		`json = {items = "a"}`:                   "neither url, address nor markup",
		`pages = [{}]`:                           "pages 1: neither links, words nor address",
		`pages = [{address = "index_{n}.html"}]`: "source is missing",
		`pages = [{address = "{x}_{n}.html", source = "(?P<pages>.)"}]`:          "nothing gives a value for {x}",
		`pages = [{address = "{n}.html", source = "(?P<records>.)"}]`:            "records without size",
		`pages = [{address = "{n}.html", words = ["x"]}]`:                        "not both",
		`pages = [{address = "{n}", source = "(?P<pages>.)", values = {a="b"}}]`: "value a has no group",
		`itmes = ["ul"]`: "there is no field",
	} {
		_, err := ReadDescription("x.toml", []byte("name = \"x\"\nhosts = [\"a.example\"]\n[list]\n"+list+"\n"))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", list, err, want)
		}
	}
	for _, section := range []string{`name = "x"`, `name = "a/b"` + "\nstart = \"http://a.example/\"", `name = "x"` + "\nstart = \"ftp://a.example/\""} {
		if _, err := ReadDescription("x.toml", []byte("name = \"x\"\nhosts = [\"a.example\"]\nbody = [\"#a\"]\n[[sections]]\n"+section+"\n")); err == nil {
			t.Errorf("%s is a section", section)
		}
	}
}

// TestNoWordOfAPageIsTooLarge: numbers that pages claim make no more requests
// than MaxPages, and none elsewhere.
func TestNoWordOfAPageIsTooLarge(t *testing.T) {
	for claim, want := range map[string]int{
		`createPageHTML(99999999, 0, "index", "html")`:                          MaxPages,
		`createPageHTML(99999999999999999999, 0, "index", "html")`:              MaxPages,
		`createPageHTML(3, 0, "http://elsewhere.example/index", "html")`:        0,
		`createPageHTML(0, 0, "index", "html")`:                                 0,
		`createPageHTML(3, 0, "javascript:alert", "html")`:                      0,
		`createPageHTML(9223372036854775807, 0, "index", "html")`:               MaxPages,
		`totalRecord:9223372036854775807, perPage:1, webid=1 <record><![CDATA[`: 0,
	} {
		page := items(3, `<p><a href="t#.html">汐州市第#轮巡察反馈情况</a> [2022-08-1#]</p>`) + "<script>" + claim + "</script>"
		l, err := ReadList(tongbao.Page{URL: "http://jw.xizhou.example/", Body: []byte(page)}, known(t))
		if err != nil || len(l.Next) != want {
			t.Errorf("%s: %d pages, %v", claim, len(l.Next), err)
		}
	}
}

func TestKinds(t *testing.T) {
	for name, want := range map[string]Kind{
		"ccdi-metas-lie.html": KindArticle, "disclosure-days.html": KindArticle, "enorth-br-gbk.html": KindArticle, "jcms-utf8-says-gb2312.html": KindArticle,
		"old-tables-gbk.html": KindArticle, "trs-word-gb18030-says-utf8.html": KindArticle, "unknown-furniture.html": KindArticle, "vsb-table.html": KindArticle, "webplus-div.html": KindArticle,
		"list-no-body.html": KindList, "flipbook-no-body.html": KindOther, "text-subtitle.txt": KindArticle,
	} {
		raw, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		if got := KindOf(tongbao.Page{URL: "/saved/" + name, Body: raw}, known(t)); got != want {
			t.Errorf("%s is of kind %s, want %s", name, got, want)
		}
	}
	list := items(8, `<li><a href="/t#.html">汐州市第#轮巡察反馈情况</a><span>2022-08-1#</span><p>根据市委统一部署，巡察组对汐州市水务局开展了巡察，现将情况予以公布。</p></li>`)
	for body, want := range map[string]Kind{
		"":                       KindOther,
		"\x89PNG\r\n":            KindOther,
		"%PDF-1.7":               KindArticle,
		`{"a":1}`:                KindOther,
		"var maxpage = 2;":       KindOther,
		"<urlset><url></urlset>": KindSitemap,
		"<html><body><ul>" + list + "</ul></body></html>": KindList,
	} {
		if got := KindOf(tongbao.Page{URL: "http://jw.xizhou.example/x", Body: []byte(body)}, known(t)); got != want {
			t.Errorf("%.40q is of kind %s, want %s", body, got, want)
		}
	}
}

func TestNoList(t *testing.T) {
	for body, want := range map[string]error{"": ErrEmpty, "%PDF-1.7": ErrNotText, "\x89PNG\r\n": ErrNotText, "<p>正文</p>": ErrNoList, "{": ErrNoList} {
		if _, err := ReadList(tongbao.Page{Body: []byte(body)}, known(t)); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", body, err, want)
		}
	}
}

func TestAttachments(t *testing.T) {
	page := `<div class="nav"><a href="/help.pdf">使用说明</a></div><form name="_newscontent_fromname"><div class="v_news_content"><p>现将有关情况通报如下，请各单位认真贯彻落实，并及时报告。</p></div>
<a href="/system/_content/download.jsp?wbfileid=7">附件【整改清单.docx】</a><a href="a/表.PDF?v=1">表</a><a href="a/1.jpg">图</a><a href="旧.wps">旧</a></form>`
	got, err := ReadAttachments(tongbao.Page{URL: "http://jw.xizhou.example/info/1/2.htm", Body: []byte(page)}, known(t))
	want := []Link{{URL: "http://jw.xizhou.example/system/_content/download.jsp?wbfileid=7", Title: "附件【整改清单.docx】"}, {URL: "http://jw.xizhou.example/info/1/a/%E8%A1%A8.PDF?v=1", Title: "表"}, {URL: "http://jw.xizhou.example/info/1/%E6%97%A7.wps", Title: "旧"}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v -want +read\n%s", err, diff)
	}
}

// FuzzReadList: no page makes the reader panic, and what it gives are
// addresses of the web, each once, and requests to the page's own host.
func FuzzReadList(f *testing.F) {
	f.Add([]byte(items(3, `<li><a href="t#.html">汐州市第#轮巡察反馈</a>2022-08-1#</li>`) + `createPageHTML(3, 0, "index", "html")`))
	f.Add([]byte(`<record><![CDATA[<li><a href="/a.html">x</a></li>]]></record>totalRecord:5,perPage:2,columnid:1,unitid:'2',webid:3`))
	f.Add([]byte(`{"data":{"total":7,"results":[{"title":"x","url":"/art/4.html","publishedTimeStr":"2023"}]}}`))
	f.Add([]byte(`<TD id="fanye231">1/4</TD>`))
	f.Add([]byte("<base href='//other.example/'><a href=x rel=next>下一页</a>"))
	c := known(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		page := tongbao.Page{URL: "http://jw.xizhou.example/zjsc.htm", Body: body}
		KindOf(page, c)
		l, err := ReadList(page, c)
		if err != nil && (len(l.Articles) > 0 || len(l.Next) > 0) {
			t.Error("a list and an error")
		}
		seen := map[string]bool{}
		for _, a := range l.Articles {
			if seen[a.URL] || !strings.HasPrefix(a.URL, "http") || strings.Contains(a.URL, "#") {
				t.Errorf("the address %q", a.URL)
			}
			seen[a.URL] = true
		}
		if len(l.Next) > MaxPages {
			t.Errorf("%d pages", len(l.Next))
		}
		for _, r := range l.Next {
			if !strings.HasPrefix(r.URL, "http") || bytes.ContainsAny([]byte(r.URL), "\n\r ") {
				t.Errorf("the request %q", r.URL)
			}
		}
	})
}
