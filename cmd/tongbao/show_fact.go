package main

import (
	"fmt"
	"slices"
	"strings"

	"tongbao"
	"tongbao/index"
)

// onlyFact returns the reading with one fact and the findings that rest on it.
func onlyFact(r tongbao.Reading, f *tongbao.Fact) tongbao.Reading {
	only := tongbao.Reading{Notice: r.Notice, Facts: []tongbao.Fact{*f}}
	for _, finding := range r.Findings {
		if slices.Contains(finding.Facts, f.ID) {
			only.Findings = append(only.Findings, finding)
		}
	}
	return only
}

// showFact prints the sentence of a fact between its neighbours, what was read
// out of it and what the audit says of it, and how it is cited.
func (a *app) showFact(r tongbao.Reading, h index.History, f *tongbao.Fact) error {
	cited, err := index.Citations(r, h, []string{f.ID})
	if err != nil {
		return err
	}
	say := func(words string) {
		if words != "" {
			fmt.Fprintln(a.stdout, printable(words))
		}
	}
	say(r.Notice.Title)
	say(strings.TrimSpace(a.words("第 ", "§ ") + f.Section + a.words(" 部分 ", " ") + cited[0].Quote.Heading))
	fmt.Fprintln(a.stdout)
	text := r.Notice.Text
	before, sentence, after := index.SentenceOf(text, f)
	say(before.Of(text))
	fmt.Fprintln(a.stdout, printable(text[sentence.Start:f.Start])+
		a.markedFact(f)+printable(text[f.End:sentence.End]))
	say(after.Of(text))
	fmt.Fprintf(a.stdout, "\n    │ %s  %s\n", f.ID, printable(label(*f)))
	if f.Metric != "" {
		fmt.Fprintf(a.stdout, "    │ %s %s\n", a.words("指标", "headline figure:"), a.metricLabel(f.Metric))
	}
	for _, finding := range onlyFact(r, f).Findings {
		fmt.Fprintf(a.stdout, "    │ %s %s  %s\n", finding.Check, finding.Verdict, printable(finding.Explain))
	}
	fmt.Fprintln(a.stdout)
	say(cited[0].GB7714())
	return nil
}

// markedFact sets the words of a fact off.
func (a *app) markedFact(f *tongbao.Fact) string {
	if a.colored(a.stdout) {
		return painter(kindColors[f.Kind])(printable(f.Quote))
	}
	return bracketed(printable(f.Quote))
}
