package main

import (
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"tongbao/index"
	"tongbao/index/datapackage"
)

func exportCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "export DIR",
		Short: a.words("把整个资料集写成数据包", "write the whole collection as a data package"),
		Long: a.words(`把通报、地址、章节、指标、事实、核对结果写成 CSV 和 Parquet，正文各写一个文件，并附 datapackage.json
（Frictionless 数据包第 2 版）和 README。同一个资料集写出的文件逐字节相同。文件夹以前若是导出的，整个替换；
里面若有别的东西，就不写。`,
			`Writes notices, addresses, outlines, headline figures, facts and findings as CSV and Parquet, a
file for each text, datapackage.json (a Frictionless data package, version 2) and a README. The
same collection gives the same bytes. A folder that an export wrote is replaced as a whole; one
that holds anything else is left alone.`),
		Example: `  tongbao export package/
  tongbao export -C hangzhou hangzhou-2021 && frictionless validate hangzhou-2021/datapackage.json
  duckdb -c "SELECT kind, count(*) FROM 'package/facts.parquet' GROUP BY kind"`,
		Args: a.exactlyOne("DIR"),
		RunE: func(cmd *cobra.Command, dirs []string) error {
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			return a.reading(ctx, func(store index.Store) error {
				sum, err := datapackage.Write(ctx, store, dirs[0], exportedFacts(), exportedFindings())
				if err != nil {
					return err
				}
				a.note(a.words("写入 %s：通报 %d，事实 %d，核对 %d，文件 %d 个", "%s: %d notices, %d facts, %d findings in %d files"),
					dirs[0], sum.Notices, sum.Facts, sum.Findings, sum.Files)
				return nil
			})
		},
	}
}

// exportedFacts are the facts with the columns of the command facts, in Chinese
// whatever the user speaks: a package is the same for all.
func exportedFacts() datapackage.Table {
	t := datapackage.Table{Name: "facts", Chinese: "事实", English: "facts, one a row, in reading order", Key: "id",
		Refers: []datapackage.Refers{{Column: "notice", Table: "notices", Key: "id"}, {Column: "numerator", Table: "facts", Key: "id"},
			{Column: "denominator", Table: "facts", Key: "id"}, {Column: "part_of", Table: "facts", Key: "id"}},
		Rows: func(s *datapackage.Subject) (all [][]string) {
			for i := range s.Facts {
				cells := make([]string, len(factColumns))
				for j, c := range factColumns {
					cells[j] = c.cell(&s.Facts[i])
				}
				all = append(all, cells)
			}
			return all
		}}
	for _, c := range factColumns {
		t.Columns = append(t.Columns, c.Column)
	}
	return t
}

// exportedFindings are the findings with the columns of the command audit.
func exportedFindings() datapackage.Table {
	return datapackage.Table{Name: "findings", Chinese: "核对结果", English: "what the notices' figures say of one another",
		Columns: (&app{chinese: true}).findingColumns(), Refers: []datapackage.Refers{{Column: "notice", Table: "notices", Key: "id"}},
		Rows: func(s *datapackage.Subject) (all [][]string) {
			for i := range s.Findings {
				all = append(all, findingCells(&s.Findings[i]))
			}
			return all
		}}
}
