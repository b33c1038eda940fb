package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A fakeClock stands still but for Sleep.
type fakeClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *fakeClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *fakeClock) Sleep(ctx context.Context, d time.Duration) error {
	c.pass(max(d, 0))
	return ctx.Err()
}

func (c *fakeClock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// A hit is one request that a site got.
type hit struct {
	path   string
	at     time.Time
	header http.Header
}

// A site is a server on loopback with a client whose own it is.
type site struct {
	*httptest.Server
	t     *testing.T
	clock *fakeClock
	c     *Client

	mu     sync.Mutex
	hits   []hit
	pages  map[string]http.HandlerFunc
	robots http.HandlerFunc
}

func newSite(t *testing.T, change func(*Options)) *site {
	t.Helper()
	s := &site{t: t, clock: &fakeClock{now: time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC)}, pages: map[string]http.HandlerFunc{}}
	s.robots = http.NotFound
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(s.Close)
	o := Options{Agent: "tongbao/0.2", Contact: "somebody@example.org", Clock: s.clock, Own: func(host string) bool {
		return host == strings.TrimPrefix(s.URL, "http://")
	}}
	if change != nil {
		change(&o)
	}
	s.c = New(o)
	t.Cleanup(s.c.Close)
	return s
}

func (s *site) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.hits = append(s.hits, hit{r.URL.RequestURI(), s.clock.Now(), r.Header.Clone()})
	page := s.pages[r.URL.Path]
	if r.URL.Path == "/robots.txt" {
		page = s.robots
	}
	s.mu.Unlock()
	if page == nil {
		page = http.NotFound
	}
	page(w, r)
}

func (s *site) get(path string) (Answer, error) {
	return s.c.Get(s.t.Context(), s.URL+path, Validators{})
}

// paths lists what was asked for, robots.txt left out.
func (s *site) paths() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for _, h := range s.hits {
		if h.path != "/robots.txt" {
			out = append(out, h.path)
		}
	}
	return strings.Join(out, " ")
}

// gaps lists the times between requests.
func (s *site) gaps() []time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []time.Duration
	for i := 1; i < len(s.hits); i++ {
		out = append(out, s.hits[i].at.Sub(s.hits[i-1].at))
	}
	return out
}

func text(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, body) }
}

func status(code int, fields ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(fields); i += 2 {
			w.Header().Set(fields[i], fields[i+1])
		}
		w.WriteHeader(code)
	}
}

// first gives one answer after the other; the last one stays.
func first(answers ...http.HandlerFunc) http.HandlerFunc {
	var mu sync.Mutex
	return func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		now := answers[0]
		if len(answers) > 1 {
			answers = answers[1:]
		}
		mu.Unlock()
		now(w, r)
	}
}

// raw writes bytes as they are, and closes the connection.
func raw(answer string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err == nil {
			io.WriteString(conn, answer)
			conn.Close()
		}
	}
}

func zipped(body []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(body)
	z.Close()
	return b.Bytes()
}

func packed(body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(body)
	}
}
