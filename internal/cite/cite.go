// Package cite writes citations of notices, and of single facts in them, for
// people (GB/T 7714-2015) and for programs that keep references: BibTeX,
// CSL-JSON, RIS. What is not known is left out of every one of them; the words
// of a notice stay as they were printed.
package cite

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"tongbao"
)

// A Citation is what is known of a notice as a source.
type Citation struct {
	Notice   string // id: of the text, so that it stays when the address goes
	Title    string
	Issuer   string // the body whose notice it is
	Source   string // the site or office that printed it
	Date     string // ISO day of publication, else of the signature
	URL      string // http and https only: a path on a disk is nobody's address
	Accessed string // ISO day, at +08:00, on which the page was fetched
	Replaced string // ISO day from which the address was found to hold another text
	Quote    *Quote // nil where the notice is cited as a whole
}

// A Quote is a sentence of the notice, cited for a fact that stands in it.
// Offsets are half-open ranges of code points into the notice's text.
type Quote struct {
	Fact               string // id
	Section            string // path, "0" for the preamble
	Heading            string
	Sentence           string
	Start, End         int // of the sentence
	Words              string
	FactStart, FactEnd int // of the fact's words
}

// china is the time by which days are told: that of the notices.
var china = time.FixedZone("", 8*60*60)

// Of returns the citation of a notice as it was fetched from url at an RFC 3339
// time; url is empty where no address is known.
func Of(n *tongbao.Notice, url, fetched string) Citation {
	c := Citation{Notice: n.ID, Title: n.Title, Issuer: n.Issuer, Source: n.Source, Date: Day(n.Published)}
	if c.Date == "" {
		c.Date = Day(n.Signed)
	}
	if IsAddress(url) {
		c.URL, c.Accessed = url, Day(fetched)
	}
	return c
}

// IsAddress reports whether a document was met in the web rather than on a disk.
func IsAddress(url string) bool {
	return strings.HasPrefix(url, "http://") || strings.HasPrefix(url, "https://")
}

// Day returns the day of an RFC 3339 time, as citations tell it, or an ISO day; ""
// for what is neither.
func Day(said string) string {
	if t, err := time.Parse(time.RFC3339, said); err == nil {
		return t.In(china).Format(time.DateOnly)
	}
	if t, err := time.Parse(time.DateOnly, said); err == nil {
		return t.Format(time.DateOnly)
	}
	return ""
}

// With returns the citation of the sentence (bytes of the notice's text) in
// which a fact stands.
func (c Citation) With(n *tongbao.Notice, f *tongbao.Fact, sentence tongbao.Span) Citation {
	points := tongbao.NewCodePoints(n.Text)
	c.Quote = &Quote{Fact: f.ID, Section: f.Section, Heading: heading(n.Sections, f.Section),
		Sentence: n.Text[sentence.Start:sentence.End], Start: points.At(sentence.Start), End: points.At(sentence.End),
		Words: f.Quote, FactStart: points.At(f.Start), FactEnd: points.At(f.End)}
	return c
}

func heading(sections []tongbao.Section, path string) string {
	for _, s := range sections {
		if s.Path == path {
			return s.Heading
		}
		if found := heading(s.Sections, path); found != "" {
			return found
		}
	}
	return ""
}

// key is what a file of references knows the entry by.
func (c *Citation) key() string {
	if c.Quote != nil {
		return c.Notice + "-" + c.Quote.Fact
	}
	return c.Notice
}

// note says in one line of Chinese what no field of a reference holds: where
// the quoted sentence stands, and that the address holds another text by now.
// The corner brackets are ours, for notices quote with “”.
func (c *Citation) note() string {
	var parts []string
	if q := c.Quote; q != nil {
		section := "第" + q.Section + "部分"
		if q.Section == "0" {
			section = "开头部分"
		}
		if q.Heading != "" {
			section += "「" + q.Heading + "」"
		}
		parts = append(parts, fmt.Sprintf("%s，字符[%d,%d)：「%s」，其中「%s」字符[%d,%d)，编号%s/%s",
			section, q.Start, q.End, q.Sentence, q.Words, q.FactStart, q.FactEnd, c.Notice, q.Fact))
	}
	if c.Replaced != "" {
		parts = append(parts, "该地址自"+c.Replaced+"起已是另一文本")
	}
	return oneLine(strings.Join(parts, "；"))
}

// oneLine returns the words with line ends and other control characters made
// spaces: no format has room for them.
func oneLine(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD")))
}

// address returns an address in which the characters that no address may hold,
// and that would end a field, are percent-encoded. Chinese stays.
func address(url string) string {
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(url, "\uFFFD") {
		if r <= ' ' || r == 0x7f || strings.ContainsRune(`{}\"<>^`+"`", r) {
			fmt.Fprintf(&b, "%%%02X", r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Formats lists what Write knows, as --format spells it.
var Formats = []string{"gb7714", "bibtex", "csl", "ris"}

// Write writes citations in one of Formats.
func Write(w io.Writer, format string, citations []Citation) error {
	var text string
	switch format {
	case "gb7714":
		for i := range citations {
			text += citations[i].GB7714() + "\n"
		}
	case "bibtex":
		text = bibtex(citations)
	case "ris":
		text = ris(citations)
	case "csl":
		var err error
		if text, err = csl(citations); err != nil {
			return err
		}
	default:
		return fmt.Errorf("format %q is not known; use one of %s", format, strings.Join(Formats, ", "))
	}
	_, err := io.WriteString(w, text)
	return err
}
