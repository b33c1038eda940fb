package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"

	"tongbao/internal/sitetest"
)

func demoCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "demo",
		Short: a.words("在本机的模拟网站上演示一遍：抓取、提取、检索、比较", "see it work on simulated sites: scrape, extract, search, compare"),
		Long: a.words(`在本机（127.0.0.1）开几个模拟的通报网站，把主要的活儿干一遍：抓取、提取、检索、比较、看有什么新的。
不联网；地方、人名、数字都是编的。每一步先印出命令，换成真的网站照样能用。资料集是临时的，看完就删；
用 -C 指定一个新文件夹，就留下来。`,
			`Serves some simulated sites on this machine (127.0.0.1) and does the main job on them: scrape,
extract, search, compare, see what is new. No network is used; places, people and figures are
invented. Each step prints its command first, which works on real sites as well. The collection is
temporary and removed at the end; with -C, which must name a new folder, it is left there.`),
		Example: `  tongbao demo
  tongbao demo -C trial && tongbao facts --kind money -C trial`,
		Args: a.none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			defer context.AfterFunc(ctx, stop)()       // a second signal ends at once
			named := cmd.Flags().Changed("collection") // not what is set for good: invented notices do not belong there
			return a.demo(ctx, named)
		},
	}
}

// The size of the demonstration: enough for each end that a page may come to,
// and done in seconds.
const (
	demoSeed    = 3
	demoHosts   = 5 // the last one's robots.txt keeps everybody away
	demoNotices = 56
	demoFaults  = 0.1
)

func (a *app) demo(ctx context.Context, named bool) (err error) {
	dir := a.collection
	if named {
		if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf(a.words("%s: 已经有了；演示用的通报是编的，请给 -C 一个新文件夹", "%s: is there already, and the notices of the demonstration are invented: give -C a new folder"), dir)
		}
	} else {
		if dir, err = os.MkdirTemp("", "tongbao-demo-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	}
	world := sitetest.New(demoSeed, demoHosts, demoNotices, demoFaults)
	world.SetRobots(demoHosts-1, sitetest.RobotsClosed)
	if err := world.Serve(context.WithoutCancel(ctx)); err != nil { // until Close: pages in hand are finished
		return err
	}
	defer world.Close()
	if err := describe(world, filepath.Join(dir, "sites")); err != nil {
		return err
	}
	return a.showing(ctx, world, dir, named)
}

// describe puts descriptions of the world's sites where a collection keeps them.
func describe(world *sitetest.World, dir string) error {
	sites, err := world.Sites()
	if err == nil {
		err = os.MkdirAll(filepath.Dir(dir), 0o755)
	}
	if err == nil {
		err = os.CopyFS(dir, sites)
	}
	if err != nil {
		return fmt.Errorf("describe the simulated sites: %w", err)
	}
	return nil
}

// A step of the demonstration: what is said, then a command. Some commands end
// with the code for what was named as failed or not found.
type step struct {
	why     string
	command []string
}

func (a *app) steps(hosts []string, dir string) (first, next []step) {
	in := []string{"-C", dir}
	polite := append([]string{"--agent", "demo@example.org", "--delay", "50ms"}, in...)
	with := func(words []string, more ...string) []string { return append(words[:len(words):len(words)], more...) }
	first = []step{
		{a.words("抓取并提取：列表页、后面各页、文章、附件。读不了的、不让取的逐一点名，不影响其余",
			"Scrape and extract: list pages and those that follow, articles, attachments.\n# What cannot be read, or must not be fetched, is named and stops nothing"),
			with(with(with([]string{"run"}, hosts...), "--quiet"), polite...)},
		{a.words("检索：正文里有的，都找得到", "Search: it finds what grep finds, best first"),
			with([]string{"search", `"问题线索" 立案`, "--limit", "2"}, in...)},
		{a.words("事实：每个数都带着原文", "Facts: every number with the words it was read from"),
			with([]string{"facts", "--kind", "sanction", "--category", "party", "--limit", "5"}, in...)},
		{a.words("比较：空格是没有写明，不是零", "Compare: an empty cell is a figure that is not stated, not a zero"),
			with([]string{"compare", "--by", "district", "--metric", "leads_received,cases_filed,party_sanctions,money_recovered"}, in...)},
	}
	next = []step{
		{a.words("过了一天。只取没见过的，只报新的", "A day goes by. Only what was not seen before is fetched, and told"),
			with(with(with([]string{"watch"}, hosts...), "--once"), polite...)},
		{a.words("取来的都原样存着：按今天的规则重读，不再联网", "All that came is kept as it was sent: read again by the rules of today, without the network"),
			with([]string{"run", "--offline", "--quiet"}, in...)},
	}
	return first, next
}

func (a *app) showing(ctx context.Context, world *sitetest.World, dir string, named bool) error {
	var hosts []string
	for h := range world.Addresses() {
		hosts = append(hosts, fmt.Sprintf("host%d", h))
	}
	fmt.Fprintf(a.stdout, a.words("%d 个模拟网站（127.0.0.1），地方、人名、数字都是编的。它们是自己的，所以两次请求之间只歇 50 毫秒；\n对别人的网站默认至少歇 1 秒。%s 的描述在 %s。\n",
		"%d simulated sites on 127.0.0.1; places, people and figures are invented. They are our own, so they\nrest 50 ms between requests; those of others get 1 s at least, unless told otherwise. Descriptions\nof %s lie in %s.\n"), len(hosts), strings.Join(hosts, ", "), filepath.Join(dir, "sites"))
	first, next := a.steps(hosts, dir)
	if err := a.perform(ctx, first); err != nil {
		return err
	}
	world.Advance()
	if err := a.perform(ctx, next); err != nil {
		return err
	}
	if named {
		fmt.Fprintf(a.stdout, a.words("\n资料集留在 %s；接着试：tongbao search 整改 -C %[1]s\n", "\nThe collection is left in %s; go on: tongbao search 整改 -C %[1]s\n"), shellWord(dir))
	} else {
		fmt.Fprintf(a.stdout, "\n%s\n", a.words("临时的资料集已删；要留下来：tongbao demo -C 新文件夹", "The temporary collection is removed; to keep one: tongbao demo -C NEW"))
	}
	return nil
}

// perform prints commands and runs them, as if they were typed.
func (a *app) perform(ctx context.Context, steps []step) error {
	for _, s := range steps {
		var words []string
		for _, w := range s.command {
			words = append(words, shellWord(w))
		}
		command := "$ tongbao " + strings.Join(words, " ")
		if a.colored(a.stdout) {
			command = text.Bold.Sprint(command)
		}
		fmt.Fprintf(a.stdout, "\n# %s\n%s\n", s.why, command)
		if err := a.stdout.Flush(); err != nil {
			return err
		}
		sub := &app{stdin: a.stdin, stdout: a.stdout, stderr: a.stderr}
		code := sub.run(append(s.command, "--lang", map[bool]string{true: "zh", false: "en"}[a.chinese], "--color", a.color))
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case code != done && code != incomplete && code != nothing:
			return exit(code)
		}
	}
	return nil
}
