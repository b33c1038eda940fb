package extractors

import (
	"strings"
	"testing"
	"testing/fstest"
)

// What is added to the lists for good is tested by cmd/tongbao's lexicon
// script, in a process of its own; here what is refused.
func TestExtendRefuses(t *testing.T) {
	for _, c := range []struct{ file, list, want string }{
		{"measures.txt", "孔\tplace\textra\tcolumn\n", "measures.txt:1: 4 columns"},
		{"measures.txt", "# a remark\n孔\tplace\n孔\tplace\n", "measures.txt:3: 孔 stands already in line 2"},
		{"phrases.txt", "修缮\thed\n", `phrases.txt:1: column 2 is "hed"; it can be head, stop, tail`},
		{"institutions.txt", "供销社\tcompany\tperhaps\n", `institutions.txt:1: column 3 is "perhaps"; it can be`},
		{"verbs.txt", "修缮\n", "verbs.txt: there is no such list"},
		{"metrics.txt", "Caves\tcount\t窑\n", `metrics.txt:1: the key "Caves"`},
		{"metrics.txt", "caves\tdate\t窑\t窑洞\n", `metrics.txt:1: column 2 is "date"`},
		{"metrics.txt", "caves\tcount\t\t窑洞\n", "metrics.txt:1: column 3 has no words"},
	} {
		err := Extend(fstest.MapFS{c.file: {Data: []byte(c.list)}})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %q: error %v, want %s", c.file, c.list, err, c.want)
		}
	}
	if err := Extend(fstest.MapFS{}); err != nil {
		t.Errorf("an empty folder: %v", err)
	}
}

// FuzzExtend offers lists that anybody may have written.
func FuzzExtend(f *testing.F) {
	f.Add("measures.txt", "孔\tplace\n")
	f.Add("metrics.txt", "caves\tcount\t窑|洞\t窑洞\n")
	f.Fuzz(func(t *testing.T, file, list string) {
		name, _, _ := strings.Cut(file, ".")
		if name == "metrics" {
			if _, err := parseMetrics(file, list); err != nil && !strings.HasPrefix(err.Error(), file) {
				t.Errorf("the error does not name the file: %v", err)
			}
			return
		}
		if err := check(file, name, list); err != nil && !strings.HasPrefix(err.Error(), file) {
			t.Errorf("the error does not name the file: %v", err)
		}
	})
}
