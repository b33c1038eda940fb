package archive

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// seen is a day on which the tests' pages were fetched.
var seen = time.Date(2026, 11, 25, 8, 30, 0, 123456000, time.UTC)

// exchange is one of an invented server.
func exchange(path, body string) Exchange {
	return Exchange{
		URL: "http://www.example.gov.cn" + path, Time: seen, IP: "192.0.2.7",
		Request: []byte("GET " + path + " HTTP/1.1\r\nHost: www.example.gov.cn\r\n\r\n"),
		Head:    []byte("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=gbk\r\nserver:  odd spacing \r\n\r\n"),
		Body:    []byte(body),
	}
}

func create(t *testing.T, dir string) *Writer {
	t.Helper()
	w, err := Create(dir, "tongbao test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}

func add(t *testing.T, w *Writer, e Exchange) Place {
	t.Helper()
	p, err := w.Add(e)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// all reads a folder's records and fails on a fault.
func all(t *testing.T, dir string) []Record {
	t.Helper()
	names, err := Files(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []Record
	for _, name := range names {
		for r, err := range Records(filepath.Join(dir, name)) {
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, r)
		}
	}
	return out
}

func kinds(records []Record) string {
	var names []string
	for _, r := range records {
		names = append(names, r.Type)
	}
	return strings.Join(names, " ")
}

func TestWhatIsAddedIsRead(t *testing.T) {
	dir := t.TempDir()
	w := create(t, dir)
	e := exchange("/a.html", "<p>整改</p>\r\n\r\nWARC/1.1\r\n")
	place := add(t, w, e)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := Load(dir, place)
	if err != nil {
		t.Fatal(err)
	}
	got, ok := r.Exchange()
	want := e
	want.Request = nil
	if diff := cmp.Diff(want, got); !ok || diff != "" {
		t.Errorf("ok %v, -want +got:\n%s", ok, diff)
	}
	page, status, header, err := r.Page()
	if err != nil || status != 200 || string(page.Body) != string(e.Body) || page.URL != e.URL ||
		page.ContentType != "text/html; charset=gbk" || header.Get("Server") != "odd spacing" {
		t.Errorf("page %+v status %d header %v err %v", page, status, header, err)
	}
	records := all(t, dir)
	if got := kinds(records); got != "warcinfo response request" {
		t.Fatalf("records: %s", got)
	}
	if records[2].Field("WARC-Concurrent-To") != records[1].ID || string(records[2].Block) != string(e.Request) {
		t.Errorf("the request is not tied to its answer: %+v", records[2])
	}
	if records[1].Field("WARC-Warcinfo-ID") != records[0].ID || records[0].Field("WARC-Filename") != place.File {
		t.Error("the response does not name its warcinfo record, or that not its file")
	}
	if !records[1].Date.Equal(seen) {
		t.Errorf("date %v", records[1].Date)
	}
}

func TestChunkingIsTakenOffAndSaid(t *testing.T) {
	dir := t.TempDir()
	w := create(t, dir)
	e := exchange("/", "body")
	e.Head = []byte("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
	r, err := Load(dir, add(t, w, e))
	if err != nil {
		t.Fatal(err)
	}
	want := "HTTP/1.1 200 OK\r\nX-Archive-Orig-transfer-encoding: chunked\r\n\r\nbody"
	if string(r.Block) != want {
		t.Errorf("%q, want %q", r.Block, want)
	}
}

func TestUnchangedPagesAreRevisits(t *testing.T) {
	dir := t.TempDir()
	w := create(t, dir)
	first := add(t, w, exchange("/a", "same"))
	again := exchange("/a", "same")
	again.Time = seen.Add(time.Hour)
	second := add(t, w, again)
	other := add(t, w, exchange("/b", "same"))   // another address
	changed := add(t, w, exchange("/a", "else")) // another body
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	w = create(t, dir) // another process: the caller says what was earlier
	again.Earlier = second
	back := again
	back.Earlier = first
	third := add(t, w, back)
	gone := again
	gone.Earlier = Place{File: "gone.warc.gz"}
	gone.URL += "?x"
	whole := add(t, w, gone)

	for i, want := range []struct {
		at   Place
		kind string
		body string
	}{
		{first, "response", "same"}, {second, "revisit", "same"}, {other, "response", "same"},
		{changed, "response", "else"}, {third, "revisit", "same"}, {whole, "response", "same"},
	} {
		r, err := Load(dir, want.at)
		if err != nil {
			t.Fatal(err)
		}
		page, status, _, err := r.Page()
		if r.Type != want.kind || string(page.Body) != want.body || status != 200 || err != nil {
			t.Errorf("%d: %s %q %d %v", i, r.Type, page.Body, status, err)
		}
	}
	r, _ := Load(dir, third)
	origin, _ := Load(dir, first)
	if r.Profile != unchangedPayload || r.Digest != origin.Digest || r.Field("WARC-Refers-To") != origin.ID ||
		r.Field("WARC-Refers-To-Date") != origin.Field("WARC-Date") || r.Field("WARC-Truncated") != "length" {
		t.Errorf("revisit %+v", r)
	}
}

func TestNotModifiedIsARevisit(t *testing.T) {
	dir := t.TempDir()
	w := create(t, dir)
	first := add(t, w, exchange("/a", "same"))
	e := exchange("/a", "")
	e.Head = []byte("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n")
	at := add(t, w, e)
	r, err := Load(dir, at)
	if err != nil {
		t.Fatal(err)
	}
	page, _, _, err := r.Page()
	if r.Profile != notModified || string(page.Body) != "same" || err != nil {
		t.Errorf("%+v %q %v", r, page.Body, err)
	}
	e.URL += "?never-seen"
	r, err = Load(dir, add(t, w, e))
	if _, _, _, perr := r.Page(); err != nil || perr == nil {
		t.Errorf("a revisit of nothing: %v %v", err, perr)
	}
	_ = first
}

func TestTruncatedBodiesSayWhyAndAreNoOriginals(t *testing.T) {
	dir := t.TempDir()
	w := create(t, dir)
	e := exchange("/a", "half")
	e.Truncated = CutDisconnect
	add(t, w, e)
	add(t, w, exchange("/a", "half"))
	records := all(t, dir)
	if kinds(records) != "warcinfo response request response request" || records[1].Truncated != CutDisconnect {
		t.Errorf("%s %+v", kinds(records), records[1])
	}
}

func TestWhatIsNoExchangeIsRefused(t *testing.T) {
	dir := t.TempDir()
	w := create(t, dir)
	for _, change := range []func(*Exchange){
		func(e *Exchange) { e.URL = "" },
		func(e *Exchange) { e.URL = "/a" },
		func(e *Exchange) { e.URL = "http://a/\r\nWARC-Type: x" },
		func(e *Exchange) { e.Head = nil },
		func(e *Exchange) { e.Head = []byte("hello") },
	} {
		e := exchange("/a", "x")
		change(&e)
		if _, err := w.Add(e); err == nil {
			t.Errorf("taken: %q %q", e.URL, e.Head)
		}
	}
	if names, _ := Files(dir); len(names) != 0 {
		t.Errorf("files without a record: %v", names)
	}
	e := exchange("/a", "x")
	e.IP = "no address"
	add(t, w, e)
}

func TestFilesEndAtTheLimitAndAreContinuedBelowIt(t *testing.T) {
	dir := t.TempDir()
	w := create(t, dir)
	w.limit = 3000
	var places []Place
	noise := rand.New(rand.NewPCG(1, 2))
	for i := range 20 {
		places = append(places, add(t, w, exchange(fmt.Sprintf("/%d", i), fmt.Sprint(noise.Uint64()))))
		if i == 10 {
			w.Close()
			w = create(t, dir)
			w.limit = 3000
		}
	}
	w.Close()
	names, _ := Files(dir)
	if len(names) < 3 {
		t.Fatalf("files: %v", names)
	}
	for i, p := range places {
		if r, err := Load(dir, p); err != nil || !strings.HasSuffix(r.URL, fmt.Sprintf("/%d", i)) {
			t.Errorf("%d: %v %v", i, r.URL, err)
		}
	}
	infos := 0
	for _, r := range all(t, dir) {
		if r.Type == kindInfo {
			infos++
		}
	}
	if infos < len(names) {
		t.Errorf("%d warcinfo records in %d files", infos, len(names))
	}
}

// A kill at many a byte of a write: everything before is read, what the next
// process adds is read, and nothing is doubled.
func TestKilledWithinAWrite(t *testing.T) {
	dir := t.TempDir()
	w := create(t, dir)
	add(t, w, exchange("/1", "one"))
	kept := w.size
	add(t, w, exchange("/2", "two"))
	name := w.name()
	w.Close()
	file, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	response := kept + int64(mustLength(t, file[kept:]))
	for size := kept; size < int64(len(file)); size += 1 + size%23 { // syncing takes its time
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, name), file[:size], 0o666); err != nil {
			t.Fatal(err)
		}
		before := 0
		for _, err := range Records(filepath.Join(dir, name)) {
			if err == nil {
				before++
			}
		}
		w := create(t, dir)
		add(t, w, exchange("/3", "three"))
		w.Close()
		want := "warcinfo response request warcinfo response request"
		if size >= response {
			want = "warcinfo response request response warcinfo response request"
		}
		if got := kinds(all(t, dir)); got != want || before < 3 {
			t.Fatalf("cut at %d of %d: %s, %d records before the repair", size, len(file), got, before)
		}
	}
}

func mustLength(t *testing.T, b []byte) int {
	n, ok := memberLength(b)
	if !ok {
		t.Fatal("no member")
	}
	return int(n)
}

// Bytes that never reached the disk though the file has its length, as after a
// power cut, are given up like half a record; damage with whole records behind
// it is never cut, for those would be lost.
func TestDamage(t *testing.T) {
	dir := t.TempDir()
	w := create(t, dir)
	first := add(t, w, exchange("/1", "one"))
	second := add(t, w, exchange("/2", "two"))
	name, end := w.name(), w.size
	w.Close()
	path := filepath.Join(dir, name)
	whole, _ := os.ReadFile(path)

	zeros := append([]byte(nil), whole...)
	clear(zeros[second.Offset+5:])
	os.WriteFile(path, zeros, 0o666)
	w = create(t, dir)
	if w.name() != name || w.size != second.Offset {
		t.Errorf("zeros at the end: %s of %d bytes, want %d", w.name(), w.size, second.Offset)
	}
	w.Close()

	flipped := append([]byte(nil), whole...)
	flipped[first.Offset+lengthAt+2] ^= 0x40
	os.WriteFile(path, flipped, 0o666)
	w = create(t, dir)
	at := add(t, w, exchange("/3", "three"))
	if info, _ := os.Stat(path); info.Size() != end || at.File == name {
		t.Errorf("damage in the midst: %d bytes left of %d, goes on in %s", info.Size(), end, at.File)
	}
}

// A disk that takes nothing more: the error is told, and what was there stays.
func TestAFailedWriteLeavesTheArchiveAsItWas(t *testing.T) {
	dir := t.TempDir()
	w := create(t, dir)
	add(t, w, exchange("/1", "one"))
	size, file := w.size, w.file
	w.file, _ = os.Open(file.Name()) // for reading only
	if _, err := w.Add(exchange("/2", "two")); err == nil || w.size != size {
		t.Errorf("%v, %d bytes of %d", err, w.size, size)
	}
	w.file.Close()
	w.file = file
	add(t, w, exchange("/2", "two"))
	if got := kinds(all(t, dir)); got != "warcinfo response request response request" {
		t.Error(got)
	}
}

func TestABegunFileIsNeverSeen(t *testing.T) {
	dir := t.TempDir()
	beside := filepath.Join(dir, ".tongbao-00001.warc.gz.new")
	os.WriteFile(beside, []byte{0x1f, 0x8b}, 0o666)
	if names, _ := Files(dir); len(names) != 0 {
		t.Errorf("seen: %v", names)
	}
	create(t, dir)
	if _, err := os.Stat(beside); err == nil {
		t.Error("not removed")
	}
}

func TestFilesAreListedInOrder(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"tongbao-100000.warc.gz", "tongbao-99999.warc.gz", "tongbao-00002.warc.gz", "z.warc", "notes.txt", ".x.warc.gz"} {
		os.WriteFile(filepath.Join(dir, name), nil, 0o666)
	}
	got, err := Files(dir)
	want := []string{"z.warc", "tongbao-00002.warc.gz", "tongbao-99999.warc.gz", "tongbao-100000.warc.gz"}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); err != nil || diff != "" {
		t.Error(err, diff)
	}
}
