package parse

import (
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	readability "codeberg.org/readeck/go-readability/v2"
	"github.com/PuerkitoBio/goquery"
)

// enough is the length in characters from which on a container is taken for a
// body; announcements are short, link lists are shorter.
const enough = 60

// readHTML reads a page by the first description that fits and yields a body,
// else by common patterns.
func readHTML(text, address string) (article, error) {
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(text))
	if err != nil {
		return article{}, fmt.Errorf("%w: the markup cannot be read (%w)", ErrNoBody, err)
	}
	doc.Find("script, style, noscript, iframe, select, textarea").Remove()
	for _, s := range sites() {
		if !s.fits(doc, address) {
			continue
		}
		if a, ok := readSite(doc, &s); ok {
			return a, nil
		}
	}
	return readUnknown(doc, text, address)
}

func readSite(doc *goquery.Document, s *Site) (article, bool) {
	body := fullest(doc, s.Body)
	if body == nil {
		return article{}, false
	}
	for _, selector := range s.Drop {
		body.Find(selector).Remove()
	}
	return assemble(doc, s, paragraphs(body)), true
}

// fullest returns the element with most text among those of the first selector
// that finds one with enough of it. Pages repeat a container for their columns.
func fullest(doc *goquery.Document, selectors []string) *goquery.Selection {
	for _, selector := range selectors {
		var best *goquery.Selection
		most := enough
		doc.Find(selector).Each(func(_ int, s *goquery.Selection) {
			if n := textLength(s); n > most {
				best, most = s, n
			}
		})
		if best != nil {
			return best
		}
	}
	return nil
}

// textLength counts the characters of an element outside links.
func textLength(s *goquery.Selection) int {
	n := utf8.RuneCountInString(squeeze(s.Text()))
	s.Find("a").Each(func(_ int, a *goquery.Selection) { n -= utf8.RuneCountInString(squeeze(a.Text())) })
	return n
}

// assemble puts the article together: what the description names, then the
// meta lines met in the body, then the rest of the page.
func assemble(doc *goquery.Document, s *Site, body []string) article {
	a := article{title: pageTitle(doc, s.Title)}
	kept, inBody := trimFurniture(body, a.title)
	a.paragraphs = kept
	lines := joined(doc, s.Meta) + "\n" + inBody
	a.source = firstNonEmpty(labelled(doc, s.Source), sourceIn(lines))
	a.published = firstNonEmpty(publishedIn(joined(doc, s.Published)), publishedIn(lines))
	if a.source == "" || a.published == "" {
		around := metaLinesOf(doc)
		a.source = firstNonEmpty(a.source, sourceIn(around), metaTag(doc, "ContentSource"))
		a.published = firstNonEmpty(a.published, publishedIn(around), publishedIn(metaTag(doc, "PubDate")), publishedIn(metaTag(doc, "publishdate")), publishedIn(metaProperty(doc, "article:published_time")))
	}
	return a
}

// joined returns the text of the elements of all selectors.
func joined(doc *goquery.Document, selectors []string) string {
	var b strings.Builder
	for _, selector := range selectors {
		doc.Find(selector).Each(func(_ int, s *goquery.Selection) { b.WriteString(spaced(s.Text()) + "\n") })
	}
	return b.String()
}

// labelled returns what stands in the first element with text, its label cut.
func labelled(doc *goquery.Document, selectors []string) string {
	for _, selector := range selectors {
		text := spaced(doc.Find(selector).First().Text())
		if s := sourceIn(text); s != "" {
			return s
		}
		if text != "" && utf8.RuneCountInString(text) <= 30 && !strings.ContainsAny(text, ":：") {
			return text
		}
	}
	return ""
}

// metaLinesOf collects the short elements that hold source or time.
func metaLinesOf(doc *goquery.Document) string {
	var b strings.Builder
	doc.Find("div, p, span, td, h3, h4, h5, li, em, dd, ul").EachWithBreak(func(i int, s *goquery.Selection) bool {
		text := spaced(s.Text())
		if len(text) < 240 && len(text) > 8 && (strings.Contains(text, "来源") || strings.Contains(text, "时间") || strings.Contains(text, "日期")) && (publishedIn(text) != "" || sourceIn(text) != "") {
			b.WriteString(text + "\n")
		}
		return b.Len() < 2000
	})
	return b.String()
}

