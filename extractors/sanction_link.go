package extractors

import (
	"strings"

	"tongbao"
)

// anotherTotal tells the next total (政务处分6人) from a part of this one. A
// total of party and government sanctions together has both as its parts.
func anotherTotal(total, f *tongbao.Fact) bool {
	if total.Kind != tongbao.Sanction || f.Kind != tongbao.Sanction {
		return false
	}
	if countsBoth(total) && f.Category == "government" {
		return false
	}
	switch total.Category {
	case "party", "government", "organisational", "admonition":
		return f.Measure == "" && f.Category != total.Category
	}
	return false
}

// countsBoth reports whether a fact counts party and government sanctions together.
func countsBoth(f *tongbao.Fact) bool {
	return f.Rule == mixedSanctions || hasAny(f.What, []string{"政务", "政纪", "党政纪"}) && strings.Contains(f.What, "党") || general(f)
}

// behindSanction cuts off the sanction behind its persons, so that the bracket
// with its breakdown comes next: 9名党员受到党纪处分|（党内警告5人…）.
func behindSanction(rest string) string {
	at := strings.IndexAny(rest[:min(len(rest), 120)], "，,；;。：:\n（(0123456789")
	if at < 0 || !startsWithAny(rest[at:], "（", "(") {
		return rest
	}
	if before := rest[:at]; endsWithAny(before, "处分", "处理") || endsWithTerm(before) {
		return rest[at:]
	}
	return rest
}

func endsWithTerm(text string) bool {
	_, ok := sanctions().Suffix(text)
	return ok
}

// inRow reads the row of a table: 党纪处分 12人 警告6人，严重警告4人….
func (l *linker) inRow(i int) {
	t := l.figures[i]
	rest := l.text[t.End:]
	if t.Kind != tongbao.Sanction || t.Measure != "" || len(t.Parts) > 0 || !startsWithAny(rest, " ", "\t", "　") {
		return
	}
	line, _, _ := strings.Cut(rest, "\n")
	var parts []int
	for k := i + 1; k < len(l.figures) && l.figures[k].Start < t.End+len(line); k++ {
		if f := l.figures[k]; alike(t, f) && f.Category == t.Category && f.Measure != "" && f.PartOf == "" {
			parts = append(parts, k)
		}
	}
	if len(parts) > 0 && l.compareSum(t, parts) == 0 {
		l.join(i, parts)
	}
}

// ofForms reads the four forms behind their total, which may stand in the
// sentence before: 运用“四种形态”处理171人次。其中，运用第一种形态109人次，….
func (l *linker) ofForms(i int) {
	if f := l.figures[i]; !isForm(f) || f.PartOf != "" || i == 0 || l.clause[i] < 0 {
		return
	}
	t := l.figures[i-1]
	c := l.clause[i-1]
	if c < 0 || t.Kind != tongbao.Count || !persons(t) || !strings.Contains(l.Clauses[c].Of(l.text), "形态") || strings.Contains(l.text[t.End:l.figures[i].Start], "\n") {
		return
	}
	var parts []int
	for k := i; k < len(l.figures) && !strings.Contains(l.text[l.figures[k-1].End:l.figures[k].Start], "\n"); k++ {
		if isForm(l.figures[k]) && alike(t, l.figures[k]) {
			parts = append(parts, k)
		}
	}
	if l.compareSum(t, parts) <= 0 || len(parts) == len(forms) {
		l.join(i-1, parts)
	}
}

// isForm reports whether a fact counts those of one of the four forms.
func isForm(f *tongbao.Fact) bool {
	return f.Kind == tongbao.Sanction && strings.Contains(f.What, "形态")
}

// byCategory reads a list behind several totals, each with parts of its own
// category: 党纪处分26人、政务处分10人，其中开除党籍4人、开除公职3人. False where
// the list is of one category or a category has no total.
func (l *linker) byCategory(first int) bool {
	f := l.figures[first]
	if f.Kind != tongbao.Sanction || f.Measure == "" {
		return false
	}
	parts := map[string][]int{}
	for k := first; k < len(l.figures) && l.sentence[k] == l.sentence[first] && l.figures[k].Kind == tongbao.Sanction && l.figures[k].Measure != ""; k++ {
		category := l.figures[k].Category
		parts[category] = append(parts[category], k)
	}
	totals := map[string]int{}
	for k := first - 1; k >= 0 && l.sentence[k] == l.sentence[first]; k-- {
		t := l.figures[k]
		if _, seen := totals[t.Category]; !seen && t.Kind == tongbao.Sanction && t.Measure == "" && !countsBoth(t) {
			totals[t.Category] = k
		}
	}
	if len(parts) < 2 {
		return false
	}
	for category, list := range parts {
		t, ok := totals[category]
		if !ok || len(l.figures[t].Parts) > 0 || l.compareSum(l.figures[t], list) > 0 {
			return false
		}
	}
	for category, list := range parts {
		l.join(totals[category], list)
	}
	return true
}

