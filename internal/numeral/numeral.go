// Package numeral is the grammar of numbers in Chinese text: Arabic digits in
// half and full width, Chinese, formal (壹贰) and traditional numerals, and all
// mixtures of them (137.9万, 200亿零四千230), with the forms built of them:
// fractions, per cents, ratios and ranges.
//
// The text is read once, from left to right; what stands around a numeral is
// looked at for a bounded number of characters only. Which numeral characters
// belong to a word (一般, 四川, 十分) is data: words.tsv.
//
// Every row of digits is a number, also in dates, telephone numbers, codes and
// addresses: to tell them apart is for the extractors. Chinese numeral
// characters are numbers unless they stand in a word of the list.
package numeral

import (
	"strings"
	"unicode/utf8"

	"tongbao"
)

// Find returns every number of the text in reading order, never overlapping.
// Spans are byte offsets into text. Values are exact decimals without exponent;
// only a fraction that no finite decimal equals (三分之一) is rounded, to fifteen
// significant digits.
//
// The span takes in what belongs to the form: the sign of a per cent (88.8%,
// 百分之八十, 两个百分点, 八成五), 分之 of a fraction, both ends of a range (3至5,
// 三五), the hedge behind a numeral (30余), a minus (负5). It leaves out 第, the
// hedges before (近, 约) and the measure word. Ordinal is set behind 第, for the
// numbers of items (一、 and （二）) and for what is counted off by custom (十九大).
//
// A range has its lower bound as Value; it is one number only where a measure
// word can follow, so the ends of a range of dates stay two numbers. 几 and 数
// before a unit mean two to nine of it (数十 is 20, from 20 to 99); behind a unit
// they add nothing to Value (十几 is 10, from 11 to 19).
func Find(text string) []tongbao.Number { return find(text, false) }

// Numerals returns the bare numerals of the text, each by itself, as an
// annotator would mark them: 88.8 of 88.8%, 八十 of 百分之八十, 3 and 5 of 3至5, 1
// and 4.4 of 1:4.4, 30 of 30余. Fractions stay whole. Discounts (七折) are no
// numerals. Everything is as for Find otherwise.
func Numerals(text string) []tongbao.Number { return find(text, true) }

// A reader reads the numbers of one text.
type reader struct {
	text string
	bare bool // for Numerals
	// inRate is set behind 分之, where a decimal may stand before 、 (百分之六点五、).
	inRate bool
	folds  bool // the text holds a 折
	// labelled is the number of the last numbered paragraph.
	labelled int
	values   shelf
	end      int // end of the last number or word; nothing reaches back behind it
	chars    *characters
	words    *vocabulary
}

func find(text string, bare bool) []tongbao.Number {
	words, err := vocabularyOf()
	if err != nil {
		panic(err) // the embedded list is wrong: a test reads it
	}
	r := &reader{text: text, bare: bare, chars: alphabet(), words: words, folds: strings.Contains(text, "折")}
	found := make([]tongbao.Number, 0, r.chars.runs(text))
	for i := r.chars.next(text, 0); i < len(text); i = r.chars.next(text, i) {
		c, n := r.chars.at(text, i)
		number, next, ok := r.number(i, c)
		if ok {
			found = append(found, number)
		}
		i = max(next, i+n)
		if ok || next > 0 {
			r.end = i
		}
	}
	return found
}

// number reads the number whose first digit or unit stands at i. It returns the
// offset to go on from, 0 where nothing was read.
func (r *reader) number(i int, c character) (n tongbao.Number, next int, ok bool) {
	if c.kind == fold {
		return r.halfPrice(i)
	}
	e, listed := entry{}, false
	if c.kind == arabic {
		if !r.bare {
			if n, ok := r.label(i); ok {
				return n, n.End, true
			}
		}
		if n, ok := r.usual(i); ok {
			return n, n.End, true
		}
	} else {
		if e, listed = r.lookup(i); listed && e.reading == asWord {
			return n, i + len(e.rest), false
		}
		if end := r.repeated(i, c); end > 0 && !listed {
			return n, end, false
		}
		if n, next, ok := r.perHundred(i, c); next > 0 {
			return n, next, ok
		}
	}
	if r.folds {
		if n, ok := r.discount(i); ok {
			return n, n.End, !r.bare
		}
	}
	if c.kind == half || c.kind == digit && c.value == 1 {
		if n, ok := r.halves(i); ok {
			return n, n.End, true
		}
	}
	card, ok := r.cardinal(r.pointed(i))
	if !ok {
		return n, r.pass(i, c), false
	}
	n = r.formed(card)
	n.Ordinal = n.Ordinal || listed && e.reading == asOrdinal || r.item(n)
	return n, n.End, true
}

// usual reads the numbers that most are, digits between a Chinese character and
// one that nothing can go on with (12人, 2021年), without the tries for the rest.
func (r *reader) usual(i int) (n tongbao.Number, ok bool) {
	end := i
	for end < len(r.text) && isASCIIDigit(rune(r.text[end])) {
		end++
	}
	if end == i || end-i > digitsLimit/4 || r.text[i] == '0' || !r.closes(runeAt(r.text, end)) {
		return n, false
	}
	if strings.HasPrefix(r.text[end:], "，") && isDigitAt(r.text, end+len("，")) {
		return n, false // 2，345名
	}
	before, _ := runeBefore(r.text, i)
	if before != '\n' && (!isHan(before) || before == '负' || before == '負') {
		return n, false
	}
	return tongbao.Number{Span: tongbao.Span{Start: i, End: end}, Value: r.text[i:end], Ordinal: before == '第'}, true
}

