package parse_test

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"tongbao"
	"tongbao/pipeline/parse"
)

func TestCharsets(t *testing.T) {
	const utf8Label, gbkLabel, big5Label = `<meta charset="utf-8">`, `<meta http-equiv="Content-Type" content="text/html; charset=gb2312">`, `<meta charset="big5">`
	page := func(head string) string { return layout(head, `<div id="zoom">`, `</div>`) }
	late := "<!--" + strings.Repeat("x", 20_000) + "-->" + gbkLabel
	plain := strings.ReplaceAll(page(""), "𠮷", "吉")
	little := func(mark unicode.BOMPolicy) encoding.Encoding { return unicode.UTF16(unicode.LittleEndian, mark) }
	big := func(mark unicode.BOMPolicy) encoding.Encoding { return unicode.UTF16(unicode.BigEndian, mark) }
	for name, c := range map[string]struct {
		page    string
		charset encoding.Encoding // nil: UTF-8
		server  string
	}{
		"UTF-8":                              {page: page(utf8Label)},
		"UTF-8 that says it is gb2312":       {page: page(gbkLabel)},
		"UTF-8 that the server calls gbk":    {page: page(""), server: "text/html; charset=gbk"},
		"UTF-8 with a mark":                  {page: "\uFEFF" + page(gbkLabel)},
		"GB18030 that says it is gb2312":     {page: page(gbkLabel), charset: simplifiedchinese.GB18030},
		"GB18030 that says it is UTF-8":      {page: page(utf8Label), charset: simplifiedchinese.GB18030},
		"GB18030 that the server calls utf8": {page: page(""), charset: simplifiedchinese.GB18030, server: "text/html; charset=utf-8"},
		"GB18030 that says nothing":          {page: page(""), charset: simplifiedchinese.GB18030},
		"GB18030 that says so late":          {page: page(late), charset: simplifiedchinese.GB18030},
		"GBK that says it is iso-8859-1":     {page: strings.ReplaceAll(page(`<meta charset="iso-8859-1">`), "𠮷", "吉"), charset: simplifiedchinese.GBK},
		"HZ":                                 {page: strings.ReplaceAll(plain, "<head>", `<head><meta charset="hz-gb-2312">`), charset: simplifiedchinese.HZGB2312},
		"UTF-16 with a mark":                 {page: page(""), charset: little(unicode.UseBOM)},
		"UTF-16 without a mark":              {page: page(utf8Label), charset: little(unicode.IgnoreBOM)},
		"UTF-16 the other way round":         {page: page(utf8Label), charset: big(unicode.IgnoreBOM)},
	} {
		raw := []byte(c.page)
		if c.charset != nil {
			var err error
			if raw, err = c.charset.NewEncoder().Bytes(raw); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		n, err := parse.Parse(tongbao.Page{Body: raw, ContentType: c.server})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want := noticeText
		if !strings.Contains(c.page, "𠮷") {
			want = strings.ReplaceAll(want, "𠮷", "吉")
		}
		if n.Text != want || n.Title != noticeTitle {
			t.Errorf("%s: title %q, text %q", name, n.Title, n.Text)
		}
	}

	traditional := `<title>望江區通報</title><div id="zoom"><p>根據統一部署，巡視組對望江區進行了巡視，並反饋了意見。</p><p>區委堅持把整改作為政治任務，逐項對賬，確保件件有著落、事事有回音，取得了階段性成效。</p></div>`
	for _, head := range []string{big5Label, utf8Label, ""} {
		raw, err := traditionalchinese.Big5.NewEncoder().Bytes([]byte("<html>" + head + traditional))
		if err != nil {
			t.Fatal(err)
		}
		n, err := parse.Parse(tongbao.Page{Body: raw})
		if err != nil || !strings.HasPrefix(n.Text, "根據統一部署，巡視組對望江區進行了巡視，並反饋了意見。\n區委") {
			t.Errorf("Big5 under %q: %v %+v", head, err, n)
		}
	}
}

// A text that was cut off or spoilt stays what it is, and shows where.
func TestBrokenBytes(t *testing.T) {
	const sentence = "立案12件，给予党纪处分9人，挽回损失36万元。"
	for name, c := range map[string]struct{ raw, want string }{
		"cut off":             {sentence + "区委\xe5\x8c", sentence + "区委"},
		"cut off, short":      {"立案12件次\xe5", "立案12件次"},
		"one broken sequence": {"立案1\xe52件，" + sentence, "立案1\uFFFD2件，" + sentence},
		"a broken tail":       {"立案12件\x8c\x8c，" + sentence, "立案12件\uFFFD，" + sentence},
		"U+FFFD in the page":  {"立案1\uFFFD2件，" + sentence, "立案1\uFFFD2件，" + sentence},
	} {
		n, err := parse.Parse(tongbao.Page{Body: []byte(c.raw)})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if n.Text != c.want {
			t.Errorf("%s: text %q, want %q", name, n.Text, c.want)
		}
	}
	gbk, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(strings.Repeat(sentence, 3)))
	if err != nil {
		t.Fatal(err)
	}
	n, err := parse.Parse(tongbao.Page{Body: gbk[:len(gbk)-1]})
	if err != nil || !strings.HasPrefix(n.Text, sentence) || strings.Contains(n.Text, "\uFFFD") {
		t.Errorf("GB18030, cut off: %v %+v", err, n)
	}
	if n, err := parse.Parse(tongbao.Page{Body: bytes.Repeat([]byte{0xFF, 0x80, 0x00, 0x00, 0x41}, 100)}); err == nil {
		t.Errorf("bytes of no charset were read: %q", n.Text)
	}
}
