// Package pipeline is the line that a document goes down:
//
//	Ref → Load → Page → Parse → Notice → Segment → Doc → Extract → Facts → Audit → Findings → Store
//
// It alone knows the order of the stages. Read is the line for one page, Each
// for many, Run for a collection.
package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"iter"
	"runtime"
	"time"

	"tongbao"
	"tongbao/extractors"
	"tongbao/internal/segment"
	"tongbao/pipeline/audit"
)

// Read takes one page down the line. It depends on nothing but the page.
func Read(page tongbao.Page, s *segment.Segmenter) (tongbao.Reading, error) {
	notice, err := parsePage(page)
	if err != nil {
		return tongbao.Reading{}, err
	}
	doc := s.Segment(notice)
	facts := extractors.Extract(doc)
	findings := audit.Audit(doc, facts)
	return tongbao.Reading{Notice: notice, Words: doc.Words, Facts: facts, Findings: findings}, nil
}

// NoNotice reports whether a reading is of a page that is none of the genres
// and states nothing: kept, but somebody should look at it.
func NoNotice(r tongbao.Reading) bool {
	return r.Notice.Genre == tongbao.Other && len(r.Facts) == 0
}

// A Result is what came of one document.
type Result struct {
	Ref     Ref
	Reading tongbao.Reading
	Page    string // hash of the page's bytes
	Known   bool   // the store had it already, read by the same stages
	Err     error
}

// Each reads the documents on all cores and hands the results to take in their
// order; a document that cannot be read is a Result with Err. It stops at the
// first error of take, and when ctx ends.
func Each(ctx context.Context, refs iter.Seq[Ref], stdin io.Reader, take func(Result) error) error {
	s := segment.New()
	return inOrder(ctx, runtime.GOMAXPROCS(0), refs, func(r Ref) Result { return read(r, stdin, s) }, take)
}

func read(r Ref, stdin io.Reader, s *segment.Segmenter) Result {
	page, err := Load(r, stdin)
	if err != nil {
		return Result{Ref: r, Err: err}
	}
	reading, err := Read(page, s)
	return Result{Ref: r, Reading: reading, Err: err}
}
