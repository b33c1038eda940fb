package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"tongbao/index"
)

// A Crawled is a store that keeps the queue of a crawl as well.
type Crawled interface {
	index.Store
	index.Queue
}

// RunQueue runs the suite of what every index.Queue must do. open returns an
// empty store for writing, which the test closes.
func RunQueue(t *testing.T, open func(*testing.T) Crawled) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, *crawl)
	}{
		{"Order", testOrder}, {"RetryLater", testRetryLater}, {"KeepsWhatIsKnown", testKeeps}, {"Posts", testPosts},
		{"Runs", testRuns}, {"OtherRunsWait", testOtherRuns}, {"FoundTogether", testFound}, {"PutSettles", testPutSettles},
		{"RequeueAndRevisit", testAgain}, {"WrongOnes", testWrongOnes}, {"ManyTakers", testManyTakers},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := &crawl{Crawled: open(t), now: day(1)}
			defer func() {
				if err := c.Close(); err != nil {
					t.Errorf("close: %v", err)
				}
			}()
			begun, err := c.Begin(context.Background(), c.now, []string{"源"})
			if err != nil || begun.Run == 0 || begun.Resumed || !begun.Started.Equal(c.now) {
				t.Fatalf("begin: %+v, %v", begun, err)
			}
			c.run = begun.Run
			test.run(t, c)
		})
	}
}

type crawl struct {
	Crawled
	run int64
	now time.Time
}

func (c *crawl) offer(t *testing.T, want int, addresses ...index.Address) {
	t.Helper()
	got, err := c.Offer(context.Background(), c.run, addresses)
	if err != nil || got != want {
		t.Errorf("offered %d: %d added, want %d, %v", len(addresses), got, want, err)
	}
}

// next expects an address; "" for none.
func (c *crawl) next(t *testing.T, want string, busy ...string) index.Address {
	t.Helper()
	a, ok, err := c.Next(context.Background(), c.run, c.now, busy)
	if err != nil || a.URL != want || ok != (want != "") {
		t.Errorf("next is %q (%v), want %q, %v", a.URL, ok, want, err)
	}
	return a
}

func (c *crawl) settle(t *testing.T, visits ...index.Visit) {
	t.Helper()
	if err := c.Settle(context.Background(), visits); err != nil {
		t.Fatal(err)
	}
}

func (c *crawl) in(t *testing.T, state index.AddressState) (urls []string) {
	t.Helper()
	for a, err := range c.Addresses(context.Background(), c.run, state) {
		if err != nil {
			t.Fatal(err)
		}
		urls = append(urls, strings.TrimPrefix(a.URL, "http://"))
	}
	return urls
}

func article(url string) index.Address {
	return index.Address{URL: "http://" + url, Kind: index.ArticleAddress, Source: "源", Depth: 1}
}

// became is the visit of an address after which it has a state.
func became(a index.Address, state index.AddressState, when time.Time) index.Visit {
	a.State, a.Visited = state, when
	return index.Visit{Address: a}
}

func testOrder(t *testing.T, c *crawl) {
	c.next(t, "")
	c.offer(t, 4, article("a/1"), article("a/2"), article("b/1"), article("c:80/1"))
	c.offer(t, 1, article("a/1"), article("b/2"), article("b/2"))
	first := c.next(t, "http://a/1")
	c.next(t, "http://b/1", "a")
	c.next(t, "http://c:80/1", "a", "b")
	c.next(t, "", "a", "b", "c:80")
	c.next(t, "http://a/2", "c:80") // nobody has settled the first one, and it is not given out twice
	c.settle(t, became(first, index.AddressDone, c.now))
	c.next(t, "http://b/2")
	c.next(t, "")
	counts, err := c.Hosts(context.Background(), c.run)
	want := []index.HostCount{{Host: "a", Waiting: 1, Done: 1}, {Host: "b", Waiting: 2}, {Host: "c:80", Waiting: 1}}
	if err != nil || !slices.Equal(counts, want) {
		t.Errorf("hosts %+v, %v", counts, err)
	}
}

