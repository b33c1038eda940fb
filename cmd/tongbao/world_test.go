package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"tongbao/internal/sitetest"
)

// A simulated site for a script, and how many requests it had when they were
// counted last.
type simulated struct {
	*sitetest.World
	counted int
}

type worldKey struct{}

func worldOf(ts *testscript.TestScript) *simulated {
	w, ok := ts.Value(worldKey{}).(*simulated)
	if !ok || w.World == nil {
		ts.Fatalf("simulate comes first")
	}
	return w
}

// simulate serves so many hosts with so many notices and such a share of
// faults, until the script ends. $SITE0, $LIST0 … are their addresses and first
// list pages, $MAP0 the sitemaps, $ARTICLE a notice with an attachment that can
// be read; their descriptions lie in the folder sites.
//
//	simulate 2 12 0.05
func simulate(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 || len(args) > 4 {
		ts.Fatalf("usage: simulate HOSTS NOTICES FAULTS [FOLDER]")
	}
	hosts, err := strconv.Atoi(args[0])
	ts.Check(err)
	notices, err := strconv.Atoi(args[1])
	ts.Check(err)
	faults, err := strconv.ParseFloat(args[2], 64)
	ts.Check(err)
	w := sitetest.New(1, hosts, notices, faults)
	w.Slowness, w.RetryAfter, w.CrawlDelay, w.HugeSize = 10*time.Millisecond, 0, "0.01", 5<<20
	ts.Check(w.Serve(context.Background()))
	ts.Defer(func() { w.Close() })
	ts.Value(worldKey{}).(*simulated).World = w
	for h, base := range w.Addresses() {
		ts.Setenv(fmt.Sprint("SITE", h), base)
		ts.Setenv(fmt.Sprint("LIST", h), w.Sections(h)[0])
		ts.Setenv(fmt.Sprint("MAP", h), w.Sitemap(h))
	}
	for _, a := range w.Articles() {
		if len(a.Files) > 0 && a.Files[0].Outcome() == sitetest.Kept {
			ts.Setenv("ARTICLE", a.URL())
			ts.Setenv("ATTACHMENT", a.Files[0].URL())
			break
		}
	}
	if len(args) == 4 {
		ts.Check(describe(w, ts.MkAbs(args[3])))
		return
	}
	sites, err := w.Sites()
	ts.Check(err)
	ts.Check(os.CopyFS(ts.MkAbs("sites"), sites))
}

// world changes the simulated sites, or counts their requests:
//
//	world advance
//	world rebuild 0
//	world robots 0 closed
//	world requests 0      # so many, robots.txt aside, since they were counted last
//	world trespasses      # there were none
func world(ts *testscript.TestScript, neg bool, args []string) {
	w := worldOf(ts)
	if neg || len(args) == 0 {
		ts.Fatalf("usage: world advance|rebuild|robots|requests|trespasses …")
	}
	number := 0
	if len(args) > 1 {
		var err error
		number, err = strconv.Atoi(args[1])
		ts.Check(err)
	}
	switch args[0] {
	case "advance":
		w.Advance()
	case "rebuild":
		w.Rebuild(number)
	case "robots":
		w.SetRobots(number, sitetest.Robots(args[2]))
	case "requests":
		n := 0
		log := w.Log()
		for _, hit := range log[w.counted:] {
			if !strings.HasSuffix(hit.URL, "/robots.txt") {
				n++
			}
		}
		w.counted = len(log)
		if len(args) > 1 && n != number {
			ts.Fatalf("%d requests, want %d", n, number)
		}
	case "trespasses":
		if bad := w.Trespasses(); len(bad) > 0 {
			ts.Fatalf("requests to places that no source names: %v", bad)
		}
	}
}

// expand writes a file with the variables in it replaced.
//
//	expand addresses.txt
func expand(ts *testscript.TestScript, neg bool, args []string) {
	for _, name := range args {
		path := filepath.Clean(ts.MkAbs(name))
		ts.Check(os.WriteFile(path, []byte(os.Expand(ts.ReadFile(name), ts.Getenv)), 0o644))
	}
}
