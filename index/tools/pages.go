package tools

import (
	"context"
	"errors"
	"fmt"

	"tongbao"
	"tongbao/index"
)

// maxBytes is about how long the records of one answer may be: what a page
// holds beyond is left for the next.
const maxBytes = 120_000

// A selection narrows notices.
type selection struct {
	Notice   string `json:"notice,omitempty" jsonschema:"id of a notice, or its beginning: n7006130f67cc63ac"`
	District string `json:"district,omitempty" jsonschema:"district: GB/T 2260 code or name, 330104 or 江干区"`
	Province string `json:"province,omitempty" jsonschema:"province: 浙江省"`
	Round    string `json:"round,omitempty" jsonschema:"inspection round: 浙江省委-14-11 or 十四届省委第十一轮"`
	Issuer   string `json:"issuer,omitempty" jsonschema:"words that the issuer's name contains"`
	Genre    string `json:"genre,omitempty" jsonschema:"genre of the notice"`
	Year     string `json:"year,omitempty" jsonschema:"year of publication, four digits"`
}

func (s selection) index() index.Selection {
	return index.Selection{Notice: s.Notice, District: s.District, Province: s.Province, Round: s.Round, Issuer: s.Issuer,
		Genre: tongbao.Genre(s.Genre), Year: s.Year}
}

// A paging is the part of a list that is wanted.
type paging struct {
	Limit  int `json:"limit,omitempty" jsonschema:"how many records at most; without it 20, never more than 100"`
	Offset int `json:"offset,omitempty" jsonschema:"how many to pass over: next_offset of the page before"`
}

const (
	usualLimit = 20
	mostLimit  = 100
)

func (p paging) limit() int {
	if p.Limit == 0 {
		return usualLimit
	}
	return min(p.Limit, mostLimit)
}

// A page gathers the records of one answer.
type page struct {
	paging
	seen, taken, bytes int
	next               int // offset of the first record that does not fit; 0 for none
}

// skips counts a record that stands before the page.
func (p *page) skips() bool {
	p.seen++
	return p.seen <= p.Offset
}

// takes reports whether a record of so many bytes still fits; after the first
// that does not, the page is full.
func (p *page) takes(bytes int) bool {
	if p.taken == p.limit() || p.taken > 0 && p.bytes+bytes > maxBytes {
		p.next = p.Offset + p.taken
		return false
	}
	p.taken++
	p.bytes += bytes
	return true
}

// A source is where a record is from: what a citation of it needs.
type source struct {
	ID        string `json:"id"`
	Title     string `json:"title,omitempty"`
	URL       string `json:"url,omitempty" jsonschema:"the first address under which the notice was met"`
	Published string `json:"published,omitempty"`
	District  string `json:"district,omitempty" jsonschema:"as printed"`
	Code      string `json:"code,omitempty" jsonschema:"GB/T 2260 code of the district"`
	Round     string `json:"round,omitempty"`
}

// advised adds to an error what to do about it.
func advised(err error) error {
	switch {
	case errors.Is(err, context.Canceled):
		return fmt.Errorf("the call was cancelled: %w", err)
	case errors.Is(err, index.ErrNotFound):
		return fmt.Errorf("%w: find ids with the tools search or facts", err)
	case errors.Is(err, index.ErrAmbiguous):
		return fmt.Errorf("%w: write more of the id", err)
	}
	return err
}
