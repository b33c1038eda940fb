package main

import (
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/rogpeppe/go-internal/txtar"

	"tongbao/internal/atom"
)

var update = flag.Bool("update", false, "rewrite what the scripts expect to what the program prints")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"tongbao": main})
}

// TestScripts runs testdata/script/*.txtar, one transcript for each command.
// Every script finds the notices of testdata/notices.txtar in $WORK/notices.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			notices, err := txtar.ParseFile("testdata/notices.txtar")
			if err != nil {
				return err
			}
			env.Values[worldKey{}] = &simulated{}
			env.Setenv("LANG", "C")
			env.Setenv("LC_ALL", "")
			for _, f := range notices.Files {
				path := filepath.Join(env.WorkDir, "notices", f.Name)
				if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
					return err
				}
				if err := os.WriteFile(path, f.Data, 0o644); err != nil {
					return err
				}
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "replace": replace, "huge": huge,
			"simulate": simulate, "world": world, "expand": expand, "atom": atomFile, "mcp": mcpCall},
	})
}

// exits runs tongbao and checks its exit code, which `exec` cannot:
//
//	exits 3 tongbao extract a.txt
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if err != nil {
		message := err.Error()
		got, err = strconv.Atoi(strings.TrimPrefix(message, "exit status "))
		if err != nil {
			ts.Fatalf("%s", message)
		}
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// replace changes words of a file:
//
//	replace OLD NEW FILE
func replace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace OLD NEW FILE")
	}
	before := ts.ReadFile(args[2])
	after := strings.ReplaceAll(before, args[0], args[1])
	if before == after {
		ts.Fatalf("%s does not hold %q", args[2], args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(after), 0o644))
}

// huge makes a file larger than any notice, without using the disk.
func huge(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), nil, 0o644))
	ts.Check(os.Truncate(ts.MkAbs(args[0]), 64<<20+1))
}

// atomFile checks that a file is a feed of so many entries with different ids:
//
//	atom FILE ENTRIES
func atomFile(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: atom FILE ENTRIES")
	}
	feed, err := atom.Read(ts.MkAbs(args[0]), "tongbao")
	ts.Check(err)
	ids := map[string]bool{}
	for _, e := range feed.Entries {
		ids[e.ID] = true
		if e.ID == "" || e.Title == "" || e.Updated == "" || e.Link.Href == "" {
			ts.Fatalf("an entry lacks something: %+v", e)
		}
	}
	if want, err := strconv.Atoi(args[1]); err != nil || len(ids) != want || len(feed.Entries) != want || feed.ID == "" || feed.Updated == "" {
		ts.Fatalf("%d entries with %d ids, want %s: %+v", len(feed.Entries), len(ids), args[1], feed)
	}
}
