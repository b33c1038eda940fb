package extractors

import (
	_ "embed"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"

	"tongbao"
	"tongbao/internal/calendar"
	"tongbao/internal/lexicon"
)

// A reading is a document while it is being read: the facts found so far and
// which numbers are spoken for.
type reading struct {
	*tongbao.Doc
	text    string
	facts   []tongbao.Fact
	taken   []bool                // by index of Numbers
	before  []int                 // end of what was counted or dated before, by index of Numbers
	clause  []int                 // innermost clause by index of Numbers, -1 where none
	figures []figure              // by index of Numbers, without a number where not yet asked for
	counts  []figure              // those that readCounts reads
	titles  []tongbao.Span        // 《…》
	quotes  []tongbao.Span        // “…”
	slogans []tongbao.Span        // 八项规定 and the like, without quotation marks
	dates   []calendar.Expression // the dates, in reading order
	amounts [2]int                // where the money facts begin and end among the facts
	bodies  [2]int                // where the institutions begin and end among the facts
	word    int                   // that wordFrom found last
	levels  map[string]string     // the places that 区, 县, 市, 省 stand for

	shorts []shortPlace // the same by their last division

	nameEnds, otherEnds []int    // what survey noted
	order               []uint64 // what finish sorted
	linker              linker
	terms               []lexicon.Match // of sanctions
	run                 []piece         // of a name

	resolved, coded map[string]string // names of bodies with what they resolve to, full names with their codes
}

// readings are used again for the next notice: facts are large, and gathering
// them in new memory for each notice took two thirds of all that was allocated.
var readings = sync.Pool{New: func() any { return &reading{resolved: map[string]string{}, coded: map[string]string{}} }}

func newReading(d *tongbao.Doc) *reading {
	r, n := readings.Get().(*reading), len(d.Numbers)
	r.Doc, r.text = d, d.Notice.Text
	r.facts, r.figures = slices.Grow(r.facts, n), slices.Grow(r.figures, n)[:n]
	r.taken, r.before, r.clause = slices.Grow(r.taken, n)[:n], slices.Grow(r.before, n)[:n], slices.Grow(r.clause, n)[:n]
	r.titles = enclosed(r.titles, r.text, "《", "》", 400)
	r.quotes = enclosed(r.quotes, r.text, "“", "”", 400)
	r.findSlogans()
	walk := r.clauseWalk()
	for i, n := range d.Numbers {
		r.clause[i] = walk(n.Start)
		r.taken[i] = n.Ordinal || holds(r.titles, n.Start) || r.slogan(n.Start)
	}
	return r
}

// release gives the memory of a reading back, save the facts that it ended with,
// and with nothing in it of the notice. draft, emptied, is where
// the facts were gathered.
func (r *reading) release(draft []tongbao.Fact) {
	clear(r.resolved)
	clear(r.coded)
	clear(r.figures)
	clear(r.counts)
	clear(r.linker.figures)
	clear(r.terms)
	clear(r.run[:cap(r.run)]) // emptied after each name
	l := linker{figures: r.linker.figures[:0], sentence: r.linker.sentence[:0], clause: r.linker.clause[:0]}
	*r = reading{facts: draft, figures: r.figures[:0], counts: r.counts[:0], taken: r.taken[:0], before: r.before[:0], clause: r.clause[:0],
		titles: r.titles[:0], quotes: r.quotes[:0], slogans: r.slogans[:0], run: r.run[:0], terms: r.terms[:0], order: r.order[:0], linker: l, nameEnds: r.nameEnds[:0], otherEnds: r.otherEnds[:0], resolved: r.resolved, coded: r.coded}
	readings.Put(r)
}

//go:embed slogans.tsv
var slogansList string

