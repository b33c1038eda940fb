package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"time"

	"tongbao/index"
	"tongbao/internal/segment"
	"tongbao/pipeline/parse"
)

// A Summary says what a run did. Found is the sum of New, Unchanged, Duplicate,
// Failed and Skipped; Facts and Findings are those of the notices that are New.
type Summary struct {
	Found     int     `json:"found"`
	New       int     `json:"new"`
	Unchanged int     `json:"unchanged"`
	Duplicate int     `json:"duplicate"` // the text of a notice that is there under another address
	Failed    int     `json:"failed"`
	Skipped   int     `json:"skipped,omitempty"` // not to be fetched: robots.txt, an address that leads where it may not
	Facts     int     `json:"facts"`
	Findings  int     `json:"findings"`
	Seconds   float64 `json:"seconds"`
	Changed   int     `json:"changed,omitempty"` // of New: read anew, because page or extractors changed
	Waiting   int     `json:"waiting,omitempty"` // addresses that a crawl has left for the next run
}

// Add adds the figures of another run.
func (s *Summary) Add(o Summary) {
	s.Found += o.Found
	s.New += o.New
	s.Unchanged += o.Unchanged
	s.Duplicate += o.Duplicate
	s.Failed += o.Failed
	s.Skipped += o.Skipped
	s.Facts += o.Facts
	s.Findings += o.Findings
	s.Seconds += o.Seconds
	s.Changed += o.Changed
	s.Waiting += o.Waiting
}

func (s *Summary) count(outcome index.Outcome, record index.Record) {
	switch outcome {
	case index.Failed:
		s.Failed++
		return
	case index.Unchanged:
		s.Unchanged++
		return
	case index.Duplicate:
		s.Duplicate++
		return
	case index.Replaced:
		s.Changed++
	}
	s.New++
	s.Facts += len(record.Reading.Facts)
	s.Findings += len(record.Reading.Findings)
}

// A batch is stored when it has so many records or so many bytes of text: what
// a kill may cost, and what memory holds.
const (
	batchRecords = 200
	batchBytes   = 8 << 20
)

// Run reads the documents of the sources into the store. What the store holds
// already, read from the same bytes by the same stages, is left alone. watch is
// told of every document, in order, from one goroutine. A document that fails
// is counted and recorded, and stops nothing; an error of the store ends the
// run. When ctx ends, what has been read is stored and the error is that of
// ctx; running again goes on from there.
// Pages out of web archives are read with the descriptions of the catalogue.
func Run(ctx context.Context, sources []string, store index.Store, catalogue *parse.Catalogue, watch func(Result)) (Summary, error) {
	return run(ctx, Expand(sources), store, catalogue, watch)
}

func run(ctx context.Context, refs iter.Seq[Ref], store index.Store, catalogue *parse.Catalogue, watch func(Result)) (Summary, error) {
	begun := time.Now()
	w := &writer{store: store}
	l := line{segment.New(), catalogue}
	err := inOrder(ctx, runtime.GOMAXPROCS(0), refs,
		func(ref Ref) visit { return look(ctx, ref, store, l) },
		func(v visit) error {
			if v.fatal != nil {
				return v.fatal
			}
			watch(v.Result)
			return w.add(ctx, v)
		})
	if err == nil || errors.Is(err, context.Canceled) {
		err = errors.Join(err, w.flush(ctx))
	}
	w.Seconds = time.Since(begun).Round(time.Millisecond).Seconds()
	return w.Summary, err
}

// A visit is a document looked at by a run.
type visit struct {
	Result
	sha256  string
	current bool  // the store has it
	fatal   error // the store could not be asked
}

func look(ctx context.Context, ref Ref, store index.Store, l line) visit {
	v := visit{Result: Result{Ref: ref}}
	v.Page, v.Err = Load(ref, nil)
	if len(v.Page.Body) > 0 {
		sum := sha256.Sum256(v.Page.Body)
		v.sha256 = hex.EncodeToString(sum[:])
	}
	page := v.Page
	v.Page.Body = nil // may be large, and is not needed behind this function
	if v.Err != nil {
		return v
	}
	state, err := store.Known(ctx, v.Page.URL, v.sha256, Versions())
	if err != nil {
		v.fatal = fmt.Errorf("look up %s: %w", ref.Name, err)
		return v
	}
	if v.current = state == index.Current; !v.current {
		var fit parse.Fit
		v.Reading, fit, v.Err = l.read(page)
		v.Drift = fit.Drift
	}
	return v
}

// A writer hands readings to the store in batches and counts what became of them.
type writer struct {
	Summary
	store index.Store
	batch []index.Record
	bytes int
}

func (w *writer) add(ctx context.Context, v visit) error {
	w.Found++
	switch {
	case v.current:
		w.Unchanged++
		return nil
	case v.Err != nil && v.sha256 == "":
		w.Failed++ // a source without bytes, such as a misspelt name, leaves no trace
		return nil
	}
	fetched := v.Ref.fetched
	if fetched.IsZero() {
		fetched = time.Now()
	}
	record := index.Record{URL: v.Page.URL, SHA256: v.sha256, Fetched: fetched, Versions: Versions(), Err: v.Err}
	if v.Err == nil {
		reading := v.Reading
		record.Reading = &reading
		w.bytes += len(reading.Notice.Text)
	}
	w.batch = append(w.batch, record)
	if len(w.batch) < batchRecords && w.bytes < batchBytes {
		return nil
	}
	return w.flush(ctx)
}

// flush stores the batch, also when ctx has ended: what was read is not lost.
func (w *writer) flush(ctx context.Context) error {
	if len(w.batch) == 0 {
		return nil
	}
	outcomes, err := w.store.Put(context.WithoutCancel(ctx), w.batch)
	if err != nil {
		return fmt.Errorf("store %d documents: %w", len(w.batch), err)
	}
	for i, outcome := range outcomes {
		w.count(outcome, w.batch[i])
	}
	clear(w.batch)
	w.batch, w.bytes = w.batch[:0], 0
	return nil
}
