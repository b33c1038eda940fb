package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"tongbao"
	"tongbao/internal/rows"
	"tongbao/pipeline"
	"tongbao/pipeline/parse"
)

// catalogue returns the program's descriptions with those in the collection's
// folder sites.
func (a *app) catalogue() (*parse.Catalogue, error) {
	return parse.LoadCatalogue(filepath.Join(a.collection, "sites"))
}

func sitesCommand(a *app) *cobra.Command {
	var out *output
	cmd := &cobra.Command{
		Use:   "sites",
		Short: a.words("网站目录：名称、域名、栏目的首页", "the catalogue of sites: names, hosts, first pages of sections"),
		Long: a.words(`列出已有描述的网站和内容管理系统：每个栏目一行。`+"`tongbao run 名称/栏目`"+` 从那里开始。
自己的描述放在资料集的 sites/ 文件夹里（docs/sites.md）。`,
			`Lists the sites and content systems that are described, a row a section; a section is a source
of tongbao run by SITE/SECTION. Descriptions of one's own lie in the collection's folder sites/
(docs/sites.md).`),
		Example: `  tongbao sites
  tongbao sites -f csv -o sites.csv
  tongbao sites check collection/sites/xizhou.toml https://…/index.html`,
		Args: a.none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := out.settle(a, cmd); err != nil {
				return err
			}
			c, err := a.catalogue()
			if err != nil {
				return err
			}
			_, err = out.write(a, a.siteColumns(), func(w *rows.Writer) error { return writeSites(w, c.Sites()) })
			return err
		},
	}
	out = a.outputFlags(cmd)
	cmd.AddCommand(sitesCheckCommand(a))
	return cmd
}

func (a *app) siteColumns() []rows.Column {
	return []rows.Column{
		{Key: "site", Label: a.words("代号", "site")},
		{Key: "name", Label: a.words("名称", "name")},
		{Key: "hosts", Label: a.words("域名", "hosts")},
		{Key: "reads", Label: a.words("能读", "reads")},
		{Key: "section", Label: a.words("栏目", "section")},
		{Key: "start", Label: a.words("首页", "start")},
	}
}

// writeSites writes a row a section; a site without sections is a row too.
func writeSites(w *rows.Writer, sites []parse.Site) error {
	for _, s := range sites {
		var reads []string
		if s.Articles {
			reads = append(reads, string(parse.KindArticle))
		}
		if s.List {
			reads = append(reads, string(parse.KindList))
		}
		sections := s.Sections
		if len(sections) == 0 {
			sections = []parse.Section{{}}
		}
		for _, section := range sections {
			if err := w.Row([]string{s.ID, s.Name, strings.Join(s.Hosts, " "), strings.Join(reads, " "), section.Name, section.Start}, nil); err != nil {
				return err
			}
		}
	}
	return nil
}

