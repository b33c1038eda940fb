// Package gold measures what the program reads against notices that people
// have annotated. Its figures are those of the reference scorer of the gold
// files, to the last digit; docs/annotating.md says how to make such a file.
package gold

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// A Gold is an annotated notice: what must be read, and from where.
type Gold struct {
	Notice       map[string]any `json:"notice"`       // fields of the notice, by name
	Body         string         `json:"body"`         // the text that the ranges refer to
	Facts        []Fact         `json:"facts"`        // every fact of the kinds that are scored
	Institutions []string       `json:"institutions"` // names that must be found
	Metrics      map[string]any `json:"metrics"`
	Audit        []Finding      `json:"audit"`
	Complete     *bool          `json:"complete"` // false: kinds without a fact are not annotated and not scored
}

// A Fact is what an annotator says must be read.
type Fact struct {
	Kind        string
	Quote       string
	What        string
	Start, End  int  // half-open, code points of Body
	Optional    bool // neither required nor wrong
	Numerator   *[2]int
	Denominator *[2]int
	PartOf      *[2]int
	fields      map[string]any
}

// A Finding is a result of the audit that must be reported.
type Finding struct {
	Check   string  `json:"check"`
	Quote   string  `json:"quote"` // of a fact that it rests on
	Holds   bool    `json:"holds"`
	Verdict *string `json:"verdict"` // nil: any
}

// UnmarshalJSON keeps all fields of the annotation beside those named.
func (f *Fact) UnmarshalJSON(data []byte) error {
	var named struct {
		Kind        string  `json:"kind"`
		Quote       string  `json:"quote"`
		What        string  `json:"what"`
		Start       int     `json:"start"`
		End         int     `json:"end"`
		Optional    bool    `json:"optional"`
		Numerator   *[2]int `json:"numerator"`
		Denominator *[2]int `json:"denominator"`
		PartOf      *[2]int `json:"part_of"`
	}
	if err := json.Unmarshal(data, &named); err != nil {
		return err
	}
	*f = Fact{Kind: named.Kind, Quote: named.Quote, What: named.What, Start: named.Start, End: named.End, Optional: named.Optional,
		Numerator: named.Numerator, Denominator: named.Denominator, PartOf: named.PartOf}
	fields, err := object(data)
	f.fields = fields
	return err
}

// link returns the range of the fact that this one is tied to under a name.
func (f *Fact) link(name string) *[2]int {
	switch name {
	case "numerator":
		return f.Numerator
	case "denominator":
		return f.Denominator
	}
	return f.PartOf
}

// Read reads a gold file and checks that its ranges hold the words quoted. The
// error names the first fact that does not.
func Read(from io.Reader) (*Gold, error) {
	decoder := json.NewDecoder(from)
	decoder.UseNumber()
	g := &Gold{}
	if err := decoder.Decode(g); err != nil {
		return nil, fmt.Errorf("read the annotation: %w", err)
	}
	if g.Body == "" {
		return nil, errors.New("read the annotation: it has no body, the text that the ranges refer to")
	}
	body := []rune(g.Body)
	for i, f := range g.Facts {
		if f.Kind != "" && !slices.ContainsFunc(scored, func(s scoring) bool { return s.kind == f.Kind }) {
			return nil, fmt.Errorf("read the annotation: fact %d (%q) has the kind %q, which is not scored: institutions have a list of their own", i+1, f.Quote, f.Kind)
		}
		if f.Start < 0 || f.End < f.Start || f.End > len(body) {
			return nil, fmt.Errorf("read the annotation: fact %d (%s %q) has the range %d–%d of a body of %d characters", i+1, f.Kind, f.Quote, f.Start, f.End, len(body))
		}
		if words := string(body[f.Start:f.End]); f.Quote != "" && words != f.Quote {
			return nil, fmt.Errorf("read the annotation: fact %d (%s) quotes %q, but at %d–%d stands %q", i+1, f.Kind, f.Quote, f.Start, f.End, words)
		}
		for _, name := range links {
			if at := f.link(name); at != nil && (at[0] < 0 || at[1] < at[0] || at[1] > len(body)) {
				return nil, fmt.Errorf("read the annotation: fact %d (%s %q): %s has the range %d–%d of a body of %d characters", i+1, f.Kind, f.Quote, name, at[0], at[1], len(body))
			}
		}
	}
	return g, nil
}

// object reads a JSON object, its numbers as printed.
func object(data []byte) (map[string]any, error) {
	decoder := json.NewDecoder(strings.NewReader(string(data)))
	decoder.UseNumber()
	var fields map[string]any
	err := decoder.Decode(&fields)
	return fields, err
}

// Document is the annotated notice as a plain text: its title and source as
// far as the annotation has them, then the body.
func (g *Gold) Document() string {
	var lines []string
	for _, field := range []struct{ label, key string }{{"", "title"}, {"来源：", "source"}, {"发布时间：", "published"}} {
		if value := text(g.Notice[field.key]); value != "" {
			lines = append(lines, field.label+value)
		}
	}
	return strings.Join(append(lines, g.Body), "\n")
}
