package rows

import (
	"cmp"
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// pretty writes what people read: a table drawn with lines, Markdown, HTML. It
// holds all rows until close, because widths depend on them.
type pretty struct {
	w     io.Writer
	table table.Writer
	o     Options
}

func newTable(w io.Writer, columns []Column, o Options) *pretty {
	// “ ” — ① are drawn one cell wide by today's terminals, also under zh_CN.
	text.OverrideRuneWidthEastAsianWidth(false)
	p := &pretty{w: w, table: table.NewWriter(), o: o}
	style := table.StyleLight
	style.Options.DrawBorder = false
	style.Options.SeparateColumns = false
	style.Format = table.FormatOptions{} // heads as they are, not in capitals
	style.HTML = table.HTMLOptions{EscapeText: true, Newline: "<br>"}
	p.table.SetStyle(style)
	p.table.SuppressTrailingSpaces()
	var head, groups table.Row
	var configs []table.ColumnConfig
	grouped := o.Format == "table" && slices.ContainsFunc(columns, func(c Column) bool { return c.Group != "" })
	for i, c := range columns {
		label := cmp.Or(c.Label, c.Key)
		if c.Group != "" && !grouped {
			label = c.Group + " " + label
		}
		head = append(head, label)
		if group := c.Group; i > 0 && group == columns[i-1].Group {
			groups = append(groups, "") // stands above the first of them
		} else {
			groups = append(groups, group)
		}
		config := table.ColumnConfig{Number: len(head)}
		if c.Type == Figure || c.Type == Whole {
			config.Align, config.AlignHeader = text.AlignRight, text.AlignRight
		} else if o.Format == "table" && o.Width > 0 {
			config.WidthMax, config.WidthMaxEnforcer = max(16, o.Width/3), text.WrapHard
		}
		configs = append(configs, config)
	}
	if grouped {
		p.table.AppendHeader(groups)
	}
	p.table.AppendHeader(head)
	p.table.SetColumnConfigs(configs)
	return p
}

func (p *pretty) row(cells []string, _ []byte) error {
	row := table.Row{}
	for _, cell := range cells {
		if p.o.Format != "html" {
			cell = oneLine.Replace(cell)
		}
		row = append(row, printable(cell))
	}
	p.table.AppendRow(row)
	return nil
}

// printable drops control characters: a page's text must not steer a terminal.
func printable(cell string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 {
			return -1
		}
		return r
	}, cell)
}

const page = `<!DOCTYPE html>
<html lang="zh-Hans"><head><meta charset="utf-8"><title>tongbao</title>
<style>body{font-family:sans-serif}table{border-collapse:collapse}th,td{border:1px solid #ccc;padding:.3em .6em}td[align=right]{font-variant-numeric:tabular-nums}</style>
</head><body>
`

// close draws the table; where there are no rows, people are not shown heads.
func (p *pretty) close() error {
	if p.table.Length() == 0 && p.o.Format == "table" {
		return nil
	}
	var out string
	switch p.o.Format {
	case "md":
		out = p.table.RenderMarkdown() + "\n"
	case "html":
		out = page + p.table.RenderHTML() + "\n</body></html>\n"
	default:
		out = p.table.Render() + "\n"
	}
	_, err := io.WriteString(p.w, out)
	return err
}
