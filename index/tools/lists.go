package tools

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"

	"tongbao"
	"tongbao/index"
)

const searchAbout = `Full-text search over the notices, best first, each with up to three passages and its addresses.
Query: words (all must match), "exact phrase", OR, -not, brackets, and fields: title: body: issuer: institution: district: province: round: team: genre: year: published:2021-01..2021-12, headline figures party_sanctions>=5. Example: "问题线索" district:江干区 year:2021 -信访`

type searchInput struct {
	Query  string   `json:"query" jsonschema:"what to look for: 追缴 OR 清退 district:江干区"`
	Facets []string `json:"facets,omitempty" jsonschema:"count all that match by these"`
	paging
}

// mostCounts is how many values of a facet an answer has, the most frequent.
const mostCounts = 20

type searchOutput struct {
	Total      int         `json:"total" jsonschema:"notices that match, on all pages"`
	Hits       []index.Hit `json:"hits" jsonschema:"marks are the matches, in code points of the notice's text"`
	Facets     []facet     `json:"facets,omitempty"`
	NextOffset int         `json:"next_offset,omitempty" jsonschema:"offset of the next page; absent on the last"`
}

type facet struct {
	index.Facet
	More int `json:"more,omitempty" jsonschema:"values left out: twenty are listed, the most frequent"`
}

func (c *collection) search(ctx context.Context, in searchInput) (out searchOutput, err error) {
	query, err := index.ParseQuery(in.Query, c.words)
	if err != nil {
		return out, err
	}
	result, err := c.store.Search(ctx, query, index.Page{Offset: in.Offset, Limit: in.limit(), Facets: in.Facets})
	if err != nil {
		return out, err
	}
	out = searchOutput{Total: result.Total, Hits: []index.Hit{}}
	for _, f := range result.Facets {
		more := max(len(f.Counts)-mostCounts, 0)
		f.Counts = f.Counts[:len(f.Counts)-more]
		out.Facets = append(out.Facets, facet{f, more})
	}
	p := page{paging: in.paging}
	for _, hit := range result.Hits {
		record, err := json.Marshal(hit)
		if err != nil {
			return out, err
		}
		if !p.takes(len(record)) {
			break
		}
		out.Hits = append(out.Hits, hit)
	}
	if next := in.Offset + len(out.Hits); len(out.Hits) > 0 && next < result.Total {
		out.NextOffset = next
	}
	return out, nil
}

const factsAbout = `Facts across the collection, notice by notice in reading order: counts, sanctions, percentages, ratios, money, institutions, dates, documents, deadlines, each with the exact words (quote), its section and offsets, and the notice it is from (notices).`

type factsInput struct {
	selection
	Kind     string `json:"kind,omitempty" jsonschema:"kind of fact"`
	Category string `json:"category,omitempty" jsonschema:"of a sanction (party, government, organisational, admonition, talk, justice, accountability) or an institution"`
	Unit     string `json:"unit,omitempty" jsonschema:"measure word or unit of money as printed: 人次, 件, 万元"`
	Metric   string `json:"metric,omitempty" jsonschema:"only facts from which this headline figure was taken"`
	What     string `json:"what,omitempty" jsonschema:"words of what is counted: 信访件"`
	Min      string `json:"min,omitempty" jsonschema:"least value, a decimal (money in yuan, rates in per cent)"`
	Max      string `json:"max,omitempty" jsonschema:"greatest value"`
	Before   string `json:"before,omitempty" jsonschema:"ISO day: facts of days before it, promises due before it"`
	From     string `json:"from,omitempty" jsonschema:"ISO day: facts of this day and later ones"`
	paging
}

type factsOutput struct {
	Facts      []factJSON        `json:"facts"`
	Notices    map[string]source `json:"notices" jsonschema:"where the facts are from, by the id in their field notice"`
	NextOffset int               `json:"next_offset,omitempty" jsonschema:"offset of the next page; absent on the last"`
}

func (c *collection) facts(ctx context.Context, in factsInput) (out factsOutput, err error) {
	filter := index.FactFilter{Selection: in.index(), Kind: tongbao.Kind(in.Kind), Category: in.Category, Unit: in.Unit, Metric: in.Metric,
		What: in.What, Min: in.Min, Max: in.Max, Before: in.Before, From: in.From}
	if err := filter.Check(); err != nil {
		return out, err
	}
	out = factsOutput{Facts: []factJSON{}, Notices: map[string]source{}}
	out.NextOffset, err = list(c.store.Facts(ctx, filter), in.paging, func(f *index.FactRow) ([]byte, error) { return f.JSON() }, func(f *index.FactRow, record []byte) {
		out.Facts, out.Notices[f.Notice.ID] = append(out.Facts, factJSON{record}), source(f.Notice)
	})
	return out, err
}

const auditAbout = `What the notices' own figures say of one another: rates against their terms, totals against their parts, the order of dates. verdict: agrees, truncated (agrees only by cutting off), incomplete (listed parts fall short of the total, which is allowed), mismatch (does not add up). explain is one line of Chinese; facts are the ids it rests on.`

type auditInput struct {
	selection
	Check   string `json:"check,omitempty" jsonschema:"what was compared"`
	Verdict string `json:"verdict,omitempty" jsonschema:"what came out: mismatch for what does not add up"`
	paging
}

type auditOutput struct {
	Findings   []findingJSON     `json:"findings"`
	Notices    map[string]source `json:"notices" jsonschema:"where the findings are from, by the id in their field notice"`
	NextOffset int               `json:"next_offset,omitempty" jsonschema:"offset of the next page; absent on the last"`
}

func (c *collection) audit(ctx context.Context, in auditInput) (out auditOutput, err error) {
	filter := index.FindingFilter{Selection: in.index(), Check: tongbao.Check(in.Check), Verdict: tongbao.Verdict(in.Verdict)}
	out = auditOutput{Findings: []findingJSON{}, Notices: map[string]source{}}
	out.NextOffset, err = list(c.store.Findings(ctx, filter), in.paging, func(f *index.FindingRow) ([]byte, error) { return f.JSON() }, func(f *index.FindingRow, record []byte) {
		out.Findings, out.Notices[f.Notice.ID] = append(out.Findings, findingJSON{record}), source(f.Notice)
	})
	return out, err
}

// list gives the records of a page to keep and returns the offset of the next
// page, 0 for none.
func list[Row any](rows iter.Seq2[Row, error], part paging, write func(*Row) ([]byte, error), keep func(*Row, []byte)) (int, error) {
	p := page{paging: part}
	for row, err := range rows {
		if err != nil {
			return 0, err
		}
		if p.skips() {
			continue
		}
		record, err := write(&row)
		if err != nil {
			return 0, fmt.Errorf("write record: %w", err)
		}
		if !p.takes(len(record)) {
			break
		}
		keep(&row, record)
	}
	return p.next, nil
}
