package index

import (
	"encoding/json"
	"reflect"
	"unicode/utf8"

	"tongbao"
)

// A Hit is a notice that a search found.
type Hit struct {
	ID         string
	URLs       []string
	Title      string
	TitleMarks []tongbao.Span // matches in Title, in bytes
	Score      float64
	District   string // as printed: 江干区
	Round      string // id
	Published  string
	Similar    []string  // ids of notices that are nearly the same, most alike first
	Passages   []Passage // in reading order
}

// A Passage is a stretch of whole clauses or sentences around matches.
type Passage struct {
	Section      string // path of the section it begins in
	tongbao.Span        // bytes of the notice's text
	Text         string
	Marks        []tongbao.Span // matches, in bytes of the notice's text, in order, apart

	point int // code points of the notice's text before Start
}

type hitRecord struct {
	ID         string          `json:"id"`
	URLs       []string        `json:"urls"`
	Title      string          `json:"title"`
	TitleMarks [][2]int        `json:"title_marks,omitempty"`
	Score      float64         `json:"score"`
	District   string          `json:"district,omitempty"`
	Round      string          `json:"round,omitempty"`
	Published  string          `json:"published,omitempty"`
	Similar    []string        `json:"similar,omitempty"`
	Passages   []passageRecord `json:"passages"`
}

type passageRecord struct {
	Section string   `json:"section"`
	Start   int      `json:"start"`
	End     int      `json:"end"`
	Text    string   `json:"text"`
	Marks   [][2]int `json:"marks"`
}

// MarshalJSON writes the hit as contract §2 prints it. start, end and marks of
// a passage are code points of the notice's text, title_marks of the title.
func (h Hit) MarshalJSON() ([]byte, error) {
	record := hitRecord{ID: h.ID, URLs: h.URLs, Title: h.Title, Score: h.Score, District: h.District,
		Round: h.Round, Published: h.Published, Similar: h.Similar, Passages: make([]passageRecord, 0, len(h.Passages)),
		TitleMarks: pointsOf(h.TitleMarks, h.Title, 0, 0)}
	if record.URLs == nil {
		record.URLs = []string{}
	}
	for _, p := range h.Passages {
		record.Passages = append(record.Passages, passageRecord{Section: p.Section, Start: p.point,
			End: p.point + utf8.RuneCountInString(p.Text), Text: p.Text, Marks: pointsOf(p.Marks, p.Text, p.Start, p.point)})
	}
	return json.Marshal(record)
}

// pointsOf counts spans of bytes in code points; text begins at byte start,
// which is code point point.
func pointsOf(spans []tongbao.Span, text string, start, point int) [][2]int {
	points := make([][2]int, 0, len(spans))
	at := 0
	for _, s := range spans {
		point += utf8.RuneCountInString(text[at : s.Start-start])
		from := point
		point += utf8.RuneCountInString(text[s.Start-start : s.End-start])
		at = s.End - start
		points = append(points, [2]int{from, point})
	}
	return points
}

// HitRecordType is the Go type that Hit.MarshalJSON writes from, for schemas.
func HitRecordType() reflect.Type { return reflect.TypeFor[hitRecord]() }
