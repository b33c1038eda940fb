package sitetest

import (
	"fmt"
	"html"
	"strings"
)

// A style writes the markup of a body.
type style func(body []paragraph) string

// A markup is what a style writes around each kind of paragraph, %s for its text.
type markup struct{ heading, right, plain string }

func (m markup) write(body []paragraph) string {
	var b strings.Builder
	for _, p := range body {
		switch {
		case p.rows != nil:
			table(&b, p.rows)
		case p.heading:
			fmt.Fprintf(&b, m.heading, html.EscapeString(p.text))
		case p.right:
			fmt.Fprintf(&b, m.right, html.EscapeString(p.text))
		default:
			fmt.Fprintf(&b, m.plain, html.EscapeString(p.text))
		}
	}
	return b.String()
}

// styleParagraphs writes <p> with two U+3000, as most editors do.
var styleParagraphs style = markup{
	heading: "<p style=\"text-align: justify;\"><strong>　　%s</strong></p>\n",
	right:   "<p style=\"text-align: right;\">%s　　</p>\n",
	plain:   "<p style=\"text-align: justify;\">　　%s</p>\n",
}.write

// styleBreaks writes a whole body as lines between <br>.
var styleBreaks style = markup{
	heading: "<b>　　%s</b><br />\r\n<br />",
	right:   "<div align=\"right\">%s</div>",
	plain:   "&nbsp;&nbsp;&nbsp;&nbsp;%s<br />\r\n<br />",
}.write

// styleWord writes what Word leaves in a page: a style sheet inside the body,
// spans in spans, figures in spans of their own.
func styleWord(body []paragraph) string {
	var b strings.Builder
	b.WriteString("<style type=\"text/css\">.MsoNormal{margin:0cm;text-indent:32.0pt;font-family:\"仿宋_GB2312\";}</style>\n")
	for _, p := range body {
		if p.rows != nil {
			table(&b, p.rows)
			continue
		}
		align := ""
		if p.right {
			align = ";text-align:right"
		}
		fmt.Fprintf(&b, "<p class=\"MsoNormal\" style=\"line-height:29.0pt%s\"><span style=\"font-size:16.0pt\">%s</span><span lang=\"EN-US\"><o:p></o:p></span></p>\n<p class=\"MsoNormal\"><o:p>&nbsp;</o:p></p>\n", align, figuresApart(p.text))
	}
	return b.String()
}

// figuresApart puts runs of ASCII digits into spans, as Word does.
func figuresApart(text string) string {
	var b strings.Builder
	inside := false
	for _, r := range text {
		if digit := r >= '0' && r <= '9'; digit != inside {
			b.WriteString(map[bool]string{true: `<span lang="EN-US">`, false: `</span>`}[digit])
			inside = digit
		}
		b.WriteString(html.EscapeString(string(r)))
	}
	if inside {
		b.WriteString("</span>")
	}
	return b.String()
}

// styleDivs writes paragraphs as <div>, one of them in a <section>.
func styleDivs(body []paragraph) string {
	var b strings.Builder
	for i, p := range body {
		switch {
		case p.rows != nil:
			table(&b, p.rows)
		case i == 0:
			fmt.Fprintf(&b, "<section><div>　　%s</div></section>", html.EscapeString(p.text))
		default:
			fmt.Fprintf(&b, "<div>　　%s</div>", html.EscapeString(p.text))
		}
	}
	return b.String()
}

func table(b *strings.Builder, rows [][]string) {
	b.WriteString("<table border=\"1\" cellspacing=\"0\"><tbody>")
	for _, row := range rows {
		b.WriteString("<tr>")
		for _, cell := range row {
			fmt.Fprintf(b, "<td><p>%s</p></td>", html.EscapeString(cell))
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</tbody></table>\n")
}
