package main

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"tongbao/internal/divisions"
	"tongbao/internal/rows"
)

func divisionsCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "divisions",
		Short: a.words("行政区划：代码、隶属、年份、去向", "administrative divisions: codes, parents, years, successors"),
		Long: a.words("县级以上行政区划及其变迁（GB/T 2260）。NAME 可以是名称（江干区、江干）或六位代码。",
			"Divisions at county level and above with their history (GB/T 2260). NAME is a name (江干区, 江干)\nor a code of six digits."),
		Example: `  tongbao divisions find 鼓楼区
  tongbao divisions history 江干区
  tongbao divisions find 330104 --json`,
		RunE: func(cmd *cobra.Command, words []string) error {
			if len(words) > 0 {
				return a.unknown(cmd, words[0])
			}
			return cmd.Help()
		},
	}
	cmd.AddCommand(
		a.divisionCommand("find", a.words("这个名称或代码指过哪些区划", "every division that bore the name or code"),
			func(d divisions.Division) []divisions.Division { return []divisions.Division{d} }),
		a.divisionCommand("history", a.words("这个区划后来成了什么", "what became of a division"),
			func(d divisions.Division) []divisions.Division {
				return append([]divisions.Division{d}, divisions.Successors(d)...)
			}))
	return cmd
}

// divisionCommand lists, for every division of a name, what of it gives.
func (a *app) divisionCommand(verb, short string, of func(divisions.Division) []divisions.Division) *cobra.Command {
	var year int
	var out *output
	cmd := &cobra.Command{
		Use:     verb + " NAME",
		Short:   short,
		Long:    short,
		Example: "  tongbao divisions " + verb + " 江干区\n  tongbao divisions " + verb + " 江干区 --year 2020 -f csv",
		Args:    a.exactlyOne("NAME"),
		RunE: func(cmd *cobra.Command, names []string) error {
			if err := out.settle(a, cmd); err != nil {
				return err
			}
			n, err := out.write(a, a.divisionColumns(), func(w *rows.Writer) error {
				for _, d := range named(names[0], year) {
					for i, member := range of(d) {
						before := ""
						if i > 0 {
							before = d.Code
						}
						if err := w.Row(divisionCells(member, before), nil); err != nil {
							return err
						}
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
			return a.found(n)
		},
	}
	cmd.Flags().IntVar(&year, "year", 0, a.words("只要那一年存在的", "only those that stood in that year"))
	out = a.outputFlags(cmd)
	return cmd
}

// named returns the divisions of a name or a code that stood in the year.
func named(name string, year int) []divisions.Division {
	if len(name) == 6 && strings.Trim(name, "0123456789") == "" {
		if d, ok := divisions.ByCode(name, year); ok {
			return []divisions.Division{d}
		}
		return nil
	}
	var stood []divisions.Division
	for _, d := range divisions.Find(name) {
		if d.Stood(year) {
			stood = append(stood, d)
		}
	}
	return stood
}

func (a *app) divisionColumns() []rows.Column {
	return []rows.Column{
		{Key: "code", Label: a.words("代码", "code")},
		{Key: "name", Label: a.words("名称", "name")},
		{Key: "city", Label: a.words("市", "city")},
		{Key: "province", Label: a.words("省", "province")},
		{Key: "from", Label: a.words("始", "from"), Type: rows.Whole},
		{Key: "to", Label: a.words("止", "to"), Type: rows.Whole},
		{Key: "succeeds", Label: a.words("前身", "succeeds")},
		{Key: "now", Label: a.words("现为", "now")},
	}
}

func divisionCells(d divisions.Division, before string) []string {
	from, to := strconv.Itoa(d.From), ""
	if d.To != 0 {
		to = strconv.Itoa(d.To)
	}
	var now []string
	for _, s := range divisions.Successors(d) {
		now = append(now, s.Code+" "+s.Name)
	}
	return []string{d.Code, d.Name, d.City(d.From), d.Province(d.From), from, to, before, strings.Join(now, ", ")}
}
