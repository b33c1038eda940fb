package embedded

import "context"

// SetSchema pretends that another program made the tables.
func (s *Store) SetSchema(ctx context.Context, version int64) error {
	return setNumber(ctx, s.writer, rowSchema, version)
}
