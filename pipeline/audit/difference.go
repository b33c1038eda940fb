package audit

import (
	"fmt"
	"strings"

	"github.com/cockroachdb/apd/v3"

	"tongbao"
)

// differences checks what is left (剩余13个, 剔除重复件38件后实有388件) against
// the total and the done before it: 38 − 25 = 13.
func differences(a *auditor) []tongbao.Finding {
	var found []tongbao.Finding
	for i := range a.facts {
		rest := &a.facts[i]
		if rest.Kind != tongbao.Count && rest.Kind != tongbao.Money && rest.Kind != tongbao.Sanction || rest.Implied || rest.PartOf != "" {
			continue
		}
		var total *tongbao.Fact
		var taken []*tongbao.Fact
		sure := true
		if f, ok := a.balance(i); ok {
			found = append(found, f)
			continue
		}
		if leftOver(a.text[:rest.Start]) {
			var done *tongbao.Fact
			total, done, sure = a.terms(i)
			taken = []*tongbao.Fact{done}
		}
		if total == nil {
			total, taken = a.deducted(i)
		}
		if f, ok := difference(rest, total, taken, sure); ok {
			found = append(found, f)
		}
	}
	return append(found, changes(a)...)
}

// difference compares what is left with the total less what was taken of it;
// false where they cannot be compared, or differ and are not surely its terms.
func difference(rest, total *tongbao.Fact, taken []*tongbao.Fact, sure bool) (tongbao.Finding, bool) {
	left := new(apd.Decimal)
	x, ok := decimal(total)
	if _, fine := decimal(rest); !ok || !fine {
		return tongbao.Finding{}, false
	}
	facts := append([]*tongbao.Fact{rest, total}, taken...)
	left.Set(x)
	for _, t := range taken {
		y, ok := decimal(t)
		if !ok {
			return tongbao.Finding{}, false
		}
		if _, err := exact.Sub(left, left, y); err != nil {
			return tongbao.Finding{}, false
		}
	}
	verdict := agreement(rest, left)
	if verdict == tongbao.Mismatch && !sure {
		return tongbao.Finding{}, false
	}
	w := writingOf(facts...)
	words := w.of(total)
	for _, t := range taken {
		words += " − " + w.of(t)
	}
	explain := fmt.Sprintf("%s = %s，原文 %s%s", words, w.number(left), w.claim(rest), remark(verdict))
	return finding(verdict, rest.Value, plain(left), explain, facts...), true
}

// sameUnit reports whether two figures can be subtracted from one another.
func sameUnit(a, b *tongbao.Fact) bool {
	if a.Kind == tongbao.Money || b.Kind == tongbao.Money {
		return a.Kind == b.Kind && a.Currency == b.Currency
	}
	return a.Unit == b.Unit
}

// deducted are the total and what it is less by where a figure is what remains
// of it: 受理426件,剔除重复件38件后实有388件.
func (a *auditor) deducted(i int) (total *tongbao.Fact, taken []*tongbao.Fact) {
	rest := &a.facts[i]
	words := a.text[:rest.Start]
	words = words[strings.LastIndexAny(words, "。；;\n")+1:]
	at := strings.LastIndex(words, "后")
	if at < 0 || len(words)-at > 24 || !hasAny(words[at:], "实有", "实际", "实为") && !endsWithAny(words, []string{"余", "剩", "剩余", "净", "还有", "尚有", "有效", "共", "为"}) {
		return nil, nil
	}
	start := -1
	for _, verb := range []string{"剔除", "扣除", "去除", "核减", "除去", "减去", "排除", "合并"} {
		start = max(start, strings.LastIndex(words[:at], verb))
	}
	from := rest.Start - len(words) + start
	for k := i - 1; start >= 0 && k >= 0 && k > i-8; k-- {
		f := &a.facts[k]
		switch {
		case f.End > rest.Start-len(words)+at+len("后") && f.Start < rest.Start && f.End > rest.Start: // a name that holds it
		case f.Start < rest.Start-len(words):
			return nil, nil
		case f.Kind != rest.Kind || !sameUnit(f, rest):
		case f.Start < from:
			if len(taken) == 0 {
				return nil, nil
			}
			return f, taken
		default:
			taken = append([]*tongbao.Fact{f}, taken...)
		}
	}
	return nil, nil
}

