package gold

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"github.com/cockroachdb/apd/v3"
)

// places are the characters of a text that are no white space, and where each
// character of the text lies among them.
type places struct {
	bare     []rune
	squeezed []int // by code point of the text, its end included
}

func newPlaces(text string) places {
	var p places
	for _, r := range text {
		p.squeezed = append(p.squeezed, len(p.bare))
		if !space(r) {
			p.bare = append(p.bare, r)
		}
	}
	p.squeezed = append(p.squeezed, len(p.bare))
	return p
}

// space takes the separators of ASCII for white space, as the reference does.
func space(r rune) bool { return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f }

// first returns the first n characters, fewer where there are no more.
func (p places) first(n int) string { return string(p.bare[:min(n, len(p.bare))]) }

// find returns the place of words among the characters, -1 for none.
func (p places) find(words string) int {
	all := string(p.bare)
	at := strings.Index(all, words)
	if at < 0 {
		return -1
	}
	return len([]rune(all[:at]))
}

// at returns the place of an offset of a record.
func (p places) at(offset any) (int, bool) {
	n, ok := offset.(json.Number)
	if !ok {
		return 0, false
	}
	i, err := n.Int64()
	if err != nil || i < 0 || i >= int64(len(p.squeezed)) {
		return 0, false
	}
	return p.squeezed[i], true
}

// text is a string of a record, "" where it is none.
func text(value any) string {
	s, _ := value.(string)
	return s
}

// measureWords may be printed or left out of the name of a sanction.
var measureWords = strings.NewReplacer("党内", "", "处分", "", "职务", "", "岗位", "")

// normal is a field as it is compared: absent and empty are the same, decimals
// are compared by what they are worth.
func normal(field string, value any) string {
	if value == nil || value == "" {
		return ""
	}
	words := plain(value)
	switch field {
	case "value":
		if d, _, err := apd.NewFromString(strings.ReplaceAll(words, ",", "")); err == nil && d.Form == apd.Finite {
			d.Reduce(d)
			return d.Text('f')
		}
	case "measure":
		return measureWords.Replace(words)
	}
	return words
}

// plain writes a value of a record as the reference does where it compares.
func plain(value any) string {
	switch v := value.(type) {
	case nil:
		return "None"
	case string:
		return v
	case bool:
		if v {
			return "True"
		}
		return "False"
	case json.Number:
		return v.String()
	}
	data, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return string(data)
}

// told shows some fields of a record to people.
func told(r record, fields []string) string {
	var words []string
	for _, f := range fields {
		if r[f] != nil {
			words = append(words, f+" "+plain(r[f]))
		}
	}
	return strings.Join(words, ", ")
}
