package cite

import "strings"

// ris writes records of type ELEC, which reference managers take for web pages.
// Lines end in CR LF, as the format asks.
func ris(citations []Citation) string {
	var b strings.Builder
	for i := range citations {
		c := &citations[i]
		field := func(tag, value string) {
			if value = oneLine(value); value != "" {
				b.WriteString(tag + "  - " + value + "\r\n")
			}
		}
		field("TY", "ELEC")
		field("ID", c.key())
		field("AU", strings.ReplaceAll(c.Issuer, ",", "，")) // a comma would part family name and given name
		field("TI", c.Title)
		field("T2", c.Source)
		if c.Date != "" {
			field("PY", c.Date[:4])
			field("DA", slashed(c.Date))
		}
		field("Y2", slashed(c.Accessed))
		field("UR", address(c.URL))
		field("LA", language)
		field("N1", c.note())
		b.WriteString("ER  - \r\n")
	}
	return b.String()
}

// slashed writes a day as RIS does.
func slashed(day string) string { return strings.ReplaceAll(day, "-", "/") }
