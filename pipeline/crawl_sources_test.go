package pipeline

import (
	"database/sql"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tongbao/index/embedded"
	"tongbao/internal/archive"
	"tongbao/internal/sitetest"
)

// TestOffline reads all that was fetched by the rules of today, without a
// request; also pages that a later visit could not have.
func TestOffline(t *testing.T) {
	w := simulate(t, 4, 24, 0)
	w.crawl(nil)
	held, requests := w.held(), len(w.Log())
	reread := func() Summary {
		store, err := embedded.Create(t.Context(), w.dir)
		if err != nil {
			t.Fatal(err)
		}
		defer store.Close()
		s, err := Reread(t.Context(), filepath.Join(w.dir, "archive"), store, w.sites, nil, func(r Result) {
			if r.Err != nil && !strings.Contains(r.Err.Error(), "scan") && !strings.Contains(r.Err.Error(), "Office") {
				t.Errorf("%s: %v", r.Ref.Name, r.Err)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if s := reread(); s.Unchanged != w.kept() || s.New != 0 {
		t.Errorf("nothing has changed: %+v", s)
	}
	outdate(t, w.dir)
	if s := reread(); s.New+s.Unchanged+s.Duplicate != w.kept() {
		t.Errorf("by newer rules: %+v", s)
	}
	if after := w.held(); len(after) != len(held) {
		t.Errorf("%d addresses, before %d", len(after), len(held))
	}
	if n := len(w.Log()); n != requests {
		t.Errorf("%d requests", n-requests)
	}
}

// TestArchiveAsSource: a collection is made of the web archive of another.
func TestArchiveAsSource(t *testing.T) {
	w := simulate(t, 4, 24, 0)
	w.crawl(nil)
	files, err := filepath.Glob(filepath.Join(w.dir, "archive", "*.warc.gz"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	held := w.held()
	w.dir = t.TempDir()
	store, err := embedded.Create(t.Context(), w.dir)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Run(t.Context(), files, store, w.sites, func(r Result) {})
	store.Close()
	if after := w.held(); err != nil || s.New+s.Duplicate != w.kept() || len(after) != len(held) {
		t.Errorf("%+v, %v; %d addresses, in the first collection %d", s, err, len(after), len(held))
	}
	for record, err := range archive.Records(files[0]) {
		if err != nil {
			t.Errorf("%+v: %v", record.Place, err)
		}
	}
	if theirs := rewritten(t, files[0]); theirs != "" {
		w.dir = t.TempDir()
		if store, err = embedded.Create(t.Context(), w.dir); err != nil {
			t.Fatal(err)
		}
		again, err := Run(t.Context(), []string{theirs}, store, w.sites, func(r Result) {})
		store.Close()
		again.Seconds = s.Seconds
		if err != nil || again != s {
			t.Errorf("as warcio writes it: %+v, %v; ours: %+v", again, err, s)
		}
	}
}

// rewritten is an archive as warcio, the reference writer, writes it in WARC
// 1.0; "" where it cannot be had.
func rewritten(t *testing.T, file string) string {
	t.Helper()
	python := os.Getenv("TONGBAO_WARCIO")
	if python == "" {
		return ""
	}
	to := filepath.Join(t.TempDir(), "theirs.warc.gz")
	out, err := exec.CommandContext(t.Context(), python, "-c", `
import sys
from warcio.archiveiterator import ArchiveIterator
from warcio.warcwriter import WARCWriter
with open(sys.argv[1], "rb") as ours, open(sys.argv[2], "wb") as theirs:
    writer = WARCWriter(theirs, gzip=True, warc_version="1.0")
    for r in ArchiveIterator(ours):
        if r.rec_type == "response":
            writer.write_record(writer.create_warc_record(r.rec_headers.get_header("WARC-Target-URI"), "response", payload=r.raw_stream, http_headers=r.http_headers))
`, file, to).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return to
}

// TestSingleSources: an article with its attachments, a sitemap, a file of
// addresses, a list page, a name of the catalogue.
func TestSingleSources(t *testing.T) {
	w := simulate(t, 8, 64, 0).described()
	article := w.Articles()[slices.IndexFunc(w.Articles(), func(a *sitetest.Article) bool {
		return len(a.Files) > 0 && a.Files[0].Outcome() == sitetest.Kept
	})]
	h := article.Host
	of := func(keep func(*sitetest.Article) bool) (n int) {
		for _, a := range w.Articles() {
			if a.Host == h && keep(a) && a.Outcome() == sitetest.Kept {
				n++
			}
		}
		return n
	}
	list := filepath.Join(t.TempDir(), "addresses.txt")
	text := "\uFEFF# three\n" + article.URL() + "\n\n" + w.Sections(h)[0] + "#top\n"
	if err := os.WriteFile(list, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	all := func(*sitetest.Article) bool { return true }
	for source, want := range map[string]int{
		article.URL():                1 + len(article.Files),
		w.Sitemap(h):                 of(all),
		list:                         of(func(a *sitetest.Article) bool { return a.Section == "xszg" || a == article || a.Parent == article }),
		w.Sections(h)[0]:             of(func(a *sitetest.Article) bool { return a.Section == "xszg" }),
		"host" + string(rune('0'+h)): of(all),
	} {
		local, remote, err := Divide([]string{source}, w.sites)
		if err != nil || len(local) > 0 || len(remote) != 1 {
			t.Fatalf("%s: %v, %v, %v", source, local, remote, err)
		}
		w.dir, w.results = t.TempDir(), nil
		s, err := w.try(t.Context(), remote, nil)
		if err != nil || s.New+s.Duplicate != want {
			t.Errorf("%s: %+v, %v; want %d", source, s, err, want)
			for _, r := range w.results {
				if r.Err != nil || r.Skipped != nil {
					t.Log(r.Kind, r.Ref.Name, r.Err, r.Skipped)
				}
			}
		}
	}
}

// outdate makes a collection believe that older rules read its notices.
func outdate(t *testing.T, dir string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, "tongbao.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, table := range []string{"documents", "notices"} {
		if _, err := db.ExecContext(t.Context(), "UPDATE "+table+" SET versions = 'older'"); err != nil {
			t.Fatal(err)
		}
	}
}
