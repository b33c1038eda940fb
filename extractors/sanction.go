package extractors

import (
	"sort"
	"strings"
	"unicode/utf8"

	"tongbao"
	"tongbao/internal/lexicon"
)

// readSanctions reads the persons punished or talked to: with the sanction
// before the number (党内警告6人), behind it (7人给予诫勉处理), or as the verb
// whose object they are (约谈2名经办人员); and single sanctions without number.
func readSanctions(r *reading) {
	s := &sanctionReader{reading: r, terms: findSanctions(r), numbered: map[int]bool{}, total: -1}
	if len(s.terms) == 0 {
		return
	}
	s.used = make([]bool, len(s.terms))
	s.withNumbers()
	s.withoutNumbers()
}

// A sanctionReader reads the sanctions of one document.
type sanctionReader struct {
	*reading
	terms    []lexicon.Match // in reading order, offsets into the text
	used     []bool          // terms that have a number
	numbered map[int]bool    // clauses in which a sanction has a number
	verb     sanctionRun     // of the persons read last
	verbEnd  int             // where they end
	total    int             // the sanction read last that may be broken down, in facts; -1 for none
}

// A sanctionRun is one sanction, or several in a row that share a number
// (谈话提醒、批评教育52人次), by index of terms.
type sanctionRun struct {
	first, last int
	how         string // on which side of the number it stands
	form        int    // which of the four forms, from 0, where how is "forms"
}

func (s *sanctionReader) withNumbers() {
	at := 0
	for i := range s.Numbers {
		c := s.clause[i]
		if s.taken[i] || c < 0 {
			continue
		}
		sentence := s.sentence(c)
		for at < len(s.terms) && s.terms[at].End <= sentence.Start {
			at++
		}
		if at == len(s.terms) {
			return
		}
		if s.terms[at].Start >= sentence.End {
			continue
		}
		f, ok := s.figureAt(i)
		if !ok || !f.ofPersons() && !s.personsByNoun(f) || s.denied(f) || s.promises(f) {
			continue
		}
		run, ok := s.sanctionOf(f)
		if !ok && s.sharesVerb(f) {
			run, ok = s.verb, true
		}
		switch {
		case ok && !s.lifted(f, run) && !hasRole(s.window(sentence.Start, f.number.Start), "outside"):
			s.read(f, run)
			s.verb, s.verbEnd, s.total = run, f.span.End, len(s.facts)-1
		case !ok && !s.inAll(f):
			s.amongPunished(f)
		}
	}
}

// lifted reports whether a sanction on persons was lifted: 撤销|2人|处分. The
// verb of 撤销2人党内职务 is the sanction's own.
func (s *sanctionReader) lifted(f figure, run sanctionRun) bool {
	if !strings.HasPrefix(run.how, "behind") {
		return false
	}
	left := f.left.Of(s.text)
	for _, word := range []string{"了", "对", "其中", "原"} {
		left = strings.TrimSuffix(left, word)
	}
	return endsWithAny(left, "撤销", "解除", "取消", "变更")
}

// promises reports whether the words before persons say that what befalls them
// is still to come: 计划于2023年3月前给予3人党纪处分.
func (s *sanctionReader) promises(f figure) bool {
	c := s.Clauses[s.clause[f.index]]
	return hasRole(s.window(c.Start, max(c.Start, f.number.Start)), "planned")
}

// sharesVerb reports whether persons are the next object of the verb before
// them: 约谈县区负责人3人、市直部门负责人|5人.
func (s *sanctionReader) sharesVerb(f figure) bool {
	if s.verb.how != "verb" || s.verbEnd == 0 || f.number.Start <= s.verbEnd {
		return false
	}
	between, ok := strings.CutPrefix(s.text[s.verbEnd:f.number.Start], "、")
	return ok && between != "" && len(between) <= 60 && !strings.ContainsAny(between, "，,；;。、：:（(\n") && (s.endsClauseAt(f.span.End) || f.right.Start == f.right.End)
}

