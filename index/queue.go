package index

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"net/url"
	"strings"
	"time"
)

// A Queue is the state of a crawl, kept in the collection, so that a run that
// was killed at any moment goes on where it stopped. What comes of an address
// is written together with that it was visited: see Record.Visit and
// Visit.Found.
//
// The methods may be called from several goroutines. Methods that write fail
// with ErrReadOnly where the collection is open for reading.
type Queue interface {
	// Begin begins a run over sources at a time. Where the last run over the
	// same sources was not ended (Run.Finished), it is that
	// one which goes on.
	Begin(ctx context.Context, now time.Time, sources []string) (Crawl, error)

	// SaveRun records a run, a first time when it begins (which sets its ID)
	// and again when it ends; one without an end was interrupted, and the next
	// run over the same sources goes on from it.
	SaveRun(ctx context.Context, r *Run) error

	// Offer adds addresses that a run is to visit, all or none. Unknown ones
	// are added and counted; one that an earlier run visited is due again,
	// unless it is offered Once; one that this run knows is left alone.
	Offer(ctx context.Context, run int64, addresses []Address) (added int, err error)

	// Next takes the address of the run that waits longest (by order of
	// arrival) of those whose host is not among busy and whose NextTry is not
	// later than now; ok is false where there is none. An address that was
	// taken is not given out again before it is settled, or the collection is
	// opened anew.
	Next(ctx context.Context, run int64, now time.Time, busy []string) (a Address, ok bool, err error)

	// Settle records visits, all or none, and what kind of page was found. An
	// address that nobody offered is added as it stands (what another crawler
	// fetched).
	Settle(ctx context.Context, visits []Visit) error

	// Requeue lets a run try again what failed in any run, of the sources that
	// are named or else of all, and returns how many addresses that are.
	Requeue(ctx context.Context, run int64, sources ...string) (int, error)

	// Revisit lets a run visit again what earlier runs over a source have
	// done, with the validators that are known of it, and returns how many
	// addresses that are.
	Revisit(ctx context.Context, run int64, source string) (int, error)

	// Hosts counts a run's addresses by host, in the order of the hosts' names.
	Hosts(ctx context.Context, run int64) ([]HostCount, error)

	// Addresses yields the addresses of a run (0: of all) in a state ("": in
	// any), in order of arrival. An error ends it.
	Addresses(ctx context.Context, run int64, state AddressState) iter.Seq2[Address, error]

	// Lookup returns what is known of an address by its Name; ok is false
	// where nothing is.
	Lookup(ctx context.Context, name string) (a Address, ok bool, err error)
}

// A Run is one call of tongbao run, for the record.
type Run struct {
	ID                int64 // 0: not yet recorded
	Started, Finished time.Time
	Sources           []string

	Found, New, Unchanged, Duplicate, Replaced, Failed, Facts, Findings int
}

// A Crawl is a run over the network that has begun.
type Crawl struct {
	Run     int64
	Started time.Time
	Resumed bool // it was interrupted before
}

// AddressKind is what is expected behind an address.
type AddressKind string

// The kinds of addresses.
const (
	PageAddress       AddressKind = "page" // anything: what it is shows when it is visited
	ArticleAddress    AddressKind = "article"
	ListAddress       AddressKind = "list"
	SitemapAddress    AddressKind = "sitemap"
	AttachmentAddress AddressKind = "attachment"
)

// AddressState is what has become of an address.
type AddressState string

// The states of an address. One that is being visited still waits: after a kill
// it is visited again.
const (
	AddressWaiting AddressState = "waiting"
	AddressDone    AddressState = "done"
	AddressFailed  AddressState = "failed"  // its Reason says why; tried again by Requeue or a later run
	AddressSkipped AddressState = "skipped" // not to be visited: robots.txt, outside the section …
)

// An Address is something to be fetched, and what is known of it.
type Address struct {
	URL         string
	Method      string // "" for GET
	ContentType string // of Body
	Body        []byte // what is sent with POST

	Host   string // with its port; taken from URL where empty
	Kind   AddressKind
	Source string // of the run, as the user gave it
	Depth  int    // steps from the source
	Once   bool   // for Offer only: not visited again by later runs

	State        AddressState
	Reason       string // why it failed, was skipped, or waits again
	Tries        int    // visits in the run that visited it last
	ETag         string
	LastModified string
	SHA256       string // of the payload, in hex
	File         string // of the archive, where the answer lies
	Offset       int64
	Added        time.Time
	Visited      time.Time // last; zero for never
	NextTry      time.Time // not to be visited before; zero for at once
}

// Name is what tells an address from others: its URL, and for a POST what is
// sent as well.
func (a *Address) Name() string {
	if (a.Method == "" || a.Method == "GET") && len(a.Body) == 0 {
		return a.URL
	}
	sum := sha256.Sum256(a.Body)
	return a.Method + " " + a.URL + " " + hex.EncodeToString(sum[:8])
}

// Check completes Host and returns an error for an address that cannot be kept.
func (a *Address) Check() error {
	if a.Host == "" {
		u, err := url.Parse(a.URL)
		if err != nil {
			return fmt.Errorf("address %q: %w", a.URL, err)
		}
		a.Host = strings.ToLower(u.Host)
	}
	if a.URL == "" || a.Host == "" {
		return fmt.Errorf("address %q: it names no host; write it as https://host/path", a.URL)
	}
	return nil
}

// A Visit is what came of visiting an address: State and all that follows it
// are as they are to be kept (but for Tries, which are counted, and Added). An
// address that was taken with Next has its validators still, so that they stay
// where nothing new is known. AddressWaiting puts it back, until NextTry.
type Visit struct {
	Address Address
	Found   []Address // are offered to the run of the address, in the same transaction
}

// HostCount is how far a run has come with a host.
type HostCount struct {
	Host                           string
	Waiting, Done, Failed, Skipped int
	NextTry                        time.Time // the earliest time at which one of those waiting may be visited; zero for at once
}
