package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"tongbao/internal/archive"
)

// excerpt is how much is kept of a body that is too large.
const excerpt = 64 << 10

// A Request is what is asked of a server. Only GET needs no more than URL.
type Request struct {
	Method      string // "" is GET
	URL         string
	ContentType string // of Body
	Body        []byte
	Known       Validators // makes the request conditional
}

// errEnded says that a connection ended without an answer.
var errEnded = fmt.Errorf("the server ended the connection without an answer: %w", io.ErrUnexpectedEOF)

// A bound is how many bytes of a body are read. A longer one is an error, or
// where cut says so just not read to its end.
type bound struct {
	bytes int64
	cut   bool
}

// A reply is one answer.
type reply struct {
	status int
	header http.Header
	body   []byte
	kept   archive.Exchange
}

// exchange sends one request when its host's turn has come. With an error there
// may be a reply too, as far as it came. next is when the host may be asked
// again.
func (c *Client) exchange(ctx context.Context, r Request, u *url.URL, limit bound) (rep *reply, next time.Time, err error) {
	host := paceKey(u)
	turn, next, err := c.paces.take(ctx, host)
	if err != nil {
		return nil, next, err
	}
	var o outcome
	defer func() { next = c.paces.give(turn, o) }()

	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	total := time.AfterFunc(c.o.Timeouts.Total, func() { cancel(ErrTimeout) })
	defer total.Stop()

	w := new(atomic.Pointer[wire])
	// net/http sends a request again, at once, when a connection that was used
	// before ends without an answer. Whether and when we do is ours to say.
	var sent atomic.Int32
	again := func(string) {
		if sent.Add(1) > 1 {
			cancel(errEnded)
		}
	}
	request, err := c.request(ctx, r, u, w, again)
	if err != nil {
		return nil, next, err
	}
	start := c.o.Clock.Now()
	response, err := c.http.RoundTrip(request)
	o.latency = c.o.Clock.Now().Sub(start)
	if err != nil {
		err = reason(ctx, err)
		o.trouble = transientError(err)
		return nil, next, err
	}
	defer response.Body.Close()
	c.jar.SetCookies(u, response.Cookies())
	rep = &reply{status: response.StatusCode, header: response.Header}
	rep.kept = archive.Exchange{URL: u.String(), Time: start}
	rep.body, rep.kept.Truncated, err = c.body(ctx, cancel, response, limit)
	rep.kept.Body = rep.body
	if errors.Is(err, ErrTooLarge) {
		rep.kept.Body = rep.body[:min(len(rep.body), excerpt)]
	}
	if on := w.Load(); on != nil {
		rep.kept.Request, rep.kept.Head = on.kept()
		rep.kept.IP, _, _ = net.SplitHostPort(on.RemoteAddr().String())
	}
	o.answered = true
	o.trouble = transientStatus(rep.status) || err != nil && transientError(err)
	o.notSoon = retryAfter(rep.header, c.o.Clock.Now())
	return rep, next, err
}

// paceKey is the host that rests between requests: http and https at their
// usual ports are one server.
func paceKey(u *url.URL) string { return u.Host }

// request builds what is sent. w is set to the connection that it goes over;
// begun is called when one is looked for.
func (c *Client) request(ctx context.Context, r Request, u *url.URL, w *atomic.Pointer[wire], begun func(string)) (*http.Request, error) {
	trace := &httptrace.ClientTrace{GetConn: begun, GotConn: func(info httptrace.GotConnInfo) {
		if on, ok := info.Conn.(*wire); ok {
			on.begin()
			w.Store(on)
		}
	}}
	method := r.Method
	if method == "" {
		method = http.MethodGet
	}
	var body io.Reader
	if len(r.Body) > 0 {
		body = bytes.NewReader(r.Body)
	}
	request, err := http.NewRequestWithContext(httptrace.WithClientTrace(ctx, trace), method, u.String(), body)
	if err != nil {
		return nil, err
	}
	set := func(name, value string) {
		if value != "" {
			request.Header.Set(name, value)
		}
	}
	set("User-Agent", c.agent)
	set("From", c.from)
	set("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
	set("Accept-Language", "zh-CN,zh;q=0.9")
	set("Accept-Encoding", "gzip, br")
	set("Content-Type", r.ContentType)
	set("If-None-Match", r.Known.ETag)
	set("If-Modified-Since", r.Known.LastModified)
	for _, cookie := range c.jar.Cookies(u) {
		request.AddCookie(cookie)
	}
	return request, nil
}

// body reads what is sent, chunking taken off, up to the limit, and says why
// it is not whole.
func (c *Client) body(ctx context.Context, cancel context.CancelCauseFunc, response *http.Response, limit bound) ([]byte, string, error) {
	var tooLarge error
	if !limit.cut {
		tooLarge = fmt.Errorf("%w: more than %d bytes", ErrTooLarge, limit.bytes)
	}
	if response.ContentLength > limit.bytes && !limit.cut {
		return nil, archive.CutLength, tooLarge
	}
	// A server that sends nothing for a while is given up.
	stalled := time.AfterFunc(c.o.Timeouts.Stall, func() { cancel(ErrTimeout) })
	defer stalled.Stop()
	var out bytes.Buffer
	chunk := make([]byte, 32<<10)
	for {
		n, err := response.Body.Read(chunk)
		stalled.Reset(c.o.Timeouts.Stall)
		room := limit.bytes - int64(out.Len())
		out.Write(chunk[:min(int64(n), room)])
		switch {
		case int64(n) > room:
			return out.Bytes(), archive.CutLength, tooLarge
		case err == io.EOF:
			return out.Bytes(), "", nil
		case err != nil:
			err = reason(ctx, err)
			if errors.Is(err, ErrTimeout) {
				return out.Bytes(), archive.CutTime, err
			}
			return out.Bytes(), archive.CutDisconnect, fmt.Errorf("%w after %d bytes: %w", ErrTruncated, out.Len(), err)
		}
	}
}

// reason names why a request ended: our own time limits come as a cancelled
// context, those of net/http as errors without a type.
func reason(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		if errors.Is(cause, errEnded) {
			return errEnded
		}
		if errors.Is(cause, ErrTimeout) {
			return fmt.Errorf("%w: the answer did not come to its end", ErrTimeout)
		}
		return cause
	}
	var network net.Error
	if !errors.Is(err, ErrTimeout) && errors.As(err, &network) && network.Timeout() {
		return fmt.Errorf("%w: %w", ErrTimeout, err)
	}
	return err
}

// location is where a redirect leads; "" where the answer is none.
func (r *reply) location() string {
	switch r.status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return strings.TrimSpace(r.header.Get("Location"))
	}
	return ""
}
