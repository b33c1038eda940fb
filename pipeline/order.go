package pipeline

import (
	"context"
	"iter"
	"sync"
)

// ahead is how many items for each worker may be begun before the first of them
// has been taken: enough to work on while a batch is being stored.
const ahead = 16

// inOrder runs work on the items with that many goroutines at once and hands
// the results to take one by one, in the order of the items. What is in flight
// is bounded: a slow item holds the others up before they pile up. It returns
// the first error of take, or that of ctx; all its goroutines have ended then.
func inOrder[Item, Result any](ctx context.Context, workers int, items iter.Seq[Item], work func(Item) Result, take func(Result) error) error {
	type job struct {
		item   Item
		result chan Result
	}
	running, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	defer func() { cancel(); wg.Wait() }()

	order, jobs := make(chan job, ahead*workers), make(chan job)
	wg.Go(func() {
		defer close(order)
		defer close(jobs)
		for item := range items {
			j := job{item, make(chan Result, 1)}
			for _, channel := range []chan job{order, jobs} {
				select {
				case channel <- j:
				case <-running.Done():
					return
				}
			}
		}
	})
	for range workers {
		wg.Go(func() {
			for j := range jobs {
				j.result <- work(j.item)
			}
		})
	}
	for j := range order {
		select {
		case result := <-j.result:
			if err := take(result); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return ctx.Err()
}
