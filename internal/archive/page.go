package archive

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"net/textproto"
	"strings"

	"tongbao"
)

// Page returns the page that a response, a resource, or a revisit read by Load
// holds: its address, its body without chunking and Content-Encoding (its
// charset kept), and the answer's status and fields. Other records give
// ErrNoPayload; bodies that do not unpack ErrEncoding or ErrBomb.
func (r Record) Page() (tongbao.Page, int, http.Header, error) {
	page := tongbao.Page{URL: r.URL}
	if r.Type == kindResource {
		page.Body, page.ContentType = r.Block, r.MediaType
		return page, http.StatusOK, http.Header{}, nil
	}
	head, body, err := r.answer()
	if err != nil {
		return page, 0, nil, err
	}
	status, header := statusOf(head), fieldsOf(head)
	page.ContentType = header.Get("Content-Type")
	page.Body, err = Decode(header, unchunk(header, body), MaxPayload)
	if err != nil {
		return page, status, header, fmt.Errorf("the record of %s: %w", r.URL, err)
	}
	return page, status, header, nil
}

// Exchange returns a response record as it would be added to another archive,
// and whether the record is one. The request is not part of it.
func (r Record) Exchange() (Exchange, bool) {
	head, body, err := r.answer()
	if err != nil || r.Type != kindResponse {
		return Exchange{}, false
	}
	return Exchange{URL: r.URL, Time: r.Date, IP: r.IP, Head: head, Body: unchunk(fieldsOf(head), body), Truncated: r.Truncated}, true
}

// answer cuts the block into head and body. Of a revisit it is the answer that
// holds the body: its fields say how that is to be read.
func (r Record) answer() (head, body []byte, err error) {
	switch {
	case r.Type == kindResponse && strings.HasPrefix(strings.ToLower(r.MediaType), "application/http"),
		r.Type == kindResponse && bytes.HasPrefix(r.Block, []byte("HTTP/")):
		head, body = cutHead(r.Block)
		return head, body, nil
	case r.Type == kindRevisit && r.original != nil && r.original.Type == kindResponse:
		return r.original.answer()
	case r.Type == kindRevisit:
		return nil, nil, fmt.Errorf("%s was unchanged on %s, the page lies in the record of %s: %w", r.URL,
			r.Date.Format("2006-01-02"), r.Field("WARC-Refers-To-Date"), ErrNoPayload)
	}
	return nil, nil, fmt.Errorf("a record of type %s: %w", r.Type, ErrNoPayload)
}

// cutHead cuts a message behind the empty line of its head. Bare line feeds are
// taken too (RFC 9112 §2.2).
func cutHead(block []byte) (head, body []byte) {
	at := 0
	for line := range bytes.Lines(block) {
		at += len(line)
		if len(bytes.TrimRight(line, "\r\n")) == 0 {
			break
		}
	}
	return block[:at:at], block[at:]
}

// fieldsOf reads the fields of a head; lines that are none are passed over.
func fieldsOf(head []byte) http.Header {
	header := http.Header{}
	_, lines, _ := bytes.Cut(head, []byte("\n"))
	for line := range bytes.Lines(lines) {
		name, value, found := strings.Cut(strings.TrimRight(string(line), "\r\n"), ":")
		if name = strings.TrimSpace(name); found && name != "" {
			header.Add(textproto.CanonicalMIMEHeaderKey(name), strings.TrimSpace(value))
		}
	}
	return header
}

// unchunk takes the chunking off. Some archives hold bodies that are chunked no
// more under heads that still say so: what does not begin with a chunk is left
// as it is; of one cut off, what came before is taken.
func unchunk(header http.Header, body []byte) []byte {
	if !strings.EqualFold(header.Get("Transfer-Encoding"), "chunked") {
		return body
	}
	out, err := io.ReadAll(httputil.NewChunkedReader(bufio.NewReader(bytes.NewReader(body))))
	if err != nil && len(out) == 0 {
		return body
	}
	return out
}
