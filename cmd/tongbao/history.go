package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"

	"tongbao"
	"tongbao/index"
	"tongbao/internal/changes"
)

func historyCommand(a *app) *cobra.Command {
	var records bool
	cmd := &cobra.Command{
		Use:   "history ID",
		Short: a.words("一份通报在各个地址上的前后版本和改动", "the versions of a notice at its addresses, and what changed"),
		Long: a.words(`地址上的内容变了，旧版本连同事实都还留着：逐个地址列出先后的版本，改了哪些句子、事实和指标。
几乎相同的通报（改了几个字、少了落款）也列在后面。编号写开头几位即可。`,
			`Where the text at an address changed, the earlier version is kept with its facts: this lists
the versions of each address by date and what changed between them, sentences, facts and
headline figures, then the notices that are nearly the same (a few characters changed, a
footer missing). The beginning of an id will do.`),
		Example: `  tongbao history n3f5a
  tongbao history n3f5a --json | jq -c 'select(.type=="change").metrics'`,
		Args: a.exactlyOne("ID"),
		RunE: func(cmd *cobra.Command, ids []string) error {
			return a.reading(cmd.Context(), func(store index.Store) error {
				return a.history(cmd.Context(), store, ids[0], records)
			})
		},
	}
	cmd.Flags().BoolVar(&records, "json", false, a.words("逐行打印 JSON 记录：version、change、similar", "print JSON records, one a line: version, change, similar"))
	return cmd
}

// history tells the versions of each address with the changes between them, and
// how the notices that are nearly the same differ from this one.
func (a *app) history(ctx context.Context, store index.Store, id string, asJSON bool) error {
	h, err := store.History(ctx, id)
	if err != nil {
		return wrap(id, err)
	}
	own, err := store.Notice(ctx, h.ID)
	if err != nil {
		return wrap(id, err)
	}
	var tell teller = &plainHistory{app: a}
	if asJSON {
		encoder := json.NewEncoder(a.stdout)
		encoder.SetEscapeHTML(false)
		tell = historyRecords{encoder}
	}
	if err := tell.head(own.Notice); err != nil {
		return err
	}
	for i, v := range h.Versions {
		if i > 0 && h.Versions[i-1].URL == v.URL {
			if err := a.change(ctx, store, tell, v.URL, h.Versions[i-1].Notice, v.Notice); err != nil {
				return err
			}
		}
		if err := tell.version(v); err != nil {
			return err
		}
	}
	for _, s := range h.Similar {
		err := tell.similar(s)
		if err == nil {
			err = a.change(ctx, store, tell, "", h.ID, s.Notice)
		}
		if err != nil {
			return err
		}
	}
	if len(h.Versions) < 2 && len(h.Similar) == 0 {
		a.note("%s", a.words("没有别的版本", "there are no other versions"))
	}
	return nil
}

func (a *app) change(ctx context.Context, store index.Store, tell teller, url, from, to string) error {
	older, err := store.Notice(ctx, from)
	newer, newerErr := store.Notice(ctx, to)
	if err := errors.Join(err, newerErr); err != nil {
		return err
	}
	return tell.change(url, older, newer, changes.Between(older, newer))
}

// A teller tells a history: as lines for people, or as records.
type teller interface {
	head(n *tongbao.Notice) error
	version(v index.Version) error
	change(url string, older, newer tongbao.Reading, c changes.Changes) error
	similar(s index.Similar) error
}

// plainHistory is for people.
type plainHistory struct {
	*app
	url     string // the address told last
	similes int
}

func (p *plainHistory) line(format string, values ...any) {
	fmt.Fprintln(p.stdout, printable(fmt.Sprintf(format, values...)))
}

func (p *plainHistory) head(n *tongbao.Notice) error {
	p.line("%s\n%s", cmp.Or(n.Title, n.ID), n.ID)
	return nil
}

func (p *plainHistory) version(v index.Version) error {
	if v.URL != p.url {
		p.url = v.URL
		p.line("\n%s", v.URL)
	}
	days := cmp.Or(dayOf(v.Since), "?") + " – " + dayOf(v.Until)
	remarks := ""
	if v.Earlier {
		remarks += p.words("  旧版本", "  earlier version")
	}
	if v.Reread {
		remarks += p.words("  网页未变，规则更新后读出的正文不同", "  (the page stayed the same: newer rules read another text)")
	}
	p.line("%s  %s%s", text.Pad(days, 23, ' '), v.Notice, remarks)
	return nil
}

func dayOf(time string) string { return time[:min(len(time), len("2006-01-02"))] }

func (p *plainHistory) similar(s index.Similar) error {
	if p.similes++; p.similes == 1 {
		p.line("\n%s", p.words("几乎相同的通报：", "Nearly the same:"))
	}
	remark := ""
	if s.Earlier {
		remark = p.words("  旧版本", "  earlier version")
	}
	p.line("%.3f  %s%s  %s  %s", s.Jaccard, s.Notice, remark, s.Title, s.URL)
	return nil
}

func (p *plainHistory) change(_ string, older, newer tongbao.Reading, c changes.Changes) error {
	gone, come := "    - ", "    + "
	mark, paint := bracketed, func(_ text.Color, s string) string { return s }
	if p.colored(p.stdout) {
		text.EnableColors()
		mark = painter(text.Bold, text.Underline)
		paint = func(c text.Color, s string) string { return text.Colors{c}.Sprint(s) }
	}
	for _, t := range c.Texts {
		before, after := t.Gone.Of(older.Notice.Text), t.Come.Of(newer.Notice.Text)
		lost, won := changes.Marks(before, after)
		if before != "" {
			fmt.Fprintln(p.stdout, paint(text.FgRed, gone+marked(printable(before), 0, within(before, lost), mark)))
		}
		if after != "" {
			fmt.Fprintln(p.stdout, paint(text.FgGreen, come+marked(printable(after), 0, within(after, won), mark)))
		}
	}
	for _, f := range c.Facts {
		switch {
		case f.Gone == nil:
			p.line("    %s + %s", p.words("事实", "fact"), label(*f.Come))
		case f.Come == nil:
			p.line("    %s - %s", p.words("事实", "fact"), label(*f.Gone))
		default:
			p.line("    %s ~ %s → %s", p.words("事实", "fact"), label(*f.Gone), label(*f.Come))
		}
	}
	for _, m := range c.Metrics {
		p.line("    %s %s %s → %s", p.words("指标", "figure"), p.metricLabel(m.Key), cmp.Or(m.Old, "·"), cmp.Or(m.New, "·"))
	}
	return nil
}

// within keeps marks only where the words hold nothing that printable drops,
// for else they would stand at other places.
func within(words string, marks []tongbao.Span) []tongbao.Span {
	if words != printable(words) {
		return nil
	}
	return marks
}
