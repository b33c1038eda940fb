package gold

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
)

// scored are the kinds whose facts are scored, and the fields that must agree,
// in the order of the table.
var scored = []scoring{
	{"count", []string{"value", "unit"}},
	{"sanction", []string{"value", "category", "measure"}},
	{"percentage", []string{"value"}},
	{"ratio", []string{"value"}},
	{"money", []string{"value"}},
	{"date", []string{"from", "to"}},
	{"document", []string{"relation", "number"}},
	{"deadline", []string{"by"}},
}

type scoring struct {
	kind   string
	fields []string
}

var links = []string{"numerator", "denominator", "part_of"}

// A Row is a line of the table of scores. Shares that the row has no ground
// for are nil.
type Row struct {
	Name                  string
	Gold, Found, Right    int
	Precision, Recall, F1 *float64
	What, Links           *float64 // of the facts right, those whose name or tie is right
	FalseAlarms           *int
	considered            int  // what precision is a share of
	labelled, labels      int  // facts with a name to compare, and those right
	linked, ties          int  // ties to compare, and those right
	counted               bool // Found is a figure of this row
}

// An Error is a difference between annotation and reading.
type Error struct {
	Sort  string // missed, wrong, what, link, metric, notice, audit, false alarm
	Kind  string // the kind of fact, the field, the metric, the check
	Quote string
	Note  string // what was expected, or what was found in its place
}

// Scores are how a reading compares with an annotation.
type Scores struct {
	Rows   []Row
	Errors []Error
}

// A record is a JSON line of contract §3–§5.
type record = map[string]any

// A comparison is an annotation beside the records of a reading.
type comparison struct {
	*Gold
	notice          record
	facts, findings []record
	byID            map[string]record
	gold, found     places
	shift           int // of the annotation's text within the reading's, white space aside
	Scores
}

// Score compares an annotation with what `tongbao extract` printed of the same
// notice. A fact is right when its kind, its range and its fields are those of
// the annotation; a range is right when it starts and ends at the same
// characters of the body, white space left aside. For deadlines the day must
// be right and the ranges overlap. Institutions are scored by name.
func Score(g *Gold, output io.Reader) (Scores, error) {
	c := &comparison{Gold: g, notice: record{}, byID: map[string]record{}}
	if err := c.read(output); err != nil {
		return Scores{}, err
	}
	c.gold, c.found = newPlaces(g.Body), newPlaces(text(c.notice["text"]))
	c.shift = max(0, c.found.find(c.gold.first(30)))
	for _, s := range scored {
		c.kind(s.kind, s.fields)
	}
	facts := total(c.Rows)
	c.institutions()
	c.metrics()
	c.fields()
	c.audit()
	c.Rows = append(c.Rows, facts)
	return c.Scores, nil
}

// read sorts the records of the output; of several notices the first counts.
func (c *comparison) read(output io.Reader) error {
	lines := bufio.NewReader(output)
	for n := 1; ; n++ {
		line, end := lines.ReadString('\n')
		if strings.TrimSpace(line) != "" {
			r, err := object([]byte(line))
			if err != nil {
				return fmt.Errorf("read line %d of the records: %w", n, err)
			}
			switch r["type"] {
			case "notice":
				if len(c.notice) == 0 {
					c.notice = r
				}
			case "fact":
				c.facts = append(c.facts, r)
				c.byID[text(r["id"])] = r
			case "finding":
				c.findings = append(c.findings, r)
			}
		}
		if end == io.EOF {
			return nil
		}
		if end != nil {
			return fmt.Errorf("read the records: %w", end)
		}
	}
}

// A candidate is a fact of the reading and where it stands in the annotation's
// text without white space.
type candidate struct {
	record
	start, end int
	used       bool
}

