package tools

import (
	"context"
	"encoding/json"
	"slices"

	"tongbao/index"
)

const compareAbout = `Headline figures side by side: a row a district, round, year or issuer, a column a metric (a metric in a round, where several rounds are named). A cell without value is a figure that is not stated, never a zero; computed marks a rate worked out of sums. facts are the ids of the facts behind a cell; all of them: the tool facts with the metric. Where no genre is named only reports of rectification are compared.`

// mostIDs is how many ids of notices and facts a row or cell lists.
const mostIDs = 10

type compareInput struct {
	By      string   `json:"by,omitempty" jsonschema:"what a row is; without it district"`
	Metrics []string `json:"metrics,omitempty" jsonschema:"columns; without it all that occur"`
	Rounds  []string `json:"rounds,omitempty" jsonschema:"only these inspection rounds; two and more stand side by side: 浙江省委-14-11"`
	Due     string   `json:"due,omitempty" jsonschema:"ISO day: count the promises due before it, and those still open, as well"`
	selection
	paging
}

type compareOutput struct {
	index.Table
	Total      int  `json:"total" jsonschema:"rows on all pages"`
	LeftTotal  int  `json:"left_total,omitempty" jsonschema:"notices that do not state what is grouped by; left has the ids of some"`
	Shortened  bool `json:"shortened,omitempty" jsonschema:"lists of ids are cut off after ten: narrow the selection, or ask facts with the metric"`
	NextOffset int  `json:"next_offset,omitempty" jsonschema:"offset of the next page; absent on the last"`
}

func (c *collection) compare(ctx context.Context, in compareInput) (out compareOutput, err error) {
	by := in.By
	if by == "" {
		by = index.ByDistrict
	}
	table, err := index.Compare(ctx, c.store, index.Comparison{By: by, Metrics: in.Metrics, Rounds: in.Rounds, Due: in.Due, Selection: in.index()})
	if err != nil {
		return out, err
	}
	out = compareOutput{Table: table, Total: len(table.Rows), LeftTotal: len(table.Left)}
	out.Rows = []index.Row{}
	out.Left = out.shorten(table.Left)
	p := page{paging: in.paging}
	for _, row := range table.Rows[min(in.Offset, len(table.Rows)):] {
		row.Notices = out.shorten(row.Notices)
		if row.Cells == nil {
			row.Cells = []index.Cell{}
		}
		for i := range row.Cells {
			cell := &row.Cells[i]
			cell.Notices, cell.Facts = out.shorten(cell.Notices), out.shorten(cell.Facts)
		}
		record, err := json.Marshal(row)
		if err != nil {
			return out, err
		}
		if !p.takes(len(record)) {
			break
		}
		out.Rows = append(out.Rows, row)
	}
	out.NextOffset = p.next
	return out, nil
}

// shorten cuts a list of ids off, and says that it did.
func (o *compareOutput) shorten(ids []string) []string {
	if len(ids) <= mostIDs {
		return ids
	}
	o.Shortened = true
	return slices.Clone(ids[:mostIDs])
}
