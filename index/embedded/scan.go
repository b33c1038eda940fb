package embedded

import (
	"encoding/json"
	"fmt"
	"time"

	"tongbao"
)

// scanner is a row of the database.
type scanner interface{ Scan(...any) error }

// optText reads NULL as "".
type optText struct{ to *string }

func opt(to *string) optText { return optText{to} }

// Scan implements sql.Scanner.
func (o optText) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*o.to = ""
	case string:
		*o.to = v
	case []byte:
		*o.to = string(v)
	default:
		return fmt.Errorf("text expected, found %T", v)
	}
	return nil
}

// optNumber reads NULL as 0.
type optNumber struct{ to *int }

// Scan implements sql.Scanner.
func (o optNumber) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*o.to = 0
	case int64:
		*o.to = int(v)
	default:
		return fmt.Errorf("number expected, found %T", v)
	}
	return nil
}

// optFlag reads NULL as false.
type optFlag struct{ to *bool }

// Scan implements sql.Scanner.
func (o optFlag) Scan(v any) error {
	n, _ := v.(int64)
	*o.to = n != 0
	return nil
}

// optList reads a JSON array, NULL as none.
type optList struct{ to *[]string }

// Scan implements sql.Scanner.
func (o optList) Scan(v any) error {
	*o.to = nil
	s, _ := v.(string)
	if s == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(s), o.to); err != nil {
		return fmt.Errorf("list expected: %w", err)
	}
	return nil
}

const factColumns = `f.id, f.kind, f.section, f.start, f."end", f.quote,
	f.value, f.unit, f.currency, f.what, f.category, f.measure, f.implied, f.metric,
	f.approx, f.min, f.max, f.period, f.direction, f.numerator, f.denominator, f.part_of, f.parts,
	f.name, f.canonical, f.code, f."from", f."to", f.granularity,
	f.title, f.number, f.relation, f.action, f.trial, f.by, f.rule, f.byte_start, f.byte_end`

// scanFact reads a row of factColumns and, behind them, more.
func scanFact(row scanner, f *tongbao.Fact, start, end *int, more ...any) error {
	targets := []any{&f.ID, (*string)(&f.Kind), opt(&f.Section), start, end, &f.Quote,
		opt(&f.Value), opt(&f.Unit), opt(&f.Currency), opt(&f.What), opt(&f.Category), opt(&f.Measure), optFlag{&f.Implied}, opt(&f.Metric),
		opt((*string)(&f.Approx)), opt(&f.Min), opt(&f.Max), opt(&f.Period), opt(&f.Direction), opt(&f.Numerator), opt(&f.Denominator), opt(&f.PartOf), optList{&f.Parts},
		opt(&f.Name), opt(&f.Canonical), opt(&f.Code), opt(&f.From), opt(&f.To), opt(&f.Granularity),
		opt(&f.Title), opt(&f.Number), opt(&f.Relation), opt(&f.Action), optFlag{&f.Trial}, opt(&f.By), opt(&f.Rule), &f.Span.Start, &f.Span.End}
	return row.Scan(append(targets, more...)...)
}

const findingColumns = `f."check", f.verdict, f.stated, f.computed, f.explain, f.facts, f.section, f.start, f."end", f.byte_start, f.byte_end`

// scanFinding reads a row of findingColumns and, behind them, more.
func scanFinding(row scanner, f *tongbao.Finding, start, end *int, more ...any) error {
	targets := []any{(*string)(&f.Check), (*string)(&f.Verdict), opt(&f.Stated), opt(&f.Computed), opt(&f.Explain), optList{&f.Facts},
		opt(&f.Section), start, end, &f.Span.Start, &f.Span.End}
	return row.Scan(append(targets, more...)...)
}

// optTime reads a time of the queue, NULL and "" as zero.
type optTime struct{ to *time.Time }

// Scan implements sql.Scanner.
func (o optTime) Scan(v any) (err error) {
	*o.to = time.Time{}
	switch v := v.(type) {
	case time.Time:
		*o.to = v.UTC()
	case string:
		if v != "" {
			*o.to, err = time.Parse(stamp, v)
		}
	}
	return err
}
