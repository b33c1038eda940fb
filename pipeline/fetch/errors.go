package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"syscall"
	"time"

	"tongbao/internal/archive"
)

// Why an address was not fetched. All come wrapped in a *Fault, but for the
// context's own errors.
var (
	ErrRobots           = errors.New("its robots.txt forbids it")
	ErrForbiddenAddress = errors.New("it leads to a place that no public page may lead to")
	ErrTooLarge         = errors.New("it is larger than a page may be")
	ErrBomb             = archive.ErrBomb
	ErrEncoding         = archive.ErrEncoding
	ErrTooManyRedirects = errors.New("its redirects come to no end")
	ErrWait             = errors.New("its host asks us to come back later")
	ErrTruncated        = errors.New("the server ended the page before its end")
	ErrTimeout          = errors.New("the server did not answer in time")
)

// ErrStatus is an answer that holds no page: 404, 500 …
type ErrStatus struct{ Code int }

func (e ErrStatus) Error() string {
	text := http.StatusText(e.Code)
	if text == "" {
		text = "a status without a name"
	}
	return fmt.Sprintf("the server answered %d %s", e.Code, text)
}

// A Fault says why an address was not fetched.
type Fault struct {
	URL       string // as asked for, or where its redirects led
	Err       error
	transient bool
	NotBefore time.Time // of a transient one: when the host may be asked again
}

func (f *Fault) Error() string { return f.URL + ": " + f.Err.Error() }

// Unwrap gives the reason.
func (f *Fault) Unwrap() error { return f.Err }

// Temporary reports whether the same request may succeed at another time.
func (f *Fault) Temporary() bool { return f.transient }

// Temporary reports whether an error of this package may be gone at another
// time, so that trying again is of use.
func Temporary(err error) bool {
	var f *Fault
	return errors.As(err, &f) && f.transient
}

// transientStatus reports whether a status speaks of the server's state and not
// of the page.
func transientStatus(code int) bool {
	switch code {
	case http.StatusRequestTimeout, http.StatusTooManyRequests, http.StatusInternalServerError,
		http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout,
		520, 521, 522, 523, 524: // those of content networks: origin down, or not in time
		return true
	}
	return false
}

// transientError reports whether an error of the wire may be gone the next
// time. Names that do not exist and certificates that do not fit stay.
func transientError(err error) bool {
	var dns *net.DNSError
	var certificate *tls.CertificateVerificationError
	var network net.Error
	switch {
	case errors.Is(err, ErrForbiddenAddress), errors.As(err, &certificate):
		return false
	case errors.As(err, &dns):
		return !dns.IsNotFound
	case errors.Is(err, ErrTruncated), errors.Is(err, ErrTimeout), errors.Is(err, context.DeadlineExceeded),
		errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF),
		errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.EPIPE):
		return true
	}
	return errors.As(err, &network)
}
