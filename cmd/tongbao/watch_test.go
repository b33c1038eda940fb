package main

import (
	"context"
	"errors"
	"fmt"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"tongbao/pipeline/fetch"
)

// TestRepeat looks at once, then at each turn; turns that pass while it looks
// are left out.
func TestRepeat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		ctx, cancel := context.WithCancel(t.Context())
		var at, told []time.Duration
		err := repeat(ctx, 6*time.Hour, func(next time.Time) error {
			at, told = append(at, time.Since(begun)), append(told, next.Sub(begun))
			switch len(at) {
			case 2:
				time.Sleep(13 * time.Hour) // the turns at 12 h and 18 h pass
			case 4:
				time.AfterFunc(time.Hour, cancel)
			}
			return nil
		})
		if got, want := fmt.Sprint(at, told), "[0s 6h0m0s 24h0m0s 30h0m0s] [6h0m0s 12h0m0s 30h0m0s 36h0m0s]"; got != want {
			t.Errorf("looked at %s, want %s", got, want)
		}
		if !errors.Is(err, context.Canceled) || time.Since(begun) != 31*time.Hour {
			t.Errorf("it ended with %v after %s", err, time.Since(begun))
		}
	})
}

func TestRepeatEndsWithAFault(t *testing.T) {
	fault := errors.New("disk full")
	if err := repeat(t.Context(), time.Hour, func(time.Time) error { return fault }); !errors.Is(err, fault) {
		t.Error(err)
	}
}

// TestReason sees to it that pages which failed for one reason stand in one row.
func TestReason(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{&fetch.Fault{URL: "http://a.example/1", Err: fetch.ErrStatus{Code: 404}}, "the server answered 404 Not Found"},
		{&fetch.Fault{URL: "http://a.example/2", Err: fmt.Errorf("%w: 5 until http://a.example/back", fetch.ErrTooManyRedirects)}, "its redirects come to no end"},
		{&fetch.Fault{URL: "http://a.example/3", Err: fmt.Errorf("dial tcp 192.0.2.7:80: %w", syscall.ECONNREFUSED)}, "connection refused"},
		{fetch.ErrRobots, "its robots.txt forbids it"},
		{errors.New("the document is empty: save the page again"), "the document is empty"},
		{errors.New("the document is a scan without a text layer (the PDF is a scan): run a text recogniser"), "the document is a scan without a text layer"},
	} {
		if got := reason(c.err); got != c.want {
			t.Errorf("%v: %q, want %q", c.err, got, c.want)
		}
	}
}
