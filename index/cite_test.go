package index_test

import (
	"errors"
	"strings"
	"testing"

	"tongbao"
	"tongbao/index"
)

func TestCitation(t *testing.T) {
	n := &tongbao.Notice{ID: "n1"}
	file := index.Version{URL: "/a.txt", Notice: "n1", Fetched: "2026-01-01T00:00:00Z"}
	old := index.Version{URL: "http://a/1", Notice: "n1", Fetched: "2026-01-02T00:00:00Z", Until: "2026-02-01T20:00:00Z", Next: "n2"}
	next := index.Version{URL: "http://a/1", Notice: "n2", Fetched: "2026-02-01T20:00:00Z"}
	here := index.Version{URL: "http://b/1", Notice: "n1", Fetched: "2026-01-03T18:00:00Z"}
	for _, c := range []struct {
		versions                []index.Version
		url, accessed, replaced string
	}{
		{nil, "", "", ""},
		{[]index.Version{file}, "", "", ""},
		{[]index.Version{file, old, next}, "http://a/1", "2026-01-02", "2026-02-02"},
		{[]index.Version{file, old, next, here}, "http://b/1", "2026-01-04", ""},
	} {
		got := index.Citation(n, index.History{ID: "n1", Versions: c.versions})
		if got.URL != c.url || got.Accessed != c.accessed || got.Replaced != c.replaced {
			t.Errorf("%v: %+v", c.versions, got)
		}
	}
}

func TestFactAndSentence(t *testing.T) {
	text := "一、总体。\n共8.5万元。办结8件（另有1件。），完毕！后续。"
	r := tongbao.Reading{Notice: &tongbao.Notice{ID: "n1", Text: text}}
	for i, quote := range []string{"8.5万元", "8件", "后续"} {
		f := tongbao.Fact{ID: "f0" + string(rune('1'+i)), Quote: quote}
		f.Start = strings.Index(text, quote)
		f.End = f.Start + len(quote)
		r.Facts = append(r.Facts, f)
	}
	for id, want := range map[string][3]string{
		"f01": {"总体。", "共8.5万元。", "办结8件（另有1件。），完毕！"},
		"f02": {"共8.5万元。", "办结8件（另有1件。），完毕！", "后续。"},
		"f03": {"办结8件（另有1件。），完毕！", "后续。", ""},
	} {
		f, err := index.FactOf(r, id)
		if err != nil {
			t.Fatal(err)
		}
		before, sentence, after := index.SentenceOf(text, f)
		if got := [3]string{before.Of(text), sentence.Of(text), after.Of(text)}; got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
	if _, err := index.FactOf(r, "f0"); err == nil || errors.Is(err, index.ErrNoFact) || !strings.Contains(err.Error(), "3 facts have ids that begin so: f01, f02, f03") {
		t.Errorf("an ambiguous id: %v", err)
	}
	for _, id := range []string{"", "g"} {
		if _, err := index.FactOf(r, id); !errors.Is(err, index.ErrNoFact) {
			t.Errorf("%q: %v", id, err)
		}
	}
}
