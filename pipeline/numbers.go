package pipeline

import (
	"net/http"
	"strings"
	"unicode/utf8"

	"tongbao"
	"tongbao/internal/numeral"
	"tongbao/pipeline/parse"
)

// A NumberRecord is a number of a text before it is given a kind. Start and End
// count Unicode code points.
type NumberRecord struct {
	Start   int            `json:"start"`
	End     int            `json:"end"`
	Quote   string         `json:"quote"`
	Value   string         `json:"value"`
	Approx  tongbao.Approx `json:"approx,omitempty"`
	Min     string         `json:"min,omitempty"`
	Max     string         `json:"max,omitempty"`
	Ordinal bool           `json:"ordinal,omitempty"`
}

// Numbers lists every number of the page: of a web page those of its body, of a
// plain text those of the whole text as it stands, so that the positions are
// those of the file. (A text in another charset than UTF-8 has no such
// positions, and its body is read as well.)
func Numbers(page tongbao.Page) ([]NumberRecord, error) {
	text := strings.TrimPrefix(string(page.Body), "\uFEFF")
	if !utf8.ValidString(text) || strings.HasPrefix(http.DetectContentType(page.Body), "text/html") {
		notice, err := parse.Parse(page)
		if err != nil {
			return nil, err
		}
		text = notice.Text
	}
	points := tongbao.NewCodePoints(text)
	var records []NumberRecord
	for _, n := range numeral.Numerals(text) {
		records = append(records, NumberRecord{Start: points.At(n.Start), End: points.At(n.End), Quote: n.Of(text),
			Value: n.Value, Approx: n.Approx, Min: n.Min, Max: n.Max, Ordinal: n.Ordinal})
	}
	return records, nil
}
