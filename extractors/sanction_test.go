package extractors

import (
	"slices"
	"strings"
	"testing"

	"tongbao"
	"tongbao/internal/generate"
	"tongbao/internal/segment"
)

// TestSanctionList holds every line of the list to its columns: a category of
// the contract, how it stands alone, and the article that it rests on.
func TestSanctionList(t *testing.T) {
	categories := []string{"party", "government", "organisational", "admonition", "talk", "justice", "accountability", "either", "forms"}
	for line := range strings.Lines(sanctionsList) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(cells) != 6 {
			t.Errorf("%q has %d columns, want 6", line, len(cells))
			continue
		}
		if !slices.Contains(categories, cells[1]) || !slices.Contains([]string{"no", "yes", "bare"}, cells[3]) || !slices.Contains([]string{"", "verb"}, cells[4]) || cells[5] == "" {
			t.Errorf("%q names no category, use or source", line)
		}
		if cells[3] != "no" && cells[2] == "" {
			t.Errorf("%q can stand without a number and has no measure", line)
		}
	}
}

// A text without any mark, or of one endless row, must not take quadratic time.
func TestSanctionsWithoutMarks(t *testing.T) {
	for _, piece := range []string{"给予党内警告3人", "警告、记过、", "对干部被约谈", "3名干部", "免去"} {
		text := strings.Repeat(piece, 5_000)
		n := &tongbao.Notice{ID: tongbao.IDOf(text), Text: text}
		r := newReading(segment.New().Segment(n))
		readDates(r)
		readSanctions(r) // the test's own time limit is the measure
	}
}

func BenchmarkReadSanctions(b *testing.B) {
	text := generate.Text(1, 1_000_000)
	n := &tongbao.Notice{ID: tongbao.IDOf(text), Text: text, Published: "2021-08-30"}
	r := newReading(segment.New().Segment(n))
	readDocuments(r)
	readDates(r)
	taken, facts := slices.Clone(r.taken), len(r.facts)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		copy(r.taken, taken)
		r.facts = r.facts[:facts]
		readSanctions(r)
	}
}