func isDigitAt(text string, i int) bool { return i < len(text) && '0' <= text[i] && text[i] <= '9' }

// closes reports whether a character cannot continue a numeral or its form: a
// Chinese character that is no letter of the numerals, no hedge behind them and
// begins no form, and the marks that mostly follow.
func (r *reader) closes(behind rune) bool {
	switch behind {
	case '，', '。', '、', '；', '\n', '（', '(', '）', ')':
		return true
	case '余', '餘', '馀', '多', '又', '分', '个', '個', '成', '打', '至', '到', '点', '點':
		return false
	}
	return isHan(behind) && r.chars.some[behind>>6]&(1<<(behind&63)) == 0
}

// formed reads what a numeral is part of, by the character behind it.
func (r *reader) formed(c cardinal) tongbao.Number {
	behind := runeAt(r.text, c.end)
	if behind == 0 || r.closes(behind) || !calculable(c.value) {
		return r.signed(r.plain(c))
	}
	var n tongbao.Number
	ok := false
	switch behind {
	case '/', '／', '又', '分':
		n, ok = r.fraction(c)
	case '至', '到', '-', '－', '–', '—', '~', '～', '〜':
		n, ok = r.interval(c)
	case '%', '％', '﹪', '‰', '‱', '个', '個', '百':
		if n, ok = r.interval(c); !ok {
			n, ok = r.percent(c)
		}
	case '成':
		n, ok = r.tenths(c)
	case '打':
		n, ok = r.dozens(c)
	case ':', '：', '∶':
		n, ok = r.ratio(c)
	case ' ', '\t', '　', '\u00a0':
		n, ok = r.spacedForm(c)
	case '^':
		n, ok = r.calculated(c)
	default:
		if isLatin(behind) {
			n, ok = r.calculated(c)
		}
	}
	if !ok {
		n = r.plain(c)
	}
	return r.signed(n)
}

// spacedForm reads what a numeral is part of where white space follows it.
func (r *reader) spacedForm(c cardinal) (tongbao.Number, bool) {
	for _, read := range []func(cardinal) (tongbao.Number, bool){r.calculated, r.fraction, r.interval, r.percent, r.tenths} {
		if n, ok := read(c); ok {
			return n, true
		}
	}
	return tongbao.Number{}, false
}

// plain is a numeral by itself.
func (r *reader) plain(c cardinal) tongbao.Number {
	n := tongbao.Number{
		Span: tongbao.Span{Start: c.start, End: c.end}, Value: c.value,
		Approx: c.approx, Min: c.min, Max: c.max, Chinese: c.chinese, Ordinal: r.counted(c.start),
	}
	if r.bare {
		n.End = c.core
	}
	return n
}

// counted reports whether 第 stands before i.
func (r *reader) counted(i int) bool {
	before, n := runeBefore(r.text, i)
	if before == ' ' {
		before, _ = runeBefore(r.text, i-n)
	}
	return before == '第'
}

// item reports whether a number is that of an item: 一、 at the beginning of a
// line, （二）.
func (r *reader) item(n tongbao.Number) bool {
	if !n.Chinese || n.Form != tongbao.Plain || n.Min != "" || n.Approx != "" {
		return false
	}
	before, size := runeBefore(r.text, n.Start)
	switch behind := runeAt(r.text, n.End); behind {
	case '）', ')':
		return before == '（' || before == '('
	case '、', '．', '.':
		if c, _ := r.chars.at(r.text, n.End+len(string(behind))); c.kind != other {
			return false // 三、四线城市
		}
		for before == ' ' || before == '　' {
			n.Start -= size
			before, size = runeBefore(r.text, n.Start)
		}
		return size == 0 || before == '\n'
	}
	return false
}

// pass returns the offset behind characters that give no number together.
func (r *reader) pass(i int, c character) int {
	if c.kind == digit && c.pairs { // 两两
		if d, n := r.chars.at(r.text, i+len("两")); d.pairs {
			return i + len("两") + n
		}
	}
	if c.kind == digit {
		end, _ := r.digitsFrom(i)
		return end
	}
	return 0
}

// repeated passes 一企一策, 看一看, 一天天 and 一罚了之: 一 around which an idiom is
// built.
func (r *reader) repeated(i int, c character) int {
	if c.kind != digit || c.weak {
		return 0
	}
	size := len("一")
	if c.pairs || r.text[i:i+size] != "一" {
		return 0
	}
	before, _ := runeBefore(r.text, i)
	behind, n := utf8.DecodeRuneInString(r.text[i+size:])
	if !isHan(behind) || r.chars.list[r.chars.index[behind]].kind != other {
		return 0
	}
	if strings.HasPrefix(r.text[i+size+n:], "了之") {
		return i + size + n
	}
	if behind == before || behind == runeAt(r.text, i+size+n) {
		return i + size + n
	}
	at := i + size + n
	if again := runeAt(r.text, at+size); strings.HasPrefix(r.text[at:], "一") && isHan(again) && r.chars.list[r.chars.index[again]].kind == other {
		return at + size
	}
	return 0
}

// pointed returns where a numeral begins whose first digit stands at i: at the
// point of .5, unless that ends a word or a numeral.
func (r *reader) pointed(i int) int {
	before, n := runeBefore(r.text, i)
	if before != '.' && before != '．' || i-n < r.end {
		return i
	}
	prior, m := runeBefore(r.text, i-n)
	if m == 0 || prior == ' ' || prior == '　' || prior == '\n' || isMinus(prior) {
		return i - n
	}
	return i
}
