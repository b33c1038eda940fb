package tools

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"tongbao"
	"tongbao/index"
)

const showAbout = `One notice: its record (title, issuer, addresses, round, inspected body, outline, headline figures), a stretch of its text, and the facts and findings in that stretch. Long texts come in stretches: from next_start on. With section only that section, with fact the paragraph that states it.`

const (
	usualLength = 3000
	mostLength  = 10000
)

type showInput struct {
	ID      string `json:"id" jsonschema:"id of the notice, or its beginning, at least four characters"`
	Section string `json:"section,omitempty" jsonschema:"path of a section in the outline: 2.1"`
	Fact    string `json:"fact,omitempty" jsonschema:"id of a fact of this notice: the paragraph that states it"`
	Start   int    `json:"start,omitempty" jsonschema:"code point from which to read: next_start of the stretch before"`
	Length  int    `json:"length,omitempty" jsonschema:"how many code points of text at most; without it 3000, never more than 10000"`
}

type showOutput struct {
	Notice    noticeJSON    `json:"notice" jsonschema:"the record of the notice without its text"`
	Accessed  string        `json:"accessed,omitempty" jsonschema:"when the notice was first met, RFC 3339: the date of access of a citation"`
	Start     int           `json:"start" jsonschema:"where the stretch begins, in code points of the text"`
	End       int           `json:"end"`
	Length    int           `json:"length" jsonschema:"code points of the whole text"`
	Text      string        `json:"text" jsonschema:"the stretch, as printed"`
	Facts     []factJSON    `json:"facts" jsonschema:"that begin in the stretch"`
	Findings  []findingJSON `json:"findings" jsonschema:"of the audit, that begin in the stretch"`
	NextStart int           `json:"next_start,omitempty" jsonschema:"start of the next stretch; absent where there is none"`
}

func (c *collection) show(ctx context.Context, in showInput) (out showOutput, err error) {
	reading, err := c.store.Notice(ctx, in.ID)
	if err != nil {
		return out, fmt.Errorf("%s: %w", in.ID, err)
	}
	n := reading.Notice
	from, until, err := stretch(reading, in)
	if err != nil {
		return out, err
	}
	points, text := tongbao.NewCodePoints(n.Text), []rune(n.Text)
	out = showOutput{Length: len(text), Facts: []factJSON{}, Findings: []findingJSON{}}
	out.Start, out.End = max(points.At(from), in.Start), points.At(until)
	if out.Start >= out.End {
		return out, fmt.Errorf("start %d lies behind the end at %d: leave start out to read from the beginning", in.Start, out.End)
	}
	length := in.Length
	if length == 0 {
		length = usualLength
	}
	if end := out.Start + min(length, mostLength); end < out.End {
		out.End, out.NextStart = end, end
	}
	if err := out.records(reading, points); err != nil {
		return out, err
	}
	out.Text = string(text[out.Start:out.End])
	if out.Notice, err = headOf(n); err != nil {
		return out, err
	}
	history, err := c.store.History(ctx, n.ID)
	if err != nil {
		return out, err
	}
	out.Accessed = firstMet(history)
	return out, nil
}

// stretch returns the bytes of the text that are asked for.
func stretch(r tongbao.Reading, in showInput) (from, until int, err error) {
	n := r.Notice
	switch {
	case in.Fact != "" && in.Section != "":
		return 0, 0, errors.New("section and fact contradict each other: give one of them")
	case in.Fact != "":
		i := slices.IndexFunc(r.Facts, func(f tongbao.Fact) bool { return f.ID == in.Fact })
		if i < 0 {
			return 0, 0, fmt.Errorf("%s states no fact %q: its facts are those of the tool facts with notice %s", n.ID, in.Fact, n.ID)
		}
		f := r.Facts[i]
		from, until = strings.LastIndex(n.Text[:f.Start], "\n")+1, len(n.Text)
		if end := strings.IndexByte(n.Text[f.End:], '\n'); end >= 0 {
			until = f.End + end
		}
		return from, until, nil
	case in.Section != "":
		if s := find(n.Sections, in.Section); s != nil {
			return s.Start, s.End, nil
		}
		return 0, 0, fmt.Errorf("%s has no section %q: its outline is in the field sections of show without section", n.ID, in.Section)
	}
	return 0, len(n.Text), nil
}

func find(sections []tongbao.Section, path string) *tongbao.Section {
	for i := range sections {
		if sections[i].Path == path {
			return &sections[i]
		}
		if under := find(sections[i].Sections, path); under != nil {
			return under
		}
	}
	return nil
}

// records takes the facts and findings that begin in the stretch. Where they are
// more than an answer holds, the stretch ends before the first that is left out.
func (o *showOutput) records(r tongbao.Reading, points tongbao.CodePoints) error {
	bytes := 0
	facts := slices.Clone(r.Facts)
	slices.SortStableFunc(facts, func(x, y tongbao.Fact) int { return x.Start - y.Start })
	for i := range facts {
		at := points.At(facts[i].Start)
		if at < o.Start || at >= o.End {
			continue
		}
		record, err := facts[i].JSON(r.Notice.ID, points)
		if err != nil {
			return err
		}
		if bytes += len(record); bytes > maxBytes && at > o.Start {
			o.End, o.NextStart = at, at
			break
		}
		o.Facts = append(o.Facts, factJSON{record})
	}
	for i := range r.Findings {
		if at := points.At(r.Findings[i].Start); at < o.Start || at >= o.End {
			continue
		}
		record, err := r.Findings[i].JSON(r.Notice.ID, points)
		if err != nil {
			return err
		}
		o.Findings = append(o.Findings, findingJSON{record})
	}
	return nil
}

// headOf is the notice's record without its text.
func headOf(n *tongbao.Notice) (noticeJSON, error) {
	record, err := n.JSON()
	if err != nil {
		return noticeJSON{}, err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(record, &fields); err != nil {
		return noticeJSON{}, err
	}
	delete(fields, "text")
	record, err = json.Marshal(fields)
	return noticeJSON{record}, err
}

// firstMet is when the notice was first met at any address.
func firstMet(h index.History) (since string) {
	for _, v := range h.Versions {
		if v.Notice == h.ID && v.Since != "" && (since == "" || v.Since < since) {
			since = v.Since
		}
	}
	return since
}
