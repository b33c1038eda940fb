package index

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/cockroachdb/apd/v3"

	"tongbao"
)

// A QueryError says what is wrong with a query, and where.
type QueryError struct {
	Query   string
	At      int // byte of Query that it is about
	Message string
}

func (e *QueryError) Error() string {
	return fmt.Sprintf("query %q, character %d: %s", e.Query, 1+utf8.RuneCountInString(e.Query[:e.At]), e.Message)
}

// ParseQuery reads a query: words that must all match, "exact phrases", OR,
// -not, brackets, fields (title: body: issuer: institution: district:
// province: round: team: genre: year: published:2021-01..2021-12) and headline
// figures (party_sanctions>=5). Signs may be typed in full width.
//
// cut cuts what is not quoted into words, whose spans are bytes of its
// argument; nil leaves it whole. The error is a *QueryError.
func ParseQuery(text string, cut func(string) []tongbao.Word) (Query, error) {
	p := parser{text: text, cut: cut}
	root, err := p.alternatives(0)
	if err != nil {
		return Query{}, err
	}
	if p.at < len(text) { // only a closing bracket ends it early
		return Query{}, p.fail(p.at, "this bracket closes nothing; put a word with brackets in quotation marks")
	}
	if root == nil {
		return Query{}, p.fail(len(text), "nothing is asked for; give a word, a \"phrase\" or a field:value")
	}
	return Query{Text: text, Root: root}, nil
}

// maxDepth bounds how deep brackets nest.
const maxDepth = 100

type parser struct {
	text string
	at   int
	cut  func(string) []tongbao.Word
}

func (p *parser) fail(at int, format string, args ...any) error {
	return &QueryError{p.text, at, fmt.Sprintf(format, args...)}
}

// peek returns the next character, folded, and its length; 0 at the end.
func (p *parser) peek() (rune, int) {
	if p.at >= len(p.text) {
		return 0, 0
	}
	r, n := utf8.DecodeRuneInString(p.text[p.at:])
	return foldRune(r), n
}

func (p *parser) space() {
	for r, n := p.peek(); n > 0 && unicode.IsSpace(r); r, n = p.peek() {
		p.at += n
	}
}

// keyword takes a bare OR or AND.
func (p *parser) keyword(word string) bool {
	rest, ok := strings.CutPrefix(p.text[p.at:], word)
	if !ok {
		return false
	}
	if r, n := utf8.DecodeRuneInString(rest); n > 0 && !unicode.IsSpace(r) && !strings.ContainsRune(`()"`, foldRune(r)) {
		return false
	}
	p.at += len(word)
	return true
}

// alternatives reads terms with OR between them, up to a closing bracket or
// the end; nil where there is none.
func (p *parser) alternatives(depth int) (Node, error) {
	if depth > maxDepth {
		return nil, p.fail(p.at, "brackets nest deeper than %d", maxDepth)
	}
	var either Or
	for or := -1; ; { // where the last OR stands
		all, err := p.conjunction(depth)
		if err != nil {
			return nil, err
		}
		at := p.at
		again := p.keyword("OR")
		if all == nil && again && or < 0 {
			or = at
		}
		if all == nil && or >= 0 {
			return nil, p.fail(or, "OR stands between two conditions; one of them is missing")
		}
		if all != nil {
			either = append(either, all)
		}
		if !again {
			break
		}
		or = at
	}
	switch len(either) {
	case 0:
		return nil, nil
	case 1:
		return either[0], nil
	}
	return either, nil
}

// conjunction reads the terms up to OR, a closing bracket or the end.
func (p *parser) conjunction(depth int) (Node, error) {
	var all And
	for {
		p.space()
		r, n := p.peek()
		if n == 0 || r == ')' {
			break
		}
		start := p.at
		if p.keyword("OR") {
			p.at = start
			break
		}
		if p.keyword("AND") {
			continue
		}
		term, err := p.term(depth)
		if err != nil {
			return nil, err
		}
		all = append(all, term)
	}
	switch len(all) {
	case 0:
		return nil, nil
	case 1:
		return all[0], nil
	}
	return all, nil
}

// term reads one condition.
func (p *parser) term(depth int) (Node, error) {
	start := p.at
	r, n := p.peek()
	switch r {
	case '-':
		p.at += n
		if next, _ := p.peek(); next == 0 || unicode.IsSpace(next) || next == ')' || next == '-' {
			return nil, p.fail(start, "- excludes what stands directly behind it; nothing does")
		}
		inner, err := p.term(depth)
		if err != nil {
			return nil, err
		}
		return Not{inner}, nil
	case '(':
		p.at += n
		inner, err := p.alternatives(depth + 1)
		if err != nil {
			return nil, err
		}
		if r, n = p.peek(); r != ')' {
			return nil, p.fail(start, "this bracket is never closed")
		}
		if inner == nil {
			return nil, p.fail(start, "nothing stands in these brackets")
		}
		p.at += n
		return inner, nil
	case '"':
		return p.words("")
	}
	if field, ok := p.field(); ok {
		return p.valued(field, start)
	}
	return p.words("")
}

// field takes "letters:" where it stands next.
func (p *parser) field() (string, bool) {
	end := p.at
	for end < len(p.text) && (p.text[end]|0x20 >= 'a' && p.text[end]|0x20 <= 'z' || p.text[end] == '_') {
		end++
	}
	name := p.text[p.at:end]
	for _, colon := range []string{":", "："} {
		if name != "" && strings.HasPrefix(p.text[end:], colon) {
			p.at = end + len(colon)
			return strings.ToLower(name), true
		}
	}
	return "", false
}

