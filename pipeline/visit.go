package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"tongbao"
	"tongbao/index"
	"tongbao/internal/archive"
	"tongbao/internal/segment"
	"tongbao/pipeline/fetch"
	"tongbao/pipeline/parse"
)

// A line reads pages with the descriptions of a catalogue.
type line struct {
	segmenter *segment.Segmenter
	catalogue *parse.Catalogue
}

// ErrCrash says that the program itself failed on a page: a fault of ours, that
// must not cost the other pages.
var ErrCrash = errors.New("the program itself failed on it: please report it, with the page")

func (l line) read(page tongbao.Page) (reading tongbao.Reading, fit parse.Fit, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			reading, err = tongbao.Reading{}, fmt.Errorf("%w (%v)", ErrCrash, fault)
		}
	}()
	notice, fit, err := l.catalogue.Parse(page)
	if err != nil {
		return tongbao.Reading{}, fit, err
	}
	return readNotice(notice, l.segmenter), fit, nil
}

// visited is what came of an address.
type visited struct {
	address   index.Address // as it is to be recorded
	page      tongbao.Page  // its URL is the one after redirects; no body
	found     []index.Address
	reading   tongbao.Reading
	fit       parse.Fit
	drift     *parse.Drift
	unchanged bool  // the collection holds the document as it is
	passed    bool  // nothing was to be done, and nothing is to be told
	err       error // why there is no reading
	fatal     error // the archive cannot be written
}

// document reports whether a document was expected at the address.
func (v *visited) document() bool {
	switch v.address.Kind {
	case index.ListAddress, index.SitemapAddress:
		return false
	}
	return true
}

// ErrDry stands for a document that a dry run leaves alone.
var ErrDry = errors.New("it would be fetched")

// errForgotten says that a page which is unchanged cannot be had out of the
// archive.
var errForgotten = errors.New("the archive has it no more")

// visit fetches an address, keeps what was sent, and reads what it is.
func (l *crawl) visit(ctx context.Context, a index.Address) visited {
	v := visited{address: a}
	switch {
	case a.Kind == index.ListAddress && l.beyond(&a):
		v.address.State, v.address.Reason, v.passed = index.AddressSkipped, "the pages before it held nothing that was asked for", true
		return v
	case l.Dry && v.document() && a.Depth > 0:
		_, err := l.Client.Permitted(ctx, a.URL)
		v.err = ErrDry
		if v.address.State = index.AddressSkipped; err != nil {
			v.refuse(err)
		}
		return v
	}
	page, err := l.ask(ctx, &v, fetch.Validators{ETag: a.ETag, LastModified: a.LastModified})
	if errors.Is(err, errForgotten) {
		page, err = l.ask(ctx, &v, fetch.Validators{})
	}
	switch {
	case v.fatal != nil:
	case err != nil:
		v.refuse(err)
	default:
		sum := sha256.Sum256(page.Body)
		v.address.State, v.address.Reason, v.address.SHA256 = index.AddressDone, "", hex.EncodeToString(sum[:])
		l.look(ctx, &v, page)
	}
	return v
}

// ask fetches the address and keeps what was sent. A page that has not changed
// is taken out of the archive, and read like one that came: it may have been
// read by older rules, or its links not followed.
func (l *crawl) ask(ctx context.Context, v *visited, known fetch.Validators) (tongbao.Page, error) {
	a := &v.address
	if a.File == "" {
		known = fetch.Validators{}
	}
	answer, err := l.Client.Do(ctx, fetch.Request{Method: a.Method, URL: a.URL, ContentType: a.ContentType, Body: a.Body, Known: known})
	a.Visited, v.page = time.Now(), tongbao.Page{URL: answer.URL}
	got := err == nil && !answer.NotModified
	if v.fatal = l.keep(v, answer, got); v.fatal != nil || err != nil {
		return answer.Page, err
	}
	a.ETag, a.LastModified = answer.Validators.ETag, answer.Validators.LastModified
	if got {
		return answer.Page, nil
	}
	page, err := held(l.Archive.Dir(), archive.Place{File: a.File, Offset: a.Offset})
	if err != nil {
		return tongbao.Page{}, fmt.Errorf("%w: %w", errForgotten, err)
	}
	v.page.URL = page.URL
	return page, nil
}