// terms are the total and the done that what is left belongs to: those of the
// rate before it, else the two figures of its measure word right before it, of
// which the second says that it is done. sure is false where the words leave
// room for others: across a sentence's end, or with a figure between.
func (a *auditor) terms(i int) (total, done *tongbao.Fact, sure bool) {
	rest := &a.facts[i]
	for k := i - 1; k >= 0 && k > i-16; k-- {
		f := &a.facts[k]
		if f.End > rest.Start { // a name that holds it
			continue
		}
		if strings.Contains(a.text[f.End:rest.Start], "\n") {
			break
		}
		if f.Kind == tongbao.Percentage && f.Numerator != "" && (done == nil || f.Numerator == done.ID) {
			over, under := a.fact(f.Numerator), a.fact(f.Denominator)
			if over != nil && under != nil && sameUnit(under, rest) {
				return under, over, true
			}
		}
		if f.Kind != tongbao.Count && f.Kind != tongbao.Sanction && f.Kind != tongbao.Money || !sameUnit(f, rest) {
			continue
		}
		if f.PartOf != "" {
			if whole := a.oneOf(f); done == nil && whole != nil {
				return whole, f, true
			}
			continue
		}
		if done == nil {
			if a.ongoing(f) {
				return nil, nil, false
			}
			done = f
			continue
		}
		sole := !a.rival(k, done)
		if f.Kind == tongbao.Money {
			sole = a.owed(f)
		}
		return f, done, sole && !strings.ContainsAny(a.text[f.End:rest.Start], "。；;")
	}
	return nil, nil, false
}

// oneOf is the total out of which alone a figure is: 18个村|中13个已验收. Behind
// 其中 the rest need not be of it.
func (a *auditor) oneOf(f *tongbao.Fact) *tongbao.Fact {
	whole := a.fact(f.PartOf)
	if whole == nil || len(whole.Parts) != 1 || whole.End > f.Start {
		return nil
	}
	if between := a.text[whole.End:f.Start]; !strings.Contains(between, "中") || hasAny(between, "其中", "（", "(", "。", "；", ";") {
		return nil
	}
	return whole
}

// owed reports whether an amount is said to be owed or found, so that what is
// left is of it.
func (a *auditor) owed(f *tongbao.Fact) bool {
	return hasAny(a.clauseBefore(f), "应", "欠", "需", "须", "涉及", "查出", "发现", "违规", "共")
}

// rival reports whether a further figure of the measure word stands before
// figure k in its sentence, not less than what is done, so that the total may be
// that one.
func (a *auditor) rival(k int, done *tongbao.Fact) bool {
	least, ok := decimal(done)
	for j := k - 1; j >= 0 && j > k-8; j-- {
		f := &a.facts[j]
		if strings.ContainsAny(a.text[min(f.End, a.facts[k].Start):a.facts[k].Start], "。\n") {
			return false
		}
		if v, fine := decimal(f); f.Kind == done.Kind && sameUnit(f, done) && (!fine || !ok || v.Cmp(least) >= 0) {
			return true
		}
	}
	return false
}

// ongoing reports whether the words before a figure say that it is under way.
func (a *auditor) ongoing(f *tongbao.Fact) bool {
	return hasAny(a.clauseBefore(f), "在建", "正在", "在办", "仍", "未", "拟", "计划", "将")
}

// clauseBefore are the words before a figure in its clause, a list in it (、)
// with them.
func (a *auditor) clauseBefore(f *tongbao.Fact) string {
	before := a.text[:f.Start]
	return before[strings.LastIndexAny(before, "，,；;。：:（(\n")+1:]
}

// leftWords are what stands right before what is left.
var leftWords = []string{"剩余", "余下", "其余", "尚余", "还剩", "剩下", "未完成", "尚未完成", "尚", "还", "未签", "未办结", "未整改", "未化解"}

func leftOver(before string) bool {
	return endsWithAny(strings.TrimSuffix(strings.TrimSuffix(before, "的"), "有"), leftWords)
}