func spaced(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(visible(text), "\u00a0", " "))
}

// pageTitle is the element that the description names, else the page's own
// metadata, else the heading that the window's title repeats.
func pageTitle(doc *goquery.Document, selectors []string) string {
	window := oneLine(doc.Find("title").First().Text())
	for _, selector := range selectors {
		for _, s := range doc.Find(selector).EachIter() {
			if t := oneLine(s.Text()); t != "" && agree(t, window) {
				return withoutSubtitle(t, window)
			}
		}
	}
	best := ""
	doc.Find("h1, h2, h3, .title, .tit, #title, .article-title, .bt").Each(func(_ int, s *goquery.Selection) {
		if t := oneLine(s.Text()); utf8.RuneCountInString(t) >= 6 && len(t) > len(best) && strings.Contains(squeeze(window), squeeze(t)) {
			best = t
		}
	})
	if best == "" {
		best = repeated(doc, window)
	}
	if best != "" {
		return best
	}
	if t := oneLine(metaTag(doc, "ArticleTitle")); t != "" && !strings.Contains(t, "<") {
		return t
	}
	return withoutSite(window)
}

// repeated returns the longest short line of the page that stands within the
// window's title: the heading on pages whose heading is no h1.
func repeated(doc *goquery.Document, window string) string {
	best := ""
	doc.Find("div, td, p, span, strong, font").Each(func(_ int, s *goquery.Selection) {
		if s.Children().Length() > 2 {
			return
		}
		if t := oneLine(s.Text()); utf8.RuneCountInString(t) >= 8 && len(t) > len(best) && len(t) < len(window) && strings.Contains(window, t) {
			best = t
		}
	})
	return best
}

// agree reports whether a heading is the one that the window's title repeats.
// A window that names the site alone says nothing.
func agree(heading, window string) bool {
	h, w := []rune(squeeze(heading)), squeeze(window)
	if utf8.RuneCountInString(withoutSite(window)) < 8 {
		return len(h) >= 6
	}
	return strings.Contains(w, string(h[:min(len(h), 6)])) || strings.Contains(string(h), squeeze(withoutSite(window)))
}

// withoutSubtitle cuts what the window's title shows to be a second line.
func withoutSubtitle(heading, window string) string {
	if main := withoutSite(window); utf8.RuneCountInString(main) >= 8 && strings.HasPrefix(heading, main+" ") {
		return main
	}
	return heading
}

// withoutSite cuts the site's name off a window's title.
func withoutSite(window string) string {
	for _, mark := range []string{"————", "__", "--", "_", "-", "–", "|", "丨"} {
		if i := strings.Index(window, mark); i > 0 && utf8.RuneCountInString(window[:i]) >= 8 {
			return strings.TrimSpace(window[:i])
		}
	}
	return window
}

func oneLine(text string) string { return strings.Join(strings.Fields(spaced(text)), " ") }

func metaTag(doc *goquery.Document, name string) string {
	content := ""
	doc.Find("meta[name]").EachWithBreak(func(_ int, s *goquery.Selection) bool {
		if strings.EqualFold(s.AttrOr("name", ""), name) {
			content = strings.TrimSpace(s.AttrOr("content", ""))
		}
		return content == ""
	})
	return content
}

func metaProperty(doc *goquery.Document, name string) string {
	return doc.Find(`meta[property="`+name+`"]`).First().AttrOr("content", "")
}

func firstNonEmpty(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}

// readUnknown reads a page that no description fits: the body by readability.
func readUnknown(doc *goquery.Document, text, address string) (article, error) {
	base, err := url.Parse(address)
	if err != nil || !base.IsAbs() {
		base = &url.URL{Scheme: "http", Host: "localhost", Path: "/"}
	}
	found, err := readability.FromReader(strings.NewReader(text), base)
	if err != nil || found.Node == nil {
		return article{}, fmt.Errorf("%w: is it a list, or a page that needs JavaScript? save the article's own page", ErrNoBody)
	}
	body := paragraphs(goquery.NewDocumentFromNode(found.Node).Selection)
	length := 0
	for _, p := range body {
		length += utf8.RuneCountInString(p)
	}
	if length < enough {
		return article{}, fmt.Errorf("%w: is it a list, or a page that needs JavaScript? save the article's own page", ErrNoBody)
	}
	return assemble(doc, &Site{}, body), nil
}
