package index

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"tongbao"
)

// The ways to group notices.
const (
	ByDistrict = "district"
	ByRound    = "round"
	ByYear     = "year"
	ByIssuer   = "issuer"
)

// A Comparison says what is to be compared. Where its Selection names no genre,
// only reports of rectification are: a feedback notice of the same round prints
// figures of another kind, and adding them would count twice.
type Comparison struct {
	By      string   // ByDistrict, ByRound, ByYear or ByIssuer
	Metrics []string // keys, in the order of the columns; none: every one that occurs, in the contract's order
	Rounds  []string // ids or names: only these; two or more stand side by side
	Across  string   // ByRound: all rounds stand side by side, too; "" for one dimension
	Due     string   // ISO day: the promises due before it and those due later are counted as well
	Selection
}

// A Table is a comparison: a row a group, a column a metric.
type Table struct {
	By      string   `json:"by"`
	Columns []Column `json:"columns"`
	Rows    []Row    `json:"rows"`
	Left    []string `json:"left,omitempty"` // ids of notices that do not state what is grouped by
}

// A Column is a metric, or a metric in one round.
type Column struct {
	Key    string `json:"key"` // party_sanctions, or party_sanctions@浙江省委-14-11
	Metric string `json:"metric"`
	Round  string `json:"round,omitempty"` // id of the round where rounds stand side by side
}

// A Row is a group.
type Row struct {
	Key      string   `json:"key"`  // code (else city and district), round id, year or issuer: stable
	Name     string   `json:"name"` // 江干区, 浙江省委第14届第11轮, 2021, 中共杭州市江干区委
	City     string   `json:"city,omitempty"`
	Province string   `json:"province,omitempty"`
	Code     string   `json:"code,omitempty"`
	Notices  []string `json:"notices"` // ids
	Cells    []Cell   `json:"cells"`   // one a column

	order []string
}

// A Cell is a group's figure. Value is "" where no notice states it, or where
// it is a rate of several notices that cannot be worked out of their sums:
// missing is missing and never 0.
type Cell struct {
	Value    string   `json:"value,omitempty"`    // exact decimal; a rate in per cent
	Computed bool     `json:"computed,omitempty"` // a rate worked out of summed terms, rounded to two places
	Notices  []string `json:"notices,omitempty"`  // ids of the notices that state it
	Facts    []string `json:"facts,omitempty"`    // ids of the facts that it was taken from
}

// terms of a rate: what it is a share of.
type terms struct{ numerator, denominator string }

// rateTerms says how rates are worked out of sums.
func rateTerms(metric string) (terms, bool) {
	switch metric {
	case "letters_close_rate":
		return terms{"letters_closed", "letters_received"}, true
	case "leads_close_rate":
		return terms{"leads_closed", "leads_received"}, true
	case "completion_rate":
		return terms{"problems_done", "problems"}, true
	}
	return terms{}, false
}

// Compare groups the notices of a store and adds up their headline figures.
// Where no genre is asked for it takes rectification notices alone: what the
// feedback on the same round says of letters and leads would be counted twice.
func Compare(ctx context.Context, store Store, c Comparison) (Table, error) {
	metrics, err := metricsNamed(c.Metrics)
	if err != nil {
		return Table{}, fmt.Errorf("compare: %w", err)
	}
	group := grouping(c.By)
	if group == nil {
		return Table{}, fmt.Errorf("compare: cannot group by %q; there are %s, %s, %s, %s", c.By, ByDistrict, ByRound, ByYear, ByIssuer)
	}
	if c.Across != "" && c.Across != ByRound {
		return Table{}, fmt.Errorf("compare: cannot put %q side by side, only %s", c.Across, ByRound)
	}
	if c.Genre == "" {
		c.Genre = tongbao.Rectification
	}
	promised, err := promises(ctx, store, c)
	if err != nil {
		return Table{}, fmt.Errorf("compare: %w", err)
	}
	if c.Due != "" {
		metrics = append(slices.Clone(metrics), tongbao.PromiseCounts...)
	}
	t := &tally{by: c.By, groups: map[string]*members{}, rounds: map[string]*tongbao.Round{},
		side: (len(c.Rounds) > 1 || c.Across == ByRound) && c.By != ByRound}
	for summary, err := range store.Notices(ctx, c.Selection) {
		if err != nil {
			return Table{}, fmt.Errorf("compare: %w", err)
		}
		n := summary.Notice
		if len(c.Rounds) > 0 && !inRounds(n, c.Rounds) {
			continue
		}
		if counts := promised[n.ID]; counts != nil {
			summary.Notice = withFigures(n, counts)
		}
		t.add(group(n), summary)
	}
	return t.table(metrics, len(c.Metrics) == 0), nil
}

