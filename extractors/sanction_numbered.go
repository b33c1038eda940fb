package extractors

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// sanctionOf finds the sanction that the persons of a figure had.
func (s *sanctionReader) sanctionOf(f figure) (sanctionRun, bool) {
	if k := s.termFrom(f.number.Start) - 1; k >= 0 && s.terms[k].End > f.span.End { // 免去|3名干部|职务
		return sanctionRun{first: k, last: k, how: "around"}, true
	}
	if run, ok := s.before(f); ok {
		return run, true
	}
	if run, ok := s.behind(f); ok {
		return run, true
	}
	if run, ok := s.inLaterClause(f); ok {
		return run, true
	}
	if run, ok := s.asVerb(f); ok {
		return run, true
	}
	return s.withNext(f)
}

// before finds a sanction that ends directly before the number, light words
// (处分, 共, 了, 干部 …), colons and opening brackets left aside.
func (s *sanctionReader) before(f figure) (sanctionRun, bool) {
	k := s.termFrom(f.number.Start) - 1
	if k < 0 || s.terms[k].End > f.number.Start || f.number.Start-s.terms[k].End > 90 {
		return sanctionRun{}, false
	}
	gap := s.text[s.terms[k].End:f.number.Start]
	if run, ok := s.inOrder(k, f); ok || s.terms[k].Fields[sanctionCategory] == "forms" {
		return run, ok
	}
	if k > 0 && s.terms[k-1].End == s.terms[k].Start && strings.HasSuffix(s.terms[k-1].Word, "形态") {
		k-- // 运用第一种形态|批评教育和处理|109人次
		gap = strings.TrimPrefix(strings.TrimPrefix(gap, "帮助"), "和")
	}
	if strings.HasPrefix(gap, "和") || trimWords(gap, "light", " 　:：(（") != "" {
		return sanctionRun{}, false
	}
	return sanctionRun{first: s.runFrom(k), last: k, how: "before"}, true
}

// inOrder reads a list of persons behind as many sanctions, 分别, in their order:
// 免职、降职、调整岗位分别为3人、1人、6人; 第一、二、三、四种形态分别处理102人次、….
func (s *sanctionReader) inOrder(k int, f figure) (sanctionRun, bool) {
	first, four := s.runFrom(k), s.terms[k].Fields[sanctionCategory] == "forms"
	if first == k && !four {
		return sanctionRun{}, false
	}
	place, length := s.placeInList(k, f)
	switch {
	case place < 0:
		return sanctionRun{}, false
	case four:
		return sanctionRun{first: k, last: k, how: "forms", form: place}, length <= len(fourForms)
	case length != k-first+1 || !s.respectively(first, k):
		return sanctionRun{}, false
	}
	return sanctionRun{first: first + place, last: first + place, how: "before"}, true
}

// respectively reports whether 分别 stands shortly before or behind a run.
func (s *sanctionReader) respectively(first, last int) bool {
	behind := s.text[s.terms[last].End:]
	return strings.Contains(behind[:min(len(behind), 36)], "分别") || strings.Contains(s.window(max(0, s.terms[first].Start-18), s.terms[first].Start), "分别")
}

// placeInList returns the place of a figure in the list of persons behind a
// term, -1 where it is not in it, and the list's length.
func (s *sanctionReader) placeInList(k int, f figure) (place, length int) {
	place = -1
	from := s.terms[k].End
	for i := s.numberFrom(from); i < len(s.Numbers) && length < 8; i++ {
		next, ok := s.figureAt(i)
		if !ok || !next.ofPersons() || !s.listed(from, next.number.Start, length) {
			break
		}
		if i == f.index {
			place = length
		}
		length, from = length+1, next.span.End
	}
	return place, length
}

func (s *sanctionReader) listed(from, to, place int) bool {
	role, marks := "listed", " "
	if place == 0 {
		role, marks = "light", " ：:"
	}
	return to-from < 60 && trimWords(s.text[from:max(from, to)], role, marks) == ""
}

// fourForms are the categories of 第一种形态 to 第四种形态.
var fourForms = [...]string{"talk", "party", "party", "justice"}

