package extractors

import (
	"strings"

	"tongbao"
)

// shareOf reads 占应收总额6.2亿元的78.4%, 完成任务2300亩的93%: the figure just
// before the percentage is the whole, the one before that the part.
func (l *linker) shareOf(i int) bool {
	p := l.figures[i]
	if p.Kind != tongbao.Percentage || i < 2 || l.figures[i-1].Kind != tongbao.Count && l.figures[i-1].Kind != tongbao.Money {
		return false
	}
	whole := l.figures[i-1]
	if l.sentence[i-1] != l.sentence[i] || whole.End > p.Start || !strings.HasSuffix(trimRight(l.text[whole.End:p.Start], "约近超 "), "的") || strings.ContainsAny(l.text[whole.End:p.Start], "，,；;。、") {
		return false
	}
	c := l.clause[i-1]
	if c < 0 || !hasAny(l.text[l.Clauses[c].Start:whole.Start], []string{"占", "完成", "为", "达到", "相当于"}) {
		return false
	}
	for k := i - 2; k >= 0 && l.sentence[k] == l.sentence[i]; k-- {
		if alike(whole, l.figures[k]) && l.figures[k].PartOf == "" {
			p.Numerator, p.Denominator = l.figures[k].ID, whole.ID
			return true
		}
	}
	return false
}

// explained reads the terms behind a rate: 办结率为95.1%,即移交的61件中已办结58件.
func (l *linker) explained(i int) bool {
	p := l.figures[i]
	if p.Kind != tongbao.Percentage || p.Direction != "" || i+2 >= len(l.figures) || l.sentence[i+2] != l.sentence[i] {
		return false
	}
	whole, part := l.figures[i+1], l.figures[i+2]
	if !alike(whole, part) || !atLeast(whole, part) || !strings.ContainsAny(l.text[p.End:whole.Start], "，,（(") || strings.ContainsAny(l.text[p.End:part.Start], "；;") {
		return false
	}
	between := l.text[whole.End:part.Start]
	if !hasAny(between+firstRunes(l.text[part.End:], 8), []string{"已", "完成", "办结", "整改"}) || hasAny(l.text[p.End:part.Start], []string{"未", "剩余", "其余"}) {
		return false
	}
	if at := strings.Index(between, "中"); at < 0 || at > len("个行政村") || strings.HasPrefix(between[at:], "中心") {
		return false
	}
	p.Numerator, p.Denominator = part.ID, whole.ID
	return true
}

// apart reads shares given one after the other: …274人次、…109人次…,占比分别为
// 65.7%、26.1%…: each is of the figure that stands in its place before. Of what,
// only a figure before them all can say, of which one of the shares at least is
// right; else they may be of a sum that is not printed.
func (l *linker) apart(i int) {
	p := l.figures[i]
	if p.Kind != tongbao.Percentage || i == 0 || p.Numerator != "" || !strings.HasSuffix(trimRight(l.text[:p.Start], "占比为约达到 "), "分别") {
		return
	}
	shares := l.row(i)
	first := i - len(shares)
	if first < 0 || len(shares) < 2 || l.sentence[first] != l.sentence[i] {
		return
	}
	right := false
	wholes := make([]*tongbao.Fact, len(shares))
	for k, share := range shares {
		part := l.figures[first+k]
		if part.Kind == tongbao.Percentage || part.Kind == tongbao.RatioFact {
			return
		}
		if wholes[k] = l.wholeBefore(first+k, first); wholes[k] != nil {
			v, ok := decimal(l.figures[share].Value)
			right = right || ok && isShare(v, part.Value, wholes[k].Value)
		}
	}
	for k, share := range shares {
		f, part := l.figures[share], l.figures[first+k]
		if f.Numerator = part.ID; right && wholes[k] != nil {
			f.Denominator = wholes[k].ID
		}
		if f.Direction == "share" && !endsWithAny(f.What, "率", "比例") {
			f.What = part.What
		}
	}
}

// row lists the figures of a kind that stand in a row from figure i on.
func (l *linker) row(i int) []int {
	row := []int{i}
	for k := i + 1; k < len(l.figures) && l.figures[k].Kind == l.figures[i].Kind && inRow(l.text[l.figures[k-1].End:max(l.figures[k-1].End, l.figures[k].Start)]); k++ {
		row = append(row, k)
	}
	return row
}

// rightBeside reports whether a share stands in a row with one of the same whole
// that is right, so that it is tied firmly, right or not.
func (l *linker) rightBeside(i int) bool {
	for _, k := range [...]int{i - 1, i + 1} {
		if k < 0 || k >= len(l.figures) || l.figures[k].Kind != tongbao.Percentage || l.figures[k].Denominator != l.figures[i].Denominator {
			continue
		}
		first, second := l.figures[min(i, k)], l.figures[max(i, k)]
		if v, ok := decimal(l.figures[k].Value); ok && inRow(l.text[first.End:max(first.End, second.Start)]) && l.holds(k, v) {
			return true
		}
	}
	return false
}

