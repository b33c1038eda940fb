package pipeline

import (
	"context"
	"errors"
	"fmt"

	"tongbao"
	"tongbao/index"
	"tongbao/pipeline/fetch"
)

// take stores what came of a visit, in one transaction with the visit itself.
// What was fetched is stored also when ctx has ended.
func (l *crawl) take(ctx context.Context, v visited) error {
	ctx = context.WithoutCancel(ctx)
	if v.fatal != nil {
		return v.fatal
	}
	putOff := v.address.State == index.AddressWaiting
	visit := index.Visit{Address: v.address, Found: v.found}
	var outcome index.Outcome
	if putOff || v.passed || !v.document() || v.unchanged || v.address.State == index.AddressSkipped {
		if err := l.Collection.Settle(ctx, []index.Visit{visit}); err != nil {
			return fmt.Errorf("record the visit to %s: %w", v.address.URL, err)
		}
		if putOff && errors.Is(v.err, fetch.ErrWait) {
			l.watch(Result{Ref: Ref{Path: v.address.URL, Name: v.address.URL}, Run: l.run, Kind: string(v.address.Kind), PutOff: v.err})
		}
		if putOff || v.passed {
			return nil
		}
		l.tally(v)
	} else {
		var err error
		if outcome, err = l.store(ctx, v, visit); err != nil {
			return err
		}
	}
	if v.drift == nil && v.fit.Site != "" && v.reading.Notice != nil {
		v.drift = l.gauge.Add(v.fit.Site, len([]rune(v.reading.Notice.Text)))
	}
	result := Result{Ref: Ref{Path: v.address.URL, Name: v.address.URL}, Page: tongbao.Page{URL: v.page.URL}, Reading: v.reading, Err: v.err, Drift: v.drift,
		Run: l.run, Kind: string(v.address.Kind), Followed: len(v.found), Unchanged: v.unchanged, Outcome: outcome}
	if v.address.State == index.AddressSkipped {
		result.Skipped, result.Err = v.err, nil
	}
	l.watch(result)
	return nil
}

// store puts a document, read or failed.
func (l *crawl) store(ctx context.Context, v visited, visit index.Visit) (index.Outcome, error) {
	record := index.Record{URL: v.page.URL, SHA256: v.address.SHA256, Fetched: v.address.Visited, Versions: Versions(), Err: v.err, Visit: &visit}
	if v.err == nil {
		record.Reading = &v.reading
	} else if v.page.URL == "" || v.reading.Notice == nil {
		record.URL = v.address.URL // wherever its redirects led
	}
	batch := []index.Record{record}
	if record.Reading != nil && record.URL != v.address.URL { // the address that leads there is one of the notice's too
		first := record
		first.URL, first.Visit = v.address.URL, nil
		batch = append(batch, first)
	}
	outcomes, err := l.Collection.Put(ctx, batch)
	if err != nil {
		return "", fmt.Errorf("store %s: %w", v.address.URL, err)
	}
	l.Found++
	l.Summary.count(outcomes[0], record)
	return outcomes[0], nil
}

// tally counts a visit that brought no reading.
func (l *crawl) tally(v visited) {
	switch {
	case v.address.State == index.AddressSkipped:
		l.Found++
		l.Skipped++
	case v.address.State == index.AddressFailed:
		l.Found++
		l.Failed++
	case v.document():
		l.Found++
		l.Unchanged++
	}
}

// Unfinished lists the sources of which some address failed or still waits, by
// the addresses that they began with: a run without sources tries these again.
func Unfinished(ctx context.Context, q index.Queue) ([]Source, error) {
	open, starts, order := map[string]bool{}, map[string][]string{}, []string(nil)
	for a, err := range q.Addresses(ctx, 0, "") {
		if err != nil {
			return nil, fmt.Errorf("list what failed: %w", err)
		}
		if !open[a.Source] && (a.State == index.AddressFailed || a.State == index.AddressWaiting) {
			open[a.Source] = true
			order = append(order, a.Source)
		}
		if a.Depth == 0 {
			starts[a.Source] = append(starts[a.Source], a.URL)
		}
	}
	var sources []Source
	for _, name := range order {
		sources = append(sources, Source{Name: name, Starts: starts[name]})
	}
	return sources, nil
}
