package embedded_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"tongbao"
	"tongbao/index"
	"tongbao/index/embedded"
	"tongbao/index/storetest"
)

const (
	crawlDir   = "TONGBAO_TEST_CRAWL"
	crawlPages = 60 // two lists, and the notices on them
)

var crawlSources = []string{"http://a.example/list", "http://b.example/list"}

// crawl visits what waits: a list yields addresses, an article a notice. A
// third of the articles holds the text of the notice of the year before until
// the article itself is visited, so that there are versions. Each visit is told
// when it is kept.
func crawl(store *embedded.Store, visited func(url string)) error {
	ctx := context.Background()
	run, err := store.Begin(ctx, time.Unix(1700000000, 0), crawlSources)
	if err != nil {
		return err
	}
	readings := storetest.Readings(2*crawlPages, 60)
	for _, url := range crawlSources {
		if _, err := store.Offer(ctx, run.Run, []index.Address{{URL: url, Kind: index.ListAddress}}); err != nil {
			return err
		}
	}
	for n := 0; ; n++ {
		a, ok, err := store.Next(ctx, run.Run, time.Unix(1700000000, 0), nil)
		if err != nil || !ok {
			return err
		}
		a.State, a.Visited = index.AddressDone, time.Unix(1700000100, 0)
		if a.Kind == index.ListAddress {
			err = crawlList(ctx, store, a, readings[crawlPages:])
		} else {
			var i int
			fmt.Sscanf(a.URL[strings.LastIndex(a.URL, "/")+1:], "%d", &i)
			_, err = store.Put(ctx, []index.Record{{URL: a.URL, SHA256: fmt.Sprint("new ", i), Versions: "1", Fetched: a.Visited,
				Reading: &readings[i], Visit: &index.Visit{Address: a}}})
		}
		if err == nil && n%7 == 6 {
			err = store.CatchUp(ctx)
		}
		if err != nil {
			return err
		}
		visited(a.URL)
	}
}

func crawlList(ctx context.Context, store *embedded.Store, list index.Address, before []tongbao.Reading) error {
	var found []index.Address
	var old []index.Record
	for i := range crawlPages / 2 {
		if strings.Contains(list.URL, "b.example") {
			i += crawlPages / 2
		}
		url := fmt.Sprintf("http://%s/%d", list.Host, i)
		found = append(found, index.Address{URL: url, Kind: index.ArticleAddress})
		if i%3 == 0 {
			old = append(old, index.Record{URL: url, SHA256: fmt.Sprint("old ", i), Versions: "1", Fetched: time.Unix(1600000000, 0), Reading: &before[i]})
		}
	}
	old[0].Visit = &index.Visit{Address: list, Found: found}
	_, err := store.Put(ctx, old)
	return err
}

// TestKilledCrawl is the process that TestKillCrawl kills.
func TestKilledCrawl(t *testing.T) {
	dir := os.Getenv(crawlDir)
	if dir == "" {
		t.Skip("run by TestKillCrawl")
	}
	store := create(t, dir)
	if err := crawl(store, func(url string) { fmt.Println("visited", url) }); err != nil {
		t.Fatal(err)
	}
	closed(t, store)
}

// TestKillCrawl kills a crawl again and again: it goes on each time, no address
// that was visited is visited again, and a visit and its notice are there
// together.
func TestKillCrawl(t *testing.T) {
	dir := t.TempDir()
	visits := map[string]int{}
	for lives := 0; len(visits) < crawlPages+2; lives++ {
		if lives > crawlPages {
			t.Fatalf("after %d lives %d addresses are visited", lives, len(visits))
		}
		crawler := exec.Command(os.Args[0], "-test.run=^TestKilledCrawl$")
		crawler.Env = append(os.Environ(), crawlDir+"="+dir)
		out, err := crawler.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := crawler.Start(); err != nil {
			t.Fatal(err)
		}
		lines, seen := bufio.NewScanner(out), 0
		for seen < 1+lives*5 && lines.Scan() {
			if url, ok := strings.CutPrefix(lines.Text(), "visited "); ok {
				visits[url]++
				seen++
			}
		}
		crawler.Process.Kill()
		for lines.Scan() { // what it had said and nobody had heard yet
			if url, ok := strings.CutPrefix(lines.Text(), "visited "); ok {
				visits[url]++
			}
		}
		crawler.Wait()
		checkCrawl(t, dir, visits)
	}
	for url, n := range visits {
		if n != 1 {
			t.Errorf("%s was visited %d times", url, n)
		}
	}
}

// checkCrawl opens what a killed crawl left: what it told is there, and more
// than that only the one visit that it had no time to tell.
func checkCrawl(t *testing.T, dir string, told map[string]int) {
	t.Helper()
	ctx := context.Background()
	reader := open(t, dir)
	defer closed(t, reader)
	done := map[string]bool{}
	for a, err := range reader.Addresses(ctx, 0, index.AddressDone) {
		if err != nil {
			t.Fatal(err)
		}
		if done[a.URL] = true; told[a.URL] == 0 {
			told[a.URL] = 1
		}
	}
	for url := range told {
		if !done[url] {
			t.Errorf("%s was visited, and it is not noted", url)
		}
	}
	articles := 0
	for d, err := range reader.Documents(ctx, false) {
		if err != nil {
			t.Fatal(err)
		}
		if fresh := strings.HasPrefix(d.SHA256, "new "); fresh != done[d.URL] {
			t.Errorf("%s: visited %v, its notice is there %v", d.URL, done[d.URL], fresh)
		} else if fresh {
			articles++
		}
		if h, err := reader.History(ctx, d.Notice); err != nil || len(h.Versions) > 2 || len(h.Versions) == 2 && !h.Versions[0].Earlier {
			t.Errorf("%s: history %+v, %v", d.URL, h, err)
		}
	}
	lists := 0
	for _, url := range crawlSources {
		if done[url] {
			lists++
		}
	}
	if articles+lists != len(done) {
		t.Errorf("%d addresses are visited, %d notices and %d lists are there", len(done), articles, lists)
	}
	if lines := wrong(t, reader); lines != nil && len(done) > 0 {
		for _, line := range lines {
			if !strings.Contains(line, "tongbao reindex") { // there is no index before the first catch-up
				t.Errorf("verify: %s", line)
			}
		}
	}
}

// TestFinishedRun: a run that was ended does not go on; the next one over the
// same sources is another.
func TestFinishedRun(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	store := create(t, dir)
	defer closed(t, store)
	now := time.Unix(1700000000, 0)
	first, err := store.Begin(ctx, now, crawlSources)
	if err != nil {
		t.Fatal(err)
	}
	if err := store.SaveRun(ctx, &index.Run{ID: first.Run, Started: first.Started, Finished: now.Add(time.Minute), Sources: crawlSources}); err != nil {
		t.Fatal(err)
	}
	if next, err := store.Begin(ctx, now, crawlSources); err != nil || next.Resumed || next.Run == first.Run {
		t.Errorf("the next run begins as %+v, %v", next, err)
	}
	reader := open(t, dir)
	defer closed(t, reader)
	if _, err := reader.Begin(ctx, now, crawlSources); !errors.Is(err, index.ErrReadOnly) {
		t.Errorf("a reader begins a run: %v", err)
	}
	if err := reader.Settle(ctx, nil); !errors.Is(err, index.ErrReadOnly) {
		t.Errorf("a reader settles: %v", err)
	}
}
