package main

import (
	"context"
	"fmt"
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
	unhook   func() bool
}

// hostBars starts the bars where a person looks at stderr.
func (a *app) hostBars(ctx context.Context, queue index.Queue) *hostBars {
	if a.quiet || os.Getenv("CI") != "" || !a.stderr.terminal() {
		return nil
	}
	b := &hostBars{a: a, ctx: ctx, queue: queue, writer: progress.NewWriter(), trackers: map[string]*progress.Tracker{}, ended: make(chan struct{})}
	b.writer.SetOutputWriter(a.stderr.file)
	b.writer.SetUpdateFrequency(200 * time.Millisecond)
	b.writer.SetTrackerLength(20)
	b.writer.SetTrackerPosition(progress.PositionRight)
	if width := a.stderr.width(); width > 0 {
		b.writer.SetTerminalWidth(width) // longer lines would wrap, and could not be drawn over
	}
	style := b.writer.Style()
	style.Visibility.Value = false // it stands in the message, with the total
	style.Visibility.ETA, style.Visibility.Speed = true, true
	style.Options.Separator, style.Options.PercentFormat = " ", "%4.0f%%"
	style.Options.TimeInProgressPrecision, style.Options.TimeDonePrecision, style.Options.ETAPrecision = time.Second, time.Second, time.Second
	style.Options.DoneString, style.Options.ErrorString = a.words("完", "done"), a.words("没完", "to go on")
	if a.colored(a.stderr) {
		style.Colors = progress.StyleColorsExample
	}
	a.above = b.writer.Log
	a.drawing.Store(true)
	b.unhook = context.AfterFunc(ctx, func() { b.writer.Log(a.finishing()) })
	go func() {
		defer close(b.ended)
		b.writer.Render()
	}()
	return b
}

// finishing is said when a run is interrupted.
func (a *app) finishing() string {
	return a.words("正在收尾……再按一次立即结束", "finishing… once more ends at once")
}

// recount is how often the addresses of the hosts are counted.
const recount = time.Second / 2

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
	hosts, err := b.queue.Hosts(context.WithoutCancel(b.ctx), b.run) // when it is interrupted, too
	if err != nil {
		return // the bars are a comfort; the run itself tells of the fault
	}
	for _, h := range hosts {
		done := h.Done + h.Failed + h.Skipped
		tracker := b.trackers[h.Host]
		switch {
		case tracker == nil && b.writer.LengthActive() >= b.room():
			continue // its turn comes when another one is done
		case tracker == nil:
			tracker = &progress.Tracker{}
			b.trackers[h.Host] = tracker
			b.writer.AppendTracker(tracker)
		}
		tracker.UpdateMessage(fmt.Sprintf("%-28s %5d/%d", shortened(h.Host, 27), done, done+h.Waiting))
		tracker.UpdateTotal(int64(done + h.Waiting))
		tracker.SetValue(int64(done))
	}
}

// room is how many bars the terminal holds: those that scroll out of it cannot
// be drawn over.
func (b *hostBars) room() int { return max(3, b.a.stderr.height()-4) }

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
	b.unhook()
	b.a.drawing.Store(false)
	b.writer.Stop()
	<-b.ended
	b.a.above = nil
}
