package cite

import (
	"fmt"
	"strings"
)

// bibtex writes @online entries: biblatex and gbt7714.bst know the type, and
// the styles of BibTeX itself take what they do not know for @misc. date is for
// the former, year for the latter.
func bibtex(citations []Citation) string {
	var b strings.Builder
	for i := range citations {
		c := &citations[i]
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "@online{%s,\n", c.key())
		field := func(name, value string) {
			if value != "" {
				fmt.Fprintf(&b, "  %-12s = {%s},\n", name, value)
			}
		}
		if c.Issuer != "" {
			field("author", "{"+tex(c.Issuer)+"}") // one name, not a person's
		}
		field("title", tex(c.Title))
		field("organization", tex(c.Source))
		if c.Date != "" {
			field("date", c.Date)
			field("year", c.Date[:4])
		}
		field("url", address(c.URL))
		field("urldate", c.Accessed)
		field("note", tex(c.note()))
		b.WriteString("}\n")
	}
	return b.String()
}

// special are the characters that TeX or BibTeX would take for something else.
// Braces are written as words, because BibTeX counts even those behind a
// backslash.
var special = strings.NewReplacer(
	`\`, `{\textbackslash}`, `{`, `{\textbraceleft}`, `}`, `{\textbraceright}`,
	`~`, `{\textasciitilde}`, `^`, `{\textasciicircum}`,
	`#`, `\#`, `$`, `\$`, `%`, `\%`, `&`, `\&`, `_`, `\_`)

// tex returns words as a field in braces holds them.
func tex(s string) string { return special.Replace(oneLine(s)) }
