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
	"unicode/utf8"

	"tongbao"
	"tongbao/pipeline/parse/outline"
)

// The reasons for which a document gives no notice.
var (
	ErrEmpty       = errors.New("the document is empty")
	ErrNotText     = errors.New("the document is no page and no text")
	ErrUndecodable = errors.New("the bytes are no text in UTF-8, GB18030, Big5 or UTF-16")
	ErrNoBody      = errors.New("no body of text was found in the page")
)

// article is what a page says before the outline is read.
type article struct {
	title, source, published string
	paragraphs               []string
}

// Parse reads the page. Text keeps the characters of the page; only those that
// no reader sees (control characters, zero-width marks) are dropped. Errors
// are, or wrap, the four above, and say what to do next.
func Parse(page tongbao.Page) (*tongbao.Notice, error) {
	if len(bytes.TrimSpace(page.Body)) == 0 {
		return nil, fmt.Errorf("%w: save the page again", ErrEmpty)
	}
	if kind := binary(page.Body); kind != "" {
		return nil, fmt.Errorf("%w but %s: save the page as HTML, or its text as a .txt file", ErrNotText, kind)
	}
	text, err := decode(page.Body, page.ContentType)
	if err != nil {
		return nil, err
	}
	var a article
	if looksLikeHTML(text) {
		a, err = readHTML(text, page.URL)
	} else {
		a, err = readText(text)
	}
	if err != nil {
		return nil, err
	}
	body := strings.Join(a.paragraphs, "\n")
	if body == "" {
		return nil, fmt.Errorf("%w: is it a list, a picture page, or does it need JavaScript? save the article's own page", ErrNoBody)
	}
	n := &tongbao.Notice{ID: tongbao.IDOf(body), Title: a.title, Source: a.source, Published: a.published, Text: body}
	if page.URL != "" {
		n.URLs = []string{page.URL}
	}
	outline.Read(n)
	return n, nil
}

// binary names the kind of a file that is no text, by its first bytes.
func binary(body []byte) string {
	for _, m := range []struct{ magic, kind string }{
		{"%PDF-", "a PDF"}, {"PK\x03\x04", "a ZIP archive or an Office document"}, {"\xD0\xCF\x11\xE0", "an old Office document"},
		{"\x89PNG", "a picture"}, {"\xFF\xD8\xFF", "a picture"}, {"GIF8", "a picture"}, {"\x1F\x8B", "a gzip archive"},
		{"Rar!", "a RAR archive"}, {"7z\xBC\xAF", "a 7z archive"}, {"SQLite format 3", "a database"}, {"\x7FELF", "a program"}, {"MZ\x90", "a program"},
	} {
		if bytes.HasPrefix(body, []byte(m.magic)) {
			return m.kind
		}
	}
	return ""
}

// looksLikeHTML reports whether the text has the elements of a page.
func looksLikeHTML(text string) bool {
	head := strings.ToLower(text[:min(len(text), 4096)])
	for _, tag := range []string{"<html", "<!doctype html", "<head", "<body", "<div", "<p>", "<p ", "<meta", "<table"} {
		if strings.Contains(head, tag) {
			return true
		}
	}
	return false
}

// visible drops the characters that no reader sees.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r < 0x20 || r >= 0x7F && r < 0xA0, r == 0xFEFF, r >= 0x200B && r <= 0x200F, r == 0x2060, r == 0xAD, r == utf8.RuneError:
			return -1
		}
		return r
	}, text)
}