// mostWaits is how often an address is put off in a run because its host asks
// to be left alone for long.
const mostWaits = 3

// refuse records why an address was not fetched.
func (v *visited) refuse(err error) {
	v.err, v.address.State, v.address.Reason = err, index.AddressFailed, err.Error()
	var fault *fetch.Fault
	errors.As(err, &fault)
	switch {
	case errors.Is(err, fetch.ErrWait) && v.address.Tries < mostWaits:
		v.address.State, v.address.NextTry = index.AddressWaiting, fault.NotBefore
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		v.address.State = index.AddressWaiting
	case errors.Is(err, fetch.ErrRobots) && !fetch.Temporary(err), errors.Is(err, fetch.ErrForbiddenAddress):
		v.address.State = index.AddressSkipped
	}
	if fault != nil && fault.URL == v.address.URL { // who tells of it names the address
		v.address.Reason = fault.Err.Error()
		if !errors.Is(err, fetch.ErrRobots) { // of which only the fault tells whether it is for good
			v.err = fault.Err
		}
	}
}

// keep writes what went over the wire to the archive, on the disk before the
// collection names it. Where the page was got, its place is that of the address.
func (l *crawl) keep(v *visited, answer fetch.Answer, got bool) error {
	l.archiving.Lock()
	defer l.archiving.Unlock()
	for i, e := range answer.Exchanges {
		last := i == len(answer.Exchanges)-1
		if last && v.address.File != "" {
			e.Earlier = archive.Place{File: v.address.File, Offset: v.address.Offset}
		}
		place, err := l.Archive.Add(e)
		switch {
		case errors.Is(err, archive.ErrExchange): // a server sent what is no answer
			place = archive.Place{}
		case err != nil:
			return fmt.Errorf("keep %s: %w", v.address.URL, err)
		}
		if last && got {
			v.address.File, v.address.Offset = place.File, place.Offset
		}
	}
	if len(answer.Exchanges) == 0 {
		return nil
	}
	return l.Archive.Sync()
}

// look tells what a page is, and reads it as that.
func (l *crawl) look(ctx context.Context, v *visited, page tongbao.Page) {
	if v.address.Kind == index.PageAddress {
		v.address.Kind = kinds[parse.KindOf(page, l.Catalogue)]
		if v.address.Depth > 0 && !v.document() {
			return // a sitemap names lists too: their notices stand in it themselves
		}
	}
	var err error
	switch v.address.Kind {
	case index.ListAddress:
		err = l.readList(ctx, v, page)
	case index.SitemapAddress:
		err = l.readSitemap(v, page)
	default:
		err = l.readDocument(ctx, v, page)
	}
	if err != nil {
		v.err, v.address.State, v.address.Reason = err, index.AddressFailed, err.Error()
	}
}

// kinds are those of addresses by those of pages. What is neither is read as an
// article, which says what is wrong with it.
var kinds = map[parse.Kind]index.AddressKind{parse.KindArticle: index.ArticleAddress, parse.KindOther: index.ArticleAddress,
	parse.KindList: index.ListAddress, parse.KindSitemap: index.SitemapAddress}

// readDocument finds the documents that are attached to a notice, and reads it
// where the collection does not hold it as it is.
func (l *crawl) readDocument(ctx context.Context, v *visited, page tongbao.Page) error {
	if v.address.Kind == index.ArticleAddress {
		attached, _ := parse.ReadAttachments(page, l.Catalogue) // a document without markup has none
		for _, link := range attached {
			l.offer(v, page.URL, link.URL, index.AttachmentAddress)
		}
	}
	if state, err := l.Collection.Known(ctx, page.URL, v.address.SHA256, Versions()); err == nil && state == index.Current {
		v.unchanged = true
		return nil
	}
	var err error
	v.reading, v.fit, err = l.line.read(page)
	v.drift = v.fit.Drift
	return err
}

