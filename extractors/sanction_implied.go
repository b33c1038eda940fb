package extractors

import (
	"strings"
	"unicode/utf8"

	"tongbao"
	"tongbao/internal/lexicon"
)

// withoutNumbers reads the sanction of a single person that has no number
// beside it: 给予李某党内警告处分, 被开除党籍、开除公职, 移送检察机关.
func (s *sanctionReader) withoutNumbers() {
	walk := s.clauseWalk()
	quote, last := 0, -1 // last: the term read last
	for k, m := range s.terms {
		c := walk(m.Start)
		for quote < len(s.quotes) && s.quotes[quote].End <= m.Start {
			quote++
		}
		quoted := quote < len(s.quotes) && s.quotes[quote].Start <= m.Start
		if c < 0 || quoted || s.used[k] || s.numbered[c] || m.Fields[sanctionAlone] == "no" || s.describes(m) || s.figureIn(m.Start, measureOf(m).End) || s.ruleNotCase(c, m) {
			continue
		}
		if !s.imposed(c, k) && !s.goesOnFrom(last, c, k) {
			continue
		}
		category := m.Fields[sanctionCategory]
		if category == "either" {
			if category = s.openCategory(k); category == "" {
				if !strings.HasPrefix(s.text[m.End:], "处分") {
					continue // an administrative penalty
				}
				category = "party"
			}
		}
		last = k
		s.add(tongbao.Fact{Kind: tongbao.Sanction, Span: measureOf(m), Value: "1", Implied: true,
			Category: category, Measure: m.Fields[sanctionMeasure], What: m.Word, Rule: "sanction-implied"})
	}
}

// measureOf is the term without its length and its sequel: 留党察看|一年,
// 移送检察机关|审查起诉.
func measureOf(m lexicon.Match) tongbao.Span {
	span := tongbao.Span{Start: m.Start, End: m.End}
	switch measure := m.Fields[sanctionMeasure]; measure {
	case "留党察看", "移送检察机关", "开除党籍":
		if at := strings.Index(m.Word, measure); at >= 0 {
			span.End = m.Start + at + len(measure)
		}
	}
	return span
}

// describes reports whether a term only describes what stands behind it:
// 被约谈单位, 受到党内警告处分的干部.
func (s *sanctionReader) describes(m lexicon.Match) bool {
	behind := strings.TrimPrefix(strings.TrimPrefix(s.text[m.End:], "处分"), "处理")
	return beginsRole(behind, "nominal") && !startsWithAny(behind, "的决定", "的处分", "的处理", "后果")
}

// ruleNotCase tells what is laid down for anybody from what befell somebody:
// 情节严重的,给予开除党籍处分.
func (s *sanctionReader) ruleNotCase(c int, m lexicon.Match) bool {
	clause := s.Clauses[c]
	if hasRole(s.window(clause.Start, m.Start), "general") {
		return true
	}
	for back := c; back >= 0 && s.Clauses[back].Sentence == clause.Sentence; back-- {
		if s.Clauses[back].Parent != clause.Parent {
			continue // a remark in brackets
		}
		text := s.Clauses[back].Of(s.text)
		if beginsRole(text, "if") || back < c && (hasRole(text, "found") || back == c-1 && strings.HasSuffix(text, "的")) {
			return true
		}
	}
	return false
}

// imposed reports whether the clause says that the sanction was imposed on a
// person: behind a verb of imposing with no modal before it, or, of terms that
// are verbs themselves, behind the naming of a person.
func (s *sanctionReader) imposed(c, k int) bool {
	m := s.terms[k]
	before := s.window(s.Clauses[c].Start, m.Start)
	at := lastOf(before, "impose")
	if at < 0 && m.Fields[sanctionMeasure] == "留置" && strings.HasSuffix(before, "采取") {
		at = len(before) - len("采取")
	}
	if at < 0 && m.Fields[sanctionCategory] == "admonition" {
		at = strings.LastIndex(before, "进行")
		return at >= 0 && utf8.RuneCountInString(before[at:]) < 8 && s.befellPerson(c, before[:at], "进行", "")
	}
	if at < 0 {
		return s.ownVerb(c, before, m)
	}
	verb, _ := sanctionWords()["impose"].Prefix(before[at:])
	verbWord := verb.Word
	if verbWord == "" {
		verbWord = before[at:]
	}
	between := before[at+len(verbWord):]
	limit := 24
	if verbWord == "给予" || verbWord == "予以" {
		limit = 60 // an office may stand between
	}
	if hasRole(lastRunes(before[:at], 8), "modal") || utf8.RuneCountInString(between) > limit {
		return false
	}
	switch m.Fields[sanctionCategory] {
	case "talk", "either":
		if s.figureIn(s.Clauses[c].Start, m.Start) {
			return false // 5个单位主要负责人被约谈
		}
		return s.befellPerson(c, before[:at], verbWord, between)
	}
	return true
}

