package extractors_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tongbao"
	"tongbao/extractors"
	"tongbao/internal/segment"
)

// A sentence of a corpus and the facts of the corpus's kind that must be read
// from it, and no others. The file format stands in CONTRIBUTING.md.
type sentence struct {
	line  int
	text  string
	facts []expectation
}

type expectation struct {
	quote  string
	fields map[string]string
}

func readCorpus(t *testing.T, kind tongbao.Kind) []sentence {
	t.Helper()
	path := filepath.Join("testdata", "corpus", string(kind)+".txt")
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("the kind %s has no corpus: %v", kind, err)
	}
	var corpus []sentence
	for i, line := range strings.Split(string(raw), "\n") {
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "\t"):
			cells := strings.Fields(line)
			e := expectation{quote: cells[0], fields: map[string]string{}}
			for _, c := range cells[1:] {
				key, value, found := strings.Cut(c, "=")
				if !found || len(corpus) == 0 {
					t.Fatalf("%s:%d: %q is no key=value behind a sentence", path, i+1, c)
				}
				e.fields[key] = value
			}
			last := &corpus[len(corpus)-1]
			last.facts = append(last.facts, e)
		default:
			corpus = append(corpus, sentence{line: i + 1, text: line})
		}
	}
	return corpus
}

// read extracts the facts of one kind from a sentence that stands in a notice
// on an invented district, signed on 2021-08-30.
func read(text string, kind tongbao.Kind) ([]tongbao.Fact, *tongbao.Notice) {
	n := &tongbao.Notice{Text: text, Signed: "2021-08-30", Inspected: &tongbao.InspectedBody{Name: "望江区", District: "望江区", City: "澄州市", Province: "东岚省"}}
	n.ID = tongbao.IDOf(text)
	var facts []tongbao.Fact
	for _, f := range extractors.Extract(segment.New().Segment(n)) {
		if f.Kind == kind {
			facts = append(facts, f)
		}
	}
	return facts, n
}

func TestCorpus(t *testing.T) {
	for _, e := range extractors.All {
		corpus := readCorpus(t, e.Kind)
		positive, negative := 0, 0
		for _, s := range corpus {
			if len(s.facts) == 0 {
				negative++
			} else {
				positive++
			}
			if problem := s.check(e.Kind); problem != "" {
				t.Errorf("%s.txt:%d: %s\n%s", e.Kind, s.line, s.text, problem)
			}
		}
		if positive == 0 || negative == 0 {
			t.Errorf("%s.txt needs sentences to be read and sentences from which nothing must be read", e.Kind)
		}
	}
}

func (s sentence) check(kind tongbao.Kind) string {
	facts, n := read(s.text, kind)
	var problems []string
	if len(facts) != len(s.facts) {
		var quotes []string
		for _, f := range facts {
			quotes = append(quotes, f.Quote)
		}
		problems = append(problems, fmt.Sprintf("read %d facts, want %d: %s", len(facts), len(s.facts), strings.Join(quotes, " | ")))
	}
	points := tongbao.NewCodePoints(n.Text)
	for i := 0; i < min(len(facts), len(s.facts)); i++ {
		want := s.facts[i]
		if facts[i].Quote != want.quote {
			problems = append(problems, fmt.Sprintf("fact %d is %s, want %s", i+1, facts[i].Quote, want.quote))
		}
		raw, err := facts[i].JSON(n.ID, points)
		if err != nil {
			return err.Error()
		}
		var record map[string]any
		if err := json.NewDecoder(bytes.NewReader(raw)).Decode(&record); err != nil {
			return err.Error()
		}
		for key, value := range want.fields {
			got := fmt.Sprint(record[key])
			if record[key] == nil {
				got = ""
			}
			switch key {
			case "part_of", "numerator", "denominator": // by the quote of the other fact
				got = quoteOf(n, got)
			}
			if got != value {
				problems = append(problems, fmt.Sprintf("%s: %s is %q, want %q", want.quote, key, got, value))
			}
		}
	}
	return strings.Join(problems, "\n")
}

func quoteOf(n *tongbao.Notice, id string) string {
	for _, f := range extractors.Extract(segment.New().Segment(n)) {
		if f.ID == id && id != "" {
			return f.Quote
		}
	}
	return ""
}
