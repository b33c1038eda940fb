package pipeline_test

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cockroachdb/apd/v3"

	"tongbao"
	"tongbao/internal/segment"
	"tongbao/pipeline"
)

// steps say by how much a claim of each check is altered so that it cannot
// hold: a total or a number of titles falls below what is listed, because a
// list behind 其中 or 等 may leave parts out.
var steps = map[tongbao.Check]int64{
	"rate": 1, "sum": -1, "difference": 1, "enumeration": -1, "restatement": 1,
}

// TestAlteredClaims breaks each claim of the notices in turn, in the text, and
// counts which breaks are reported and which alarms are right.
func TestAlteredClaims(t *testing.T) {
	var all tally
	for _, file := range notices(t) {
		all.add(breakEach(t, file))
	}
	t.Logf("testdata: %s", all)
	if all.planted < 150 || all.found*100 < all.planted*95 || all.right*100 < all.alarms*95 {
		t.Errorf("of the planted errors and of the alarms 95 %% must be right: %s", all)
	}
}

// TestAlteredGold is the same over the real notice beside the project, where
// every break must be reported and nothing else.
func TestAlteredGold(t *testing.T) {
	file := filepath.Join(cmp.Or(os.Getenv("TONGBAO_SHARED"), "../../shared"), "gold", "seed.txt")
	if _, err := os.Stat(file); err != nil {
		t.Skipf("the gold notice is not beside the project: %v", err)
	}
	all := breakEach(t, file)
	t.Logf("gold: %s", all)
	if all.planted < 15 || all.found < all.planted || all.right < all.alarms {
		t.Errorf("every break must be reported and nothing else: %s", all)
	}
}

// TestAlteredKinds is the same over a notice that makes claims of every kind, in
// the words of other notices: each must be read, each break be reported, and
// nothing else.
func TestAlteredKinds(t *testing.T) {
	file := filepath.Join("..", "testdata", "claims", "claims.txt")
	if got := alarms(readFile(t, file)); got != "" {
		t.Errorf("false alarms: %s", got)
	}
	all := breakEach(t, file)
	t.Logf("claims: %s", all)
	if all.planted < 21 || all.found < all.planted || all.right < all.alarms {
		t.Errorf("every break must be reported and nothing else: %s", all)
	}
}

// A tally counts planted errors and alarms.
type tally struct {
	planted, found int
	alarms, right  int
	trouble        []string
}

func (n *tally) add(o tally) {
	n.planted, n.found, n.alarms, n.right = n.planted+o.planted, n.found+o.found, n.alarms+o.alarms, n.right+o.right
	n.trouble = append(n.trouble, o.trouble...)
}

func (n tally) String() string {
	return fmt.Sprintf("%d of %d planted errors found, %d of %d alarms right\n%s", n.found, n.planted, n.right, n.alarms, strings.Join(n.trouble, "\n"))
}

// breakEach alters every claim of a notice that holds, one at a time.
func breakEach(t *testing.T, file string) tally {
	t.Helper()
	s := segment.New()
	before := readFile(t, file)
	n := before.Notice
	facts := map[string]tongbao.Fact{}
	for _, f := range before.Facts {
		facts[f.ID] = f
	}
	var all tally
	for _, claim := range before.Findings {
		if claim.Check == "sum" && twicePunished(claim, facts) {
			continue
		}
		fact := facts[claim.Facts[0]]
		if claim.Check == "restatement" {
			fact = facts[claim.Facts[len(claim.Facts)-1]]
		}
		printed, ok := altered(fact, claim)
		if strings.HasSuffix(fact.Rule, "-agreeing") { // that these are its terms the arithmetic alone has told
			continue
		}
		if !claim.Holds() || claim.Verdict == tongbao.Incomplete || !ok || !claims(n.Text, claim) {
			continue
		}
		text := n.Text[:fact.Start] + printed + n.Text[fact.End:]
		after, err := pipeline.Read(tongbao.Page{URL: "altered.txt", Body: []byte(n.Title + "\n" + text)}, s)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		what := fmt.Sprintf("%s: %s %s → %s", filepath.Base(file), claim.Check, fact.Quote, printed)
		all.add(judge(what, fact.Start, claim, before, after))
	}
	return all
}

// closing are the words that claim that parts make up a total, without which
// that they do may be chance: 27家企业中，注销15家、划转4家、保留8家.
var closing = []string{"其中", "其余", "余下", "剩余", "剩下", "尚余", "另有", "另外", "合计", "(", "（", "：", ":", "形态", "正在", "基本", "长期坚持"}

// claims reports whether the notice claims what a finding says of it.
func claims(text string, f tongbao.Finding) bool {
	words := text[f.Start:f.End]
	if f.Check == "restatement" { // elsewhere another number would only be another number
		return strings.Contains(words, "以来")
	}
	return f.Check != "sum" || slices.ContainsFunc(closing, func(w string) bool { return strings.Contains(words, w) })
}

// twicePunished reports whether parts are party and government sanctions: one
// person may have received both, so that the parts may exceed their total.
func twicePunished(claim tongbao.Finding, facts map[string]tongbao.Fact) bool {
	categories := map[string]bool{}
	for _, id := range claim.Facts[1:] {
		categories[facts[id].Category] = true
	}
	return categories["party"] && categories["government"]
}

// judge compares the alarms after one claim was broken with those before.
func judge(what string, at int, claim tongbao.Finding, before, after tongbao.Reading) tally {
	one := tally{planted: 1}
	spans := map[string]int{}
	for _, f := range after.Facts {
		spans[f.ID] = f.Start
	}
	for _, f := range after.Findings {
		if f.Holds() || slices.ContainsFunc(before.Findings, func(old tongbao.Finding) bool { return !old.Holds() && old.Explain == f.Explain }) {
			continue
		}
		one.alarms++
		touches := slices.ContainsFunc(f.Facts, func(id string) bool { return spans[id] == at })
		if touches {
			one.right++
		} else {
			one.trouble = append(one.trouble, "false alarm after "+what+": "+string(f.Check)+" "+f.Explain)
		}
		if touches {
			one.found = 1
		}
	}
	if one.found == 0 {
		one.trouble = append(one.trouble, "not reported: "+what)
	}
	return one
}

// altered returns the words of a claim with another number; false where the
// claim is not altered: Chinese numerals, dates, and totals that would be 0.
func altered(f tongbao.Fact, claim tongbao.Finding) (string, bool) {
	if claim.Check == "ratio" {
		first, second, _ := strings.Cut(f.Quote, ":")
		printed, ok := moved(second, 1)
		return first + ":" + printed, ok
	}
	step, ok := steps[claim.Check]
	if !ok {
		return "", false
	}
	return moved(f.Quote, step)
}

// moved adds a step to the number that words begin with.
func moved(words string, step int64) (string, bool) {
	end := strings.IndexFunc(words, func(r rune) bool { return (r < '0' || r > '9') && r != '.' })
	if end < 0 {
		end = len(words)
	}
	d, _, err := apd.NewFromString(words[:end])
	if err != nil {
		return "", false
	}
	if _, err := apd.BaseContext.WithPrecision(30).Add(d, d, apd.New(step, 0)); err != nil || d.Sign() <= 0 {
		return "", false
	}
	return d.Text('f') + words[end:], true
}
