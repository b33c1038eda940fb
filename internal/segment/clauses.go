package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tongbao"
)

// bound finds the clauses and the sentences of a text.
//
// A clause is bounded by ，,；;：:。！？!? and the line's end; a sentence by
// 。！？!?, by a full stop that is one, and by the line's end. A quotation “…”
// or a title 《…》 is part of the clause that it stands in, whatever it holds.
// A bracketed stretch is cut into clauses of its own, children of the clause
// that it interrupts. Marks inside a number or an address bound nothing.
//
// A clause's span leaves out the marks that bound it and white space at its
// ends; a sentence's span takes in the mark that ends it. A stretch with
// nothing in it but marks is no clause, and without a clause there is no
// sentence. The time taken grows with the text's length and nothing else.
func bound(text string, numbers []tongbao.Number) ([]tongbao.Clause, []tongbao.Span) {
	found := addresses(text)
	b := bounder{
		text:    text,
		numbers: numbers,
		// in pairs and in the walk alike, numbers and addresses are passed over
		ahead:    solids{numbers: numbers, addresses: found},
		here:     solids{numbers: numbers, addresses: found},
		clause:   none,
		sentence: none,
	}
	for start := 0; start < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		b.line(start, end)
		start = end + 1
	}
	return b.clauses, b.sentences
}

const none = -1

// A bounder walks a text line by line.
type bounder struct {
	text        string
	numbers     []tongbao.Number
	ahead, here solids // cursors of the search for pairs, and of the walk
	pairs       pairing

	clauses   []tongbao.Clause
	sentences []tongbao.Span
	outer     []interrupted // the brackets that we are in
	clause    int           // the clause that we are in, or none
	sentence  int           // the sentence that we are in, or none
	end       int           // where the clause that we are in would end
	label     int           // index of the first number that may stand in the line, for pastLabel
}

// interrupted is a clause that waits for the end of a bracket.
type interrupted struct{ clause, closing int }

func (b *bounder) line(start, end int) {
	start = b.pastLabel(start, end)
	b.pairs.find(b.text, start, end, &b.ahead)
	for at := start; at < end; {
		if past := b.here.past(at); past > 0 {
			b.extend(at, min(past, end))
			at = min(past, end)
			continue
		}
		r, size := decode(b.text, at)
		next := at + size
		if isIdeograph(r) {
			b.extend(at, next)
		} else if n := len(b.outer); n > 0 && at == b.outer[n-1].closing {
			b.leaveBracket(next)
		} else if pair, ok := b.pairs.opening(at); ok {
			if !pair.bracket {
				next = pair.closing + sizeAt(b.text, pair.closing)
			}
			b.enter(pair, next)
		} else {
			next = b.character(r, at, next, end)
		}
		at = next
	}
	b.endSentence(start + len(strings.TrimRightFunc(b.text[start:end], unicode.IsSpace)))
}

// pastLabel returns the offset behind the number that a line begins with (1.,
// 三、, （四）), or start where it has none. A line that is nothing but its number
// keeps it.
func (b *bounder) pastLabel(start, end int) int {
	for b.label < len(b.numbers) && b.numbers[b.label].Start < start {
		b.label++
	}
	if b.label == len(b.numbers) || b.numbers[b.label].End > end || !b.numbers[b.label].Ordinal {
		return start
	}
	n := b.numbers[b.label]
	before := strings.Trim(b.text[start:n.Start], " 　\t")
	r, size := decode(b.text, n.End)
	switch before {
	case "":
		if !strings.ContainsRune("、.．", r) {
			return start
		}
	case "（", "(":
		if r != '）' && r != ')' {
			return start
		}
	default:
		return start
	}
	if past := n.End + size; past < end && strings.TrimSpace(b.text[past:end]) != "" {
		return past
	}
	return start
}

// character takes the character r at text[at:next], and returns where to go on.
func (b *bounder) character(r rune, at, next, lineEnd int) int {
	switch {
	case unicode.IsSpace(r):
	case strings.ContainsRune(clauseMarks, r):
		if (r == ':' || r == '：') && isDigit(b.text, at-1) && isDigit(b.text, next) {
			b.extend(at, next) // a time: 11:34
		} else {
			b.endClause()
		}
	case r == '.' && b.isFullStop(at, lineEnd), strings.ContainsRune(sentenceMarks, r):
		for next < lineEnd {
			r, size := decode(b.text, next)
			if !strings.ContainsRune(sentenceMarks+strayClosers, r) {
				break
			}
			if _, opens := b.pairs.opening(next); opens {
				break
			}
			next += size
		}
		b.endHere(next)
	default:
		b.extend(at, next)
	}
	return next
}

