package embedded

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"tongbao"
	"tongbao/index"
)

func factsOf(ctx context.Context, q querier, notice string) ([]tongbao.Fact, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+factColumns+` FROM facts f WHERE f.notice = ? ORDER BY f.rowid`, notice)
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

func findingsOf(ctx context.Context, q querier, notice string) ([]tongbao.Finding, error) {
	rows, err := q.QueryContext(ctx, `SELECT `+findingColumns+` FROM findings f WHERE f.notice = ? ORDER BY f.rowid`, notice)
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

// conditions gathers the WHERE of a query.
type conditions struct {
	parts []string
	args  []any
}

func (c *conditions) equal(column, value string) {
	if value != "" {
		c.parts = append(c.parts, column+" = ?")
		c.args = append(c.args, value)
	}
}

func (c *conditions) where() string {
	if len(c.parts) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(c.parts, " AND ")
}

// sources reads what the rows of facts or findings show of their notices,
// those of the selection.
func sources(ctx context.Context, q querier, which index.Selection) (map[string]index.Source, error) {
	found := map[string]index.Source{}
	err := eachNotice(ctx, q, which, func(n *tongbao.Notice) error {
		found[n.ID] = index.SourceOf(n)
		return nil
	})
	return found, err
}

// eachNotice visits the notices of a selection by their ids.
func eachNotice(ctx context.Context, q querier, which index.Selection, visit func(*tongbao.Notice) error) error {
	var where conditions
	where.equal("genre", string(which.Genre))
	if which.Notice != "" {
		where.parts = append(where.parts, "id >= ? AND id < ?")
		where.args = append(where.args, which.Notice, which.Notice+"\x7f")
	}
	rows, err := q.QueryContext(ctx, `SELECT `+noticeColumns+` FROM notices`+where.where()+` ORDER BY id`, where.args...)
	if err != nil {
		return fmt.Errorf("read notices: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var n tongbao.Notice
		if err := scanNotice(rows, &n); err != nil {
			return fmt.Errorf("read notices: %w", err)
		}
		if !which.Holds(&n) {
			continue
		}
		if err := visit(&n); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read notices: %w", err)
	}
	return nil
}

// Facts implements index.Store.
func (s *Store) Facts(ctx context.Context, filter index.FactFilter) iter.Seq2[index.FactRow, error] {
	return func(yield func(index.FactRow, error) bool) {
		if err := filter.Check(); err != nil {
			yield(index.FactRow{}, err)
			return
		}
		var where conditions
		where.equal("f.kind", string(filter.Kind))
		where.equal("f.category", filter.Category)
		where.equal("f.unit", filter.Unit)
		where.equal("f.metric", filter.Metric)
		if filter.Min != "" || filter.Max != "" {
			where.parts = append(where.parts, "f.value IS NOT NULL")
		}
		stopped := false
		err := s.eachRow(ctx, "facts", factColumns, filter.Selection, where, func(rows scanner, notice *string) (index.Source, bool, error) {
			return index.Source{}, false, nil
		}, nil)
		_ = stopped
		if err != nil {
			yield(index.FactRow{}, err)
		}
	}
}
