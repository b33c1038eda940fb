package extractors_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tongbao"
	"tongbao/extractors"
	"tongbao/internal/segment"
)

// TestMetrics reads the sentences of testdata/metrics.txt as the opening of a
// notice on rectification: its headline figures must be those of the indented
// line below, and no others; a sentence without one must give none.
func TestMetrics(t *testing.T) {
	path := filepath.Join("testdata", "metrics.txt")
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sentence, at, want := "", 0, ""
	check := func() {
		if sentence == "" {
			return
		}
		n := &tongbao.Notice{Text: sentence, Genre: tongbao.Rectification, Signed: "2021-08-30", Inspected: &tongbao.InspectedBody{Name: "望江区", District: "望江区", City: "澄州市", Province: "东岚省"}}
		n.ID = tongbao.IDOf(sentence)
		extractors.Extract(segment.New().Segment(n))
		var got []string
		for key, value := range n.Metrics {
			got = append(got, key+"="+value)
		}
		wanted := strings.Fields(want)
		slices.Sort(got)
		slices.Sort(wanted)
		if !slices.Equal(got, wanted) {
			t.Errorf("%s:%d: %s\n got %s\nwant %s", path, at, sentence, strings.Join(got, " "), strings.Join(wanted, " "))
		}
	}
	for i, line := range strings.Split(string(raw), "\n") {
		switch {
		case strings.HasPrefix(line, "\t"):
			want += " " + line
		case line != "" && !strings.HasPrefix(line, "#"):
			check()
			sentence, at, want = line, i+1, ""
		}
	}
	check()
}
