package pipeline

import (
	"sync"

	"tongbao/index"
	"tongbao/pipeline/fetch"
)

// A reach is how far a crawl goes from its sources. It is used by the
// goroutines of all visits.
type reach struct {
	mu     sync.Mutex
	fences map[string]*fetch.Fence // by source
	first  map[string]string       // of list pages by name: the first page of their list
	met    map[string]bool         // what lists of this run have announced
	ended  map[string]bool         // lists by first page: what follows is older than what is wanted
}

func newReach() *reach {
	return &reach{fences: map[string]*fetch.Fence{}, first: map[string]string{}, met: map[string]bool{}, ended: map[string]bool{}}
}

// add fences a source.
func (r *reach) add(s Source) {
	if len(s.Starts) > 0 {
		r.fences[s.Name] = fetch.NewFence(s.Starts...)
	}
}

// fence is that of the source of an address; one of a source that nobody knows
// any more is its own.
func (r *reach) fence(a *index.Address) *fetch.Fence {
	r.mu.Lock()
	defer r.mu.Unlock()
	f := r.fences[a.Source]
	if f == nil {
		f = fetch.NewFence(a.URL)
		r.fences[a.Source] = f
	}
	return f
}

// list is the list that a list page is of: the name of its first page.
func (r *reach) list(a *index.Address) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if first, ok := r.first[a.Name()]; ok {
		return first
	}
	return a.Name()
}

// follows notes that a list page is one of the list.
func (r *reach) follows(list string, a *index.Address) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, known := r.first[a.Name()]; !known && a.Name() != list {
		r.first[a.Name()] = list
	}
}

// meet reports whether an address is announced for the first time in this run.
// What earlier runs knew does not count: they may not have come to the end.
func (r *reach) meet(a *index.Address) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	name := a.Name()
	if r.met[name] {
		return false
	}
	r.met[name] = true
	return true
}

// close notes that nothing behind a page of the list is wanted.
func (r *reach) close(list string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ended[list] = true
}

// beyond reports whether a list page lies behind the end of its list.
func (r *reach) beyond(a *index.Address) bool {
	list := r.list(a)
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.ended[list]
}