func sitesCheckCommand(a *app) *cobra.Command {
	var out *output
	var address, contact string
	cmd := &cobra.Command{
		Use:   "check FILE URL|FILE",
		Short: a.words("一份描述从一个页面里取出什么", "what a description extracts from a page"),
		Long: a.words(`用一份网站描述（TOML）读一个页面，逐项打印取到的东西：列表的条目和后续页，标题、来源、时间、
正文首尾段和字数、附件，以及每个选择器各找到几处。第二个参数是网址或存下来的页面。`,
			`Reads one page by one description (TOML) and prints what it takes out of it: items of a list and
the pages that follow; title, source, time, first and last paragraph and length of the body;
attachments; and how often each selector finds something. The page is an address or a saved file.`),
		Example: `  tongbao sites check xizhou.toml https://…/xsxc/index.html
  tongbao sites check xizhou.toml saved.html --url https://…/xsxc/index.html`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 2 {
				return a.usage(cmd, a.words("要一份描述和一个页面", "a description and a page are wanted"))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := out.settle(a, cmd); err != nil {
				return err
			}
			found, err := a.checkSite(cmd.Context(), args[0], args[1], address, contact)
			if err != nil {
				return err
			}
			columns := []rows.Column{{Key: "field", Label: a.words("项", "field")}, {Key: "selector", Label: a.words("选择器", "selector")}, {Key: "found", Label: a.words("处", "found"), Type: rows.Whole}, {Key: "value", Label: a.words("取到", "value")}}
			if _, err := out.write(a, columns, func(w *rows.Writer) error { return writeCheck(w, found) }); err != nil {
				return err
			}
			if len(found.Paragraphs) == 0 && len(found.List.Articles) == 0 && len(found.List.Next) == 0 {
				a.note("%s", a.words("tongbao: 这份描述在这一页上什么也没取到：看 found 为 0 的选择器", "tongbao: the description takes nothing out of this page: look at the selectors that find 0"))
				return exit(nothing)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&contact, "agent", "", a.words("写给网站管理员看的`联系方式`", "`contact` under which the owner of a site can reach you"))
	cmd.Flags().StringVar(&address, "url", "", a.words("存下来的页面原来的`网址`", "`address` that a saved page came from"))
	out = a.outputFlags(cmd)
	return cmd
}

// checkSite reads a description and a page, and applies the one to the other.
func (a *app) checkSite(ctx context.Context, file, source, address, contact string) (parse.Check, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return parse.Check{}, err
	}
	c, err := parse.ReadDescription(file, raw)
	if err != nil {
		return parse.Check{}, err
	}
	var page tongbao.Page
	if strings.HasPrefix(source, "http://") || strings.HasPrefix(source, "https://") {
		page, err = fetchOne(ctx, source, contact)
	} else {
		page, err = savedPage(a.stdin, source)
	}
	if err != nil {
		return parse.Check{}, wrap(source, err)
	}
	if address != "" {
		page.URL = address
	}
	found, err := c.Check(page)
	if err != nil {
		return found, wrap(source, err)
	}
	return found, nil
}

func savedPage(stdin io.Reader, name string) (tongbao.Page, error) {
	for ref := range pipeline.Named([]string{name}) {
		return pipeline.Load(ref, stdin)
	}
	return tongbao.Page{}, errors.New("no page is named")
}

// writeCheck writes what was found, a row each.
func writeCheck(w *rows.Writer, found parse.Check) error {
	var err error
	row := func(field, selector, count, value string) {
		if err == nil {
			err = w.Row([]string{field, selector, count, value}, nil)
		}
	}
	row("site", "", "", found.Site)
	row("kind", "", "", string(found.Kind))
	row("fits", "", "", fmt.Sprintf("article %t, list %t", found.Fits, found.FitsList))
	for _, s := range found.Selectors {
		row(s.Field, s.Selector, strconv.Itoa(s.Found), s.First)
	}
	if n := len(found.Paragraphs); n > 0 {
		row("title", "", "", found.Title)
		row("source", "", "", found.Source)
		row("published", "", "", found.Published)
		row("characters", "", strconv.Itoa(found.Characters()), "")
		row("first", "", "", found.Paragraphs[0])
		row("last", "", "", found.Paragraphs[n-1])
	}
	for _, l := range found.Attachments {
		row("attachment", "", "", strings.TrimSpace(l.Title+" "+l.URL))
	}
	for _, l := range found.List.Articles {
		row("item", "", "", strings.TrimSpace(l.Date+" "+l.Title+" "+l.URL))
	}
	row("items", "", strconv.Itoa(len(found.List.Articles)), "")
	for i, r := range found.List.Next {
		if i < 3 || i == len(found.List.Next)-1 {
			row("next", "", "", strings.TrimSpace(r.Method+" "+r.URL+" "+string(r.Body)))
		}
	}
	row("next pages", "", strconv.Itoa(len(found.List.Next)), "")
	return err
}
