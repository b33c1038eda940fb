package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"tongbao/index"
	"tongbao/index/embedded"
	"tongbao/pipeline"
	"tongbao/pipeline/parse"
)

func runCommand(a *app) *cobra.Command {
	var o runOptions
	cmd := &cobra.Command{
		Use:   "run SOURCE …",
		Short: a.words("把网站、网页、文件里的通报读进资料集", "read sites, pages, files and folders into the collection"),
		Long: a.words(`读取通报，提取事实，核对数字，存入资料集并建索引。来源可以是：一篇文章或一个列表页的网址、网站目录里的
名称（tongbao sites）、站点地图、一行一个网址的 .txt、文件、文件夹（.html .htm .shtml .txt .pdf .docx）、
别的爬虫的 .warc(.gz)。网上取来的一切按原样存进资料集的 archive/，以后重读不再联网（--offline）。
再运行一遍总是安全的：没有变的不重读，被打断的接着来。个别页面读不了不影响其余，最后逐一点名（退出码 3）。`,
			`Reads notices, extracts and audits their facts, and keeps and indexes all of it. A source is the
address of an article or of a list page, a name of the catalogue (tongbao sites), a sitemap, a .txt
of addresses (one a line), a file, a folder (.html .htm .shtml .txt .pdf .docx), or another crawler's
.warc(.gz). Whatever is fetched is kept as sent in the collection's archive/, so that it never has
to be fetched again (--offline). Running it again is always safe: what has not changed is left
alone, and an interrupted run (Ctrl-C) goes on where it stopped. A page that cannot be read stops
nothing and is named (exit code 3).`),
		Example: `  tongbao run testdata/notices
  tongbao run https://www.example.gov.cn/xsxc/index.html --agent me@example.org
  tongbao run zjsjw --since 2023-01-01
  tongbao run --retry-failed
  tongbao run --offline            # read everything that was fetched by the rules of today
  tongbao run notices/ --json | jq .new`,
		Args: func(cmd *cobra.Command, args []string) error {
			if o.retry || o.offline {
				return nil
			}
			return a.atLeastOne("SOURCE")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, sources []string) error {
			return a.runSources(cmd.Context(), sources, o)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&o.json, "json", false, a.words("结果打印成一个 JSON 对象", "print the summary as one JSON object"))
	a.politenessFlags(cmd, &o)
	f.IntVar(&o.pages, "max-pages", 0, a.words("最多取几页，0 不限", "fetch at most so many pages, 0 for all"))
	f.StringVar(&o.since, "since", "", a.words("只要列表上不早于这`一天`的", "only what lists date on this ISO `day` or later"))
	f.BoolVar(&o.fresh, "new", false, a.words("以前取过的不再问有没有变", "do not ask whether what was fetched before has changed"))
	f.BoolVar(&o.retry, "retry-failed", false, a.words("以前失败的再试一次", "try again what failed before"))
	f.BoolVar(&o.dry, "dry-run", false, a.words("只看列表，打印会取哪些，什么也不存", "look at the lists only, print what would be fetched, keep nothing"))
	f.BoolVar(&o.offline, "offline", false, a.words("不联网：用资料集自己存的网页重读", "no network: read again what the collection has kept"))
	return cmd
}

// politenessFlags give a command the flags that say how hosts are treated.
func (a *app) politenessFlags(cmd *cobra.Command, o *runOptions) {
	f := cmd.Flags()
	f.StringVar(&o.agent, "agent", "", a.words("写给网站管理员看的`联系方式`（邮箱或网址）", "`contact` under which the owner of a site can reach you: mail or web address"))
	f.DurationVar(&o.delay, "delay", time.Second, a.words("同一主机两次请求之间至少歇多久", "least rest of a host between two requests"))
	f.IntVar(&o.hosts, "hosts", 8, a.words("同时访问几个主机", "hosts visited at the same time"))
}

// runOptions are the flags of run.
type runOptions struct {
	json, fresh, retry, dry, offline bool
	agent, since                     string
	delay                            time.Duration
	hosts, pages                     int
}

func (a *app) runSources(ctx context.Context, sources []string, o runOptions) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	defer context.AfterFunc(ctx, func() {
		stop()                 // a second signal ends at once
		if !a.drawing.Load() { // else it would be drawn over: the bars tell it
			fmt.Fprintln(a.stderr.file, a.finishing())
		}
	})()
	if err := errors.Join(a.checkSince(o.since), a.checkBounds(o)); err != nil {
		return err
	}
	catalogue, err := a.catalogue()
	if err != nil {
		return err
	}
	local, remote, err := pipeline.Divide(sources, catalogue)
	if err != nil {
		return err
	}
	tally := tally{}
	online := !o.offline && (len(remote) > 0 || o.retry)
	if !online && !o.offline && !a.anything(local, &tally) {
		return tally.exit()
	}
	if len(sources) == 0 { // of what was fetched or failed before
		if err := a.reading(ctx, func(store index.Store) error { return a.unfinished(ctx, store, o) }); err != nil || o.dry {
			return err
		}
	}
	if o.dry {
		return a.dryRun(ctx, local, remote, catalogue, o)
	}
	store, err := a.openWriting(ctx)
	if err != nil {
		return err
	}
	summary, err := a.runAll(ctx, store, local, remote, catalogue, o, &tally)
	if errors.Is(err, context.Canceled) {
		a.tell(a.words("已中断：读过的 %d 份已存好，再运行一遍即可继续", "interrupted: %d documents are stored; run it again to go on"), summary.Found-summary.Failed-summary.Skipped)
		err = errors.Join(err, a.stopped(context.WithoutCancel(ctx), store, tally.ends))
	}
	if summary.Waiting > 0 {
		a.tell(a.words("还有 %d 个网址等着下一次", "%d addresses wait for the next run"), summary.Waiting)
	}
	if o.json {
		err = errors.Join(err, json.NewEncoder(a.stdout).Encode(summary))
	} else if err == nil {
		err = a.overview(ctx, store, summary, tally.ends)
	} else if tally.ends.run > 0 {
		err = errors.Join(err, a.ended(summary, tally.ends))
	}
	if err := errors.Join(err, store.Close()); err != nil {
		return err
	}
	return tally.exit()
}

