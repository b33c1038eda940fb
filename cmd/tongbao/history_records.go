package main

import (
	"encoding/json"

	"tongbao"
	"tongbao/index"
	"tongbao/internal/changes"
)

// historyRecords prints a history as JSON lines.
type historyRecords struct{ *json.Encoder }

func (h historyRecords) head(*tongbao.Notice) error { return nil }

func (h historyRecords) version(v index.Version) error {
	return h.Encode(struct {
		Type    string `json:"type"`
		URL     string `json:"url"`
		Notice  string `json:"notice"`
		Title   string `json:"title,omitempty"`
		SHA256  string `json:"sha256,omitempty"`
		Since   string `json:"since,omitempty"`
		Until   string `json:"until,omitempty"`
		Next    string `json:"next,omitempty"`
		Reread  bool   `json:"reread,omitempty"`
		Earlier bool   `json:"earlier,omitempty"`
	}{"version", v.URL, v.Notice, v.Title, v.SHA256, v.Since, v.Until, v.Next, v.Reread, v.Earlier})
}

func (h historyRecords) similar(s index.Similar) error {
	return h.Encode(struct {
		Type    string  `json:"type"`
		Notice  string  `json:"notice"`
		Title   string  `json:"title,omitempty"`
		URL     string  `json:"url,omitempty"`
		Jaccard float64 `json:"jaccard"`
		Earlier bool    `json:"earlier,omitempty"`
	}{"similar", s.Notice, s.Title, s.URL, s.Jaccard, s.Earlier})
}

// A stretch is a part of a text; start and end are its code points.
type stretch struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

func stretchOf(s tongbao.Span, text string, points tongbao.CodePoints) *stretch {
	if s.End == s.Start {
		return nil
	}
	return &stretch{points.At(s.Start), points.At(s.End), s.Of(text)}
}

type (
	textRecord struct {
		Gone *stretch `json:"gone,omitempty"`
		Come *stretch `json:"come,omitempty"`
	}
	factsRecord struct {
		Gone json.RawMessage `json:"gone,omitempty"`
		Come json.RawMessage `json:"come,omitempty"`
	}
	figureRecord struct {
		Metric string `json:"metric"`
		Old    string `json:"old,omitempty"`
		New    string `json:"new,omitempty"`
	}
)

// change prints what differs between two notices: of an address where url is
// set, else between this notice and one that is nearly the same.
func (h historyRecords) change(url string, older, newer tongbao.Reading, c changes.Changes) error {
	record := struct {
		Type    string         `json:"type"`
		URL     string         `json:"url,omitempty"`
		From    string         `json:"from"`
		To      string         `json:"to"`
		Texts   []textRecord   `json:"texts"`
		Facts   []factsRecord  `json:"facts"`
		Metrics []figureRecord `json:"metrics"`
	}{"change", url, older.Notice.ID, newer.Notice.ID, []textRecord{}, []factsRecord{}, []figureRecord{}}
	before, after := tongbao.NewCodePoints(older.Notice.Text), tongbao.NewCodePoints(newer.Notice.Text)
	for _, t := range c.Texts {
		record.Texts = append(record.Texts, textRecord{stretchOf(t.Gone, older.Notice.Text, before), stretchOf(t.Come, newer.Notice.Text, after)})
	}
	for _, f := range c.Facts {
		var one factsRecord
		var err error
		if f.Gone != nil {
			one.Gone, err = f.Gone.JSON(older.Notice.ID, before)
		}
		if f.Come != nil && err == nil {
			one.Come, err = f.Come.JSON(newer.Notice.ID, after)
		}
		if err != nil {
			return err
		}
		record.Facts = append(record.Facts, one)
	}
	for _, m := range c.Metrics {
		record.Metrics = append(record.Metrics, figureRecord{m.Key, m.Old, m.New})
	}
	return h.Encode(record)
}
