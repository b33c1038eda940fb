package pipeline

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

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
	Retry      bool   // what failed in earlier runs, of the sources or without sources of all, is tried again
	Dry        bool   // no documents are fetched: only the lists that announce them
}

// hostsAtOnce is how many hosts are visited at the same time by default.
const hostsAtOnce = 8

// patience is how long a run waits for a host while there is nothing else to do.
// Hosts that ask for more are left to the next run.
const patience = time.Hour

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
	l.Seconds = time.Since(begun).Round(time.Millisecond).Seconds()
	if err := l.end(context.WithoutCancel(ctx), err); err != nil {
		return l.Summary, err
	}
	return l.Summary, ctx.Err()
}

// A crawl is a Crawler at work.
type crawl struct {
	*Crawler
	*reach
	Summary
	run       int64
	started   time.Time
	sources   []string
	gauge     parse.Gauge
	line      line
	watch     func(Result)
	archiving sync.Mutex
	resting   map[string]time.Time // hosts that are visited (zero) or rest until then
	flying    int
	fetched   int
	visits    chan visited
}

// begin opens the run: its sources are offered, and what earlier runs over them
// have visited is due again, with the validators that are known of it.
func (c *Crawler) begin(ctx context.Context, sources []Source, watch func(Result)) (*crawl, error) {
	own := *c
	l := &crawl{Crawler: &own, reach: newReach(), watch: watch, line: line{segment.New(), c.Catalogue}, resting: map[string]time.Time{}, visits: make(chan visited)}
	if l.Hosts <= 0 {
		l.Hosts = hostsAtOnce
	}
	for _, s := range sources {
		l.sources = append(l.sources, s.Name)
		l.add(s)
	}
	slices.Sort(l.sources)
	begun, err := c.Collection.Begin(ctx, time.Now(), l.sources)
	if err == nil {
		l.run, l.started = begun.Run, begun.Started
		err = l.queue(ctx, sources)
	}
	if err == nil && begun.Resumed {
		err = l.rest(ctx)
	}
	if err != nil {
		return l, fmt.Errorf("begin the run: %w", err)
	}
	return l, nil
}

// queue makes addresses wait. Of a run that goes on, those that it knows are
// left alone, so that all of it may be done once more.
func (l *crawl) queue(ctx context.Context, sources []Source) error {
	if len(sources) == 0 {
		unfinished, err := Unfinished(ctx, l.Collection)
		if err != nil {
			return err
		}
		for _, s := range unfinished {
			l.add(s)
		}
	}
	for _, s := range sources {
		if _, err := l.Collection.Offer(ctx, l.run, s.addresses()); err != nil {
			return err
		}
		if l.Crawler.New || l.Since != "" {
			continue // lists announce again what is wanted
		}
		if _, err := l.Collection.Revisit(ctx, l.run, s.Name); err != nil {
			return err
		}
	}
	if !l.Retry {
		return nil
	}
	_, err := l.Collection.Requeue(ctx, l.run, l.sources...)
	return err
}

// rest lets the hosts of a run that was interrupted rest first: the last request
// may have been just now.
func (l *crawl) rest(ctx context.Context) error {
	hosts, err := l.Collection.Hosts(ctx, l.run)
	for _, h := range hosts {
		delay, _ := l.Client.Pace("http://" + h.Host)
		l.resting[h.Host] = time.Now().Add(delay)
	}
	if err != nil {
		return err
	}
	for a, err := range l.Collection.Addresses(ctx, l.run, index.AddressWaiting) { // what asked us to wait asked for its whole host
		if err != nil {
			return err
		}
		if a.NextTry.After(l.resting[a.Host]) {
			l.resting[a.Host] = a.NextTry
		}
	}
	return nil
}

