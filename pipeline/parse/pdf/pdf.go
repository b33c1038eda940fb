// Package pdf reads the text layer of PDF files into paragraphs.
//
// The reading is done by PDFium, which runs as WebAssembly: hostile bytes meet
// a machine without files, network or clock. Starting that machine means
// compiling it, some seconds of work, once: it is done when the first PDF is
// read, never before, and the result is kept in the user's cache folder
// (tongbao/pdf), with which a later start takes a tenth of a second. Where
// there is no such folder it is compiled anew by each program.
package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// The reasons for which a PDF gives no text.
var (
	ErrBroken   = errors.New("the PDF cannot be read: it is damaged or cut off")
	ErrPassword = errors.New("the PDF is locked by a password")
	ErrScan     = errors.New("the PDF is a scan: its pages are pictures without a text layer")
	ErrGarbled  = errors.New("the PDF does not say which characters its letter forms stand for")
	ErrTooLong  = errors.New("the PDF has more pages than any notice")
)

// Limits of one file: what no notice reaches and a hostile file might.
const (
	maxPages  = 1000
	maxTime   = 2 * time.Minute
	maxMemory = 1 << 30 / (64 << 10) // of the machine, in its pages
	machines  = 2                    // read at the same time; each holds a file and its fonts
)

// Read returns the paragraphs of a PDF in reading order, with headers, footers
// and the numbers of pages left out. A row of a table is one paragraph, its
// cells parted by one space. Errors are, or wrap, the five above.
func Read(body []byte) ([]string, error) {
	pages, err := readPages(body)
	if err != nil {
		return nil, err
	}
	if err := judge(pages); err != nil {
		return nil, err
	}
	return paragraphs(pages), nil
}

// pool starts PDFium when first asked.
var pool = sync.OnceValues(func() (pdfium.Pool, error) {
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(maxMemory).
		WithCloseOnContextDone(true)
	if cache := compiled(); cache != nil {
		config = config.WithCompilationCache(cache)
	}
	p, err := webassembly.Init(webassembly.Config{
		Context: context.Background(), MaxIdle: machines, MaxTotal: machines,
		FSConfig: wazero.NewFSConfig(), RuntimeConfig: config, Stdout: io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		return nil, fmt.Errorf("start the reader of PDF files: %w", err)
	}
	return p, nil
})

// compiled returns the cache of the compiled machine; nil where there can be none.
func compiled() wazero.CompilationCache {
	folder, err := os.UserCacheDir()
	if err != nil {
		return nil
	}
	cache, err := wazero.NewCompilationCacheWithDir(filepath.Join(folder, "tongbao", "pdf"))
	if err != nil {
		return nil
	}
	return cache
}

// readPages lets PDFium read a file in a machine of its own, which is thrown
// away with whatever the file did to it.
func readPages(body []byte) (pages []sheet, err error) {
	machines, err := pool()
	if err != nil {
		return nil, err
	}
	reader, err := machines.GetInstanceWithContext(context.Background())
	if err != nil {
		return nil, fmt.Errorf("start the reader of PDF files: %w", err)
	}
	// Closing frees what the file holds within the machine; a machine that a
	// file has broken or that was stopped cannot do that and says so.
	defer func() { _ = reader.Close() }()
	alarm := time.AfterFunc(maxTime, func() { _ = reader.Kill() })
	defer alarm.Stop()
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("%w (%v)", ErrBroken, broken)
		}
	}()
	opened, err := reader.OpenDocument(&requests.OpenDocument{File: &body})
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		return nil, ErrPassword
	case err != nil:
		return nil, fmt.Errorf("%w (%w)", ErrBroken, err)
	}
	count, err := reader.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil {
		return nil, fmt.Errorf("%w (%w)", ErrBroken, err)
	}
	if count.PageCount > maxPages {
		return nil, fmt.Errorf("%w: %d", ErrTooLong, count.PageCount)
	}
	for i := range count.PageCount {
		page, err := readPage(reader, opened.Document, i)
		if err != nil {
			return nil, fmt.Errorf("%w (page %d: %w)", ErrBroken, i+1, err)
		}
		pages = append(pages, page)
	}
	return pages, nil
}

func readPage(reader pdfium.Pdfium, document references.FPDF_DOCUMENT, index int) (sheet, error) {
	found, err := reader.GetPageTextStructured(&requests.GetPageTextStructured{
		Page: requests.Page{ByIndex: &requests.PageByIndex{Document: document, Index: index}},
		Mode: requests.GetPageTextStructuredModeRects,
	})
	if err != nil {
		return nil, err
	}
	var runs []run
	for _, r := range found.Rects {
		at := r.PointPosition
		runs = append(runs, run{r.Text, at.Left, at.Right, at.Bottom, at.Top})
	}
	return lines(runs), nil
}
