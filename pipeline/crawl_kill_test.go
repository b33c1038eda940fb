package pipeline

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"tongbao/index"
	"tongbao/index/embedded"
	"tongbao/internal/archive"
	"tongbao/internal/sitetest"
	"tongbao/pipeline/fetch"
)

// crawlChild names the variable that makes this test a process which crawls,
// to be killed: its value says what.
const crawlChild = "TONGBAO_TEST_CRAWLER"

// An errand is what a child is to crawl.
type errand struct {
	Dir     string
	Own     []string
	Sources []Source
	Delay   time.Duration // 0: the client is that of the program, no options of tests
}

// TestCrawlChild is that process. It tells every address when it is settled.
func TestCrawlChild(t *testing.T) {
	var e errand
	if text := os.Getenv(crawlChild); text == "" {
		t.Skip("it is for other tests to start")
	} else if err := json.Unmarshal([]byte(text), &e); err != nil {
		t.Fatal(err)
	}
	options := fetch.Options{Contact: "crawl@example.org", Own: fetch.Own(t.Context(), e.Own)}
	if e.Delay > 0 {
		options = politeness(t.Context(), e.Own)
		options.Delay = e.Delay
	}
	s, err := crawlInto(t, t.Context(), e.Dir, known(t), options, e.Sources, nil, func(r Result) { fmt.Println("settled", r.Ref.Name) })
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("ended %+v\n", s)
}

// A hunted crawl is one that is killed and begun anew, until it ends.
type hunted struct {
	*crawledWorld
	e       errand
	mu      sync.Mutex
	target  *os.Process    // is killed
	left    int            // after so many requests more
	settled map[string]int // requests by address when it was told to be settled
	kills   int
}

// tick is the clock of the world, asked at the beginning and the end of each
// request: so a kill comes before an answer, or when it was just sent.
func (h *hunted) tick() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.target != nil {
		if h.left--; h.left == 0 {
			_ = h.target.Kill() // it may just have ended by itself
			h.target = nil
		}
	}
	return time.Now()
}

// run starts the crawl, kills it after so many ticks, or settled addresses, and
// reports whether it came to its end before.
func (h *hunted) run(ticks, lines int) bool {
	t := h.t
	t.Helper()
	text, err := json.Marshal(h.e)
	if err != nil {
		t.Fatal(err)
	}
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestCrawlChild$", "-test.v", "-test.timeout=20m")
	child.Env = append(os.Environ(), crawlChild+"="+string(text))
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	h.mu.Lock()
	h.target, h.left = child.Process, ticks
	h.mu.Unlock()
	ended, said := false, []string(nil)
	for scanner := bufio.NewScanner(out); scanner.Scan(); {
		said = append(said, scanner.Text())
		ended = ended || strings.HasPrefix(scanner.Text(), "ended")
		name, ok := strings.CutPrefix(scanner.Text(), "settled ")
		if !ok {
			continue
		}
		requests := h.requests(name)
		h.settled[name] = requests
		if lines--; lines == 0 {
			_ = child.Process.Kill()
		}
	}
	err = child.Wait()
	h.mu.Lock()
	h.target = nil
	h.mu.Unlock()
	if !ended && (child.ProcessState.ExitCode() != -1) {
		t.Fatalf("the crawl failed: %v\n%s", err, strings.Join(said, "\n"))
	}
	if !ended {
		h.kills++
	}
	return ended
}

// requests counts those for an address so far.
func (h *hunted) requests(address string) (n int) {
	for _, hit := range h.Log() {
		if hit.URL == address {
			n++
		}
	}
	return n
}

// TestKilled kills a crawl at many moments. What it told to be settled is never
// asked for again; in the end nothing is missing and nothing is there twice.
func TestKilled(t *testing.T) {
	h := &hunted{settled: map[string]int{}}
	world := sitetest.New(1, 4, 24, 0)
	world.Now = h.tick
	h.crawledWorld = serveWorld(t, world)
	for host := range h.sources {
		h.SetRobots(host, sitetest.RobotsMissing)
	}
	h.e = errand{h.dir, h.Addresses(), h.sources, time.Millisecond}
	for round := 0; !h.run((round*7)%23+9, 1000) && round < 60; round++ {
		if h.run(1000, round%5+1) {
			break
		}
	}
	if h.kills < 4 {
		t.Errorf("only %d kills", h.kills)
	}
	t.Logf("%d kills", h.kills)
	h.mustSurvive()
}

// mustSurvive holds the collection and the archive against the world.
func (h *hunted) mustSurvive() {
	t := h.t
	t.Helper()
	for name, requests := range h.settled {
		if n := h.requests(name); n != requests {
			t.Errorf("%s was settled, and asked for again %d times", name, n-requests)
		}
	}
	h.mustHold()
	store, err := embedded.Open(t.Context(), h.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	dir := filepath.Join(h.dir, "archive")
	for a, err := range store.Addresses(t.Context(), 0, "") {
		if err != nil {
			t.Fatal(err)
		}
		if a.State == index.AddressWaiting {
			t.Errorf("%s still waits", a.URL)
		}
		if a.State != index.AddressDone {
			continue
		}
		record, err := archive.Load(dir, archive.Place{File: a.File, Offset: a.Offset})
		if err != nil {
			t.Errorf("%s is not in the archive: %v", a.URL, err)
		} else if page, _, _, err := record.Page(); err != nil || len(page.Body) == 0 {
			t.Errorf("%s: %v, %d bytes", a.URL, err, len(page.Body))
		}
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.warc.gz"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		for _, err := range archive.Records(file) {
			if err != nil {
				t.Errorf("%s: %v", file, err)
			}
		}
	}
	checkByWarcio(h.t.Context(), t, files)
}

// checkByWarcio lets the reference reader check the archive where it is.
func checkByWarcio(ctx context.Context, t *testing.T, files []string) {
	t.Helper()
	python := os.Getenv("TONGBAO_WARCIO") // as .ci/run sets it
	if python == "" {
		t.Log("$TONGBAO_WARCIO names no Python with warcio: the archive is not checked by it")
		return
	}
	if out, err := exec.CommandContext(ctx, python, append([]string{"-m", "warcio.cli", "check"}, files...)...).CombinedOutput(); err != nil {
		t.Errorf("warcio check: %v\n%s", err, out)
	}
}
