package segment

import (
	"strings"

	"tongbao"
)

// A pair is a bracket, quotation or title with both its marks on one line.
type pair struct {
	opening, closing int  // offsets of the two marks
	bracket          bool // its content is cut into clauses
}

// A pairing holds the pairs of one line.
type pairing struct {
	pairs []pair // in order of opening; closing is none for a mark that is never closed
	next  int    // the first pair that has not been passed
	open  []open // marks still open
	depth [kindsOfPair]int
}

type open struct {
	kind  int
	index int // in pairs
}

// The pairs of marks; each is opened and closed by one of its own.
const (
	notPaired = iota
	round
	square
	curly
	tortoise
	lenticular
	doubleQuote
	singleQuote
	straightQuote // opens and closes with the same mark
	title
	innerTitle
	cornerQuote
	whiteCornerQuote
	kindsOfPair

	lastBracket = lenticular
)

// paired tells what pair a mark belongs to, and which side of it.
func paired(r rune) (kind int, opens bool) {
	switch r {
	case '(', '（':
		return round, true
	case ')', '）':
		return round, false
	case '[', '［':
		return square, true
	case ']', '］':
		return square, false
	case '{', '｛':
		return curly, true
	case '}', '｝':
		return curly, false
	case '〔':
		return tortoise, true
	case '〕':
		return tortoise, false
	case '【':
		return lenticular, true
	case '】':
		return lenticular, false
	case '“':
		return doubleQuote, true
	case '”':
		return doubleQuote, false
	case '‘':
		return singleQuote, true
	case '’':
		return singleQuote, false
	case '《':
		return title, true
	case '》':
		return title, false
	case '〈':
		return innerTitle, true
	case '〉':
		return innerTitle, false
	case '「':
		return cornerQuote, true
	case '」':
		return cornerQuote, false
	case '『':
		return whiteCornerQuote, true
	case '』':
		return whiteCornerQuote, false
	case '"', '＂':
		return straightQuote, true
	}
	return notPaired, false
}

// find finds the pairs of text[start:end], a line. A mark that is not closed on
// its line, or not before a mark around it is, is an ordinary character, and so
// is a closing mark with nothing to close.
func (p *pairing) find(text string, start, end int, skip *solids) {
	p.pairs, p.open, p.next = p.pairs[:0], p.open[:0], 0
	clear(p.depth[:])
	for at := start; at < end; {
		if past := skip.past(at); past > 0 {
			at = past
			continue
		}
		r, size := decode(text, at)
		kind, opens := paired(r)
		switch {
		case kind == notPaired:
		case kind == straightQuote && p.depth[kind] > 0, !opens:
			p.close(kind, at)
		default:
			p.open = append(p.open, open{kind: kind, index: len(p.pairs)})
			p.pairs = append(p.pairs, pair{opening: at, closing: none, bracket: kind <= lastBracket})
			p.depth[kind]++
		}
		at += size
	}
}

// close closes the last open mark of that kind, giving up the ones within it.
func (p *pairing) close(kind, at int) {
	for p.depth[kind] > 0 {
		last := p.open[len(p.open)-1]
		p.open = p.open[:len(p.open)-1]
		p.depth[last.kind]--
		if last.kind == kind {
			p.pairs[last.index].closing = at
			return
		}
	}
}

// opening returns the pair that opens at that offset; asked in reading order.
func (p *pairing) opening(at int) (pair, bool) {
	for p.next < len(p.pairs) && p.pairs[p.next].opening < at {
		p.next++
	}
	if p.next == len(p.pairs) || p.pairs[p.next].opening != at || p.pairs[p.next].closing == none {
		return pair{}, false
	}
	return p.pairs[p.next], true
}

// solids are the stretches in which marks are no marks: numbers (1,234; 1:4.4)
// and addresses. It is a cursor: offsets must be asked for in reading order.
type solids struct {
	numbers   []tongbao.Number
	addresses []tongbao.Span
}

// past returns the end of the number or address that covers at, or 0.
func (s *solids) past(at int) int {
	for len(s.addresses) > 0 && s.addresses[0].End <= at {
		s.addresses = s.addresses[1:]
	}
	if len(s.addresses) > 0 && s.addresses[0].Start <= at {
		return s.addresses[0].End
	}
	for len(s.numbers) > 0 && s.numbers[0].End <= at {
		s.numbers = s.numbers[1:]
	}
	if len(s.numbers) > 0 && s.numbers[0].Start <= at {
		return s.numbers[0].End
	}
	return 0
}

// addresses finds e-mail and web addresses: runs of the characters that such
// addresses are made of, with an @, a :// or a leading www. in them.
func addresses(text string) []tongbao.Span {
	if !strings.Contains(text, "@") && !strings.Contains(text, "://") && !strings.Contains(text, "www.") {
		return nil
	}
	var found []tongbao.Span
	for at := 0; at < len(text); {
		start := at
		for at < len(text) && addressBytes[text[at]] {
			at++
		}
		if at == start {
			at++
			continue
		}
		run := strings.TrimLeft(text[start:at], addressMarks)
		first := at - len(run)
		run = strings.TrimRight(run, addressMarks)
		if strings.Contains(run, "@") || strings.Contains(run, "://") || strings.HasPrefix(run, "www.") {
			found = append(found, tongbao.Span{Start: first, End: first + len(run)})
		}
	}
	return found
}

// addressMarks stand in addresses, but not at their ends.
const addressMarks = ".:?!-_@&=#%~+/"

var addressBytes = func() (in [256]bool) {
	for _, c := range []byte("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" + addressMarks) {
		in[c] = true
	}
	return in
}()