func testRetryLater(t *testing.T, c *crawl) {
	c.offer(t, 2, article("a/1"), article("a/2"))
	later := became(c.next(t, "http://a/1"), index.AddressWaiting, c.now)
	later.Address.Reason, later.Address.NextTry = "503", c.now.Add(90*time.Second)
	c.settle(t, later)
	c.next(t, "http://a/2")
	c.next(t, "")
	if counts, err := c.Hosts(context.Background(), c.run); err != nil || len(counts) != 1 || !counts[0].NextTry.IsZero() {
		t.Errorf("hosts %+v, %v: one is taken and may be visited at once", counts, err)
	}
	c.now = c.now.Add(89 * time.Second)
	c.next(t, "")
	c.now = c.now.Add(time.Second)
	again := c.next(t, "http://a/1")
	if again.Tries != 1 || again.Reason != "503" || !again.NextTry.Equal(c.now) {
		t.Errorf("it is %+v", again)
	}
	again.Reason, again.NextTry = "gone", time.Time{}
	c.settle(t, became(again, index.AddressFailed, c.now))
	for a, err := range c.Addresses(context.Background(), 0, index.AddressFailed) {
		if err != nil || a.URL != "http://a/1" || a.Reason != "gone" || a.Tries != 2 || !a.NextTry.IsZero() {
			t.Errorf("failed: %+v, %v", a, err)
		}
	}
}

func testKeeps(t *testing.T, c *crawl) {
	want := article("a/1")
	c.offer(t, 1, want)
	want = c.next(t, "http://a/1")
	want.State, want.ETag, want.LastModified, want.SHA256 = index.AddressDone, `"x"`, "Mon, 02 Mar 2026 08:00:00 GMT", "abc"
	want.File, want.Offset, want.Visited = "2026.warc.gz", 4711, c.now
	c.settle(t, index.Visit{Address: want})
	got, ok, err := c.Lookup(context.Background(), "http://a/1")
	if err != nil || !ok || got.Tries != 1 || got.Added.IsZero() {
		t.Fatalf("lookup: %+v, %v, %v", got, ok, err)
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(index.Address{}, "Tries", "Added")); diff != "" {
		t.Errorf("(-settled +kept):\n%s", diff)
	}
	got.SHA256, got.File, got.Offset = "", "", 0 // not modified: there is nothing new to keep
	c.settle(t, became(got, index.AddressDone, c.now.Add(time.Hour)))
	if got, _, _ := c.Lookup(context.Background(), "http://a/1"); got.SHA256 != "abc" || got.File != "2026.warc.gz" || got.Offset != 4711 || got.ETag != `"x"` {
		t.Errorf("after nothing was modified: %+v", got)
	}
	if _, ok, err := c.Lookup(context.Background(), "http://a/2"); ok || err != nil {
		t.Errorf("lookup of what nobody knows: %v, %v", ok, err)
	}
	c.settle(t, became(article("other/crawler"), index.AddressDone, c.now))
	if _, ok, _ := c.Lookup(context.Background(), "http://other/crawler"); !ok {
		t.Error("an address that nobody offered was not kept")
	}
	c.offer(t, 0, article("other/crawler"))
}

// testPosts: the pages of a list may have one address and differ in what is
// sent.
func testPosts(t *testing.T, c *crawl) {
	page := func(n int) index.Address {
		return index.Address{URL: "http://a/list", Method: "POST", ContentType: "application/x-www-form-urlencoded", Body: fmt.Append(nil, "page=", n), Kind: index.ListAddress}
	}
	c.offer(t, 3, page(1), page(2), page(2), article("a/list"))
	for n := range 2 {
		a := c.next(t, "http://a/list")
		if string(a.Body) != fmt.Sprint("page=", n+1) || a.Method != "POST" || a.ContentType == "" {
			t.Errorf("page %d is %+v", n+1, a)
		}
		c.settle(t, became(a, index.AddressDone, c.now))
	}
	if a := c.next(t, "http://a/list"); a.Body != nil || a.Method != "" {
		t.Errorf("the plain one is %+v", a)
	}
}