// readList finds the notices of a list page and the pages that follow it.
func (l *crawl) readList(ctx context.Context, v *visited, page tongbao.Page) error {
	read, err := parse.ReadList(page, l.Catalogue)
	if err != nil {
		return err
	}
	if v.address.Depth == 0 && page.URL != v.address.URL {
		l.fence(&v.address).Moved(page.URL)
	}
	list, brought, old, outside := l.list(&v.address), 0, 0, ""
	for _, link := range read.Articles {
		if l.early(link.Date) {
			old++
			continue
		}
		a, ok := l.offer(v, page.URL, link.URL, index.ArticleAddress)
		if !ok {
			outside = link.URL
			continue
		}
		if !l.meet(&a) {
			continue
		}
		if _, known, err := l.Collection.Lookup(ctx, a.Name()); !l.Crawler.New || err == nil && !known {
			brought++
		}
	}
	if outside != "" && len(v.found) == 0 && old == 0 {
		return fmt.Errorf("all its notices lie elsewhere, such as %s: name the list of that site: %w", outside, fetch.ErrOutside)
	}
	served := len(read.Articles) == 0 // a script that tells of the pages brings none itself
	// A page all of whose notices are too old brings nothing: some lists begin
	// with what is pinned to their top.
	if !served && !l.fence(&v.address).Brought(v.address.Source+" "+list, brought) {
		if l.Crawler.New || l.Since != "" {
			l.close(list)
		}
		return nil
	}
	for _, next := range read.Next {
		l.follow(v, page.URL, list, next)
	}
	return nil
}

// early reports whether a day that a list prints lies before what is wanted.
func (l *crawl) early(day string) bool {
	return l.Since != "" && day != "" && day[:min(len(day), len(time.DateOnly))] < l.Since
}

// follow adds a following page of a list to what a page announces.
func (l *crawl) follow(v *visited, base, list string, next parse.Request) {
	target, err := fetch.Canonical(base, next.URL)
	if err != nil {
		return
	}
	allow := l.fence(&v.address).List
	if next.Made {
		allow = l.fence(&v.address).Service
	}
	if allow(target) != nil {
		return
	}
	a := index.Address{URL: target, Method: next.Method, ContentType: next.ContentType, Body: next.Body,
		Kind: index.ListAddress, Source: v.address.Source, Depth: v.address.Depth + 1}
	l.follows(list, &a)
	v.found = append(v.found, a)
}

// readSitemap finds the pages and the further maps that a sitemap names. One
// that is damaged is read as far as it goes, and named.
func (l *crawl) readSitemap(v *visited, page tongbao.Page) error {
	sitemap, err := parse.ReadSitemap(page)
	for _, link := range sitemap.Pages {
		if !l.early(link.Date) {
			l.offer(v, page.URL, link.URL, index.PageAddress)
		}
	}
	for _, link := range sitemap.Maps {
		l.offer(v, page.URL, link.URL, index.SitemapAddress)
	}
	return err
}

// offer adds an address to what a page announces, if it lies within what was
// asked for.
func (l *crawl) offer(v *visited, base, link string, kind index.AddressKind) (index.Address, bool) {
	target, err := fetch.Canonical(base, link)
	if err != nil || l.fence(&v.address).Page(target) != nil {
		return index.Address{}, false
	}
	a := index.Address{URL: target, Kind: kind, Source: v.address.Source, Depth: v.address.Depth + 1}
	a.Once = l.Crawler.New && kind != index.SitemapAddress && !l.failedBefore(a)
	v.found = append(v.found, a)
	return a, true
}

// failedBefore reports whether an address was visited in vain: as long as a list
// announces it, it is tried again.
func (l *crawl) failedBefore(a index.Address) bool {
	known, ok, err := l.Collection.Lookup(context.Background(), a.Name())
	return err == nil && ok && known.State == index.AddressFailed
}
