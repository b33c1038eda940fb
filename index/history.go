package index

// A History is what became of a notice: what its addresses held before and
// after it, and what other notices are nearly the same.
type History struct {
	ID       string // of the notice, complete
	Versions []Version
	Similar  []Similar // most alike first
}

// A Version is a notice for as long as one address held it. The versions of an
// address stand together, the oldest first.
type Version struct {
	URL     string
	Notice  string // id
	Title   string
	SHA256  string // of the raw bytes in which it was met last, in hex
	Since   string // RFC 3339, UTC: when it was first met there; "" when unknown
	Fetched string // when its bytes came last; of one that the address no longer holds: Since, the only time known
	Until   string // when the address was found to hold another one; "" while it holds it
	Next    string // id of the notice that the address held then; "" while it holds it
	Reread  bool   // the page stayed the same, byte for byte: newer rules read another text in it
	Earlier bool   // no address holds the notice any more: it is out of Search, Notices, Facts and Findings
}

// Similar is a notice whose text is nearly that of another: a repost with a few
// characters changed, or without its footer.
type Similar struct {
	Notice  string // id
	Title   string
	URL     string  // its first address
	Jaccard float64 // of their sets of five-character shingles, at least NearDuplicate
	Earlier bool    // no address holds it any more
}

// NearDuplicate is the least likeness of notices that are linked with one
// another.
const NearDuplicate = 0.9
