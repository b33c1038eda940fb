package embedded

import (
	"encoding/json"

	"tongbao"
)

// text writes "" as NULL: absent is absent.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func count(n int) any {
	if n == 0 {
		return nil
	}
	return int64(n)
}

func flag(b bool) any {
	if !b {
		return nil
	}
	return int64(1)
}

// list writes a list as a JSON array, an empty one as NULL.
func list(values []string) any {
	if len(values) == 0 {
		return nil
	}
	return jsonText(values)
}

func jsonText(v any) any {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // plain structs of strings and numbers: cannot be
	}
	return string(b)
}

// factNames are the columns of table facts in the order of factRow, which
// puts the row's number before them.
const factNames = `notice, id, kind, section, start, "end", quote,
	value, unit, currency, what, category, measure, implied, metric,
	approx, min, max, period, direction, numerator, denominator, part_of, parts,
	name, canonical, code, "from", "to", granularity,
	title, number, relation, action, trial, by, rule, byte_start, byte_end`

func factRow(row int64, notice string, f *tongbao.Fact, points tongbao.CodePoints) []any {
	return []any{row, notice, f.ID, string(f.Kind), text(f.Section), points.At(f.Start), points.At(f.End), f.Quote,
		text(f.Value), text(f.Unit), text(f.Currency), text(f.What), text(f.Category), text(f.Measure), flag(f.Implied), text(f.Metric),
		text(string(f.Approx)), text(f.Min), text(f.Max), text(f.Period), text(f.Direction), text(f.Numerator), text(f.Denominator), text(f.PartOf), list(f.Parts),
		text(f.Name), text(f.Canonical), text(f.Code), text(f.From), text(f.To), text(f.Granularity),
		text(f.Title), text(f.Number), text(f.Relation), text(f.Action), flag(f.Trial), text(f.By), text(f.Rule),
		f.Start, f.End}
}

// findingNames are the columns of table findings in the order of findingRow.
const findingNames = `notice, "check", verdict, holds, stated, computed, explain, facts, section, start, "end", byte_start, byte_end`

func findingRow(row int64, notice string, f *tongbao.Finding, points tongbao.CodePoints) []any {
	return []any{row, notice, string(f.Check), string(f.Verdict), f.Holds(), text(f.Stated), text(f.Computed),
		text(f.Explain), list(f.Facts), text(f.Section), points.At(f.Start), points.At(f.End), f.Start, f.End}
}

// metricNames are the columns of table metrics.
const metricNames = `notice, metric, value, fact`

// noticeColumns are what noticeRow gives and scanNotice takes.
const noticeColumns = `id, url, title, source, published, signed, genre, authority,
	round, round_authority, congress, round_number, team, issuer,
	inspected, code, district, city, province, abolished, now,
	inspection_from, inspection_to, feedback, contact`

func noticeRow(n *tongbao.Notice, url string) []any {
	round, body, period := tongbao.Round{}, tongbao.InspectedBody{}, tongbao.Period{}
	if n.Round != nil {
		round = *n.Round
	}
	if n.Inspected != nil {
		body = *n.Inspected
	}
	if n.Inspection != nil {
		period = *n.Inspection
	}
	var now, contact any
	if len(body.Now) > 0 {
		now = jsonText(body.Now)
	}
	if n.Contact != nil {
		contact = jsonText(n.Contact)
	}
	return []any{n.ID, text(url), text(n.Title), text(n.Source), text(n.Published), text(n.Signed), text(string(n.Genre)), text(n.Authority),
		text(round.ID), text(round.Authority), count(round.Congress), count(round.Number), text(n.Team), text(n.Issuer),
		text(body.Name), text(body.Code), text(body.District), text(body.City), text(body.Province), text(body.Abolished), now,
		text(period.From), text(period.To), text(n.Feedback), contact}
}

// section is an outline's node as table texts keeps it: offsets in code points.
type section struct {
	Path     string    `json:"path"`
	Heading  string    `json:"heading,omitempty"`
	Problem  string    `json:"problem,omitempty"`
	Start    int       `json:"start"`
	End      int       `json:"end"`
	Sections []section `json:"sections,omitempty"`
}

func packSections(sections []tongbao.Section, points tongbao.CodePoints) []section {
	packed := make([]section, 0, len(sections))
	for _, s := range sections {
		packed = append(packed, section{s.Path, s.Heading, s.Problem, points.At(s.Start), points.At(s.End), packSections(s.Sections, points)})
	}
	return packed
}

func unpackSections(packed []section, bytes []int) []tongbao.Section {
	var sections []tongbao.Section
	for _, s := range packed {
		if s.Start < 0 || s.End < s.Start || s.End >= len(bytes) {
			continue
		}
		sections = append(sections, tongbao.Section{Path: s.Path, Heading: s.Heading, Problem: s.Problem,
			Span: tongbao.Span{Start: bytes[s.Start], End: bytes[s.End]}, Sections: unpackSections(s.Sections, bytes)})
	}
	return sections
}

// byteOffsets returns the byte at which each code point of text begins, and
// len(text) at the end.
func byteOffsets(text string) []int {
	offsets := make([]int, 0, len(text)/3+2)
	for i := range text {
		offsets = append(offsets, i)
	}
	return append(offsets, len(text))
}
