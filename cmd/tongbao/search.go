package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"

	"tongbao"
	"tongbao/index"
	"tongbao/internal/rows"
	"tongbao/internal/segment"
)

func searchCommand(a *app) *cobra.Command {
	var page index.Page
	var out *output
	cmd := &cobra.Command{
		Use:   "search QUERY …",
		Short: a.words("检索通报，标出命中的段落", "search the notices and mark what matched"),
		Long: a.words(`按相关程度列出通报和命中的段落。加引号的词必须原样出现。--facets 不列通报，而是按区县、
轮次、年份、发布单位、体裁数出各有几份。没有命中，退出码为 1。`,
			`Lists the notices that match, best first, with the passages. Quoted words must occur as they
stand. With --facets counts all that match by district, round, year, issuer and genre instead.
Exit code 1 where nothing matches.`),
		Example: `  tongbao search 违规吃喝
  tongbao search '"问题线索" 办结率' --limit 5
  tongbao search '追缴 OR 清退 district:江干区 year:2021 -信访'
  tongbao search '诫勉 round:十四届省委第十一轮 genre:rectification party_sanctions>=5'
  tongbao search 追缴 --facets
  tongbao search 追缴 --facets=year,district -f csv
  tongbao search 追缴 --json | jq -r '[.id,.title] | @tsv'
  tongbao search 追缴 -f csv -o hits.csv`,
		Args: a.atLeastOne("QUERY"),
		RunE: func(cmd *cobra.Command, words []string) error {
			if page.Limit < 1 || page.Offset < 0 {
				return a.usage(cmd, a.words("--limit 至少为 1，--offset 不小于 0", "--limit must be at least 1 and --offset not below 0"))
			}
			for _, facet := range page.Facets {
				if err := oneOf(a, cmd, "facets", facet, index.Facets); err != nil {
					return err
				}
			}
			query, err := index.ParseQuery(strings.Join(words, " "), segment.New().Words)
			if err != nil {
				return a.usage(cmd, err.Error())
			}
			if err := out.settle(a, cmd); err != nil {
				return err
			}
			return a.reading(cmd.Context(), func(store index.Store) error {
				result, err := store.Search(cmd.Context(), query, page)
				if err != nil {
					return err
				}
				if len(page.Facets) > 0 {
					if err := a.writeFacets(out, result); err != nil {
						return err
					}
					return a.found(result.Total)
				}
				if out.format == "table" && out.file == "" {
					err = a.listHits(result, page.Offset)
				} else {
					_, err = out.write(a, hitColumns, func(w *rows.Writer) error { return writeHits(w, result.Hits) })
				}
				if err != nil {
					return err
				}
				if len(result.Hits) > 0 && result.Total > len(result.Hits) {
					a.note(a.words("共 %d 份，列出 %d 份（--limit、--offset）", "%d notices match, %d are listed (--limit, --offset)"), result.Total, len(result.Hits))
				}
				return a.found(len(result.Hits))
			})
		},
	}
	cmd.Flags().IntVar(&page.Limit, "limit", 10, a.words("最多几份", "how many at most"))
	cmd.Flags().IntVar(&page.Offset, "offset", 0, a.words("跳过前几份", "how many to pass over"))
	a.facetFlag(cmd, &page.Facets)
	out = a.outputFlags(cmd)
	return cmd
}

// hitColumns are the cells of a hit; a row of csv or xlsx has its passages in
// one cell, json and jsonl have the record.
var hitColumns = []rows.Column{
	{Key: "id"}, {Key: "score", Type: rows.Figure}, {Key: "title"}, {Key: "district"}, {Key: "round"},
	{Key: "published"}, {Key: "urls", Wide: true}, {Key: "passages"},
}

func writeHits(w *rows.Writer, hits []index.Hit) error {
	for _, h := range hits {
		var record bytes.Buffer
		encoder := json.NewEncoder(&record)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(h); err != nil {
			return err
		}
		var passages []string
		for _, p := range h.Passages {
			passages = append(passages, marked(p.Text, p.Start, p.Marks, bracketed))
		}
		cells := []string{h.ID, strconv.FormatFloat(h.Score, 'f', 4, 64), h.Title, h.District, h.Round, h.Published,
			strings.Join(h.URLs, " "), strings.Join(passages, " … ")}
		if err := w.Row(cells, bytes.TrimSpace(record.Bytes())); err != nil {
			return err
		}
	}
	return nil
}

// listHits prints hits for people: a line a notice, its passages below it.
func (a *app) listHits(result index.Result, offset int) error {
	mark, faint := bracketed, func(s string) string { return s }
	if a.colored(a.stdout) {
		text.EnableColors()
		mark, faint = painter(text.Bold, text.FgYellow), painter(text.Faint)
	}
	for i, h := range result.Hits {
		if i > 0 {
			fmt.Fprintln(a.stdout)
		}
		about := strings.Join(nonEmpty(h.ID, h.District, h.Round, h.Published), " · ")
		title := marked(h.Title, 0, h.TitleMarks, mark)
		fmt.Fprintf(a.stdout, "%d. %s\n   %s\n", offset+i+1, cmp.Or(title, a.words("（无标题）", "(no title)")), faint(printable(about)))
		for _, p := range h.Passages {
			fmt.Fprintf(a.stdout, "   %s\n", marked(p.Text, p.Start, p.Marks, mark))
		}
	}
	return a.stdout.Flush()
}

func bracketed(s string) string { return "【" + s + "】" }

// marked returns the words with every mark set off; words begin at byte start
// of the text that the marks count in. Line ends become spaces.
func marked(words string, start int, marks []tongbao.Span, mark func(string) string) string {
	var b strings.Builder
	at := 0
	for _, m := range marks {
		b.WriteString(words[at : m.Start-start])
		b.WriteString(mark(words[m.Start-start : m.End-start]))
		at = m.End - start
	}
	b.WriteString(words[at:])
	return strings.ReplaceAll(b.String(), "\n", " ")
}

func nonEmpty(words ...string) []string {
	var kept []string
	for _, w := range words {
		if w != "" {
			kept = append(kept, w)
		}
	}
	return kept
}

// painter returns a function that colours words.
func painter(colors ...text.Color) func(string) string {
	return func(words string) string { return text.Colors(colors).Sprint(words) }
}
