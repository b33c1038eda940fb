package cite

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// language is that of all notices, as styles that write Chinese names and
// punctuation want to be told.
const language = "zh-CN"

// A cslItem is an item of csl-data.json 1.0.2, in the keys that we have.
type cslItem struct {
	ID        string     `json:"id"`
	Type      string     `json:"type"`
	Title     string     `json:"title,omitempty"`
	Author    []cslName  `json:"author,omitempty"`
	Container string     `json:"container-title,omitempty"`
	Issued    *cslDate   `json:"issued,omitempty"`
	Accessed  *cslDate   `json:"accessed,omitempty"`
	URL       string     `json:"URL,omitempty"`
	Language  string     `json:"language"`
	Note      string     `json:"note,omitempty"`
	Custom    *cslCustom `json:"custom,omitempty"`
}

type cslName struct {
	Literal string `json:"literal"`
}

type cslDate struct {
	Parts [][]int `json:"date-parts"`
}

// cslCustom is the quote for programs; its offsets are those of contract §4.
type cslCustom struct {
	Notice        string `json:"notice"`
	Fact          string `json:"fact"`
	Section       string `json:"section"`
	Quote         string `json:"quote"`
	Start         int    `json:"start"`
	End           int    `json:"end"`
	Sentence      string `json:"sentence"`
	SentenceStart int    `json:"sentence_start"`
	SentenceEnd   int    `json:"sentence_end"`
}

func csl(citations []Citation) (string, error) {
	items := make([]cslItem, len(citations))
	for i := range citations {
		c := &citations[i]
		item := cslItem{ID: c.key(), Type: "webpage", Title: oneLine(c.Title), Container: oneLine(c.Source),
			Issued: parts(c.Date), Accessed: parts(c.Accessed), URL: address(c.URL), Language: language, Note: c.note()}
		if c.Issuer != "" {
			item.Author = []cslName{{oneLine(c.Issuer)}}
		}
		if q := c.Quote; q != nil {
			item.Custom = &cslCustom{Notice: c.Notice, Fact: q.Fact, Section: q.Section, Quote: q.Words, Start: q.FactStart, End: q.FactEnd,
				Sentence: q.Sentence, SentenceStart: q.Start, SentenceEnd: q.End}
		}
		items[i] = item
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(items); err != nil {
		return "", fmt.Errorf("write CSL-JSON: %w", err)
	}
	return b.String(), nil
}

// parts takes an ISO day apart, nil for none.
func parts(day string) *cslDate {
	if day == "" {
		return nil
	}
	var numbers []int
	for part := range strings.SplitSeq(day, "-") {
		n, err := strconv.Atoi(part)
		if err != nil {
			return nil
		}
		numbers = append(numbers, n)
	}
	return &cslDate{[][]int{numbers}}
}
