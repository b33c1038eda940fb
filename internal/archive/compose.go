package archive

import (
	"bytes"
	"fmt"
	"net/netip"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// A field is a named field of a record's header.
type field struct{ name, value string }

// newID gives a record its name.
func newID() string { return "<urn:uuid:" + uuid.NewString() + ">" }

// compose lays a record out (§4): version, fields, block. Fields without a
// value are left out.
func compose(fields []field, block []byte) []byte {
	var b bytes.Buffer
	b.WriteString("WARC/1.1\r\n")
	for _, f := range fields {
		if f.value != "" {
			fmt.Fprintf(&b, "%s: %s\r\n", f.name, f.value)
		}
	}
	fmt.Fprintf(&b, "WARC-Block-Digest: %s\r\nContent-Length: %d\r\n\r\n", digest(block), len(block))
	b.Write(block)
	b.WriteString("\r\n\r\n")
	return b.Bytes()
}

// composeInfo is the record that says what wrote the records behind it.
func composeInfo(id, file, software string, at time.Time) []byte {
	block := fmt.Sprintf("software: %s\r\nformat: WARC File Format 1.1\r\n"+
		"conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"+
		"robots: RFC 9309\r\n", oneLine(software))
	return compose([]field{
		{"WARC-Type", kindInfo},
		{"WARC-Record-ID", id},
		{"WARC-Date", stamp(at)},
		{"WARC-Filename", file},
		{"Content-Type", "application/warc-fields"},
	}, []byte(block))
}

// composeAnswer is the response record; or the revisit record where nothing new
// came, which refers to earlier (nil where nothing is known of the page). It
// also says whether it is a response.
func composeAnswer(e Exchange, id, info, payload string, earlier *original) (record []byte, response bool) {
	kind, profile, truncated, body := kindResponse, "", e.Truncated, e.Body
	switch {
	case statusOf(e.Head) == 304:
		// The page of which a digest could be given was not sent.
		kind, profile, payload = kindRevisit, notModified, ""
	case earlier.same(e, payload):
		// §6.7.2: length "shall be used for any identical-digest truncation".
		kind, profile, truncated, body = kindRevisit, unchangedPayload, CutLength, nil
	default:
		earlier = nil
	}
	fields := []field{
		{"WARC-Type", kind},
		{"WARC-Record-ID", id},
		{"WARC-Warcinfo-ID", info},
		{"WARC-Date", stamp(e.Time)},
		{"WARC-Target-URI", e.URL},
		{"WARC-IP-Address", address(e.IP)},
		{"WARC-Profile", profile},
	}
	fields = append(fields, earlier.fields()...)
	fields = append(fields,
		field{"WARC-Payload-Digest", payload},
		field{"WARC-Truncated", truncated},
		field{"Content-Type", "application/http; msgtype=response"})
	return compose(fields, append(withoutChunking(e.Head), body...)), kind == kindResponse
}

// composeRequest is the request record, tied to its answer.
func composeRequest(e Exchange, answer, info string) []byte {
	return compose([]field{
		{"WARC-Type", kindRequest},
		{"WARC-Record-ID", newID()},
		{"WARC-Concurrent-To", answer},
		{"WARC-Warcinfo-ID", info},
		{"WARC-Date", stamp(e.Time)},
		{"WARC-Target-URI", e.URL},
		{"WARC-IP-Address", address(e.IP)},
		{"Content-Type", "application/http; msgtype=request"},
	}, e.Request)
}

// stamp writes a time as WARC 1.1 has it: UTC, with fractions.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000Z") }

// address leaves out what is no address, which would spoil the record.
func address(ip string) string {
	a, err := netip.ParseAddr(ip)
	if err != nil {
		return ""
	}
	return a.WithZone("").Unmap().String()
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// statusOf reads the number out of a status line; 0 where there is none.
func statusOf(head []byte) int {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	words := bytes.Fields(line)
	if len(words) < 2 || !bytes.HasPrefix(words[0], []byte("HTTP/")) {
		return 0
	}
	n, err := strconv.Atoi(string(words[1]))
	if err != nil || n < 100 || n > 999 {
		return 0
	}
	return n
}

// withoutChunking renames the fields of a head that say the body is chunked,
// for it is no more. All other bytes stay. The result is a fresh slice.
func withoutChunking(head []byte) []byte {
	out := make([]byte, 0, len(head)+16)
	for line := range bytes.Lines(head) {
		name, _, found := bytes.Cut(line, []byte(":"))
		if found && textproto.CanonicalMIMEHeaderKey(string(bytes.TrimSpace(name))) == "Transfer-Encoding" {
			out = append(out, "X-Archive-Orig-"...)
		}
		out = append(out, line...)
	}
	return out
}
