package embedded_test

import (
	"context"
	"sync"
	"testing"

	"tongbao/index"
	"tongbao/index/storetest"
)

// TestReadVersionsWhileWriting looks at an address with a store of its own
// while another one changes what it holds: at every moment it holds one notice,
// and its history has no gap.
func TestReadVersionsWhileWriting(t *testing.T) {
	const changes = 60
	ctx := context.Background()
	readings := storetest.Readings(2, 60)
	dir := t.TempDir()
	writer := create(t, dir)
	defer closed(t, writer)
	put(t, writer, readings[:1])
	url := recordsOf(readings[:1])[0].URL
	var wait sync.WaitGroup
	done := make(chan struct{})
	for range 2 {
		wait.Go(func() {
			reader := open(t, dir)
			defer closed(t, reader)
			for last := 1; last <= changes; {
				select {
				case <-done:
					if last <= changes-1 {
						last = 0 // look a last time
					}
				default:
				}
				h, err := reader.History(ctx, readings[0].Notice.ID)
				if err != nil || len(h.Versions) < last {
					t.Errorf("%d versions after %d, %v", len(h.Versions), last, err)
					return
				}
				for i, v := range h.Versions {
					if end := i == len(h.Versions)-1; v.Notice != readings[i%2].Notice.ID || (v.Until == "") != end || v.Earlier && end {
						t.Errorf("version %d of %d: %+v", i, len(h.Versions), v)
						return
					}
				}
				last = len(h.Versions)
				held := 0
				for n, err := range reader.Notices(ctx, index.Selection{}) {
					if held++; err != nil || len(n.Notice.URLs) != 1 {
						t.Errorf("notice at %v, %v", n.Notice.URLs, err)
						return
					}
				}
				if held != 1 {
					t.Errorf("%d notices at one address", held)
					return
				}
			}
		})
	}
	for i := 1; i <= changes; i++ {
		moved := recordsOf(readings[i%2 : i%2+1])
		moved[0].URL = url
		if _, err := writer.Put(ctx, moved); err != nil {
			t.Error(err)
		}
	}
	close(done)
	wait.Wait()
}
