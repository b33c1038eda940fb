package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"

	"tongbao"
	"tongbao/index"
)

func showCommand(a *app) *cobra.Command {
	var records, labels bool
	var fact string
	cmd := &cobra.Command{
		Use:   "show ID",
		Short: a.words("显示一份通报，标出其中的事实", "show one notice with its facts marked"),
		Long: a.words(`在终端上用颜色标出事实；否则用【】标出，并在每段下面逐条列出，带编号的开头（终端上加 --labels）。
--fact 只看一个事实：所在的句子和上下文、核对的结果、引用格式（见 cite）。编号写开头几位即可。`,
			`On a terminal facts are marked in colour, elsewhere in 【】, with a line for each below its
paragraph that begins with the beginning of its id (on a terminal with --labels). --fact shows
one fact: its sentence and the sentences around it, what the audit says of it, and its citation
(see cite). The beginning of an id will do.`),
		Example: `  tongbao show n3f5a
  tongbao show n3f5a --fact f09c2e
  tongbao show n3f5a --labels --color always | less -R
  tongbao show n3f5a --json | jq -c 'select(.type=="fact")'`,
		Args: a.exactlyOne("ID"),
		RunE: func(cmd *cobra.Command, ids []string) error {
			return a.reading(cmd.Context(), func(store index.Store) error {
				reading, err := store.Notice(cmd.Context(), ids[0])
				if err != nil {
					return wrap(ids[0], err)
				}
				var one *tongbao.Fact
				if cmd.Flags().Changed("fact") {
					if one, err = index.FactOf(reading, fact); err != nil {
						return wrap(ids[0], err)
					}
				}
				if records && one != nil {
					return onlyFact(reading, one).WriteJSON(a.stdout)
				}
				if records {
					return reading.WriteJSON(a.stdout)
				}
				history, err := store.History(cmd.Context(), reading.Notice.ID)
				if err != nil {
					return wrap(ids[0], err)
				}
				if one != nil {
					return a.showFact(reading, history, one)
				}
				a.showHead(reading.Notice, history)
				a.showText(reading, labels)
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&records, "json", false, a.words("打印 extract 那样的记录", "print the records, as extract does"))
	cmd.Flags().StringVar(&fact, "fact", "", a.words("只看这一`事实`", "show this `fact` alone"))
	cmd.Flags().BoolVar(&labels, "labels", false, a.words("有颜色时也逐条列出事实", "list the facts below each paragraph in colour as well"))
	return cmd
}

// showHead prints what is known of the notice as a whole.
func (a *app) showHead(n *tongbao.Notice, h index.History) {
	line := func(label string, words ...string) {
		if said := strings.Join(nonEmpty(words...), " "); said != "" {
			fmt.Fprintf(a.stdout, "%s %s\n", text.Pad(label, 10, ' '), printable(said))
		}
	}
	fmt.Fprintf(a.stdout, "%s\n\n", printable(cmp.Or(n.Title, n.ID)))
	line(a.words("编号", "id"), n.ID)
	line(a.words("来源", "source"), n.Source, n.Published)
	for _, url := range n.URLs {
		line(a.words("地址", "address"), url)
	}
	line(a.words("发布单位", "issuer"), n.Issuer, n.Signed)
	if n.Round != nil {
		line(a.words("轮次", "round"), n.Round.ID, n.Team)
	}
	if b := n.Inspected; b != nil {
		line(a.words("被巡视", "inspected"), b.Name, b.Code)
	}
	var figures []string
	for _, m := range tongbao.Metrics {
		if value, ok := n.Metrics[m.Key]; ok {
			figures = append(figures, a.words(m.Chinese, m.English)+" "+value)
		}
	}
	line(a.words("指标", "figures"), strings.Join(figures, a.words("，", ", ")))
	for _, s := range h.Similar {
		line(a.words("相近", "similar"), s.Notice, fmt.Sprintf("%.3f", s.Jaccard), s.URL)
	}
	if changed := superseded(h); changed != nil {
		line(a.words("旧版本", "earlier"), fmt.Sprintf(a.words("%s 起由 %s 取代；改动见 tongbao history %s", "replaced on %s by %s: see tongbao history %s"), dayOf(changed.Until), changed.Next, n.ID))
	} else if len(h.Versions) > len(n.URLs) {
		line(a.words("版本", "versions"), fmt.Sprintf(a.words("改动见 tongbao history %s", "see tongbao history %s"), n.ID))
	}
	fmt.Fprintln(a.stdout)
}

// superseded returns the last change of address by which the notice became an
// earlier version, nil where an address holds it.
func superseded(h index.History) (last *index.Version) {
	for i := range h.Versions {
		if v := &h.Versions[i]; v.Notice == h.ID && v.Earlier && (last == nil || v.Until > last.Until) {
			last = v
		}
	}
	return last
}

// kindColors are the colours of the kinds of facts.
var kindColors = map[tongbao.Kind]text.Color{
	tongbao.Sanction: text.FgRed, tongbao.Money: text.FgYellow, tongbao.Percentage: text.FgMagenta,
	tongbao.RatioFact: text.FgMagenta, tongbao.Count: text.FgCyan, tongbao.Date: text.FgGreen,
	tongbao.Document: text.FgBlue, tongbao.Deadline: text.FgHiGreen, tongbao.Institution: text.Underline,
}

// showText prints the text paragraph by paragraph with its facts marked. labels
// lists them below each, which without colours is done anyway.
func (a *app) showText(r tongbao.Reading, labels bool) {
	colored := a.colored(a.stdout)
	facts := slices.Clone(r.Facts)
	slices.SortStableFunc(facts, func(x, y tongbao.Fact) int {
		return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(y.End, x.End))
	})
	start, next := 0, 0
	for paragraph := range strings.SplitSeq(r.Notice.Text, "\n") {
		end := start + len(paragraph)
		first := next
		for next < len(facts) && facts[next].Start < end {
			next++
		}
		inside := facts[first:next]
		fmt.Fprintln(a.stdout, setOff(paragraph, start, inside, colored))
		if !colored || labels {
			for _, f := range inside {
				fmt.Fprintf(a.stdout, "    │ %.9s  %s\n", f.ID, label(f))
			}
		}
		start = end + 1
	}
}

// setOff marks the outermost facts of a paragraph that begins at byte start.
func setOff(paragraph string, start int, facts []tongbao.Fact, colored bool) string {
	var b strings.Builder
	at := start
	for _, f := range facts {
		if f.Start < at || f.End > start+len(paragraph) {
			continue // lies within the one before
		}
		b.WriteString(paragraph[at-start : f.Start-start])
		if colored {
			b.WriteString(painter(kindColors[f.Kind])(f.Quote))
		} else {
			b.WriteString(bracketed(f.Quote))
		}
		at = f.End
	}
	b.WriteString(paragraph[at-start:])
	return b.String()
}

// label says in a line what a fact states.
func label(f tongbao.Fact) string {
	period := ""
	if f.From != "" || f.To != "" {
		period = f.From + "/" + f.To
	}
	details := nonEmpty(f.Value, f.Unit, f.Measure, f.What, period, f.By, f.Canonical, f.Number, f.Relation, f.Category)
	return fmt.Sprintf("%-11s %s", f.Kind, strings.Join(append([]string{f.Quote}, details...), "  "))
}
