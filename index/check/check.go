// Package check compares a collection with the archive of what was fetched for
// it. What the database and the index say of each other is checked by the store.
package check

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"tongbao/index"
	"tongbao/internal/archive"
)

// Archive reads the whole archive in a folder, and every page that an address
// of the collection was fetched as, and yields a line for each thing that is
// wrong: records that cannot be read, places where there is no record, pages that are not the bytes that were read. A last
// record that a kill left half is none: the next run cuts it off. An error ends
// it.
func Archive(ctx context.Context, queue index.Queue, dir string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		files, err := os.ReadDir(dir)
		if err != nil {
			yield("", fmt.Errorf("look for the archive: %w", err))
			return
		}
		for _, file := range files {
			if !strings.Contains(file.Name(), ".warc") {
				continue
			}
			for _, err := range archive.Records(filepath.Join(dir, file.Name())) {
				if ended := ctx.Err(); ended != nil {
					yield("", ended)
					return
				}
				if err != nil && !errors.Is(err, archive.ErrUnfinished) && !yield(err.Error(), nil) {
					return
				}
			}
		}
		for a, err := range queue.Addresses(ctx, 0, "") {
			if err != nil {
				yield("", err)
				return
			}
			if wrong := page(dir, &a); wrong != "" && !yield("address "+a.Name()+": "+wrong, nil) {
				return
			}
		}
	}
}

// page says what is wrong with the page that an address was fetched as, "" for
// nothing.
func page(dir string, a *index.Address) string {
	if a.File == "" {
		return ""
	}
	record, err := archive.Load(dir, archive.Place{File: a.File, Offset: a.Offset})
	if err != nil {
		return err.Error()
	}
	if a.State != index.AddressDone || a.SHA256 == "" {
		return "" // what a failure sent is kept, but no page was read out of it
	}
	held, _, _, err := record.Page()
	if err != nil {
		return err.Error()
	}
	if sum := sha256.Sum256(held.Body); hex.EncodeToString(sum[:]) != a.SHA256 {
		return fmt.Sprintf("the page in the archive (%s, byte %d) is not the one that was read", a.File, a.Offset)
	}
	return ""
}
