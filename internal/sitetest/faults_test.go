package sitetest

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestFaults asks for each fault twice and says what must come.
func TestFaults(t *testing.T) {
	w := New(5, 2, 40, 0)
	w.Slowness, w.HugeSize = time.Millisecond, 1<<20
	served(t, w)
	plain, _ := w.Sample(0).Page()
	location := func(want string) func(*testing.T, *http.Response, []byte, error) {
		return func(t *testing.T, a *http.Response, _ []byte, err error) {
			if err != nil || a.StatusCode/100 != 3 || !strings.Contains(a.Header.Get("Location"), want) {
				t.Errorf("%v, %v", a, err)
			}
		}
	}
	status := func(want int) func(*testing.T, *http.Response, []byte, error) {
		return func(t *testing.T, a *http.Response, _ []byte, err error) {
			if err != nil || a.StatusCode != want {
				t.Errorf("%v, %v, want %d", a, err, want)
			}
		}
	}
	whole := func(t *testing.T, a *http.Response, body []byte, err error) {
		if err != nil || a.StatusCode != 200 || !bytes.Equal(body, plain) {
			t.Errorf("%v, %d bytes, %v", a, len(body), err)
		}
	}
	broken := func(t *testing.T, _ *http.Response, _ []byte, err error) {
		if err == nil {
			t.Error("nothing was wrong")
		}
	}
	deflated := func(open func(io.Reader) (io.ReadCloser, error)) func(*testing.T, *http.Response, []byte, error) {
		return func(t *testing.T, a *http.Response, body []byte, err error) {
			if err != nil || a.Header.Get("Content-Encoding") != "deflate" {
				t.Fatalf("%v, %v", a, err)
			}
			z, err := open(bytes.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.ReadAll(z); err != nil || !bytes.Equal(got, plain) {
				t.Errorf("%d bytes, %v", len(got), err)
			}
		}
	}
	twice := map[Fault][2]func(*testing.T, *http.Response, []byte, error){
		Slow: {whole, whole}, Drip: {whole, whole}, NoType: {whole, whole}, Disallowed: {whole, whole},
		Once503: {status(503), whole}, OnceCut: {broken, whole}, OnceShort: {broken, whole}, Short: {broken, broken},
		Once429: {func(t *testing.T, a *http.Response, _ []byte, err error) {
			if err != nil || a.StatusCode != 429 || a.Header.Get("Retry-After") != "1" {
				t.Errorf("%v, %v", a, err)
			}
		}, whole},
		Missing: {status(404), status(404)}, Gone: {status(410), status(410)}, Forbidden: {status(403), status(403)}, Broken: {status(500), status(500)},
		Loop: {location("/fault/loop/"), location("/fault/loop/")}, ManyHops: {location("hop-1."), location("hop-1.")}, Moved: {location("/moved/"), location("/moved/")},
		ToFile: {location("file:///"), location("file:///")}, ToMetadata: {location("169.254"), location("169.254")},
		ToLoopback: {location(w.trap), location(w.trap)}, ToName: {location("localhost:"), location("localhost:")},
		Deflated:    {deflated(zlib.NewReader), deflated(zlib.NewReader)},
		BareDeflate: {deflated(func(r io.Reader) (io.ReadCloser, error) { return flate.NewReader(r), nil }), nil},
	}
	for _, f := range Faults() {
		checks, known := twice[f]
		if !known {
			continue // below
		}
		t.Run(string(f), func(t *testing.T) {
			for _, check := range checks {
				if check == nil {
					continue
				}
				answer, body, err := get(t, w.FaultAt(0, f, "x"), "Accept-Encoding", "deflate")
				check(t, answer, body, err)
			}
		})
	}
	t.Run("packed", func(t *testing.T) {
		for _, f := range []Fault{BrokenGzip, NoGzip, Bomb} {
			answer, body, err := get(t, w.FaultAt(0, f, "x"))
			if err != nil || answer.Header.Get("Content-Encoding") != "gzip" {
				t.Fatalf("%s: %v, %v", f, answer, err)
			}
			var size int64
			z, err := gzip.NewReader(bytes.NewReader(body))
			if err == nil {
				size, err = io.Copy(io.Discard, z)
			}
			if f != Bomb && err == nil || f == Bomb && (err != nil || size != 16<<20 || len(body) > 1<<20) {
				t.Errorf("%s: %d bytes unpack to %d, %v", f, len(body), size, err)
			}
		}
	})
	t.Run("others", func(t *testing.T) {
		for f, right := range map[Fault]func(kind string, body []byte) bool{
			WrongCharset: func(kind string, body []byte) bool {
				return strings.Contains(kind, "utf-8") && bytes.Contains(body, []byte("charset=utf-8")) && !bytes.Contains(body, []byte("来源"))
			},
			Huge:        func(_ string, body []byte) bool { return len(body) >= 1<<20 },
			NoBody:      func(_ string, body []byte) bool { return bytes.Contains(body, []byte("<html>")) && len(body) < 400 },
			EmptyAnswer: func(_ string, body []byte) bool { return len(body) == 0 },
		} {
			answer, body, err := get(t, w.FaultAt(0, f, "x"))
			if err != nil || answer.StatusCode != 200 || !right(answer.Header.Get("Content-Type"), body) {
				t.Errorf("%s: %v, %d bytes, %v", f, answer, len(body), err)
			}
		}
	})
}

// TestHanging: a page that never answers lets go of a client that leaves, and
// of a world that ends.
func TestHanging(t *testing.T) {
	w := served(t, New(5, 1, 10, 0))
	done := make(chan error)
	go func() {
		_, err := client.Get(w.FaultAt(0, Hanging, "x")) //nolint:bodyclose // there is none
		done <- err
	}()
	for busy := false; !busy; runtime.Gosched() {
		w.mu.Lock()
		busy = w.busy[1] > 0
		w.mu.Unlock()
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err == nil {
		t.Error("it answered")
	}
}

// TestArticlesHaveTheirFaults: each fault that ends well gives the page that
// the host gives without it, on the second try at the latest.
func TestArticlesHaveTheirFaults(t *testing.T) {
	w := New(9, 8, 400, 0.3)
	w.Slowness, w.HugeSize = 0, 1<<20
	served(t, w)
	seen := map[Fault]bool{}
	for _, a := range w.Articles() {
		if a.Fault == None || seen[a.Fault] {
			continue
		}
		seen[a.Fault] = true
		answer, body, err := get(t, a.URL())
		if a.Fault.Transient() {
			answer, body, err = get(t, a.URL())
		}
		if a.Fault == Moved {
			answer, body, err = get(t, w.Addresses()[a.Host]+answer.Header.Get("Location"))
		}
		want, _ := a.Page()
		if a.Fault == WrongCharset {
			want, _ = a.render(map[string]string{"gbk": "utf-8", "utf-8": "gbk"}[a.Charset()])
		}
		right := err == nil && answer.StatusCode == 200 && (answer.Header.Get("Content-Encoding") == "" || a.Fault == NoGzip) && bytes.Equal(body, want)
		if right != (a.Fault.outcome() == Kept) {
			t.Errorf("%s: the page came whole: %v, and must be %s", a.Fault, right, a.Fault.outcome())
		}
	}
	if len(seen) != len(dealt) {
		t.Errorf("%d of %d faults", len(seen), len(dealt))
	}
}

func TestTrespassesAreSeen(t *testing.T) {
	w := served(t, New(5, 1, 10, 0))
	answer, _, err := get(t, w.FaultAt(0, ToLoopback, "x"))
	if err != nil {
		t.Fatal(err)
	}
	ok(t, answer.Header.Get("Location"))
	client.CloseIdleConnections()
	_ = w.Close() // the log of a request is written after its answer
	if got := w.Trespasses(); len(got) != 1 || len(w.Log()) != 1 {
		t.Errorf("%d trespasses, %d requests", len(got), len(w.Log()))
	}
}

func TestRobots(t *testing.T) {
	w := New(5, 12, 24, 0)
	w.CrawlDelay = "0.5"
	w.SetRobots(10, RobotsBroken)
	w.SetRobots(11, RobotsClosed)
	served(t, w)
	for host, base := range w.Addresses() {
		kind := w.hosts[host].robots
		answer, body, err := get(t, base+"/robots.txt")
		if err != nil {
			t.Fatal(err)
		}
		want := map[Robots]int{RobotsMissing: 404, RobotsForbidden: 403, RobotsBroken: 503, RobotsMoved: 301}[kind]
		if want == 0 {
			want = 200
		}
		if answer.StatusCode != want {
			t.Errorf("%s: status %d, want %d", kind, answer.StatusCode, want)
		}
		if kind == RobotsMoved {
			body = ok(t, base+answer.Header.Get("Location"))
		}
		if got := bytes.Contains(body, []byte(closedFolder)); kind != RobotsLongest && kind.hasFolder() && !kind.closed() && !got {
			t.Errorf("%s: the folder is open\n%.200s", kind, body)
		}
		if kind == RobotsLarge && len(body) <= 500<<10 || kind == RobotsDelay && !bytes.Contains(body, []byte("Crawl-delay: 0.5")) {
			t.Errorf("%s: %.100s", kind, body)
		}
	}
	for _, a := range w.Articles() {
		if (a.Outcome() == Skipped) != (a.Host >= 10) {
			t.Errorf("%s on host %d is %s", a.Path, a.Host, a.Outcome())
		}
	}
}