// promises counts, for each notice, the promises that are due before c.Due and
// those that are due later, by the keys of tongbao.PromiseCounts; a notice
// without promises has no counts.
func promises(ctx context.Context, store Store, c Comparison) (map[string]map[string]int, error) {
	if c.Due == "" {
		return nil, nil
	}
	counts := map[string]map[string]int{}
	due := FactFilter{Before: c.Due}
	if err := due.Check(); err != nil {
		return nil, err
	}
	for row, err := range store.Facts(ctx, FactFilter{Selection: c.Selection, Kind: tongbao.Deadline}) {
		if err != nil {
			return nil, err
		}
		of := counts[row.Notice.ID]
		if of == nil {
			of = map[string]int{}
			counts[row.Notice.ID] = of
		}
		if due.Holds(&row.Fact) {
			of[tongbao.PromiseCounts[0].Key]++
		} else {
			of[tongbao.PromiseCounts[1].Key]++
		}
	}
	return counts, nil
}

// withFigures is a notice with further figures beside its metrics.
func withFigures(n *tongbao.Notice, counts map[string]int) *tongbao.Notice {
	with := *n
	with.Metrics = maps.Clone(n.Metrics)
	if with.Metrics == nil {
		with.Metrics = map[string]string{}
	}
	for key, count := range counts {
		with.Metrics[key] = strconv.Itoa(count)
	}
	return &with
}

func metricsNamed(keys []string) ([]tongbao.Metric, error) {
	if len(keys) == 0 {
		return tongbao.Metrics, nil
	}
	var named []tongbao.Metric
	for _, key := range keys {
		i := slices.IndexFunc(tongbao.Metrics, func(m tongbao.Metric) bool { return m.Key == key })
		if i < 0 {
			all := make([]string, len(tongbao.Metrics))
			for i, m := range tongbao.Metrics {
				all[i] = m.Key
			}
			return nil, fmt.Errorf("there is no metric %q; there are %s", key, strings.Join(all, ", "))
		}
		named = append(named, tongbao.Metrics[i])
	}
	return named, nil
}

func inRounds(n *tongbao.Notice, rounds []string) bool {
	return n.Round != nil && slices.ContainsFunc(rounds, func(r string) bool { return slices.Contains(roundNames(n.Round), roundKey(r)) })
}

// grouping returns the row that a notice belongs to, its Key "" for none.
func grouping(by string) func(*tongbao.Notice) Row {
	switch by {
	case ByDistrict:
		return districtRow
	case ByRound:
		return func(n *tongbao.Notice) Row {
			if n.Round == nil {
				return Row{}
			}
			return Row{Key: n.Round.ID, Name: roundName(n.Round), order: roundOrder(n.Round)}
		}
	case ByYear:
		return func(n *tongbao.Notice) Row {
			year := YearOf(n)
			return Row{Key: year, Name: year, order: []string{year}}
		}
	case ByIssuer:
		return func(n *tongbao.Notice) Row { return Row{Key: n.Issuer, Name: n.Issuer, order: []string{n.Issuer}} }
	}
	return nil
}

// districtRow groups by code; places that have none by the names printed.
func districtRow(n *tongbao.Notice) Row {
	b := n.Inspected
	if b == nil {
		return Row{}
	}
	row := Row{Key: b.Code, Code: b.Code, Name: b.District, City: b.City, Province: b.Province}
	if row.Name == "" {
		row.Name = b.Name
	}
	if row.Key == "" {
		row.Key = row.City + row.Name
	}
	if row.Name == "" {
		row.Name = row.Key
	}
	// Codes order as provinces, cities and districts do. What has none goes by
	// names, behind them: a Chinese character sorts behind every digit.
	if len(b.Code) == 6 {
		row.order = []string{b.Code[:2], b.Code[:4], b.Code}
	} else {
		row.order = []string{row.Province, row.City, row.Name}
	}
	return row
}

func roundName(r *tongbao.Round) string {
	name := r.Authority
	if r.Congress > 0 {
		name += fmt.Sprintf("第%d届", r.Congress)
	}
	if r.Number > 0 {
		name += fmt.Sprintf("第%d轮", r.Number)
	}
	return name
}

func roundOrder(r *tongbao.Round) []string {
	return []string{r.Authority, fmt.Sprintf("%06d", r.Congress), fmt.Sprintf("%06d", r.Number)}
}
