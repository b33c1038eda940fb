package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"time"

	"tongbao/internal/archive"
)

// How long what a robots.txt says is believed (RFC 9309 §2.4), how soon one
// that could not be had is asked for again, and how long what it said before
// stands in for it (§2.3.1.4).
const (
	robotsFresh   = 24 * time.Hour
	robotsRetry   = 15 * time.Minute
	robotsStandIn = 30 * 24 * time.Hour
)

// maxRobotsRedirects is what §2.3.1.2 asks for.
const maxRobotsRedirects = 5

// A keeper holds what the robots.txt of each host says. It is asked for once,
// however many wait.
type keeper struct {
	mu    sync.Mutex
	hosts map[string]*kept
}

// kept is what is known of one host.
type kept struct {
	busy    chan struct{} // holds a token while the fields are read or the file is fetched
	known   bool
	rules   rules
	fetched time.Time // when rules was
	again   time.Time // when it is to be asked for again
	failure error     // why it could not be had, and nothing stands in for it
}

func (k *keeper) of(u *url.URL) *kept {
	k.mu.Lock()
	defer k.mu.Unlock()
	key := u.Scheme + "://" + u.Host
	h := k.hosts[key]
	if h == nil {
		h = &kept{busy: make(chan struct{}, 1)}
		k.hosts[key] = h
	}
	return h
}

// rulesFor returns what the robots.txt of an address's host says, fetched when
// it is not known. The error is ErrForbiddenAddress, the context's, or says
// that the host must be kept away from (a transient ErrRobots).
func (c *Client) rulesFor(ctx context.Context, u *url.URL, observe func(archive.Exchange)) (rules, error) {
	h := c.robots.of(u)
	select {
	case h.busy <- struct{}{}:
	case <-ctx.Done():
		return rules{}, ctx.Err()
	}
	defer func() { <-h.busy }()
	now := c.o.Clock.Now()
	if !h.known || !now.Before(h.again) {
		got, err := c.fetchRobots(ctx, u, observe)
		if ctx.Err() != nil {
			return rules{}, ctx.Err()
		}
		if err == nil {
			c.paces.ask(paceKey(u), got.delay)
		}
		h.settle(got, err, c.o.Clock.Now())
	}
	return h.rules, h.failure
}

// settle notes what came of asking.
func (h *kept) settle(got rules, err error, now time.Time) {
	h.known = true
	switch {
	case err == nil:
		h.rules, h.failure, h.fetched, h.again = got, nil, now, now.Add(robotsFresh)
	case !h.fetched.IsZero() && now.Sub(h.fetched) < robotsStandIn:
		h.failure, h.again = nil, now.Add(robotsRetry)
	default:
		h.rules, h.failure, h.again = rules{}, err, now.Add(robotsRetry)
	}
}

// fetchRobots asks for a robots.txt: 2xx is read, 4xx lets us free (429 does
// not: the server has had enough), all else means to keep away (§2.3.1).
func (c *Client) fetchRobots(ctx context.Context, u *url.URL, observe func(archive.Exchange)) (rules, error) {
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	for range maxRobotsRedirects + 1 {
		rep, err := c.attempt(ctx, Request{}, at, bound{maxRobots, true}, observe)
		var status ErrStatus
		switch {
		case errors.As(err, &status) && status.Code < 500 && status.Code != 429:
			return rules{}, nil
		case errors.Is(err, ErrForbiddenAddress) && at.Host == u.Host:
			return rules{}, err
		case err != nil:
			return rules{}, unreachable(err)
		}
		to := rep.location()
		if to == "" {
			return c.readRobots(rep)
		}
		next, err := at.Parse(to)
		if err == nil {
			next, err = parse(next.String())
		}
		if err != nil {
			return rules{}, unreachable(err)
		}
		at = next
	}
	return rules{}, nil // §2.3.1.2: may be taken as not there
}

// unreachable says why a host is kept away from, as a fault that may pass.
func unreachable(err error) error {
	f := &Fault{transient: true}
	var cause *Fault
	if errors.As(err, &cause) {
		f.NotBefore, err = cause.NotBefore, cause.Err
	}
	f.Err = fmt.Errorf("%w as long as it cannot be had: %w", ErrRobots, err)
	return f
}

// readRobots reads the body of a robots.txt, as far as it can be unpacked: it
// may have been cut off at the limit.
func (c *Client) readRobots(rep *reply) (rules, error) {
	body, err := archive.Decode(rep.header, rep.body, archive.MaxPayload)
	if err != nil && len(body) == 0 {
		return rules{}, unreachable(err)
	}
	return parseRobots(body, c.o.Agent), nil
}

// permit reports with an error whether an address may not be fetched.
func (c *Client) permit(ctx context.Context, u *url.URL, observe func(archive.Exchange)) error {
	r, err := c.rulesFor(ctx, u, observe)
	var f *Fault
	switch {
	case errors.As(err, &f):
		return &Fault{URL: u.String(), Err: f.Err, transient: f.transient, NotBefore: f.NotBefore}
	case err != nil:
		return err
	case !r.allows(u):
		return &Fault{URL: u.String(), Err: ErrRobots}
	}
	return nil
}
