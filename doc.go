// Package tongbao is the vocabulary of the project: the nouns that travel down
// the line Fetch → Parse → Segment → Extract → Audit → Store. It imports the
// standard library only and knows no stage.
//
// Inside the program there is one coordinate system: byte offsets into
// Notice.Text, so that n.Text[s.Start:s.End] is always the quoted words. Only
// the JSON written at the border counts Unicode code points (see WriteJSON).
package tongbao

// A Span is a half-open range of bytes of a notice's Text.
type Span struct{ Start, End int }

// Of returns the words of text that the span covers.
func (s Span) Of(text string) string { return text[s.Start:s.End] }

// Contains reports whether o lies wholly within s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Overlaps reports whether s and o share at least one byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// A Page is what came from an address or a file, byte for byte.
type Page struct {
	URL         string // address, or absolute path of a file; "" for standard input
	Body        []byte // as sent, still in its own charset
	ContentType string // as the server declared it; "" for files
}

// A Word is a token cut by the segmenter. Words tile the text between numbers.
type Word struct {
	Span
	Tag string // part of speech by the segmenter's dictionary (ictclas tag set: n, v, nr …); "" when unknown
}

// Approx says how an approximate number relates to the figure printed.
type Approx string

// The three ways in which a notice hedges a number (contract §4).
const (
	Over  Approx = "over"  // 余, 多, 以上, 超过
	Under Approx = "under" // 近, 不足
	About Approx = "about" // 约, 左右, 几, 数
)

// Form tells how a number is written, and so what may be read from it.
type Form uint8

// The forms of a number.
const (
	Plain    Form = iota // 90.05, 137.9万, 三十余, 两
	Fraction             // 三分之二
	Percent              // 88.8%, 百分之八十, 八成五, 3‰: the span takes in the sign
	Ratio                // 1:4.4
)

// A Number is a numeral as it stands in the text, before it is given a kind.
type Number struct {
	Span
	Form    Form
	Value   string // exact decimal, no exponent; per cent for Percent; "1:4.4" for Ratio; lower bound for a range
	Approx  Approx // from marks inside the span (30余, 十几); marks around it are read by the extractors
	Min     string // inclusive bounds where the wording gives them: 三十余 30–39, 3至5 3–5
	Max     string
	Chinese bool // written in Chinese numerals
	Ordinal bool // 第三, 第11
}

// A Clause is a stretch of text between punctuation marks. Brackets nest: a
// bracketed clause has the clause that it stands in as its parent.
type Clause struct {
	Span
	Parent   int // index into Doc.Clauses, -1 at the top
	Sentence int // index into Doc.Sentences
}

// A Doc is a notice prepared for reading: numbers found, words cut, clauses
// bounded. It is made once by the segmenter; extractors and index share it.
type Doc struct {
	Notice    *Notice
	Numbers   []Number // in reading order, never overlapping
	Words     []Word   // in reading order, never overlapping
	Clauses   []Clause // in order of Start; a parent precedes its children
	Sentences []Span   // in reading order; a sentence never crosses a line
}

// A Reading is a notice with all that was read out of it.
type Reading struct {
	Notice   *Notice
	Words    []Word
	Facts    []Fact
	Findings []Finding
}