// The marks that bound clauses and sentences. 、 is not among them: it joins
// the members of a list within a clause. The full stop is told by isFullStop.
const (
	clauseMarks   = "，,；;：:"
	sentenceMarks = "。！？!?"
	strayClosers  = "”’」』\"" // closing marks without an opening one, behind a sentence's end
)

// extend makes text[at:next] part of the clause, and begins one if there is none.
func (b *bounder) extend(at, next int) {
	if b.clause == none {
		if b.sentence == none {
			b.sentence = len(b.sentences)
			b.sentences = append(b.sentences, tongbao.Span{Start: at, End: next})
		}
		parent := none
		if n := len(b.outer); n > 0 {
			parent = b.outer[n-1].clause
		}
		b.clause = len(b.clauses)
		b.clauses = append(b.clauses, tongbao.Clause{
			Span: tongbao.Span{Start: at, End: next}, Parent: parent, Sentence: b.sentence,
		})
	}
	b.end = next
}

func (b *bounder) endClause() {
	if b.clause != none {
		b.clauses[b.clause].End = b.end
		b.clause = none
	}
}

// endSentence ends the clause, and the sentence at that offset.
func (b *bounder) endSentence(end int) {
	b.endClause()
	if b.sentence != none {
		b.sentences[b.sentence].End = end
		b.sentence = none
	}
}

// endHere ends the sentence, or in a bracket the clause alone: a sentence goes
// on behind the brackets that it holds.
func (b *bounder) endHere(end int) {
	if len(b.outer) > 0 {
		b.endClause()
	} else {
		b.endSentence(end)
	}
}

// enter begins a bracket, or takes in a quotation as a whole, up to next.
func (b *bounder) enter(p pair, next int) {
	b.extend(p.opening, next)
	if p.bracket {
		b.outer = append(b.outer, interrupted{clause: b.clause, closing: p.closing})
		b.clause = none
		return
	}
	b.endBehind(p.closing, next)
}

// leaveBracket goes back to the clause that the bracket interrupted.
func (b *bounder) leaveBracket(next int) {
	b.endClause()
	last := len(b.outer) - 1
	back := b.outer[last]
	b.outer, b.clause = b.outer[:last], back.clause
	b.extend(back.closing, next)
	b.endBehind(back.closing, next)
}

// endBehind ends the sentence behind a closing mark with 。 before it, unless
// the sentence goes on: 他说：“好。”，会后… 关于“落实不力。”问题的整改
func (b *bounder) endBehind(closing, next int) {
	if !strings.HasSuffix(b.text[:closing], "。") {
		return
	}
	if r, _ := decode(b.text, next); strings.ContainsRune(clauseMarks+sentenceMarks+"、）)的等", r) {
		return
	}
	if rest := b.text[next:]; !strings.HasPrefix(rest, "问题") && !strings.HasPrefix(rest, "方面") {
		b.endHere(next)
	}
}

// isFullStop reports whether the . at that offset ends a sentence: the line, a
// space or a Chinese character follows, and it does not stand behind the number
// of a heading (1.加强, 3.2 落实).
func (b *bounder) isFullStop(at, lineEnd int) bool {
	if at+1 < lineEnd {
		r, _ := decode(b.text, at+1)
		if !unicode.IsSpace(r) && !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return b.clause != none && !isHeadingNumber(b.text[b.clauses[b.clause].Start:at])
}

// isHeadingNumber reports whether s is 1, 12 or 3.2.
func isHeadingNumber(s string) bool {
	return len(s) <= len("12.34.56") && strings.Trim(s, "0123456789.") == ""
}

func isDigit(text string, at int) bool {
	return 0 <= at && at < len(text) && '0' <= text[at] && text[at] <= '9'
}

// decode is utf8.DecodeRuneInString; at the text's end it returns utf8.RuneError, 0.
func decode(text string, at int) (rune, int) {
	if at < len(text) && text[at] < utf8.RuneSelf {
		return rune(text[at]), 1
	}
	return utf8.DecodeRuneInString(text[at:])
}

func sizeAt(text string, at int) int {
	_, size := decode(text, at)
	return size
}