// end records a run that has come to its end, or counts what still waits.
func (l *crawl) end(ctx context.Context, fault error) error {
	if l.run == 0 {
		return fault
	}
	hosts, err := l.Collection.Hosts(ctx, l.run)
	for _, h := range hosts {
		l.Waiting += h.Waiting
	}
	if fault != nil {
		return fault
	}
	if err != nil {
		return fmt.Errorf("count what waits: %w", err)
	}
	if l.Waiting > 0 {
		return nil // the next run goes on from here
	}
	return l.Collection.SaveRun(ctx, &index.Run{ID: l.run, Started: l.started, Finished: time.Now(), Sources: l.sources,
		Found: l.Found, New: l.Summary.New, Unchanged: l.Unchanged, Duplicate: l.Duplicate, Replaced: l.Changed, Failed: l.Failed, Facts: l.Facts, Findings: l.Findings})
}

// loop gives hosts whose turn it is to goroutines, and takes what comes back.
func (l *crawl) loop(ctx context.Context) error {
	working, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	stop := ctx.Done()
	for {
		wait, err := l.dispatch(ctx, working)
		if err == nil && l.flying == 0 && wait == 0 {
			return ctx.Err()
		}
		if err == nil {
			turn := time.NewTimer(wait)
			if wait == 0 {
				turn.Stop()
			}
			select {
			case v := <-l.visits:
				l.landed(&v)
				err = l.take(ctx, v)
			case <-turn.C:
			case <-stop:
				stop = nil // only what is in hand is waited for
				late := time.AfterFunc(grace, cancel)
				defer late.Stop()
			}
			turn.Stop()
		}
		if err != nil {
			cancel()
			for l.flying > 0 {
				v := <-l.visits
				l.landed(&v)
			}
			return err
		}
	}
}

// landed lets the host of a visit rest until its next turn.
func (l *crawl) landed(v *visited) {
	l.flying--
	_, l.resting[v.address.Host] = l.Client.Pace(v.address.URL)
	if l.resting[v.address.Host].IsZero() {
		delete(l.resting, v.address.Host) // it was never asked
	}
}

// dispatch begins as many visits as there are hosts whose turn it is, and
// returns how long until the next turn; 0 where only visits are waited for, or
// nothing is.
func (l *crawl) dispatch(ctx, working context.Context) (time.Duration, error) {
	for l.more(ctx) && l.flying < l.Hosts {
		a, ok, err := l.Collection.Next(ctx, l.run, time.Now(), l.busy())
		if ctx.Err() != nil {
			break
		}
		if err != nil {
			return 0, fmt.Errorf("look for what is to be visited: %w", err)
		}
		if !ok {
			return l.nextTurn(ctx)
		}
		l.resting[a.Host] = time.Time{}
		l.flying++
		l.fetched++
		go func() { l.visits <- l.visit(working, a) }()
	}
	return 0, nil
}

// more reports whether further visits may begin.
func (l *crawl) more(ctx context.Context) bool {
	return ctx.Err() == nil && (l.Pages == 0 || l.fetched < l.Pages)
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

// nextTurn is how long until a host may be asked that rests now; 0 where none
// is worth waiting for. The queue is asked for what waits only when nothing is
// in hand: counting takes its time.
func (l *crawl) nextTurn(ctx context.Context) (time.Duration, error) {
	turns := map[string]time.Time{}
	for host, until := range l.resting {
		if !until.IsZero() {
			turns[host] = until
		}
	}
	if l.flying > 0 {
		return soonest(turns, patience), nil
	}
	hosts, err := l.Collection.Hosts(ctx, l.run)
	if err != nil && ctx.Err() == nil {
		return 0, fmt.Errorf("count what is to be visited: %w", err)
	}
	waiting := map[string]time.Time{}
	for _, h := range hosts {
		if h.Waiting == 0 {
			continue
		}
		waiting[h.Host] = h.NextTry
		if until := turns[h.Host]; until.After(h.NextTry) {
			waiting[h.Host] = until
		}
	}
	return soonest(waiting, patience), nil
}

// soonest is how long until the first of the turns that are not too far off; 0
// where there is none.
func soonest(turns map[string]time.Time, most time.Duration) time.Duration {
	least := time.Duration(0)
	for _, until := range turns {
		if wait := max(time.Until(until), time.Millisecond); wait <= most && (least == 0 || wait < least) {
			least = wait
		}
	}
	return least
}