// checkSince refuses what is no day.
func (a *app) checkSince(day string) error {
	if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
		return fmt.Errorf(a.words("--since %s: 要写成 2023-01-31 这样的日期", "--since %s: write a day as 2023-01-31"), day)
	}
	return nil
}

// checkBounds refuses numbers that mean nothing.
func (a *app) checkBounds(o runOptions) error {
	switch {
	case o.pages < 0:
		return errors.New(a.words("--max-pages 不能是负数", "--max-pages: a number of pages, 0 for all"))
	case o.hosts < 1:
		return errors.New(a.words("--hosts 至少是 1", "--hosts: at least 1"))
	case o.delay < 0:
		return errors.New(a.words("--delay 不能是负数", "--delay: a time such as 1s or 500ms"))
	case o.dry && o.json:
		return errors.New(a.words("--dry-run 打印网址，没有 JSON", "--dry-run prints addresses, a line each: leave --json away"))
	}
	return nil
}

// runAll reads what lies on the disk, then what lies in the network, or what the
// archive has kept of it.
func (a *app) runAll(ctx context.Context, store *embedded.Store, local []string, remote []pipeline.Source, catalogue *parse.Catalogue, o runOptions, t *tally) (pipeline.Summary, error) {
	var sum pipeline.Summary
	if len(local) > 0 {
		bar := a.progress(local)
		summary, err := pipeline.Run(ctx, local, store, catalogue, func(r pipeline.Result) {
			t.count(a, r)
			bar.step()
		})
		bar.end()
		if sum.Add(summary); err != nil {
			return sum, err
		}
	}
	if o.offline {
		summary, err := pipeline.Reread(ctx, a.archive(), store, catalogue, names(remote), func(r pipeline.Result) { t.count(a, r) })
		sum.Add(summary)
		return sum, err
	}
	if len(remote) == 0 && !o.retry {
		return sum, nil
	}
	bars := a.hostBars(ctx, store)
	summary, err := a.crawl(ctx, store, remote, catalogue, o, t, bars.step)
	bars.end()
	sum.Add(summary)
	return sum, err
}

func names(sources []pipeline.Source) []string {
	var all []string
	for _, s := range sources {
		all = append(all, s.Name)
	}
	return all
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
