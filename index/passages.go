package index

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"tongbao"
)

const (
	maxPassages   = 3   // of a hit
	passageLength = 110 // bytes/3: about so many Chinese characters, unless one sentence asks for less
	maxCandidates = 400 // passages looked at in one notice
)

// Characters that end a sentence, and those that end a clause within one.
const (
	sentenceEnds = "。！？；!?;\n"
	clauseEnds   = sentenceEnds + "，、：,:"
	closing      = "”’）》」』】)\"" // belong to what they close
)

// NewHit makes the hit of a notice: the best passages around what the query
// seeks in its text, with marks.
func NewHit(q Query, n *tongbao.Notice, score float64) Hit {
	from := SourceOf(n)
	hit := Hit{ID: n.ID, URLs: n.URLs, Title: n.Title, Score: score, District: from.District, Round: from.Round, Published: n.Published}
	sought := q.Sought()
	for _, m := range find(sought, "title", n.Title) {
		hit.TitleMarks = append(hit.TitleMarks, m.Span)
	}
	points := tongbao.NewCodePoints(n.Text)
	hit.Passages = passages(n.Text, find(sought, "body", n.Text))
	for i := range hit.Passages {
		p := &hit.Passages[i]
		p.Section, p.point = n.SectionAt(p.Start), points.At(p.Start)
	}
	return hit
}

// A mark is a match, and the numbers of the needles that it consists of as
// bits (those behind the 64th share one).
type mark struct {
	tongbao.Span
	needles uint64
}

// find returns the matches in a text, in order, those that touch joined.
func find(sought []*Words, field, text string) []mark {
	var marks []mark
	var lower, cased *folded
	needle := 0
	for _, w := range sought {
		if w.Field != "" && w.Field != field {
			continue
		}
		into := &lower
		if w.Exact {
			into = &cased
		}
		if *into == nil {
			f := foldMapped(text, !w.Exact)
			*into = &f
		}
		for _, s := range w.needles() {
			marks = appendMatches(marks, *into, s, 1<<min(needle, 63))
			needle++
		}
	}
	slices.SortFunc(marks, func(a, b mark) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	joined := marks[:0]
	for _, m := range marks {
		if last := len(joined) - 1; last >= 0 && m.Start <= joined[last].End {
			joined[last].End = max(joined[last].End, m.End)
			joined[last].needles |= m.needles
			continue
		}
		joined = append(joined, m)
	}
	return joined
}

// needles are the strings that are marked: the whole, and its parts without
// single characters, which stand everywhere.
func (w *Words) needles() []string {
	if w.Exact || len(w.Parts) < 2 {
		return []string{w.sought()}
	}
	needles := []string{w.Text}
	for _, part := range w.Parts {
		if utf8.RuneCountInString(part) > 1 {
			needles = append(needles, part)
		}
	}
	if len(needles) == 1 {
		return append(needles, w.Parts...)
	}
	return needles
}

func (w *Words) sought() string {
	if !w.Exact && len(w.Parts) == 1 {
		return w.Parts[0]
	}
	return w.Text
}

func appendMatches(marks []mark, in *folded, needle string, bit uint64) []mark {
	for at := 0; ; {
		i := strings.Index(in.text[at:], needle)
		if i < 0 {
			return marks
		}
		start, end := at+i, at+i+len(needle)
		marks = append(marks, mark{tongbao.Span{Start: in.original(start), End: in.original(end)}, bit})
		at = end
	}
}

// passages chooses the best passages, in reading order; where nothing is
// marked, the beginning of the text stands for it.
func passages(text string, marks []mark) []Passage {
	if len(marks) == 0 {
		if text == "" {
			return nil
		}
		return []Passage{passageOf(text, around(text, tongbao.Span{}), nil)}
	}
	type candidate struct {
		span     tongbao.Span
		from, to int // marks
		needles  uint64
	}
	var all []candidate
	for i := 0; i < len(marks) && len(all) < maxCandidates; {
		c := candidate{span: around(text, marks[i].Span), from: i}
		if last := len(all) - 1; last >= 0 {
			c.span.Start = max(c.span.Start, all[last].span.End)
		}
		for ; i < len(marks) && marks[i].End <= c.span.End; i++ {
			c.needles |= marks[i].needles
		}
		c.to = i
		all = append(all, c)
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(ones(b.needles), ones(a.needles)), cmp.Compare(b.to-b.from, a.to-a.from))
	})
	all = all[:min(len(all), maxPassages)]
	slices.SortFunc(all, func(a, b candidate) int { return cmp.Compare(a.span.Start, b.span.Start) })
	chosen := make([]Passage, len(all))
	for i, c := range all {
		chosen[i] = passageOf(text, c.span, marks[c.from:c.to])
	}
	return chosen
}

