// Package parse reads a page, or a plain text, into a notice: title, source,
// time and the paragraphs of the body, with everything around the body left
// out. Sites are described by data (sites/*.toml); pages of other sites go
// through common patterns. It is the only importer of goquery.
package parse

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"tongbao"
	"tongbao/pipeline/parse/outline"
)

// The reasons for which a document gives no notice.
var (
	ErrEmpty       = errors.New("the document is empty")
	ErrNotText     = errors.New("the document is no page and no text")
	ErrUndecodable = errors.New("the bytes are no text in UTF-8, GB18030, Big5 or UTF-16")
	ErrNoBody      = errors.New("no body of text was found in the page")
	ErrScan        = errors.New("the document is a scan without a text layer")
)

// article is what a page says before the outline is read.
type article struct {
	title, source, published string
	paragraphs               []string
	fit                      Fit
}

// Parse reads the page. Text keeps the characters of the page; only those that
// no reader sees (control characters, zero-width marks) are dropped, a tab
// becomes a space, and a run of the markup's own spaces and line ends becomes
// what a browser would show for it. Bytes that could not be decoded stay
// visible as U+FFFD, lest the figures on both sides of one run together.
//
// A row of a table is one paragraph, its cells parted by one space; where a
// cell holds more than a few lines, each cell is paragraphs of its own.
//
// Published is RFC 3339 at +08:00 where the page shows a time, else an ISO
// day. PDF files with a text layer and Word documents (DOCX) are read as texts.
//
// Errors are, or wrap, the five above, and say what to do next.
func Parse(page tongbao.Page) (*tongbao.Notice, error) {
	c, err := Known()
	if err != nil {
		return nil, err
	}
	n, _, err := c.Parse(page)
	return n, err
}

// Parse is the function Parse with the descriptions of a catalogue. The Fit
// tells by which of them, with an error too.
func (c *Catalogue) Parse(page tongbao.Page) (*tongbao.Notice, Fit, error) {
	a, err := c.read(page)
	if err != nil {
		return nil, a.fit, err
	}
	body := strings.Join(a.paragraphs, "\n")
	if body == "" {
		return nil, a.fit, fmt.Errorf("%w: %s", ErrNoBody, adviceNoBody)
	}
	n := &tongbao.Notice{ID: tongbao.IDOf(body), Title: a.title, Source: a.source, Published: a.published, Text: body}
	if page.URL != "" {
		n.URLs = []string{page.URL}
	}
	outline.Read(n)
	return n, a.fit, nil
}

// read reads a page of any kind that is read.
func (c *Catalogue) read(page tongbao.Page) (article, error) {
	if len(bytes.TrimSpace(page.Body)) == 0 {
		return article{}, fmt.Errorf("%w: save the page again", ErrEmpty)
	}
	if text, found, err := office(page.Body); found {
		if err != nil {
			return article{}, err
		}
		return readText(text), nil
	}
	text, err := pageText(page)
	if err != nil {
		return article{}, err
	}
	if looksLikeHTML(text) {
		return c.readHTML(text, page.URL)
	}
	return readText(text), nil
}

// pageText returns the characters of a page that is no PDF and no Office document.
func pageText(page tongbao.Page) (string, error) {
	if kind := foreign(page.Body); kind != "" {
		return "", fmt.Errorf("%w but %s: save the page as HTML, or copy its text into a .txt file", ErrNotText, kind)
	}
	return decode(page.Body, page.ContentType)
}

const adviceNoBody = "is it a list, a page of pictures, or one that needs JavaScript? save the article's own page, or copy its text into a .txt file"

// magics are the first bytes of the files that are taken for pages now and
// then: downloads under the page's name, attachments, archives.
var magics = []struct{ magic, kind string }{
	{"%!PS", "a PostScript file"}, {"{\\rtf", "an RTF document"},
	{"PK\x03\x04", "a ZIP archive"},
	{"\x1F\x8B", "a gzip archive"}, {"BZh", "a bzip2 archive"}, {"\xFD7zXZ", "an xz archive"}, {"Rar!", "a RAR archive"}, {"7z\xBC\xAF", "a 7z archive"},
	{"\x89PNG", "a picture"}, {"\xFF\xD8\xFF", "a picture"}, {"GIF8", "a picture"}, {"II*\x00", "a picture"}, {"MM\x00*", "a picture"}, {"\x00\x00\x01\x00", "a picture"}, {"RIFF", "a picture or a recording"},
	{"ID3", "a recording"}, {"OggS", "a recording"}, {"FLV\x01", "a film"}, {"\x1AE\xDF\xA3", "a film"},
	{"SQLite format 3", "a database"}, {"\x7FELF", "a program"}, {"MZ\x90", "a program"}, {"\x00asm", "a program"},
	{"WARC/1.", "a web archive"}, {"From: <Saved by ", "an MHTML archive"}, {"MIME-Version: 1.0", "an MHTML archive"},
}

// foreign names the kind of a file that is no text, whatever its name says:
// by its first bytes, or by the zeros that only binary files hold.
func foreign(body []byte) string {
	start := bytes.TrimLeft(body, " \t\r\n")
	for _, m := range magics {
		if bytes.HasPrefix(body, []byte(m.magic)) || m.magic[0] >= 0x20 && m.magic[0] < 0x7F && bytes.HasPrefix(start, []byte(m.magic)) {
			return m.kind
		}
	}
	if len(body) > 12 && string(body[4:8]) == "ftyp" {
		return "a film"
	}
	if bytes.Count(body, []byte{0})*100 > len(body) && !isUTF16(body) {
		return "a binary file"
	}
	return ""
}

// looksLikeHTML reports whether the text is the markup of a page. A plain text
// may well quote a tag or two.
func looksLikeHTML(text string) bool {
	head := strings.ToLower(text[:min(len(text), 64<<10)])
	start := strings.TrimLeft(head, " \t\r\n\uFEFF")
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<!--", "<?xml", "<div", "<p>", "<p ", "<table", "<meta", "<script", "<style", "<title"} {
		if strings.HasPrefix(start, tag) || len(tag) > 4 && strings.Contains(head[:min(len(head), 4096)], tag) && tag != "<!--" {
			return true
		}
	}
	tags := 0
	for _, tag := range []string{"<p>", "<p ", "<div", "<br", "<span", "</td>", "<h1", "<h2"} {
		tags += strings.Count(head, tag)
	}
	return tags >= 3
}

// visible drops the characters that no reader sees: controls, zero-width and
// directional marks, soft hyphens. Marks that end a line stay line ends.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0x20 && r < 0x7F:
			return r
		case r == '\n', r == '\r', r == '\v', r == '\f', r == 0x85, r == 0x2028, r == 0x2029:
			return '\n'
		case r == '\t':
			return ' '
		case r < 0x20, r >= 0x7F && r < 0xA0, r == 0xAD, r == 0xFEFF, r == 0xFFFC,
			r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F:
			return -1
		}
		return r
	}, text)
}

// squeeze drops all white space, for comparing.
func squeeze(text string) string { return strings.Join(strings.Fields(text), "") }
