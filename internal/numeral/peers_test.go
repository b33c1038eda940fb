package numeral

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/cockroachdb/apd/v3"

	"tongbao"
)

// shared returns a file of the shared folder, or skips the test.
func shared(t testing.TB, path ...string) string {
	t.Helper()
	root := os.Getenv("TONGBAO_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared")
	}
	file := filepath.Join(append([]string{root}, path...)...)
	if _, err := os.Stat(file); err != nil {
		t.Skipf("%s is not here: set TONGBAO_SHARED to the shared folder to run the peers' cases", file)
	}
	return file
}

// A peerCase is one line of a suite; offsets count code points.
type peerCase struct {
	Input    string
	Expected []struct {
		Start, End int
		Value      string
	}
}

func peerCases(t testing.TB, suite string) []peerCase {
	t.Helper()
	f, err := os.Open(shared(t, "peers", "dev", suite+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var cases []peerCase
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var c peerCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatalf("%s: %v", suite, err)
		}
		cases = append(cases, c)
	}
	return cases
}

// agrees reports whether exactly the expected numbers were found.
func (c peerCase) agrees(found []tongbao.Number) bool {
	if len(found) != len(c.Expected) {
		return false
	}
	for i, want := range c.Expected {
		n := found[i]
		start := utf8.RuneCountInString(c.Input[:n.Start])
		end := start + utf8.RuneCountInString(n.Of(c.Input))
		if start != want.Start || end != want.End || !sameValue(n.Value, strings.TrimSuffix(want.Value, "%")) {
			return false
		}
	}
	return true
}

// sameValue compares at thirteen digits: the peers calculate in floating point.
func sameValue(got, want string) bool {
	var g, w apd.Decimal
	if _, _, err := g.SetString(got); err != nil {
		return false
	}
	if _, _, err := w.SetString(want); err != nil {
		return false
	}
	if g.Cmp(&w) == 0 {
		return true
	}
	round := apd.BaseContext.WithPrecision(13)
	for _, d := range []*apd.Decimal{&g, &w} {
		if _, err := round.Round(d, d); err != nil {
			return false
		}
	}
	return g.Cmp(&w) == 0
}

func percents(text string) []tongbao.Number {
	var found []tongbao.Number
	for _, n := range Find(text) {
		if n.Form == tongbao.Percent {
			found = append(found, n)
		}
	}
	return found
}

// disagreements are the cases that this package means to answer otherwise, with
// the reason: suite and input, tab-separated.
func disagreements(t *testing.T) map[[2]string]string {
	t.Helper()
	data, err := os.ReadFile("testdata/disagreements.tsv")
	if err != nil {
		t.Fatal(err)
	}
	reasons := map[[2]string]string{}
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 3 || cells[2] == "" {
			t.Fatalf("testdata/disagreements.tsv:%d: want suite, input, reason", i+1)
		}
		reasons[[2]string{cells[0], cells[1]}] = cells[2]
	}
	return reasons
}

// TestPeers runs the suites of Recognizers-Text, cn2an and duckling. Bare
// numerals are compared for numbers, per cents for the percent suite. What fails
// must be a written disagreement, and what is written must still fail.
func TestPeers(t *testing.T) {
	reasons := disagreements(t)
	for _, suite := range []struct {
		name  string
		read  func(string) []tongbao.Number
		floor int // cases in a thousand
	}{
		{"recognizers-number", Numerals, 980},
		{"cn2an-numeral", Numerals, 1000},
		{"duckling-numeral", Numerals, 870},
		{"recognizers-percent", percents, 970},
	} {
		t.Run(suite.name, func(t *testing.T) {
			cases := peerCases(t, suite.name)
			passed := 0
			for _, c := range cases {
				found := suite.read(c.Input)
				_, known := reasons[[2]string{suite.name, c.Input}]
				agrees := c.agrees(found)
				switch {
				case agrees && known:
					t.Errorf("%s is listed in testdata/disagreements.tsv and agrees", c.Input)
				case !agrees && !known:
					t.Errorf("%s\n\tgot  %s\n\twant %v", c.Input, listed(c.Input, found), c.Expected)
				}
				if agrees {
					passed++
				}
			}
			t.Logf("%d of %d (%.1f %%)", passed, len(cases), 100*float64(passed)/float64(len(cases)))
			if passed*1000 < suite.floor*len(cases) {
				t.Errorf("below the floor of %d in a thousand", suite.floor)
			}
		})
	}
}

// listed prints numbers for people: 三成=30% 三五=3(3–5).
func listed(text string, found []tongbao.Number) string {
	var b strings.Builder
	for _, n := range found {
		b.WriteString(n.Of(text) + "=" + n.Value)
		switch {
		case n.Form == tongbao.Percent:
			b.WriteString("%")
		case n.Form == tongbao.Fraction:
			b.WriteString("f")
		case n.Form == tongbao.Ratio:
			b.WriteString("r")
		}
		if n.Ordinal {
			b.WriteString("#")
		}
		if n.Min+n.Max != "" {
			b.WriteString("(" + n.Min + "–" + n.Max + ")")
		}
		if n.Approx != "" {
			b.WriteString(string(n.Approx))
		}
		b.WriteString(" ")
	}
	return strings.TrimSuffix(b.String(), " ")
}
