package extractors_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cockroachdb/apd/v3"

	"tongbao"
	"tongbao/extractors"
	"tongbao/internal/generate"
	"tongbao/internal/segment"
	"tongbao/pipeline/audit"
	"tongbao/pipeline/parse"
	"tongbao/pipeline/parse/outline"
)

// verify checks what must hold of every fact of every document.
func verify(t *testing.T, n *tongbao.Notice, facts []tongbao.Fact, findings []tongbao.Finding) {
	t.Helper()
	ids := map[string]bool{}
	last := 0
	for i := range facts {
		f := &facts[i]
		if f.Start < last || f.End <= f.Start || f.End > len(n.Text) {
			t.Fatalf("%s %q: span %v out of order or out of %d bytes", f.Kind, f.Quote, f.Span, len(n.Text))
		}
		last = f.Start
		if n.Text[f.Start:f.End] != f.Quote {
			t.Fatalf("%s: quote %q, text %q", f.Kind, f.Quote, n.Text[f.Start:f.End])
		}
		if ids[f.ID] {
			t.Fatalf("%s %q: the id %s stands twice", f.Kind, f.Quote, f.ID)
		}
		ids[f.ID] = true
		if f.Section != n.SectionAt(f.Start) {
			t.Fatalf("%s %q: section %s, want %s", f.Kind, f.Quote, f.Section, n.SectionAt(f.Start))
		}
		for _, v := range []string{f.Value, f.Min, f.Max} {
			if v == "" || f.Kind == tongbao.RatioFact {
				continue
			}
			if d, _, err := apd.NewFromString(v); err != nil || d.Form != apd.Finite || strings.ContainsAny(v, "eE,") {
				t.Fatalf("%s %q: value %q is no plain decimal", f.Kind, f.Quote, v)
			}
		}
	}
	for _, f := range facts {
		for _, id := range append([]string{f.PartOf, f.Numerator, f.Denominator}, f.Parts...) {
			if id != "" && !ids[id] {
				t.Fatalf("%s %q names the fact %s, which is none", f.Kind, f.Quote, id)
			}
		}
	}
	for _, f := range findings {
		for _, id := range f.Facts {
			if !ids[id] {
				t.Fatalf("finding %s names the fact %s, which is none", f.Explain, id)
			}
		}
		if f.Start < 0 || f.End > len(n.Text) || f.Start >= f.End {
			t.Fatalf("finding %s: span %v", f.Explain, f.Span)
		}
	}
}

func readWhole(n *tongbao.Notice) ([]tongbao.Fact, []tongbao.Finding) {
	doc := segment.New().Segment(n)
	facts := extractors.Extract(doc)
	return facts, audit.Audit(doc, facts)
}

func TestEveryFactQuotesItsText(t *testing.T) {
	files, err := filepath.Glob("../testdata/notices/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no notices in testdata: %v", err)
	}
	if shared := sharedFolder(); shared != "" {
		for _, pattern := range []string{"notices/*.txt", "gold/seed.*ml", "gold/seed.txt"} {
			more, _ := filepath.Glob(filepath.Join(shared, pattern))
			files = append(files, more...)
		}
	}
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		n, err := parse.Parse(tongbao.Page{URL: file, Body: body})
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		facts, findings := readWhole(n)
		verify(t, n, facts, findings)
	}
}

// sharedFolder is ../shared beside the project, "" where it is absent.
func sharedFolder() string {
	folder := os.Getenv("TONGBAO_SHARED")
	if folder == "" {
		folder = "../../shared"
	}
	if _, err := os.Stat(folder); err != nil {
		return ""
	}
	return folder
}

func FuzzExtract(f *testing.F) {
	for seed := range uint64(3) {
		f.Add(generate.Text(seed, 3000))
	}
	for _, e := range extractors.All {
		raw, err := os.ReadFile(filepath.Join("testdata", "corpus", string(e.Kind)+".txt"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(raw))
	}
	f.Add("其中(（9人次(2人、“第3《1%”》)）分别2022、2023年等5项共1:4.4\n一、其中")
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "")
		n := &tongbao.Notice{ID: tongbao.IDOf(text), Text: text, Published: "2021-08-30"}
		outline.Read(n)
		facts, findings := readWhole(n)
		verify(t, n, facts, findings)
	})
}
