package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"tongbao/internal/archive"
)

func TestAPageAndAllThatWentOverTheWire(t *testing.T) {
	s := newSite(t, nil)
	const head = "HTTP/1.1 200 OK\r\nserver: odd   \r\nContent-Type: text/html; charset=gbk\r\nETag: \"1\"\r\nContent-Length: 4\r\n\r\n"
	s.pages["/a.html"] = raw("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + head + "\xd5\xfb\xb8\xc4")
	a, err := s.get("/a.html#part")
	if err != nil {
		t.Fatal(err)
	}
	if a.URL != s.URL+"/a.html" || a.Status != 200 || string(a.Page.Body) != "\xd5\xfb\xb8\xc4" ||
		a.Page.ContentType != "text/html; charset=gbk" || a.Page.URL != a.URL || a.Validators.ETag != `"1"` {
		t.Errorf("%+v", a)
	}
	if len(a.Exchanges) != 2 || !strings.HasSuffix(a.Exchanges[0].URL, "/robots.txt") {
		t.Fatalf("exchanges: %+v", a.Exchanges)
	}
	e := a.Exchanges[1]
	if string(e.Head) != head || string(e.Body) != "\xd5\xfb\xb8\xc4" || e.IP != "127.0.0.1" || e.URL != a.URL || e.Truncated != "" {
		t.Errorf("%q %+v", e.Head, e)
	}
	if r := string(e.Request); !strings.HasPrefix(r, "GET /a.html HTTP/1.1\r\nHost: 127.0.0.1:") || !strings.HasSuffix(r, "\r\n\r\n") ||
		!strings.Contains(r, "\r\nUser-Agent: tongbao/0.2 (+somebody@example.org)\r\n") || !strings.Contains(r, "\r\nFrom: somebody@example.org\r\n") {
		t.Errorf("request %q", r)
	}
}

func TestKeptConnectionsDoNotMixExchanges(t *testing.T) {
	s := newSite(t, nil)
	for i := range 5 {
		s.pages[fmt.Sprintf("/%d", i)] = text(strings.Repeat(fmt.Sprint(i), 100_000*i+1)) // chunked but for the first
	}
	w, err := archive.Create(t.TempDir(), "test")
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for i := range 5 {
		a, err := s.get(fmt.Sprintf("/%d", i))
		if err != nil {
			t.Fatal(err)
		}
		e := a.Exchanges[len(a.Exchanges)-1]
		want := strings.Repeat(fmt.Sprint(i), 100_000*i+1)
		if string(e.Body) != want || string(a.Page.Body) != want || !strings.HasPrefix(string(e.Request), fmt.Sprintf("GET /%d ", i)) ||
			bytes.Count(e.Head, []byte("HTTP/1.1 200 OK")) != 1 || !bytes.HasSuffix(e.Head, []byte("\r\n\r\n")) {
			t.Errorf("%d: %d bytes, %q, %q", i, len(e.Body), e.Request, e.Head)
		}
		if _, err := w.Add(e); err != nil {
			t.Error(err)
		}
	}
}

func TestOneRequestAtATimeWithRestBetween(t *testing.T) {
	s := newSite(t, nil)
	var under, most int
	var mu sync.Mutex
	for i := range 8 {
		s.pages[fmt.Sprintf("/%d", i)] = func(w http.ResponseWriter, _ *http.Request) {
			mu.Lock()
			under++
			most = max(most, under)
			mu.Unlock()
			io.WriteString(w, "x")
			mu.Lock()
			under--
			mu.Unlock()
		}
	}
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			if _, err := s.get(fmt.Sprintf("/%d", i)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, gap := range s.gaps() {
		if gap < time.Second {
			t.Errorf("gaps %v", s.gaps())
		}
	}
	if len(s.gaps()) != 8 || most != 1 {
		t.Errorf("%d requests, %d at once", len(s.gaps())+1, most)
	}
}

// Hosts do not wait for one another: the first answers only once the second was
// asked.
func TestHostsInParallel(t *testing.T) {
	a := newSite(t, func(o *Options) { o.Own = func(string) bool { return true } })
	b := newSite(t, nil)
	asked := make(chan struct{})
	a.pages["/"] = func(http.ResponseWriter, *http.Request) { <-asked }
	b.pages["/"] = func(http.ResponseWriter, *http.Request) { close(asked) }
	var all sync.WaitGroup
	for _, s := range []*site{a, b} {
		all.Go(func() {
			if _, err := a.c.Get(t.Context(), s.URL, Validators{}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

func TestTheDelayFollowsTheServer(t *testing.T) {
	s := newSite(t, nil)
	s.robots = text("User-agent: *\nCrawl-delay: 3\n")
	s.pages["/slow"] = func(http.ResponseWriter, *http.Request) { s.clock.pass(20 * time.Second) }
	s.pages["/fast"] = text("x")
	for _, path := range []string{"/fast", "/slow", "/fast", "/fast", "/fast", "/fast"} {
		if _, err := s.get(path); err != nil {
			t.Fatal(err)
		}
	}
	want := "[3s 3s 40s 10s 5s 3s]"
	if got := fmt.Sprint(s.gaps()); got != want {
		t.Errorf("gaps %s, want %s", got, want)
	}
	if d, _ := s.c.Pace(s.URL); d != 3*time.Second {
		t.Errorf("pace %v", d)
	}
}

func TestTransientFaultsAreTriedAgain(t *testing.T) {
	s := newSite(t, nil)
	s.pages["/503"] = first(status(503), text("x"))
	s.pages["/429"] = first(status(429, "Retry-After", "120"), text("x"))
	s.pages["/date"] = first(status(503, "Retry-After", s.clock.Now().Add(300*time.Second).Format(http.TimeFormat)), text("x"))
	s.pages["/cut"] = first(raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"), text("x"))
	s.pages["/reset"] = first(raw(""), text("x"))
	s.pages["/500"] = status(500)
	s.pages["/403"] = status(403)
	for path, want := range map[string]string{"/503": "/503 /503", "/429": "/429 /429", "/date": "/date /date", "/cut": "/cut /cut", "/500": "/500 /500 /500", "/403": "/403"} {
		s.hits = nil
		a, err := s.get(path)
		var code ErrStatus
		errors.As(err, &code)
		if got := s.paths(); got != want || err != nil && "/"+fmt.Sprint(code.Code) != path {
			t.Errorf("%s: %s, %v", path, got, err)
		}
		if Temporary(err) != (path == "/500") {
			t.Errorf("%s: temporary %v", path, Temporary(err))
		}
		switch path {
		case "/cut":
			cut := a.Exchanges[len(a.Exchanges)-2]
			if cut.Truncated != archive.CutDisconnect || string(cut.Body) != "half" {
				t.Errorf("%+v", cut)
			}
		case "/429":
			if last := s.gaps()[len(s.gaps())-1]; last != 120*time.Second {
				t.Errorf("came back after %v", last)
			}
		}
	}
	if a, err := s.get("/reset"); err != nil || string(a.Page.Body) != "x" {
		t.Error(err)
	}
}

func TestAHostThatAsksForLongIsLeft(t *testing.T) {
	s := newSite(t, nil)
	s.pages["/a"] = status(503, "Retry-After", "7200")
	before := s.clock.Now()
	_, err := s.get("/a")
	var f *Fault
	if !errors.As(err, &f) || !errors.Is(err, ErrWait) || !f.Temporary() || f.NotBefore.Sub(before) < 2*time.Hour {
		t.Errorf("%v %+v", err, f)
	}
	if _, err := s.get("/b"); !errors.Is(err, ErrWait) || s.paths() != "/a" {
		t.Errorf("%v, asked for %s", err, s.paths())
	}
}

func TestConditionalRequests(t *testing.T) {
	s := newSite(t, nil)
	s.pages["/a"] = func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"7"`)
		w.Header().Set("Last-Modified", "Wed, 25 Nov 2026 08:00:00 GMT")
		if r.Header.Get("If-None-Match") == `"7"` && r.Header.Get("If-Modified-Since") != "" {
			w.WriteHeader(304)
		}
	}
	a, err := s.get("/a")
	if err != nil {
		t.Fatal(err)
	}
	b, err := s.c.Get(t.Context(), s.URL+"/a", a.Validators)
	if err != nil || !b.NotModified || b.Status != 304 || b.Page.Body != nil || b.Validators != a.Validators {
		t.Errorf("%+v %v", b, err)
	}
	s.pages["/b"] = status(304)
	if _, err := s.get("/b"); !errors.As(err, &ErrStatus{}) {
		t.Errorf("304 that nobody asked for: %v", err)
	}
}

func TestRedirects(t *testing.T) {
	s := newSite(t, nil)
	other := newSite(t, nil)
	s.pages["/a"] = status(302, "Location", "/b?x=巡视#y")
	s.pages["/b"] = text("x")
	s.pages["/loop"] = status(301, "Location", "/loop2")
	s.pages["/loop2"] = status(301, "Location", "/loop")
	s.pages["/forbidden"] = status(302, "Location", "/private/")
	s.pages["/other"] = status(302, "Location", other.URL+"/secret")
	s.pages["/meta"] = status(302, "Location", "http://169.254.169.254/latest/meta-data/")
	s.pages["/v6"] = status(302, "Location", "http://[::ffff:127.0.0.1]/")
	s.pages["/file"] = status(302, "Location", "file:///etc/passwd")
	s.pages["/password"] = status(302, "Location", "http://a:b@example.com/")
	s.pages["/bad"] = status(302, "Location", "http://[/")
	s.pages["/cookie"] = func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie("pass"); err != nil {
			http.SetCookie(w, &http.Cookie{Name: "pass", Value: "1"})
			http.Redirect(w, r, "/cookie", http.StatusFound)
		}
	}
	for i := range 20 {
		s.pages[fmt.Sprintf("/chain%d", i)] = status(302, "Location", fmt.Sprintf("/chain%d", i+1))
	}
	s.robots = text("User-agent: *\nDisallow: /private/\n")

	a, err := s.get("/a")
	if err != nil || a.URL != s.URL+"/b?x=%E5%B7%A1%E8%A7%86" || len(a.Exchanges) != 3 {
		t.Errorf("%s %d %v", a.URL, len(a.Exchanges), err)
	}
	for path, want := range map[string]error{
		"/loop": ErrTooManyRedirects, "/chain0": ErrTooManyRedirects, "/forbidden": ErrRobots, "/other": ErrForbiddenAddress,
		"/meta": ErrForbiddenAddress, "/v6": ErrForbiddenAddress, "/file": ErrForbiddenAddress, "/password": ErrForbiddenAddress,
		"/cookie": nil,
	} {
		if _, err := s.get(path); !errors.Is(err, want) || Temporary(err) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if _, err := s.get("/bad"); err == nil {
		t.Error("a bad address was followed")
	}
	if other.hits != nil {
		t.Errorf("a host that is not ours was asked for %v", other.hits)
	}
}

func TestTLS(t *testing.T) {
	server := httptest.NewTLSServer(text("x"))
	defer server.Close()
	config := server.Client().Transport.(*http.Transport).TLSClientConfig
	c := New(Options{Own: func(string) bool { return true }, TLS: config, Clock: &fakeClock{}})
	defer c.Close()
	a, err := c.Get(t.Context(), server.URL, Validators{})
	if err != nil || string(a.Page.Body) != "x" || !bytes.HasPrefix(a.Exchanges[1].Head, []byte("HTTP/1.1 200 OK\r\n")) {
		t.Errorf("%+v %v", a, err)
	}
	strict := New(Options{Own: func(string) bool { return true }, Clock: &fakeClock{}})
	defer strict.Close()
	if _, err := strict.Get(t.Context(), server.URL, Validators{}); err == nil || strings.Contains(err.Error(), "panic") {
		t.Errorf("a certificate of nobody was taken: %v", err)
	}
}

func TestPost(t *testing.T) {
	s := newSite(t, nil)
	s.pages["/list"] = func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		fmt.Fprintf(w, "%s %s %s", r.Method, r.Header.Get("Content-Type"), body)
	}
	s.pages["/307"] = status(307, "Location", "/list")
	s.pages["/302"] = status(302, "Location", "/list")
	for path, want := range map[string]string{"/list": "POST text/x page=2", "/307": "POST text/x page=2", "/302": "GET  "} {
		a, err := s.c.Do(t.Context(), Request{Method: "POST", URL: s.URL + path, ContentType: "text/x", Body: []byte("page=2")})
		if err != nil || string(a.Page.Body) != want {
			t.Errorf("%s: %q %v", path, a.Page.Body, err)
		}
	}
}

func TestTheContextEndsWaiting(t *testing.T) {
	s := newSite(t, func(o *Options) { o.Clock = realClock{}; o.Delay = time.Hour; o.MaxWait = 2 * time.Hour })
	ctx, cancel := context.WithCancel(t.Context())
	s.robots = func(http.ResponseWriter, *http.Request) { cancel() }
	if _, err := s.c.Get(ctx, s.URL, Validators{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if s.paths() != "" {
		t.Errorf("asked for %s", s.paths())
	}
}
