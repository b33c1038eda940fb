package main

import (
	"os"
	"time"

	"github.com/jedib0t/go-pretty/v6/progress"

	"tongbao/pipeline"
)

// A bar shows on a terminal how far a run has come. A nil bar shows nothing.
type bar struct {
	a       *app
	writer  progress.Writer
	tracker *progress.Tracker
	ended   chan struct{}
}

// progress starts the bar where a person looks at stderr and has not asked for
// quiet.
func (a *app) progress(sources []string) *bar {
	if a.quiet || os.Getenv("CI") != "" || !a.stderr.terminal() {
		return nil
	}
	total := int64(0)
	for range pipeline.Expand(sources) {
		total++
	}
	b := &bar{a: a, writer: progress.NewWriter(), ended: make(chan struct{}),
		tracker: &progress.Tracker{Message: a.words("通报", "notices"), Total: total}}
	b.writer.SetOutputWriter(a.stderr.file)
	b.writer.SetUpdateFrequency(100 * time.Millisecond)
	b.writer.SetTrackerLength(30)
	b.writer.SetAutoStop(true)
	b.writer.Style().Visibility.Value = true
	b.writer.Style().Visibility.ETA = true
	if a.colored(a.stderr) {
		b.writer.Style().Colors = progress.StyleColorsExample
	}
	b.writer.AppendTracker(b.tracker)
	a.above = b.writer.Log
	go func() {
		defer close(b.ended)
		b.writer.Render()
	}()
	return b
}

func (b *bar) step() {
	if b != nil {
		b.tracker.Increment(1)
	}
}

// end draws the bar a last time, as far as it came, and waits until that is done.
func (b *bar) end() {
	if b == nil {
		return
	}
	b.tracker.UpdateTotal(b.tracker.Value())
	b.tracker.MarkAsDone() // with which Render ends by itself
	<-b.ended
	b.a.above = nil
}
