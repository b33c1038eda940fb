// Package index keeps, searches and compares what was read out of notices: the
// collection of contract §1. It holds what every store shares (the query
// language, passages, comparison) and the Store interface; package embedded is
// the store that lives in one folder.
//
// Offsets are byte offsets into Notice.Text, as everywhere in the program; the
// JSON of this package counts Unicode code points (contract §3).
package index

import (
	"context"
	"errors"
	"iter"
	"time"

	"tongbao"
)

// Errors that callers tell apart with errors.Is.
var (
	ErrNoCollection = errors.New("no collection here")              // nothing to read: make one with tongbao run
	ErrBusy         = errors.New("the collection is being written") // another process holds the write lock
	ErrReadOnly     = errors.New("the collection is open for reading only")
	ErrNotFound     = errors.New("no such notice")
	ErrAmbiguous    = errors.New("several notices have ids that begin so")
	ErrNoFact       = errors.New("the notice has no such fact")
)

// A Store keeps readings and answers questions about them. Every method may be
// called from several goroutines, and by readers while another process writes.
type Store interface {
	// Known tells whether a document has to be read (again): only Current
	// needs nothing. sha256 is the hex hash of its raw bytes, versions names
	// the stages and extractors that would read it.
	Known(ctx context.Context, url, sha256, versions string) (State, error)

	// Put keeps a batch, all of it or nothing, and says for each record in
	// turn what became of it. A changed document replaces its notice. A notice
	// that has lost its last address becomes an earlier version: Notice and
	// History have it still, the other methods no longer. A record that was
	// fetched before the page that its address holds (out of an archive) is an
	// earlier version from the first. Visits of records are settled in the same
	// transaction.
	Put(ctx context.Context, batch []Record) ([]Outcome, error)

	// Search returns the notices that match, best first.
	Search(ctx context.Context, query Query, page Page) (Result, error)

	// Notice returns the whole reading of the notice with that id, or with the
	// only id that begins so (at least four characters); else ErrNotFound or
	// ErrAmbiguous. The addresses of an earlier version are those that held it.
	Notice(ctx context.Context, id string) (tongbao.Reading, error)

	// History returns what became of a notice, by its id or the beginning of it
	// as Notice takes it.
	History(ctx context.Context, id string) (History, error)

	// Notices yields the notices of a selection without their texts, in the
	// order of their ids.
	Notices(ctx context.Context, which Selection) iter.Seq2[Summary, error]

	// Facts yields facts notice by notice, in reading order. An error ends it.
	Facts(ctx context.Context, filter FactFilter) iter.Seq2[FactRow, error]

	// Findings yields findings notice by notice. An error ends it.
	Findings(ctx context.Context, filter FindingFilter) iter.Seq2[FindingRow, error]

	Close() error
}

// A Record is one document as it came out of the line: read, or failed.
type Record struct {
	URL      string    // address, or absolute path of a file
	SHA256   string    // of the raw bytes, in hex; "" when they never came
	Fetched  time.Time // when the bytes came
	Versions string    // of the stages and extractors that read it; compared, never parsed
	Reading  *tongbao.Reading
	Err      error  // why there is no Reading: the document is named and tried again
	Visit    *Visit // by which it came, settled together with it; nil for files
}

// State is why a document has to be read, derived from hashes and versions.
type State string

// The states of a document. Only Current needs nothing.
const (
	Missing          State = "missing"           // never met
	PageChanged      State = "page-changed"      // other bytes than before
	ExtractorChanged State = "extractor-changed" // the same bytes, read by other versions
	FailedBefore     State = "failed"            // to be tried again
	Current          State = "current"
)

// Outcome is what Put did with a record.
type Outcome string

// The outcomes of Put.
const (
	New       Outcome = "new"       // a notice that was not there
	Unchanged Outcome = "unchanged" // the notice stands as it stood
	Duplicate Outcome = "duplicate" // a further address of a notice already there
	Replaced  Outcome = "replaced"  // the address's notice was read anew, or it holds another one now: see History
	Failed    Outcome = "failed"    // recorded with its error; what the address held before is kept
)

// A Selection narrows notices; empty fields select everything.
type Selection struct {
	Notice   string        // id or the beginning of one
	District string        // code, name or short name: 330104, 江干区, 江干
	Province string        // name or short name: 浙江省, 浙江
	Round    string        // id or name: 浙江省委-14-11, 十四届省委第十一轮
	Issuer   string        // words the issuer's name contains
	Genre    tongbao.Genre //
	Year     string        // of publication, else of signature: 2021
}

// A FactFilter narrows facts; empty fields select everything. Numbers are
// compared as exact decimals, in the unit of Fact.Value (yuan, per cent).
type FactFilter struct {
	Selection
	Kind     tongbao.Kind
	Category string
	Unit     string
	Metric   string
	What     string // words that Fact.What contains
	Min, Max string // bounds of Fact.Value, inclusive
	Before   string // ISO day: the day of the fact lies before it
	From     string // ISO day: the day of the fact is it or a later one
}

// A FactRow is a fact with the notice that states it.
type FactRow struct {
	tongbao.Fact
	Notice     Source
	PointStart int // Start and End in Unicode code points, as contract §4 prints them
	PointEnd   int
}

// JSON returns the fact's record of contract §4.
func (r *FactRow) JSON() ([]byte, error) {
	return r.Fact.JSONAt(r.Notice.ID, r.PointStart, r.PointEnd)
}

// A FindingFilter narrows findings; empty fields select everything.
type FindingFilter struct {
	Selection
	Check   tongbao.Check
	Verdict tongbao.Verdict
}

// A FindingRow is a finding with the notice that it is about.
type FindingRow struct {
	tongbao.Finding
	Notice     Source
	PointStart int // Start and End in Unicode code points
	PointEnd   int
}

// JSON returns the finding's record of contract §5.
func (r *FindingRow) JSON() ([]byte, error) {
	return r.Finding.JSONAt(r.Notice.ID, r.PointStart, r.PointEnd)
}

// A Source is what is shown of a notice beside something taken from it.
type Source struct {
	ID        string
	Title     string
	URL       string // the first address under which it was met
	Published string
	District  string // as printed: 江干区
	Code      string // GB/T 2260 of the district
	Round     string // id: 浙江省委-14-11
}

// A Summary is a notice without its text and outline.
type Summary struct {
	Notice      *tongbao.Notice   // Text and Sections empty
	MetricFacts map[string]string // metric key → id of the fact it was taken from
}

// A Page is the part of the ranked list that is wanted.
type Page struct {
	Offset int
	Limit  int      // 0: ten
	Facets []string // what all notices that match are counted by: some of the variable Facets
}

// A Result is what a search found.
type Result struct {
	Total  int // notices that match, on all pages
	Hits   []Hit
	Facets []Facet // counts of the notices on all pages, by Page.Facets
}
