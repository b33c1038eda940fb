package archive

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

func zipped(b string) string {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	z.Write([]byte(b))
	z.Close()
	return out.String()
}

// plain lays out a record as other crawlers do.
func plain(version, kind, url, block string) string {
	return fmt.Sprintf("WARC/%s\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2020-01-02T03:04:05Z\r\n"+
		"Content-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", version, kind, url, len(block), block)
}

const answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nhello"

// read returns a line for each record or fault of a file.
func read(t *testing.T, content string) []string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.warc")
	if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
	return readFile(t, path)
}

func readFile(t *testing.T, path string) []string {
	t.Helper()
	var out []string
	for r, err := range Records(path) {
		if err != nil {
			if !strings.Contains(err.Error(), path) {
				t.Errorf("the fault does not name the file: %v", err)
			}
			out = append(out, "fault: "+errors.Unwrap(err).Error())
			continue
		}
		page, _, _, err := r.Page()
		if err != nil {
			out = append(out, r.Type)
			continue
		}
		out = append(out, r.Type+" "+r.URL+" "+string(page.Body))
	}
	return out
}

func TestForeignFiles(t *testing.T) {
	a, b := plain("1.0", "response", "<http://a/>", answer), plain("0.18", "response", "http://b/", answer)
	both := []string{"response http://a/ hello", "response http://b/ hello"}
	unix := strings.ReplaceAll(strings.Replace(a, answer, "@", 1), "\r\n", "\n")
	folded := strings.Replace(a, "WARC-Type: response", "WARC-Type:\r\n  response", 1)
	long := "WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 99999999\r\n\r\n"
	for name, c := range map[string]struct {
		content string
		want    []string
	}{
		"nothing":                    {"", nil},
		"plain":                      {a + b, both},
		"a member a record":          {zipped(a) + zipped(b), both},
		"all in one member":          {zipped(a + b), both},
		"mixed":                      {a + zipped(b), both},
		"line feeds only":            {strings.Replace(unix, "@", answer, 1) + b, both},
		"folded fields":              {folded, both[:1]},
		"no empty lines between":     {strings.TrimRight(a, "\r\n") + b, both},
		"no WARC":                    {"hello\nworld\n", []string{"fault: no record begins here"}},
		"rubbish before":             {"rubbish\n" + a, []string{"fault: no record begins here", both[0]}},
		"rubbish between":            {a + "rubbish\r\n" + b, []string{"fault: " + errWrongEnd.Error(), both[1]}},
		"rubbish between members":    {zipped(a) + "rubbish" + zipped(b), []string{both[0], "fault: no record begins here", both[1]}},
		"no length":                  {strings.Replace(a, "Content-Length", "Length", 1) + b, []string{"fault: " + errNoLength.Error(), both[1]}},
		"length too small":           {strings.Replace(a, "Content-Length: 4", "Content-Length: ", 1) + b, []string{"fault: " + errWrongEnd.Error(), both[1]}},
		"length beyond the end":      {long + a, []string{"fault: " + ErrUnfinished.Error(), both[0]}},
		"header without end":         {"WARC/1.1\r\nWARC-Type: response\r\n", []string{"fault: " + ErrUnfinished.Error()}},
		"cut in the version":         {a + "WARC/1", []string{both[0], "fault: " + ErrUnfinished.Error()}},
		"cut in the block":           {a + b[:len(b)-9], []string{both[0], "fault: " + ErrUnfinished.Error()}},
		"cut in a member":            {zipped(a) + zipped(b)[:60], []string{both[0], "fault: " + ErrUnfinished.Error()}},
		"a member with a wrong sum":  {wrongSum(zipped(a)) + zipped(b), []string{"fault: gzip: invalid checksum", both[1]}},
		"bad record in one member":   {zipped("rubbish\n" + a), []string{"fault: no record begins here", both[0]}},
		"a field without colon":      {strings.Replace(a, "WARC-Type:", "WARC-Type", 1) + b, []string{"fault: " + errBadHeader.Error(), both[1]}},
		"a resource":                 {plain("1.1", "resource", "http://a/", "hello"), []string{"resource http://a/ hello"}},
		"a request":                  {plain("1.1", "request", "http://a/", "GET / HTTP/1.1\r\n\r\n"), []string{"request"}},
		"another crawler's revisit":  {plain("1.1", "revisit", "http://a/", answer), []string{"revisit"}},
		"an answer that is no HTTP":  {strings.Replace(plain("1.1", "response", "dns:a", "a 1"), "application/http", "text/dns", 1), []string{"response"}},
		"a line of 100 KiB in a row": {strings.Repeat("x", 100<<10) + "\n" + a, []string{"fault: " + errLongLine.Error(), both[0]}},
	} {
		t.Run(name, func(t *testing.T) {
			got := read(t, c.content)
			if strings.Join(got, "|") != strings.Join(c.want, "|") {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func wrongSum(member string) string {
	b := []byte(member)
	b[len(b)-6] ^= 1
	return string(b)
}

func TestARecordThatIsTooLargeIsPassedOver(t *testing.T) {
	small := plain("1.0", "response", "http://b/", answer)
	head := fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %d\r\n\r\n", maxBlock+1)
	path := filepath.Join(t.TempDir(), "x.warc")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for at, text := range map[int64]string{0: head, int64(len(head)) + maxBlock + 1: "\r\n\r\n" + small} {
		if _, err := file.WriteAt([]byte(text), at); err != nil { // the rest is a hole
			t.Fatal(err)
		}
	}
	got := readFile(t, path)
	if want := []string{"fault: " + errTooLarge.Error(), "response http://b/ hello"}; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %q", got)
	}
}

func TestNoFileIsAFault(t *testing.T) {
	for _, err := range Records(filepath.Join(t.TempDir(), "none")) {
		if !errors.Is(err, os.ErrNotExist) {
			t.Error(err)
		}
	}
}

func TestLoadStaysInTheFolder(t *testing.T) {
	dir := t.TempDir()
	os.WriteFile(filepath.Join(dir, "x.warc"), []byte(plain("1.0", "response", "http://a/", answer)), 0o666)
	inner := filepath.Join(dir, "inner")
	os.Mkdir(inner, 0o777)
	if _, err := Load(dir, Place{File: "x.warc"}); err != nil {
		t.Error(err)
	}
	for _, p := range []Place{{File: "../x.warc"}, {File: filepath.Join(dir, "x.warc")}, {File: ""}, {File: "x.warc", Offset: -1}} {
		if _, err := Load(inner, p); err == nil {
			t.Errorf("loaded %v", p)
		}
	}
	if _, err := Load(dir, Place{File: "x.warc", Offset: 1 << 20}); !errors.Is(err, ErrUnfinished) {
		t.Errorf("behind the end: %v", err)
	}
}

func TestDecode(t *testing.T) {
	var br, deflated bytes.Buffer
	b := brotli.NewWriter(&br)
	b.Write([]byte("text"))
	b.Close()
	z := zlib.NewWriter(&deflated)
	z.Write([]byte("text"))
	z.Close()
	bare := deflated.Bytes()[2 : deflated.Len()-4]
	for _, c := range []struct {
		encoding, body string
		want           string
		err            error
	}{
		{"", "text", "text", nil},
		{"identity", "text", "text", nil},
		{"gzip", zipped("text"), "text", nil},
		{"X-GZIP", zipped("text"), "text", nil},
		{"gzip, gzip", zipped(zipped("text")), "text", nil},
		{"br", br.String(), "text", nil},
		{"deflate", deflated.String(), "text", nil},
		{"deflate", string(bare), "text", nil},
		{"gzip", "text", "text", nil}, // said, and not done
		{"gzip", "", "", nil},
		{"gzip", zipped("text")[:20], "", ErrEncoding},
		{"gzip", wrongSum(zipped("text")), "text", ErrEncoding},
		{"gzip", zipped(strings.Repeat("0", 200)), "", ErrBomb},
		{"gzip,gzip,gzip,gzip", "x", "", ErrBomb},
		{"lzma", "text", "", ErrEncoding},
	} {
		got, err := Decode(http.Header{"Content-Encoding": {c.encoding}}, []byte(c.body), 100)
		if !errors.Is(err, c.err) || string(got) != c.want && err == nil {
			t.Errorf("%s of %.10q: %q, %v", c.encoding, c.body, got, err)
		}
	}
}

func TestChunkedBodiesOfOtherArchives(t *testing.T) {
	head := "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
	for body, want := range map[string]string{
		"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n": "abcde",
		"3\r\nabc\r\n2\r\nd":               "abcd",
		"<p>not chunked</p>":               "<p>not chunked</p>",
	} {
		r := Record{Type: kindResponse, MediaType: "application/http", Block: []byte(head + body)}
		if page, _, _, err := r.Page(); string(page.Body) != want || err != nil {
			t.Errorf("%q: %q %v", body, page.Body, err)
		}
	}
}
