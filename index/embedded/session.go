package embedded

import (
	"context"
	"database/sql"
	"fmt"
)

// querier is what asks the database.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// A session is a transaction that parses each statement once. It is for one
// goroutine; rows of a statement must be read before it is asked again.
type session struct {
	*sql.Tx
	prepared map[string]*sql.Stmt
}

// snapshot begins a session that sees one state of the collection.
func (s *Store) snapshot(ctx context.Context) (*session, error) {
	tx, err := s.reader.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, fmt.Errorf("read collection %s: %w", s.dir, err)
	}
	return &session{tx, map[string]*sql.Stmt{}}, nil
}

// change begins a session that writes.
func (s *Store) change(ctx context.Context) (*session, error) {
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("write collection %s: %w", s.dir, err)
	}
	return &session{tx, map[string]*sql.Stmt{}}, nil
}

func (s *session) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	if prepared := s.prepared[query]; prepared != nil {
		return prepared, nil
	}
	prepared, err := s.Tx.PrepareContext(ctx, query)
	if err == nil {
		s.prepared[query] = prepared // it ends with the transaction
	}
	return prepared, err
}

// QueryContext implements querier, as do the methods below.
func (s *session) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	prepared, err := s.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	return prepared.QueryContext(ctx, args...)
}

// QueryRowContext asks for one row.
func (s *session) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	prepared, err := s.statement(ctx, query)
	if err != nil {
		return s.Tx.QueryRowContext(ctx, query, args...) // the row tells the error
	}
	return prepared.QueryRowContext(ctx, args...)
}

// ExecContext changes something.
func (s *session) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	prepared, err := s.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	return prepared.ExecContext(ctx, args...)
}
