package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"tongbao"
	"tongbao/index"
	"tongbao/internal/rows"
)

func factsCommand(a *app) *cobra.Command {
	var filter index.FactFilter
	var limit int
	var out *output
	cmd := &cobra.Command{
		Use:   "facts",
		Short: a.words("列出资料集里的事实", "list facts across the collection"),
		Long: a.words(`按种类、类别、数值、指标、区县、轮次、年份筛选事实。表格只列要点；csv、xlsx、parquet 有全部栏目；
json、jsonl 是与 extract 相同的 fact 记录。没有符合的，退出码为 1。`,
			`Selects facts by kind, category, value, metric, district, round and year. A table shows the
gist; csv, xlsx and parquet have every field; json and jsonl are the fact records of extract.
Exit code 1 where none matches.`),
		Example: `  tongbao facts --kind sanction --category party --year 2021
  tongbao facts --kind money --min 1000000 -f csv --bom -o money.csv
  tongbao facts --metric party_sanctions --district 江干区 --json
  tongbao facts --kind deadline --before 2022-01-01 -o due.xlsx`,
		Args: a.none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.checkFacts(cmd, filter, out); err != nil {
				return err
			}
			return a.reading(cmd.Context(), func(store index.Store) error {
				n, err := out.write(a, a.factColumns(filter.Kind), func(w *rows.Writer) error {
					for f, err := range store.Facts(cmd.Context(), filter) {
						if err != nil {
							return err
						}
						if err := writeFact(w, &f, out.format); err != nil {
							return err
						}
						if w.Rows() == limit {
							break
						}
					}
					return nil
				})
				if err != nil {
					return err
				}
				return a.found(n)
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar((*string)(&filter.Kind), "kind", "", a.words("种类：", "kind: ")+join(tongbao.Kinds))
	flags.StringVar(&filter.Category, "category", "", a.words("处分或机构的类别：party、government、talk …", "category of a sanction or institution: party, government, talk …"))
	flags.StringVar(&filter.Unit, "unit", "", a.words("量词或货币单位：人次、件、万元", "measure word or unit of money: 人次, 件, 万元"))
	flags.StringVar(&filter.Metric, "metric", "", a.words("指标：party_sanctions …（见 compare --help）", "headline figure: party_sanctions … (see compare --help)"))
	flags.StringVar(&filter.What, "what", "", a.words("所数之物所含的字：信访件", "words of what is counted: 信访件"))
	flags.StringVar(&filter.Min, "min", "", a.words("数值下限（款项以元计，百分比以 % 计）", "least value (money in yuan, rates in per cent)"))
	flags.StringVar(&filter.Max, "max", "", a.words("数值上限", "greatest value"))
	flags.StringVar(&filter.Before, "before", "", a.words("早于这一`日`：承诺以期限计，日期以末日计（2021-12-31）", "before this `day`: promises by when they are due, dates by their last day (2021-12-31)"))
	flags.StringVar(&filter.From, "from", "", a.words("这一`日`起（含当日）", "from this `day` on"))
	flags.IntVar(&limit, "limit", 0, a.words("最多几条；0 为全部", "how many at most; 0 for all"))
	a.selectionFlags(cmd, &filter.Selection)
	out = a.outputFlags(cmd)
	return cmd
}

func (a *app) checkFacts(cmd *cobra.Command, filter index.FactFilter, out *output) error {
	for _, bound := range []struct{ flag, value string }{{"min", filter.Min}, {"max", filter.Max}} {
		if bound.value != "" && !rows.IsDecimal(bound.value) {
			return a.usage(cmd, fmt.Sprintf(a.words("--%s %q 不是数（写成 1000000 或 88.8）", "--%s %q is no number (write 1000000 or 88.8)"), bound.flag, bound.value))
		}
	}
	if err := filter.Check(); err != nil {
		return a.usage(cmd, err.Error())
	}
	for _, check := range []error{
		oneOf(a, cmd, "kind", filter.Kind, tongbao.Kinds),
		oneOf(a, cmd, "metric", filter.Metric, metricKeys()),
		a.checkSelection(cmd, filter.Selection),
	} {
		if check != nil {
			return check
		}
	}
	return out.settle(a, cmd)
}

// A factColumn is a column of the facts and how its cell is read.
type factColumn struct {
	rows.Column
	cell func(*index.FactRow) string
}

// factColumns are the columns of every format, in order. Those of the notice
// have its name in front; the others are the keys of contract §4.
var factColumns = []factColumn{
	{rows.Column{Key: "id", Wide: true}, func(f *index.FactRow) string { return f.ID }},
	{rows.Column{Key: "notice", Label: "通报"}, func(f *index.FactRow) string { return f.Notice.ID }},
	{rows.Column{Key: "notice_title", Wide: true}, func(f *index.FactRow) string { return f.Notice.Title }},
	{rows.Column{Key: "notice_url", Wide: true}, func(f *index.FactRow) string { return f.Notice.URL }},
	{rows.Column{Key: "notice_published", Wide: true}, func(f *index.FactRow) string { return f.Notice.Published }},
	{rows.Column{Key: "notice_district", Label: "区县"}, func(f *index.FactRow) string { return f.Notice.District }},
	{rows.Column{Key: "notice_code", Wide: true}, func(f *index.FactRow) string { return f.Notice.Code }},
	{rows.Column{Key: "notice_round", Label: "轮次"}, func(f *index.FactRow) string { return f.Notice.Round }},
	{rows.Column{Key: "kind", Label: "种类"}, func(f *index.FactRow) string { return string(f.Kind) }},
	{rows.Column{Key: "section", Wide: true}, func(f *index.FactRow) string { return f.Section }},
	{rows.Column{Key: "start", Type: rows.Whole, Wide: true}, func(f *index.FactRow) string { return strconv.Itoa(f.PointStart) }},
	{rows.Column{Key: "end", Type: rows.Whole, Wide: true}, func(f *index.FactRow) string { return strconv.Itoa(f.PointEnd) }},
	{rows.Column{Key: "quote", Label: "原文"}, func(f *index.FactRow) string { return f.Quote }},
	{rows.Column{Key: "value", Label: "数值", Type: rows.Figure}, func(f *index.FactRow) string { return f.Value }},
	{rows.Column{Key: "unit", Label: "单位"}, func(f *index.FactRow) string { return f.Unit }},
	{rows.Column{Key: "currency", Wide: true}, func(f *index.FactRow) string { return f.Currency }},
	{rows.Column{Key: "what", Label: "所指"}, func(f *index.FactRow) string { return f.What }},
	{rows.Column{Key: "category", Label: "类别"}, func(f *index.FactRow) string { return f.Category }},
	{rows.Column{Key: "measure", Wide: true}, func(f *index.FactRow) string { return f.Measure }},
	{rows.Column{Key: "implied", Type: rows.Flag, Wide: true}, func(f *index.FactRow) string { return truth(f.Implied) }},
	{rows.Column{Key: "metric", Label: "指标", Wide: true}, func(f *index.FactRow) string { return f.Metric }},
	{rows.Column{Key: "approx", Wide: true}, func(f *index.FactRow) string { return string(f.Approx) }},
	{rows.Column{Key: "min", Type: rows.Figure, Wide: true}, func(f *index.FactRow) string { return f.Min }},
	{rows.Column{Key: "max", Type: rows.Figure, Wide: true}, func(f *index.FactRow) string { return f.Max }},
	{rows.Column{Key: "period", Wide: true}, func(f *index.FactRow) string { return f.Period }},
	{rows.Column{Key: "direction", Wide: true}, func(f *index.FactRow) string { return f.Direction }},
	{rows.Column{Key: "numerator", Wide: true}, func(f *index.FactRow) string { return f.Numerator }},
	{rows.Column{Key: "denominator", Wide: true}, func(f *index.FactRow) string { return f.Denominator }},
	{rows.Column{Key: "part_of", Wide: true}, func(f *index.FactRow) string { return f.PartOf }},
	{rows.Column{Key: "parts", Wide: true}, func(f *index.FactRow) string { return strings.Join(f.Parts, " ") }},
	{rows.Column{Key: "name", Wide: true}, func(f *index.FactRow) string { return f.Name }},
	{rows.Column{Key: "canonical", Wide: true}, func(f *index.FactRow) string { return f.Canonical }},
	{rows.Column{Key: "code", Wide: true}, func(f *index.FactRow) string { return f.Code }},
	{rows.Column{Key: "from", Type: rows.Day, Wide: true}, func(f *index.FactRow) string { return f.From }},
	{rows.Column{Key: "to", Type: rows.Day, Wide: true}, func(f *index.FactRow) string { return f.To }},
	{rows.Column{Key: "granularity", Wide: true}, func(f *index.FactRow) string { return f.Granularity }},
	{rows.Column{Key: "title", Wide: true}, func(f *index.FactRow) string { return f.Title }},
	{rows.Column{Key: "number", Wide: true}, func(f *index.FactRow) string { return f.Number }},
	{rows.Column{Key: "relation", Wide: true}, func(f *index.FactRow) string { return f.Relation }},
	{rows.Column{Key: "action", Wide: true}, func(f *index.FactRow) string { return f.Action }},
	{rows.Column{Key: "trial", Type: rows.Flag, Wide: true}, func(f *index.FactRow) string { return truth(f.Trial) }},
	{rows.Column{Key: "by", Label: "期限", Type: rows.Day, Wide: true}, func(f *index.FactRow) string { return f.By }},
	{rows.Column{Key: "rule", Wide: true}, func(f *index.FactRow) string { return f.Rule }},
}

// truth spells a mark that is absent unless it is set.
func truth(set bool) string {
	if set {
		return "true"
	}
	return ""
}

// factColumns returns the heads, labelled in the language of the user. A table of
// promises says by when they are due.
func (a *app) factColumns(kind tongbao.Kind) []rows.Column {
	var heads []rows.Column
	for _, c := range factColumns {
		if c.Key == "by" && kind == tongbao.Deadline {
			c.Wide = false
		}
		if !a.chinese {
			c.Label = strings.TrimPrefix(c.Key, "notice_")
		}
		heads = append(heads, c.Column)
	}
	return heads
}

// recordFormats print records of the contract rather than cells.
var recordFormats = []string{"json", "jsonl"}

func writeFact(w *rows.Writer, f *index.FactRow, format string) error {
	if slices.Contains(recordFormats, format) {
		record, err := f.JSON()
		if err != nil {
			return err
		}
		return w.Row(make([]string, len(factColumns)), record)
	}
	cells := make([]string, len(factColumns))
	for i, c := range factColumns {
		cells[i] = c.cell(f)
	}
	return w.Row(cells, nil)
}
