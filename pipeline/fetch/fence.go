package fetch

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/publicsuffix"
)

// Why an address that a page links to is not followed.
var (
	ErrOutside = errors.New("it lies outside what was asked for")
	ErrTrap    = errors.New("it looks like a trap: pages without end")
)

// The bounds beyond which an address is taken for a trap.
const (
	maxAddress  = 2000 // bytes
	maxSegments = 20   // of a path
	maxRepeats  = 3    // of the same segment
	maxShape    = 2000 // list pages whose addresses differ in their numbers only
	maxBarren   = 3    // list pages in a row that bring nothing new
)

// sessions are parameters that name a visit or where the visitor came from, not
// a page: with them, one page has addresses without end.
var sessions = regexp.MustCompile(`(?i)^(jsessionid|phpsessid|aspsessionid\w*|asp\.net_sessionid|cfid|cftoken|sid|sessid|session_?id|utm_\w+|spm|timestamp|_t|_)$`)

// pathSession is a session in a path: ;jsessionid=… (Java), (S(…)) (ASP.NET).
var pathSession = regexp.MustCompile(`(?i);jsessionid=[^/?;]*|/\(s\([a-z0-9]+\)\)`)

// Canonical writes an address that a page at base links to ("" for one that is
// absolute) as it is fetched and kept: absolute, without fragment, session and
// the port that goes without saying. Other schemes and passwords are
// ErrForbiddenAddress.
func Canonical(base, link string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(link))
	if err == nil && base != "" {
		var from *url.URL
		if from, err = url.Parse(base); err == nil {
			u = from.ResolveReference(u)
		}
	}
	if err != nil {
		return "", err
	}
	if u, err = parse(u.String()); err != nil {
		return "", err
	}
	if escaped := u.EscapedPath(); pathSession.MatchString(escaped) {
		plain := pathSession.ReplaceAllString(escaped, "")
		if u.Path, err = url.PathUnescape(plain); err != nil {
			return "", err
		}
		u.RawPath = plain
	}
	u.RawQuery = withoutSessions(u.RawQuery)
	u.ForceQuery = false
	return u.String(), nil
}

// withoutSessions leaves the other parameters as they are, in their order: some
// servers mind it.
func withoutSessions(query string) string {
	parts := slices.DeleteFunc(strings.Split(query, "&"), func(part string) bool {
		name, _, _ := strings.Cut(part, "=")
		return name == "" && part == "" || sessions.MatchString(name)
	})
	return strings.Join(parts, "&")
}

// A Fence keeps a crawl within the sections asked for, and ends it where pages
// go on without end. It may be used by many goroutines.
type Fence struct {
	mu       sync.Mutex
	sections []section
	shapes   map[string]int
	met      map[string]bool
	barren   map[string]int
}

// A section is a host and the folder that its list pages lie in.
type section struct{ host, domain, folder string }

// NewFence fences the sections that the addresses, of list pages or others, lie
// in. Those that cannot be read fence nothing.
func NewFence(addresses ...string) *Fence {
	f := &Fence{shapes: map[string]int{}, met: map[string]bool{}, barren: map[string]int{}}
	for _, a := range addresses {
		if u, err := parse(a); err == nil {
			f.sections = append(f.sections, sectionOf(u))
		}
	}
	return f
}

func sectionOf(u *url.URL) section {
	folder, _ := path.Split(u.Path)
	return section{u.Host, domain(u), folder}
}

// Moved lets the crawl into the section that an address which was asked for
// redirects to, on the same domain: the list has moved.
func (f *Fence) Moved(to string) {
	u, err := parse(to)
	if err != nil || f.Page(to) != nil {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if s := sectionOf(u); !slices.Contains(f.sections, s) {
		f.sections = append(f.sections, s)
	}
}

// within reports whether some section is as asked for.
func (f *Fence) within(fits func(section) bool) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.ContainsFunc(f.sections, fits)
}

// domain is what somebody registered: the pages of a list lie on other hosts of
// it too. An IP address, or a name without a registry, is its own.
func domain(u *url.URL) string {
	if _, err := netip.ParseAddr(u.Hostname()); err != nil {
		if d, err := publicsuffix.EffectiveTLDPlusOne(u.Hostname()); err == nil {
			return d
		}
	}
	return u.Host
}

// Page reports with ErrOutside or ErrTrap that a page or attachment is not to
// be fetched. It need not lie in the section's folder, but on its domain.
func (f *Fence) Page(address string) error {
	u, err := parse(address)
	if err != nil {
		return err
	}
	d := domain(u)
	if !f.within(func(s section) bool { return s.domain == d }) {
		return fmt.Errorf("%w: %s is another site", ErrOutside, u.Host)
	}
	return shapely(u)
}

// List reports the same of a list page, whose links are followed on. It must
// lie in the section's folder, and not be one of thousands that differ in
// their numbers only.
func (f *Fence) List(address string) error {
	u, err := parse(address)
	if err != nil {
		return err
	}
	if !f.within(func(s section) bool { return s.host == u.Host && strings.HasPrefix(u.Path, s.folder) }) {
		return fmt.Errorf("%w: not in the section's folder", ErrOutside)
	}
	return f.another(u)
}

// Service reports the same of a list page whose address was made, not linked
// to: content systems hand lists out at a place of their own (/module/…/
// dataproxy.jsp). It must lie on the host of a section.
func (f *Fence) Service(address string) error {
	u, err := parse(address)
	if err != nil {
		return err
	}
	if !f.within(func(s section) bool { return s.host == u.Host }) {
		return fmt.Errorf("%w: %s is another host", ErrOutside, u.Host)
	}
	return f.another(u)
}

// another notes a list page that is to be visited, or says that there have been
// too many like it.
func (f *Fence) another(u *url.URL) error {
	if err := shapely(u); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	key, shape := u.String(), digits.ReplaceAllString(u.String(), "0")
	if !f.met[key] {
		if f.shapes[shape] >= maxShape {
			return fmt.Errorf("%w: more than %d list pages like it", ErrTrap, maxShape)
		}
		f.met[key] = true
		f.shapes[shape]++
	}
	return nil
}

var digits = regexp.MustCompile(`\d+`)

// shapely looks at the address alone.
func shapely(u *url.URL) error {
	if n := len(u.String()); n > maxAddress {
		return fmt.Errorf("%w: its address has %d bytes", ErrTrap, n)
	}
	segments := strings.Split(strings.Trim(u.Path, "/"), "/")
	if len(segments) > maxSegments {
		return fmt.Errorf("%w: its path has %d steps", ErrTrap, len(segments))
	}
	times := map[string]int{}
	for _, s := range segments {
		if times[s]++; times[s] > maxRepeats && s != "" && !numeric(s) {
			return fmt.Errorf("%w: %q comes again and again in its path", ErrTrap, s)
		}
	}
	return nil
}

// numeric segments repeat in honest paths: /000/000/000/.
func numeric(s string) bool { return strings.Trim(s, "0123456789") == "" }

// Brought notes how many unknown addresses a page of a list brought, list being
// the address of its first page. It reports whether the pages that follow are
// worth asking for: calendars and endless lists end here.
func (f *Fence) Brought(list string, unknown int) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if unknown > 0 {
		f.barren[list] = 0
		return true
	}
	f.barren[list]++
	return f.barren[list] < maxBarren
}
