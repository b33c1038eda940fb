package audit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cockroachdb/apd/v3"

	"tongbao"
	"tongbao/extractors"
)

// compare says how a printed value stands to the exact quotient: equal when
// rounded to the places printed (half up), only when cut off, or not at all.
func compare(stated, quotient *apd.Decimal) tongbao.Verdict {
	rounded, cut := new(apd.Decimal), new(apd.Decimal)
	places := min(stated.Exponent, 0)
	halfUp, down := *exact, *exact
	halfUp.Rounding, down.Rounding = apd.RoundHalfUp, apd.RoundDown
	if _, err := halfUp.Quantize(rounded, quotient, places); err == nil && rounded.Cmp(stated) == 0 {
		return tongbao.Agrees
	}
	if _, err := down.Quantize(cut, quotient, places); err == nil && cut.Cmp(stated) == 0 {
		return tongbao.Truncated
	}
	return tongbao.Mismatch
}

// shown prints a quotient with three places more than the claim has, and … where
// it goes on.
func shown(quotient, stated *apd.Decimal) string {
	cut := new(apd.Decimal)
	down := *exact
	down.Rounding = apd.RoundDown
	if _, err := down.Quantize(cut, quotient, min(stated.Exponent, 0)-2); err != nil {
		return plain(quotient)
	}
	if cut.Cmp(quotient) == 0 {
		return plain(quotient)
	}
	return cut.Text('f') + "…"
}

// remark is what is said of a verdict behind the arithmetic.
func remark(v tongbao.Verdict) string {
	switch v {
	case tongbao.Agrees:
		return "，相符"
	case tongbao.Truncated:
		return "，系截尾"
	case tongbao.Incomplete:
		return "，未列全"
	}
	return "，不符"
}

// rates checks each percentage whose two terms the notice prints.
func rates(a *auditor) []tongbao.Finding {
	var found []tongbao.Finding
	for i := range a.facts {
		p := &a.facts[i]
		if f, ok := a.rateOfChange(i); ok {
			found = append(found, f)
			continue
		}
		over, under := a.fact(p.Numerator), a.fact(p.Denominator)
		stated, ok1 := decimal(p)
		x, ok2 := decimal(over)
		y, ok3 := decimal(under)
		if p.Kind != tongbao.Percentage || !ok1 || !ok2 || !ok3 || y.IsZero() {
			continue
		}
		quotient := new(apd.Decimal)
		if _, err := exact.Mul(quotient, x, apd.New(100, 0)); err != nil {
			continue
		}
		if _, err := exact.Quo(quotient, quotient, y); err != nil {
			continue
		}
		verdict := compare(stated, quotient)
		computed := shown(quotient, stated)
		w := writingOf(over, under)
		explain := fmt.Sprintf("%s ÷ %s = %s%%，原文 %s%%%s", w.of(over), w.of(under), computed, p.Value, remark(verdict))
		found = append(found, finding(verdict, p.Value, computed, explain, p, over, under))
	}
	return found
}

// colons makes the colon of a ratio the plain one.
var colons = strings.NewReplacer("：", ":", "∶", ":")

// ratios checks 1:4.4 against the two figures that it compares.
func ratios(a *auditor) []tongbao.Finding {
	var found []tongbao.Finding
	for i := range a.facts {
		r := &a.facts[i]
		first, second, ok := strings.Cut(colons.Replace(r.Value), ":")
		over, under := a.fact(r.Numerator), a.fact(r.Denominator)
		x, ok1 := decimal(over)
		y, ok2 := decimal(under)
		if r.Kind != tongbao.RatioFact || !ok || !ok1 || !ok2 || x.IsZero() {
			continue
		}
		one, _, err1 := apd.NewFromString(first)
		stated, _, err2 := apd.NewFromString(second)
		if err1 != nil || err2 != nil {
			continue
		}
		quotient := new(apd.Decimal)
		if _, err := exact.Mul(quotient, y, one); err != nil {
			continue
		}
		if _, err := exact.Quo(quotient, quotient, x); err != nil {
			continue
		}
		verdict := compare(stated, quotient)
		computed := first + ":" + shown(quotient, stated)
		explain := fmt.Sprintf("%s : %s = %s，原文 %s%s", over.Value, under.Value, computed, r.Value, remark(verdict))
		found = append(found, finding(verdict, r.Value, computed, explain, r, over, under))
	}
	return found
}

// sums checks each total against its parts, of each breakdown by itself.
func sums(a *auditor) []tongbao.Finding {
	var found []tongbao.Finding
	for i := range a.facts {
		for _, parts := range a.breakdowns(&a.facts[i]) {
			if f, ok := a.sum(&a.facts[i], parts); ok {
				found = append(found, f)
			}
		}
	}
	return found
}

// another reports whether a part begins a further breakdown of what the one
// before it is a part of.
func (a *auditor) another(before, part *tongbao.Fact) bool {
	return extractors.OtherwiseApart(before, part) || extractors.AnotherBreakdown(a.text[min(before.End, part.Start):part.Start])
}

// breakdowns are the lists that the parts of a total make up: those that begin
// with 按属地分 are of all of it once more.
func (a *auditor) breakdowns(t *tongbao.Fact) [][]*tongbao.Fact {
	var lists [][]*tongbao.Fact
	for k, id := range t.Parts {
		part := a.fact(id)
		if part == nil {
			return nil
		}
		if k == 0 || a.another(a.fact(t.Parts[k-1]), part) {
			lists = append(lists, nil)
		}
		lists[len(lists)-1] = append(lists[len(lists)-1], part)
	}
	return lists
}

