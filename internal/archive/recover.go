package archive

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
)

// errDamaged says that whole records follow behind one that is not.
var errDamaged = errors.New("a record in the midst of the file is damaged")

// wholeSize returns the size of a file of ours up to the end of its last whole
// record. The file is walked by the lengths in its members' heads; only the
// last member is unpacked, for a file that was being written to when the
// machine stopped may have its length but not its bytes. Before anything is
// given up, whole records are looked for behind it: then it is errDamaged.
func wholeSize(file *os.File) (int64, error) {
	info, err := file.Stat()
	if err != nil {
		return 0, err
	}
	size, at, last := info.Size(), int64(0), int64(0)
	for at < size {
		n, ok := lengthAtOffset(file, at)
		if !ok || at+n > size {
			break
		}
		last, at = at, at+n
	}
	if at > 0 && !whole(file, last, at) {
		at = last
	}
	if at == size {
		return at, nil
	}
	for from := at + 1; ; from++ {
		found, ok := findRecord(file, from)
		if !ok {
			return at, nil
		}
		if n, ok := lengthAtOffset(file, found); ok && found+n <= size && whole(file, found, found+n) {
			return at, errDamaged
		}
		from = found
	}
}

func lengthAtOffset(file *os.File, at int64) (int64, bool) {
	head := make([]byte, memberHead)
	if _, err := file.ReadAt(head, at); err != nil {
		return 0, false
	}
	return memberLength(head)
}

// whole reports whether a member unpacks, checksum included, to one record.
func whole(file *os.File, from, to int64) bool {
	z, err := gzip.NewReader(io.NewSectionReader(file, from, to-from))
	if err != nil {
		return false
	}
	var head bytes.Buffer
	if _, err := io.CopyN(&head, z, 8); err != nil || !isVersion(head.Bytes()) {
		return false
	}
	_, err = io.Copy(io.Discard, z)
	return err == nil
}
