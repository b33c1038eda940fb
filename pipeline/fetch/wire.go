package fetch

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
)

const (
	maxHead   = 256 << 10   // of an answer
	maxKept   = 2 * maxHead // of a connection's bytes: the head, and those before it (100 Continue)
	userAgent = "tongbao"
)

// transport is net/http's, over connections that keep what goes over them. It
// speaks HTTP/1.1 alone, which is what the archive holds, and uses no proxy,
// for behind one no address could be checked.
func (c *Client) transport() *http.Transport {
	return &http.Transport{
		DialContext:            c.dial,
		DialTLSContext:         c.dialTLS,
		DisableCompression:     true,
		MaxIdleConnsPerHost:    1,
		MaxIdleConns:           100,
		IdleConnTimeout:        c.o.Timeouts.Idle,
		ResponseHeaderTimeout:  c.o.Timeouts.Head,
		MaxResponseHeaderBytes: maxHead,
		ForceAttemptHTTP2:      false,
	}
}

func (c *Client) connect(ctx context.Context, network, address string) (net.Conn, error) {
	d := net.Dialer{Timeout: c.o.Timeouts.Connect, Control: guard}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	if c.o.Own(address) || c.o.Own(hostPort("http", host, port)) || c.o.Own(hostPort("https", host, port)) {
		d.Control = nil
	}
	return d.DialContext(ctx, network, address)
}

func (c *Client) dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := c.connect(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return &wire{Conn: conn}, nil
}

func (c *Client) dialTLS(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := c.connect(ctx, network, address)
	if err != nil {
		return nil, err
	}
	config := &tls.Config{}
	if c.o.TLS != nil {
		config = c.o.TLS.Clone()
	}
	config.ServerName, _, _ = net.SplitHostPort(address)
	config.NextProtos = []string{"http/1.1"}
	ctx, cancel := context.WithTimeoutCause(ctx, c.o.Timeouts.TLS, ErrTimeout)
	defer cancel()
	secure := tls.Client(conn, config)
	if err := secure.HandshakeContext(ctx); err != nil {
		conn.Close()
		if errors.Is(context.Cause(ctx), ErrTimeout) {
			err = fmt.Errorf("%w: no TLS handshake within %v", ErrTimeout, c.o.Timeouts.TLS)
		}
		return nil, err
	}
	return &wire{Conn: secure}, nil
}

// A wire is a connection that keeps the first bytes of an exchange.
type wire struct {
	net.Conn
	mu        sync.Mutex
	sent, got []byte
}

func (w *wire) Read(p []byte) (int, error) {
	n, err := w.Conn.Read(p)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.got = append(w.got, p[:min(n, maxKept-len(w.got))]...)
	return n, err
}

func (w *wire) Write(p []byte) (int, error) {
	n, err := w.Conn.Write(p)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sent = append(w.sent, p[:max(0, min(n, maxKept-len(w.sent)))]...)
	return n, err
}

// begin forgets the exchange before.
func (w *wire) begin() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sent, w.got = nil, nil
}

// kept returns the request, and the head of the answer: interim answers (1xx,
// RFC 9110 §15.2) are passed over.
func (w *wire) kept() (request, head []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	rest := w.got
	for {
		head, rest = cutHead(rest)
		if head == nil || !interim(head) {
			return bytes.Clone(w.sent), bytes.Clone(head)
		}
	}
}

// cutHead cuts behind the empty line that ends a head; nil where there is none.
func cutHead(b []byte) (head, rest []byte) {
	at := 0
	for line := range bytes.Lines(b) {
		at += len(line)
		if len(bytes.TrimRight(line, "\r\n")) == 0 && at > len(line) {
			return b[:at], b[at:]
		}
	}
	return nil, b
}

func interim(head []byte) bool {
	_, status, _ := bytes.Cut(head, []byte(" "))
	return len(status) > 3 && status[0] == '1' && !bytes.HasPrefix(status, []byte("101"))
}
