package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"tongbao/index/embedded"
)

func removeCommand(a *app) *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:   "rm ID",
		Short: a.words("从资料集里去掉一份通报和它的事实", "remove a notice with its facts from the collection"),
		Long: a.words(`去掉通报、事实、核对结果和索引里的条目；取来的网页仍留在存档里。先问一声，--yes 不问。
以后再运行它的来源，会重新读进来。`,
			`Removes the notice, its facts and findings and what the index holds of it; what was fetched
stays in the archive. Asks first, unless --yes is given. A later run over its source reads it
again.`),
		Example: `  tongbao rm n3f5a
  tongbao rm n3f5a --yes`,
		Args: a.exactlyOne("ID"),
		RunE: func(cmd *cobra.Command, ids []string) error {
			return a.remove(cmd, ids[0], yes)
		},
	}
	cmd.Flags().BoolVarP(&yes, "yes", "y", false, a.words("不问", "do not ask"))
	return cmd
}

func (a *app) remove(cmd *cobra.Command, id string, yes bool) error {
	ctx := cmd.Context()
	reader, err := a.openReading(ctx) // where there is none, none is made
	if err != nil {
		return err
	}
	reading, err := reader.Notice(ctx, id)
	if err := errors.Join(err, reader.Close()); err != nil {
		return err
	}
	n := reading.Notice
	if !yes {
		a.tell(a.words("%s %s：%d 条事实\n%s", "%s %s: %d facts\n%s"), n.ID, cmp.Or(n.Title, a.words("（无标题）", "(no title)")), len(reading.Facts), strings.Join(n.URLs, "\n"))
		fmt.Fprint(a.stderr, a.words("去掉吗？[y/N] ", "remove it? [y/N] "))
		a.stderr.Flush()
		answer, err := bufio.NewReader(a.stdin).ReadString('\n')
		if errors.Is(err, io.EOF) && answer == "" {
			fmt.Fprintln(a.stderr)
			return a.usage(cmd, a.words("没有人回答：加 --yes", "nobody answers: give --yes"))
		}
		switch strings.ToLower(strings.TrimSpace(answer)) {
		case "y", "yes", "是":
		default:
			a.tell("%s", a.words("没有去掉", "nothing was removed"))
			return exit(nothing)
		}
	}
	if err := a.writing(ctx, func(store *embedded.Store) error { return store.Remove(ctx, n.ID) }); err != nil {
		return err
	}
	a.note(a.words("已去掉 %s", "removed %s"), n.ID)
	return nil
}

// writing changes the collection and closes it again.
func (a *app) writing(ctx context.Context, change func(*embedded.Store) error) error {
	store, err := a.openWriting(ctx)
	if err != nil {
		return err
	}
	return errors.Join(change(store), store.Close())
}
