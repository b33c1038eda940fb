package embedded

import (
	"context"
	"fmt"
	"iter"
	"math"
	"strconv"
	"strings"

	"tongbao"
	"tongbao/index"
)

func factsOf(ctx context.Context, q querier, on shelf, key int64) ([]tongbao.Fact, error) {
	first, end := rowsOf(key)
	rows, err := q.QueryContext(ctx, `SELECT `+factColumns+` FROM `+on.table("facts")+` f WHERE f.rowid >= ? AND f.rowid < ? ORDER BY f.rowid`, first, end)
	if err != nil {
		return nil, fmt.Errorf("read facts: %w", err)
	}
	defer rows.Close()
	var facts []tongbao.Fact
	for rows.Next() {
		var f tongbao.Fact
		var start, end int
		if err := scanFact(rows, &f, &start, &end); err != nil {
			return nil, fmt.Errorf("read facts: %w", err)
		}
		facts = append(facts, f)
	}
	return facts, rows.Err()
}

func findingsOf(ctx context.Context, q querier, on shelf, key int64) ([]tongbao.Finding, error) {
	first, end := rowsOf(key)
	rows, err := q.QueryContext(ctx, `SELECT `+findingColumns+` FROM `+on.table("findings")+` f WHERE f.rowid >= ? AND f.rowid < ? ORDER BY f.rowid`, first, end)
	if err != nil {
		return nil, fmt.Errorf("read findings: %w", err)
	}
	defer rows.Close()
	var findings []tongbao.Finding
	for rows.Next() {
		var f tongbao.Finding
		var start, end int
		if err := scanFinding(rows, &f, &start, &end); err != nil {
			return nil, fmt.Errorf("read findings: %w", err)
		}
		findings = append(findings, f)
	}
	return findings, rows.Err()
}

// pageSize is how many notices' heads are read at a time.
const pageSize = 256

// A head is a notice without text, outline and figures, and its key.
type head struct {
	tongbao.Notice
	key int64
}

// heads yields the heads of a selection's notices by their ids.
func heads(ctx context.Context, q querier, which index.Selection) iter.Seq2[*head, error] {
	return func(yield func(*head, error) bool) {
		after := ""
		for {
			page, err := headsAfter(ctx, q, which, after)
			if err != nil {
				yield(nil, fmt.Errorf("read notices: %w", err))
				return
			}
			for i := range page {
				if which.Holds(&page[i].Notice) && !yield(&page[i], nil) {
					return
				}
			}
			if len(page) < pageSize {
				return
			}
			after = page[len(page)-1].ID
		}
	}
}

func headsAfter(ctx context.Context, q querier, which index.Selection, after string) ([]head, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+noticeColumns+`, key FROM notices WHERE id > ? AND id >= ? AND id < ? ORDER BY id LIMIT ?`,
		after, which.Notice, which.Notice+"\x7f", pageSize)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	page := make([]head, 0, pageSize)
	for rows.Next() {
		page = append(page, head{})
		h := &page[len(page)-1]
		if err := scanNotice(rows, &h.Notice, &h.key); err != nil {
			return nil, err
		}
	}
	return page, rows.Err()
}

// Notices implements index.Store.
func (s *Store) Notices(ctx context.Context, which index.Selection) iter.Seq2[index.Summary, error] {
	return func(yield func(index.Summary, error) bool) {
		tx, err := s.snapshot(ctx)
		if err != nil {
			yield(index.Summary{}, err)
			return
		}
		defer tx.Rollback()
		for n, err := range heads(ctx, tx, which) {
			var summary index.Summary
			if err == nil {
				summary.Notice = &n.Notice
				n.Metrics, summary.MetricFacts, err = metricsOf(ctx, tx, present, n.key)
			}
			if err == nil {
				n.URLs, err = addresses(ctx, tx, present, n.ID)
			}
			if !yield(summary, err) || err != nil {
				return
			}
		}
	}
}

// Facts implements index.Store.
func (s *Store) Facts(ctx context.Context, filter index.FactFilter) iter.Seq2[index.FactRow, error] {
	var where strings.Builder
	var args []any
	for _, c := range []struct{ column, value string }{{"f.kind", string(filter.Kind)}, {"f.category", filter.Category},
		{"f.unit", filter.Unit}, {"f.metric", filter.Metric}} {
		if c.value != "" {
			where.WriteString(" AND " + c.column + " = ?")
			args = append(args, c.value)
		}
	}
	for _, c := range []struct {
		condition string
		bound     any
	}{{" AND CAST(f.value AS REAL) >= ?", nearly(filter.Min, -1)}, {" AND CAST(f.value AS REAL) <= ?", nearly(filter.Max, 1)}} {
		if c.bound != nil {
			where.WriteString(c.condition)
			args = append(args, c.bound)
		}
	}
	query := `SELECT ` + factColumns + ` FROM facts f WHERE f.rowid >= ? AND f.rowid < ?` + where.String() + ` ORDER BY f.rowid`
	return func(yield func(index.FactRow, error) bool) {
		if err := filter.Check(); err != nil {
			yield(index.FactRow{}, err)
			return
		}
		err := s.each(ctx, filter.Selection, query, args, func(rows scanner, from index.Source) (bool, error) {
			row := index.FactRow{Notice: from}
			if err := scanFact(rows, &row.Fact, &row.PointStart, &row.PointEnd); err != nil {
				return false, err
			}
			return !filter.Holds(&row.Fact) || yield(row, nil), nil
		})
		if err != nil {
			yield(index.FactRow{}, fmt.Errorf("read facts: %w", err))
		}
	}
}

// nearly moves a bound a little outwards, so that SQLite, which compares
// floating point numbers, leaves out only what is far from it; the exact
// comparison is FactFilter.Holds.
func nearly(bound string, direction float64) any {
	value, err := strconv.ParseFloat(bound, 64)
	if err != nil {
		return nil
	}
	return value + direction*(math.Abs(value)*1e-9+1e-9)
}

// Findings implements index.Store.
func (s *Store) Findings(ctx context.Context, filter index.FindingFilter) iter.Seq2[index.FindingRow, error] {
	query := `SELECT ` + findingColumns + ` FROM findings f WHERE f.rowid >= ? AND f.rowid < ? ORDER BY f.rowid`
	return func(yield func(index.FindingRow, error) bool) {
		err := s.each(ctx, filter.Selection, query, nil, func(rows scanner, from index.Source) (bool, error) {
			row := index.FindingRow{Notice: from}
			if err := scanFinding(rows, &row.Finding, &row.PointStart, &row.PointEnd); err != nil {
				return false, err
			}
			return !filter.Holds(&row.Finding) || yield(row, nil), nil
		})
		if err != nil {
			yield(index.FindingRow{}, fmt.Errorf("read findings: %w", err))
		}
	}
}

// each runs a query whose first arguments bound a notice's rows for every
// notice of the selection, until visit returns false or an error.
func (s *Store) each(ctx context.Context, which index.Selection, query string, args []any,
	visit func(scanner, index.Source) (bool, error)) error {
	tx, err := s.snapshot(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for n, err := range heads(ctx, tx, which) {
		if err != nil {
			return err
		}
		first, end := rowsOf(n.key)
		rows, err := tx.QueryContext(ctx, query, append([]any{first, end}, args...)...)
		if err != nil {
			return err
		}
		more, from := true, index.SourceOf(&n.Notice)
		for more && err == nil && rows.Next() {
			more, err = visit(rows, from)
		}
		if err == nil {
			err = rows.Err()
		}
		rows.Close()
		if err != nil || !more {
			return err
		}
	}
	return nil
}
