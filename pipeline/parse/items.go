package parse

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/width"
)

// gathered are the links of a list, each address once.
type gathered struct {
	page  *listed
	known map[string]bool
	links []Link
}

// add takes an item. A title that a later link to the same address tells in
// full (a picture comes first) is kept.
func (g *gathered) add(href, title, date string) {
	address := g.page.resolve(href)
	if address == "" || len(g.links) >= mostItems {
		return
	}
	if g.known[address] {
		for i := range g.links {
			if l := &g.links[i]; l.URL == address {
				l.Title, l.Date = longer(l.Title, title), firstNonEmpty(l.Date, date)
			}
		}
		return
	}
	g.known[address] = true
	g.links = append(g.links, Link{address, title, firstNonEmpty(date, dayInAddress(address))})
}

// resolve makes an address absolute and drops its fragment; "" for what is no
// page of the web, and for the page itself.
func (p *listed) resolve(href string) string {
	u, err := url.Parse(strings.TrimSpace(href))
	if err != nil || href == "" {
		return ""
	}
	if p.base != nil {
		u = p.base.ResolveReference(u)
	}
	u.Fragment, u.RawFragment = "", ""
	address := u.String()
	if u.Scheme != "http" && u.Scheme != "https" && (u.Scheme != "" || p.base != nil) || address == "" || address == p.own {
		return ""
	}
	return address
}

// firstLink returns the element itself or the first below it that links.
func firstLink(root *html.Node) *html.Node {
	var found *html.Node
	walk(root, func(n *html.Node) bool {
		if found == nil && n.DataAtom == atom.A {
			if href := strings.TrimSpace(attribute(n, "href")); href != "" && href[0] != '#' && !strings.HasPrefix(strings.ToLower(href), "javascript:") {
				found = n
			}
		}
		return found == nil
	}, func(*html.Node) {})
	return found
}

// linkTitle is what a link says, in full: lists cut titles off and keep the
// whole as the link's own title.
func linkTitle(a *html.Node) string {
	return longer(heading(a), oneLine(attribute(a, "title")))
}

// longer returns the fuller of two forms of a title: the second where the first
// is empty or cut off.
func longer(shown, kept string) string {
	cut := strings.TrimRight(shown, "….· ")
	if shown == "" || cut != shown && strings.HasPrefix(squeeze(kept), squeeze(cut)) || kept != "" && kept != shown && strings.HasPrefix(squeeze(kept), squeeze(shown)) {
		return firstNonEmpty(kept, shown)
	}
	return shown
}

var (
	// 16 2022-08 and 16 / 2022.08, as lists set a day above its month.
	dayAboveMonth = regexp.MustCompile(`(?:^|[^\d])(\d{1,2})日?\s*[/ ]\s*((?:19|20)\d\d)\s?[-年./]\s?(\d{1,2})月?(?:$|[^\d])`)
	addressDays   = []*regexp.Regexp{
		regexp.MustCompile(`/t((?:19|20)\d\d)(\d\d)(\d\d)_\d`),                        // TRS
		regexp.MustCompile(`/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:/|$)`),       // Enorth, JCMS
		regexp.MustCompile(`/((?:19|20)\d\d)-?(\d\d)[/-]?(\d\d)/(?:c|art|content|A)`), // 人民网, 新华网
	}
)

// dayOf returns the day, or the time, that a few words print.
func dayOf(words string) string {
	folded := width.Narrow.String(words)
	if m := dayAboveMonth.FindStringSubmatch(folded); m != nil {
		if day := publishedIn(m[2] + "-" + m[3] + "-" + m[1]); day != "" {
			return day
		}
	}
	return publishedIn(folded)
}

// dayIn returns the day that an element prints, if need be put together from
// its parts.
func dayIn(n *html.Node) string {
	if day := dayOf(line(n)); day != "" {
		return day
	}
	var parts []string
	walk(n, func(n *html.Node) bool {
		if n.Type == html.TextNode {
			parts = append(parts, oneLine(n.Data))
		}
		return !skipped[n.DataAtom]
	}, func(*html.Node) {})
	return dayOf(strings.Join(parts, " "))
}

// dayInAddress returns the day that a content system writes into an address.
func dayInAddress(address string) string {
	for _, form := range addressDays {
		if m := form.FindStringSubmatch(address); m != nil {
			if day := publishedIn(m[1] + "-" + m[2] + "-" + m[3]); day != "" {
				return day
			}
		}
	}
	return ""
}

