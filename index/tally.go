package index

import (
	"slices"

	"github.com/cockroachdb/apd/v3"

	"tongbao"
)

// figures are what a comparison keeps of a notice.
type figures struct {
	notice string
	round  string
	values map[string]string
	facts  map[string]string
}

// members are the notices of a group.
type members struct {
	row  Row
	list []figures
}

// A tally gathers groups.
type tally struct {
	by     string
	side   bool // rounds side by side
	groups map[string]*members
	rounds map[string]*tongbao.Round
	left   []string
}

func (t *tally) add(row Row, s Summary) {
	n := s.Notice
	if row.Key == "" {
		t.left = append(t.left, n.ID)
		return
	}
	g := t.groups[row.Key]
	if g == nil {
		g = &members{row: row}
		t.groups[row.Key] = g
	}
	if g.row.Province == "" {
		g.row.Province = row.Province // one notice may say more of a place than another
	}
	if g.row.City == "" {
		g.row.City = row.City
	}
	f := figures{notice: n.ID, values: n.Metrics, facts: s.MetricFacts}
	if t.side && n.Round != nil {
		f.round = n.Round.ID
		t.rounds[n.Round.ID] = n.Round
	}
	g.list = append(g.list, f)
}

// table works the cells out; trim leaves out metrics that nobody states.
func (t *tally) table(metrics []tongbao.Metric, trim bool) Table {
	table := Table{By: t.by, Left: t.left, Rows: []Row{}, Columns: []Column{}}
	rounds := []string{""}
	if t.side {
		rounds = t.roundIDs()
	}
	for _, m := range metrics {
		if trim && !t.occurs(m.Key) {
			continue
		}
		for _, round := range rounds {
			column := Column{Key: m.Key, Metric: m.Key, Round: round}
			if round != "" {
				column.Key += "@" + round
			}
			table.Columns = append(table.Columns, column)
		}
	}
	t.orderByProvince()
	for _, g := range t.groups {
		row := g.row
		for _, f := range g.list {
			row.Notices = append(row.Notices, f.notice)
		}
		for _, c := range table.Columns {
			row.Cells = append(row.Cells, g.cell(c))
		}
		table.Rows = append(table.Rows, row)
	}
	slices.SortFunc(table.Rows, func(a, b Row) int {
		return slices.Compare(append(a.order, a.Key), append(b.order, b.Key))
	})
	return table
}

func (t *tally) roundIDs() []string {
	var ids []string
	for id := range t.rounds {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int { return slices.Compare(roundOrder(t.rounds[a]), roundOrder(t.rounds[b])) })
	return ids
}

func (t *tally) occurs(metric string) bool {
	for _, g := range t.groups {
		for _, f := range g.list {
			if _, ok := f.values[metric]; ok {
				return true
			}
		}
	}
	return false
}

// orderByProvince lets a place without a code stand with its province and city,
// where a place with a code names them.
func (t *tally) orderByProvince() {
	codes := map[string]string{}
	for _, g := range t.groups {
		if r := g.row; len(r.Code) == 6 {
			codes[r.Province] = r.Code[:2]
			codes[r.Province+r.City] = r.Code[:4]
		}
	}
	for _, g := range t.groups {
		r := &g.row
		if len(r.Code) == 6 || t.by != ByDistrict {
			continue
		}
		if code := codes[r.Province]; code != "" && r.Province != "" {
			r.order[0] = code
		}
		if code := codes[r.Province+r.City]; code != "" && r.City != "" {
			r.order[1] = code
		}
	}
}

// cell works out one figure of a group.
func (g *members) cell(c Column) Cell {
	var cell Cell
	var stating []figures
	for _, f := range g.list {
		if c.Round != "" && f.round != c.Round {
			continue
		}
		if _, ok := f.values[c.Metric]; ok {
			stating = append(stating, f)
			cell.Notices = append(cell.Notices, f.notice)
			if fact := f.facts[c.Metric]; fact != "" {
				cell.Facts = append(cell.Facts, fact)
			}
		}
	}
	switch {
	case len(stating) == 0:
	case len(stating) == 1:
		cell.Value = stating[0].values[c.Metric]
	case isRate(c.Metric):
		cell.Value, cell.Computed = overall(c.Metric, stating)
	default:
		cell.Value = sum(c.Metric, stating)
	}
	return cell
}

func isRate(metric string) bool {
	return slices.ContainsFunc(tongbao.Metrics, func(m tongbao.Metric) bool { return m.Key == metric && m.Rate })
}

// sum adds a metric up exactly; "" where one value is not a number.
func sum(metric string, list []figures) string {
	total := new(apd.Decimal)
	for _, f := range list {
		value, _, err := apd.NewFromString(f.values[metric])
		if err != nil || value.Form != apd.Finite {
			return ""
		}
		if _, err := exact().Add(total, total, value); err != nil {
			return ""
		}
	}
	return total.Text('f')
}

// exact is arithmetic without rounding.
func exact() *apd.Context { return &apd.BaseContext }

// overall is the rate of several notices, worked out of the sums of its terms,
// which every one of them must state: rates are never averaged.
func overall(metric string, list []figures) (string, bool) {
	of, ok := rateTerms(metric)
	if !ok {
		return "", false
	}
	for _, f := range list {
		if f.values[of.numerator] == "" || f.values[of.denominator] == "" {
			return "", false
		}
	}
	numerator, _, err := apd.NewFromString(sum(of.numerator, list))
	if err != nil {
		return "", false
	}
	denominator, _, err := apd.NewFromString(sum(of.denominator, list))
	if err != nil || denominator.IsZero() {
		return "", false
	}
	rounding := apd.BaseContext.WithPrecision(40)
	rounding.Rounding = apd.RoundHalfUp
	rate := new(apd.Decimal)
	if _, err := rounding.Mul(rate, numerator, apd.New(100, 0)); err != nil {
		return "", false
	}
	if _, err := rounding.Quo(rate, rate, denominator); err != nil {
		return "", false
	}
	if _, err := rounding.Quantize(rate, rate, -2); err != nil {
		return "", false
	}
	return rate.Text('f'), true
}
