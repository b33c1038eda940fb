package parse

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
	"github.com/pelletier/go-toml/v2"
)

// A site describes the pages of a site or of a content system: docs/sites.md
// says what each field means. Where a list of selectors stands, the first that
// finds something wins.
type site struct {
	Name      string     `toml:"name"`
	Hosts     []string   `toml:"hosts"`     // host suffixes; none for a content system
	When      selector   `toml:"when"`      // an element that its pages have: saved files tell no host
	Title     []selector `toml:"title"`     // the heading
	Meta      []selector `toml:"meta"`      // elements with source and time in one line
	Source    []selector `toml:"source"`    // the source alone
	Published []selector `toml:"published"` // the time alone
	Body      []selector `toml:"body"`
	Drop      []selector `toml:"drop"`  // elements inside the body that are none of it
	Marks     marks      `toml:"marks"` // comments that bound what they name
	Weak      bool       `toml:"weak"`  // the containers are of names that anybody uses: asked last

	Attachments []selector `toml:"attachments"` // elements that hold the links to attachments; none: the body
	Sections    []Section  `toml:"sections"`    // where to begin
	List        *listRule  `toml:"list"`        // its list pages

	id string // the file's name without its number and ending
}

// marks name what stands between the comments <!--NAMEbegin--> and <!--NAMEend-->.
type marks struct {
	Title  string `toml:"title"`
	Source string `toml:"source"`
}

// A selector is a CSS selector, with the ids and classes without which none of
// its alternatives can match: most selectors of most sites are thus ruled out
// for a page without looking for them.
type selector struct {
	text   string
	needs  [][]string
	finder goquery.Matcher
}

var named = regexp.MustCompile(`[#.][\w-]+`)

// UnmarshalText compiles the selector.
func (s *selector) UnmarshalText(text []byte) error {
	compiled, err := cascadia.Compile(string(text))
	if err != nil {
		return fmt.Errorf("selector %q: %w", text, err)
	}
	if bytes.ContainsAny(text, ":") {
		return fmt.Errorf("selector %q: pseudo-classes are not for descriptions", text)
	}
	s.text, s.finder = string(text), compiled
	for alternative := range strings.SplitSeq(s.text, ",") {
		plain, _, _ := strings.Cut(alternative, "[")
		s.needs = append(s.needs, named.FindAllString(plain, -1))
	}
	return nil
}

// in returns what the selector finds in a page, in document order.
func (s *selector) in(p *page) *goquery.Selection {
	if s.finder == nil || !s.mayMatch(p.names) {
		return &goquery.Selection{}
	}
	return p.doc.FindMatcher(s.finder)
}

func (s *selector) mayMatch(names map[string]bool) bool {
	for _, alternative := range s.needs {
		missing := false
		for _, name := range alternative {
			missing = missing || !names[name]
		}
		if !missing {
			return true
		}
	}
	return false
}

// specific reports whether the selector names an id or a class in each of its
// alternatives, so that what it finds is meant.
func (s *selector) specific() bool {
	for _, alternative := range s.needs {
		if len(alternative) == 0 {
			return false
		}
	}
	return true
}

// readSite reads one description, strictly. Errors begin with line and column
// where they are known.
func readSite(raw []byte) (*site, error) {
	s := &site{}
	if err := toml.NewDecoder(bytes.NewReader(raw)).DisallowUnknownFields().Decode(s); err != nil {
		var strict *toml.StrictMissingError
		if errors.As(err, &strict) && len(strict.Errors) > 0 {
			row, column := strict.Errors[0].Position()
			return nil, fmt.Errorf("%d:%d: there is no field %q", row, column, strings.Join(strict.Errors[0].Key(), "."))
		}
		var bad *toml.DecodeError
		if errors.As(err, &bad) {
			row, column := bad.Position()
			return nil, fmt.Errorf("%d:%d: %w", row, column, err)
		}
		return nil, fmt.Errorf("1: %w", err)
	}
	switch {
	case s.Name == "":
		return nil, errors.New("1: no name")
	case len(s.Body) == 0 && s.List == nil:
		return nil, errors.New("1: no body")
	case s.When.finder == nil && len(s.Hosts) == 0 && len(s.Body) > 0:
		return nil, errors.New("1: neither hosts nor when: it would fit every page")
	}
	if err := s.checkSections(); err != nil {
		return nil, fmt.Errorf("1: %w", err)
	}
	if s.List != nil {
		if err := s.List.check(); err != nil {
			return nil, fmt.Errorf("1: list: %w", err)
		}
	}
	return s, nil
}

// fits reports whether the description is for the page.
func (s *site) fits(p *page) bool {
	if len(s.Body) == 0 {
		return false
	}
	known := len(s.Hosts) > 0 && p.host != ""
	if known && !s.hasHost(p.host, p.hostPort) || s.When.finder != nil && s.When.in(p).Length() == 0 {
		return false
	}
	if len(s.Hosts) == 0 || known {
		return true
	}
	// A saved file tells no host, and the element alone may stand on another
	// site's pages; together with the line of source and time it will not.
	return s.When.finder != nil && publishedIn(p.lines(s.Meta)+p.lines(s.Published)) != ""
}

// hasHost reports whether the site has a host; an entry with a port is for that
// port alone.
func (s *site) hasHost(host, hostPort string) bool {
	for _, h := range s.Hosts {
		if host == h || hostPort == h || strings.HasSuffix(host, "."+h) {
			return true
		}
	}
	return false
}
