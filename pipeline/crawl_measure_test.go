package pipeline

import (
	"cmp"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"tongbao/internal/sitetest"
)

// TestMeasureCrawl is the run of docs/performance.md: 2,000 notices on ten
// hosts, a fault at five addresses in a hundred, the usual delay of a second,
// five kills on the way. It takes some minutes, and runs where
// $TONGBAO_MEASURE is set.
func TestMeasureCrawl(t *testing.T) {
	if os.Getenv("TONGBAO_MEASURE") == "" {
		t.Skip("it takes minutes: set TONGBAO_MEASURE")
	}
	h := &hunted{settled: map[string]int{}}
	world := sitetest.New(1, 10, 2000, 0.05)
	world.Now = h.tick
	slowness, retryAfter, crawlDelay, huge := world.Slowness, world.RetryAfter, world.CrawlDelay, world.HugeSize
	h.crawledWorld = serveWorld(t, world)
	h.Slowness, h.RetryAfter, h.CrawlDelay, h.HugeSize = slowness, retryAfter, crawlDelay, huge
	h.e = errand{Dir: h.dir, Own: h.Addresses(), Sources: h.sources} // without a delay: as people run it
	begun := time.Now()
	for range 5 {
		if h.run(900, -1) {
			t.Error("it ended too early to be killed")
			break
		}
		t.Logf("%s: killed after %d requests", time.Since(begun).Round(time.Second), len(h.Log()))
	}
	if !h.run(-1, -1) {
		t.Error("it did not come to its end")
	}
	wall := time.Since(begun)
	log := h.Log()
	h.mustSurvive()
	bytes, robots, together := int64(0), len(log)-len(h.since(0)), 0
	for _, hit := range log {
		bytes += hit.Bytes
		together = max(together, hit.Together)
	}
	e := h.Expect()
	t.Logf("expected: %d notices, %v", e.Notices, e.Ends)
	t.Logf("requests %d (robots.txt %d), at most %d of a host at a time; %.1f MB sent; wall time %s; kills survived %d; trespasses %d",
		len(log), robots, together, float64(bytes)/1e6, wall.Round(time.Second), h.kills, len(h.Trespasses()))
	gaps := sitetest.MinGaps(log)
	for _, host := range slices.SortedFunc(maps.Keys(gaps), cmp.Compare[int]) {
		n := 0
		for _, hit := range log {
			if hit.Host == host {
				n++
			}
		}
		t.Logf("host %d: %d requests, minimum gap %s", host, n, gaps[host].Round(time.Millisecond))
		if gaps[host] < time.Second {
			t.Errorf("host %d had no second of rest", host)
		}
	}
	files, _ := filepath.Glob(filepath.Join(h.dir, "archive", "*.warc.gz")) // the pattern is right
	for _, file := range files {
		if info, err := os.Stat(file); err == nil {
			t.Logf("%s: %.1f MB", filepath.Base(file), float64(info.Size())/1e6)
		}
	}
}
