package parse

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// shortestTitle is the number of characters below which a line is the name of
// a column rather than a notice's title.
const shortestTitle = 6

// title returns the page's title as it is displayed and the element it stands
// in (nil for metadata). In order: what the description names, if the window's
// title or the metadata repeat it; what it names by an id or class; comments
// of the system; headings that the window's title repeats; the metadata, which
// lie; a line that the window's title begins with; the window's title without
// the site's name.
func (p *page) title(s *site) (string, *html.Node) {
	var meant *html.Node
	for i := range s.Title {
		for _, n := range s.Title[i].in(p).Nodes {
			if !p.short(n) {
				continue
			}
			t := heading(n)
			if p.agrees(t) {
				return p.main(n), n
			}
			if meant == nil && s.Title[i].specific() && utf8.RuneCountInString(t) >= shortestTitle {
				meant = n
			}
		}
	}
	if meant != nil {
		return heading(meant), meant
	}
	if t := between(p.doc.Nodes[0], s.Marks.Title); utf8.RuneCountInString(t) >= shortestTitle {
		return t, nil
	}
	if n := p.repeated(); n != nil {
		t := p.main(n)
		// The issuer may stand in a line of its own above the heading.
		if bare := withoutSite(p.window); strings.HasSuffix(bare, t) && isIssuer(strings.TrimSuffix(bare, t)) {
			return bare, n
		}
		return t, n
	}
	for _, name := range []string{"articletitle", "og:title"} {
		if t := oneLine(p.meta[name]); utf8.RuneCountInString(t) >= shortestTitle && !strings.Contains(t, "<") {
			return withoutSite(t), nil
		}
	}
	if t := withoutSite(p.window); utf8.RuneCountInString(t) >= shortestTitle && !isSite(t) {
		return t, nil
	}
	return "", nil
}

// agrees reports whether a heading is what the window's title, or the page's
// metadata, call the page. A window that names the site alone says nothing.
func (p *page) agrees(heading string) bool {
	h := squeeze(heading)
	if utf8.RuneCountInString(h) < shortestTitle {
		return false
	}
	for _, w := range []string{p.window, p.meta["articletitle"]} {
		if isSite(w) {
			continue
		}
		flat, bare := squeeze(w), squeeze(withoutSite(w))
		if strings.Contains(flat, h) && (len(h)*2 >= len(flat) || !strings.HasSuffix(flat, h)) || bare == h ||
			utf8.RuneCountInString(bare) >= 8 && strings.Contains(h, bare) {
			return true
		}
		if cut := cutOff(bare); cut != "" && strings.HasPrefix(h, cut) {
			return true
		}
	}
	return false
}

// cutOff returns what is left of a title that the system cut (关于巡视整改…);
// "" if it is whole.
func cutOff(title string) string {
	if cut := strings.TrimRight(title, "…."); cut != title {
		return cut
	}
	return ""
}

// repeated returns the element that holds the heading which the window's title
// repeats, or nil: best the title itself, whole where the window's was cut off; else the longest line that the
// window's title holds, for the site's own name may be a heading too; else the
// shortest heading that goes on behind the window's title.
func (p *page) repeated() *html.Node {
	window, bare, tail := squeeze(p.window), squeeze(withoutSite(p.window)), squeeze(siteOf(p.window))
	cut := cutOff(bare)
	var best *html.Node
	var most [3]int
	walk(p.doc.Nodes[0], func(n *html.Node) bool {
		if n.Type != html.ElementNode {
			return n.Type == html.DocumentNode
		}
		s := p.sizes[n]
		length := s.plain + s.links
		if skipped[n.DataAtom] || length < shortestTitle {
			return false
		}
		if s.parts > 6 || length > 120 {
			return true
		}
		t, rank := squeeze(heading(n)), 0
		if isHeading(n) {
			rank = 1
		}
		var score [3]int
		switch {
		case t == tail:
		case t == bare, cut != "" && len(t) > len(cut) && strings.HasPrefix(t, cut):
			score = [3]int{3, 0, rank}
			if s.plain == 0 && rank == 0 {
				score[1] = -1 // a link to another page of this title
			}
		case strings.HasPrefix(window, t), strings.Contains(window, t) && (rank == 1 && p.agrees(t) || len(t)*2 >= len(window)):
			score = [3]int{2, len(t), rank}
		case rank == 1 && p.agrees(t):
			score = [3]int{1, -len(t), rank}
		}
		if slices.Compare(score[:], most[:]) > 0 {
			best, most = n, score
		}
		return true
	}, func(*html.Node) {})
	return best
}

