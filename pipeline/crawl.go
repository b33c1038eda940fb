package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"tongbao"
	"tongbao/index"
	"tongbao/internal/archive"
	"tongbao/internal/segment"
	"tongbao/pipeline/fetch"
	"tongbao/pipeline/parse"
)

// A Collection is what a crawl needs of a store: notices, and the state of the
// crawl beside them.
type Collection interface {
	index.Store
	index.Queue
}

// A Crawler takes sources in the network down the line. Everything that was
// sent is kept in Archive; the addresses still to be visited are in the
// collection, so that a crawl goes on wherever it was killed.
type Crawler struct {
	Client     *fetch.Client
	Archive    *archive.Writer
	Collection Collection
	Catalogue  *parse.Catalogue
	Hosts      int    // visited at the same time; 8
	Pages      int    // most pages that are fetched, 0 for all
	Since      string // ISO day: what lists date before it is not visited; "" for all
	New        bool   // what was visited before is left alone
	Retry      bool   // what failed in earlier runs is tried again
	Dry        bool   // no documents are fetched: only the lists that announce them
}

// hostsAtOnce is how many hosts are visited at the same time by default.
const hostsAtOnce = 8

// grace is how long a page in hand may take once the crawl was told to stop.
const grace = 20 * time.Second

// Run visits the sources and what they announce until nothing waits. watch is
// told of every document and of every list page, from one goroutine, in the
// order in which they come. A page that fails is counted and recorded, and stops
// nothing; an error of the store or the archive ends the run. When ctx ends, the
// pages in hand are finished and the error is that of ctx; running the same
// sources again goes on from there.
func (c *Crawler) Run(ctx context.Context, sources []Source, watch func(Result)) (Summary, error) {
	begun := time.Now()
	l, err := c.begin(ctx, sources, watch)
	if err == nil {
		err = l.loop(ctx)
	}
	if err == nil && (c.Pages == 0 || l.fetched < c.Pages) { // else the next run goes on from here
		err = c.Collection.SaveRun(ctx, &index.Run{ID: l.run, Started: l.started, Finished: time.Now(), Sources: l.sources,
			Found: l.Found, New: l.Summary.New, Unchanged: l.Unchanged, Duplicate: l.Duplicate, Replaced: l.Changed, Failed: l.Failed, Facts: l.Facts, Findings: l.Findings})
	}
	l.Seconds = time.Since(begun).Round(time.Millisecond).Seconds()
	return l.Summary, err
}

// A crawl is a Crawler at work.
type crawl struct {
	*Crawler
	Summary
	run     int64
	started time.Time
	sources []string
	fencing sync.Mutex
	fences  map[string]*fetch.Fence // by source
	gauge   parse.Gauge
	line    line
	watch   func(Result)
	resting map[string]time.Time // hosts that are visited (zero) or rest until then
	flying  int
	fetched int
	visits  chan visited
}

// begin opens the run: its sources are offered, and what earlier runs over them
// have visited is due again, with the validators that are known of it.
func (c *Crawler) begin(ctx context.Context, sources []Source, watch func(Result)) (*crawl, error) {
	own := *c
	l := &crawl{Crawler: &own, watch: watch, line: line{segment.New(), c.Catalogue}, fences: map[string]*fetch.Fence{}, resting: map[string]time.Time{}, visits: make(chan visited)}
	if l.Hosts <= 0 {
		l.Hosts = hostsAtOnce
	}
	names := make([]string, len(sources))
	for i, s := range sources {
		names[i] = s.Name
		l.fences[s.Name] = fetch.NewFence(s.Starts...)
	}
	slices.Sort(names)
	begun, err := c.Collection.Begin(ctx, time.Now(), names)
	if err != nil {
		return l, fmt.Errorf("begin the run: %w", err)
	}
	l.run, l.started, l.sources = begun.Run, begun.Started, names
	for _, s := range sources {
		if _, err := c.Collection.Offer(ctx, l.run, s.addresses()); err != nil {
			return l, fmt.Errorf("begin the run: %w", err)
		}
		if !begun.Resumed && !c.New {
			if _, err := c.Collection.Revisit(ctx, l.run, s.Name); err != nil {
				return l, fmt.Errorf("begin the run: %w", err)
			}
		}
	}
	if c.Retry {
		if _, err := c.Collection.Requeue(ctx, l.run); err != nil {
			return l, fmt.Errorf("begin the run: %w", err)
		}
	}
	return l, nil
}

// fence is that of the source of an address; one that an earlier run announced
// is its own.
func (l *crawl) fence(a *index.Address) *fetch.Fence {
	l.fencing.Lock()
	defer l.fencing.Unlock()
	f := l.fences[a.Source]
	if f == nil {
		f = fetch.NewFence(a.URL)
		l.fences[a.Source] = f
	}
	return f
}

