package extractors_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/cockroachdb/apd/v3"

	"tongbao"
	"tongbao/extractors"
	"tongbao/internal/segment"
	"tongbao/pipeline/parse"
)

// A peerCase is one line of a suite; offsets count code points, and a suite
// that compares values alone gives none.
type peerCase struct {
	Input    string
	Expected []struct {
		Start, End *int
		Value, ISO string
		From       *string // of a date; null where its beginning is open
	}
}

func peerCases(t *testing.T, suite string) []peerCase {
	t.Helper()
	root := os.Getenv("TONGBAO_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "shared")
	}
	file, err := os.Open(filepath.Join(root, "peers", "dev", suite+".jsonl"))
	if err != nil {
		t.Skipf("%v: set TONGBAO_SHARED to the shared folder to run the peers' cases", err)
	}
	defer file.Close()
	var cases []peerCase
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var c peerCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatalf("%s: %v", suite, err)
		}
		cases = append(cases, c)
	}
	return cases
}

// factsOf reads the facts of one kind as `tongbao extract` does: the input is a
// document by itself.
func factsOf(t *testing.T, input string, kind tongbao.Kind) (string, []tongbao.Fact) {
	t.Helper()
	n, err := parse.Parse(tongbao.Page{Body: []byte(input)})
	if err != nil {
		t.Fatalf("%s: %v", input, err)
	}
	var found []tongbao.Fact
	for _, f := range extractors.Extract(segment.New().Segment(n)) {
		if f.Kind == kind {
			found = append(found, f)
		}
	}
	return n.Text, found
}

// agrees reports whether exactly the expected facts were read.
func (c peerCase) agrees(text string, found []tongbao.Fact) bool {
	if len(found) != len(c.Expected) {
		return false
	}
	for i, want := range c.Expected {
		start := utf8.RuneCountInString(text[:found[i].Start])
		end := start + utf8.RuneCountInString(found[i].Quote)
		if found[i].Kind == tongbao.Date {
			if start != *want.Start || end != *want.End || found[i].From != orEmpty(want.From) {
				return false
			}
			continue
		}
		if want.Start != nil && (start != *want.Start || end != *want.End) || !sameAmount(found[i].Value, want.Value, want.ISO, want.Start == nil) {
			return false
		}
	}
	return true
}

func orEmpty(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// sameAmount compares at thirteen digits, for the peers calculate in floating
// point; to the cent where a suite rounds to cents.
func sameAmount(got, want, iso string, cents bool) bool {
	g, _, err := apd.NewFromString(got)
	if err != nil {
		return false
	}
	w, _, err := apd.NewFromString(strings.TrimSuffix(want, "%"))
	if err != nil {
		return false
	}
	if iso == "Cent" {
		w.Exponent -= 2
	}
	round := apd.BaseContext.WithPrecision(13)
	var difference, bound apd.Decimal
	if _, err := round.Sub(&difference, g, w); err != nil {
		return false
	}
	difference.Abs(&difference)
	bound.Abs(w)
	bound.Exponent -= 12
	cent := apd.New(5, -3)
	return difference.Cmp(&bound) <= 0 || cents && difference.Cmp(cent) <= 0
}

// TestPeers runs the suites of Recognizers-Text, JioNLP and duckling through
// parsing, segmentation and all extractors. What fails must be a written
// disagreement, and what is written must still fail; a suite without a floor is
// reported and no more.
func TestPeers(t *testing.T) {
	reasons := disagreements(t)
	for _, suite := range []struct {
		name  string
		kind  tongbao.Kind
		floor int // cases in a hundred
	}{
		{"recognizers-percent", tongbao.Percentage, 95},
		{"recognizers-currency", tongbao.Money, 95},
		{"jionlp-money", tongbao.Money, 90},
		{"recognizers-date", tongbao.Date, 90},
		{"duckling-amountofmoney", tongbao.Money, 0},
		{"recognizers-dimension", tongbao.Count, 0},
	} {
		t.Run(suite.name, func(t *testing.T) {
			cases := peerCases(t, suite.name)
			passed := 0
			for i, c := range cases {
				text, found := factsOf(t, c.Input, suite.kind)
				agrees, known := c.agrees(text, found), reasons[suite.name+":"+strconv.Itoa(i+1)] != ""
				switch {
				case agrees && known:
					t.Errorf("line %d, %s, is listed in testdata/disagreements.tsv and agrees", i+1, c.Input)
				case !agrees && !known:
					t.Errorf("line %d, %s, is read %s and not listed in testdata/disagreements.tsv", i+1, c.Input, quotes(found))
				}
				if agrees {
					passed++
				}
			}
			t.Logf("%d of %d (%.1f %%)", passed, len(cases), 100*float64(passed)/float64(len(cases)))
			if passed*100 < suite.floor*len(cases) {
				t.Errorf("below the floor of %d in a hundred", suite.floor)
			}
		})
	}
}

// disagreements are the reasons for which a case is answered otherwise on
// purpose, by suite:line.
func disagreements(t *testing.T) map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "disagreements.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	reasons := map[string]string{}
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 3 || cells[2] == "" {
			t.Fatalf("testdata/disagreements.tsv:%d: want suite, line, reason", i+1)
		}
		reasons[cells[0]+":"+cells[1]] = cells[2]
	}
	return reasons
}

func quotes(facts []tongbao.Fact) string {
	var all []string
	for _, f := range facts {
		all = append(all, f.Quote+"="+f.Value)
	}
	return strings.Join(all, " | ")
}
