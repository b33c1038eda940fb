package parse

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
)

//go:embed sites/*.toml
var siteFiles embed.FS

// A Catalogue is what is known of sites and content systems: the program's own
// descriptions, in order of file name — single sites (10-…) before content
// systems (50-…) before the commonest containers (90-…) — behind those of the
// user. It is read only, and safe for use by many goroutines.
type Catalogue struct{ sites []*site }

// A Section is a part of a site with its first list page.
type Section struct {
	Name  string `toml:"name"`
	Start string `toml:"start"` // address
}

// A Site is an entry of the catalogue.
type Site struct {
	ID       string   // the name of its file, without number and ending
	Name     string   // as people call it
	Hosts    []string // host suffixes; none for a content system
	Sections []Section
	List     bool // list pages are described
	Articles bool // article pages are described
}

// Known returns the program's own descriptions.
var Known = sync.OnceValues(func() (*Catalogue, error) {
	list, err := readSites(siteFiles, "sites")
	if err != nil {
		return nil, fmt.Errorf("the program's own descriptions of sites: %w", err)
	}
	return &Catalogue{list}, nil
})

// LoadCatalogue returns the descriptions of a folder (*.toml) before the
// program's own; one of the same file name (without its number) or name
// replaces the program's. A folder that is not there holds none. Errors name
// file, line and column.
func LoadCatalogue(folder string) (*Catalogue, error) {
	known, err := Known()
	if err != nil {
		return nil, err
	}
	own, err := readSites(os.DirFS(folder), ".")
	if err != nil {
		return nil, fmt.Errorf("descriptions of sites in %s: %w", folder, err)
	}
	all := own
	for _, s := range known.sites {
		if !slices.ContainsFunc(own, func(o *site) bool { return o.Name == s.Name || o.id == s.id }) {
			all = append(all, s)
		}
	}
	return &Catalogue{all}, nil
}

// ReadDescription returns a catalogue of one description, out of the bytes of
// a TOML file. Errors name file, line and column.
func ReadDescription(file string, raw []byte) (*Catalogue, error) {
	s, err := readSite(raw)
	if err != nil {
		return nil, fmt.Errorf("%s:%w", filepath.Base(file), err)
	}
	s.id = idOf(file)
	return &Catalogue{[]*site{s}}, nil
}

func readSites(files fs.FS, folder string) ([]*site, error) {
	names, err := fs.Glob(files, path.Join(folder, "*.toml"))
	if err != nil {
		return nil, fmt.Errorf("list site descriptions: %w", err)
	}
	var list []*site
	for _, name := range names {
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read site description: %w", err)
		}
		s, err := readSite(raw)
		if err != nil {
			return nil, fmt.Errorf("site description %s:%w", path.Base(name), err)
		}
		s.id = idOf(name)
		list = append(list, s)
	}
	return list, nil
}

var fileNumber = regexp.MustCompile(`^\d+-`)

func idOf(file string) string {
	base := path.Base(filepath.ToSlash(file))
	return fileNumber.ReplaceAllString(strings.TrimSuffix(base, path.Ext(base)), "")
}

// Sites returns the entries of the catalogue in its order.
func (c *Catalogue) Sites() []Site {
	var all []Site
	for _, s := range c.sites {
		all = append(all, Site{s.id, s.Name, s.Hosts, s.Sections, s.List != nil, len(s.Body) > 0})
	}
	return all
}

// ErrNoSite says that a name is not in the catalogue.
var ErrNoSite = errors.New("there is no such site or section in the catalogue")

// Find returns the sections that a name stands for: SITE, or SITE/SECTION,
// where SITE is a file name (zjsjw), a name (浙江省纪委省监委) or a host
// (zjsjw.gov.cn). ErrNoSite says what could be meant; a site without sections
// is an error of its own, which says what to do.
func (c *Catalogue) Find(name string) ([]Section, error) {
	siteName, part, inner := strings.Cut(name, "/")
	for _, s := range c.sites {
		if siteName == "" || s.id != siteName && s.Name != siteName && !slices.Contains(s.Hosts, siteName) {
			continue
		}
		if len(s.Sections) == 0 {
			return nil, fmt.Errorf("%w: of %s no first list page is known: name the address of a list, or add it to a description in the folder sites/ of the collection (docs/sites.md)", ErrNoSite, s.Name)
		}
		if !inner {
			return slices.Clone(s.Sections), nil
		}
		var names []string
		for _, section := range s.Sections {
			if section.Name == part {
				return []Section{section}, nil
			}
			names = append(names, section.Name)
		}
		return nil, fmt.Errorf("%w: %s has the sections %s", ErrNoSite, s.Name, strings.Join(names, ", "))
	}
	return nil, fmt.Errorf("%w: %s; see `tongbao sites`", ErrNoSite, name)
}

func (s *site) checkSections() error {
	for _, section := range s.Sections {
		u, err := url.Parse(section.Start)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return fmt.Errorf("section %q: start %q is no address", section.Name, section.Start)
		}
		if section.Name == "" || strings.Contains(section.Name, "/") {
			return fmt.Errorf("section with start %q: its name is empty or has a slash in it", section.Start)
		}
	}
	return nil
}
