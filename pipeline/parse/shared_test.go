package parse_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tongbao"
	"tongbao/pipeline/parse"
)

// shared returns a folder of the material that lies beside the project.
func shared(t *testing.T, folder string) string {
	t.Helper()
	root := os.Getenv("TONGBAO_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	if _, err := os.Stat(filepath.Join(root, folder)); err != nil {
		t.Skipf("the material beside the project is absent: %v", err)
	}
	return filepath.Join(root, folder)
}

// TestSavedPages scores the bodies of the real pages as score_pages.py does:
// F1 over runs of three characters.
func TestSavedPages(t *testing.T) {
	pages, err := filepath.Glob(filepath.Join(shared(t, "pages"), "*.html"))
	if err != nil || len(pages) == 0 {
		t.Fatalf("no saved pages: %v", err)
	}
	sum := 0.0
	for _, file := range pages {
		want := string(read(t, strings.TrimSuffix(file, ".html")+".txt"))
		n, err := parse.Parse(tongbao.Page{URL: file, Body: read(t, file)})
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		score := likeness(want, n.Text)
		if sum += score; score < 0.95 {
			t.Errorf("%s: %.3f", filepath.Base(file), score)
		}
		if n.Title == "" {
			t.Errorf("%s: no title", filepath.Base(file))
		}
	}
	if mean := sum / float64(len(pages)); mean < 0.98 {
		t.Errorf("mean %.4f over %d pages", mean, len(pages))
	}
}

func likeness(a, b string) float64 {
	count := func(text string) (map[string]int, int) {
		runes, grams := []rune(strings.Join(strings.Fields(text), "")), map[string]int{}
		for i := 0; i+3 <= len(runes); i++ {
			grams[string(runes[i:i+3])]++
		}
		return grams, max(0, len(runes)-2)
	}
	x, n := count(a)
	y, m := count(b)
	both := 0
	for gram, k := range x {
		both += min(k, y[gram])
	}
	return 2 * float64(both) / float64(max(1, n+m))
}

// TestSeed reads the gold notice as a page and as a text: both say the same.
func TestSeed(t *testing.T) {
	folder := shared(t, "gold")
	var texts []string
	for _, name := range []string{"seed.html", "seed.txt"} {
		n, err := parse.Parse(tongbao.Page{URL: name, Body: read(t, filepath.Join(folder, name))})
		if err != nil {
			t.Fatal(err)
		}
		if got := [3]string{n.Title, n.Source, n.Published}; got != [3]string{"中共杭州市上城区委关于十四届省委第十一轮巡视整改进展情况(原江干区部分)的通报", "浙江省纪委省监委网站", "2021-08-30T11:34:29+08:00"} {
			t.Errorf("%s: %q", name, got)
		}
		texts = append(texts, strings.Join(strings.Fields(n.Text), ""))
	}
	if texts[0] != texts[1] {
		t.Error("page and text differ")
	}
}

// TestNotices reads texts whose first line is their title, as README.md there
// says; a part of one (A03) and the controls (Z) have none.
func TestNotices(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(shared(t, "notices"), "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no notices: %v", err)
	}
	for _, file := range files {
		name := filepath.Base(file)
		raw := string(read(t, file))
		first, _, _ := strings.Cut(raw, "\n")
		if strings.HasPrefix(name, "A03") || strings.HasPrefix(name, "Z") {
			first = ""
		}
		n, err := parse.Parse(tongbao.Page{URL: file, Body: []byte(raw)})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if n.Title != strings.TrimSpace(first) && first != "" || first == "" && strings.HasPrefix(name, "A03") && n.Title != "" {
			t.Errorf("%s: title %q", name, n.Title)
		}
	}
}
