package main

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"

	"github.com/spf13/cobra"

	"tongbao/index/check"
)

func verifyCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: a.words("核验资料集：存档、事实、索引是否一致", "check archive, facts and index against one another"),
		Long: a.words(`每条引文是不是正文里那个位置上的字，每条事实的通报在不在，索引与数据库是否一致，存档的每条记录能不能读、
取来的网页是不是当时读的那些字节。每个问题一行；有问题时退出码为 1。`,
			`Whether every quote stands at its place in the text, every fact's notice is there, the index
holds what the database says, every record of the archive can be read, and the pages in it are
the bytes that were read. A line for each fault; the exit code is then 1.`),
		Example: `  tongbao verify
  tongbao verify -C hangzhou || tongbao reindex -C hangzhou`,
		Args: a.none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			store, err := a.openReading(ctx)
			if err != nil {
				return err
			}
			faults := 0
			tell := func(lines iter.Seq2[string, error]) error {
				for line, err := range lines {
					if err != nil {
						return err
					}
					faults++
					fmt.Fprintln(a.stdout, printable(line))
				}
				return nil
			}
			err = tell(store.Verify(ctx))
			if _, missing := os.Stat(a.archive()); errors.Is(missing, fs.ErrNotExist) {
				a.note(a.words("没有存档（%s），没有核验存档", "no archive (%s): what was fetched is not checked"), a.archive())
			} else if err == nil {
				err = tell(check.Archive(ctx, store, a.archive()))
			}
			if err := errors.Join(err, store.Close()); err != nil {
				return err
			}
			if faults > 0 {
				a.note(a.words("%d 个问题", "%d faults"), faults)
				return exit(nothing)
			}
			a.note("%s", a.words("没有问题", "nothing is wrong"))
			return nil
		},
	}
}
