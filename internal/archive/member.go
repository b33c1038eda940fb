package archive

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"sync"
)

// A member of our files carries its own length in the gzip header's extra
// field (RFC 1952 §2.3.1.1; subfield "TB"), so that a file is walked through
// from record to record without unpacking it. Other readers pass it over.
const (
	memberHead = 24 // 10 bytes, length of the extra field, subfield
	lengthAt   = 16 // where in the head the length stands
)

// packers are kept, for making one costs more than packing a page.
var packers = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// pack compresses a record into a member.
func pack(record []byte) ([]byte, error) {
	var b bytes.Buffer
	z := packers.Get().(*gzip.Writer)
	defer packers.Put(z)
	z.Reset(&b)
	z.Extra = []byte{'T', 'B', 8, 0, 0, 0, 0, 0, 0, 0, 0, 0}
	if _, err := z.Write(record); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	// gzip writes no checksum of its header: it may be filled in now.
	binary.LittleEndian.PutUint64(b.Bytes()[lengthAt:], uint64(b.Len()))
	return b.Bytes(), nil
}

// memberLength reads the length out of the head of a member of ours.
func memberLength(head []byte) (int64, bool) {
	if len(head) < memberHead || !isMember(head) || head[3]&4 == 0 || !bytes.Equal(head[12:16], []byte{'T', 'B', 8, 0}) {
		return 0, false
	}
	n := int64(binary.LittleEndian.Uint64(head[lengthAt:]))
	return n, n > memberHead
}

// isMember reports whether bytes begin as a gzip member does.
func isMember(head []byte) bool {
	return len(head) > 3 && head[0] == 0x1f && head[1] == 0x8b && head[2] == 8 && head[3]&0xe0 == 0
}
