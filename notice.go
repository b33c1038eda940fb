package tongbao

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"
)

// Genre is the kind of document (contract §3).
type Genre string

// The genres that are told apart.
const (
	Rectification Genre = "rectification" // 整改进展
	Feedback      Genre = "feedback"      // 巡视反馈
	Case          Genre = "case"          // 通报曝光、处分
	Inspection    Genre = "inspection"    // 巡察/巡视公告
	Other         Genre = "other"
)

// A Notice is what a page says. Its Text never changes once parsed.
// Every field that the document does not state is empty; nothing is guessed.
type Notice struct {
	ID         string   // IDOf(Text)
	URLs       []string // every address or path under which this text was met
	Title      string
	Source     string // as printed behind 来源
	Published  string // RFC 3339 at +08:00, or an ISO day where the page prints no time
	Signed     string // ISO day of the signature
	Genre      Genre
	Authority  string // who inspected: 浙江省委, 中央
	Round      *Round
	Team       string // 省委第三巡视组
	Issuer     string // 中共杭州市上城区委
	Inspected  *InspectedBody
	Inspection *Period
	Feedback   string // ISO day on which the findings were handed over
	Contact    *Contact
	Sections   []Section
	Metrics    map[string]string // headline figures by key (see Metrics); exact decimals
	Text       string            // the body: paragraphs trimmed and joined by one U+000A
}

// A Round is one inspection round (轮次) of an authority's congress term (届).
type Round struct {
	ID        string `json:"id"` // 浙江省委-14-11
	Authority string `json:"authority"`
	Congress  int    `json:"congress,omitempty"`
	Number    int    `json:"number,omitempty"`
}

// An InspectedBody is the district or unit that was inspected (被巡视/巡察单位).
type InspectedBody struct {
	Name      string     `json:"name"`           // as printed, 原 included
	Code      string     `json:"code,omitempty"` // GB/T 2260 at the time of the inspection
	District  string     `json:"district,omitempty"`
	City      string     `json:"city,omitempty"`
	Province  string     `json:"province,omitempty"`
	Abolished string     `json:"abolished,omitempty"` // year (or day) from which the division no longer stands
	Now       []Division `json:"now,omitempty"`       // what it became
}

// A Division is a unit of the administrative division (行政区划).
type Division struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// A Period is a range of ISO days, inclusive; an open end is empty.
type Period struct {
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
}

// A Contact is where readers are asked to write to.
type Contact struct {
	Phone   []string `json:"phone,omitempty"`
	Email   []string `json:"email,omitempty"`
	Address []string `json:"address,omitempty"`
}

// A Section is a node of the notice's outline.
type Section struct {
	Path     string // "1", "1.2"; "0" is the preamble and has no node
	Heading  string // without its number
	Problem  string // the quoted problem of 关于“…”问题的整改情况
	Span            // from the section's number to its last character
	Sections []Section
}

// IDOf returns a notice's id: "n" and the first 16 hex digits of the SHA-256
// of its text with all white space removed (contract §3).
func IDOf(text string) string {
	bare := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
	sum := sha256.Sum256([]byte(bare))
	return "n" + hex.EncodeToString(sum[:8])
}

// SectionAt returns the path of the innermost section that holds the byte
// offset, "0" for the preamble.
func (n *Notice) SectionAt(offset int) string {
	path, level := "0", n.Sections
	for {
		found := false
		for i := range level {
			if level[i].Start <= offset && offset < level[i].End {
				path, level, found = level[i].Path, level[i].Sections, true
				break
			}
		}
		if !found {
			return path
		}
	}
}