// befellPerson reports whether the one whom a milder measure befell, which
// bodies have too, is a person: the subject of 被 and 受到, the object of 对.
func (s *sanctionReader) befellPerson(c int, before, verb, between string) bool {
	if verb != "被" && !strings.HasPrefix(verb, "受") {
		if between != "" && namesPerson(between) || verb == "作出" && namesPerson(before) {
			return true
		}
		for back := c; back > c-3 && back >= 0 && s.Clauses[back].Sentence == s.Clauses[c].Sentence; back-- {
			if _, patient, found := lastCut(before, "对"); found {
				return namesPerson(patient)
			}
			if back > 0 {
				before = s.Clauses[back-1].Of(s.text)
			}
		}
		return false
	}
	if strings.Trim(before, "均已也还都并") == "" && c > 0 && s.Clauses[c-1].Sentence == s.Clauses[c].Sentence {
		before = s.Clauses[c-1].Of(s.text) // 整改办负责人因把关不严,被县委书记约谈
	}
	before, _, _ = strings.Cut(before, "因")
	return namesPerson(before)
}

// namesPerson reports whether a naming ends with a person: an office, perhaps
// with a name behind it (党支部书记梁一鸣), or 某.
func namesPerson(naming string) bool {
	naming = trimRight(naming, "均已也还都并先后 ")
	for range 5 {
		if endsRole(naming, "person") {
			return true
		}
		if endsRole(naming, "body") || naming == "" {
			return false
		}
		_, n := utf8.DecodeLastRuneInString(naming)
		naming = naming[:len(naming)-n]
	}
	return false
}

// ownVerb reports whether a term without a verb of imposing is the predicate
// itself: 对金某某开除党籍, 涉嫌犯罪问题移送检察机关, 对周某责令作出书面检查.
func (s *sanctionReader) ownVerb(c int, before string, m lexicon.Match) bool {
	if hasRole(lastRunes(before, 8), "modal") {
		return false
	}
	subject := trimRight(before, "已均并由也现一依法被")
	switch {
	case m.Fields[sanctionCategory] == "justice" && endsWithAny(subject, "犯罪问题", "涉嫌犯罪", "涉罪问题", "违法问题"):
		return true
	case m.Fields[sanctionMeasure] == "责令检查" && strings.HasPrefix(m.Word, "责令"):
		_, patient, found := lastCut(subject, "对")
		return found && namesPerson(patient) || strings.HasSuffix(before, "被") && namesPerson(subject)
	case m.Fields[sanctionAlone] == "bare":
		return endsRole(subject, "person") || subject == "" && c > 0 && s.Clauses[c-1].Sentence == s.Clauses[c].Sentence && hasRole(s.Clauses[c-1].Of(s.text), "suspect")
	}
	return false
}

// goesOnFrom reports whether a term follows the one read last in the same
// breath: 被开除党籍、|开除公职, |移送检察机关.
func (s *sanctionReader) goesOnFrom(last, c, k int) bool {
	if last < 0 || last != k-1 {
		return false
	}
	m := s.terms[k]
	gap := s.text[s.terms[last].End:m.Start]
	if len(gap) > 60 || strings.ContainsAny(gap, "。；;\n") || m.Fields[sanctionCategory] == "talk" && m.Fields[sanctionMeasure] != "责令检查" && m.Fields[sanctionMeasure] != "批评教育" {
		return false
	}
	gap = trimWords(strings.TrimPrefix(strings.TrimPrefix(gap, "处分"), "处理"), "adverb", "、，, 和并及被")
	return gap == "" || gap == "给予" || gap == "由检察机关"
}

// lastCut cuts the text at the last occurrence of sep.
func lastCut(text, sep string) (before, after string, found bool) {
	at := strings.LastIndex(text, sep)
	if at < 0 {
		return text, "", false
	}
	return text[:at], text[at+len(sep):], true
}
