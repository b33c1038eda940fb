package tongbao

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf8"
)

// Schema is the number of the record format of contract §3–§5.
const Schema = 1

// WriteJSON writes the reading as JSON lines: the notice, its facts in reading
// order, its findings. This is the border at which byte offsets become offsets
// in Unicode code points.
func (r Reading) WriteJSON(w io.Writer) error {
	points := NewCodePoints(r.Notice.Text)
	if err := writeLine(w, r.Notice.record(points)); err != nil {
		return err
	}
	for i := range r.Facts {
		if err := writeLine(w, r.Facts[i].record(r.Notice.ID, points)); err != nil {
			return err
		}
	}
	for i := range r.Findings {
		if err := writeLine(w, r.Findings[i].record(r.Notice.ID, points)); err != nil {
			return err
		}
	}
	return nil
}

func writeLine(w io.Writer, record any) error {
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(record); err != nil {
		return fmt.Errorf("write record: %w", err)
	}
	if _, err := w.Write(line.Bytes()); err != nil {
		return fmt.Errorf("write record: %w", err)
	}
	return nil
}

// JSON returns the notice's record of contract §3, without white space.
func (n *Notice) JSON() ([]byte, error) {
	var b bytes.Buffer
	err := writeLine(&b, n.record(NewCodePoints(n.Text)))
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// JSON returns the fact's record of contract §4; points is made of the text of
// the notice of that id.
func (f *Fact) JSON(notice string, points CodePoints) ([]byte, error) {
	var b bytes.Buffer
	err := writeLine(&b, f.record(notice, points))
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// JSON returns the finding's record of contract §5; points is made of the text
// of the notice of that id.
func (f *Finding) JSON(notice string, points CodePoints) ([]byte, error) {
	var b bytes.Buffer
	err := writeLine(&b, f.record(notice, points))
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// JSONAt returns the fact's record of contract §4 with offsets that were
// counted in code points before, for where the text is not at hand.
func (f *Fact) JSONAt(notice string, start, end int) ([]byte, error) {
	bare := *f
	bare.Span = Span{}
	record := bare.record(notice, NewCodePoints(""))
	record.Start, record.End = start, end
	var b bytes.Buffer
	err := writeLine(&b, record)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// JSONAt returns the finding's record of contract §5 with offsets that were
// counted in code points before, for where the text is not at hand.
func (f *Finding) JSONAt(notice string, start, end int) ([]byte, error) {
	bare := *f
	bare.Span = Span{}
	record := bare.record(notice, NewCodePoints(""))
	record.Start, record.End = start, end
	var b bytes.Buffer
	err := writeLine(&b, record)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

type noticeRecord struct {
	Type       string            `json:"type"`
	Schema     int               `json:"schema"`
	ID         string            `json:"id"`
	URL        string            `json:"url,omitempty"`
	URLs       []string          `json:"urls,omitempty"`
	Title      string            `json:"title,omitempty"`
	Source     string            `json:"source,omitempty"`
	Published  string            `json:"published,omitempty"`
	Signed     string            `json:"signed,omitempty"`
	Genre      Genre             `json:"genre,omitempty"`
	Authority  string            `json:"authority,omitempty"`
	Round      *Round            `json:"round,omitempty"`
	Team       string            `json:"team,omitempty"`
	Issuer     string            `json:"issuer,omitempty"`
	Inspected  *InspectedBody    `json:"inspected,omitempty"`
	Inspection *Period           `json:"inspection,omitempty"`
	Feedback   string            `json:"feedback,omitempty"`
	Contact    *Contact          `json:"contact,omitempty"`
	Sections   []sectionRecord   `json:"sections,omitempty"`
	Metrics    map[string]string `json:"metrics,omitempty"`
	Text       string            `json:"text"`
}

type sectionRecord struct {
	Path     string          `json:"path"`
	Heading  string          `json:"heading,omitempty"`
	Problem  string          `json:"problem,omitempty"`
	Start    int             `json:"start"`
	End      int             `json:"end"`
	Sections []sectionRecord `json:"sections,omitempty"`
}

func (n *Notice) record(points CodePoints) noticeRecord {
	r := noticeRecord{Type: "notice", Schema: Schema, ID: n.ID, URLs: n.URLs, Title: n.Title, Source: n.Source,
		Published: n.Published, Signed: n.Signed, Genre: n.Genre, Authority: n.Authority, Round: n.Round, Team: n.Team,
		Issuer: n.Issuer, Inspected: n.Inspected, Inspection: n.Inspection, Feedback: n.Feedback, Contact: n.Contact,
		Sections: sectionRecords(n.Sections, points), Metrics: n.Metrics, Text: n.Text}
	if len(n.URLs) > 0 {
		r.URL = n.URLs[0]
	}
	return r
}

func sectionRecords(sections []Section, points CodePoints) []sectionRecord {
	var records []sectionRecord
	for _, s := range sections {
		records = append(records, sectionRecord{Path: s.Path, Heading: s.Heading, Problem: s.Problem,
			Start: points.At(s.Start), End: points.At(s.End), Sections: sectionRecords(s.Sections, points)})
	}
	return records
}

type factRecord struct {
	Type        string   `json:"type"`
	ID          string   `json:"id"`
	Notice      string   `json:"notice"`
	Kind        Kind     `json:"kind"`
	Section     string   `json:"section"`
	Start       int      `json:"start"`
	End         int      `json:"end"`
	Quote       string   `json:"quote"`
	Value       string   `json:"value,omitempty"`
	Unit        string   `json:"unit,omitempty"`
	Currency    string   `json:"currency,omitempty"`
	What        string   `json:"what,omitempty"`
	Category    string   `json:"category,omitempty"`
	Measure     string   `json:"measure,omitempty"`
	Implied     bool     `json:"implied,omitempty"`
	Metric      string   `json:"metric,omitempty"`
	Approx      Approx   `json:"approx,omitempty"`
	Min         string   `json:"min,omitempty"`
	Max         string   `json:"max,omitempty"`
	Period      string   `json:"period,omitempty"`
	Direction   string   `json:"direction,omitempty"`
	Numerator   string   `json:"numerator,omitempty"`
	Denominator string   `json:"denominator,omitempty"`
	PartOf      string   `json:"part_of,omitempty"`
	Parts       []string `json:"parts,omitempty"`
	Name        string   `json:"name,omitempty"`
	Canonical   string   `json:"canonical,omitempty"`
	Code        string   `json:"code,omitempty"`
	From        string   `json:"from,omitempty"`
	To          string   `json:"to,omitempty"`
	Granularity string   `json:"granularity,omitempty"`
	Title       string   `json:"title,omitempty"`
	Number      string   `json:"number,omitempty"`
	Relation    string   `json:"relation,omitempty"`
	Action      string   `json:"action,omitempty"`
	Trial       bool     `json:"trial,omitempty"`
	By          string   `json:"by,omitempty"`
	Rule        string   `json:"rule,omitempty"`
}

func (f *Fact) record(notice string, points CodePoints) factRecord {
	return factRecord{Type: "fact", ID: f.ID, Notice: notice, Kind: f.Kind, Section: f.Section,
		Start: points.At(f.Start), End: points.At(f.End), Quote: f.Quote,
		Value: f.Value, Unit: f.Unit, Currency: f.Currency, What: f.What, Category: f.Category, Measure: f.Measure,
		Implied: f.Implied, Metric: f.Metric, Approx: f.Approx, Min: f.Min, Max: f.Max, Period: f.Period,
		Direction: f.Direction, Numerator: f.Numerator, Denominator: f.Denominator, PartOf: f.PartOf, Parts: f.Parts,
		Name: f.Name, Canonical: f.Canonical, Code: f.Code, From: f.From, To: f.To, Granularity: f.Granularity,
		Title: f.Title, Number: f.Number, Relation: f.Relation, Action: f.Action, Trial: f.Trial, By: f.By, Rule: f.Rule}
}

type findingRecord struct {
	Type     string   `json:"type"`
	Notice   string   `json:"notice"`
	Check    Check    `json:"check"`
	Verdict  Verdict  `json:"verdict"`
	Holds    bool     `json:"holds"`
	Stated   string   `json:"stated,omitempty"`
	Computed string   `json:"computed,omitempty"`
	Explain  string   `json:"explain"`
	Facts    []string `json:"facts"`
	Section  string   `json:"section"`
	Start    int      `json:"start"`
	End      int      `json:"end"`
}

func (f *Finding) record(notice string, points CodePoints) findingRecord {
	return findingRecord{Type: "finding", Notice: notice, Check: f.Check, Verdict: f.Verdict, Holds: f.Holds(),
		Stated: f.Stated, Computed: f.Computed, Explain: f.Explain, Facts: f.Facts, Section: f.Section,
		Start: points.At(f.Start), End: points.At(f.End)}
}

// step is the number of bytes between two counted places of CodePoints.
const step = 256

// CodePoints turns byte offsets of a text into offsets in Unicode code points.
type CodePoints struct {
	text   string
	counts []int // code points that begin before byte i*step
}

// NewCodePoints counts text once; At then takes constant time.
func NewCodePoints(text string) CodePoints {
	counts := make([]int, 0, len(text)/step+1)
	seen := 0
	for i := 0; i < len(text); i++ {
		if i%step == 0 {
			counts = append(counts, seen)
		}
		if utf8.RuneStart(text[i]) {
			seen++
		}
	}
	if len(text)%step == 0 {
		counts = append(counts, seen)
	}
	return CodePoints{text, counts}
}

// At returns the number of code points that begin before the byte offset,
// which must lie within the text on a character's border.
func (c CodePoints) At(offset int) int {
	n := c.counts[offset/step]
	for i := offset / step * step; i < offset; i++ {
		if utf8.RuneStart(c.text[i]) {
			n++
		}
	}
	return n
}
