package embedded

import (
	"context"
	"fmt"
	"strings"
)

// rowsAtOnce is how many rows one statement writes.
const rowsAtOnce = 32

// Most columns of a fact are NULL: which ones depends on its kind. An inserter
// gathers the rows that set the same columns and writes them with a statement
// of just those, many rows at a time. It lives as long as one transaction.
type inserter struct {
	table   string
	columns []string // the first one is the rowid, so that the order is kept
	shapes  map[uint64]*shape
}

// A shape is the rows that set the same columns.
type shape struct {
	columns   []string
	args      []any
	one, many string // statements
}

// insertion returns an inserter for a table of up to 64 columns.
func insertion(table, columns string) *inserter {
	split := strings.Split(columns, ",")
	for i := range split {
		split[i] = strings.TrimSpace(split[i])
	}
	return &inserter{table: table, columns: append([]string{"rowid"}, split...), shapes: map[uint64]*shape{}}
}

// keyBits is how many bits of a rowid count a notice's rows.
const keyBits = 20

// rowsOf returns the rowids that a notice's facts, findings or metrics have:
// first is that of the first one, all are below end.
func rowsOf(key int64) (first, end int64) { return key << keyBits, (key + 1) << keyBits }

// add takes a row, nil for NULL.
func (in *inserter) add(ctx context.Context, tx *session, row []any) error {
	var set uint64
	for i, v := range row {
		if v != nil {
			set |= 1 << i
		}
	}
	s := in.shapes[set]
	if s == nil {
		s = &shape{}
		for i, column := range in.columns {
			if set&(1<<i) != 0 {
				s.columns = append(s.columns, column)
			}
		}
		in.shapes[set] = s
	}
	for _, v := range row {
		if v != nil {
			s.args = append(s.args, v)
		}
	}
	if len(s.args) < rowsAtOnce*len(s.columns) {
		return nil
	}
	defer s.empty()
	return in.write(ctx, tx, &s.many, s, rowsAtOnce, s.args)
}

// flush writes what is left.
func (in *inserter) flush(ctx context.Context, tx *session) error {
	for _, s := range in.shapes {
		for rest := s.args; len(rest) > 0; rest = rest[len(s.columns):] {
			if err := in.write(ctx, tx, &s.one, s, 1, rest[:len(s.columns)]); err != nil {
				return err
			}
		}
		s.empty()
	}
	return nil
}

func (s *shape) empty() {
	clear(s.args)
	s.args = s.args[:0]
}

func (in *inserter) write(ctx context.Context, tx *session, statement *string, s *shape, rows int, args []any) error {
	if *statement == "" {
		row := "(?" + strings.Repeat(",?", len(s.columns)-1) + ")"
		*statement = "INSERT INTO " + in.table + " (" + strings.Join(s.columns, ",") + ") VALUES " + row + strings.Repeat(","+row, rows-1)
	}
	if _, err := tx.ExecContext(ctx, *statement, args...); err != nil {
		return fmt.Errorf("write %s: %w", in.table, err)
	}
	return nil
}