// testRuns: an interrupted run goes on, a later one visits again what is
// offered to it.
func testRuns(t *testing.T, c *crawl) {
	c.offer(t, 2, article("a/1"), article("a/2"))
	c.settle(t, became(c.next(t, "http://a/1"), index.AddressDone, c.now))
	again, err := c.Begin(context.Background(), c.now.Add(time.Hour), []string{"源"})
	if err != nil || again.Run != c.run || !again.Resumed || !again.Started.Equal(c.now) {
		t.Errorf("the run goes on as %+v, %v", again, err)
	}
	c.offer(t, 0, article("a/1"))
	if got := c.in(t, index.AddressWaiting); !slices.Equal(got, []string{"a/2"}) {
		t.Errorf("waiting: %v", got)
	}
	later, err := c.Begin(context.Background(), c.now.Add(time.Hour), []string{"别的源"})
	if err != nil || later.Run == c.run || later.Resumed {
		t.Errorf("another run begins as %+v, %v", later, err)
	}
	c.run = later.Run
	once, due := article("a/1"), article("a/1")
	once.Once = true
	c.offer(t, 0, once)
	c.next(t, "")
	c.offer(t, 0, due)
	if a := c.next(t, "http://a/1"); a.Tries != 0 {
		t.Errorf("it is %+v", a)
	}
	c.offer(t, 0, article("a/1"))
	c.next(t, "")
}

// testOtherRuns: a run does not visit what another one left over, unless it
// is offered the same.
func testOtherRuns(t *testing.T, c *crawl) {
	c.offer(t, 2, article("a/1"), article("a/2"))
	other, err := c.Begin(context.Background(), c.now, []string{"别的源"})
	if err != nil {
		t.Fatal(err)
	}
	first := c.run
	c.run = other.Run
	c.next(t, "")
	once := article("a/2")
	once.Once = true
	c.offer(t, 0, once)
	c.next(t, "http://a/2")
	c.run = first
	c.next(t, "http://a/1")
	c.next(t, "")
}

func testFound(t *testing.T, c *crawl) {
	list := article("a/list")
	list.Kind = index.ListAddress
	c.offer(t, 1, list)
	visit := became(c.next(t, "http://a/list"), index.AddressDone, c.now)
	visit.Found = []index.Address{article("a/1"), article("b/1"), {URL: "nowhere"}}
	if err := c.Settle(context.Background(), []index.Visit{visit}); err == nil || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("an address without a host was kept: %v", err)
	}
	if got := c.in(t, ""); !slices.Equal(got, []string{"a/list"}) {
		t.Errorf("half of it was kept: %v", got)
	}
	visit.Found = visit.Found[:2]
	c.settle(t, visit)
	c.next(t, "http://a/1")
	c.next(t, "http://b/1")
}

// testPutSettles: a notice and the visit by which it came are kept together or
// not at all.
func testPutSettles(t *testing.T, c *crawl) {
	ctx := context.Background()
	readings := Readings(2, 200)
	c.offer(t, 2, article("a/1"), article("a/2"))
	record := func(i int, state index.AddressState) index.Record {
		r := Record("http://a/"+fmt.Sprint(i+1), &readings[i])
		visit := became(article("a/"+fmt.Sprint(i+1)), state, c.now)
		visit.Found = []index.Address{article("a/" + fmt.Sprint(i+1) + ".pdf")}
		r.Visit = &visit
		return r
	}
	c.next(t, "http://a/1")
	if _, err := c.Put(ctx, []index.Record{record(0, index.AddressDone), record(1, "no state")}); err == nil {
		t.Fatal("a state that there is not was kept")
	}
	if _, err := c.Notice(ctx, readings[0].Notice.ID); !errors.Is(err, index.ErrNotFound) || len(c.in(t, index.AddressWaiting)) != 2 {
		t.Errorf("half of it was kept: %v, waiting %v", err, c.in(t, index.AddressWaiting))
	}
	outcomes, err := c.Put(ctx, []index.Record{record(0, index.AddressDone), {URL: "http://a/2", Err: errors.New("no text"), Visit: record(1, index.AddressFailed).Visit}})
	if err != nil || !slices.Equal(outcomes, []index.Outcome{index.New, index.Failed}) {
		t.Fatalf("%v, %v", outcomes, err)
	}
	for state, want := range map[index.AddressState][]string{index.AddressDone: {"a/1"}, index.AddressFailed: {"a/2"}, index.AddressWaiting: {"a/1.pdf", "a/2.pdf"}} {
		if got := c.in(t, state); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", state, got, want)
		}
	}
}

