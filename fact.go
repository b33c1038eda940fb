package tongbao

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// Kind is the kind of a fact (contract §4).
type Kind string

// The nine kinds, in the order of contract §4.
const (
	Count       Kind = "count"
	Sanction    Kind = "sanction"
	Percentage  Kind = "percentage"
	RatioFact   Kind = "ratio"
	Money       Kind = "money"
	Institution Kind = "institution"
	Date        Kind = "date"
	Document    Kind = "document"
	Deadline    Kind = "deadline"
)

// Kinds lists the nine kinds.
var Kinds = []Kind{Count, Sanction, Percentage, RatioFact, Money, Institution, Date, Document, Deadline}

// A Fact is one thing that a notice states, with the words it was read from.
// Which fields are set depends on Kind, as contract §4 lays down; the JSON
// keys are the contract's. Numbers are exact decimals, days are ISO 8601.
type Fact struct {
	ID      string
	Kind    Kind
	Section string // path of the section it stands in, "0" for the preamble
	Span
	Quote string // always Text[Start:End]
	Rule  string // the rule that read it, for explanation

	Value    string // decimal; per cent for percentages; yuan (the currency's unit) for money; "1:4.4" for ratios
	Unit     string // measure word, or currency unit as printed
	What     string // what is counted, or the verb where no noun stands
	Category string // of a sanction or an institution
	Measure  string // 警告, 免职 …; "" for a total
	Implied  bool   // a sanction with no number beside it
	Metric   string // key of the headline figure that was taken from this fact
	Currency string // ISO 4217
	Approx   Approx
	Min, Max string // bounds of an approximate value
	Period   string // year or ISO day range a number is tied to

	Direction   string   // increase, decrease, share
	Numerator   string   // fact id
	Denominator string   // fact id
	PartOf      string   // fact id of the total
	Parts       []string // fact ids of the parts

	Name      string // of an institution, as printed
	Canonical string
	Code      string // GB/T 2260

	From, To    string // ISO days, inclusive; an open end is empty
	Granularity string // day, month, quarter, year, period

	Title    string // of a document, without its brackets
	Number   string // 江委〔2021〕5号
	Relation string // issued, cited
	Action   string // 制定, 出台 …
	Trial    bool   // 试行

	By string // ISO day by which a promise is due
}

// FactID returns the stable id of the fact of that kind and span in a notice.
func FactID(notice string, kind Kind, s Span) string {
	var id [FactIDLength]byte
	return string(AppendFactID(id[:0], notice, kind, s))
}

// FactIDLength is the length in bytes of every fact's id.
const FactIDLength = 17

// AppendFactID appends what FactID returns.
func AppendFactID(to []byte, notice string, kind Kind, s Span) []byte {
	var room [96]byte // notices have many facts: no memory but for the id itself
	key := append(append(room[:0], notice...), 0)
	key = append(append(key, kind...), 0)
	key = append(strconv.AppendInt(key, int64(s.Start), 10), 0)
	sum := sha256.Sum256(strconv.AppendInt(key, int64(s.End), 10))
	return hex.AppendEncode(append(to, 'f'), sum[:8])
}

// Check names what the audit compared (contract §5).
type Check string

// Verdict is what came out of a check.
type Verdict string

// The verdicts of contract §5.
const (
	Agrees     Verdict = "agrees"     // at the precision printed, by rounding
	Truncated  Verdict = "truncated"  // only by cutting off
	Incomplete Verdict = "incomplete" // parts fall short of the total
	Mismatch   Verdict = "mismatch"
)

// A Finding is what a notice's numbers say of one another.
type Finding struct {
	Check    Check
	Verdict  Verdict
	Stated   string
	Computed string
	Explain  string   // one line of Chinese, as a person would write it
	Facts    []string // ids of the facts it rests on, the claim first
	Section  string
	Span
}

// Holds is false for a mismatch alone.
func (f Finding) Holds() bool { return f.Verdict != Mismatch }
