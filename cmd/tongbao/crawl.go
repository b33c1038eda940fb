package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"tongbao"
	"tongbao/index"
	"tongbao/index/embedded"
	"tongbao/internal/archive"
	"tongbao/pipeline"
	"tongbao/pipeline/fetch"
	"tongbao/pipeline/parse"
)

// archive is the folder of everything that was fetched.
func (a *app) archive() string { return filepath.Join(a.collection, "archive") }

// client returns the polite client for what the user named, now or in the runs
// that were not finished.
func client(ctx context.Context, sources []pipeline.Source, o runOptions) *fetch.Client {
	var starts []string
	for _, s := range sources {
		starts = append(starts, s.Starts...)
	}
	return fetch.New(fetch.Options{Agent: "tongbao/" + programVersion(), Contact: o.agent, Delay: o.delay, Own: fetch.Own(ctx, starts)})
}

// crawl visits sources in the network. tell is told of each page, after the tally.
func (a *app) crawl(ctx context.Context, store *embedded.Store, sources []pipeline.Source, catalogue *parse.Catalogue, o runOptions, t *tally, tell func(pipeline.Result)) (pipeline.Summary, error) {
	if o.agent == "" {
		a.note("%s", a.words("tongbao: 没有留联系方式；用 --agent 写上邮箱或网址，网站管理员有事好找你", "tongbao: nobody is named for the owners of the sites to write to: give a mail or web address with --agent"))
	}
	kept, err := archive.Create(a.archive(), "tongbao "+programVersion())
	if err != nil {
		return pipeline.Summary{}, err
	}
	own := sources
	if len(sources) == 0 {
		if own, err = pipeline.Unfinished(ctx, store); err != nil {
			return pipeline.Summary{}, errors.Join(err, kept.Close())
		}
	}
	c := client(ctx, own, o)
	defer c.Close()
	crawler := pipeline.Crawler{Client: c, Archive: kept, Collection: store, Catalogue: catalogue,
		Hosts: o.hosts, Pages: o.pages, Since: o.since, New: o.fresh, Retry: o.retry}
	summary, err := crawler.Run(ctx, sources, func(r pipeline.Result) {
		a.crawled(r, t)
		tell(r)
	})
	for _, s := range sources {
		for _, fault := range s.Faults {
			summary.Found++
			summary.Failed++
			t.count(a, pipeline.Result{Ref: fault, Err: fault.Err})
		}
	}
	return summary, errors.Join(err, kept.Close())
}

// crawled tells of a page that a crawl visited, where there is something to be
// told.
func (a *app) crawled(r pipeline.Result, t *tally) {
	t.ends.run = r.Run
	if r.Drift != nil && t.ends.drift(r.Drift) {
		a.tell(a.words("tongbao: %s: 网站描述不再适用：%v", "tongbao: %s: %v"), r.Ref.Name, r.Drift)
	}
	switch {
	case r.PutOff != nil:
		t.failed++
		a.tell(a.words("tongbao: %s: 留到下一次：%v", "tongbao: %s: left to the next run: %v"), r.Ref.Name, once(r.Ref.Name, r.PutOff))
	case r.Skipped != nil:
		t.skipped++
		t.ends.add(&t.ends.skipped, r.Skipped)
		a.tell(a.words("tongbao: %s: 跳过：%v", "tongbao: %s: skipped: %v"), r.Ref.Name, once(r.Ref.Name, r.Skipped))
	case r.Err != nil || r.Reading.Notice != nil:
		t.count(a, r)
	default:
		t.read++
	}
}

// once drops the address from an error of the client that was asked for it: the
// line names it already.
func once(address string, err error) error {
	var fault *fetch.Fault
	if errors.As(err, &fault) && fault.URL == address {
		return fault.Err
	}
	return err
}

// dryRun visits lists only, in a collection that is thrown away, and prints the
// addresses of the documents that a run would fetch, and the files that it would
// read.
func (a *app) dryRun(ctx context.Context, local []string, sources []pipeline.Source, catalogue *parse.Catalogue, o runOptions) error {
	t, n := tally{}, 0
	for ref := range pipeline.Expand(local) {
		if ref.Err != nil {
			t.count(a, pipeline.Result{Ref: ref, Err: ref.Err})
			continue
		}
		fmt.Fprintln(a.stdout, ref.Name)
		t.read++
		n++
	}
	dir, err := os.MkdirTemp("", "tongbao-dry-run-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	store, err := embedded.Create(ctx, dir)
	if err != nil {
		return err
	}
	kept, err := archive.Create(filepath.Join(dir, "archive"), "tongbao")
	if err != nil {
		return errors.Join(err, store.Close())
	}
	c := client(ctx, sources, o)
	defer c.Close()
	crawler := pipeline.Crawler{Client: c, Archive: kept, Collection: store, Catalogue: catalogue, Hosts: o.hosts, Pages: o.pages, Since: o.since, Dry: true}
	_, err = crawler.Run(ctx, sources, func(r pipeline.Result) {
		if errors.Is(r.Skipped, pipeline.ErrDry) || r.Skipped == nil && r.Err == nil && r.Reading.Notice != nil {
			fmt.Fprintln(a.stdout, r.Ref.Name)
			t.read++
			n++
			return
		}
		a.crawled(r, &t)
	})
	if err := errors.Join(err, kept.Close(), store.Close()); err != nil {
		return err
	}
	a.note(a.words("会读 %d 份；什么也没有存", "%d documents would be read; nothing was kept"), n)
	return t.exit()
}

// unfinished prints for a dry run what a run without sources would try again.
func (a *app) unfinished(ctx context.Context, store index.Store, o runOptions) error {
	queue, ok := store.(index.Queue)
	if !ok || !o.dry || o.offline {
		return nil
	}
	for address, err := range queue.Addresses(ctx, 0, index.AddressFailed) {
		if err != nil {
			return err
		}
		fmt.Fprintln(a.stdout, address.URL)
	}
	return nil
}

// fetchOne fetches a page for `sites check`.
func fetchOne(ctx context.Context, address, contact string) (tongbao.Page, error) {
	c := client(ctx, []pipeline.Source{{Starts: []string{address}}}, runOptions{agent: contact})
	defer c.Close()
	answer, err := c.Get(ctx, address, fetch.Validators{})
	return answer.Page, once(address, err)
}
