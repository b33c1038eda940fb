package sitetest

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"
)

// serving is what runs between Serve and Close.
type serving struct {
	stop    context.CancelFunc
	servers []*http.Server
	running sync.WaitGroup
	trap    string            // host:port of the port that no source names
	busy    [maxHosts + 1]int // requests in progress by host
}

// maxHosts is how many hosts a world may have.
const maxHosts = 256

// listen opens a port for each host, and one that none of them names.
func (w *World) listen(ctx context.Context) error {
	ctx, w.stop = context.WithCancel(ctx)
	for _, h := range w.hosts {
		address, err := w.open(ctx, w.logged(h.number, h.base, h))
		if err != nil {
			return errors.Join(err, w.Close())
		}
		h.address = address
	}
	address, err := w.open(ctx, w.logged(-1, func() string { return "http://" + w.trap }, http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		_, _ = rw.Write([]byte("<html><body><p>这里是内部系统，外人不得入内。</p></body></html>"))
	})))
	if err != nil {
		return errors.Join(err, w.Close())
	}
	w.trap = address
	context.AfterFunc(ctx, w.shut)
	return nil
}

func (w *World) open(ctx context.Context, handler http.Handler) (address string, err error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp4", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: time.Minute, BaseContext: func(net.Listener) context.Context { return ctx }}
	w.mu.Lock()
	w.servers = append(w.servers, server)
	w.mu.Unlock()
	w.running.Go(func() { _ = server.Serve(listener) }) // ends with ErrServerClosed
	return listener.Addr().String(), nil
}

func (w *World) shut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, s := range w.servers {
		_ = s.Close() // closes what is still open; nothing is left to be done about an error
	}
}

// Close ends all hosts and waits for them. A world that was never served may
// be closed too.
func (w *World) Close() error {
	if w.stop != nil {
		w.stop()
	}
	w.shut()
	w.running.Wait()
	return nil
}

// logged keeps a Hit of every request.
func (w *World) logged(number int, base func() string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		hit := Hit{
			Host: number, URL: base() + r.URL.RequestURI(), Method: r.Method, Start: w.Now(), Agent: r.UserAgent(),
			IfNoneMatch: r.Header.Get("If-None-Match"), IfModifiedSince: r.Header.Get("If-Modified-Since"), Together: w.enter(number),
		}
		counted := &counter{ResponseWriter: rw}
		next.ServeHTTP(counted, r)
		hit.Status, hit.Bytes = counted.status, counted.bytes
		w.leave(number, hit)
	})
}

func (w *World) enter(number int) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.busy[number+1]++
	return w.busy[number+1]
}

func (w *World) leave(number int, hit Hit) {
	now := w.Now()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.busy[number+1]--
	hit.End = now
	if number < 0 {
		w.secret = append(w.secret, hit)
		return
	}
	w.log = append(w.log, hit)
}

// visited counts the visits of something on a host, this one included.
func (w *World) visited(host int, what string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	key := string(rune('A'+host)) + what
	w.visits[key]++
	return w.visits[key]
}

// A counter sees status and length of an answer.
type counter struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (c *counter) WriteHeader(status int) {
	if c.status == 0 {
		c.status = status
	}
	c.ResponseWriter.WriteHeader(status)
}

func (c *counter) Write(b []byte) (int, error) {
	if c.status == 0 {
		c.status = http.StatusOK
	}
	n, err := c.ResponseWriter.Write(b)
	c.bytes += int64(n)
	return n, err
}

// Unwrap is for http.ResponseController.
func (c *counter) Unwrap() http.ResponseWriter { return c.ResponseWriter }
