package archive

import (
	"strconv"
	"strings"
	"time"
)

// An original is the response that a revisit refers to.
type original struct {
	id, url, digest string
	date            time.Time
	place           Place
}

// same reports whether an exchange brought once more what the original did.
func (o *original) same(e Exchange, payload string) bool {
	return o != nil && len(e.Body) > 0 && e.Truncated == "" && o.url == e.URL && o.digest == payload
}

// fields are those by which a revisit refers to the original (§5.16–5.18), and
// our own, by which it is found without an index.
func (o *original) fields() []field {
	if o == nil {
		return nil
	}
	return []field{
		{"WARC-Refers-To", o.id},
		{"WARC-Refers-To-Target-URI", o.url},
		{"WARC-Refers-To-Date", stamp(o.date)},
		{fieldFile, o.place.File},
		{fieldOffset, strconv.FormatInt(o.place.Offset, 10)},
	}
}

// earlierOf finds the last response at the address of an exchange: of this
// process, or where the caller says. nil where there is none, or it cannot be
// read any more: then the page is kept whole.
func (w *Writer) earlierOf(e Exchange) *original {
	if o, ok := w.earlier[e.URL]; ok {
		return &o
	}
	if e.Earlier == (Place{}) {
		return nil
	}
	at := e.Earlier
	r, err := load(w.dir, at)
	if err == nil && r.Type == kindRevisit {
		if at = placeOf(r); at != (Place{}) {
			r, err = load(w.dir, at)
		}
	}
	if err != nil || r.Type != kindResponse || r.URL != e.URL || r.ID == "" {
		return nil
	}
	return &original{id: r.ID, url: r.URL, digest: payloadDigest(r), date: r.Date, place: at}
}

// payloadDigest is what the record's body would have been given by us, where
// the record has none, or one of another algorithm.
func payloadDigest(r Record) string {
	if strings.HasPrefix(r.Digest, "sha1:") {
		return r.Digest
	}
	e, _ := r.Exchange()
	return digest(e.Body)
}

// remember notes a response, so that the next at its address may refer to it.
func (w *Writer) remember(e Exchange, id, payload string, place Place) {
	if e.Truncated == "" {
		w.earlier[e.URL] = original{id: id, url: e.URL, digest: payload, date: e.Time, place: place}
	}
}
