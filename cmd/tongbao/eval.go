package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"tongbao"
	"tongbao/internal/gold"
	"tongbao/internal/segment"
	"tongbao/pipeline"
)

func evalCommand(a *app) *cobra.Command {
	e := evaluation{app: a}
	var template bool
	cmd := &cobra.Command{
		Use:   "eval GOLD…",
		Short: a.words("对照人工标注，给出精确率、召回率和 F1", "precision, recall and F1 against annotated notices"),
		Long: a.words(`把程序读出的与人工标注（NAME.gold.json）逐条对照，按类打印精确率、召回率、F1，然后列出每一处差错。
通报取标注旁边的 NAME.txt 或 NAME.html；没有就读标注里的标题和正文。怎样标注见 docs/annotating.md。`,
			`Compares what the program reads with what people have annotated (NAME.gold.json), kind by
kind, and lists every difference. The notice is the NAME.txt or NAME.html beside the
annotation; where there is none, the title and body in the annotation are read. How to
annotate is told in docs/annotating.md.`),
		Example: `  tongbao eval seed.gold.json
  tongbao eval annotated/*.gold.json --json
  tongbao eval --template notice.html > notice.gold.json
  tongbao extract seed.html > o.jsonl; tongbao eval seed.gold.json --records o.jsonl`,
		Args: a.atLeastOne("GOLD"),
		RunE: func(cmd *cobra.Command, names []string) error {
			if (e.document != "" || e.records != "") && len(names) > 1 {
				return a.usage(cmd, a.words("--document 和 --records 只配一份标注", "--document and --records go with one annotation"))
			}
			if template {
				return e.template(names)
			}
			return e.all(names)
		},
	}
	a.lexiconFlag(cmd)
	flags := cmd.Flags()
	flags.StringVar(&e.document, "document", "", a.words("要读的通报`文件`", "the notice to read, a `file`"))
	flags.StringVar(&e.records, "records", "", a.words("extract 已打印的记录`文件`，不再读通报", "the `file` of records that extract has printed, in place of reading"))
	flags.BoolVar(&template, "template", false, a.words("不评分：给一份通报打印待填的标注", "score nothing: print an annotation of a notice to be filled in"))
	flags.BoolVar(&e.json, "json", false, a.words("每份标注一行 JSON；差错写到 stderr", "a JSON line for each annotation; differences go to stderr"))
	return cmd
}

// An evaluation is one run of eval.
type evaluation struct {
	*app
	document, records string
	json              bool
	segmenter         *segment.Segmenter
}

// all scores the annotations, and where there are several their sum.
func (e *evaluation) all(names []string) error {
	tally := tally{}
	var all []gold.Scores
	for _, name := range names {
		scores, err := e.one(name)
		if err != nil {
			tally.failed++
			e.tell("tongbao: %s: %v", name, err)
			continue
		}
		tally.read++
		all = append(all, scores)
		heading := ""
		if len(names) > 1 {
			heading = name
		}
		if err := e.show(heading, scores); err != nil {
			return err
		}
	}
	if len(all) > 1 && !e.json {
		if err := e.show(fmt.Sprintf(e.words("合计 %d 份", "all %d"), len(all)), gold.Sum(all)); err != nil {
			return err
		}
	}
	return tally.exit()
}

func (e *evaluation) one(name string) (gold.Scores, error) {
	file, err := os.Open(name)
	if err != nil {
		return gold.Scores{}, errors.Unwrap(err)
	}
	defer file.Close()
	g, err := gold.Read(file)
	if err != nil {
		return gold.Scores{}, err
	}
	if e.records != "" {
		records, err := os.Open(e.records)
		if err != nil {
			return gold.Scores{}, err
		}
		defer records.Close()
		return gold.Score(g, records)
	}
	page, err := e.page(name, g)
	if err != nil {
		return gold.Scores{}, err
	}
	if e.segmenter == nil {
		e.segmenter = segment.New()
	}
	reading, err := pipeline.Read(page, e.segmenter)
	if err != nil {
		return gold.Scores{}, err
	}
	var records bytes.Buffer
	if err := reading.WriteJSON(&records); err != nil {
		return gold.Scores{}, err
	}
	return gold.Score(g, &records)
}

// page is the notice that an annotation is of.
func (e *evaluation) page(name string, g *gold.Gold) (tongbao.Page, error) {
	document := e.document
	for _, ending := range []string{".txt", ".html", ".htm"} {
		beside := strings.TrimSuffix(strings.TrimSuffix(name, ".json"), ".gold") + ending
		if _, err := os.Stat(beside); document == "" && err == nil {
			document = beside
		}
	}
	if document == "" {
		return tongbao.Page{URL: name, Body: []byte(g.Document())}, nil
	}
	for ref := range pipeline.Named([]string{document}) {
		return pipeline.Load(ref, e.stdin)
	}
	return tongbao.Page{}, nil
}

// show prints the scores of one annotation under a heading.
func (e *evaluation) show(heading string, s gold.Scores) error {
	if e.json {
		line, err := json.Marshal(s)
		if err != nil {
			return err
		}
		for _, d := range s.Errors {
			e.note("%s", d)
		}
		_, err = fmt.Fprintf(e.stdout, "%s\n", line)
		return err
	}
	if heading != "" {
		fmt.Fprintf(e.stdout, "\n# %s\n", heading)
	}
	if err := s.Write(e.stdout); err != nil {
		return err
	}
	for _, d := range s.Errors {
		if _, err := fmt.Fprintln(e.stdout, printable(d.String())); err != nil {
			return err
		}
	}
	return nil
}

// template prints an annotation of one notice, to be filled in.
func (e *evaluation) template(names []string) error {
	if len(names) > 1 {
		return errors.New(e.words("--template 一次只给一份通报", "--template takes one notice at a time"))
	}
	for ref := range pipeline.Named(names) {
		page, err := pipeline.Load(ref, e.stdin)
		if err != nil {
			return wrap(ref.Name, err)
		}
		reading, err := pipeline.Read(page, segment.New())
		if err != nil {
			return wrap(ref.Name, err)
		}
		n := reading.Notice
		records, err := pipeline.Numbers(tongbao.Page{Body: []byte(n.Text)})
		if err != nil {
			return wrap(ref.Name, err)
		}
		var numbers []gold.Number
		for _, r := range records {
			numbers = append(numbers, gold.Number{Start: r.Start, End: r.End, Quote: r.Quote, Value: r.Value})
		}
		return gold.WriteTemplate(e.stdout, map[string]string{"title": n.Title, "source": n.Source, "published": n.Published}, n.Text, numbers)
	}
	return nil
}
