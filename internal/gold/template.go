package gold

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// A Number is a number of the body of a notice that is to be annotated; Start
// and End count code points.
type Number struct {
	Start, End   int
	Quote, Value string
}

// WriteTemplate writes an annotation to be filled in: the body, what the page
// says of itself, and a fact without a kind for each number, with the words
// around it under "see". What is without a kind is not scored.
func WriteTemplate(w io.Writer, page map[string]string, body string, numbers []Number) error {
	var b strings.Builder
	b.WriteString("{\n \"notice\": {")
	separator := ""
	for _, key := range []string{"title", "source", "published"} {
		if page[key] != "" {
			fmt.Fprintf(&b, "%s%s: %s", separator, quoted(key), quoted(page[key]))
			separator = ", "
		}
	}
	fmt.Fprintf(&b, "},\n \"body\": %s,\n \"facts\": [", quoted(body))
	text := []rune(body)
	for i, n := range numbers {
		if n.Start < 0 || n.End < n.Start || n.End > len(text) {
			return fmt.Errorf("the number %q has the range %d–%d of a body of %d characters", n.Quote, n.Start, n.End, len(text))
		}
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "\n  {\"kind\": \"\", \"quote\": %s, \"start\": %d, \"end\": %d, \"value\": %s, \"unit\": \"\", \"what\": \"\", \"see\": %s}",
			quoted(n.Quote), n.Start, n.End, quoted(n.Value), quoted(surroundings(text, n)))
	}
	b.WriteString("\n ],\n \"institutions\": [],\n \"metrics\": {},\n \"audit\": []\n}\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// surroundings are a few characters of the line on both sides of a number.
func surroundings(text []rune, n Number) string {
	from, to := max(0, n.Start-12), min(len(text), n.End+12)
	if at := slices.Index(text[n.End:to], '\n'); at >= 0 {
		to = n.End + at
	}
	before := string(text[from:n.Start])
	return before[strings.LastIndexByte(before, '\n')+1:] + "【" + string(text[n.Start:n.End]) + "】" + string(text[n.End:to])
}

// quoted is a JSON string with Chinese left as it is.
func quoted(s string) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(s) // strings and builders make no errors
	return strings.TrimSuffix(b.String(), "\n")
}