// wholeBefore is the total of a list's part, else the nearest figure before the
// list that counts the same and is not smaller, in the paragraph; nil for none.
func (l *linker) wholeBefore(part, list int) *tongbao.Fact {
	p := l.figures[part]
	for k := list - 1; k >= 0 && l.paragraph(k, part); k-- {
		f := l.figures[k]
		if f.ID == p.PartOf || p.PartOf == "" && alike(f, p) && atLeast(f, p) && (f.What == p.What || sharesNoun(f.What, p.What)) {
			return f
		}
	}
	return nil
}

// named reads a share that names its part: 第一种形态236人次、…,第一种形态占
// 75.6%; or its whole: 计划投资58亿元,完成投资51.2亿元,占年度计划的88.3%.
func (l *linker) named(i int) {
	p := l.figures[i]
	c := l.clause[i]
	if p.Kind != tongbao.Percentage || p.Direction != "share" || p.Numerator != "" || c < 0 || l.Clauses[c].Start > p.Start {
		return
	}
	before, behind, ok := strings.Cut(strings.Trim(l.text[l.Clauses[c].Start:p.Start], "，,；;、其中 "), "占")
	if !ok {
		return
	}
	for k := i - 1; k > 0 && l.sentence[k] == l.sentence[i]; k-- {
		f := l.figures[k]
		switch words := l.text[l.figures[k-1].End:f.Start]; {
		case len(before) >= len("形态") && f.PartOf != "" && strings.HasSuffix(words, before):
			p.Numerator, p.Denominator = f.ID, f.PartOf
			return
		case before == "" && k < i-1 && strings.Contains(behind, "计划") && strings.Contains(words, "计划") && alike(f, l.figures[i-1]) && atLeast(f, l.figures[i-1]):
			p.Numerator, p.Denominator = l.figures[i-1].ID, f.ID
			return
		}
	}
}

// inRow reports whether only 、, 和 or 及 stands between two figures.
func inRow(between string) bool {
	return between == "、" || between == "和" || between == "及" || between == "与"
}

// bareShare reads 244件案件…,发现瑕疵31件,占12.7%: the part just before, and the
// one figure before that can be its whole.
func (l *linker) bareShare(i int) {
	p := l.figures[i]
	if p.Kind != tongbao.Percentage || p.Direction != "share" || p.Numerator != "" || i < 2 || l.figures[i-1].Approx != "" {
		return
	}
	part := l.figures[i-1]
	if l.sentence[i-1] != l.sentence[i] || strings.Trim(l.text[min(part.End, p.Start):p.Start], "，,约占比为达到的 ") != "" {
		return
	}
	whole := -1
	for k := i - 2; k >= 0 && l.sentence[k] == l.sentence[i]; k-- {
		if !alike(l.figures[k], part) {
			continue
		}
		if k == i-2 && strings.HasSuffix(l.text[:part.Start], "中的") {
			whole = k // 已完成25个问题中的21个,占84%
			break
		}
		if whole >= 0 && strings.ContainsAny(l.text[l.figures[k].End:l.figures[whole].Start], "；;") {
			break // another story
		}
		if l.figures[k+1].Kind == tongbao.Percentage && l.figures[k+1].Numerator == l.figures[k].ID || isForm(l.figures[k]) && isForm(part) {
			return // one more part beside this one
		}
		if whole >= 0 || !atLeast(l.figures[k], part) {
			return
		}
		whole = k
	}
	if whole >= 0 {
		p.Numerator, p.Denominator = part.ID, l.figures[whole].ID
		return
	}
	l.shareOfEarlier(i)
}

// shareOfEarlier ties a share to a total some sentences before that counts the
// same and agrees: 拆解为183条措施。…措施已落实171条,占93.4%.
func (l *linker) shareOfEarlier(i int) {
	p, part := l.figures[i], l.figures[i-1]
	stated, ok := decimal(p.Value)
	if !ok || stated.NumDigits() < 3 {
		return
	}
	for k := i - 2; k >= 0 && l.paragraph(k, i); k-- {
		f := l.figures[k]
		if f.Kind == tongbao.Count && alike(f, part) && !l.compared(k) && sharesNoun(f.What, part.What+l.subjectOf(i-1)) && isShare(stated, part.Value, f.Value) {
			p.Numerator, p.Denominator = part.ID, f.ID
			p.Rule += agreeingRule
			return
		}
	}
}
