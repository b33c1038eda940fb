// Package pipeline is the line that a document goes down:
//
//	Ref → Load → Page → Parse → Notice → Segment → Doc → Extract → Facts → Audit → Findings → Store
//
// It alone knows the order of the stages. Read is the line for one page, Each
// for many, Run for a collection.
package pipeline

import (
	"context"
	"fmt"
	"io"
	"iter"
	"runtime"

	"tongbao"
	"tongbao/extractors"
	"tongbao/index"
	"tongbao/internal/segment"
	"tongbao/pipeline/audit"
	"tongbao/pipeline/parse"
)

// Versions names the stages that read a document, so that a collection knows
// what it holds of older ones.
func Versions() string {
	return fmt.Sprintf("line %d, extractors %s", lineVersion, extractors.Edition())
}

// lineVersion counts the changes of parse, segment and audit that may change
// what is read.
const lineVersion = 3

// Read takes one page down the line. It depends on nothing but the page.
func Read(page tongbao.Page, s *segment.Segmenter) (tongbao.Reading, error) {
	notice, err := parse.Parse(page)
	if err != nil {
		return tongbao.Reading{}, err
	}
	return readNotice(notice, s), nil
}

func readNotice(notice *tongbao.Notice, s *segment.Segmenter) tongbao.Reading {
	doc := s.Segment(notice)
	facts := extractors.Extract(doc)
	findings := audit.Audit(doc, facts)
	return tongbao.Reading{Notice: notice, Words: doc.Words, Facts: facts, Findings: findings}
}

// A Result is what came of one document.
type Result struct {
	Ref     Ref
	Page    tongbao.Page
	Reading tongbao.Reading // without a Notice where the document was not read
	Err     error

	Run       int64         // of the crawl; 0 for files
	Kind      string        // of a page fetched: article, list, sitemap, attachment; "" for files
	Followed  int           // addresses that it announced
	Unchanged bool          // the collection holds the document as it is
	Skipped   error         // why it was not to be fetched
	PutOff    error         // why it waits for a later run
	Outcome   index.Outcome // what the store did with a document of a crawl; "" where it was not asked
	Drift     *parse.Drift  // its site's description has stopped fitting
}

// NoNotice reports whether a page was read that belongs to none of the genres:
// it is kept, but somebody should look at it.
func (r Result) NoNotice() bool {
	n := r.Reading.Notice
	return n != nil && n.Genre == tongbao.Other
}

// Each reads the documents on all cores and hands the results to take in their
// order; a document that cannot be read is a Result with Err. stdin is read
// where Stdin is among them. It stops at the first error of take, and when ctx
// ends.
func Each(ctx context.Context, refs iter.Seq[Ref], stdin io.Reader, take func(Result) error) error {
	s := segment.New()
	read := func(ref Ref) Result {
		r := Result{Ref: ref}
		if r.Page, r.Err = Load(ref, stdin); r.Err == nil {
			r.Reading, r.Err = Read(r.Page, s)
		}
		return r
	}
	return inOrder(ctx, runtime.GOMAXPROCS(0), refs, read, take)
}
