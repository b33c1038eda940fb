package parse

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A listRule describes the list pages of a site or of a content system. match,
// address and source are conditions; each that is given must hold.
type listRule struct {
	Match   selector `toml:"match"`   // an element that its list pages have
	Address pattern  `toml:"address"` // found in the page's address
	Source  pattern  `toml:"source"`  // found in the page's source

	Items    []selector `toml:"items"`    // an item each
	Link     selector   `toml:"link"`     // in an item; none: its first link
	Title    selector   `toml:"title"`    // in an item; none: the link
	Date     selector   `toml:"date"`     // in an item; none: anywhere in it
	Embedded pattern    `toml:"embedded"` // markup of an item that stands in a script or in XML: the first group
	Pattern  pattern    `toml:"pattern"`  // an item in a script: the groups url, title, date
	JSON     *jsonRule  `toml:"json"`     // an answer of JSON

	Pages []pagesRule `toml:"pages"`
}

// A jsonRule describes a list whose items are objects of JSON.
type jsonRule struct {
	Items   string `toml:"items"`   // the path of the array, parted by dots; "" for the whole
	URL     string `toml:"url"`     // the path of each field in an item
	Title   string `toml:"title"`   //
	Date    string `toml:"date"`    // a day, or milliseconds since 1970
	Markup  string `toml:"markup"`  // instead of the three: an item is markup
	Address string `toml:"address"` // instead of url: a template of the item's fields
}

// A pagesRule tells the pages that follow: links, or addresses made of a
// number. Templates know {n} and {n:8}, the number of the page (in so many
// digits); {start}, {end} and {skip}, the first and last record on it counted
// from one, and how many come before it; {size}; and the named groups of
// source, url and values.
type pagesRule struct {
	Links []selector `toml:"links"` // links to following pages
	Words []string   `toml:"words"` // words of the link to the next page

	Source  pattern            `toml:"source"`  // finds pages, or records, in the page's source
	URL     pattern            `toml:"url"`     // takes the page's own address apart
	Values  map[string]pattern `toml:"values"`  // further values: the first group
	Default map[string]string  `toml:"default"` // for groups that found nothing
	Address string             `toml:"address"` // template
	Body    string             `toml:"body"`    // template; makes the request a POST
	Type    string             `toml:"type"`    // of the body
	Size    int                `toml:"size"`    // records on a page, where source tells records
	From    int                `toml:"from"`    // the number of the first page that follows; 0: 2
	Shift   int                `toml:"shift"`   // the last number is the count of pages plus shift
	Down    bool               `toml:"down"`    // numbers fall: the last number comes first
}

// A pattern is a regular expression (RE2).
type pattern struct{ *regexp.Regexp }

// UnmarshalText compiles the expression.
func (p *pattern) UnmarshalText(text []byte) error {
	compiled, err := regexp.Compile(string(text))
	if err != nil {
		return fmt.Errorf("expression %q: %w", text, err)
	}
	p.Regexp = compiled
	return nil
}

// groups returns what the named groups found in a text; nil for no match.
func (p pattern) groups(text string) map[string]string {
	m := p.FindStringSubmatch(text)
	if m == nil {
		return nil
	}
	found := map[string]string{}
	for i, name := range p.SubexpNames() {
		if name != "" && found[name] == "" {
			found[name] = m[i]
		}
	}
	return found
}

func (l *listRule) check() error {
	if l.Pattern.Regexp != nil && !slices.Contains(l.Pattern.SubexpNames(), "url") {
		return errors.New("pattern has no group (?P<url>…)")
	}
	if l.Embedded.Regexp != nil && l.Embedded.NumSubexp() == 0 {
		return errors.New("embedded has no group")
	}
	if j := l.JSON; j != nil && j.URL == "" && j.Markup == "" && j.Address == "" {
		return errors.New("json names neither url, address nor markup")
	}
	for i, p := range l.Pages {
		if err := p.check(); err != nil {
			return fmt.Errorf("pages %d: %w", i+1, err)
		}
	}
	return nil
}

func (r *pagesRule) check() error {
	switch {
	case len(r.Links) > 0 || len(r.Words) > 0:
		if r.Address != "" {
			return errors.New("links or words, or an address, not both")
		}
		return nil
	case r.Address == "":
		return errors.New("neither links, words nor address")
	case r.Source.Regexp == nil:
		return errors.New("source is missing: it tells the number of pages")
	}
	known := []string{"n", "start", "end", "skip", "size"}
	for _, p := range []pattern{r.Source, r.URL} {
		if p.Regexp != nil {
			known = append(known, p.SubexpNames()...)
		}
	}
	for name, p := range r.Values {
		if p.Regexp == nil || p.NumSubexp() == 0 {
			return fmt.Errorf("value %s has no group", name)
		}
		known = append(known, name)
	}
	for _, m := range placeholder.FindAllStringSubmatch(r.Address+r.Body, -1) {
		if !slices.Contains(known, m[1]) {
			return fmt.Errorf("nothing gives a value for {%s}", m[1])
		}
	}
	names := r.Source.SubexpNames()
	_, given := r.Values["size"]
	if slices.Contains(names, "records") && !slices.Contains(names, "size") && !given && r.Size <= 0 {
		return errors.New("records without size")
	}
	return nil
}

var placeholder = regexp.MustCompile(`\{(\w+)(?::(\d))?\}`)

// fill fills a template.
func fill(template string, values map[string]string) string {
	return placeholder.ReplaceAllStringFunc(template, func(hole string) string {
		m := placeholder.FindStringSubmatch(hole)
		value := values[m[1]]
		if m[2] != "" {
			if missing := int(m[2][0]-'0') - len(value); missing > 0 {
				value = strings.Repeat("0", missing) + value
			}
		}
		return value
	})
}