// isHeading tells headings by their element or by what editors call them.
func isHeading(n *html.Node) bool {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4:
		return true
	}
	for _, name := range strings.Fields(strings.ToLower(attribute(n, "class") + " " + attribute(n, "id"))) {
		if strings.Contains(name, "title") || strings.HasSuffix(name, "tit") || name == "bt" {
			return true
		}
	}
	return false
}

// main returns the title that a heading holds, without the second line that
// the window's title leaves out.
func (p *page) main(n *html.Node) string {
	t := heading(n)
	window := withoutSite(p.window)
	if utf8.RuneCountInString(window) < 8 {
		return t
	}
	if strings.HasPrefix(t, window+" ") {
		return window
	}
	for i, part := range paragraphs(n) {
		if i == 0 && squeeze(part) == squeeze(window) {
			return oneLine(part)
		}
	}
	return t
}

// Separators of a window's title. The first always part titles from columns
// and sites; the others stand in titles too (10月15日-12月11日).
var (
	doubled = []string{"————", "--", "__", "|", "｜", "丨"}
	single  = []string{"_", "-", "–", "—", "－", "·", " "}
)

// withoutSite cuts the names of site and columns off a window's title.
func withoutSite(window string) string {
	rest := window
	for cut := true; cut; {
		cut = false
		for i, mark := range append(doubled, single...) {
			at := strings.LastIndex(rest, mark)
			if at < 0 {
				continue
			}
			head, tail := strings.TrimSpace(rest[:at]), strings.TrimSpace(rest[at+len(mark):])
			long := utf8.RuneCountInString(head) >= shortestTitle
			if isSite(tail) || tail == "" || long && (i < len(doubled) && mark != "丨" || i < len(doubled)+2 && isColumn(tail)) {
				rest, cut = strings.TrimRight(head, "_-–—－|｜ "), true
				break
			}
		}
	}
	return withoutLeadingSite(rest)
}

// withoutLeadingSite cuts site and columns off where they stand before the
// title: 望江区政府网 - 通知公告 - 关于…的通报.
func withoutLeadingSite(rest string) string {
	for _, mark := range append(doubled, single...) {
		head, tail, found := strings.Cut(rest, mark)
		head, tail = strings.TrimSpace(head), strings.TrimSpace(tail)
		if !found || utf8.RuneCountInString(tail) < shortestTitle || !isSite(head) || hasAnyPrefix(head, "中共", "中国共产党") {
			continue
		}
		for {
			column, title, found := strings.Cut(tail, mark)
			if title = strings.TrimSpace(title); !found || !isColumn(strings.TrimSpace(column)) || utf8.RuneCountInString(title) < shortestTitle {
				return tail
			}
			tail = title
		}
	}
	return rest
}

// siteOf returns what withoutSite cuts off behind the title.
func siteOf(window string) string {
	return strings.Trim(strings.TrimPrefix(window, withoutSite(window)), "_-–—－|｜丨 ")
}

// isSite reports whether a part of a window's title is a site's name.
func isSite(part string) bool {
	if n := utf8.RuneCountInString(part); n < 2 || n > 24 || endsLikeTitle(part) || strings.Contains(part, "关于") {
		return false
	}
	for _, end := range []string{"网", "网站", "门户", "平台", "政府", "频道", "纪委监委", "监察委员会", "纪律检查委员会", "大学", "学院", "委员会", "新闻", "日报", "首页", "在线", "发布"} {
		if strings.HasSuffix(part, end) {
			return true
		}
	}
	return false
}

// isColumn reports whether a part of a window's title is the name of a column:
// a few characters, no figures.
func isColumn(part string) bool {
	return utf8.RuneCountInString(part) <= 6 && !strings.ContainsAny(part, "0123456789年月日")
}
