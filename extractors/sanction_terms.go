package extractors

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"tongbao/internal/lexicon"
)

//go:embed sanctions.tsv
var sanctionsList string

// Columns of sanctions.tsv behind the term.
const (
	sanctionCategory = iota
	sanctionMeasure
	sanctionAlone
	sanctionObject
	_ // the source, for readers
	sanctionTail
)

// sanctions are the terms. One written with … in between (免去…职务) is listed
// by what it begins with, and its end stands in a column of its own.
var sanctions = sync.OnceValue(func() *lexicon.Lexicon {
	var list strings.Builder
	for line := range strings.Lines(extended("sanctions")) {
		line = strings.TrimRight(line, "\r\n")
		word, columns, _ := strings.Cut(line, "\t")
		if head, tail, gap := strings.Cut(word, "…"); gap && !strings.HasPrefix(line, "#") {
			line = head + "\t" + columns + "\t" + tail
		}
		list.WriteString(line + "\n")
	}
	return lexicon.Must(lexicon.Parse("sanctions.tsv", list.String(), 6))
})

//go:embed sanction_words.tsv
var sanctionWordsList string

// A roleList holds the words of one role, to be looked for at the beginning or
// end of a text, or anywhere in it.
type roleList struct {
	*lexicon.Lexicon
	words []string
}

var sanctionWords = sync.OnceValue(func() map[string]roleList {
	roles := map[string]roleList{}
	for role, words := range wordsByRole("sanction_words") {
		roles[role] = roleList{lexiconOf("sanction_words", words), words}
	}
	return roles
})

func beginsRole(text, role string) bool { _, ok := sanctionWords()[role].Prefix(text); return ok }
func endsRole(text, role string) bool   { _, ok := sanctionWords()[role].Suffix(text); return ok }
func hasRole(text, role string) bool    { return sanctionWords()[role].Occurs(text) }

// trimWords cuts the words of a role, and the marks given, off the beginning.
func trimWords(text, role, marks string) string {
	for {
		text = trimLeft(text, marks)
		e, ok := sanctionWords()[role].Prefix(text)
		if !ok {
			return text
		}
		text = text[len(e.Word):]
	}
}

// findSanctions looks the text through, once, for the terms that name an act:
// systems and papers (问责机制, 处分决定), what was not imposed (免予处分) and what
// stands in titles is left out, as is 处分 where it only ends another term.
func findSanctions(r *reading) []lexicon.Match {
	terms := r.terms
	title, end := 0, 0
	for m := range sanctions().In(r.text) {
		if m.Fields[sanctionTail] != "" && !r.closeGap(&m) || m.Start < end {
			continue
		}
		for title < len(r.titles) && r.titles[title].End <= m.Start {
			title++
		}
		if title < len(r.titles) && r.titles[title].Start <= m.Start {
			continue
		}
		if m.Word == "处分" && (len(terms) > 0 && end == m.Start || strings.HasSuffix(r.text[:m.Start], "受") && !beginsDigit(r.text[m.End:])) {
			continue
		}
		if strings.HasSuffix(m.Word, "种") && !strings.Contains(r.text[max(0, m.Start-formsReach):m.Start], "形态") {
			continue
		}
		end = m.End
		if behind := strings.TrimPrefix(r.text[m.End:], "处分"); beginsRole(behind, "system") && !beginsRole(behind, "act") || endsRole(r.text[:m.Start], "refused") {
			continue
		}
		terms = append(terms, m)
	}
	r.terms = terms
	return terms
}

// beginsDigit tells 受处分|45人 from 受处分人员.
func beginsDigit(text string) bool { return text != "" && '0' < text[0] && text[0] <= '9' }

// formsReach is how many bytes before 第二种 the word 形态 must stand.
const formsReach = 240

// gapLimit is how many characters may stand in the gap of 免去…职务.
const gapLimit = 24

// closeGap extends a term with a gap to its end; false where that does not
// follow in the same breath.
func (r *reading) closeGap(m *lexicon.Match) bool {
	rest := r.text[m.End:]
	at := strings.IndexAny(rest[:min(len(rest), 3*gapLimit)], "，,；;。：:\n“《（(")
	if at >= 0 {
		rest = rest[:at]
	} else {
		rest = rest[:min(len(rest), 3*gapLimit)]
	}
	for tail := range strings.SplitSeq(m.Fields[sanctionTail], "|") {
		if at := strings.Index(rest, tail); at >= 0 && utf8.RuneCountInString(rest[:at]) <= gapLimit {
			m.End += at + len(tail)
			m.Word = r.text[m.Start:m.End]
			return true
		}
	}
	return false
}

// withoutSanction leaves the body of what a sanction on bodies counts: 单位|通报
// 批评, 因…问责|党组织. Anything else stays as it is.
func withoutSanction(what string) string {
	found := sanctions().Find(what)
	found = slices.DeleteFunc(found, func(m lexicon.Match) bool { return m.Fields[sanctionTail] != "" })
	if len(found) == 0 {
		return what
	}
	if body := what[found[len(found)-1].End:]; endsRole(body, "body") {
		return body
	}
	if body := what[:found[0].Start]; endsRole(body, "body") {
		return body
	}
	return what
}
