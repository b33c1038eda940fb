package pipeline

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"tongbao"
	"tongbao/index"
	"tongbao/internal/archive"
	"tongbao/pipeline/parse"
)

// isArchive reports whether a file is a web archive by its name.
func isArchive(path string) bool {
	name := strings.ToLower(path)
	return strings.HasSuffix(name, ".warc") || strings.HasSuffix(name, ".warc.gz")
}

// archived yields the articles of a web archive, of whatever crawler: answers
// 200 that hold one. Other pages are passed over; a damaged record is yielded
// with its error.
func archived(r Ref, yield func(Ref) bool) bool {
	catalogue, err := parse.Known()
	if err != nil {
		return yield(Ref{Path: r.Path, Name: r.Name, Err: err})
	}
	met := false
	for record, err := range archive.Records(r.Path) {
		if err != nil {
			met = true
			if !yield(Ref{Path: r.Path, Name: r.Name, Err: fmt.Errorf("web archive: %w", err)}) {
				return false
			}
			continue
		}
		if record.Type != "response" && record.Type != "resource" {
			continue
		}
		page, status, _, err := record.Page()
		if err != nil || status != 200 || parse.KindOf(page, catalogue) != parse.KindArticle {
			continue
		}
		met = true
		at := archive.Place{File: filepath.Base(r.Path), Offset: record.Place.Offset}
		if !yield(stored(filepath.Dir(r.Path), at, page.URL, r.Name+": "+page.URL, record.Date)) {
			return false
		}
	}
	if !met {
		return yield(Ref{Path: r.Path, Name: r.Name, Err: errors.New("no article was found in this web archive")})
	}
	return true
}

// stored is a Ref to a page in an archive, which is read only when it is its
// turn.
func stored(dir string, at archive.Place, url, name string, fetched time.Time) Ref {
	return Ref{Path: url, Name: name, fetched: fetched, load: func() (tongbao.Page, error) {
		page, err := held(dir, at)
		if err != nil {
			return tongbao.Page{URL: url}, err
		}
		return page, nil
	}}
}

// held is the page that an archive holds at a place.
func held(dir string, at archive.Place) (tongbao.Page, error) {
	record, err := archive.Load(dir, at)
	if err != nil {
		return tongbao.Page{}, err
	}
	page, _, _, err := record.Page()
	return page, err
}

// Reread reads the documents that were ever fetched anew out of the collection's
// own archive in dir, by the extractors and descriptions of today, without the
// network: all, or those of some sources by name. What is current is left alone.
func Reread(ctx context.Context, dir string, c Collection, catalogue *parse.Catalogue, sources []string, watch func(Result)) (Summary, error) {
	var fault error
	refs := func(yield func(Ref) bool) {
		for a, err := range c.Addresses(ctx, 0, "") {
			if err != nil {
				fault = fmt.Errorf("list what was fetched: %w", err)
				return
			}
			if a.File == "" || a.Kind != index.ArticleAddress && a.Kind != index.AttachmentAddress ||
				len(sources) > 0 && !slices.Contains(sources, a.Source) {
				continue
			}
			if !yield(stored(dir, archive.Place{File: a.File, Offset: a.Offset}, a.URL, a.URL, a.Visited)) {
				return
			}
		}
	}
	summary, err := run(ctx, refs, c, catalogue, watch)
	return summary, errors.Join(err, fault)
}
