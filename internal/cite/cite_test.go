package cite_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongbao"
	"tongbao/internal/cite"
)

// awkward is a notice whose words every format has to write with care.
func awkward() (cite.Citation, *tongbao.Notice) {
	text := "根据部署。\n一、“两个维护”\n给予党纪处分9人次，占100%（含A&B公司{1}家_#$~^\\）。其余属实。"
	start := strings.Index(text, "给予")
	fact := tongbao.Fact{ID: "f00000000000000aa", Section: "1", Quote: "9人次"}
	fact.Start = strings.Index(text, "9人次")
	fact.End = fact.Start + len(fact.Quote)
	n := &tongbao.Notice{ID: "n00000000000000aa", Title: "整改\n通报 50% & {更多}", Issuer: "中共某区委, 某区纪委", Source: "某省纪委网站",
		Published: "2021-08-30T23:34:29+08:00", Signed: "2021-08-29", Text: text,
		Sections: []tongbao.Section{{Path: "1", Heading: "“两个维护”"}}}
	c := cite.Of(n, "https://a.example/x?a=1&b={2}%20_#t", "2026-11-24T17:00:00Z")
	return c.With(n, &fact, tongbao.Span{Start: start, End: strings.Index(text, "其余")}), n
}

func write(t *testing.T, format string, c ...cite.Citation) string {
	t.Helper()
	var b bytes.Buffer
	if err := cite.Write(&b, format, c); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestFormats(t *testing.T) {
	c, _ := awkward()
	note := "第1部分「“两个维护”」，字符[15,49)：「给予党纪处分9人次，占100%（含A&B公司{1}家_#$~^\\）。」，其中「9人次」字符[21,24)，编号n00000000000000aa/f00000000000000aa"
	for format, want := range map[string]string{
		"gb7714": "中共某区委, 某区纪委. 整改 通报 50% & {更多}[EB/OL]. 某省纪委网站, 2021(2021-08-30)[2026-11-25]. https://a.example/x?a=1&b=%7B2%7D%20_#t. " + note + ".\n",
		"bibtex": `@online{n00000000000000aa-f00000000000000aa,
  author       = {{中共某区委, 某区纪委}},
  title        = {整改 通报 50\% \& {\textbraceleft}更多{\textbraceright}},
  organization = {某省纪委网站},
  date         = {2021-08-30},
  year         = {2021},
  url          = {https://a.example/x?a=1&b=%7B2%7D%20_#t},
  urldate      = {2026-11-25},
  note         = {` + strings.NewReplacer(`100%`, `100\%`, `A&B`, `A\&B`, `{1}家_#$~^\`, `{\textbraceleft}1{\textbraceright}家\_\#\${\textasciitilde}{\textasciicircum}{\textbackslash}`).Replace(note) + `},
}
`,
		"ris": strings.ReplaceAll(`TY  - ELEC
ID  - n00000000000000aa-f00000000000000aa
AU  - 中共某区委， 某区纪委
TI  - 整改 通报 50% & {更多}
T2  - 某省纪委网站
PY  - 2021
DA  - 2021/08/30
Y2  - 2026/11/25
UR  - https://a.example/x?a=1&b=%7B2%7D%20_#t
LA  - zh-CN
N1  - `+note+"\nER  - \n", "\n", "\r\n"),
	} {
		if diff := cmp.Diff(want, write(t, format, c)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", format, diff)
		}
	}
	var items []map[string]any
	if err := json.Unmarshal([]byte(write(t, "csl", c)), &items); err != nil {
		t.Fatal(err)
	}
	day := func(parts ...any) any { return map[string]any{"date-parts": []any{parts}} }
	want := []map[string]any{{"id": "n00000000000000aa-f00000000000000aa", "type": "webpage", "title": "整改 通报 50% & {更多}",
		"author": []any{map[string]any{"literal": "中共某区委, 某区纪委"}}, "container-title": "某省纪委网站",
		"issued": day(2021., 8., 30.), "accessed": day(2026., 11., 25.), "URL": "https://a.example/x?a=1&b=%7B2%7D%20_#t",
		"language": "zh-CN", "note": note,
		"custom": map[string]any{"notice": "n00000000000000aa", "fact": "f00000000000000aa", "section": "1", "quote": "9人次", "start": 21., "end": 24.,
			"sentence": "给予党纪处分9人次，占100%（含A&B公司{1}家_#$~^\\）。", "sentence_start": 15., "sentence_end": 49.}}}
	if diff := cmp.Diff(want, items); diff != "" {
		t.Errorf("csl (-want +got):\n%s", diff)
	}
}

// TestAbsent: what is not known is in no format, not even as a name.
func TestAbsent(t *testing.T) {
	c := cite.Of(&tongbao.Notice{ID: "n1", Title: "通报", Published: "去年"}, "/home/me/a.html", "2026-11-24T17:00:00Z")
	for format, want := range map[string]string{
		"gb7714": "通报[EB/OL].\n",
		"bibtex": "@online{n1,\n  title        = {通报},\n}\n",
		"ris":    "TY  - ELEC\r\nID  - n1\r\nTI  - 通报\r\nLA  - zh-CN\r\nER  - \r\n",
		"csl":    "[\n  {\n    \"id\": \"n1\",\n    \"type\": \"webpage\",\n    \"title\": \"通报\",\n    \"language\": \"zh-CN\"\n  }\n]\n",
	} {
		if diff := cmp.Diff(want, write(t, format, c)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", format, diff)
		}
	}
	signed := cite.Of(&tongbao.Notice{ID: "n1", Title: "通报", Issuer: "甲", Source: "甲", Signed: "2021-08-29"}, "", "")
	if got, want := signed.GB7714(), "甲. 通报[EB/OL]. (2021-08-29)."; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	signed.Replaced = "2026-01-02"
	if got, want := signed.GB7714(), "甲. 通报[EB/OL]. (2021-08-29). 该地址自2026-01-02起已是另一文本."; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if err := cite.Write(&bytes.Buffer{}, "apa", nil); err == nil || !strings.Contains(err.Error(), "gb7714, bibtex, csl, ris") {
		t.Errorf("a format that is not known: %v", err)
	}
}

// FuzzFormats: whatever a title or an issuer holds, an entry stays one entry.
func FuzzFormats(f *testing.F) {
	f.Add("整改{通报\\", "某%区}委", "https://a/\r\nER  - ")
	f.Add("a\nTY  - BOOK", "\u2028\x85\xff", "http://a b}")
	f.Fuzz(func(t *testing.T, title, issuer, url string) {
		c := cite.Of(&tongbao.Notice{ID: "n1", Title: title, Issuer: issuer}, "http://"+url, "2026-11-24T17:00:00Z")
		bib := write(t, "bibtex", c)
		depth := 0
		for i, r := range bib {
			switch r {
			case '{':
				depth++
			case '}':
				depth--
			}
			if depth == 0 && i > len("@online") && i < len(bib)-2 {
				t.Fatalf("the entry ends early:\n%s", bib)
			}
		}
		if depth != 0 {
			t.Fatalf("braces are not balanced:\n%s", bib)
		}
		for line := range strings.SplitSeq(strings.TrimSuffix(write(t, "ris", c), "\r\n"), "\r\n") {
			if len(line) < 6 || line[2:6] != "  - " || strings.ContainsAny(line, "\r\n") {
				t.Fatalf("no line of RIS: %q", line)
			}
		}
		if gb := write(t, "gb7714", c); strings.Count(gb, "\n") != 1 {
			t.Fatalf("more than one line: %q", gb)
		}
		var items []any
		if err := json.Unmarshal([]byte(write(t, "csl", c)), &items); err != nil || len(items) != 1 {
			t.Fatalf("%d items: %v", len(items), err)
		}
	})
}