// ofNamedTotal reads a breakdown that names its total again: 党纪处分中,警告11人、
// 严重警告6人…; 政务处分包括：警告2人…. The total is the last of that category in
// the paragraph.
func (l *linker) ofNamedTotal(i int) {
	f := l.figures[i]
	if f.Kind != tongbao.Sanction || f.Measure == "" || f.PartOf != "" || l.clause[i] < 1 {
		return
	}
	if !l.namesItsTotal(i) {
		return
	}
	for k := i - 1; k >= 0 && !strings.Contains(l.text[l.figures[k].End:f.Start], "\n"); k-- {
		t := l.figures[k]
		if t.Kind != tongbao.Sanction || t.Category != f.Category || t.Measure != "" || len(t.Parts) > 0 {
			continue
		}
		if countsBoth(t) {
			continue
		}
		var parts []int
		for p := i; p < len(l.figures) && l.sentence[p] == l.sentence[i] && l.figures[p].Category == f.Category && l.figures[p].Measure != ""; p++ {
			parts = append(parts, p)
		}
		l.join(k, parts)
		return
	}
}

// namesItsTotal reports whether a list that names its total anew begins with the
// figure.
func (l *linker) namesItsTotal(i int) bool {
	if l.figures[i].Kind != tongbao.Sanction || l.clause[i] < 1 {
		return false
	}
	before := strings.TrimRight(l.text[:l.Clauses[l.clause[i]].Start], "，,：: ")
	return namesTotal(before) || l.announced(i, before)
}

// announced reports whether the clause before a figure names its category and
// announces a list: 党纪处分按轻重依次为：, 政务处分包括：.
func (l *linker) announced(i int, before string) bool {
	clause := l.Clauses[l.clause[i]-1]
	if clause.End != len(before) || !endsWithAny(before, "包括", "依次为", "分别为", "分别是", "情况为", "其中", "具体为", "如下") {
		return false
	}
	name := map[string]string{"party": "党纪处分", "government": "政务处分", "organisational": "组织处理"}[l.figures[i].Category]
	return name != "" && strings.Contains(clause.Of(l.text), name) && (i == 0 || l.figures[i-1].End <= clause.Start)
}

// ownObject reports whether the clause of a sanction names its persons itself,
// so that they are none of those before: 4名干部…,对1名书记给予免职处理.
func (l *linker) ownObject(i int) bool {
	c := l.clause[i]
	return c >= 0 && strings.HasSuffix(strings.TrimRight(l.text[:l.figures[i].Start], " "), "对") && endsRole(strings.TrimRight(firstNoun(l.text[l.figures[i].End:]), " "), "person")
}

// firstNoun is the text up to the verb that imposes a sanction.
func firstNoun(text string) string {
	text = text[:min(len(text), 60)]
	for _, stop := range []string{"给予", "予以", "进行", "受到", "被", "，", ","} {
		text, _, _ = strings.Cut(text, stop)
	}
	return text
}

// ofPunished ties persons told apart behind 问责对象中 to their total.
func (l *linker) ofPunished(i int) {
	if l.figures[i].Rule != amongSanctioned || l.figures[i].PartOf != "" || i > 0 && l.figures[i-1].Rule == amongSanctioned {
		return
	}
	parts := []int{i}
	for k := i + 1; k < len(l.figures) && l.figures[k].Rule == amongSanctioned && l.sentence[k] == l.sentence[i]; k++ {
		parts = append(parts, k)
	}
	for k := i - 1; k >= 0 && l.sentence[k] == l.sentence[i]; k-- {
		if t := l.figures[k]; t.Kind == tongbao.Sanction && t.Category == l.figures[i].Category && t.Measure == l.figures[i].Measure && atLeast(t, l.figures[i]) {
			l.joinAgain(k, parts)
			return
		}
	}
}
