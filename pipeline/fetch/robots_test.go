package fetch

import (
	"bufio"
	"encoding/json"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"
)

// TestPeersRobotsCases runs the cases of google/robotstxt and our own that the
// standard asks for; of those of Google's parser alone, the number is told.
func TestPeersRobotsCases(t *testing.T) {
	file, err := os.Open("../../../shared/peers/robots_cases.jsonl")
	if err != nil {
		t.Skip("the shared folder is not there: ", err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 16<<20)
	passed, google := 0, 0
	for lines.Scan() {
		var c struct {
			ID, Robots, Agent, URL, Scope string
			Allowed                       bool
			Conflict                      bool `json:"rfc_conflict"`
			Asked                         bool `json:"rfc_allowed"`
		}
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		want := c.Allowed
		if c.Conflict {
			want = c.Asked
		}
		u, err := url.Parse(c.URL)
		if err != nil {
			t.Fatal(err)
		}
		switch got := parseRobots([]byte(c.Robots), c.Agent).allows(u); {
		case got == want:
			passed++
		case c.Scope == "rfc":
			t.Errorf("%s: %q lets %s fetch %s: %v", c.ID, c.Robots, c.Agent, c.URL, got)
		default:
			google++
			t.Logf("%s, of Google's parser alone: %v", c.ID, got)
		}
	}
	t.Logf("%d cases as expected, %d of Google's own otherwise", passed, google)
}

func TestRobotsFields(t *testing.T) {
	r := parseRobots([]byte(`Sitemap: https://a/1.xml
User-agent: *
Crawl-delay: 9
User-agent: other
Crawl-delay: 99

User-agent: Tongbao/2.1
Crawl-delay: 2.5
Crawl-delay: x
Crawl-delay: -1
Disallow: /a
Sitemap: https://a/2.xml
`), "tongbao")
	if r.delay != 2500*time.Millisecond || strings.Join(r.sitemaps, " ") != "https://a/1.xml https://a/2.xml" {
		t.Errorf("%+v", r)
	}
	if d, ok := crawlDelay("1e300"); !ok || d != longest {
		t.Error(d, ok)
	}
}

func TestRobotsBeyondTheLimitAreNotRead(t *testing.T) {
	body := "User-agent: *\nDisallow: /a\n" + strings.Repeat("# 整改\n", maxRobots/8) + "\nDisallow: /b\n"
	r := parseRobots([]byte(body+strings.Repeat("#", maxRobots)), "tongbao")
	if len(r.paths) > 2 || r.allows(&url.URL{Path: "/a"}) {
		t.Errorf("%d rules", len(r.paths))
	}
	late := strings.Repeat("#", maxRobots) + "\nUser-agent: *\nDisallow: /\n"
	if !parseRobots([]byte(late), "tongbao").allows(&url.URL{Path: "/a"}) {
		t.Error("a rule behind the limit was read")
	}
}

// FuzzRobots: no file makes the reading fail, and what is forbidden by the
// plainest rule is forbidden.
func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*b$\n", "/axb")
	f.Add("\uFEFFuser-agent tongbao\rdisallow /%E5%b7\x00", "/巡视?x=%zz")
	f.Fuzz(func(t *testing.T, body, path string) {
		u := &url.URL{Path: path}
		parseRobots([]byte(body), "tongbao").allows(u)
		if path != "/robots.txt" && parseRobots([]byte("User-agent: *\nDisallow: /\n"), "x").allows(u) && strings.HasPrefix(u.EscapedPath(), "/") {
			t.Errorf("%q was allowed", path)
		}
	})
}
