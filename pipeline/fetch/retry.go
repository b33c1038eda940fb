package fetch

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"tongbao/internal/archive"
)

// retryAfter reads how long a server asks us to stay away (RFC 9110 §10.2.3):
// seconds, or a date; 0 where it does not.
func retryAfter(header http.Header, now time.Time) time.Duration {
	value := strings.TrimSpace(header.Get("Retry-After"))
	if value == "" {
		return 0
	}
	if seconds, err := strconv.ParseUint(value, 10, 63); err == nil {
		return time.Duration(min(seconds, uint64(longest/time.Second))) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return min(max(at.Sub(now), 0), longest)
	}
	return 0
}

// attempt sends a request until it is answered, or fails for good, or the tries
// are used up. Between tries the host is left alone for as long as paces has
// it, by other requests too. All answers are observed.
func (c *Client) attempt(ctx context.Context, r Request, u *url.URL, limit bound, observe func(archive.Exchange)) (*reply, error) {
	for try := 1; ; try++ {
		rep, next, err := c.exchange(ctx, r, u, limit)
		if rep != nil && len(rep.kept.Head) > 0 {
			observe(rep.kept)
		}
		if err == nil && rep.location() == "" && rep.status >= 400 {
			err = ErrStatus{rep.status}
		}
		if err == nil {
			return rep, nil
		}
		if ctx.Err() != nil {
			return rep, ctx.Err()
		}
		fault := &Fault{URL: u.String(), Err: err, NotBefore: next}
		var status ErrStatus
		if errors.As(err, &status) {
			fault.transient = transientStatus(status.Code)
		} else {
			fault.transient = errors.Is(err, ErrWait) || transientError(err)
		}
		if !fault.transient {
			fault.NotBefore = time.Time{}
		}
		if !fault.transient || errors.Is(err, ErrWait) || try >= c.o.Tries {
			return rep, fault
		}
	}
}
