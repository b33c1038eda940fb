// Package extractors reads facts out of a notice that has been cut into
// numbers, words and clauses. Each kind is a value in the explicit list All;
// the list's order is precedence: a number that one kind has read is not
// offered to the next.
package extractors

import (
	"slices"
	"strings"

	"tongbao"
	"tongbao/internal/commentary"
)

// An Extractor reads the facts of one kind.
type Extractor struct {
	Kind  tongbao.Kind
	About string // what it reads and what it leaves
	Read  func(*reading)
}

// All lists the extractors in order of precedence.
var All = []Extractor{
	{tongbao.Document, "《…》 with its number, trial mark, the verb and whether the inspected body issued it. Leaves books named only in quotation marks.", readDocuments},
	{tongbao.Date, "Days, months, quarters, years, ranges and open ends. Leaves durations (5年以上), ordinals of years and dates whose year nothing settles.", readDates},
	{tongbao.Sanction, "People punished or talked to, by the regulations' taxonomy. Leaves sanctions on organisations and systems that only name a sanction.", readSanctions},
	{tongbao.Money, "Amounts with a currency. Leaves prices in quotation marks and titles.", readMoney},
	{tongbao.Percentage, "Per cents, 成, ‰ and percentage points, with direction. Leaves slogans in quotation marks.", readPercentages},
	{tongbao.RatioFact, "1:4.4. Leaves clock times and verse numbers.", readRatios},
	{tongbao.Count, "Numeral and measure word, with what is counted. Leaves ordinals, durations, indefinite 一个, slogans, section and phone numbers.", readCounts},
	{tongbao.Institution, "Names of bodies, resolved against the inspected body. Leaves common nouns without a proper part (各部门, 责任单位).", readInstitutions},
	{tongbao.Deadline, "Promises: what is to be done and by which day. Leaves what has been done already.", readDeadlines},
}

// Version changes whenever an extractor may read something otherwise, so that
// a collection knows which facts are stale.
const Version = 3

// Extract reads all facts of the document, in reading order, and fills the
// notice's Metrics. It never fails: what it cannot read it leaves. Of an article
// that argues about cases nothing is read: its figures are examples. A law says
// what sanctions may be given, and gave none.
func Extract(d *tongbao.Doc) []tongbao.Fact {
	if d.Notice.Genre == tongbao.Other && commentary.Is(d.Notice.Text) {
		return nil
	}
	r := newReading(d)
	law := d.Notice.Genre == tongbao.Other && commentary.Statute(d.Notice.Text)
	for _, e := range All {
		if law && (e.Kind == tongbao.Sanction || e.Kind == tongbao.Deadline) {
			continue
		}
		e.Read(r)
	}
	draft := r.finish()
	link(r)
	inForce(r)
	switch d.Notice.Genre {
	case tongbao.Case, tongbao.Inspection, tongbao.Other: // their figures are not of one rectification
		d.Notice.Metrics = nil
	default:
		d.Notice.Metrics = readMetrics(r)
	}
	facts := r.facts
	r.release(draft)
	return facts
}

// finish orders the facts, leaves out what was read twice, gives them what all
// kinds share, and returns the draft that they came from, emptied. Facts are
// large: each is moved once.
func (r *reading) finish() []tongbao.Fact {
	draft := r.facts
	r.facts = make([]tongbao.Fact, 0, len(draft))
	sections := sectionWalk{notice: r.Notice}
	var ids strings.Builder // one piece of memory for all
	ids.Grow(len(draft) * tongbao.FactIDLength)
	var id [tongbao.FactIDLength]byte
	r.order = inOrder(draft, r.order[:0])
	for _, p := range r.order {
		drafted := &draft[p&placeIndex]
		if n := len(r.facts); n == 0 || r.facts[n-1].Span != drafted.Span || r.facts[n-1].Kind != drafted.Kind {
			r.facts = append(r.facts, *drafted)
			f := &r.facts[n]
			f.Quote = f.Of(r.text)
			f.Section = sections.at(f.Start)
			ids.Write(tongbao.AppendFactID(id[:0], r.Notice.ID, f.Kind, f.Span))
		}
	}
	clear(draft)
	all := ids.String()
	for i := range r.facts {
		r.facts[i].ID, all = all[:tongbao.FactIDLength], all[tongbao.FactIDLength:]
	}
	return draft[:0]
}

// placeIndex are the bits of a place that hold the index of its fact.
const placeIndex = 1<<24 - 1

// inOrder appends the places of the facts in reading order, the longer before
// those within it: 28 bits for the start, 12 against the length, 24 for the
// index.
func inOrder(facts []tongbao.Fact, places []uint64) []uint64 {
	for i := range facts {
		length := min(facts[i].End-facts[i].Start, 1<<12-1)
		places = append(places, uint64(facts[i].Start)<<36|uint64(1<<12-1-length)<<24|uint64(i))
	}
	slices.Sort(places)
	return places
}

// sectionWalk answers SectionAt for growing offsets without searching the tree
// anew for each.
type sectionWalk struct {
	notice *tongbao.Notice
	until  int
	path   string
}

func (w *sectionWalk) at(offset int) string {
	if offset >= w.until {
		w.path, w.until = w.notice.SectionAt(offset), nextBorder(w.notice.Sections, offset, len(w.notice.Text)+1)
	}
	return w.path
}

// nextBorder returns the first start or end of a section behind offset.
func nextBorder(sections []tongbao.Section, offset, border int) int {
	for i := range sections {
		s := &sections[i]
		if s.Start > offset {
			return min(border, s.Start)
		}
		if s.End > offset {
			return nextBorder(s.Sections, offset, min(border, s.End))
		}
	}
	return border
}
