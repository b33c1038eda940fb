package pipeline_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tongbao"
)

// TestTruth compares what is read with what the writers of the notices meant,
// as they wrote it down before any of them had been read by the program
// (testdata/truth.tsv, from testdata/meant). Where the two differ with good reason the line says so.
func TestTruth(t *testing.T) {
	raw, err := os.ReadFile("../testdata/truth.tsv")
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]string{}
	for _, file := range notices(t) {
		byName[filepath.Base(file)] = file
	}
	readings := map[string]tongbao.Reading{}
	told := map[string]map[string]bool{}
	for i, line := range strings.Split(strings.TrimRight(string(raw), "\n"), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) < 3 || byName[cells[0]] == "" {
			t.Fatalf("truth.tsv:%d: want file, field, value of a file of testdata/notices: %q", i+1, line)
		}
		file, field, want := cells[0], cells[1], cells[2]
		if _, ok := readings[file]; !ok {
			readings[file], told[file] = readFile(t, byName[file]), map[string]bool{}
		}
		told[file][field] = true
		if got := fieldOf(readings[file], field); got != want {
			t.Errorf("%s: %s is %q, the writer meant %q (truth.tsv:%d)", file, field, got, want, i+1)
		}
	}
	for file, r := range readings {
		for key, value := range r.Notice.Metrics {
			if !told[file]["metric."+key] {
				t.Errorf("%s: the metric %s = %s was not meant", file, key, value)
			}
		}
	}
}

func fieldOf(r tongbao.Reading, field string) string {
	n := r.Notice
	if key, ok := strings.CutPrefix(field, "metric."); ok {
		return n.Metrics[key]
	}
	switch field {
	case "title":
		return n.Title
	case "source":
		return n.Source
	case "published":
		return n.Published
	case "signed":
		return n.Signed
	case "genre":
		return string(n.Genre)
	case "issuer":
		return n.Issuer
	case "team":
		return n.Team
	case "feedback":
		return n.Feedback
	case "round":
		if n.Round != nil {
			return n.Round.ID
		}
	case "inspected":
		if n.Inspected != nil {
			return n.Inspected.Name
		}
	case "district":
		if n.Inspected != nil {
			return n.Inspected.District
		}
	case "code":
		if n.Inspected != nil {
			return n.Inspected.Code
		}
	case "inspection":
		if n.Inspection != nil {
			return n.Inspection.From + "/" + n.Inspection.To
		}
	case "phone":
		if n.Contact != nil {
			return strings.Join(n.Contact.Phone, " ")
		}
	case "email":
		if n.Contact != nil {
			return strings.Join(n.Contact.Email, " ")
		}
	case "alarms":
		return alarms(r)
	}
	return ""
}

// alarms are the mismatches that the audit reports, as check and stated value.
func alarms(r tongbao.Reading) string {
	var found []string
	for _, f := range r.Findings {
		if !f.Holds() {
			found = append(found, string(f.Check)+" "+f.Stated)
		}
	}
	slices.Sort(found)
	return strings.Join(found, ", ")
}

// goldFacts is what TestGoldNotice needs of ../shared/gold/seed.gold.json.
type goldFacts struct {
	Metrics map[string]string
	Notice  map[string]any
}

// TestGoldNotice reads the real notice beside the project; score.py, which
// .ci/run runs on it, says more.
func TestGoldNotice(t *testing.T) {
	shared := os.Getenv("TONGBAO_SHARED")
	if shared == "" {
		shared = "../../shared"
	}
	raw, err := os.ReadFile(filepath.Join(shared, "gold", "seed.gold.json"))
	if err != nil {
		t.Skipf("the gold notice is not beside the project: %v", err)
	}
	var gold goldFacts
	if err := json.Unmarshal(raw, &gold); err != nil {
		t.Fatal(err)
	}
	page, text := readFile(t, filepath.Join(shared, "gold", "seed.html")), readFile(t, filepath.Join(shared, "gold", "seed.txt"))
	if page.Notice.ID != text.Notice.ID {
		t.Errorf("the page gives %s, the text %s: they are one notice", page.Notice.ID, text.Notice.ID)
	}
	for _, r := range []tongbao.Reading{page, text} {
		for key, want := range gold.Metrics {
			if r.Notice.Metrics[key] != want {
				t.Errorf("%s is %q, want %q", key, r.Notice.Metrics[key], want)
			}
		}
		if r.Notice.Title != gold.Notice["title"] || r.Notice.Published != gold.Notice["published"] {
			t.Errorf("title %q published %q", r.Notice.Title, r.Notice.Published)
		}
		if got := alarms(r); got != "" {
			t.Errorf("false alarms: %s", got)
		}
	}
}
