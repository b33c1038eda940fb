package main

import (
	"github.com/spf13/cobra"

	"tongbao/pipeline"
)

func extractCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "extract FILE|- …",
		Short: a.words("读文件，打印事实，不存", "read files and print their facts, keeping nothing"),
		Long: a.words(`每份文件打印一行 notice，然后按原文次序每个事实一行 fact，最后每条核对结果一行 finding（JSON）。
- 是标准输入。不碰资料集。`,
			`Prints, for each document, a notice line, its fact lines in reading order and its finding
lines, all JSON. - is standard input. No collection is touched.`),
		Example: a.words(`  tongbao extract 通报.html
  tongbao extract 通报.html | jq -r 'select(.kind=="sanction") | [.value,.unit,.what] | @tsv'
  curl -s https://…/t20210830.html | tongbao extract -`,
			`  tongbao extract notice.html
  tongbao extract notice.html | jq -r 'select(.kind=="sanction") | [.value,.unit,.what] | @tsv'
  curl -s https://…/t20210830.html | tongbao extract -`),
		Args: a.atLeastOne("FILE"),
		RunE: func(cmd *cobra.Command, names []string) error {
			tally := tally{}
			err := pipeline.Each(cmd.Context(), pipeline.Named(names), a.stdin, func(r pipeline.Result) error {
				if tally.count(a, r) {
					return nil
				}
				if err := r.Reading.WriteJSON(a.stdout); err != nil {
					return err
				}
				return a.stdout.Flush()
			})
			if err != nil {
				return err
			}
			return tally.exit()
		},
	}
	a.lexiconFlag(cmd)
	return cmd
}

// A tally counts what became of the documents of a command.
type tally struct {
	read, failed, skipped int
	ends                  ends // of a run over the network
}

// count names a document that failed, or that is no notice, and reports
// whether it failed.
func (t *tally) count(a *app, r pipeline.Result) bool {
	if r.Err != nil {
		t.failed++
		t.ends.add(&t.ends.failed, r.Err)
		a.tell("tongbao: %s: %v", r.Ref.Name, once(r.Ref.Name, r.Err))
		return true
	}
	t.read++
	if r.NoNotice() {
		a.note(a.words("tongbao: %s: 不像通报，按 genre other 处理；请核对文件", "tongbao: %s: does not read like a notice and is taken as genre other: check the file"), r.Ref.Name)
	}
	return false
}

// exit is the exit code that the tally comes to.
func (t *tally) exit() error {
	switch {
	case t.failed+t.skipped > 0 && t.read == 0:
		return exit(failed)
	case t.failed > 0:
		return exit(incomplete)
	}
	return nil
}
