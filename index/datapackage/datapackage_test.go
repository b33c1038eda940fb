package datapackage_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"tongbao"
	"tongbao/index"
	"tongbao/index/datapackage"
	"tongbao/index/embedded"
	"tongbao/internal/rows"
)

// quotes is a table as a caller adds it.
var quotes = datapackage.Table{Name: "facts", Chinese: "事实", English: "facts", Key: "id",
	Refers:  []datapackage.Refers{{Column: "notice", Table: "notices", Key: "id"}, {Column: "part_of", Table: "facts", Key: "id"}},
	Columns: []rows.Column{{Key: "id"}, {Key: "notice"}, {Key: "quote"}, {Key: "value", Type: rows.Figure}, {Key: "from", Type: rows.Day}, {Key: "trial", Type: rows.Flag}, {Key: "part_of"}},
	Rows: func(s *datapackage.Subject) (all [][]string) {
		for _, f := range s.Facts {
			all = append(all, []string{f.ID, f.Notice.ID, f.Quote, f.Value, f.From, "true", f.PartOf})
		}
		return all
	}}

func reading(text string, facts ...tongbao.Fact) tongbao.Reading {
	n := &tongbao.Notice{ID: tongbao.IDOf(text), Title: "关于“云台区”整改进展情况的通报", Published: "2021-08-30", Text: text,
		Metrics:  map[string]string{"cases_filed": "3"},
		Sections: []tongbao.Section{{Path: "1", Heading: "一", Span: tongbao.Span{Start: 0, End: len(text)}}}}
	for i := range facts {
		f := &facts[i]
		f.Start = strings.Index(text, f.Quote)
		f.End = f.Start + len(f.Quote)
		f.ID, f.Section = tongbao.FactID(n.ID, f.Kind, f.Span), "1"
	}
	return tongbao.Reading{Notice: n, Facts: facts}
}

func collection(t *testing.T) index.Store {
	t.Helper()
	store, err := embedded.Create(context.Background(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	readings := []tongbao.Reading{
		reading("全区立案3件，查处比例1:4.4。\n完毕", tongbao.Fact{Kind: tongbao.Count, Quote: "3件", Value: "3", Metric: "cases_filed"},
			tongbao.Fact{Kind: tongbao.RatioFact, Quote: "1:4.4", Value: "1:4.4"}),
		reading("=完成率88.80%", tongbao.Fact{Kind: tongbao.Percentage, Quote: "88.80%", Value: "88.80", From: "2021-01-02"}),
	}
	var batch []index.Record
	for i := range readings {
		batch = append(batch, index.Record{URL: "/" + readings[i].Notice.ID, SHA256: "00", Reading: &readings[i]})
	}
	if _, err := store.Put(context.Background(), batch); err != nil {
		t.Fatal(err)
	}
	return store
}

func write(t *testing.T, store index.Store, dir string) {
	t.Helper()
	if _, err := datapackage.Write(context.Background(), store, dir, quotes); err != nil {
		t.Fatal(err)
	}
}

func contents(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			all[strings.TrimPrefix(path, dir)], err = os.ReadFile(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestWriteIsReproducible(t *testing.T) {
	store, parent := collection(t), t.TempDir()
	one, two := filepath.Join(parent, "one"), filepath.Join(parent, "deep", "two")
	write(t, store, one)
	write(t, store, two)
	first, second := contents(t, one), contents(t, two)
	if len(first) != len(second) {
		t.Errorf("%d files, then %d", len(first), len(second))
	}
	for name := range first {
		if !bytes.Equal(first[name], second[name]) {
			t.Errorf("%s differs", name)
		}
	}
	if err := os.WriteFile(filepath.Join(one, "stale.csv"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	write(t, store, one) // an export is replaced as a whole
	if again := contents(t, one); len(again) != len(first) {
		t.Errorf("%d files after it was replaced, before %d", len(again), len(first))
	}
	if left, _ := filepath.Glob(filepath.Join(parent, ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestSchemaFitsFiles reads every table as its schema says.
func TestSchemaFitsFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "p")
	write(t, collection(t), dir)
	files := contents(t, dir)
	var d struct {
		Resources []struct {
			Path   string
			Bytes  int
			Schema *struct {
				Fields []struct{ Name, Type string }
			}
		}
	}
	if err := json.Unmarshal(files["/datapackage.json"], &d); err != nil {
		t.Fatal(err)
	}
	for _, r := range d.Resources {
		if len(files["/"+r.Path]) != r.Bytes || r.Bytes == 0 {
			t.Errorf("%s: %d bytes, said to be %d", r.Path, len(files["/"+r.Path]), r.Bytes)
		}
		if r.Schema == nil {
			continue
		}
		table, err := csv.NewReader(bytes.NewReader(files["/"+r.Path])).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for i, f := range r.Schema.Fields {
			if table[0][i] != f.Name {
				t.Errorf("%s: column %d is %s and is said to be %s", r.Path, i, table[0][i], f.Name)
			}
			for _, row := range table[1:] {
				if f.Type == "number" && row[i] != "" && !rows.IsDecimal(row[i]) {
					t.Errorf("%s: %s: %q is no number", r.Path, f.Name, row[i])
				}
			}
		}
	}
	if got := string(files["/facts.csv"]); !strings.Contains(got, ",1:4.4,,") || !strings.Contains(got, ",88.80,88.80,2021-01-02,") {
		t.Errorf("figures: %s", got)
	}
	for name, text := range files {
		if id, ok := strings.CutPrefix(name, "/texts/"); ok && tongbao.IDOf(string(text))+".txt" != id {
			t.Errorf("%s is the text of another notice: %q", name, text)
		}
	}
}

func TestWriteLeavesOthersAlone(t *testing.T) {
	store, dir := collection(t), t.TempDir()
	theirs := filepath.Join(dir, "thesis.docx")
	if err := os.WriteFile(theirs, []byte("x"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := datapackage.Write(context.Background(), store, dir); !errors.Is(err, datapackage.ErrOccupied) {
		t.Errorf("error: %v", err)
	}
	if _, err := os.Stat(theirs); err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	parent := t.TempDir()
	if _, err := datapackage.Write(ctx, store, filepath.Join(parent, "p")); err == nil {
		t.Error("it was written though it was cancelled")
	}
	if left, _ := os.ReadDir(parent); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestFrictionless has the package checked by the standard's own program, where
// $TONGBAO_FRICTIONLESS names a Python that has it.
func TestFrictionless(t *testing.T) {
	python := os.Getenv("TONGBAO_FRICTIONLESS")
	if python == "" {
		t.Skip("TONGBAO_FRICTIONLESS is not set")
	}
	dir := filepath.Join(t.TempDir(), "p")
	write(t, collection(t), dir)
	validate := func() ([]byte, error) {
		return exec.Command(python, "-m", "frictionless", "validate", filepath.Join(dir, datapackage.DescriptorName)).CombinedOutput()
	}
	if said, err := validate(); err != nil {
		t.Errorf("%v\n%s", err, said)
	}
	path := filepath.Join(dir, "facts.csv")
	table, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, bytes.Replace(table, []byte("2021-01-02"), []byte("2021-13-02"), 1), 0o666); err != nil {
		t.Fatal(err)
	}
	if said, err := validate(); err == nil {
		t.Errorf("a wrong day is valid:\n%s", said)
	}
}