func testAgain(t *testing.T, c *crawl) {
	c.offer(t, 3, article("a/1"), article("a/2"), article("a/3"))
	failed := became(c.next(t, "http://a/1"), index.AddressFailed, c.now)
	failed.Address.Reason = "404"
	done := became(c.next(t, "http://a/2"), index.AddressDone, c.now)
	done.Address.ETag, done.Address.Kind = "e", index.ListAddress // as it turned out
	c.settle(t, failed, done, became(c.next(t, "http://a/3"), index.AddressSkipped, c.now))
	ctx := context.Background()
	if n, err := c.Revisit(ctx, c.run, "源"); n != 0 || err != nil {
		t.Errorf("revisited in the same run: %d, %v", n, err)
	}
	if n, err := c.Requeue(ctx, c.run, "b", "c"); n != 0 || err != nil {
		t.Errorf("requeued of other sources: %d, %v", n, err)
	}
	if n, err := c.Requeue(ctx, c.run, "b", "源"); n != 1 || err != nil {
		t.Errorf("requeued of the source: %d, %v", n, err)
	}
	c.settle(t, failed)
	if n, err := c.Requeue(ctx, c.run); n != 1 || err != nil {
		t.Errorf("requeued: %d, %v", n, err)
	}
	if a := c.next(t, "http://a/1"); a.Tries != 0 || a.Reason != "" {
		t.Errorf("it is %+v", a)
	}
	c.next(t, "")
	later, err := c.Begin(ctx, c.now, []string{"源", "b"})
	if err != nil {
		t.Fatal(err)
	}
	c.run = later.Run
	for source, want := range map[string]int{"b": 0, "源": 1} {
		if n, err := c.Revisit(ctx, c.run, source); n != want || err != nil {
			t.Errorf("revisited of %s: %d, %v", source, n, err)
		}
	}
	if a := c.next(t, "http://a/2"); a.ETag != "e" || a.Kind != index.ListAddress {
		t.Errorf("what is known of it was lost: %+v", a)
	}
}

func testWrongOnes(t *testing.T, c *crawl) {
	for _, url := range []string{"", "/relative", "http://%zz/", "mailto:x@example.org"} {
		if _, err := c.Offer(context.Background(), c.run, []index.Address{article("a/1"), {URL: url}}); err == nil {
			t.Errorf("%q was kept", url)
		}
	}
	if got := c.in(t, ""); got != nil {
		t.Errorf("half of it was kept: %v", got)
	}
}

// testManyTakers: whoever takes and settles at the same time, every address is
// given out once.
func testManyTakers(t *testing.T, c *crawl) {
	const hosts, each = 3, 15
	for i := range hosts * each {
		c.offer(t, 1, article(fmt.Sprintf("%c/%d", 'a'+i%hosts, i/hosts)))
	}
	var mu sync.Mutex
	var wait sync.WaitGroup
	got := map[string]int{}
	for range 4 {
		wait.Go(func() {
			for {
				a, ok, err := c.Next(context.Background(), c.run, c.now, nil)
				if err != nil || !ok {
					if err != nil {
						t.Error(err)
					}
					return
				}
				mu.Lock()
				got[a.URL]++
				mu.Unlock()
				if err := c.Settle(context.Background(), []index.Visit{became(a, index.AddressDone, c.now)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	for url, n := range got {
		if n != 1 {
			t.Errorf("%s was given out %d times", url, n)
		}
	}
	if len(got) != hosts*each {
		t.Errorf("%d addresses were given out", len(got))
	}
}
