package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"tongbao/pipeline"
)

func watchCommand(a *app) *cobra.Command {
	var o watchOptions
	cmd := &cobra.Command{
		Use:   "watch SOURCE …",
		Short: a.words("定时去看网站，只报新的通报", "look at sites on a schedule and tell only what is new"),
		Long: a.words(`马上看一遍，以后每隔 --every 再看：只取列表上没见过的文章，存进资料集，逐条报出新的通报（日期、标题、
来源、编号、网址）。来源是网址、网站目录里的名称（tongbao sites）或一行一个网址的 .txt。--feed 同时写一个
Atom 文件，供阅读器订阅。第一次看时什么都是新的；只要近期的用 --since。Ctrl-C 结束；用 cron 时加 --once。`,
			`Looks at once, and again every --every: fetches only the articles that the lists announce and
that were not fetched before, keeps them in the collection, and tells of each new notice its day,
title, source, id and address. A source is an address, a name of the catalogue (tongbao sites) or
a .txt of addresses. --feed also keeps an Atom file, for feed readers. The first time everything is
new; --since leaves out what is older. Ctrl-C ends it; for cron there is --once.`),
		Example: `  tongbao watch zjsjw --since 2024-01-01 --agent me@example.org
  tongbao watch https://www.example.gov.cn/xsxc/ --every 12h --feed /srv/www/tongbao.xml
  tongbao watch zjsjw --json | jq -r .url
  0 6 * * *  tongbao watch zjsjw --once --quiet -C /data/zj     # crontab`,
		Args: a.atLeastOne("SOURCE"),
		RunE: func(cmd *cobra.Command, sources []string) error {
			if o.every < time.Minute {
				return a.usage(cmd, a.words("--every 至少一分钟（1m）；只看一遍用 --once", "--every is one minute (1m) at least; for one look there is --once"))
			}
			if o.entries < 1 {
				return a.usage(cmd, a.words("--entries 至少是 1", "--entries is 1 at least"))
			}
			o.run.fresh = !o.changed
			return a.watch(cmd.Context(), sources, o)
		},
	}
	f := cmd.Flags()
	f.DurationVar(&o.every, "every", 6*time.Hour, a.words("每隔多久看一遍", "how often to look"))
	f.BoolVar(&o.once, "once", false, a.words("只看一遍就结束（给 cron 用）", "look once and end (for cron)"))
	f.BoolVar(&o.json, "json", false, a.words("每条新通报打印一行 JSON", "print a line of JSON for each new notice"))
	f.StringVar(&o.feed, "feed", "", a.words("同时写入这个 Atom `文件`", "also keep this Atom `file`"))
	f.IntVar(&o.entries, "entries", 50, a.words("Atom 文件最多留几条", "entries that the Atom file holds at most"))
	f.BoolVar(&o.changed, "changed", false, a.words("以前取过的也问一遍有没有改动", "also ask whether what was fetched before has changed"))
	f.StringVar(&o.run.since, "since", "", a.words("只要列表上不早于这`一天`的", "only what lists date on this ISO `day` or later"))
	a.politenessFlags(cmd, &o.run)
	return cmd
}

// watchOptions are the flags of watch.
type watchOptions struct {
	run                 runOptions
	every               time.Duration
	once, json, changed bool
	feed                string
	entries             int
}

func (a *app) watch(ctx context.Context, sources []string, o watchOptions) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	defer context.AfterFunc(ctx, stop)() // a second signal ends at once
	if err := errors.Join(a.checkSince(o.run.since), a.checkBounds(o.run)); err != nil {
		return err
	}
	if o.once {
		return a.look(ctx, sources, o)
	}
	looked := false
	return repeat(ctx, o.every, func(next time.Time) error {
		err := a.look(ctx, sources, o)
		var code exit
		switch {
		case ctx.Err() != nil, err != nil && !looked && !errors.As(err, &code):
			return err // what is wrong from the first has to be mended first
		case err != nil && !errors.As(err, &code):
			a.tell("tongbao: %v", err)
		}
		looked = true
		a.note(a.words("下一次：%s（Ctrl-C 结束）", "next look: %s (Ctrl-C ends)"), next.Format("2006-01-02 15:04"))
		return nil
	})
}

// repeat calls look at once and then at every turn, until it fails or ctx ends,
// and tells it when the next turn is due at the earliest. Turns that pass while
// it looks are left out.
func repeat(ctx context.Context, every time.Duration, look func(next time.Time) error) error {
	for turn := time.Now(); ; {
		if err := look(turn.Add(every)); err != nil {
			return err
		}
		for now := time.Now(); !turn.After(now); {
			turn = turn.Add(every)
		}
		timer := time.NewTimer(time.Until(turn))
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
	}
}

// look visits the sources once and tells what is new. The collection is open
// only meanwhile, so that other commands may write to it in between; the
// descriptions of sites are read anew each time.
func (a *app) look(ctx context.Context, sources []string, o watchOptions) error {
	catalogue, err := a.catalogue()
	if err != nil {
		return err
	}
	local, remote, err := pipeline.Divide(sources, catalogue)
	if err != nil {
		return err
	}
	if len(local) > 0 {
		return fmt.Errorf(a.words("%s: 不是网址，也不是网站目录里的名称（见 tongbao sites）", "%s: is neither an address nor a name of the catalogue (see `tongbao sites`)"), local[0])
	}
	n, err := a.newsTeller(sources, o)
	if err != nil {
		return err
	}
	store, err := a.openWriting(ctx)
	if err != nil {
		return err
	}
	n.store = store
	var t tally
	var fault error
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	summary, err := a.crawl(ctx, store, remote, catalogue, o.run, &t, func(r pipeline.Result) {
		if fault == nil {
			if fault = n.tell(context.WithoutCancel(ctx), r); fault != nil {
				cancel() // nobody hears us any more
			}
		}
	})
	switch {
	case fault != nil:
		return errors.Join(fault, store.Close())
	case errors.Is(err, context.Canceled):
		a.tell("%s", a.words("已中断：下一遍接着来", "interrupted: the next look goes on from here"))
	case err == nil:
		a.note(a.words("%s：新 %d，失败 %d，跳过 %d", "%s: %d new, %d failed, %d skipped"), time.Now().Format("2006-01-02 15:04"), n.told, summary.Failed, summary.Skipped)
	}
	if err := errors.Join(err, store.Close()); err != nil {
		return err
	}
	return t.exit()
}
