package archive

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// python is an interpreter that has warcio, the reference reader and writer:
// $TONGBAO_WARCIO, as .ci/run sets it, or python3.
func python(t *testing.T) string {
	t.Helper()
	name := os.Getenv("TONGBAO_WARCIO")
	if name == "" {
		name = "python3"
	}
	if err := exec.Command(name, "-c", "import warcio").Run(); err != nil {
		t.Skipf("%s has no warcio, so that our files are not checked by it: pip install warcio (%v)", name, err)
	}
	return name
}

func run(t *testing.T, name string, arguments ...string) string {
	t.Helper()
	out, err := exec.Command(name, arguments...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %v\n%s", arguments, err, out)
	}
	return string(out)
}

// warcio check must accept all that we write.
func TestWarcioAcceptsOurFiles(t *testing.T) {
	name := python(t)
	dir := t.TempDir()
	w := create(t, dir)
	w.limit = 4000
	for i := range 12 {
		e := exchange(fmt.Sprintf("/%d.html", i), strings.Repeat(fmt.Sprint("整改 ", i*i), i*40))
		switch i {
		case 2:
			e.Head = []byte("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n")
			e.Body = []byte(zipped("整改"))
		case 3:
			e.Head = []byte("HTTP/1.1 302 Found\r\nLocation: /x\r\nSet-Cookie: a=b\r\n\r\n")
		case 4:
			e.Head = []byte("HTTP/1.0 200 OK\nContent-Type: text/html\n\n")
		case 5:
			e.Truncated = CutDisconnect
			e.Head = []byte("HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n")
		case 6:
			e.Head, e.Body = []byte("HTTP/1.1 304 Not Modified\r\n\r\n"), nil
		case 7:
			e.Head = []byte("HTTP/1.1 200 OK\r\nX-Bytes: \xb1\xbb\xc8\xab\r\nno colon here\r\n folded\r\n\r\n")
		case 8:
			e.Head = []byte("HTTP/1.1 200\r\n\r\n")
		}
		add(t, w, e)
		e.Time = e.Time.Add(time.Hour)
		add(t, w, e) // unchanged
	}
	w.Close()
	w = create(t, dir) // continued
	add(t, w, exchange("/last", "last"))
	last, size := w.name(), w.size
	w.Close()
	path := filepath.Join(dir, last)
	if err := os.Truncate(path, size-3); err != nil { // killed
		t.Fatal(err)
	}
	w = create(t, dir)
	add(t, w, exchange("/after", "after"))
	w.Close()

	names, _ := Files(dir)
	for _, file := range names {
		out := run(t, name, "-m", "warcio.cli", "check", "-v", filepath.Join(dir, file))
		if strings.Contains(out, "digest failed") || !strings.Contains(out, "digest pass") || strings.Contains(out, "no digest to check") {
			t.Errorf("%s:\n%s", file, out)
		}
	}
	if len(names) < 2 {
		t.Errorf("files: %v", names)
	}
	ours := kinds(all(t, dir))
	theirs := run(t, name, append([]string{"-c", `
import sys
from warcio.archiveiterator import ArchiveIterator
kinds = []
for path in sys.argv[1:]:
    with open(path, "rb") as f:
        for r in ArchiveIterator(f):
            kinds.append(r.rec_type)
            r.content_stream().read()
print(" ".join(kinds))`}, absolute(dir, names)...)...)
	if strings.TrimSpace(theirs) != ours {
		t.Errorf("warcio reads %s\nwe read %s", theirs, ours)
	}
}

func absolute(dir string, names []string) []string {
	var out []string
	for _, name := range names {
		out = append(out, filepath.Join(dir, name))
	}
	return out
}

// What warcio writes, both versions, compressed or not, is read.
func TestWhatWarcioWritesIsRead(t *testing.T) {
	name, dir := python(t), t.TempDir()
	run(t, name, "-c", `
import sys, io, gzip
from warcio.warcwriter import WARCWriter
from warcio.statusandheaders import StatusAndHeaders
for version in ("1.0", "1.1"):
    for packed in (False, True):
        with open("%s/%s%s" % (sys.argv[1], version, ".warc.gz" if packed else ".warc"), "wb") as out:
            w = WARCWriter(out, gzip=packed, warc_version=version)
            w.write_record(w.create_warcinfo_record("x.warc", {"software": "warcio"}))
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=gbk"), ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")], protocol="HTTP/1.1")
            body = gzip.compress("整改".encode("gbk"))
            chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
            r = w.create_warc_record("http://example.com/", "response", payload=io.BytesIO(chunked), http_headers=head)
            ask = StatusAndHeaders("GET / HTTP/1.1", [("Host", "example.com")], is_http_request=True)
            w.write_request_response_pair(w.create_warc_record("http://example.com/", "request", http_headers=ask), r)
            w.write_record(w.create_revisit_record("http://example.com/2", r.rec_headers.get_header("WARC-Payload-Digest"), "http://example.com/", "2020-01-01T00:00:00Z", http_headers=head))
            w.write_record(w.create_warc_record("file://a.txt", "resource", payload=io.BytesIO(b"text"), warc_content_type="text/plain"))
`, dir)
	names, err := Files(dir)
	if err != nil || len(names) != 4 {
		t.Fatal(names, err)
	}
	for _, file := range names {
		var bodies []string
		for r, err := range Records(filepath.Join(dir, file)) {
			if err != nil {
				t.Fatal(err)
			}
			page, _, _, err := r.Page()
			if err != nil {
				page.Body = nil
			}
			bodies = append(bodies, fmt.Sprintf("%s %q", r.Type, page.Body))
		}
		want := `warcinfo ""|response "\xd5\xfb\xb8\xc4"|request ""|revisit ""|resource "text"`
		if got := strings.Join(bodies, "|"); got != want {
			t.Errorf("%s: %s", file, got)
		}
	}
}
