package sitetest

import (
	"fmt"
	"net/http"
	"strings"
)

// Robots is how a host answers for its robots.txt (RFC 9309).
type Robots string

// The kinds. All but the last two let articles be fetched, those in the folder
// /neibu/ aside.
const (
	RobotsPlain     Robots = "plain"     // keeps everybody out of a folder, names the sitemap
	RobotsMissing   Robots = "missing"   // 404: everything is free (section 2.3.1.3)
	RobotsLongest   Robots = "longest"   // the longest match decides (section 2.2.2)
	RobotsAgents    Robots = "agents"    // other robots are kept out, several groups are for us (section 2.2.1)
	RobotsLarge     Robots = "large"     // more than 500 KiB (section 2.5), what matters first
	RobotsMoved     Robots = "moved"     // by way of redirects (section 2.3.1.2)
	RobotsDelay     Robots = "delay"     // Crawl-delay
	RobotsEmpty     Robots = "empty"     // no byte
	RobotsForbidden Robots = "forbidden" // 403: free as well
	RobotsMark      Robots = "mark"      // byte order mark, CR line ends, odd letter case, comments
	RobotsBroken    Robots = "broken"    // 503: keep away (section 2.3.1.4)
	RobotsClosed    Robots = "closed"    // Disallow: /
)

// usualRobots are the kinds that New deals to the hosts in turn.
var usualRobots = []Robots{RobotsPlain, RobotsMissing, RobotsLongest, RobotsAgents, RobotsLarge, RobotsMoved, RobotsDelay, RobotsEmpty, RobotsMark, RobotsForbidden}

// closedFolder is what robots.txt keep robots out of.
const closedFolder = "/neibu/"

// SetRobots gives a host another robots.txt, before Serve or later.
func (w *World) SetRobots(host int, kind Robots) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.hosts[host].robots = kind
}

// rules is the kind of today.
func (h *host) rules() Robots {
	h.world.mu.Lock()
	defer h.world.mu.Unlock()
	return h.robots
}

// closed reports whether nothing may be fetched.
func (r Robots) closed() bool { return r == RobotsBroken || r == RobotsClosed }

// hasFolder reports whether the folder is forbidden.
func (r Robots) hasFolder() bool {
	switch r {
	case RobotsMissing, RobotsEmpty, RobotsForbidden:
		return false
	}
	return true
}

// text is the file of a kind.
func (r Robots) text(base, delay string) string {
	site := "Sitemap: " + base + "/sitemap.xml\n"
	switch r {
	case RobotsLongest:
		return "User-agent: *\nDisallow: /neibu\nAllow: /neibuziliao/\nDisallow: /*.bak$\nDisallow: /search?\n\n" + site
	case RobotsAgents:
		return "User-agent: Baiduspider\nUser-agent: Sogou web spider\nDisallow: /\n\nUser-agent: tongbao\nDisallow: /neibu/\n\nUser-agent: *\nDisallow: /neibu/\n\nUser-agent: tongbao\nDisallow: /admin/\n"
	case RobotsLarge:
		var b strings.Builder
		b.WriteString("User-agent: *\nDisallow: /neibu/\n")
		for i := 0; b.Len() < 520<<10; i++ {
			fmt.Fprintf(&b, "Disallow: /old/%06d/index.html\n", i)
		}
		return b.String() + site
	case RobotsDelay:
		return "User-agent: *\nCrawl-delay: " + delay + "\nDisallow: /neibu/\n" + site
	case RobotsMark:
		return "\uFEFF# 本站声明\rUSER-AGENT : *   # 所有\rDISALLOW:/neibu/\r\rsitemap: " + base + "/sitemap.xml\r"
	case RobotsClosed:
		return "User-agent: *\nDisallow: /\n"
	}
	return "User-agent: *\nDisallow: /neibu/\nDisallow: /admin/\n\n" + site
}

// serveRobots answers for robots.txt and for where it moved.
func (h *host) serveRobots(w http.ResponseWriter, r *http.Request) {
	kind := h.rules()
	switch {
	case kind == RobotsMissing:
		http.NotFound(w, r)
	case kind == RobotsForbidden:
		http.Error(w, "forbidden", http.StatusForbidden)
	case kind == RobotsBroken:
		http.Error(w, "unavailable", http.StatusServiceUnavailable)
	case kind == RobotsMoved && r.URL.Path == "/robots.txt":
		http.Redirect(w, r, "/static/robots.txt", http.StatusMovedPermanently)
	default:
		w.Header().Set("Content-Type", "text/plain")
		if kind != RobotsEmpty {
			fmt.Fprint(w, kind.text(h.base(), h.world.CrawlDelay))
		}
	}
}