// endsClauseAt reports whether a mark stands at the offset.
func (s *sanctionReader) endsClauseAt(offset int) bool {
	return offset >= len(s.text) || isPunctuation(string(firstRune(s.text[offset:]))) || s.text[offset] == '\n'
}

// read makes a fact of persons and the sanction that befell them.
func (s *sanctionReader) read(f figure, run sanctionRun) {
	for k := run.first; k <= run.last; k++ {
		s.used[k] = true
	}
	s.numbered[s.clause[f.index]], s.taken[f.index] = true, true
	first, last := s.terms[run.first], s.terms[run.last]
	if run.how == "behind-later" { // the clause that names the sanction may be a later one
		s.numbered[s.clauseAt(first.Start)] = true
	}
	measure := s.measure(run)
	category, mixed := s.category(run, measure)
	fact := tongbao.Fact{Kind: tongbao.Sanction, Span: f.span, Value: f.number.Value, Unit: strings.TrimPrefix(f.measure.Word, "余"),
		Category: category, Measure: measure, What: s.text[first.Start:last.End], Rule: "sanction-" + run.how}
	if strings.HasSuffix(fact.What, "种") {
		fact.What += "形态"
	}
	if mixed {
		fact.Rule = mixedSanctions
	}
	hedge(&fact, *f.number, f.left.Of(s.text), f.right.Of(s.text))
	s.add(fact)
}

// windowLimit is how many bytes before an offset are looked at, so that a text
// without marks takes no longer than another.
const windowLimit = 600

// window is the text from start, or from not too far before the end, to end.
func (s *sanctionReader) window(start, end int) string {
	return s.text[min(max(start, end-windowLimit), end):end]
}

// mixedSanctions is the rule of a number that several categories share: it is
// the headline figure of none.
const mixedSanctions = "sanction-mixed"

// personsByNoun reports whether a figure in 个 counts persons by the noun
// behind it (5个党支部书记). 3个单位的负责人 counts bodies.
func (s *sanctionReader) personsByNoun(f figure) bool {
	if f.measure.Word != "个" {
		return false
	}
	thing := f.right.Of(s.text)
	if k := s.termFrom(f.span.End); k < len(s.terms) && s.terms[k].Start < f.right.End {
		thing = s.text[f.span.End:s.terms[k].Start]
	}
	for _, stop := range []string{"、", "给予", "予以", "进行", "受到", "由", "被", "，", ","} {
		thing, _, _ = strings.Cut(thing, stop)
	}
	if beginsRole(thing, "body") && strings.HasSuffix(thing, "负责人") {
		return false // 5个单位主要负责人 may be more than five
	}
	of := strings.LastIndex(thing, "的")
	return endsRole(thing, "person") && (of < 0 || !endsRole(thing[:of], "body")) && utf8.RuneCountInString(thing) <= 20
}

// termFrom returns the index of the first term at or behind the offset.
func (s *sanctionReader) termFrom(offset int) int {
	return sort.Search(len(s.terms), func(k int) bool { return s.terms[k].Start >= offset })
}

// runFrom, runTo return the ends of the row that a term stands in: members are
// joined by 、, 和, 并 …, with nothing between but 处分 and 处理.
func (s *sanctionReader) runFrom(last int) int {
	first := last
	for first > 0 && s.joined(first-1) {
		first--
	}
	return first
}

func (s *sanctionReader) runTo(first int) int {
	last := first
	for last+1 < len(s.terms) && s.joined(last) {
		last++
	}
	return last
}

func (s *sanctionReader) joined(k int) bool {
	a, b := s.terms[k], s.terms[k+1]
	if b.Start-a.End > 18 {
		return false
	}
	gap := s.text[a.End:b.Start]
	gap = strings.TrimPrefix(strings.TrimPrefix(gap, "处分"), "处理")
	e, ok := sanctionWords()["joiner"].Prefix(gap)
	return ok && e.Word == gap
}