// findSlogans looks for set phrases where a number stands, for all begin with
// one, or with 第.
func (r *reading) findSlogans() {
	end := 0
	for _, n := range r.Numbers {
		start := n.Start
		if strings.HasSuffix(r.text[:start], "第") {
			start -= len("第")
		}
		if start < end {
			continue
		}
		if e, ok := slogans().Prefix(r.text[start:]); ok {
			end = start + len(e.Word)
			r.slogans = append(r.slogans, tongbao.Span{Start: start, End: end})
		}
	}
}

// slogans are set phrases with a number in them that counts nothing here.
var slogans = sync.OnceValue(func() *lexicon.Lexicon {
	return lexicon.Must(lexicon.Parse("slogans.tsv", extended("slogans"), 0))
})

// sloganLimit is the length in characters up to which a quotation names a
// slogan or a mechanism (“1+5”, “四个意识”) rather than quoting a sentence.
const sloganLimit = 14

func (r *reading) slogan(offset int) bool {
	if holds(r.slogans, offset) {
		return true
	}
	q, ok := around(r.quotes, offset)
	return ok && utf8.RuneCountInString(q.Of(r.text)) <= sloganLimit+2
}

// clauseWalk returns a function that finds the innermost clause of growing
// offsets.
func (r *reading) clauseWalk() func(offset int) int {
	at := -1
	return func(offset int) int {
		for at+1 < len(r.Clauses) && r.Clauses[at+1].Start <= offset {
			at++
		}
		for c := at; c >= 0; c = r.Clauses[c].Parent {
			if offset < r.Clauses[c].End {
				return c
			}
		}
		return -1
	}
}

// clauseAt returns the innermost clause that holds the offset, -1 for none.
func (r *reading) clauseAt(offset int) int {
	at := sort.Search(len(r.Clauses), func(i int) bool { return r.Clauses[i].Start > offset }) - 1
	for c := at; c >= 0; c = r.Clauses[c].Parent {
		if offset < r.Clauses[c].End {
			return c
		}
	}
	return -1
}

// sentence returns the span of the sentence that a clause belongs to.
func (r *reading) sentence(clause int) tongbao.Span {
	if clause < 0 || r.Clauses[clause].Sentence < 0 || r.Clauses[clause].Sentence >= len(r.Sentences) {
		return tongbao.Span{}
	}
	return r.Sentences[r.Clauses[clause].Sentence]
}

// claim marks every number that the span touches as read.
func (r *reading) claim(s tongbao.Span) {
	i := sort.Search(len(r.Numbers), func(i int) bool { return r.Numbers[i].End > s.Start })
	for ; i < len(r.Numbers) && r.Numbers[i].Start < s.End; i++ {
		r.taken[i] = true
	}
}

func (r *reading) add(f tongbao.Fact) { r.facts = append(r.facts, f) }

// wordsIn returns the words that lie wholly within the span.
func (r *reading) wordsIn(s tongbao.Span) []tongbao.Word {
	from := r.wordFrom(s.Start)
	to := from
	for to < len(r.Words) && r.Words[to].End <= s.End {
		to++
	}
	return r.Words[from:to]
}

// wordFrom returns the index of the first word at or behind the offset. It looks
// first around the word that it found last, for what is asked of a text goes on
// from place to place.
func (r *reading) wordFrom(offset int) int {
	const around = 64
	from, to := max(0, r.word-around), min(len(r.Words), r.word+around)
	if from >= to || r.Words[from].Start >= offset || r.Words[to-1].Start < offset {
		from, to = 0, len(r.Words)
	}
	words := r.Words[from:to]
	r.word = from + sort.Search(len(words), func(i int) bool { return words[i].Start >= offset })
	return r.word
}

// measureUp notes, for every number, where the figure or date before it ends:
// numbers in slogans and ordinals bound nothing.
func (r *reading) measureUp() {
	end, date := 0, 0
	for i, n := range r.Numbers {
		for date < len(r.dates) && r.dates[date].End <= n.Start {
			end = max(end, r.dates[date].End)
			date++
		}
		r.before[i] = min(end, n.Start)
		if r.taken[i] {
			continue
		}
		switch f, ok := r.figureAt(i); {
		case ok:
			end = f.span.End
		case n.Form != tongbao.Plain:
			end = n.End
		default:
			if stop, _, ok := r.currencyAt(i); ok {
				end = stop
			} else if a, ok := r.marked(i); ok { // 美元2万
				end = a.End
			}
		}
	}
}

