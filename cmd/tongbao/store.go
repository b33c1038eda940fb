package main

import (
	"context"
	"errors"
	"fmt"

	"tongbao/index"
	"tongbao/index/embedded"
)

// openReading opens the collection for reading; what is not there is an error
// that says how it is made.
func (a *app) openReading(ctx context.Context) (*embedded.Store, error) {
	store, err := embedded.Open(ctx, a.collection)
	if errors.Is(err, index.ErrNoCollection) {
		return nil, fmt.Errorf(a.words("%s: 这里没有资料集；先运行 tongbao run 来源，或用 -C 指定文件夹", "%s: no collection here: make one with `tongbao run SOURCE`, or name its folder with -C"), a.collection)
	}
	if err != nil {
		return nil, err
	}
	return store, nil
}

// openWriting opens the collection for writing, making it where there is none.
func (a *app) openWriting(ctx context.Context) (*embedded.Store, error) {
	store, err := embedded.Create(ctx, a.collection)
	if errors.Is(err, index.ErrBusy) {
		return nil, fmt.Errorf(a.words("%s: 另一个 tongbao 正在写入，等它结束再试", "%s: another tongbao is writing to it: try again when it is done"), a.collection)
	}
	if err != nil {
		return nil, err
	}
	return store, nil
}

// reading runs a question on the collection and closes it again.
func (a *app) reading(ctx context.Context, ask func(index.Store) error) error {
	store, err := a.openReading(ctx)
	if err != nil {
		return err
	}
	return errors.Join(ask(store), store.Close())
}

// found is the end of a question: exit code 1 where nothing was found.
func (a *app) found(n int) error {
	if n > 0 {
		return nil
	}
	a.note("%s", a.words("没有找到", "nothing found"))
	return exit(nothing)
}