// sum checks a total against one list of its parts.
func (a *auditor) sum(t *tongbao.Fact, parts []*tongbao.Fact) (tongbao.Finding, bool) {
	facts := append([]*tongbao.Fact{t}, parts...)
	w := writingOf(facts...)
	sum := new(apd.Decimal)
	terms := make([]string, 0, len(parts))
	stated, ok := decimal(t)
	for _, part := range parts {
		v, fine := decimal(part)
		if !ok || !fine {
			return tongbao.Finding{}, false
		}
		if _, err := exact.Add(sum, sum, v); err != nil {
			return tongbao.Finding{}, false
		}
		terms = append(terms, w.of(part))
	}
	verdict, ok := a.sumVerdict(t, parts, sum.Cmp(stated))
	if !ok {
		return tongbao.Finding{}, false
	}
	if verdict == tongbao.Incomplete && a.besideClosed(t, parts) {
		verdict = tongbao.Mismatch
	}
	if near := agreement(t, sum); verdict != tongbao.Agrees && near != tongbao.Mismatch && t.Kind == tongbao.Money {
		verdict = near // a total in 亿元 of parts in 万元
	}
	explain := fmt.Sprintf("%s = %s", strings.Join(terms, " + "), w.claim(t))
	if verdict != tongbao.Agrees || sum.Cmp(stated) != 0 {
		explain = fmt.Sprintf("%s = %s，原文 %s%s", strings.Join(terms, " + "), w.number(sum), w.claim(t), remark(verdict))
	}
	return finding(verdict, t.Value, plain(sum), explain, facts...), true
}

// besideClosed reports whether a list stands in a second unit beside one that
// makes up its own total, so that it must do so too: 61条、92.4万元,… of 214条、
// 386.5万元.
func (a *auditor) besideClosed(t *tongbao.Fact, parts []*tongbao.Fact) bool {
	at := a.index[t.ID] - 1
	if at < 0 || len(a.facts[at].Parts) < len(parts) {
		return false
	}
	first := &a.facts[at]
	left, ok := decimal(first)
	if !ok {
		return false
	}
	left = new(apd.Decimal).Set(left)
	for k, part := range parts {
		beside := &a.facts[a.index[part.ID]-1]
		v, ok := decimal(beside)
		if beside.ID != first.Parts[k] || !ok {
			return false
		}
		if _, err := exact.Sub(left, left, v); err != nil {
			return false
		}
	}
	return left.IsZero()
}

// sumVerdict judges a sum that compares so (−1, 0, 1) to its total. A list
// behind 其中 may leave parts out; a bracket or a sharing-out may not. Persons
// may have been punished twice, so parts that count otherwise than their total
// may exceed it: then nothing is said.
func (a *auditor) sumVerdict(t *tongbao.Fact, parts []*tongbao.Fact, compared int) (tongbao.Verdict, bool) {
	switch {
	case compared == 0:
		return tongbao.Agrees, true
	case slices.ContainsFunc(parts, func(p *tongbao.Fact) bool { return p.Implied }):
		return "", false // 开除党籍、开除公职 may be one person's
	case compared < 0 && len(parts) == 1 && (parts[0].Measure == "" || a.openList(t, parts)):
		return "", false // 其中一项: nothing is claimed of the rest
	case compared < 0 && a.openList(t, parts):
		return tongbao.Incomplete, true
	case compared > 0 && (mayOverlap(t, parts) || a.saidToOverlap(parts[len(parts)-1])):
		return "", false
	}
	return tongbao.Mismatch, true
}

// overlapWords say that some stand in more than one part of a list, together with
// one of someWords: （部分人员同时违反多项纪律）, ，其中3人存在交叉.
var (
	overlapWords = []string{"同时", "交叉", "重复", "重叠", "重合", "多项", "多种", "兼有"}
	someWords    = []string{"部分", "有的", "有些", "个别", "存在", "因", "由于", "一人", "同一", "含", "可", "互有", "人"}
)

// saidToOverlap reports whether the remark right behind the last part of a list
// says that its parts overlap.
func (a *auditor) saidToOverlap(last *tongbao.Fact) bool {
	behind := strings.TrimLeft(a.text[last.End:], "（(，,；; ")
	end := strings.IndexAny(behind, "）)，,；;。\n")
	if end < 0 {
		end = len(behind)
	}
	if strings.Contains(behind[:end], "党纪") && hasAny(behind[:end], "政务", "政纪") {
		return false // of two totals, not of the parts of one
	}
	return len(behind) < len(a.text[last.End:]) && hasAny(behind[:end], overlapWords...) && hasAny(behind[:end], someWords...)
}

// openList reports whether the wording leaves room for further parts: 其中, 等
// and their like. A bracket, a colon, a sharing-out do not, and a total that
// follows its parts takes in all of them.
func (a *auditor) openList(t *tongbao.Fact, parts []*tongbao.Fact) bool {
	last := parts[len(parts)-1]
	if parts[0].Start < t.End {
		return false
	}
	lead := t.End
	if k := slices.Index(t.Parts, parts[0].ID); k > 0 {
		lead = a.fact(t.Parts[k-1]).End // another breakdown
	}
	between := a.text[lead:max(lead, parts[0].Start)]
	if leftOver(a.text[:last.Start]) {
		return false // 余下19所 closes the list
	}
	behind := a.text[last.End:]
	return hasAny(between, "其中", "含", "包括", "对象中", "人员中") || strings.HasPrefix(behind, "等")
}

// mayOverlap reports whether one person may stand in two of the parts.
func mayOverlap(t *tongbao.Fact, parts []*tongbao.Fact) bool {
	categories := map[string]bool{}
	for _, p := range parts {
		categories[p.Category] = true
		if t.Unit != "人次" && p.Unit == "人次" {
			return true
		}
	}
	return t.Unit != "人次" && categories["party"] && categories["government"]
}
