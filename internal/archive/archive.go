// Package archive keeps what was fetched as it came: WARC 1.1 files
// (ISO 28500:2017, https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/),
// a gzip member a record, which other tools read and which nobody has to fetch
// again. It also reads the files of other crawlers.
//
// Bodies are kept with their Content-Encoding. Chunking is taken off, for it
// belongs to the connection and not to the page: chunk boundaries differ from
// one fetch to the next, and digests of chunked bytes would never show that a
// page is unchanged. The head then says X-Archive-Orig-Transfer-Encoding.
package archive

import (
	"crypto/sha1"
	"encoding/base32"
	"errors"
	"time"
)

// MaxPayload is the size in bytes above which a body is not read, nor decoded:
// no notice is that large.
const MaxPayload = 64 << 20

// maxBlock leaves room for the head of a payload that is just small enough.
const maxBlock = MaxPayload + 1<<20

// Why a body is shorter than what the server had (WARC-Truncated, §5.13).
const (
	CutLength     = "length"     // it was too large
	CutTime       = "time"       // it took too long
	CutDisconnect = "disconnect" // the server ended it too early
)

var (
	// ErrUnfinished says that a file ends within a record, as a kill leaves it.
	// All before it is whole; the next writer takes the half record off.
	ErrUnfinished = errors.New("the file ends within this record")
	// ErrExchange says that an exchange is none that could be kept; the archive
	// is as it was, and takes others.
	ErrExchange = errors.New("archive: there is no keeping the exchange")
	// ErrNoPayload says that a record holds no page of its own.
	ErrNoPayload = errors.New("the record holds no page")
)

// An Exchange is one request and its answer, as they went over the wire.
type Exchange struct {
	URL       string    // absolute, without fragment
	Time      time.Time // when the request was sent
	IP        string    // of the server, "" when unknown
	Request   []byte    // request line, fields, empty line, body; nil when unknown
	Head      []byte    // status line, fields, empty line, as sent
	Body      []byte    // as sent, with Content-Encoding, without chunking
	Truncated string    // "", or why Body is not whole: CutLength …
	Earlier   Place     // of the last response at this URL; zero when there is none
}

// A Place is where a record lies. Its zero value is no place.
type Place struct {
	File   string // relative to the archive's folder
	Offset int64  // of the record, or of the gzip member that holds it, in bytes
}

// The kinds of records that matter here (§6).
const (
	kindInfo     = "warcinfo"
	kindResponse = "response"
	kindResource = "resource"
	kindRequest  = "request"
	kindRevisit  = "revisit"
)

// The profiles of revisit records (§6.7).
const (
	unchangedPayload = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
	notModified      = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
)

// digest names bytes as WARC files do: algorithm and base32.
func digest(b []byte) string {
	sum := sha1.Sum(b)
	return "sha1:" + base32.StdEncoding.EncodeToString(sum[:])
}
