package archive

import (
	"bytes"
	"testing"
)

// FuzzRecords: whatever the bytes, reading ends, and every record lies where
// its place says.
func FuzzRecords(f *testing.F) {
	a := plain("1.0", "response", "http://a/", answer)
	f.Add([]byte(a + a))
	f.Add([]byte(zipped(a) + zipped(a)))
	f.Add([]byte(zipped(a + "x" + a)))
	f.Add([]byte(a[:40] + zipped(a)[:30] + a))
	packed, _ := pack([]byte(a))
	f.Add(append(packed, packed[:50]...))
	f.Fuzz(func(t *testing.T, b []byte) {
		last := int64(-1)
		records(bytes.NewReader(b), func(r Record, err error) bool {
			if r.Place.Offset < last || r.Place.Offset > int64(len(b)) {
				t.Fatalf("a record at %d behind one at %d of %d bytes", r.Place.Offset, last, len(b))
			}
			last = r.Place.Offset
			if err != nil {
				return true
			}
			if _, _, _, err := r.Page(); err == nil && r.Type != kindResponse && r.Type != kindResource {
				t.Fatalf("a page out of a %s record", r.Type)
			}
			if e, ok := r.Exchange(); ok && len(e.Head) > len(r.Block) {
				t.Fatal("a head larger than its record")
			}
			if at := r.Place.Offset; isMember(b[at:]) == false && !isVersion(b[at:]) {
				t.Fatalf("no record begins at %d", at)
			}
			return true
		})
	})
}

// FuzzTakeBack: what a page may be, it comes out of the archive as it went in.
func FuzzTakeBack(f *testing.F) {
	f.Add([]byte("HTTP/1.1 200 OK\r\nA: b\r\n\r\n"), []byte("body"))
	f.Add([]byte("HTTP/1.1 200\nA\n\n"), []byte("\r\n\r\nWARC/1.1\r\n"))
	dir := f.TempDir()
	w, err := Create(dir, "fuzz")
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { w.Close() })
	f.Fuzz(func(t *testing.T, head, body []byte) {
		e := exchange("/", string(body))
		e.Head = head
		place, err := w.Add(e)
		if err != nil {
			return
		}
		r, err := Load(dir, place)
		if err != nil {
			t.Fatal(err)
		}
		if r.Type == kindResponse && !bytes.Equal(r.Block, append(withoutChunking(head), body...)) {
			t.Fatalf("%q went in, %q came out", append(head, body...), r.Block)
		}
	})
}
