package audit

import (
	"fmt"
	"strings"

	"github.com/cockroachdb/apd/v3"

	"tongbao"
)

// differences checks what is left (剩余13个) against the total and the done
// before it: 38 − 25 = 13.
func differences(a *auditor) []tongbao.Finding {
	var found []tongbao.Finding
	for i := range a.facts {
		rest := &a.facts[i]
		stated, ok := decimal(rest)
		if rest.Kind != tongbao.Count || rest.PartOf != "" || !ok || !leftOver(a.text[:rest.Start]) {
			continue
		}
		total, done, sure := a.terms(i)
		x, ok1 := decimal(total)
		y, ok2 := decimal(done)
		if !ok1 || !ok2 {
			continue
		}
		left := new(apd.Decimal)
		if _, err := exact.Sub(left, x, y); err != nil {
			continue
		}
		verdict := tongbao.Agrees
		if left.Cmp(stated) != 0 {
			verdict = tongbao.Mismatch
		}
		if verdict == tongbao.Mismatch && !sure {
			continue
		}
		explain := fmt.Sprintf("%s − %s = %s，原文 %s%s", total.Value, done.Value, plain(left), rest.Value, remark(verdict))
		found = append(found, finding(verdict, rest.Value, plain(left), explain, rest, total, done))
	}
	return append(found, changes(a)...)
}

// changes checks by how much something grew or shrank (由118户压减到83户,减少35户)
// against the two levels before it.
func changes(a *auditor) []tongbao.Finding {
	var found []tongbao.Finding
	for i := 2; i < len(a.facts); i++ {
		by, to := &a.facts[i], a.levelBefore(i, i)
		if by.Kind != tongbao.Count && by.Kind != tongbao.Money || to < 0 || !changed(a.text[:by.Start]) {
			continue
		}
		from := a.levelBefore(to, i)
		if from < 0 || !strings.ContainsAny(a.text[a.facts[from].End:a.facts[to].Start], "到至为成") || strings.ContainsAny(a.text[a.facts[to].End:by.Start], "。；;\n") {
			continue
		}
		x, ok1 := decimal(&a.facts[from])
		y, ok2 := decimal(&a.facts[to])
		stated, ok3 := decimal(by)
		change := new(apd.Decimal)
		if !ok1 || !ok2 || !ok3 {
			continue
		}
		if _, err := exact.Sub(change, x, y); err != nil {
			continue
		}
		change.Abs(change)
		verdict := tongbao.Agrees
		if change.Cmp(stated) != 0 {
			verdict = tongbao.Mismatch
		}
		more, less := a.facts[from].Value, a.facts[to].Value
		if x.Cmp(y) < 0 {
			more, less = less, more
		}
		explain := fmt.Sprintf("%s − %s = %s，原文 %s%s", more, less, plain(change), by.Value, remark(verdict))
		found = append(found, finding(verdict, by.Value, plain(change), explain, by, &a.facts[from], &a.facts[to]))
	}
	return found
}

// levelBefore is the index of the figure right before another that counts as
// figure by does, in its sentence; -1 for none.
func (a *auditor) levelBefore(i, by int) int {
	for k := i - 1; k >= 0 && k > i-4; k-- {
		f := &a.facts[k]
		if f.End > a.facts[i].Start || strings.ContainsAny(a.text[f.End:a.facts[i].Start], "。；;\n") {
			return -1
		}
		if f.Kind == a.facts[by].Kind {
			if f.Unit != a.facts[by].Unit {
				return -1
			}
			return k
		}
	}
	return -1
}

func changed(before string) bool {
	for _, verb := range []string{"减少", "增加", "压减", "净增", "减少了", "增加了"} {
		if strings.HasSuffix(before, verb) {
			return true
		}
	}
	return false
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
			if over != nil && under != nil && under.Unit == rest.Unit {
				return under, over, true
			}
		}
		if f.Kind != tongbao.Count && f.Kind != tongbao.Sanction || f.Unit != rest.Unit || f.PartOf != "" {
			continue
		}
		if done == nil {
			if a.ongoing(f) {
				return nil, nil, false
			}
			done = f
			continue
		}
		return f, done, !strings.ContainsAny(a.text[f.End:rest.Start], "。；;") && !a.another(k, rest)
	}
	return nil, nil, false
}

// another reports whether a further figure of the measure word stands before
// figure k in its sentence, so that the total may be that one.
func (a *auditor) another(k int, rest *tongbao.Fact) bool {
	for j := k - 1; j >= 0 && j > k-8; j-- {
		f := &a.facts[j]
		if strings.ContainsAny(a.text[min(f.End, a.facts[k].Start):a.facts[k].Start], "。\n") {
			return false
		}
		if f.Kind == rest.Kind && f.Unit == rest.Unit {
			return true
		}
	}
	return false
}

// ongoing reports whether the words before a figure say that it is under way.
func (a *auditor) ongoing(f *tongbao.Fact) bool {
	start := strings.LastIndexAny(a.text[:f.Start], "，,；;。：:（(\n")
	return hasAny(a.text[start+1:f.Start], "在建", "正在", "在办", "仍", "未", "拟", "计划", "将")
}

func leftOver(before string) bool {
	before = strings.TrimSuffix(strings.TrimSuffix(before, "的"), "有")
	for _, w := range []string{"剩余", "余下", "其余", "尚余", "还剩", "剩下", "尚余", "未完成", "尚未完成", "尚", "还", "未签", "未办结", "未整改", "未化解"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}
