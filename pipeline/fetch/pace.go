package fetch

import (
	"context"
	"sync"
	"time"
)

// A Clock tells the time and waits; tests have their own.
type Clock interface {
	Now() time.Time
	// Sleep waits, or returns the context's error when that ends before.
	Sleep(ctx context.Context, d time.Duration) error
}

type realClock struct{}

func (realClock) Now() time.Time { return time.Now() }

func (realClock) Sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// paces sees to it that a host gets one request at a time, and time to rest
// between them.
type paces struct {
	clock        Clock
	least, most  time.Duration // bounds of the delay that we choose
	patience     time.Duration // the longest wait for a turn
	mu           sync.Mutex
	hosts        map[string]*pace
	backoffStart time.Duration
}

// A pace is what is known of one host. All but busy is guarded by paces.mu.
type pace struct {
	busy  chan struct{} // holds a token while a request is under way
	delay time.Duration // from the end of an answer to the next request
	floor time.Duration // what the host asks for, or we do
	next  time.Time     // no request before
	fails int           // in a row
}

func (p *paces) of(host string) *pace {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.hosts[host]
	if h == nil {
		h = &pace{busy: make(chan struct{}, 1), delay: p.least, floor: p.least}
		p.hosts[host] = h
	}
	return h
}

// take waits for the turn of a host. Where that would be longer than the
// client's patience, the error is ErrWait, and the time says when it comes.
func (p *paces) take(ctx context.Context, host string) (*pace, time.Time, error) {
	h := p.of(host)
	select {
	case h.busy <- struct{}{}:
	case <-ctx.Done():
		return nil, time.Time{}, ctx.Err()
	}
	p.mu.Lock()
	next := h.next
	p.mu.Unlock()
	wait := next.Sub(p.clock.Now())
	if wait > p.patience {
		<-h.busy
		return nil, next, ErrWait
	}
	if err := p.clock.Sleep(ctx, wait); err != nil {
		<-h.busy
		return nil, next, err
	}
	return h, next, nil
}

// An outcome is what a request tells of the state of its host.
type outcome struct {
	latency  time.Duration // from the request to the head of the answer
	trouble  bool          // the answer, or its lack, speaks of a server that has enough
	notSoon  time.Duration // Retry-After; 0 where there is none
	answered bool          // there was an answer
}

// give ends a turn. The delay follows the server: as long as it took to answer
// at least, at once when it grows slower, by halves when it grows faster (the
// rule of Scrapy's AutoThrottle); after trouble it is doubled, and the host is
// left alone for as long as it asks, or longer with each time.
func (p *paces) give(h *pace, o outcome) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	now, most := p.clock.Now(), max(p.most, h.floor)
	rest := time.Duration(0)
	switch {
	case o.trouble:
		rest = min(p.backoffStart<<min(h.fails, 20), p.most)
		h.fails++
		h.delay = min(2*h.delay, most)
	case o.answered:
		h.fails = 0
		h.delay = max((h.delay+o.latency)/2, o.latency)
	}
	h.delay = min(max(h.delay, h.floor), most)
	h.next = now.Add(max(h.delay, rest, o.notSoon))
	<-h.busy
	return h.next
}

// ask takes up what a robots.txt says of the delay.
func (p *paces) ask(host string, delay time.Duration) {
	h := p.of(host)
	p.mu.Lock()
	defer p.mu.Unlock()
	h.floor = max(p.least, delay)
	if h.delay < h.floor {
		// The request for robots.txt itself was followed by a shorter one.
		h.next = h.next.Add(h.floor - h.delay)
		h.delay = h.floor
	}
}

// now is the delay of a host at present, and when its next turn is.
func (p *paces) now(host string) (delay time.Duration, next time.Time) {
	h := p.of(host)
	p.mu.Lock()
	defer p.mu.Unlock()
	return h.delay, h.next
}
