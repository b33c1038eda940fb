// Package fetch is the polite client: it names itself, obeys robots.txt, gives
// a host one request at a time and rest between them, and never follows a
// public page into a place that is not public. What went over the wire is
// handed on byte for byte, for the archive.
package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/mail"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/publicsuffix"

	"tongbao"
	"tongbao/internal/archive"
)

// Options are the settings of a Client; each has a default.
type Options struct {
	Agent     string                 // product token and version by which we are known, and named in robots.txt; "tongbao"
	Contact   string                 // mail or web address under which we can be reached
	Delay     time.Duration          // least rest of a host between requests; 1 s
	MaxDelay  time.Duration          // most that we choose ourselves; a host may ask for more; 1 min
	MaxWait   time.Duration          // a host that asks us to wait longer is given up with ErrWait; 10 min
	MaxBody   int64                  // bytes of a body, as sent and unpacked; archive.MaxPayload
	Redirects int                    // how many are followed; 10
	Tries     int                    // of a request that fails for a transient reason; 3
	Own       func(host string) bool // the user's own hosts ("name" or "name:port"), which need not be public; none. See Own
	Timeouts  Timeouts
	TLS       *tls.Config // roots and the like; the system's
	Clock     Clock       // for turns, delays and dates; the real one
}

// Timeouts bound the phases of a request.
type Timeouts struct {
	Connect time.Duration // name and connection; 20 s
	TLS     time.Duration // handshake; 20 s
	Head    time.Duration // from the request to the head of the answer; 60 s
	Stall   time.Duration // between two pieces of the body; 30 s
	Total   time.Duration // of all; 5 min
	Idle    time.Duration // how long a connection is kept for the next request; 30 s
}

func (o Options) filled() Options {
	fill(&o.Agent, userAgent)
	fill(&o.Delay, time.Second)
	fill(&o.MaxDelay, max(time.Minute, o.Delay))
	fill(&o.MaxWait, 10*time.Minute)
	fill(&o.MaxBody, archive.MaxPayload)
	fill(&o.Redirects, 10)
	fill(&o.Tries, 3)
	fill(&o.Timeouts.Connect, 20*time.Second)
	fill(&o.Timeouts.TLS, 20*time.Second)
	fill(&o.Timeouts.Head, time.Minute)
	fill(&o.Timeouts.Stall, 30*time.Second)
	fill(&o.Timeouts.Total, 5*time.Minute)
	fill(&o.Timeouts.Idle, 30*time.Second)
	o.MaxBody = min(o.MaxBody, archive.MaxPayload)
	if o.Own == nil {
		o.Own = func(string) bool { return false }
	}
	if o.Clock == nil {
		o.Clock = realClock{}
	}
	return o
}

func fill[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

// A Client fetches. It may be used by many goroutines.
type Client struct {
	o           Options
	agent, from string
	http        *http.Transport
	jar         http.CookieJar // in memory only
	paces       *paces
	robots      *keeper
}

// New returns a client. Close ends its idle connections.
func New(o Options) *Client {
	o = o.filled()
	o.Agent, o.Contact = strings.Join(strings.Fields(o.Agent), " "), strings.Join(strings.Fields(o.Contact), " ")
	jar, _ := cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List}) // never fails
	c := &Client{o: o, agent: o.Agent, jar: jar}
	c.paces = &paces{clock: o.Clock, least: o.Delay, most: o.MaxDelay, patience: o.MaxWait,
		hosts: map[string]*pace{}, backoffStart: 2 * o.Delay}
	c.robots = &keeper{hosts: map[string]*kept{}}
	c.http = c.transport()
	if o.Contact != "" {
		c.agent = fmt.Sprintf("%s (+%s)", o.Agent, o.Contact)
		// RFC 9110 §10.1.2: a robot should say whom to write to.
		if a, err := mail.ParseAddress(strings.TrimPrefix(o.Contact, "mailto:")); err == nil {
			c.from = a.Address
		}
	}
	return c
}

// Close ends the idle connections. The client must not be used any more.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Validators are what a server gave with a page, by which it can tell whether
// it has changed (RFC 9110 §8.8).
type Validators struct{ ETag, LastModified string }

// An Answer is what came of an address.
type Answer struct {
	URL         string // after redirects
	Status      int    // 0 where there was no answer
	NotModified bool   // the page is the one whose validators were sent; there is no body
	Header      http.Header
	Page        tongbao.Page       // body unpacked, charset as sent; URL as above
	Validators  Validators         // to be sent the next time
	Exchanges   []archive.Exchange // all that went over the wire, robots.txt, redirects and failed tries too; the page's own is the last
}

// Get fetches one address when its host's turn has come: robots.txt first,
// redirects after. With an error, Exchanges and what else is known of the
// answer are there all the same. Errors are *Fault, by errors.Is one of this
// package's, by errors.As ErrStatus; or the context's own.
func (c *Client) Get(ctx context.Context, address string, known Validators) (Answer, error) {
	return c.Do(ctx, Request{URL: address, Known: known})
}

