package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"tongbao/pipeline"
)

func runCommand(a *app) *cobra.Command {
	var summary bool
	cmd := &cobra.Command{
		Use:   "run SOURCE …",
		Short: a.words("把文件、文件夹里的通报读进资料集", "read files and folders into the collection"),
		Long: a.words(`读取通报，提取事实，核对数字，存入资料集并建索引。文件夹连同子文件夹里的 .html .htm .shtml .txt
都读。再运行一遍总是安全的：没有变的不重读。个别文件读不了不影响其余，最后逐一点名（退出码 3）。`,
			`Reads notices, extracts and audits their facts, and keeps and indexes all of it. Of a folder
everything is read that ends in .html .htm .shtml .txt, subfolders included. Running it again
is always safe: what has not changed is left alone. A file that cannot be read stops nothing
and is named (exit code 3). Interrupted (Ctrl-C), it goes on where it stopped.`),
		Example: `  tongbao run testdata/notices
  tongbao run 上城区.html 拱墅区.html -C 杭州
  tongbao run notices/ --json | jq .new`,
		Args: a.atLeastOne("SOURCE"),
		RunE: func(cmd *cobra.Command, sources []string) error {
			return a.runSources(cmd.Context(), sources, summary)
		},
	}
	cmd.Flags().BoolVar(&summary, "json", false, a.words("结果打印成一个 JSON 对象", "print the summary as one JSON object"))
	return cmd
}

func (a *app) runSources(ctx context.Context, sources []string, asJSON bool) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	defer context.AfterFunc(ctx, func() {
		stop() // a second signal ends at once
		fmt.Fprintln(a.stderr.file, a.words("正在收尾……再按一次立即结束", "finishing… once more ends at once"))
	})()

	tally := tally{}
	if !a.anything(sources, &tally) {
		return tally.exit()
	}
	store, err := a.openWriting(ctx)
	if err != nil {
		return err
	}
	bar := a.progress(sources)
	summary, err := pipeline.Run(ctx, sources, store, func(r pipeline.Result) {
		tally.count(a, r)
		bar.step()
	})
	bar.end()
	if errors.Is(err, context.Canceled) {
		a.tell(a.words("已中断：读过的 %d 份已存好，再运行一遍即可继续", "interrupted: %d documents are stored; run it again to go on"), summary.Found-summary.Failed)
	}
	if asJSON {
		encoder := json.NewEncoder(a.stdout)
		err = errors.Join(err, encoder.Encode(summary))
	} else if err == nil {
		err = a.overview(ctx, store, summary)
	}
	if err := errors.Join(err, store.Close()); err != nil {
		return err
	}
	return tally.exit()
}

// anything reports whether there is a document among the sources; where there
// is none, no collection is made, and why is told.
func (a *app) anything(sources []string, t *tally) bool {
	var refused []pipeline.Ref
	for ref := range pipeline.Expand(sources) {
		if ref.Err == nil {
			return true
		}
		refused = append(refused, ref)
	}
	for _, ref := range refused {
		t.count(a, pipeline.Result{Ref: ref, Err: ref.Err})
	}
	return false
}
