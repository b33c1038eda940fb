package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"
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

func (l line) read(page tongbao.Page) (tongbao.Reading, parse.Fit, error) {
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
	unchanged bool
	err       error // why there is no reading
	fatal     error // the archive cannot be written
}

// document reports whether a document was expected at the address.
func (v *visited) document() bool {
	return v.address.Kind == index.ArticleAddress || v.address.Kind == index.AttachmentAddress
}

// ErrDry stands for a document that a dry run leaves alone.
var ErrDry = errors.New("it would be fetched")

// archiving keeps the archive to one goroutine at a time.
var archiving sync.Mutex

// visit fetches an address, keeps what was sent, and reads what it is.
func (l *crawl) visit(ctx context.Context, a index.Address) visited {
	v := visited{address: a}
	if l.Dry && v.document() && a.Depth > 0 {
		v.address.State, v.err = index.AddressSkipped, ErrDry
		return v
	}
	answer, err := l.Client.Do(ctx, fetch.Request{Method: a.Method, URL: a.URL, ContentType: a.ContentType, Body: a.Body, Known: fetch.Validators{ETag: a.ETag, LastModified: a.LastModified}})
	v.address.Visited, v.page = time.Now(), tongbao.Page{URL: answer.URL}
	if v.fatal = l.keep(&v, answer); v.fatal != nil {
		return v
	}
	switch {
	case err != nil:
		v.refuse(err)
		return v
	case answer.NotModified:
		v.address.State, v.unchanged = index.AddressDone, true
		return v
	}
	sum := sha256.Sum256(answer.Page.Body)
	hash := hex.EncodeToString(sum[:])
	v.address.State, v.address.Reason = index.AddressDone, ""
	v.address.ETag, v.address.LastModified, v.address.SHA256 = answer.Validators.ETag, answer.Validators.LastModified, hash
	l.look(ctx, &v, answer.Page, hash)
	return v
}

// refuse records why an address was not fetched.
func (v *visited) refuse(err error) {
	v.err, v.address.State, v.address.Reason = err, index.AddressFailed, err.Error()
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		v.address.State = index.AddressWaiting
	case errors.Is(err, fetch.ErrRobots) && !fetch.Temporary(err), errors.Is(err, fetch.ErrForbiddenAddress):
		v.address.State = index.AddressSkipped
	}
}

// keep writes what went over the wire to the archive, on the disk before the
// collection names it.
func (l *crawl) keep(v *visited, answer fetch.Answer) error {
	archiving.Lock()
	defer archiving.Unlock()
	for i, e := range answer.Exchanges {
		if last := i == len(answer.Exchanges)-1; last && v.address.File != "" {
			e.Earlier = archive.Place{File: v.address.File, Offset: v.address.Offset}
		}
		place, err := l.Archive.Add(e)
		if err != nil {
			return fmt.Errorf("keep %s: %w", v.address.URL, err)
		}
		if answer.Status == 200 && !answer.NotModified {
			v.address.File, v.address.Offset = place.File, place.Offset
		}
	}
	if len(answer.Exchanges) == 0 {
		return nil
	}
	return l.Archive.Sync()
}

// look tells what a page is, and reads it as that.
func (l *crawl) look(ctx context.Context, v *visited, page tongbao.Page, hash string) {
	kind := v.address.Kind
	if v.address.Depth == 0 && kind == index.ArticleAddress || kind == index.SitemapAddress { // the user may have named anything
		switch parse.KindOf(page, l.Catalogue) {
		case parse.KindList:
			kind = index.ListAddress
		case parse.KindSitemap:
			kind = index.SitemapAddress
		case parse.KindArticle:
			kind = index.ArticleAddress
		}
		v.address.Kind = kind
	}
	var err error
	switch kind {
	case index.ListAddress:
		err = l.readList(ctx, v, page)
	case index.SitemapAddress:
		err = l.readSitemap(v, page)
	default:
		err = l.readDocument(ctx, v, page, hash)
	}
	if err != nil {
		v.err, v.address.State, v.address.Reason = err, index.AddressFailed, err.Error()
	}
}

// readDocument reads a notice, and finds the documents that are attached to it.
func (l *crawl) readDocument(ctx context.Context, v *visited, page tongbao.Page, hash string) error {
	if state, err := l.Collection.Known(ctx, page.URL, hash, Versions()); err == nil && state == index.Current {
		v.unchanged = true
	}
	var err error
	if v.reading, v.fit, err = l.line.read(page); v.fit.Drift != nil {
		v.drift = v.fit.Drift
	}
	if err != nil {
		return err
	}
	if v.address.Kind != index.ArticleAddress {
		return nil
	}
	attached, err := parse.ReadAttachments(page, l.Catalogue)
	if err != nil {
		return nil // a document without markup has none
	}
	for _, link := range attached {
		l.offer(v, page.URL, link.URL, index.AttachmentAddress)
	}
	return nil
}

// readList finds the notices of a list page and the pages that follow it.
func (l *crawl) readList(ctx context.Context, v *visited, page tongbao.Page) error {
	list, err := parse.ReadList(page, l.Catalogue)
	if err != nil {
		return err
	}
	unknown, old := 0, 0
	for _, link := range list.Articles {
		if l.Since != "" && link.Date != "" && link.Date[:min(len(link.Date), 10)] < l.Since {
			old++
			continue
		}
		if a, ok := l.offer(v, page.URL, link.URL, index.ArticleAddress); ok {
			if _, known, err := l.Collection.Lookup(ctx, a.Name()); err == nil && !known {
				unknown++
			}
		}
	}
	if len(list.Articles) > 0 && old == len(list.Articles) || !l.fence(&v.address).Brought(v.address.Source, unknown) {
		return nil
	}
	for _, next := range list.Next {
		target, err := fetch.Canonical(page.URL, next.URL)
		if err != nil || l.fence(&v.address).List(target) != nil {
			continue
		}
		v.found = append(v.found, index.Address{URL: target, Method: next.Method, ContentType: next.ContentType, Body: next.Body,
			Kind: index.ListAddress, Source: v.address.Source, Depth: v.address.Depth + 1})
	}
	return nil
}

// readSitemap finds the pages and the further maps that a sitemap names.
func (l *crawl) readSitemap(v *visited, page tongbao.Page) error {
	sitemap, err := parse.ReadSitemap(page)
	if err != nil && len(sitemap.Pages)+len(sitemap.Maps) == 0 {
		return err
	}
	for _, link := range sitemap.Pages {
		if l.Since == "" || link.Date == "" || link.Date[:min(len(link.Date), 10)] >= l.Since {
			l.offer(v, page.URL, link.URL, index.ArticleAddress)
		}
	}
	for _, link := range sitemap.Maps {
		l.offer(v, page.URL, link.URL, index.SitemapAddress)
	}
	return nil
}

// offer adds an address to what a page announces, if it lies within what was
// asked for.
func (l *crawl) offer(v *visited, base, link string, kind index.AddressKind) (index.Address, bool) {
	target, err := fetch.Canonical(base, link)
	if err != nil || l.fence(&v.address).Page(target) != nil {
		return index.Address{}, false
	}
	a := index.Address{URL: target, Kind: kind, Source: v.address.Source, Depth: v.address.Depth + 1}
	v.found = append(v.found, a)
	return a, true
}
