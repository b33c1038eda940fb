package parse

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"strings"
	"sync"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
	"github.com/pelletier/go-toml/v2"
)

// A Site describes the article pages of a site or a content system.
type Site struct {
	Name      string   `toml:"name"`
	Hosts     []string `toml:"hosts"`     // host suffixes; empty for a content system
	When      string   `toml:"when"`      // an element that its pages have: saved files have no host
	Title     []string `toml:"title"`     // selectors, the first that gives text wins
	Meta      []string `toml:"meta"`      // elements with source and time in one line
	Source    []string `toml:"source"`    // selector of the source alone
	Published []string `toml:"published"` // selector of the time alone
	Body      []string `toml:"body"`
	Drop      []string `toml:"drop"` // elements inside the body that are none of it
}

//go:embed sites/*.toml
var siteFiles embed.FS

// sites are the embedded descriptions in order of file name: single sites
// (10-…) before content systems (50-…) before the commonest containers (90-…).
var sites = sync.OnceValue(func() []Site {
	list, err := readSites(siteFiles)
	if err != nil {
		panic(err) // our own files, which a test reads
	}
	return list
})

func readSites(files fs.FS) ([]Site, error) {
	names, err := fs.Glob(files, "sites/*.toml")
	if err != nil {
		return nil, fmt.Errorf("list site descriptions: %w", err)
	}
	var list []Site
	for _, name := range names {
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read site description: %w", err)
		}
		var file struct {
			Site []Site `toml:"site"`
		}
		if err := toml.NewDecoder(bytes.NewReader(raw)).DisallowUnknownFields().Decode(&file); err != nil {
			return nil, fmt.Errorf("site description %s: %w", path.Base(name), err)
		}
		for _, s := range file.Site {
			if err := s.check(); err != nil {
				return nil, fmt.Errorf("site description %s: %w", path.Base(name), err)
			}
			list = append(list, s)
		}
	}
	return list, nil
}

// check refuses a description that could never fit or has a bad selector.
func (s *Site) check() error {
	if s.Name == "" || len(s.Body) == 0 || s.When == "" && len(s.Hosts) == 0 {
		return fmt.Errorf("%q needs a name, a body and hosts or when", s.Name)
	}
	for _, list := range [][]string{{s.When}, s.Title, s.Meta, s.Source, s.Published, s.Body, s.Drop} {
		for _, selector := range list {
			if selector == "" {
				continue
			}
			if _, err := cascadia.ParseGroup(selector); err != nil {
				return fmt.Errorf("%s: selector %q: %w", s.Name, selector, err)
			}
		}
	}
	return nil
}

// fits reports whether the description is for the page.
func (s *Site) fits(doc *goquery.Document, address string) bool {
	if s.When != "" && doc.Find(s.When).Length() == 0 {
		return false
	}
	if len(s.Hosts) == 0 {
		return true
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		// A saved file tells no host: the element alone may stand on another
		// site's pages, together with the line of source and time it will not.
		return s.When != "" && publishedIn(joined(doc, s.Meta)+joined(doc, s.Published)) != ""
	}
	for _, host := range s.Hosts {
		if u.Hostname() == host || strings.HasSuffix(u.Hostname(), "."+host) {
			return true
		}
	}
	return false
}
