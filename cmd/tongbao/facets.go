package main

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"tongbao/index"
	"tongbao/internal/rows"
)

// facetFlag gives search the flag that counts instead of listing.
func (a *app) facetFlag(cmd *cobra.Command, facets *[]string) {
	flags := cmd.Flags()
	flags.StringSliceVar(facets, "facets", nil, a.words("不列通报，数出各有几份：", "count what matches instead of listing it, by: ")+join(index.Facets))
	flags.Lookup("facets").NoOptDefVal = strings.Join(index.Facets, ",")
}

// writeFacets writes a row for each value of each facet.
func (a *app) writeFacets(out *output, result index.Result) error {
	columns := []rows.Column{
		{Key: "facet", Label: a.words("按", "facet")},
		{Key: "key", Wide: true},
		{Key: "name", Label: a.words("值", "value")},
		{Key: "notices", Label: a.words("通报", "notices"), Type: rows.Whole},
	}
	_, err := out.write(a, columns, func(w *rows.Writer) error {
		for _, facet := range result.Facets {
			name := facet.By
			if out.format == "table" {
				name = a.dimensionLabel(facet.By)
			}
			for _, count := range facet.Counts {
				if err := w.Row([]string{name, count.Key, count.Name, strconv.Itoa(count.Notices)}, nil); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return err
}
