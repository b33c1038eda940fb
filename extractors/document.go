package extractors

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"

	"tongbao"
	"tongbao/internal/lexicon"
)

//go:embed actions.tsv
var actionsList string

var actions = sync.OnceValue(func() *lexicon.Lexicon {
	return lexicon.Must(lexicon.Parse("actions.tsv", extended("actions"), 1))
})

// readDocuments reads each 《…》. Titles in a row share the verb before the
// first of them.
func readDocuments(r *reading) {
	var before tongbao.Fact
	for _, span := range r.titles {
		title := strings.TrimSuffix(strings.TrimPrefix(span.Of(r.text), "《"), "》")
		if strings.TrimSpace(title) == "" {
			continue
		}
		behind := span.End + trialLength(r.text[span.End:])
		f := tongbao.Fact{Kind: tongbao.Document, Span: span, Title: title, Trial: strings.Contains(title, "试行") || behind > span.End, Rule: "title"}
		f.Number = documentNumber(r.text[behind:])
		if before.End > 0 && joins(r.text[before.End:span.Start]) {
			f.Action, f.Relation = before.Action, before.Relation
		} else {
			f.Action, f.Relation = r.action(span)
		}
		if c := r.clauseAt(span.Start); c >= 0 {
			r.claim(tongbao.Span{Start: behind, End: behind + numberLength(r.text[behind:])})
		}
		before = f
		r.add(f)
	}
}

// joins reports whether what stands between two titles makes them one list.
func joins(between string) bool {
	between = strings.TrimSpace(between)
	if strings.HasPrefix(between, "（") || strings.HasPrefix(between, "(") {
		if end := strings.IndexAny(between, ")）"); end >= 0 && end < 90 {
			between = strings.TrimLeft(between[end:], ")）")
		}
	}
	switch between {
	case "", "、", "和", "及", "与", "以及", "，", ",", "暨":
		return true
	}
	return false
}

// action returns the verb that governs a title and what follows from it: the
// nearest verb of the list to its left in the sentence, or a passive behind it
// (《…》已印发). A document that is not said to be made by anybody is cited.
func (r *reading) action(span tongbao.Span) (action, relation string) {
	c := r.clauseAt(span.Start)
	if c < 0 {
		return "", "cited"
	}
	start := max(r.Clauses[c].Start, r.sentence(c).Start)
	if before := r.text[start:span.Start]; endsWithAny(before, "包括", "包括了", "涉及") && c > 0 && r.Clauses[c-1].Sentence == r.Clauses[c].Sentence {
		start = r.Clauses[c-1].Start // 建立健全制度44项,包括《…》
	}
	if e, ok := lastVerb(r.text[start:span.Start]); ok {
		if hasAny(r.text[start:span.Start], centralBodies) && !strings.Contains(r.text[start:span.Start], "贯彻") {
			return e.Word, "cited"
		}
		return e.Word, e.Fields[0]
	}
	rest := r.text[span.End:max(span.End, r.Clauses[c].End)]
	rest = rest[min(len(rest), trialLength(rest)):]
	rest = rest[min(len(rest), numberLength(rest)):]
	for _, passive := range []string{"已", "相继", "自", "正式", "经", "的制定", "的出台", "的修订", "由"} {
		if e, ok := firstVerb(rest); ok && strings.HasPrefix(rest, passive) {
			return e.Word, e.Fields[0]
		}
	}
	return "", "cited"
}

// centralBodies make documents that a notice only cites.
var centralBodies = []string{"中共中央", "党中央", "中央政治局", "国务院", "中央纪委", "中央办公厅", "全国人大"}

// lastVerb returns the verb of the list nearest to the end of the words. A
// verb inside a quotation or a noun (学习制度, 建立健全机制的) is farther away
// than one that stands alone, which nearness settles well enough.
func lastVerb(words string) (lexicon.Entry, bool) {
	found := actions().Find(words)
	for i := len(found) - 1; i >= 0; i-- {
		m := found[i]
		between := words[m.End:]
		if utf8.RuneCountInString(between) > 24 {
			break
		}
		if strings.HasSuffix(words[:m.Start], "“") || strings.Contains(between, "”") && !strings.Contains(between, "“") {
			continue
		}
		return m.Entry, true
	}
	return lexicon.Entry{}, false
}

func firstVerb(words string) (lexicon.Entry, bool) {
	if found := actions().Find(words); len(found) > 0 {
		return found[0].Entry, true
	}
	return lexicon.Entry{}, false
}

// trialLength is the length of the mark of trial that stands behind some titles
// rather than in them.
func trialLength(rest string) int {
	for _, mark := range []string{"（试行）", "(试行)", "（暂行）", "(暂行)"} {
		if strings.HasPrefix(rest, mark) {
			return len(mark)
		}
	}
	return 0
}

// documentNumber reads the number behind a title: (江委〔2021〕5号).
func documentNumber(rest string) string {
	n := numberLength(rest)
	if n == 0 {
		return ""
	}
	return strings.Trim(rest[:n], "()（） ")
}

// numberLength is the length of the bracketed document number that rest begins
// with, 0 where there is none (GB/T 9704: 机关代字〔年份〕序号号).
func numberLength(rest string) int {
	if !strings.HasPrefix(rest, "(") && !strings.HasPrefix(rest, "（") {
		return 0
	}
	end := strings.IndexAny(rest[1:], ")）")
	if end < 0 || end > 90 {
		return 0
	}
	end++
	_, length := utf8.DecodeRuneInString(rest[end:])
	inner := rest[:end]
	if !strings.Contains(inner, "号") || !strings.ContainsAny(inner, "〔[［【") && !strings.Contains(inner, "20") || strings.ContainsAny(inner, "，。；,") {
		return 0
	}
	return end + length
}