// behind finds a sanction behind the number in its clause: at once (给予7人党纪
// 处分), as their predicate (4名干部免职), or after a trigger (4名干部因…受到
// 党纪处分). Dates and other figures may stand before a trigger, persons may not.
func (s *sanctionReader) behind(f figure) (sanctionRun, bool) {
	k := s.termFrom(f.span.End)
	if k == len(s.terms) || s.terms[k].Start >= s.reach(f) {
		return sanctionRun{}, false
	}
	if s.terms[k].Fields[sanctionCategory] == "forms" {
		return sanctionRun{}, false
	}
	if e, ok := sanctionWords()["impose"].Suffix(f.left.Of(s.text)); ok && hasRole(lastRunes(strings.TrimSuffix(f.left.Of(s.text), e.Word), 4), "modal") {
		return sanctionRun{}, false // 拟给予2人
	}
	run := sanctionRun{first: k, last: s.runTo(k), how: "behind"}
	between := s.text[f.span.End:s.terms[k].Start]
	if at := lastOf(between, "trigger"); at >= 0 {
		if s.terms[run.last].Fields[sanctionObject] == "verb" && s.belongsToNext(f, run) {
			return sanctionRun{}, false // 对8名人员采取措施并问责|58名公职人员
		}
		return run, !hasRole(lastRunes(between[:at], 4), "modal")
	}
	if s.terms[k].Start >= f.right.End || s.belongsToNext(f, run) {
		return sanctionRun{}, false
	}
	length := utf8.RuneCountInString(between)
	switch {
	case s.terms[k].Word == "处分":
		return run, between == ""
	case s.terms[k].Fields[sanctionCategory] == "justice", between == "":
		return run, true
	case endsWithAny(f.left.Of(s.text), "给予", "予以"):
		return run, length <= 16
	}
	return run, length <= 14 && endsRole(between, "person") && s.endsClause(run)
}

// reach is how far behind a figure its sanction may stand: to the clause's
// end, or to the next persons.
func (s *sanctionReader) reach(f figure) int {
	end := min(s.Clauses[s.clause[f.index]].End, f.span.End+windowLimit)
	for i := f.index + 1; i < len(s.Numbers) && s.Numbers[i].Start < end; i++ {
		if s.taken[i] {
			continue
		}
		if next, ok := s.figureAt(i); ok && next.ofPersons() {
			return next.span.Start
		}
	}
	return end
}

// belongsToNext reports whether a run stands directly before the next number
// rather than behind this one: 处理11人|党内警告5人.
func (s *sanctionReader) belongsToNext(f figure, run sanctionRun) bool {
	next := f.index + 1
	from := s.terms[run.last].End
	return next < len(s.Numbers) && s.Numbers[next].Start >= from && s.Numbers[next].Start-from < 60 && trimWords(s.text[from:s.Numbers[next].Start], "light", " ") == ""
}

// endsClause reports whether nothing but 处分 or 处理 follows a run.
func (s *sanctionReader) endsClause(run sanctionRun) bool {
	from := s.terms[run.last].End
	c := s.clauseAt(from - 1)
	if c < 0 {
		return false
	}
	rest := s.text[from:max(from, s.Clauses[c].End)]
	return rest == "" || rest == "处分" || rest == "处理" || startsWithAny(rest, "、", "并")
}

// lastOf returns where the last word of a role begins in the text, -1 for none.
func lastOf(text, role string) int {
	at := -1
	for _, w := range sanctionWords()[role].words {
		at = max(at, lastIndex(text, w))
	}
	return at
}

// inLaterClause finds the sanction in the next clause of the sentence, where
// its subject is left out (3名责任人,分别给予…); behind words that mean all of
// them (全部受到…) one clause may stand between.
func (s *sanctionReader) inLaterClause(f figure) (sanctionRun, bool) {
	c := s.clause[f.index]
	if s.Clauses[c].End != f.right.End && s.reach(f) < s.Clauses[c].End {
		return sanctionRun{}, false
	}
	for next := c + 1; next <= c+2 && next < len(s.Clauses); next++ {
		clause := s.Clauses[next]
		if clause.Sentence != s.Clauses[c].Sentence || clause.Parent != s.Clauses[c].Parent {
			return sanctionRun{}, false
		}
		text := clause.Of(s.text)
		if next == c+1 || beginsRole(text, "all") {
			if run, ok := s.imposedIn(clause.Start, clause.End); ok {
				return run, true
			}
		}
		if s.figureIn(clause.Start, clause.End) {
			return sanctionRun{}, false
		}
	}
	return sanctionRun{}, false
}