// Do is Get for requests of other kinds: content systems hand out lists by POST.
func (c *Client) Do(ctx context.Context, r Request) (Answer, error) {
	a := Answer{URL: r.URL}
	observe := func(e archive.Exchange) { a.Exchanges = append(a.Exchanges, e) }
	at, err := parse(r.URL)
	if err != nil {
		return a, &Fault{URL: r.URL, Err: err}
	}
	visits := map[string]int{}
	for hops := 0; ; hops++ {
		a.URL = at.String()
		// A page may redirect to itself once, to set a cookie.
		if visits[a.URL]++; visits[a.URL] > 2 || hops > c.o.Redirects {
			return a, &Fault{URL: r.URL, Err: fmt.Errorf("%w: %d until %s", ErrTooManyRedirects, hops, a.URL)}
		}
		if err := c.permit(ctx, at, observe); err != nil {
			return a, err
		}
		rep, err := c.attempt(ctx, r, at, bound{bytes: c.o.MaxBody}, observe)
		if rep != nil {
			a.Status, a.Header = rep.status, rep.header
		}
		if err != nil {
			return a, err
		}
		to := rep.location()
		if to == "" {
			err := c.take(&a, r, rep)
			return a, err
		}
		if at, err = follow(at, to); err != nil {
			return a, &Fault{URL: r.URL, Err: fmt.Errorf("it redirects to %s: %w", to, err)}
		}
		r = redirected(r, rep.status)
	}
}

// follow resolves where a redirect leads.
func follow(from *url.URL, to string) (*url.URL, error) {
	u, err := from.Parse(to)
	if err != nil {
		return nil, err
	}
	return parse(u.String())
}

// redirected is what is asked of the new address (RFC 9110 §15.4): a POST
// becomes a GET but for 307 and 308.
func redirected(r Request, status int) Request {
	if r.Method == "" || r.Method == http.MethodGet || status == http.StatusTemporaryRedirect || status == http.StatusPermanentRedirect {
		return r
	}
	return Request{URL: r.URL, Known: r.Known}
}

// take fills the answer with the page.
func (c *Client) take(a *Answer, r Request, rep *reply) error {
	a.Validators = Validators{ETag: rep.header.Get("ETag"), LastModified: rep.header.Get("Last-Modified")}
	if rep.status == http.StatusNotModified && r.Known != (Validators{}) {
		a.NotModified = true
		if a.Validators == (Validators{}) {
			a.Validators = r.Known
		}
		return nil
	}
	if rep.status != http.StatusOK && rep.status != http.StatusNonAuthoritativeInfo { // 206 is a piece that nobody asked for
		return &Fault{URL: a.URL, Err: ErrStatus{rep.status}}
	}
	a.Page = tongbao.Page{URL: a.URL, ContentType: rep.header.Get("Content-Type")}
	body, err := archive.Decode(rep.header, rep.body, c.o.MaxBody)
	if err != nil {
		return &Fault{URL: a.URL, Err: err}
	}
	a.Page.Body = body
	return nil
}

// Permitted reports with an error whether an address may not be fetched,
// without fetching more than robots.txt: for a dry run.
func (c *Client) Permitted(ctx context.Context, address string) ([]archive.Exchange, error) {
	_, seen, err := c.rules(ctx, address)
	return seen, err
}

// Sitemaps lists those that the robots.txt of an address's host names.
func (c *Client) Sitemaps(ctx context.Context, address string) ([]string, []archive.Exchange, error) {
	r, seen, err := c.rules(ctx, address)
	if errors.Is(err, ErrRobots) && !Temporary(err) {
		err = nil // the address itself may be forbidden
	}
	return r.sitemaps, seen, err
}

func (c *Client) rules(ctx context.Context, address string) (rules, []archive.Exchange, error) {
	u, err := parse(address)
	if err != nil {
		return rules{}, nil, &Fault{URL: address, Err: err}
	}
	var seen []archive.Exchange
	if err := c.permit(ctx, u, func(e archive.Exchange) { seen = append(seen, e) }); err != nil && (!errors.Is(err, ErrRobots) || Temporary(err)) {
		return rules{}, seen, err
	}
	r, err := c.rulesFor(ctx, u, func(e archive.Exchange) { seen = append(seen, e) })
	if err == nil && !r.allows(u) {
		err = &Fault{URL: address, Err: ErrRobots}
	}
	return r, seen, err
}

// Pace is the rest that a host gets at present, and when its next turn is: for
// estimates.
func (c *Client) Pace(address string) (delay time.Duration, next time.Time) {
	u, err := parse(address)
	if err != nil {
		return 0, time.Time{}
	}
	return c.paces.now(paceKey(u))
}
