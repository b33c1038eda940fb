package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync/atomic"
	"syscall"

	"github.com/spf13/cobra"

	"tongbao/index"
)

// The exit codes of contract §2.
const (
	done        = 0
	nothing     = 1 // looked and found nothing, or audit --check found a mismatch
	failed      = 2 // wrong usage, or nothing could be done
	incomplete  = 3 // done, but some documents failed and were named
	interrupted = 130
)

// An exit ends the program with a code after everything has been said.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// An app is one run of the program: its streams and what was set for all
// commands.
type app struct {
	stdin          io.Reader
	stdout, stderr *stream
	collection     string
	color          string
	lang           string
	quiet          bool
	chinese        bool                        // words for people are Chinese
	above          func(line string, _ ...any) // prints above the progress bar, while there is one
	drawing        atomic.Bool                 // bars of hosts are drawn on the terminal
}

// commands lists the commands in the order of the help.
func commands() []func(*app) *cobra.Command {
	return []func(*app) *cobra.Command{
		runCommand, watchCommand, extractCommand, searchCommand, showCommand, citeCommand, historyCommand, factsCommand, compareCommand, auditCommand, mcpCommand, numbersCommand, divisionsCommand, sitesCommand, evalCommand,
		exportCommand, statusCommand, verifyCommand, reindexCommand, removeCommand, demoCommand, versionCommand,
	}
}

// run executes the command line and returns the exit code.
func (a *app) run(args []string) int {
	signal.Ignore(syscall.SIGPIPE) // a closed pipe is an error of a write, and ends quietly
	a.chinese = speaksChinese(args)
	root := a.rootCommand()
	root.SetArgs(args)
	err := root.ExecuteContext(context.Background())
	if flushed := a.stdout.Flush(); err == nil {
		err = flushed
	}
	code := a.code(err)
	a.stderr.Flush()
	return code
}

// code tells people about an error, once, and returns what it means to programs.
func (a *app) code(err error) int {
	var code exit
	switch {
	case err == nil, errors.Is(err, syscall.EPIPE):
		return done
	case errors.As(err, &code):
		return int(code)
	case errors.Is(err, context.Canceled):
		return interrupted
	}
	a.tell("tongbao: %v", err)
	if errors.Is(err, index.ErrNotFound) || errors.Is(err, index.ErrNoFact) {
		return nothing
	}
	return failed
}

// tell writes a line for people on stderr.
func (a *app) tell(format string, values ...any) {
	line := printable(fmt.Sprintf(format, values...))
	if a.above != nil {
		a.above(line)
		return
	}
	fmt.Fprintln(a.stderr, line)
	a.stderr.Flush()
}

// note is tell for what --quiet leaves out.
func (a *app) note(format string, values ...any) {
	if !a.quiet {
		a.tell(format, values...)
	}
}

// words returns the words in the language of the user.
func (a *app) words(chinese, english string) string {
	if a.chinese {
		return chinese
	}
	return english
}

// colored reports whether the stream may carry colours.
func (a *app) colored(s *stream) bool {
	switch a.color {
	case "always":
		return true
	case "never":
		return false
	}
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && s.terminal()
}

func (a *app) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use: "tongbao",
		Short: a.words("把巡视整改通报读成可以统计、比较、引用的事实",
			"read notices of discipline inspection into facts to count, compare and cite"),
		Long: a.words(`tongbao 把公开发布的巡视、巡察整改进展情况的通报读成事实：谁被处分、办结多少件、
追缴多少钱、下一步何时完成。每个事实都带着原文的位置，每个数都是原文的数。`,
			`tongbao reads published notices of Chinese discipline inspection (巡视整改进展情况的通报)
into facts: who was sanctioned, how many cases were closed, how much was recovered.
Every fact points at the words it was read from, and every number is the printed one.`),
		Example: a.words(`  tongbao run 通报/                         # 读一个文件夹，存入 ./collection
  tongbao search 违规吃喝                   # 检索
  tongbao compare --by district             # 按区县比较
  tongbao facts --kind money --min 1000000  # 一百万元以上的款项
  tongbao audit --verdict mismatch          # 数字对不上的地方`,
			`  tongbao run notices/                      # read a folder into ./collection
  tongbao search 违规吃喝                   # look for words
  tongbao compare --by district             # compare districts
  tongbao facts --kind money --min 1000000  # amounts of a million yuan and more
  tongbao audit --verdict mismatch          # figures that do not add up`),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return a.unknown(cmd, args[0])
			}
			return cmd.Help()
		},
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return a.settle(cmd) },
	}
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	flags := root.PersistentFlags()
	flags.StringVarP(&a.collection, "collection", "C", "collection", a.words("`文件夹`：一项研究的全部资料", "`folder` that holds one research project"))
	flags.StringVar(&a.lang, "lang", "auto", a.words("给人看的文字：zh、en 或 auto", "language for people: zh, en or auto"))
	flags.StringVar(&a.color, "color", "auto", a.words("颜色：auto、always 或 never", "colours: auto, always or never"))
	flags.BoolVarP(&a.quiet, "quiet", "q", false, a.words("只报错误", "tell errors only"))
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fmt.Errorf("%w\n%s", err, fmt.Sprintf(a.words("用法见 %s --help", "see %s --help"), cmd.CommandPath()))
	})
	for _, command := range commands() {
		root.AddCommand(command(a))
	}
	a.localize(root)
	return root
}

// unknown says that there is no such command, and which one may be meant.
func (a *app) unknown(root *cobra.Command, name string) error {
	message := fmt.Sprintf(a.words("没有 %q 这个命令", "there is no command %q"), name)
	root.SuggestionsMinimumDistance = 2
	if near := root.SuggestionsFor(name); len(near) > 0 {
		message += a.words("；是不是 ", "; did you mean ") + strings.Join(near, ", ") + a.words("？", "?")
	}
	return errors.New(message + a.words("\n命令一览：tongbao --help", "\nsee tongbao --help for all commands"))
}

// localize gives the help of every command the language of the user.
func (a *app) localize(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	if !a.chinese {
		return
	}
	root.SetUsageTemplate(strings.NewReplacer(
		"Usage:", "用法：", "Aliases:", "别名：", "Examples:", "例：", "Available Commands:", "命令：",
		"Global Flags:", "通用选项：", "Flags:", "选项：",
		`Use "{{.CommandPath}} [command] --help" for more information about a command.`,
		`某个命令的用法：{{.CommandPath}} 命令 --help`).Replace(root.UsageTemplate()))
	var each func(*cobra.Command)
	each = func(c *cobra.Command) {
		switch c.Name() {
		case "help":
			c.Short = "命令的用法"
		case "completion":
			c.Short = "生成命令行补全脚本"
		}
		c.Flags().BoolP("help", "h", false, "用法")
		for _, under := range c.Commands() {
			each(under)
		}
	}
	each(root)
}

// printable drops control characters out of words that came from a document or
// a file name, so that they cannot steer a terminal; line ends stay.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return -1
		}
		return r
	}, s)
}

// wrap names the document that an error is of.
func wrap(name string, err error) error { return fmt.Errorf("%s: %w", name, err) }
