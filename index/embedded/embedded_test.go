package embedded_test

import (
	"context"
	"testing"

	"go.uber.org/goleak"

	"tongbao/index"
	"tongbao/index/embedded"
	"tongbao/index/storetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func create(t *testing.T, dir string) *embedded.Store {
	t.Helper()
	store, err := embedded.Create(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return store
}

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) index.Store { return create(t, t.TempDir()) }, func(t *testing.T, s index.Store) {
		if err := s.(*embedded.Store).CatchUp(context.Background()); err != nil {
			t.Fatal(err)
		}
	})
}

func TestQueue(t *testing.T) {
	storetest.RunQueue(t, func(t *testing.T) storetest.Crawled { return create(t, t.TempDir()) })
}
