package fetch

import (
	"bytes"
	"math"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// maxRobots is how much of a robots.txt is read: RFC 9309 §2.5 asks for at
// least 500 KiB.
const maxRobots = 500 << 10

// rules are what one robots.txt asks of us (RFC 9309). temoto/robotstxt, the
// one library to be had, fails 23 of the 132 cases that the standard asks for:
// it gives up the whole file at a bad line, matches agents by prefix, and does
// not compare paths as §2.2.2 says.
type rules struct {
	paths    []rule
	delay    time.Duration // Crawl-delay, 0 where there is none; no part of the standard, but honoured
	sitemaps []string
}

// A rule allows or forbids the paths that match a pattern. The longest pattern
// decides, and Allow where two are of the same length (§2.2.2).
type rule struct {
	pattern string // percent-encoded as canonical makes it; * and a final $ are special
	allow   bool
}

// parseRobots reads the group for a product token (§2.2.1): all groups that
// name it, else those for *. Lines that cannot be read are passed over (§2.2.4).
func parseRobots(body []byte, agent string) rules {
	if len(body) > maxRobots {
		body = body[:maxRobots]
	}
	p := robotsParser{agent: productToken(agent)}
	body = bytes.TrimPrefix(body, []byte("\uFEFF"))
	for line := range strings.FieldsFuncSeq(string(body), func(r rune) bool { return r == '\n' || r == '\r' }) {
		if name, value, ok := directive(line); ok {
			p.take(name, value)
		}
	}
	chosen := p.everyone
	if p.met {
		chosen = p.named
	}
	chosen.sitemaps = p.sitemaps
	return chosen
}

// directive cuts a line into name and value; a comment is taken off. The colon
// may be missing where there are just two words, as Google's reader has it.
func directive(line string) (name, value string, ok bool) {
	line, _, _ = strings.Cut(line, "#")
	name, value, ok = strings.Cut(line, ":")
	if !ok {
		words := strings.Fields(line)
		if len(words) != 2 {
			return "", "", false
		}
		name, value = words[0], words[1]
	}
	return strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(value), true
}

// A robotsParser holds what is known so far.
type robotsParser struct {
	agent           string
	met             bool  // a group for agent was met, empty or not
	named, everyone rules // of the groups for agent, and for *
	sitemaps        []string

	inNamed, inEveryone bool // the group being read is for these
	begun               bool // and has rules, so that the next user-agent begins another
}

func (p *robotsParser) take(name, value string) {
	switch name {
	case "user-agent", "useragent":
		p.group(value)
	case "allow", "disallow":
		p.begun = true
		if value != "" {
			p.each(func(r *rules) {
				r.paths = append(r.paths, rule{pattern: canonical(value), allow: name == "allow"})
			})
		}
	case "crawl-delay", "crawldelay":
		if d, ok := crawlDelay(value); ok {
			p.each(func(r *rules) { r.delay = max(r.delay, d) })
		}
	case "sitemap":
		p.sitemaps = append(p.sitemaps, value)
	}
}

func (p *robotsParser) group(agent string) {
	if p.begun {
		p.inNamed, p.inEveryone, p.begun = false, false, false
	}
	if agent == "*" || strings.HasPrefix(agent, "* ") {
		p.inEveryone = true
	} else if token := productToken(agent); token != "" && token == p.agent {
		p.inNamed, p.met = true, true
	}
}

// each does something to the rules that the group being read belongs to.
func (p *robotsParser) each(do func(*rules)) {
	if p.inNamed {
		do(&p.named)
	}
	if p.inEveryone {
		do(&p.everyone)
	}
}

// productToken is what an agent is called in robots.txt (§2.2.1): letters, -
// and _, in whichever case.
func productToken(agent string) string {
	end := strings.IndexFunc(agent, func(r rune) bool {
		return r != '-' && r != '_' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
	if end >= 0 {
		agent = agent[:end]
	}
	return strings.ToLower(agent)
}

func crawlDelay(value string) (time.Duration, bool) {
	seconds, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsNaN(seconds) || seconds < 0 {
		return 0, false
	}
	return time.Duration(min(seconds, longest.Seconds()) * float64(time.Second)), true
}

// longest bounds what a site can ask us to wait.
const longest = 24 * time.Hour

// allows reports whether the rules let an address be fetched; /robots.txt may
// always be.
func (r rules) allows(u *url.URL) bool {
	path := canonical(u.EscapedPath())
	if path == "" {
		path = "/"
	}
	if path == "/robots.txt" {
		return true
	}
	if u.RawQuery != "" || u.ForceQuery {
		path += "?" + canonical(u.RawQuery)
	}
	best, allowed := -1, true
	for _, rule := range r.paths {
		n := len(rule.pattern)
		if n < best || n == best && !rule.allow || !matches(rule.pattern, path) {
			continue
		}
		best, allowed = n, rule.allow
	}
	return allowed
}

// matches compares a path with a pattern in time proportional to both: each
// piece between stars is taken at its first place, the last one at the end
// where the pattern ends in $.
func matches(pattern, path string) bool {
	anchored := strings.HasSuffix(pattern, "$")
	pieces := strings.Split(strings.TrimSuffix(pattern, "$"), "*")
	if !strings.HasPrefix(path, pieces[0]) {
		return false
	}
	path = path[len(pieces[0]):]
	if len(pieces) == 1 {
		return !anchored || path == ""
	}
	last := len(pieces) - 1
	for _, piece := range pieces[1:last] {
		i := strings.Index(path, piece)
		if i < 0 {
			return false
		}
		path = path[i+len(piece):]
	}
	if anchored {
		return strings.HasSuffix(path, pieces[last])
	}
	return strings.Contains(path, pieces[last])
}

// canonical writes a path as §2.2.2 compares it: octets beyond ASCII encoded,
// encoded unreserved characters decoded, hex digits in capitals. What is
// special or reserved stays as written: %2A is no star.
func canonical(path string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		c := path[i]
		if c == '%' && i+2 < len(path) {
			if v, err := strconv.ParseUint(path[i+1:i+3], 16, 8); err == nil {
				i += 2
				if unreserved(byte(v)) {
					b.WriteByte(byte(v))
				} else {
					b.Write([]byte{'%', digits[v>>4], digits[v&15]})
				}
				continue
			}
		}
		if c <= ' ' || c >= 0x7f {
			b.Write([]byte{'%', digits[c>>4], digits[c&15]})
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// unreserved is RFC 3986 §2.3.
func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}
