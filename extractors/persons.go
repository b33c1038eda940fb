package extractors

import (
	"strings"
	"unicode/utf8"

	"tongbao"
)

// impliedAmong reads the sanctions without a number behind 其中: 对55名公职人员
// 严肃问责。其中,给予某某党内警告处分,给予….
func (l *linker) impliedAmong(i int) {
	t := l.figures[i]
	if t.Kind != tongbao.Sanction || t.Implied || len(t.Parts) > 0 || t.PartOf != "" || t.Measure != "" || i+1 >= len(l.figures) || !l.figures[i+1].Implied {
		return
	}
	first := l.figures[i+1]
	between := l.text[t.End:max(t.End, first.Start)]
	at := strings.Index(between, "其中")
	if at < 0 || strings.Contains(between, "\n") || utf8.RuneCountInString(between[:at]) > rightBeforeLimit {
		return
	}
	for k := i + 1; k < len(l.figures) && l.sentence[k] == l.sentence[i+1] && l.figures[k].Implied; k++ {
		if p := l.figures[k]; p.PartOf == "" {
			p.PartOf = t.ID
			t.Parts = append(t.Parts, p.ID)
		}
	}
}

// throughout reads the persons of a report on one case, of which each paragraph
// tells of some: 问责58名公职人员 … 3名公职人员被留置 … 55名公职人员被问责. All who
// are called so must add up to the headline.
func (l *linker) throughout() {
	switch l.Notice.Genre {
	case tongbao.Case, tongbao.Other:
	default:
		return
	}
	for i, t := range l.figures {
		if t.Kind != tongbao.Sanction || t.Implied || t.PartOf != "" || len(t.Parts) > 0 || !persons(t) || utf8.RuneCountInString(t.Value) < 2 {
			continue
		}
		name := firstRunes(l.text[t.End:], 4)
		var parts []int
		for k := i + 1; k < len(l.figures); k++ {
			f := l.figures[k]
			if alike(t, f) && f.PartOf == "" && f.Value != t.Value && firstRunes(l.text[f.End:], 4) == name {
				parts = append(parts, k)
			}
		}
		if len(parts) < 2 || l.compareSum(t, parts) != 0 {
			return // the headline is the first
		}
		for k := parts[0] - 1; k >= i; k-- { // as stated last
			if f := l.figures[k]; alike(t, f) && f.PartOf == "" && f.Value == t.Value && firstRunes(l.text[f.End:], 4) == name {
				l.join(k, parts)
				return
			}
		}
		return
	}
}