// loop gives hosts whose turn it is to goroutines, and takes what comes back.
func (l *crawl) loop(ctx context.Context) error {
	working, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(grace, cancel) })()
	for {
		wait, err := l.dispatch(ctx, working)
		if err != nil {
			cancel()
			l.drain()
			return err
		}
		if l.flying == 0 && wait == 0 {
			return ctx.Err()
		}
		var turn <-chan time.Time
		stop := ctx.Done()
		if ctx.Err() != nil {
			stop = nil // only what is in hand is waited for
			if l.flying == 0 {
				return ctx.Err()
			}
		} else if wait > 0 {
			timer := time.NewTimer(wait)
			defer timer.Stop()
			turn = timer.C
		}
		select {
		case v := <-l.visits:
			l.flying--
			l.resting[v.address.Host] = l.turn(v.address.URL)
			if err := l.take(working, v); err != nil {
				cancel()
				l.drain()
				return err
			}
		case <-turn:
		case <-stop:
		}
	}
}

func (l *crawl) drain() {
	for ; l.flying > 0; l.flying-- {
		<-l.visits
	}
}

// turn is when a host may be asked again.
func (l *crawl) turn(address string) time.Time {
	_, next := l.Client.Pace(address)
	return next
}

// dispatch begins as many visits as there are hosts whose turn it is, and
// returns how long until the next turn; 0 where nothing waits.
func (l *crawl) dispatch(ctx, working context.Context) (time.Duration, error) {
	for ctx.Err() == nil && l.flying < l.Hosts && (l.Pages == 0 || l.fetched < l.Pages) {
		a, ok, err := l.Collection.Next(ctx, l.run, time.Now(), l.busy())
		if err != nil && ctx.Err() == nil {
			return 0, fmt.Errorf("look for what is to be visited: %w", err)
		}
		if !ok || err != nil {
			break
		}
		l.resting[a.Host] = time.Time{}
		l.flying++
		l.fetched++
		go func() { l.visits <- l.visit(working, a) }()
	}
	if ctx.Err() != nil || l.Pages > 0 && l.fetched >= l.Pages {
		return 0, nil
	}
	return l.nextTurn(ctx)
}

// busy lists the hosts that are visited or rest.
func (l *crawl) busy() []string {
	now := time.Now()
	var hosts []string
	for host, until := range l.resting {
		if until.IsZero() || until.After(now) {
			hosts = append(hosts, host)
		} else {
			delete(l.resting, host)
		}
	}
	return hosts
}

// nextTurn is how long until a host with waiting addresses may be asked.
func (l *crawl) nextTurn(ctx context.Context) (time.Duration, error) {
	hosts, err := l.Collection.Hosts(ctx, l.run)
	if err != nil {
		return 0, fmt.Errorf("count what is to be visited: %w", err)
	}
	least := time.Duration(0)
	for _, h := range hosts {
		until, resting := l.resting[h.Host]
		if h.Waiting == 0 || resting && until.IsZero() {
			continue
		}
		if h.NextTry.After(until) {
			until = h.NextTry
		}
		wait := max(time.Until(until), time.Millisecond)
		if least == 0 || wait < least {
			least = wait
		}
	}
	return least, nil
}

// take stores what came of a visit, in one transaction with the visit itself.
func (l *crawl) take(ctx context.Context, v visited) error {
	if v.fatal != nil {
		return v.fatal
	}
	if v.drift == nil && v.fit.Site != "" && v.reading.Notice != nil {
		v.drift = l.gauge.Add(v.fit.Site, len([]rune(v.reading.Notice.Text)))
	}
	visit := index.Visit{Address: v.address, Found: v.found}
	result := Result{Ref: Ref{Path: v.address.URL, Name: v.address.URL}, Page: tongbao.Page{URL: v.page.URL}, Reading: v.reading, Err: v.err, Drift: v.drift, Run: l.run, Kind: string(v.address.Kind), Followed: len(v.found)}
	if v.address.State == index.AddressSkipped {
		result.Skipped, result.Err = v.err, nil
	}
	switch {
	case !v.document() || v.address.State == index.AddressSkipped || errors.Is(v.err, context.Canceled):
		if err := l.Collection.Settle(ctx, []index.Visit{visit}); err != nil {
			return fmt.Errorf("record the visit to %s: %w", v.address.URL, err)
		}
		l.tally(v)
	default:
		record := index.Record{URL: v.page.URL, SHA256: v.address.SHA256, Fetched: v.address.Visited, Versions: Versions(), Err: v.err, Visit: &visit}
		if record.URL == "" {
			record.URL = v.address.URL
		}
		if v.err == nil {
			record.Reading = &v.reading
		}
		outcomes, err := l.Collection.Put(ctx, []index.Record{record})
		if err != nil {
			return fmt.Errorf("store %s: %w", v.address.URL, err)
		}
		l.Found++
		w := writer{Summary: l.Summary}
		w.count(outcomes[0], record)
		l.Summary = w.Summary
	}
	l.watch(result)
	return nil
}

// tally counts a visit that brought no reading.
func (l *crawl) tally(v visited) {
	switch {
	case v.address.State == index.AddressSkipped:
		l.Found++
		l.Skipped++
	case v.address.State == index.AddressFailed:
		l.Found++
		l.Failed++
	case v.unchanged && v.document():
		l.Found++
		l.Unchanged++
	}
}
