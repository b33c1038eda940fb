package sitetest

// A Fault is what is wrong with an address.
type Fault string

// The faults that end well: a client that waits, retries, follows or decodes as
// it should has the notice in the end.
const (
	None         Fault = ""
	Slow         Fault = "slow"          // answers after World.Slowness
	Drip         Fault = "drip"          // sends half, waits World.Slowness, sends the rest
	Once503      Fault = "once-503"      // 503 to the first request
	Once429      Fault = "once-429"      // 429 with Retry-After to the first request
	OnceCut      Fault = "once-cut"      // the connection of the first request is cut
	OnceShort    Fault = "once-short"    // the first answer ends before its Content-Length
	WrongCharset Fault = "wrong-charset" // header and page declare a charset that it is not
	Moved        Fault = "moved"         // 301 to the notice's address of today
	Disallowed   Fault = "disallowed"    // in a folder that some robots.txt keep robots out of
	Deflated     Fault = "deflated"      // Content-Encoding: deflate where the client takes it
	BareDeflate  Fault = "bare-deflate"  // the same without zlib's frame, as old servers send it
	NoType       Fault = "no-type"       // no Content-Type
	NoGzip       Fault = "no-gzip"       // Content-Encoding: gzip before bytes that are none
)

// The faults that end in a failure that is to be named.
const (
	Short       Fault = "short"        // always ends before its Content-Length
	BrokenGzip  Fault = "broken-gzip"  // Content-Encoding: gzip, cut off and spoilt
	Bomb        Fault = "bomb"         // gzip that unpacks to sixteen times World.HugeSize
	Huge        Fault = "huge"         // a page without end
	Missing     Fault = "missing"      // 404
	Gone        Fault = "gone"         // 410
	Forbidden   Fault = "forbidden"    // 403
	Broken      Fault = "broken"       // 500, always
	Loop        Fault = "loop"         // redirects to itself by way of another address
	ManyHops    Fault = "many-hops"    // fifty redirects
	ToFile      Fault = "to-file"      // redirects to file:///etc/passwd
	ToMetadata  Fault = "to-metadata"  // redirects to 169.254.169.254
	ToLoopback  Fault = "to-loopback"  // redirects to another port of this machine
	ToName      Fault = "to-name"      // the same by the name localhost
	NoBody      Fault = "no-body"      // 200, a page with nothing but links
	EmptyAnswer Fault = "empty-answer" // 200 and no byte
	Hanging     Fault = "hanging"      // never answers: not dealt to articles, see World.FaultAt
)

// dealt are the faults that New deals to articles.
var dealt = []Fault{
	Slow, Once503, Missing, Once429, Short, OnceCut, BrokenGzip, WrongCharset, Loop, Moved, Bomb, Disallowed, Broken, OnceShort, ToLoopback,
	Drip, Huge, Deflated, ToMetadata, BareDeflate, ToFile, NoBody, Gone, NoType, ManyHops, NoGzip, Forbidden, ToName, EmptyAnswer,
}

// Faults lists every fault, those that are not dealt to articles too.
func Faults() []Fault { return append(append([]Fault(nil), dealt...), Hanging) }

// An Outcome is what must become of an address in a run that works.
type Outcome string

// The outcomes.
const (
	Kept    Outcome = "kept"    // its notice is in the collection
	Failed  Outcome = "failed"  // it is named as failed, and nothing is stored
	Skipped Outcome = "skipped" // robots.txt forbids it, and it was never asked for
	Unseen  Outcome = "unseen"  // an attachment of a page that cannot be read: nothing leads to it
)

// Transient reports whether a later try may end better, so that a client must
// retry before it gives up.
func (f Fault) Transient() bool {
	switch f {
	case Once503, Once429, OnceCut, OnceShort, Short, Broken, Hanging:
		return true
	}
	return false
}

// outcome is what becomes of an address that robots.txt lets be fetched.
func (f Fault) outcome() Outcome {
	switch f {
	case None, Slow, Drip, Once503, Once429, OnceCut, OnceShort, WrongCharset, Moved, Disallowed, Deflated, BareDeflate, NoType, NoGzip:
		return Kept
	}
	return Failed
}

// FaultAt returns an address of a host that has this fault; where the fault
// ends well, it holds the notice of Sample. Addresses of different names count
// their visits apart.
func (w *World) FaultAt(host int, f Fault, name string) string {
	return w.hosts[host].base() + "/fault/" + string(f) + "/" + name + ".html"
}

// Sample is an article of the host: the one that FaultAt's addresses show. Its
// own address may have a fault.
func (w *World) Sample(host int) *Article {
	for _, s := range w.hosts[host].sections {
		if len(s.articles) > 0 {
			return s.articles[0]
		}
	}
	return nil
}