// momentOf reads a day of JSON: printed, or as seconds or milliseconds.
func momentOf(text string) string {
	n, err := strconv.ParseInt(text, 10, 64)
	switch {
	case err != nil || len(text) == 8:
		if err == nil {
			text = text[:4] + "-" + text[4:6] + "-" + text[6:]
		}
		return dayOf(text)
	case n >= 1e11 && n < 1e13:
		return time.UnixMilli(n).In(china).Format(time.RFC3339)
	case n >= 1e8 && n < 1e11:
		return time.Unix(n, 0).In(china).Format(time.RFC3339)
	}
	return ""
}

var china = time.FixedZone("+08:00", 8*3600)

// at follows a path of fields parted by dots; "" is the value itself.
func at(value any, path string) any {
	if path == "" {
		return value
	}
	for name := range strings.SplitSeq(path, ".") {
		switch v := value.(type) {
		case map[string]any:
			value = v[name]
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil || i < 0 || i >= len(v) {
				return nil
			}
			value = v[i]
		default:
			return nil
		}
	}
	return value
}

func asText(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return fmt.Sprint(v)
	}
	return ""
}

// fields are the plain fields of an object.
func fields(item any) map[string]string {
	object, _ := item.(map[string]any)
	all := map[string]string{}
	for name, value := range object {
		all[name] = asText(value)
	}
	return all
}

// stripped drops the markup of a title.
func stripped(text string) string {
	if !strings.ContainsAny(text, "<&") {
		return text
	}
	root, err := parseMarkup(text)
	if err != nil {
		return text
	}
	return line(root)
}

// unscript undoes what scripts do to the text of their strings.
func unscript(text string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	return strings.NewReplacer(`\/`, "/", `\"`, `"`, `\'`, "'", `\r`, " ", `\n`, " ", `\t`, " ", `\u003c`, "<", `\u003C`, "<", `\u003e`, ">", `\u003E`, ">", `\\`, `\`).Replace(text)
}

// shortestItem is the number of characters below which a link is a column's
// name rather than a notice's title.
const shortestItem = 6

// dated returns the links that stand beside a day of their own, as the lists of
// unknown sites have them: the largest family of alike items, with those of
// other families that are no smaller than half of it; none where that family
// has less than least.
func (p *listed) dated(least int) []Link {
	families := map[string][]*html.Node{}
	var order []string
	seen := map[*html.Node]bool{}
	walk(p.doc.Nodes[0], func(n *html.Node) bool {
		if skipped[n.DataAtom] && n.DataAtom != atom.Head {
			return false
		}
		if n.DataAtom == atom.A && utf8.RuneCountInString(linkTitle(n)) >= shortestItem {
			if item := p.itemOf(n); item != nil && !seen[item] {
				seen[item] = true
				family := familyOf(item)
				if families[family] == nil {
					order = append(order, family)
				}
				families[family] = append(families[family], item)
			}
		}
		return true
	}, func(*html.Node) {})
	most := 0
	for _, items := range families {
		most = max(most, len(items))
	}
	if most < least {
		return nil
	}
	g := gathered{page: p, known: map[string]bool{}}
	for _, family := range order {
		if items := families[family]; 2*len(items) >= most {
			for _, item := range items {
				(&listRule{}).item(item, &g)
			}
		}
	}
	return g.links
}

// itemOf returns the smallest element around a link that also holds a day, and
// no other link with a title; the link itself where only its address tells a
// day, and nil where nothing does.
func (p *listed) itemOf(a *html.Node) *html.Node {
	if item := p.around(a); item != nil {
		return item
	}
	if dayInAddress(p.resolve(attribute(a, "href"))) != "" {
		return a
	}
	return nil
}

func (p *listed) around(a *html.Node) *html.Node {
	own := p.sizes[a]
	item := a
	for range 5 {
		if s := p.sizes[item]; s.plain+s.links > own.links+own.plain+600 || s.parts > 60 || otherLink(item, a) {
			return nil
		}
		if dayIn(item) != "" {
			return item
		}
		if item = item.Parent; item == nil || item.DataAtom == atom.Body || item.Type != html.ElementNode {
			return nil
		}
	}
	return nil
}

// otherLink reports whether an element holds a link to elsewhere with a title.
func otherLink(root, a *html.Node) bool {
	found := false
	walk(root, func(n *html.Node) bool {
		if n.DataAtom == atom.A && n != a && attribute(n, "href") != attribute(a, "href") && utf8.RuneCountInString(linkTitle(n)) >= shortestItem {
			found = true
		}
		return !found
	}, func(*html.Node) {})
	return found
}

// familyOf names the kind of element that an item is: alike ones share their
// tags and their parents' classes.
func familyOf(item *html.Node) string {
	name := ""
	for n, i := item, 0; n != nil && i < 3; n, i = n.Parent, i+1 {
		name += "/" + n.Data
		if i > 0 {
			name += "." + attribute(n, "class") + "#" + attribute(n, "id")
		}
	}
	return name
}