// imposedIn finds a sanction in a clause that begins with its verb, adverbs and
// the body that acts left aside.
func (s *sanctionReader) imposedIn(start, end int) (sanctionRun, bool) {
	text := trimWords(s.text[start:end], "adverb", "，,、 ")
	if by, found := strings.CutPrefix(text, "由"); found {
		for _, verb := range []string{"给予", "予以"} {
			if at := strings.Index(by, verb); at > 0 && at < 45 {
				text = by[at:]
			}
		}
	}
	k := s.termFrom(end - len(text))
	if k == len(s.terms) || s.terms[k].Start >= end || !beginsRole(text, "impose") {
		return sanctionRun{}, false
	}
	run := sanctionRun{first: k, last: s.runTo(k), how: "behind-later"}
	verb, _ := sanctionWords()["impose"].Prefix(text)
	if whom := s.text[end-len(text)+len(verb.Word) : s.terms[k].Start]; endsWithAny(verb.Word, "予") && utf8.RuneCountInString(whom) > 2 {
		return sanctionRun{}, false // 给予|校长李某|党内警告: somebody else
	}
	if s.figureIn(start, s.terms[k].Start) || s.numberDirectlyBehind(run) {
		return sanctionRun{}, false
	}
	return run, true
}

// numberFrom returns the index of the first number at or behind the offset.
func (r *reading) numberFrom(offset int) int {
	return sort.Search(len(r.Numbers), func(i int) bool { return r.Numbers[i].Start >= offset })
}

func (s *sanctionReader) figureIn(start, end int) bool {
	i := s.numberFrom(start)
	for ; i < len(s.Numbers) && s.Numbers[i].Start < end; i++ {
		if s.taken[i] {
			continue
		}
		if _, ok := s.figureAt(i); ok { // 梁一鸣 is a name
			return true
		}
	}
	return false
}

func (s *sanctionReader) numberDirectlyBehind(run sanctionRun) bool {
	from := s.terms[run.last].End
	i := s.numberFrom(from)
	return i < len(s.Numbers) && s.Numbers[i].Start-from < 60 && trimWords(s.text[from:s.Numbers[i].Start], "light", " :：(（") == ""
}

// asVerb finds the verb whose object the counted persons are: 约谈违反…规定的
// 5名区管干部. Persons that only go on with a list share its verb: 问责党组织2个、
// 领导干部11人.
func (s *sanctionReader) asVerb(f figure) (sanctionRun, bool) {
	from := f.left.Start
	if left := f.left.Of(s.text); (startsWithAny(left, "、", "和") || s.bodiesBefore(f)) && endsRole(strings.TrimRight(left, " "), "person") {
		from = s.Clauses[s.clause[f.index]].Start
	}
	from = max(from, f.number.Start-windowLimit)
	for k := s.termFrom(f.number.Start) - 1; k >= 0 && s.terms[k].Start >= from; k-- {
		between := s.text[s.terms[k].End:max(s.terms[k].End, f.number.Start)]
		if s.terms[k].Fields[sanctionObject] != "verb" || strings.HasSuffix(s.text[:s.terms[k].Start], "被") ||
			utf8.RuneCountInString(between) > 24 || beginsRole(between, "between") || startsWithAny(between, "“", "《") {
			continue
		}
		return sanctionRun{first: k, last: k, how: "verb"}, true
	}
	return sanctionRun{}, false
}

// bodiesBefore reports whether the figure right before the words of another
// counts bodies, whose persons that one counts: 约谈|两家医院班子成员|9人.
func (s *sanctionReader) bodiesBefore(f figure) bool {
	if f.index == 0 || s.clause[f.index-1] != s.clause[f.index] {
		return false
	}
	p, ok := s.figureAt(f.index - 1)
	return ok && (p.measure.Word == "家" || p.measure.Word == "个") && p.span.End == f.left.Start && !strings.ContainsAny(f.left.Of(s.text), "、，,")
}

// withNext finds the sanction of persons that are named together with the next
// ones: 7名厅级干部、35名处级干部受到党纪政务处分.
func (s *sanctionReader) withNext(f figure) (sanctionRun, bool) {
	right := f.right.Of(s.text)
	bare := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(right, "、"), "和"), "及")
	left := strings.TrimRight(f.left.Of(s.text), " ")
	if bare == right || !endsRole(bare, "person") || utf8.RuneCountInString(bare) > 14 || left != "" && !endsWithAny(left, "有", "共", "已", "对", "给予", "的", "和", "、") {
		return sanctionRun{}, false
	}
	next, ok := s.figureAt(f.index + 1)
	if !ok || !next.ofPersons() || next.left.End != f.right.End {
		return sanctionRun{}, false
	}
	if run, ok := s.behind(next); ok {
		return run, true
	}
	return s.withNext(next)
}
