package fetch

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"tongbao/internal/archive"
)

// Whatever a server does, what went over the wire can be kept, is read again,
// and warcio (see .ci/run) accepts it.
func TestAllThatHappensCanBeArchived(t *testing.T) {
	s := newSite(t, func(o *Options) { o.MaxBody = 100_000; o.Tries = 2 })
	s.robots = text("User-agent: *\nDisallow: /private\n")
	s.pages["/chunked"] = text(strings.Repeat("整改", 5000))
	s.pages["/packed"] = packed(zipped([]byte("整改")))
	s.pages["/broken"] = packed(zipped([]byte("整改"))[:15])
	s.pages["/cut"] = raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
	s.pages["/cut-chunk"] = raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\nhalf")
	s.pages["/old"] = raw("HTTP/1.0 200 OK\nContent-Type: text/html\n\nold")
	s.pages["/bytes"] = raw("HTTP/1.1 200 \xb3\xc9\xb9\xa6\r\nX-A: \xb1\xbb\r\nContent-Length: 1\r\n\r\nx")
	s.pages["/moved"] = status(302, "Location", "/packed")
	s.pages["/large"] = func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, 200_000)) }
	s.pages["/503"] = status(503)
	s.pages["/204"] = status(204)
	dir := t.TempDir()
	w, err := archive.Create(dir, "tongbao test")
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	kept := 0
	for _, round := range []int{1, 2} {
		for path := range s.pages {
			a, err := s.get(path)
			if len(a.Exchanges) == 0 {
				t.Errorf("%s, round %d: nothing to keep (%v)", path, round, err)
			}
			for _, e := range a.Exchanges {
				place, err := w.Add(e)
				if err != nil {
					t.Fatal(err)
				}
				kept++
				r, err := archive.Load(dir, place)
				if err != nil {
					t.Fatal(err)
				}
				if page, _, _, err := r.Page(); path == "/packed" && e.URL == s.URL+path && (err != nil || string(page.Body) != "整改") {
					t.Errorf("%s: %q %v", r.Type, page.Body, err)
				}
			}
		}
	}
	if err := w.Close(); err != nil || kept < 2*len(s.pages) {
		t.Fatal(kept, err)
	}
	python := os.Getenv("TONGBAO_WARCIO")
	if python == "" {
		t.Skip("TONGBAO_WARCIO names no python3 with warcio: our files are not checked by it")
	}
	names, _ := archive.Files(dir)
	for _, name := range names {
		out, err := exec.Command(python, "-m", "warcio.cli", "check", "-v", filepath.Join(dir, name)).CombinedOutput()
		if err != nil || strings.Contains(string(out), "digest failed") || !strings.Contains(string(out), "digest pass") {
			t.Errorf("%v\n%s", err, out)
		}
	}
}