// kind scores the facts of one kind.
func (c *comparison) kind(kind string, fields []string) {
	var want []*Fact
	for i := range c.Facts {
		if c.Facts[i].Kind == kind {
			want = append(want, &c.Facts[i])
		}
	}
	if len(want) == 0 && c.Complete != nil && !*c.Complete {
		return
	}
	var have []*candidate
	for _, f := range c.facts {
		if f["kind"] == kind {
			start, end := c.span(f)
			have = append(have, &candidate{record: f, start: start, end: end})
		}
	}
	row := Row{Name: kind, counted: true}
	for _, g := range want {
		hit := c.hit(g, have, fields)
		switch {
		case hit == nil && !g.Optional:
			c.miss("missed", kind, g.Quote, told(g.fields, fields))
		case hit != nil:
			hit.used = true
		}
		if !g.Optional {
			row.Gold++
			if hit != nil {
				row.Right++
				c.label(&row, g, hit)
			}
		}
	}
	row.Found = row.Right + c.wrong(kind, fields, want, have)
	row.considered = row.Found
	row.rate()
	c.Rows = append(c.Rows, row)
}

// hit is the first fact not used that is what the annotation asks for.
func (c *comparison) hit(g *Fact, have []*candidate, fields []string) *candidate {
	start, end := c.gold.squeezed[g.Start], c.gold.squeezed[g.End]
	for _, h := range have {
		near := h.start == start && h.end == end
		if g.Kind == "deadline" || g.Optional {
			near = h.start < end && start < h.end
		}
		if !h.used && near && !slices.ContainsFunc(fields, func(f string) bool { return normal(f, h.record[f]) != normal(f, g.fields[f]) }) {
			return h
		}
	}
	return nil
}

// wrong counts the facts that no annotation asked for; one that overlaps an
// optional one is not wrong.
func (c *comparison) wrong(kind string, fields []string, want []*Fact, have []*candidate) int {
	n := 0
	for _, h := range have {
		spare := slices.ContainsFunc(want, func(g *Fact) bool {
			return g.Optional && h.start < c.gold.squeezed[g.End] && c.gold.squeezed[g.Start] < h.end
		})
		if !h.used && !spare {
			n++
			c.miss("wrong", kind, text(h.record["quote"]), told(h.record, fields))
		}
	}
	return n
}

// label compares what is counted, and the ties to other facts.
func (c *comparison) label(row *Row, g *Fact, h *candidate) {
	if g.What != "" {
		row.labelled++
		what := strings.Join(strings.Fields(text(h.record["what"])), "")
		if what != "" && (strings.Contains(what, g.What) || strings.Contains(g.What, what)) {
			row.labels++
		} else {
			c.miss("what", g.Kind, g.Quote, fmt.Sprintf("%q for %q", what, g.What))
		}
	}
	for _, name := range links {
		at := g.link(name)
		if at == nil {
			continue
		}
		row.linked++
		if start, end := c.span(c.tied(h.record, name)); start == c.gold.squeezed[at[0]] && end == c.gold.squeezed[at[1]] {
			row.ties++
		} else {
			c.miss("link", g.Kind, g.Quote, name)
		}
	}
}

// tied is the fact that one is tied to; a part may be named by its total.
func (c *comparison) tied(f record, name string) record {
	if o, ok := c.byID[text(f[name])]; ok {
		return o
	}
	if name == "part_of" {
		for _, o := range c.facts {
			if parts, ok := o["parts"].([]any); ok && slices.Contains(parts, f["id"]) {
				return o
			}
		}
	}
	return nil
}

func (c *comparison) miss(sort, kind, quote, note string) {
	c.Errors = append(c.Errors, Error{sort, kind, quote, note})
}

// span is the range of a fact in the annotation's text without white space,
// -1 where it has none.
func (c *comparison) span(f record) (start, end int) {
	start, ok := c.found.at(f["start"])
	if !ok {
		return -1, -1
	}
	if end, ok = c.found.at(f["end"]); !ok {
		return -1, -1
	}
	return start - c.shift, end - c.shift
}
