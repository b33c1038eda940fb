package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"tongbao/index"
	"tongbao/internal/rows"
)

func auditCommand(a *app) *cobra.Command {
	var filter index.FindingFilter
	var check bool
	var out *output
	cmd := &cobra.Command{
		Use:   "audit",
		Short: a.words("核对：通报的数字彼此是否对得上", "whether the notices' own figures add up"),
		Long: a.words(`列出核对结果：办结率与分子分母、合计与分项、先后次序等。verdict：agrees 相符，truncated 截尾相符，
incomplete 分项不足合计，mismatch 不符。--check：有不符时退出码为 1。`,
			`Lists what the notices' figures say of one another: rates against their terms, totals against
their parts, the order of dates. verdict: agrees, truncated (only by cutting off), incomplete
(parts fall short of the total), mismatch. With --check a mismatch makes the exit code 1.`),
		Example: `  tongbao audit --verdict mismatch
  tongbao audit --round 浙江省委-14-11 -o audit.xlsx
  tongbao audit --check --quiet || echo look again`,
		Args: a.none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := oneOf(a, cmd, "verdict", filter.Verdict, verdicts); err != nil {
				return err
			}
			if err := a.checkSelection(cmd, filter.Selection); err != nil {
				return err
			}
			if err := out.settle(a, cmd); err != nil {
				return err
			}
			mismatches := 0
			err := a.reading(cmd.Context(), func(store index.Store) error {
				_, err := out.write(a, a.findingColumns(), func(w *rows.Writer) error {
					for f, err := range store.Findings(cmd.Context(), filter) {
						if err != nil {
							return err
						}
						if !f.Holds() {
							mismatches++
						}
						if err := writeFinding(w, &f, out.format); err != nil {
							return err
						}
					}
					return nil
				})
				return err
			})
			if err == nil && check && mismatches > 0 {
				a.note(a.words("%d 处不符", "%d mismatches"), mismatches)
				return exit(nothing)
			}
			return err
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&check, "check", false, a.words("有不符时退出码为 1", "exit code 1 where something does not hold"))
	flags.StringVar((*string)(&filter.Verdict), "verdict", "", a.words("结论：", "verdict: ")+join(verdicts))
	a.selectionFlags(cmd, &filter.Selection)
	out = a.outputFlags(cmd)
	return cmd
}

func (a *app) findingColumns() []rows.Column {
	return []rows.Column{
		{Key: "notice", Label: a.words("通报", "notice")},
		{Key: "notice_title", Wide: true},
		{Key: "notice_url", Wide: true},
		{Key: "notice_district", Label: a.words("区县", "district")},
		{Key: "notice_code", Wide: true},
		{Key: "notice_round", Label: a.words("轮次", "round"), Wide: true},
		{Key: "check", Label: a.words("核对", "check")},
		{Key: "verdict", Label: a.words("结论", "verdict")},
		{Key: "holds", Type: rows.Flag, Wide: true},
		{Key: "stated", Wide: true},
		{Key: "computed", Wide: true},
		{Key: "explain", Label: a.words("说明", "explanation")},
		{Key: "facts", Wide: true},
		{Key: "section", Label: a.words("段", "section")},
		{Key: "start", Type: rows.Whole, Wide: true},
		{Key: "end", Type: rows.Whole, Wide: true},
	}
}

func findingCells(f *index.FindingRow) []string {
	return []string{f.Notice.ID, f.Notice.Title, f.Notice.URL, f.Notice.District, f.Notice.Code, f.Notice.Round,
		string(f.Check), string(f.Verdict), strconv.FormatBool(f.Holds()), f.Stated, f.Computed, f.Explain,
		strings.Join(f.Facts, " "), f.Section, strconv.Itoa(f.PointStart), strconv.Itoa(f.PointEnd)}
}

func writeFinding(w *rows.Writer, f *index.FindingRow, format string) error {
	cells := findingCells(f)
	if !slices.Contains(recordFormats, format) {
		return w.Row(cells, nil)
	}
	record, err := f.JSON()
	if err != nil {
		return err
	}
	return w.Row(cells, record)
}
