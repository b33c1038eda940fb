package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"tongbao/index"
	"tongbao/internal/rows"
)

var dimensions = []string{"district", "round", "year", "issuer"}

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
  tongbao compare --by district --across round -o compare.xlsx`,
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
				return a.found(len(table.Rows))
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&c.By, "by", "district", a.words("按什么分组：", "group by: ")+join(dimensions))
	flags.StringSliceVar(&c.Metrics, "metric", nil, a.words("指标，可以多个；不写则列出所有出现的", "headline figures; without it all that occur"))
	flags.StringVar(&c.Across, "across", "", a.words("并排的第二个维度：round", "second dimension, side by side: round"))
	flags.StringSliceVar(&c.Rounds, "round", nil, a.words("轮次，可以多个：按区县时并排", "rounds; by district several stand side by side"))
	a.selectionFlags(cmd, &c.Selection)
	out = a.outputFlags(cmd)
	return cmd
}

func (a *app) checkComparison(cmd *cobra.Command, c index.Comparison) error {
	checks := []error{
		oneOf(a, cmd, "by", c.By, dimensions),
		oneOf(a, cmd, "across", c.Across, []string{"round"}),
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

// writeComparison writes the table: what programs read has the group's key, the
// ids of its notices and of the facts behind the figures as well.
func (a *app) writeComparison(out *output, table index.Table) error {
	columns := []rows.Column{
		{Key: "key", Wide: true},
		{Key: "name", Label: a.dimensionLabel(table.By)},
		{Key: "city", Wide: true},
		{Key: "notices", Label: a.words("通报", "notices"), Type: rows.Whole},
	}
	for _, c := range table.Columns {
		label := a.metricLabel(c.Metric)
		if c.Round != "" {
			label += "\n" + c.Round
		}
		columns = append(columns, rows.Column{Key: c.Key, Label: label, Type: rows.Figure})
	}
	columns = append(columns, rows.Column{Key: "notice_ids", Type: rows.Raw}, rows.Column{Key: "facts", Type: rows.Raw})
	_, err := out.write(a, columns, func(w *rows.Writer) error {
		for _, r := range table.Rows {
			cells := []string{r.Key, r.Name, r.City, strconv.Itoa(len(r.Notices))}
			facts := map[string][]string{}
			for i, cell := range r.Cells {
				cells = append(cells, cell.Value)
				if len(cell.Facts) > 0 {
					facts[table.Columns[i].Key] = cell.Facts
				}
			}
			ids, err := json.Marshal(r.Notices)
			if err != nil {
				return err
			}
			behind, err := json.Marshal(facts)
			if err != nil {
				return err
			}
			if err := w.Row(append(cells, string(ids), string(behind)), nil); err != nil {
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

// dimensionLabel names what the rows of a comparison are.
func (a *app) dimensionLabel(by string) string {
	if !a.chinese {
		return by
	}
	return map[string]string{"district": "区县", "round": "轮次", "year": "年份", "issuer": "发布单位"}[by]
}
