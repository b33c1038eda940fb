package pipeline

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tree writes files below a new folder and works in it.
func tree(t *testing.T, files ...string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for _, name := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func names(refs []Ref) []string {
	var all []string
	for _, r := range refs {
		name := filepath.ToSlash(r.Name)
		if r.Err != nil {
			name += "!"
		}
		all = append(all, name)
	}
	return all
}

func TestExpand(t *testing.T) {
	tree(t, "a.txt", "n/b.HTML", "n/c.shtml", "n/deep/d.htm", "n/e.xls", "n/.hidden/f.txt", "n/.g.txt", "n.txt", "empty/h.zip", "d/a.PDF", "d/b.docx", "d/c.wps")
	for name, c := range map[string]struct{ sources, want []string }{
		"a folder":                {[]string{"n"}, []string{"n/b.HTML", "n/c.shtml", "n/deep/d.htm"}},
		"a file of any name":      {[]string{"n/e.xls"}, []string{"n/e.xls"}},
		"twice":                   {[]string{"a.txt", "./a.txt"}, []string{"a.txt"}},
		"a file and its folder":   {[]string{"n", "n/c.shtml"}, []string{"n/b.HTML", "n/deep/d.htm", "n/c.shtml"}},
		"other than what is read": {[]string{"n/.g.txt", "n/e.xls", "n/.hidden"}, []string{"n/.g.txt", "n/.hidden/f.txt", "n/e.xls"}},
		"a folder in a folder":    {[]string{"n/deep", "n"}, []string{"n/b.HTML", "n/c.shtml", "n/deep/d.htm"}},
		"names that begin alike":  {[]string{"n.txt", "n"}, []string{"n/b.HTML", "n/c.shtml", "n/deep/d.htm", "n.txt"}},
		"documents":               {[]string{"d"}, []string{"d/a.PDF", "d/b.docx", "d/c.wps"}},
		"nothing there":           {[]string{"none"}, []string{"none!"}},
		"nothing to read":         {[]string{"empty"}, []string{"empty!"}},
		"the network":             {[]string{"https://a.example/"}, []string{"https://a.example/!"}},
		"standard input":          {[]string{"-"}, []string{"-!"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := names(slices.Collect(Expand(c.sources)))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			slices.Reverse(c.sources)
			again := names(slices.Collect(Expand(c.sources)))
			if name != "twice" {
				if diff := cmp.Diff(got, again); diff != "" {
					t.Errorf("the order of the sources shows: %s", diff)
				}
			}
			for range Expand(c.sources) {
				break // may be left at any time
			}
		})
	}
}

func TestNamedKeepsTheOrder(t *testing.T) {
	tree(t, "a.txt", "b.txt")
	got := names(slices.Collect(Named([]string{"b.txt", "-", "a.txt", "b.txt", "c.txt"})))
	if diff := cmp.Diff([]string{"b.txt", "-", "a.txt", "b.txt", "c.txt!"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestLoadRefuses(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"addresses": {"\uFEFF# notices\n\nhttps://a.example/1\r\nhttp://b.example/2\n", "addresses"},
		"too much":  {strings.Repeat("x", MaxPage+1), "64 MiB"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Load(Ref{Path: Stdin, Name: Stdin}, strings.NewReader(c.body))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want a word about %q", err, c.want)
			}
		})
	}
	for name, body := range map[string]string{
		"a page": "<html>", "text": "通报", "text of another charset": "\xcd\xa8\xb1\xa8", "text and an address": "https://a.example/\n通报",
	} {
		page, err := Load(Ref{Path: Stdin, Name: Stdin}, strings.NewReader(body))
		if err != nil || string(page.Body) != body || page.URL != "" {
			t.Errorf("%s: %+v, %v", name, page, err)
		}
	}
}

func TestLoadFiles(t *testing.T) {
	tree(t, "a.txt", "n/b.txt")
	for r := range Expand([]string{"a.txt"}) {
		page, err := Load(r, nil)
		if err != nil || !filepath.IsAbs(filepath.FromSlash(page.URL)) || !strings.HasSuffix(page.URL, "/a.txt") {
			t.Errorf("the address of a file is %q, %v", page.URL, err)
		}
	}
	for r := range Named([]string{"n"}) {
		if _, err := Load(r, nil); err == nil || !strings.Contains(err.Error(), "folder") {
			t.Errorf("a folder: %v", err)
		}
	}
	if _, err := Load(Ref{Path: "https://a.example", Err: ErrFetching}, nil); !errors.Is(err, ErrFetching) {
		t.Errorf("an address: %v", err)
	}
	if err := os.Truncate("a.txt", MaxPage+1); err != nil {
		t.Fatal(err)
	}
	for r := range Named([]string{"a.txt"}) {
		if _, err := Load(r, nil); err == nil || !strings.Contains(err.Error(), "64 MiB") {
			t.Errorf("a huge file: %v", err)
		}
	}
}
