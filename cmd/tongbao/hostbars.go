package main

import (
	"context"
	"os"
	"time"

	"github.com/jedib0t/go-pretty/v6/progress"

	"tongbao/index"
	"tongbao/pipeline"
)

// hostBars show on a terminal how far a crawl has come with each host. Nil bars
// show nothing.
type hostBars struct {
	a        *app
	ctx      context.Context
	queue    index.Queue
	writer   progress.Writer
	trackers map[string]*progress.Tracker
	run      int64
	counted  time.Time
	ended    chan struct{}
}

// hostBars starts the bars where a person looks at stderr.
func (a *app) hostBars(ctx context.Context, queue index.Queue) *hostBars {
	if a.quiet || os.Getenv("CI") != "" || !a.stderr.terminal() {
		return nil
	}
	b := &hostBars{a: a, ctx: ctx, queue: queue, writer: progress.NewWriter(), trackers: map[string]*progress.Tracker{}, ended: make(chan struct{})}
	b.writer.SetOutputWriter(a.stderr.file)
	b.writer.SetUpdateFrequency(200 * time.Millisecond)
	b.writer.SetTrackerLength(24)
	b.writer.Style().Visibility.Value = true
	b.writer.Style().Visibility.ETA = true
	b.writer.Style().Visibility.Speed = true
	a.above = b.writer.Log
	go func() {
		defer close(b.ended)
		b.writer.Render()
	}()
	return b
}

// recount is how often the addresses of the hosts are counted.
const recount = time.Second

func (b *hostBars) step(r pipeline.Result) {
	if b != nil {
		b.run = r.Run
	}
	if b == nil || time.Since(b.counted) < recount {
		return
	}
	b.counted = time.Now()
	b.count()
}

func (b *hostBars) count() {
	hosts, err := b.queue.Hosts(b.ctx, b.run)
	if err != nil {
		return // the bars are a comfort; the run itself tells of the fault
	}
	for _, h := range hosts {
		done := h.Done + h.Failed + h.Skipped
		tracker := b.trackers[h.Host]
		if tracker == nil {
			tracker = &progress.Tracker{Message: h.Host}
			b.trackers[h.Host] = tracker
			b.writer.AppendTracker(tracker)
		}
		tracker.UpdateTotal(int64(done + h.Waiting))
		tracker.SetValue(int64(done))
	}
}

func (b *hostBars) end() {
	if b == nil {
		return
	}
	b.count()
	for _, tracker := range b.trackers {
		if tracker.PercentDone() < 100 {
			tracker.MarkAsErrored()
		} else {
			tracker.MarkAsDone()
		}
	}
	b.writer.Stop()
	<-b.ended
	b.a.above = nil
}
