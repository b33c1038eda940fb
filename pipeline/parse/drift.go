package parse

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// What a page may lack that its site's description promises.
const (
	LacksMark   = "mark"   // the element by which the description knows its pages
	LacksBody   = "body"   // no body where the description looks for it
	LacksTitle  = "title"  // no title where the description looks for it
	LacksLength = "length" // the body there is only a small part of the page's text
	LacksUsual  = "usual"  // bodies have become much shorter than they were on this site
)

// A Fit tells how the program's knowledge of sites served for a page.
type Fit struct {
	Site  string // the description by which the body was found; "" for common patterns
	Drift *Drift // not nil where the page does not fit its site's description
}

// A Drift says that a page of a described site does not fit its description
// any more: the site was rebuilt, or the page is of another kind. What was
// read, if anything was, came by the patterns for unknown pages.
type Drift struct {
	Site  string // its name
	Lacks string // one of the constants above
}

// String says it for people.
func (d *Drift) String() string {
	what := map[string]string{
		LacksMark: "the element by which its pages are known is missing", LacksBody: "no body stands where it should", LacksTitle: "no title stands where it should",
		LacksLength: "the body it names is only a small part of the text", LacksUsual: "bodies have suddenly become much shorter",
	}[d.Lacks]
	return fmt.Sprintf("the description of %s does not fit: %s; read by common patterns instead. `tongbao sites check` shows what it finds", d.Site, what)
}

// drift compares a page of a described site with the site's descriptions; one
// that fits is enough, for a site may keep its old pages.
func (c *Catalogue) drift(p *page, fitting []*site) *Drift {
	var found *Drift
	for _, s := range c.sites {
		if p.host == "" || len(s.Body) == 0 || !s.hasHost(p.host, p.hostPort) {
			continue
		}
		lacks := ""
		switch {
		case !slices.Contains(fitting, s):
			lacks = LacksMark
		case p.body(s) == nil:
			lacks = LacksBody
		case len(s.Title) > 0 && !p.anyText(s.Title):
			lacks = LacksTitle
		default:
			return nil
		}
		if found == nil || found.Lacks == LacksMark {
			found = &Drift{s.Name, lacks}
		}
	}
	return found
}

func (p *page) anyText(selectors []selector) bool {
	for i := range selectors {
		for _, n := range selectors[i].in(p).Nodes {
			if size := p.sizes[n]; size.plain+size.links > 0 {
				return true
			}
		}
	}
	return false
}

// cutShort returns the paragraphs that common patterns find where the body that
// a site's own description names is only a small part of them, or no prose
// beside much of it; nil where the body seems to be the whole.
func (p *page) cutShort(s *site, body *html.Node) []string {
	size := p.sizes[body]
	if p.host == "" || !s.hasHost(p.host, p.hostPort) || size.plain*4 > p.whole(p.doc.Nodes[0]).plain {
		return nil
	}
	_, title := p.title(s)
	found, described := p.within(title, p.densest()), paragraphs(body)
	long, short := strings.Join(found, "\n"), strings.Join(described, "\n")
	if utf8.RuneCountInString(long) < 4*utf8.RuneCountInString(short) {
		return nil
	}
	if size.prose > 0 && (len(described) == 0 || !strings.Contains(long, described[0])) {
		return nil // the rest of the page is talk of its own
	}
	return found
}

// A Gauge watches the lengths of the bodies of each site in a run. It is for
// one goroutine.
type Gauge struct{ seen map[string][]int }

// window is how many bodies a Gauge compares with as many before them.
const window = 10

// Add takes the length, in characters, of a body read by the description of a
// site, and returns a drift when the middle of the last ten lengths has fallen
// below a fifth of that of the ten before: once, then it begins anew.
func (g *Gauge) Add(site string, length int) *Drift {
	if g.seen == nil {
		g.seen = map[string][]int{}
	}
	all := append(g.seen[site], length)
	if len(all) > 2*window {
		all = all[1:]
	}
	g.seen[site] = all
	if len(all) < 2*window || middle(all[window:])*5 >= middle(all[:window]) {
		return nil
	}
	g.seen[site] = slices.Clone(all[window:])
	return &Drift{site, LacksUsual}
}

func middle(lengths []int) int {
	sorted := slices.Sorted(slices.Values(lengths))
	return sorted[len(sorted)/2]
}
