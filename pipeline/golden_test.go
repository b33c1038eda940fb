package pipeline_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongbao"
	"tongbao/internal/segment"
	"tongbao/pipeline"
)

var update = flag.Bool("update", false, "rewrite the golden files; read the diff")

// notices lists the files of testdata/notices.
func notices(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../testdata/notices/*")
	if err != nil || len(files) < 24 {
		t.Fatalf("testdata/notices holds %d files, want 24 and more: %v", len(files), err)
	}
	return files
}

func readFile(t *testing.T, file string) tongbao.Reading {
	t.Helper()
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	reading, err := pipeline.Read(tongbao.Page{URL: filepath.Base(file), Body: body}, segment.New())
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return reading
}

// TestGolden compares all that is read out of the notices with what was read
// by eye: a line a field, a fact, a finding.
func TestGolden(t *testing.T) {
	for _, file := range notices(t) {
		name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
		t.Run(name, func(t *testing.T) {
			got := listing(t, readFile(t, file))
			golden := filepath.Join("..", "testdata", "golden", name+".txt")
			if *update {
				if err := os.MkdirAll(filepath.Dir(golden), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatalf("%v: run go test ./pipeline -update and read what it writes", err)
			}
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
		})
	}
}

// listing prints a reading so that a person can check it against the text:
// links as quotes, no ids.
func listing(t *testing.T, r tongbao.Reading) string {
	t.Helper()
	var lines bytes.Buffer
	if err := r.WriteJSON(&lines); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	quotes := map[string]string{}
	for _, f := range r.Facts {
		quotes[f.ID] = f.Quote
	}
	for line := range strings.Lines(lines.String()) {
		record := map[string]any{}
		decoder := json.NewDecoder(strings.NewReader(line))
		decoder.UseNumber()
		if err := decoder.Decode(&record); err != nil {
			t.Fatal(err)
		}
		kind := record["type"].(string)
		if kind == "notice" {
			listNotice(&b, record)
			continue
		}
		fmt.Fprintf(&b, "%s\t%v", record[map[string]string{"fact": "kind", "finding": "check"}[kind]], record["start"])
		if kind == "fact" {
			fmt.Fprintf(&b, "\t%s", record["quote"])
		}
		for _, key := range slices.Sorted(keysOf(record)) {
			switch key {
			case "type", "kind", "check", "id", "notice", "start", "end", "quote", "rule", "parts":
			case "facts":
				var of []string
				for _, id := range record[key].([]any) {
					of = append(of, quotes[id.(string)])
				}
				fmt.Fprintf(&b, "\tfacts=%s", strings.Join(of, "|"))
			case "part_of", "numerator", "denominator":
				fmt.Fprintf(&b, "\t%s=%s", key, quotes[record[key].(string)])
			default:
				fmt.Fprintf(&b, "\t%s=%v", key, record[key])
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func listNotice(b *strings.Builder, record map[string]any) {
	for _, key := range slices.Sorted(keysOf(record)) {
		switch key {
		case "type", "schema", "text", "urls", "url":
		case "sections":
			listSections(b, record[key].([]any))
		default:
			value, _ := json.Marshal(record[key])
			fmt.Fprintf(b, "%s\t%s\n", key, bytes.ReplaceAll(value, []byte(`\u003e`), []byte(">")))
		}
	}
}

func listSections(b *strings.Builder, sections []any) {
	for _, s := range sections {
		section := s.(map[string]any)
		fmt.Fprintf(b, "section\t%v\t%v-%v\t%v\n", section["path"], section["start"], section["end"], section["heading"])
		if inner, ok := section["sections"].([]any); ok {
			listSections(b, inner)
		}
	}
}

func keysOf(record map[string]any) func(func(string) bool) {
	return func(yield func(string) bool) {
		for key := range record {
			if !yield(key) {
				return
			}
		}
	}
}