// left returns the clause's words before a number: from the clause's beginning
// or from the figure or date before it.
func (r *reading) left(number int) tongbao.Span {
	n := r.Numbers[number]
	start := n.Start
	if c := r.clause[number]; c >= 0 {
		start = r.Clauses[c].Start
		// A bracket that opens a clause belongs to neither side.
		for start < n.Start && !beginsHan(r.text[start:]) && strings.ContainsRune("(（〔[、，,；;：:。", firstRune(r.text[start:])) {
			start += len(string(firstRune(r.text[start:])))
		}
	}
	start = max(start, r.before[number])
	return tongbao.Span{Start: min(start, n.Start), End: n.Start}
}

// right returns the words between an offset (the end of a measure word) and
// the next number or the end of the number's clause.
func (r *reading) right(number, from int) tongbao.Span {
	end := from
	if c := r.clause[number]; c >= 0 {
		end = r.Clauses[c].End
	}
	for k := number + 1; k < len(r.Numbers) && r.Numbers[k].Start < end; k++ {
		if r.bounds(k) {
			end = r.Numbers[k].Start
		}
	}
	return tongbao.Span{Start: from, End: max(from, end)}
}

// bounds reports whether a number ends the phrase before it: ordinals, grades
// (31家|一级分行) and numbers in slogans do not.
func (r *reading) bounds(i int) bool {
	n := r.Numbers[i]
	return !n.Ordinal && !(n.Chinese && strings.HasPrefix(r.text[n.End:], "级")) && !r.slogan(n.Start)
}

func firstRune(text string) rune {
	r, _ := utf8.DecodeRuneInString(text)
	return r
}

func lastRune(text string) rune {
	r, _ := utf8.DecodeLastRuneInString(text)
	return r
}

// enclosed appends the outermost stretches between a pair of marks, marks
// included, none longer than limit characters and none across a line's end.
func enclosed(spans []tongbao.Span, text, open, shut string, limit int) []tongbao.Span {
	for i := 0; i < len(text); {
		at := indexOf(text[i:], open)
		if at < 0 {
			break
		}
		start := i + at
		if end := closing(text, start, open, shut, limit); end > 0 {
			spans = append(spans, tongbao.Span{Start: start, End: end})
			i = end
		} else {
			i = start + len(open)
		}
	}
	return spans
}

func closing(text string, start int, open, shut string, limit int) int {
	depth := 0
	for i := start; i < len(text) && i-start < 3*limit; {
		switch {
		case text[i] == '\n':
			return 0
		case text[i] != open[0]: // that of shut as well
			i++
		case strings.HasPrefix(text[i:], open):
			depth++
			i += len(open)
		case strings.HasPrefix(text[i:], shut):
			depth--
			i += len(shut)
			if depth == 0 {
				return i
			}
		default:
			i++
		}
	}
	return 0
}

// around returns the span of the ordered list that holds the offset.
func around(spans []tongbao.Span, offset int) (tongbao.Span, bool) {
	i := sort.Search(len(spans), func(i int) bool { return spans[i].End > offset })
	if i < len(spans) && spans[i].Start <= offset {
		return spans[i], true
	}
	return tongbao.Span{}, false
}

func holds(spans []tongbao.Span, offset int) bool {
	_, ok := around(spans, offset)
	return ok
}

// splitRune returns the first character of text and its length in bytes.
func splitRune(text string) (rune, int) { return utf8.DecodeRuneInString(text) }

// dateBefore returns the index in dates of the last one that ends at or before
// the offset, -1 for none.
func (r *reading) dateBefore(offset int) int {
	return sort.Search(len(r.dates), func(i int) bool { return r.dates[i].End > offset }) - 1
}
