// Package sitetest is a simulator of the sites that publish notices: hosts with
// list pages, articles, attachments, sitemaps and robots.txt in the layouts and
// charsets that are met in practice, served over loopback HTTP together with
// what goes wrong in practice. Everything is determined by a seed, and what
// each address holds, and what must become of it, can be asked: it is for tests
// and for `tongbao demo`. All places, people and figures are invented.
package sitetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"tongbao"
)

// A World is some hosts with their pages. Its exported fields may be set
// before Serve. It is safe for concurrent use afterwards.
type World struct {
	// Now tells the time that Log prints; a test with a clock of its own sets it.
	Now func() time.Time
	// Slowness is how long a slow page waits (300 ms).
	Slowness time.Duration
	// RetryAfter, in seconds, is sent with 429 (1).
	RetryAfter int
	// CrawlDelay is the value of Crawl-delay on the hosts that ask for one ("1").
	CrawlDelay string
	// HugeSize is how many bytes a page without end sends before it ends after
	// all (64 MiB); a gzip bomb unpacks to sixteen times as many.
	HugeSize int64

	seed     int64
	hosts    []*host
	articles []*Article

	mu     sync.Mutex
	day    int
	visits map[string]int // by host and address
	briefs sync.Map       // of notices by number: brief
	log    []Hit
	secret []Hit
	serving
}

// A Hit is one request that a host answered.
type Hit struct {
	Host            int    // number of the host
	URL             string // absolute, with its query
	Method          string
	Start, End      time.Time
	Status          int // 0 for a connection that was cut
	Bytes           int64
	Agent           string
	IfNoneMatch     string
	IfModifiedSince string
	Together        int // requests of this host in progress, this one included
}

// New makes a world: so many hosts (1 to 256), which take the layouts in turn (after all
// eight once more in the other charset), and so many different notices spread
// over them. Reposts (4 in a hundred) and attachments come on top. faults is
// the share of addresses, 0 to 1, that have a fault; the faults are dealt in
// turn, so that a world of some size has every one.
func New(seed int64, hosts, notices int, faults float64) *World {
	w := &World{
		Now: time.Now, Slowness: 300 * time.Millisecond, RetryAfter: 1, CrawlDelay: "1", HugeSize: 64 << 20,
		seed: seed, visits: map[string]int{},
	}
	for i := range min(max(1, hosts), maxHosts) {
		w.hosts = append(w.hosts, newHost(w, i))
	}
	w.plan(notices, faults)
	return w
}

// draw returns the source of chance for one thing of the world.
func (w *World) draw(what string, number int) *rand.Rand {
	h := uint64(1469598103934665603)
	for _, b := range []byte(what) {
		h = (h ^ uint64(b)) * 1099511628211 // FNV-1a
	}
	return rand.New(rand.NewPCG(uint64(w.seed)^h, uint64(number)))
}

// Articles returns every address of a notice that the world shows today, in a
// fixed order, attachments included.
func (w *World) Articles() []*Article {
	today := w.today()
	var shown []*Article
	for _, a := range w.articles {
		if a.from <= today {
			shown = append(shown, a)
		}
	}
	return shown
}

// An Expectation is what a run over every section of every host, attachments
// included, must end with.
type Expectation struct {
	Notices int             // different texts in the collection
	Ends    map[Outcome]int // addresses by what becomes of them
}

// Expect tells what a run of today must end with.
func (w *World) Expect() Expectation {
	texts, e := map[string]bool{}, Expectation{Ends: map[Outcome]int{}}
	for _, a := range w.Articles() {
		end := a.Outcome()
		e.Ends[end]++
		if end == Kept {
			texts[tongbao.IDOf(a.Truth().Text)] = true
		}
	}
	e.Notices = len(texts)
	return e
}

// Advance lets a day go by: some pages change (Article.Changes), and each
// section with notices gets a new one at its head.
func (w *World) Advance() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.day++
}

// Rebuild gives a host's article pages other names of classes and ids, as when
// a site is built anew: descriptions of the host stop fitting. Not while
// requests are answered.
func (w *World) Rebuild(host int) { w.hosts[host].rebuilt = true }

func (w *World) today() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.day
}

// Log returns the requests that were answered so far, in order of their end.
func (w *World) Log() []Hit {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]Hit(nil), w.log...)
}

// Trespasses returns the requests that reached a port of this machine which no
// source names: redirects lead there, and a client must not follow them.
func (w *World) Trespasses() []Hit {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]Hit(nil), w.secret...)
}

// MinGaps returns for each host the shortest time between the starts of two
// requests; hosts with fewer than two are left out.
func MinGaps(log []Hit) map[int]time.Duration {
	last, gaps := map[int]time.Time{}, map[int]time.Duration{}
	for _, h := range byStart(log) {
		if before, ok := last[h.Host]; ok {
			gap := h.Start.Sub(before)
			if least, ok := gaps[h.Host]; !ok || gap < least {
				gaps[h.Host] = gap
			}
		}
		last[h.Host] = h.Start
	}
	return gaps
}

// Addresses returns the base URL of each host, without a slash at its end:
// http://127.0.0.1:PORT. Before Serve they are names that nothing resolves.
func (w *World) Addresses() []string {
	list := make([]string, len(w.hosts))
	for i, h := range w.hosts {
		list[i] = h.base()
	}
	return list
}

// Sections returns the address of each first list page, by host.
func (w *World) Sections(host int) []string {
	h := w.hosts[host]
	var list []string
	for _, s := range h.sections {
		list = append(list, h.base()+h.layout.list(s, 0, 1))
	}
	return list
}

// Serve listens on a loopback port for each host and returns when all
// addresses are known. The hosts answer until ctx ends or Close is called.
func (w *World) Serve(ctx context.Context) error {
	if err := w.listen(ctx); err != nil {
		return fmt.Errorf("the site simulator cannot listen on 127.0.0.1: %w; is the loopback interface up?", err)
	}
	return nil
}
