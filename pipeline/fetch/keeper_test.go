package fetch

import (
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"tongbao/internal/archive"
)

// asked counts how often robots.txt was asked for.
func (s *site) asked() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, h := range s.hits {
		if h.path == "/robots.txt" {
			n++
		}
	}
	return n
}

func TestRobotsTxt(t *testing.T) {
	forbid := "User-agent: *\nDisallow: /a\n"
	other := newSite(t, nil)
	other.robots = text(forbid)
	for name, c := range map[string]struct {
		robots    http.HandlerFunc
		forbidden bool
		temporary bool
	}{
		"none":              {http.NotFound, false, false},
		"forbids":           {text(forbid), true, false},
		"lets us":           {text(forbid + "User-agent: Tongbao\nAllow: /\n"), false, false},
		"401":               {status(401), false, false},
		"403":               {status(403), false, false},
		"410":               {status(410), false, false},
		"429":               {status(429), true, true},
		"500":               {status(500), true, true},
		"503, then there":   {first(status(503), text("")), false, false},
		"cut off":           {raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nUser"), true, true},
		"no answer":         {raw(""), true, true},
		"rubbish":           {text("<html>not found</html>"), false, false},
		"packed":            {packed(zipped([]byte(forbid))), true, false},
		"600 KiB":           {text(forbid + strings.Repeat("#\n", 300<<10)), true, false},
		"600 KiB, said":     {sized(forbid + strings.Repeat("#\n", 300<<10)), true, false},
		"bomb":              {packed(zipped(make([]byte, archive.MaxPayload+1))), true, true},
		"broken gzip":       {packed([]byte("\x1f\x8b\x08\x00")), true, true},
		"moved":             {first(status(301, "Location", "/x"), text("")), false, false},
		"moved for ever":    {status(301, "Location", "/robots.txt"), false, false},
		"moved to private":  {status(301, "Location", other.URL+"/robots.txt"), true, true},
		"moved to a file":   {status(301, "Location", "file:///dev/null"), true, true},
		"redirect, no goal": {status(302), false, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, nil)
			s.robots, s.pages["/a"] = c.robots, text("x")
			_, err := s.get("/a")
			if errors.Is(err, ErrRobots) != c.forbidden || Temporary(err) != c.temporary || err != nil && !c.forbidden {
				t.Error(err)
			}
			if got := s.paths() != "" && s.paths() != "/x"; got == c.forbidden && name != "moved" {
				t.Errorf("asked for %s", s.paths())
			}
		})
	}
}

func sized(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		io.WriteString(w, body)
	}
}

func TestRobotsTxtIsKeptForADay(t *testing.T) {
	s := newSite(t, nil)
	s.robots = first(text("User-agent: *\nDisallow: /a\n"), status(500))
	var all sync.WaitGroup
	for range 5 {
		all.Go(func() {
			if _, err := s.get("/a"); !errors.Is(err, ErrRobots) {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if s.asked() != 1 {
		t.Errorf("asked %d times", s.asked())
	}
	s.clock.pass(24 * time.Hour)
	// What it said stands in when it cannot be had: /a only is forbidden.
	if _, err := s.get("/b"); errors.Is(err, ErrRobots) || s.asked() != 1+3 {
		t.Errorf("%v, asked %d times", err, s.asked())
	}
	if _, err := s.get("/a"); !errors.Is(err, ErrRobots) || Temporary(err) {
		t.Error(err)
	}
	s.clock.pass(31 * 24 * time.Hour)
	if _, err := s.get("/b"); !errors.Is(err, ErrRobots) || !Temporary(err) {
		t.Error(err)
	}
}

func TestPermittedAndSitemaps(t *testing.T) {
	s := newSite(t, nil)
	s.robots = text("User-agent: *\nDisallow: /a\nSitemap: http://x/1.xml\n")
	seen, err := s.c.Permitted(t.Context(), s.URL+"/b")
	if err != nil || len(seen) != 1 {
		t.Errorf("%d exchanges, %v", len(seen), err)
	}
	if _, err := s.c.Permitted(t.Context(), s.URL+"/a"); !errors.Is(err, ErrRobots) {
		t.Error(err)
	}
	maps, _, err := s.c.Sitemaps(t.Context(), s.URL+"/a")
	if err != nil || strings.Join(maps, " ") != "http://x/1.xml" || s.paths() != "" {
		t.Errorf("%v %v, asked for %s", maps, err, s.paths())
	}
	if _, err := s.c.Permitted(t.Context(), "file:///x"); !errors.Is(err, ErrForbiddenAddress) {
		t.Error(err)
	}
}
