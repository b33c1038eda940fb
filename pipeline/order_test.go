package pipeline

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func numbers(n int) []int {
	var all []int
	for i := range n {
		all = append(all, i)
	}
	return all
}

func TestInOrder(t *testing.T) {
	for _, workers := range []int{1, 2, 7} {
		var got []int
		err := inOrder(t.Context(), workers, slices.Values(numbers(500)), func(i int) int { return i * i },
			func(square int) error { got = append(got, square); return nil })
		if err != nil || len(got) != 500 {
			t.Fatalf("%d workers: %d results, %v", workers, len(got), err)
		}
		for i, square := range got {
			if square != i*i {
				t.Fatalf("%d workers: result %d is %d", workers, i, square)
			}
		}
	}
}

// A slow first item must hold the others up: nothing may pile up behind it.
func TestInOrderIsBounded(t *testing.T) {
	const workers = 2
	release := make(chan struct{})
	var started atomic.Int32
	var most int32
	err := inOrder(t.Context(), workers, slices.Values(numbers(1000)), func(i int) int {
		// One worker waits here until the other can get no further.
		if n := started.Add(1); i == 0 {
			<-release
		} else if n == ahead*workers {
			close(release)
		}
		return i
	}, func(i int) error {
		if i == 0 {
			most = started.Load()
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if limit := int32((ahead+2)*workers + 2); most > limit {
		t.Errorf("%d items were begun behind one that was not done, more than %d", most, limit)
	}
}

func TestInOrderStops(t *testing.T) {
	stop := errors.New("enough")
	taken := 0
	err := inOrder(t.Context(), 3, slices.Values(numbers(1000)), func(i int) int { return i },
		func(int) error { taken++; return map[bool]error{true: stop}[taken == 10] })
	if !errors.Is(err, stop) || taken != 10 {
		t.Errorf("took %d, %v", taken, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	taken = 0
	err = inOrder(ctx, 3, slices.Values(numbers(1000)), func(i int) int { return i },
		func(int) error {
			if taken++; taken == 10 {
				cancel()
			}
			return nil
		})
	if !errors.Is(err, context.Canceled) || taken >= 1000 {
		t.Errorf("took %d, %v", taken, err)
	}
}