func ones(bits uint64) (n int) {
	for ; bits != 0; bits &= bits - 1 {
		n++
	}
	return n
}

func passageOf(text string, s tongbao.Span, marks []mark) Passage {
	for s.Start < s.End && isBlank(text[s.Start]) && (len(marks) == 0 || s.Start < marks[0].Start) {
		s.Start++
	}
	for s.End > s.Start && isBlank(text[s.End-1]) && (len(marks) == 0 || s.End > marks[len(marks)-1].End) {
		s.End--
	}
	p := Passage{Span: s, Text: s.Of(text), Marks: make([]tongbao.Span, len(marks))}
	for i, m := range marks {
		p.Marks[i] = m.Span
	}
	return p
}

func isBlank(b byte) bool { return b == ' ' || b == '\n' || b == '\t' || b == '\r' }

// around returns the sentence about a span; of one that is too long, the
// clauses about the span; of a clause that is too long, a window.
func around(text string, s tongbao.Span) tongbao.Span {
	room := max(3*passageLength-(s.End-s.Start), 0)
	if sentence := (tongbao.Span{Start: back(text, s.Start, sentenceEnds, room), End: forth(text, s.End, sentenceEnds, room)}); sentence.End-sentence.Start <= room+s.End-s.Start {
		return sentence
	}
	p := tongbao.Span{Start: back(text, s.Start, clauseEnds, room/2), End: forth(text, s.End, clauseEnds, room/2)}
	for grown := true; grown; { // a clause behind, a clause before, while there is room
		grown = false
		left := 3*passageLength - (p.End - p.Start)
		if end := forth(text, p.End, clauseEnds, left); end > p.End && end-p.End <= left && !endsSentence(text[:p.End]) {
			left -= end - p.End
			p.End, grown = end, true
		}
		_, sign := utf8.DecodeLastRuneInString(text[:p.Start]) // the one that ends the clause before
		if start := back(text, p.Start-sign, clauseEnds, left); start < p.Start && p.Start-start <= left && !endsSentence(text[:p.Start]) {
			p.Start, grown = start, true
		}
	}
	return p
}

func endsSentence(before string) bool {
	r, _ := utf8.DecodeLastRuneInString(before)
	return before == "" || strings.ContainsRune(sentenceEnds, r)
}

// back returns where the stretch that ends at at begins: behind one of the
// characters ends, or about reach bytes before.
func back(text string, at int, ends string, reach int) int {
	for start := at; start > 0; {
		r, n := utf8.DecodeLastRuneInString(text[:start])
		if strings.ContainsRune(ends, r) || at-start > reach {
			return start
		}
		start -= n
		if start == 0 {
			return 0
		}
	}
	return at
}

// forth returns where the stretch from at ends: behind one of the characters
// ends and what closes after it, or about reach bytes further on.
func forth(text string, at int, ends string, reach int) int {
	end := at
	for end < len(text) && end-at <= reach {
		r, n := utf8.DecodeRuneInString(text[end:])
		end += n
		if !strings.ContainsRune(ends, r) {
			continue
		}
		for r != '\n' && end < len(text) {
			r, n = utf8.DecodeRuneInString(text[end:])
			if !strings.ContainsRune(closing, r) {
				break
			}
			end += n
		}
		return end
	}
	return end
}
