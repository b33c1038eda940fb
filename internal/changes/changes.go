// Package changes tells what differs between two versions of a notice: the
// sentences that went and came, the facts, the headline figures.
package changes

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aymanbagabas/go-udiff/lcs"

	"tongbao"
)

// Changes are the differences between an older and a newer reading.
type Changes struct {
	Texts   []Text   // in reading order
	Facts   []Fact   // in reading order of the newer one, those that only went behind
	Metrics []Metric // in the order of tongbao.Metrics
}

// None tells whether the readings say the same.
func (c Changes) None() bool { return len(c.Texts)+len(c.Facts)+len(c.Metrics) == 0 }

// A Text is a stretch of whole sentences that stands in place of another one;
// either may be empty. Gone lies in the older text, Come in the newer one.
type Text struct{ Gone, Come tongbao.Span }

// A Fact is one that went (Come is nil), came (Gone is nil), or says something
// else of the same thing now.
type Fact struct{ Gone, Come *tongbao.Fact }

// A Metric is a headline figure that changed, "" where it is not stated.
type Metric struct{ Key, Old, New string }

// Between compares two readings.
func Between(older, newer tongbao.Reading) Changes {
	return Changes{texts(older.Notice.Text, newer.Notice.Text), facts(older.Facts, newer.Facts), metrics(older.Notice, newer.Notice)}
}

func texts(older, newer string) []Text {
	gone, come := Sentences(older), Sentences(newer)
	var all []Text
	for _, d := range lcs.DiffLines(wordsOf(older, gone), wordsOf(newer, come)) {
		all = append(all, Text{cover(gone[d.Start:d.End]), cover(come[d.ReplStart:d.ReplEnd])})
	}
	return all
}

func wordsOf(text string, spans []tongbao.Span) []string {
	words := make([]string, len(spans))
	for i, s := range spans {
		words[i] = s.Of(text)
	}
	return words
}

func cover(spans []tongbao.Span) tongbao.Span {
	if len(spans) == 0 {
		return tongbao.Span{}
	}
	return tongbao.Span{Start: spans[0].Start, End: spans[len(spans)-1].End}
}

const (
	ends    = "。！？；!?;"
	closing = "”’）》」』】)\"" // belong to what they close
)

// Sentences cuts a text into sentences without the white space around them; a
// sentence never crosses a line.
func Sentences(text string) []tongbao.Span {
	var all []tongbao.Span
	start, ended := 0, false
	cut := func(end int) {
		piece := text[start:end]
		left := len(piece) - len(strings.TrimLeftFunc(piece, unicode.IsSpace))
		if trimmed := strings.TrimSpace(piece); trimmed != "" {
			all = append(all, tongbao.Span{Start: start + left, End: start + left + len(trimmed)})
		}
		start, ended = end, false
	}
	for i, r := range text {
		switch {
		case r == '\n':
			cut(i)
		case strings.ContainsRune(ends, r):
			ended = true
		case ended && !strings.ContainsRune(closing, r):
			cut(i)
		}
	}
	cut(len(text))
	return all
}

// Marks returns the characters of two texts that the other one does not have;
// none where the texts have less than half in common, for then marks say
// nothing.
func Marks(older, newer string) (gone, come []tongbao.Span) {
	before, after := []rune(older), []rune(newer)
	lost, won := 0, 0
	at, to := offsets(older), offsets(newer)
	for _, d := range lcs.DiffRunes(before, after) {
		lost, won = lost+d.End-d.Start, won+d.ReplEnd-d.ReplStart
		if d.End > d.Start {
			gone = append(gone, tongbao.Span{Start: at[d.Start], End: at[d.End]})
		}
		if d.ReplEnd > d.ReplStart {
			come = append(come, tongbao.Span{Start: to[d.ReplStart], End: to[d.ReplEnd]})
		}
	}
	if 2*lost > len(before) || 2*won > len(after) {
		return nil, nil
	}
	return gone, come
}

func offsets(text string) []int {
	all := make([]int, 0, utf8.RuneCountInString(text)+1)
	for i := range text {
		all = append(all, i)
	}
	return append(all, len(text))
}

// facts pairs what is stated in both. What is left is paired by what it is
// about, in reading order.
func facts(older, newer []tongbao.Fact) []Fact {
	same := map[string]int{}
	for i := range older {
		same[statement(&older[i])]++
	}
	var come []*tongbao.Fact
	for i := range newer {
		if key := statement(&newer[i]); same[key] > 0 {
			same[key]--
		} else {
			come = append(come, &newer[i])
		}
	}
	var gone []*tongbao.Fact
	for i := len(older) - 1; i >= 0; i-- {
		if key := statement(&older[i]); same[key] > 0 {
			same[key]--
			gone = append(gone, &older[i])
		}
	}
	slices.Reverse(gone)
	var all []Fact
	for _, c := range come {
		change := Fact{Come: c}
		if i := slices.IndexFunc(gone, func(g *tongbao.Fact) bool { return g.Kind == c.Kind && subject(g) != "" && subject(g) == subject(c) }); i >= 0 {
			change.Gone = gone[i]
			gone = slices.Delete(gone, i, i+1)
		}
		all = append(all, change)
	}
	for _, g := range gone {
		all = append(all, Fact{Gone: g})
	}
	return all
}

// statement is all that a fact says, but for where it stands and the ids of
// others.
func statement(f *tongbao.Fact) string {
	bare := *f
	bare.ID, bare.Section, bare.Span, bare.Rule = "", "", tongbao.Span{}, ""
	bare.Numerator, bare.Denominator, bare.PartOf, bare.Parts = "", "", "", nil
	return fmt.Sprint(bare)
}

// subject is what a fact is about, "" where that cannot be told.
func subject(f *tongbao.Fact) string {
	switch f.Kind {
	case tongbao.Document:
		return f.Title
	case tongbao.Institution:
		return f.Name
	case tongbao.Date:
		return ""
	case tongbao.Sanction:
		return f.Category + "|" + f.Measure
	}
	return f.What
}

func metrics(older, newer *tongbao.Notice) []Metric {
	var all []Metric
	for _, m := range tongbao.Metrics {
		if a, b := older.Metrics[m.Key], newer.Metrics[m.Key]; a != b {
			all = append(all, Metric{m.Key, a, b})
		}
	}
	return all
}
