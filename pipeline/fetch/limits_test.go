package fetch

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"tongbao/internal/archive"
)

func TestSizes(t *testing.T) {
	s := newSite(t, func(o *Options) { o.MaxBody = 100_000 })
	s.pages["/said"] = func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100001")
		w.Write(make([]byte, 100_001))
	}
	s.pages["/endless"] = func(w http.ResponseWriter, _ *http.Request) {
		for range 1000 {
			if _, err := w.Write(make([]byte, 10_000)); err != nil {
				return
			}
		}
	}
	s.pages["/bomb"] = packed(zipped(make([]byte, 1<<20)))
	s.pages["/double"] = func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip, gzip")
		w.Write(zipped(zipped(make([]byte, 1<<20))))
	}
	s.pages["/broken"] = packed(zipped([]byte("整改"))[:15])
	s.pages["/whole"] = packed(zipped(bytes.Repeat([]byte("整"), 30_000)))
	for path, want := range map[string]error{
		"/said": ErrTooLarge, "/endless": ErrTooLarge, "/bomb": ErrBomb, "/double": ErrBomb, "/broken": ErrEncoding, "/whole": nil,
	} {
		a, err := s.get(path)
		if !errors.Is(err, want) || Temporary(err) {
			t.Errorf("%s: %v", path, err)
			continue
		}
		e := a.Exchanges[len(a.Exchanges)-1]
		if cut := e.Truncated == archive.CutLength; cut != (want == ErrTooLarge) || len(e.Body) > excerpt {
			t.Errorf("%s: %d bytes kept, truncated %q", path, len(e.Body), e.Truncated)
		}
		if path == "/whole" && (len(a.Page.Body) != 90_000 || len(e.Body) > 1000) {
			t.Errorf("%d bytes read, %d kept", len(a.Page.Body), len(e.Body))
		}
	}
}

// A server that stops at any phase is given up.
func TestPhases(t *testing.T) {
	done := make(chan struct{})
	hang := func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-done:
		case <-r.Context().Done():
		}
	}
	begun := func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "begun")
		w.(http.Flusher).Flush()
		hang(w, r)
	}
	for name, c := range map[string]struct {
		page   http.HandlerFunc
		change func(*Timeouts)
		kept   string
	}{
		"head":  {hang, func(o *Timeouts) { o.Head = 30 * time.Millisecond }, ""},
		"stall": {begun, func(o *Timeouts) { o.Stall = 30 * time.Millisecond }, "begun"},
		"total": {begun, func(o *Timeouts) { o.Total = 30 * time.Millisecond }, "begun"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, func(o *Options) { o.Tries = 1; c.change(&o.Timeouts) })
			s.c.robots.of(must(parse(s.URL))).known = true // the phases of the page itself
			s.c.robots.of(must(parse(s.URL))).again = s.clock.Now().Add(time.Hour)
			s.pages["/a"] = c.page
			a, err := s.get("/a")
			if !errors.Is(err, ErrTimeout) || !Temporary(err) {
				t.Error(err)
			}
			if c.kept != "" && (len(a.Exchanges) != 1 || string(a.Exchanges[0].Body) != c.kept || a.Exchanges[0].Truncated != archive.CutTime) {
				t.Errorf("%+v", a.Exchanges)
			}
		})
	}
	close(done)
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// A server that takes the connection and says nothing never gets through the
// handshake.
func TestHandshakePhase(t *testing.T) {
	l := must(net.Listen("tcp", "127.0.0.1:0"))
	defer l.Close()
	c := New(Options{Tries: 1, Own: func(string) bool { return true }, Timeouts: Timeouts{TLS: 30 * time.Millisecond}, Clock: &fakeClock{}})
	defer c.Close()
	_, err := c.Get(t.Context(), "https://"+l.Addr().String()+"/", Validators{})
	if !errors.Is(err, ErrTimeout) || !errors.Is(err, ErrRobots) || !Temporary(err) {
		t.Error(err)
	}
}

// TestRequestsAreNotSentAgainInSilence: net/http repeats a request at once when
// a connection that was used before is cut. The host would get no rest.
func TestRequestsAreNotSentAgainInSilence(t *testing.T) {
	s := newSite(t, func(o *Options) { o.Tries = 2 })
	s.pages["/first"] = func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "整改") }
	s.pages["/cut"] = func(w http.ResponseWriter, _ *http.Request) {
		if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
			conn.Close()
		}
	}
	if _, err := s.get("/first"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.get("/cut"); !Temporary(err) {
		t.Errorf("%v", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var before time.Time
	for _, hit := range s.hits {
		if hit.at.Sub(before) < time.Second {
			t.Errorf("%s came %v after the request before", hit.path, hit.at.Sub(before))
		}
		before = hit.at
	}
	if n := len(s.hits); n != 4 { // robots.txt, first, two tries
		t.Errorf("%d requests: %v", n, s.hits)
	}
}