// category is that of a run. Where the members differ mixed is true, and the
// category that of the first if its measure stands for all, else party before
// others.
func (s *sanctionReader) category(run sanctionRun, measure string) (category string, mixed bool) {
	if run.how == "forms" {
		return fourForms[run.form], false
	}
	category = s.categoryOf(run.first)
	for k := run.first + 1; k <= run.last; k++ {
		if next := s.categoryOf(k); next != category {
			mixed = true
			if next == "party" && measure == "" {
				category = next
			}
		}
	}
	return category, mixed
}

// categoryOf settles what the list leaves open: 警告 is a party or a government
// sanction by what stands around it.
func (s *sanctionReader) categoryOf(k int) string {
	if category := s.terms[k].Fields[sanctionCategory]; category != "either" {
		return category
	}
	if category := s.openCategory(k); category != "" {
		return category
	}
	return "party"
}

// openCategory is that of the last word for party or government sanctions in
// the sentence before the term, else that of the next member of its row.
func (s *sanctionReader) openCategory(k int) string {
	offset := s.terms[k].Start
	sentence := s.sentence(s.clauseAt(offset))
	before := s.window(sentence.Start, offset)
	party, government := -1, -1
	for _, word := range []string{"党纪", "党内", "纪律处分", "党籍"} {
		party = max(party, strings.LastIndex(before, word))
	}
	for _, word := range []string{"政务", "行政", "记过", "公职"} {
		government = max(government, strings.LastIndex(before, word))
	}
	switch {
	case government > party:
		return "government"
	case party > government:
		return "party"
	case k+1 < len(s.terms) && s.joined(k) && s.terms[k+1].Fields[sanctionCategory] != "either":
		return s.terms[k+1].Fields[sanctionCategory]
	}
	return ""
}

// measure is what all members of a run have in common; empty where they differ
// and where 等 or 以下 says that there are others.
func (s *sanctionReader) measure(run sanctionRun) string {
	measure := s.terms[run.first].Fields[sanctionMeasure]
	behind := strings.TrimPrefix(s.text[s.terms[run.last].End:], "处分")
	if startsWithAny(behind, "等", "以上", "以下") || strings.HasPrefix(behind, "、") && s.othersFollow(run) {
		return ""
	}
	apart := run.how == "before" || strings.HasPrefix(run.how, "behind") && s.apart(run)
	for k := run.first + 1; k <= run.last && apart; k++ {
		between := s.text[s.terms[k-1].End:s.terms[k].Start]
		if s.terms[k].Fields[sanctionMeasure] != measure && !strings.Contains(between, "并") && !s.doubly(k) {
			return ""
		}
	}
	return measure
}

// othersFollow reports whether a list that begins with the run goes on with
// measures that the list of terms does not know: 留党察看、|撤销候选人资格等.
func (s *sanctionReader) othersFollow(run sanctionRun) bool {
	from := s.terms[run.last].End
	c := s.clauseAt(from - 1)
	if c < 0 || s.Clauses[c].End <= from {
		return false
	}
	rest := s.text[from:min(s.Clauses[c].End, from+90)]
	return strings.Contains(rest, "等处理") || strings.Contains(rest, "等处分") || strings.Contains(rest, "等措施")
}

// apart reports whether the persons before a run had one of its sanctions each
// rather than all of them.
func (s *sanctionReader) apart(run sanctionRun) bool {
	start := s.terms[run.first].Start
	clause := s.clauseAt(start)
	return clause >= 0 && strings.Contains(s.window(s.Clauses[clause].Start, start), "分别") || strings.Contains(s.text[start:s.terms[run.last].End], "或")
}

// doubly reports whether term k and the one before are 双开: they go together.
func (s *sanctionReader) doubly(k int) bool {
	return s.terms[k].Fields[sanctionMeasure] == "开除" && s.terms[k-1].Fields[sanctionMeasure] == "开除党籍"
}
