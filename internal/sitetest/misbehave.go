package sitetest

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// serveFault answers with an article as its fault wants it.
func (h *host) serveFault(w http.ResponseWriter, r *http.Request, f Fault, a *Article) {
	first := h.world.visited(h.number, r.URL.RequestURI()) == 1
	switch f {
	case Slow:
		wait(r.Context(), h.world.Slowness)
	case Once503:
		if first {
			http.Error(w, "服务器忙", http.StatusServiceUnavailable)
			return
		}
	case Once429:
		if first {
			w.Header().Set("Retry-After", strconv.Itoa(h.world.RetryAfter))
			http.Error(w, "too many requests", http.StatusTooManyRequests)
			return
		}
	case OnceCut:
		if first {
			cut(w)
			return
		}
	case WrongCharset:
		h.sendArticle(w, r, a, map[string]string{"gbk": "utf-8", "utf-8": "gbk"}[h.charset])
		return
	case Moved:
		http.Redirect(w, r, "/moved"+r.URL.RequestURI(), http.StatusMovedPermanently)
		return
	case Missing, Gone, Forbidden, Broken:
		status := map[Fault]int{Missing: 404, Gone: 410, Forbidden: 403, Broken: 500}[f]
		http.Error(w, "<html><body><p>对不起，您访问的页面出错了，请稍后再试，或者返回首页。</p></body></html>", status)
		return
	case Loop, ManyHops, ToFile, ToMetadata, ToLoopback, ToName:
		h.redirect(w, r, f)
		return
	default:
		if body, kind := a.render(h.charset); h.serveBytes(w, r, f, body, kind, first) {
			return
		}
	}
	h.sendArticle(w, r, a, h.charset)
}

// redirect leads to where a client must not go.
func (h *host) redirect(w http.ResponseWriter, r *http.Request, f Fault) {
	path := r.URL.RequestURI()
	_, port, _ := strings.Cut(h.world.trap, ":")
	to := map[Fault]string{
		ToFile:     "file:///etc/passwd",
		ToMetadata: "http://169.254.169.254/latest/meta-data/iam/security-credentials/",
		ToLoopback: "http://" + h.world.trap + "/admin",
		ToName:     "http://localhost:" + port + "/admin",
	}[f]
	switch f {
	case Loop:
		to = "/fault/loop/back.html"
		if path == to {
			to = "/fault/loop/forth.html"
		}
	case ManyHops:
		n, _ := strconv.Atoi(strings.TrimSuffix(path[strings.LastIndexByte(path, '-')+1:], ".html")) // 0 at the first
		to = fmt.Sprintf("/fault/many-hops/hop-%d.html", n+1)
		if n >= 50 {
			to = "/"
		}
	}
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusFound)
}

// serveBytes spoils the bytes of an answer; false where the fault is none of
// bytes.
func (h *host) serveBytes(w http.ResponseWriter, r *http.Request, f Fault, body []byte, kind string, first bool) bool {
	head := w.Header()
	head.Set("Content-Type", kind)
	switch f {
	case Short, OnceShort:
		if f == OnceShort && !first {
			return false
		}
		head.Set("Content-Length", strconv.Itoa(len(body)))
		write(w, body[:len(body)/2]) // the server closes the connection, for bytes are owed
	case Drip:
		head.Set("Content-Length", strconv.Itoa(len(body)))
		write(w, body[:len(body)/2])
		_ = http.NewResponseController(w).Flush() // a client that has gone is no fault of ours
		wait(r.Context(), h.world.Slowness)
		write(w, body[len(body)/2:])
	case BrokenGzip:
		head.Set("Content-Encoding", "gzip")
		packed := zipped(body)
		write(w, append(packed[:len(packed)/2], bytes.Repeat([]byte{0xA5}, 64)...))
	case NoGzip:
		head.Set("Content-Encoding", "gzip")
		write(w, body)
	case Bomb:
		head.Set("Content-Encoding", "gzip")
		bomb(w, 16*h.world.HugeSize)
	case Huge:
		endless(r.Context(), w, body, h.world.HugeSize)
	case Deflated, BareDeflate:
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "deflate") {
			return false
		}
		head.Set("Content-Encoding", "deflate")
		write(w, deflated(body, f == BareDeflate))
	case NoType:
		head["Content-Type"] = nil // net/http would guess one
		write(w, body)
	case NoBody:
		write(w, inCharset(`<html><head><title>`+h.name+`</title></head><body><div class="nav"><a href="/">首页</a><a href="/">领导信箱</a></div><div class="content"></div></body></html>`, h.charset))
	case EmptyAnswer:
		w.WriteHeader(http.StatusOK)
	case Hanging:
		<-r.Context().Done()
	default:
		return false
	}
	return true
}

// write sends what it can: the client may have gone, as it should.
func write(w io.Writer, body []byte) { _, _ = w.Write(body) }

// cut ends the connection without an answer.
func cut(w http.ResponseWriter) {
	if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
		_ = conn.Close()
	}
}

func wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// bomb writes gzip members that unpack to so many zeros, a mebibyte each:
// RFC 1952, section 2.2, lets a file be several.
func bomb(w io.Writer, size int64) {
	member := zipped(make([]byte, 1<<20))
	for ; size > 0; size -= 1 << 20 {
		if _, err := w.Write(member); err != nil {
			return
		}
	}
}

// endless writes a page that goes on and on.
func endless(ctx context.Context, w io.Writer, body []byte, size int64) {
	for size > 0 && ctx.Err() == nil {
		n, err := w.Write(body)
		if err != nil {
			return
		}
		size -= int64(n)
	}
}

// deflated packs with zlib's frame (RFC 9110, section 8.4.1.2) or, as some
// servers do, without.
func deflated(body []byte, bare bool) []byte {
	var b bytes.Buffer
	var z io.WriteCloser = zlib.NewWriter(&b)
	if bare {
		z, _ = flate.NewWriter(&b, gzip.DefaultCompression) // the level is right
	}
	write(z, body)
	_ = z.Close() // into memory: cannot fail
	return b.Bytes()
}
