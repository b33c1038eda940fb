package embedded

import (
	"context"
	"fmt"
)

// Remove deletes a notice, present or earlier, with all that was read out of
// it, and forgets that its addresses were read: a later run over them reads
// them again. id is complete, or the beginning of an id as Notice takes it.
func (s *Store) Remove(ctx context.Context, id string) error {
	return s.alter(ctx, "remove notice "+id, func(tx *session) error {
		whole, on, err := s.resolve(ctx, tx, id)
		if err != nil {
			return err
		}
		revision, err := number(ctx, tx, rowRevision)
		if err != nil {
			return err
		}
		p := &putting{tx: tx, revision: revision + 1, related: relating{q: tx}}
		var key int64
		if err := tx.QueryRowContext(ctx, `SELECT key FROM `+on.table("notices")+` WHERE id = ?`, whole).Scan(&key); err != nil {
			return err
		}
		if on == present {
			if err := p.related.forget(ctx, key); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO removed VALUES (?, ?)`, key, p.revision); err != nil {
				return err
			}
			if err := setNumber(ctx, tx, rowRevision, p.revision); err != nil {
				return err
			}
		}
		if err := p.remove(ctx, on, key); err != nil {
			return err
		}
		for _, statement := range []string{
			`DELETE FROM documents WHERE notice = ?`,
			`DELETE FROM history WHERE notice = ?`,
			`DELETE FROM similar WHERE ?1 IN (notice, other)`,
		} {
			if _, err := tx.ExecContext(ctx, statement, whole); err != nil {
				return fmt.Errorf("notice %s: %w", whole, err)
			}
		}
		return nil
	})
}
