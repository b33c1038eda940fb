package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"tongbao/index"
	"tongbao/pipeline"
)

// The figures that the comparison after a run shows; fewer where rounds stand
// side by side, so that a terminal holds them.
var (
	mainMetrics = []string{"problems", "completion_rate", "leads_received", "cases_filed", "party_sanctions", "money_recovered"}
	fewMetrics  = []string{"completion_rate", "cases_filed", "party_sanctions"}
)

// mostRounds is how many rounds stand side by side at most.
const mostRounds = 3

// mostRows is how many districts are shown at most; compare shows all.
const mostRows = 20

// overview tells people what a run did, how the districts compare, and what
// they may ask next.
func (a *app) overview(ctx context.Context, store index.Store, s pipeline.Summary, e ends) error {
	if err := a.ended(s, e); err != nil {
		return err
	}
	if s.New+s.Duplicate == 0 && s.Unchanged > 0 {
		fmt.Fprintln(a.stdout, a.words("没有变化，资料集保持原样", "nothing has changed since the last run"))
	}
	if s.Found == s.Failed+s.Skipped || a.quiet {
		return nil
	}
	rounds, err := busiestRounds(ctx, store)
	if err != nil {
		return err
	}
	comparison := index.Comparison{By: "district", Metrics: mainMetrics}
	if len(rounds) > 1 {
		comparison.Metrics, comparison.Rounds = fewMetrics, rounds
	}
	table, err := index.Compare(ctx, store, comparison)
	if err == nil && len(table.Columns) > mostRounds*len(fewMetrics) { // the names of some stand for several
		table, err = index.Compare(ctx, store, index.Comparison{By: "district", Metrics: mainMetrics})
	}
	if err != nil {
		return err
	}
	if len(table.Rows) > 0 {
		fmt.Fprintln(a.stdout)
		left := len(table.Rows) - mostRows
		table.Rows = table.Rows[:min(len(table.Rows), mostRows)]
		if err := a.writeComparison(&output{format: "table"}, table); err != nil {
			return err
		}
		if left > 0 {
			fmt.Fprintf(a.stdout, a.words("……还有 %d 个区县\n", "… and %d districts more\n"), left)
		}
	}
	a.nextSteps()
	return nil
}

// nextSteps says what may be asked of the collection.
func (a *app) nextSteps() {
	in := ""
	if a.collection != "collection" {
		in = " -C " + shellWord(a.collection)
	}
	fmt.Fprintf(a.stdout, "\n%s\n", a.words("接下来可以：", "Next:"))
	steps := [][2]string{
		{"tongbao search " + "问题线索", a.words("检索", "look for words")},
		{"tongbao compare --by district -o compare.xlsx", a.words("按区县比较全部指标", "compare all figures by district")},
		{"tongbao facts --kind sanction", a.words("列出处分", "list the sanctions")},
		{"tongbao audit --verdict mismatch", a.words("数字对不上的地方", "figures that do not add up")},
	}
	width := 0
	for _, next := range steps {
		width = max(width, text.StringWidth(next[0]+in))
	}
	for _, next := range steps {
		fmt.Fprintf(a.stdout, "  %s  # %s\n", text.Pad(next[0]+in, width, ' '), next[1])
	}
}

// busiestRounds returns the rounds with most notices, in the order of the
// comparison by round.
func busiestRounds(ctx context.Context, store index.Store) ([]string, error) {
	table, err := index.Compare(ctx, store, index.Comparison{By: "round", Metrics: fewMetrics})
	if err != nil {
		return nil, err
	}
	groups := slices.DeleteFunc(slices.Clone(table.Rows), func(r index.Row) bool { return r.Key == "" })
	slices.SortStableFunc(groups, func(x, y index.Row) int { return cmp.Compare(len(y.Notices), len(x.Notices)) })
	groups = groups[:min(len(groups), mostRounds)]
	var rounds []string
	for _, r := range table.Rows {
		if slices.ContainsFunc(groups, func(g index.Row) bool { return g.Key == r.Key }) {
			rounds = append(rounds, r.Key)
		}
	}
	return rounds, nil
}

// shellWord quotes what a shell would take apart.
func shellWord(word string) string {
	if strings.ContainsAny(word, " \t\n'\"\\$`&|;<>()*?[]#~!") {
		return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	return word
}