// valued reads the value of a field.
func (p *parser) valued(field string, start int) (Node, error) {
	known := field == "title" || field == "body" || field == "published" || slices.Contains(namedFields, field)
	if !known {
		return nil, p.fail(start, "there is no field %q; there are title, body, published, %s. Put a word with a colon in quotation marks",
			field, strings.Join(namedFields, ", "))
	}
	at := p.at
	if r, n := p.peek(); n == 0 || unicode.IsSpace(r) || r == ')' {
		return nil, p.fail(start, "%s: wants a value directly behind it", field)
	}
	if field == "title" || field == "body" {
		return p.words(field)
	}
	value, _, err := p.value()
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(value) == "" {
		return nil, p.fail(at, "%s: wants a value", field)
	}
	switch field {
	case "published":
		return p.dates(value, at)
	case "round":
		return &Named{field, roundKey(value)}, nil
	case "genre":
		genres := []tongbao.Genre{tongbao.Rectification, tongbao.Feedback, tongbao.Case, tongbao.Inspection, tongbao.Other}
		if !slices.Contains(genres, tongbao.Genre(FoldCase(value))) {
			return nil, p.fail(at, "there is no genre %q; there are %s, %s, %s, %s, %s", value, genres[0], genres[1], genres[2], genres[3], genres[4])
		}
	case "year":
		if v := FoldCase(value); len(v) != 4 || strings.Trim(v, "0123456789") != "" {
			return nil, p.fail(at, "%q is not a year; write it as 2021", value)
		}
	}
	return &Named{field, FoldCase(strings.TrimSpace(value))}, nil
}

// value takes a quoted or a bare value; a bare one ends at white space, a
// quotation mark or a bracket.
func (p *parser) value() (value string, quoted bool, err error) {
	start := p.at
	if r, n := p.peek(); r == '"' {
		p.at += n
		inner := p.at
		for r, n = p.peek(); n > 0; r, n = p.peek() {
			if r == '"' {
				value = p.text[inner:p.at]
				p.at += n
				return value, true, nil
			}
			p.at += n
		}
		return "", true, p.fail(start, "this quotation mark is never closed")
	}
	for r, n := p.peek(); n > 0 && !unicode.IsSpace(r) && !strings.ContainsRune(`()"`, r); r, n = p.peek() {
		p.at += n
	}
	return p.text[start:p.at], false, nil
}

// words reads a phrase or a bare word of a text field.
func (p *parser) words(field string) (Node, error) {
	start := p.at
	value, quoted, err := p.value()
	if err != nil {
		return nil, err
	}
	if quoted {
		if strings.TrimSpace(value) == "" {
			return nil, p.fail(start, "nothing stands in these quotation marks")
		}
		return &Words{Field: field, Text: Fold(value), Parts: p.parts(value), Exact: true}, nil
	}
	if value == "" {
		return nil, p.fail(start, "a word was expected here")
	}
	if figure, ok := asFigure(value); ok && field == "" {
		return figure, nil
	}
	return &Words{Field: field, Text: FoldCase(value), Parts: p.parts(value)}, nil
}

// parts cuts a bare word into the words that must all be found: those with a
// letter or digit, or the whole where there is none.
func (p *parser) parts(value string) []string {
	var parts []string
	end := 0
	add := func(s string) {
		if s = FoldCase(s); strings.ContainsFunc(s, IsLetter) && !slices.Contains(parts, s) {
			parts = append(parts, s)
		}
	}
	if p.cut != nil {
		for _, w := range p.cut(value) {
			if w.Start > end {
				add(value[end:w.Start]) // numbers stand between the words
			}
			add(w.Of(value))
			end = w.End
		}
	}
	if end < len(value) {
		add(value[end:])
	}
	if len(parts) == 0 {
		parts = []string{FoldCase(value)}
	}
	return parts
}

// IsLetter tells whether a character is one that words are made of.
func IsLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// asFigure reads party_sanctions>=5.
func asFigure(value string) (*Figure, bool) {
	value = Fold(value)
	at := strings.IndexAny(value, "<>=")
	if at < 0 {
		return nil, false
	}
	known := slices.ContainsFunc(tongbao.Metrics, func(m tongbao.Metric) bool { return m.Key == value[:at] })
	op := value[at : at+1]
	if strings.HasPrefix(value[at+1:], "=") && op != "=" {
		op += "="
	}
	number := value[at+len(op):]
	if _, _, err := apd.NewFromString(number); err != nil || !known {
		return nil, false
	}
	return &Figure{value[:at], op, number}, true
}

// dates reads 2021, 2021-08, 2021-08-30 and ranges of them; at is where the
// value begins.
func (p *parser) dates(value string, at int) (Node, error) {
	from, to, ranged := strings.Cut(Fold(value), "..")
	if !ranged {
		to = from
	}
	if from == "" && to == "" {
		return nil, p.fail(at, "published: wants at least one end of its range")
	}
	first, ok := day(from, "-01-01")
	last, also := day(to, "-12-31")
	if !ok || !also {
		return nil, p.fail(at, "%q is not a range of days; write 2021, 2021-08, 2021-08-30 or 2021-01..2021-12", value)
	}
	if first != "" && last != "" && first > last {
		return nil, p.fail(at, "the range %q ends before it begins", value)
	}
	return &Dates{first, last}, nil
}

// day fills up a year or a month to a day with the end of fill: as days are
// compared as text, the 31st of any month will do for its last one.
func day(s, fill string) (string, bool) {
	const form = "dddd-dd-dd"
	if s == "" {
		return "", true
	}
	if len(s) != 4 && len(s) != 7 && len(s) != 10 {
		return "", false
	}
	for i := range len(s) {
		if digit := s[i] >= '0' && s[i] <= '9'; digit != (form[i] == 'd') || !digit && s[i] != '-' {
			return "", false
		}
	}
	return s + fill[len(s)-4:], true
}
