package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"tongbao/index"
	"tongbao/internal/rows"
)

var dimensions = []string{index.ByDistrict, index.ByRound, index.ByYear, index.ByIssuer}

func compareCommand(a *app) *cobra.Command {
	var c index.Comparison
	var out *output
	cmd := &cobra.Command{
		Use:   "compare [METRIC …]",
		Short: a.words("按区县、轮次、年份或单位比较指标", "compare headline figures by district, round, year or issuer"),
		Long: a.words(`一行一组，一列一个指标；空格是没有写明，不是零。按区县比较时可以把几个轮次并排。
指标：`, `A row a group, a column a metric; an empty cell is a figure that is not stated, not a zero.
By district several rounds can stand side by side. Metrics:
`) + strings.Join(metricKeys(), ", "),
		Example: `  tongbao compare --by district
  tongbao compare --by district --round 浙江省委-14-10 --round 浙江省委-14-11 --metric party_sanctions
  tongbao compare --by round --metric leads_received,leads_closed -f csv
  tongbao compare --by district --due 2022-01-01 --metric problems,problems_done
  tongbao compare --by district --year 2021 -o compare.xlsx`,
		RunE: func(cmd *cobra.Command, names []string) error {
			c.Metrics = append(c.Metrics, names...)
			if err := a.checkComparison(cmd, c); err != nil {
				return err
			}
			if out.json && !cmd.Flags().Changed("format") {
				out.format = "json"
			}
			if err := out.settle(a, cmd); err != nil {
				return err
			}
			return a.reading(cmd.Context(), func(store index.Store) error {
				table, err := index.Compare(cmd.Context(), store, c)
				if err != nil {
					return err
				}
				if err := a.writeComparison(out, table); err != nil {
					return err
				}
				if len(table.Left) > 0 {
					a.note(a.words("%d 份通报没有写明%s，未列入", "%d notices state no %s and are left out"), len(table.Left), a.dimensionLabel(c.By))
				}
				return a.found(len(table.Rows))
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&c.By, "by", "district", a.words("按什么分组：", "group by: ")+join(dimensions))
	flags.StringSliceVar(&c.Metrics, "metric", nil, a.words("指标，可以多个；不写则列出所有出现的", "headline figures; without it all that occur"))
	flags.StringSliceVar(&c.Rounds, "round", nil, a.words("轮次，可以多个：按区县时并排", "rounds; by district several stand side by side"))
	flags.StringVar(&c.Due, "due", "", a.words("另数各家的承诺：这一`日`之前到期的和未到期的（2021-12-31）", "count the promises as well: those due before this `day` and those still open (2021-12-31)"))
	a.selectionFlags(cmd, &c.Selection)
	out = a.outputFlags(cmd)
	return cmd
}

func (a *app) checkComparison(cmd *cobra.Command, c index.Comparison) error {
	checks := []error{
		oneOf(a, cmd, "by", c.By, dimensions),
		a.checkSelection(cmd, c.Selection),
	}
	for _, m := range c.Metrics {
		checks = append(checks, oneOf(a, cmd, "metric", m, metricKeys()))
	}
	for _, err := range checks {
		if err != nil {
			return err
		}
	}
	return nil
}

// writeComparison writes the table. What programs read has the group's key as
// well; json also the ids of its notices and, by column, of the facts behind the
// figures, and which figures are rates worked out of sums.
func (a *app) writeComparison(out *output, table index.Table) error {
	columns := []rows.Column{
		{Key: "key", Wide: true},
		{Key: "name", Label: a.dimensionLabel(table.By)},
		{Key: "city", Label: a.words("市", "city"), Wide: !slices.ContainsFunc(table.Rows, func(r index.Row) bool { return r.City != "" })},
		{Key: "province", Wide: true},
		{Key: "code", Wide: true},
		{Key: "notices", Label: a.words("通报", "notices"), Type: rows.Whole},
	}
	short := roundLabels(table.Columns)
	for _, c := range table.Columns {
		column := rows.Column{Key: c.Key, Label: a.metricLabel(c.Metric), Type: rows.Figure}
		if c.Round != "" {
			column.Group, column.Label = column.Label, short[c.Round]
		}
		columns = append(columns, column)
	}
	columns = append(columns, rows.Column{Key: "notice_ids", Type: rows.Raw}, rows.Column{Key: "facts", Type: rows.Raw}, rows.Column{Key: "computed", Type: rows.Raw})
	_, err := out.write(a, columns, func(w *rows.Writer) error {
		for _, r := range table.Rows {
			cells := []string{r.Key, r.Name, r.City, r.Province, r.Code, strconv.Itoa(len(r.Notices))}
			facts, computed := map[string][]string{}, []string{}
			for i, cell := range r.Cells {
				cells = append(cells, cell.Value)
				if len(cell.Facts) > 0 {
					facts[table.Columns[i].Key] = cell.Facts
				}
				if cell.Computed {
					computed = append(computed, table.Columns[i].Key)
				}
			}
			for _, raw := range []any{r.Notices, facts, computed} {
				cell, err := json.Marshal(raw)
				if err != nil {
					return err
				}
				cells = append(cells, string(cell))
			}
			if err := w.Row(cells, nil); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("compare: %w", err)
	}
	return nil
}

// roundLabels returns what people need to tell the rounds apart: their ids
// without the authority (14-11) where all have the same one.
func roundLabels(columns []index.Column) map[string]string {
	labels, authorities := map[string]string{}, map[string]bool{}
	for _, c := range columns {
		authority, numbers, _ := strings.Cut(c.Round, "-")
		authorities[authority], labels[c.Round] = true, numbers
	}
	for id := range labels {
		if len(authorities) > 1 || labels[id] == "" {
			labels[id] = id
		}
	}
	return labels
}

// dimensionLabel names what the rows of a comparison are.
func (a *app) dimensionLabel(by string) string {
	if !a.chinese {
		return by
	}
	return map[string]string{"district": "区县", "round": "轮次", "year": "年份", "issuer": "发布单位", "genre": "体裁"}[by]
}
