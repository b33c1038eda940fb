package audit

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/cockroachdb/apd/v3"

	"tongbao"
)

// changes checks by how much something grew or shrank (由118户压减到83户,减少35户)
// against the two levels before it.
func changes(a *auditor) []tongbao.Finding {
	var found []tongbao.Finding
	for i := 1; i < len(a.facts); i++ {
		by := &a.facts[i]
		if f, ok := a.betweenLevels(i); ok {
			found = append(found, f)
			continue
		}
		if _, ok := decimal(by); !ok || by.Kind == tongbao.Percentage && !points100(by) {
			continue
		}
		firm := changed(a.text[:by.Start])
		if !firm && (by.Kind == tongbao.Percentage || a.facts[i-1].Kind != by.Kind) {
			continue
		}
		from, to := a.levels(i)
		if from == nil || !firm && (by.PartOf != "" || !reached(a.text[from.End:to.Start])) {
			continue
		}
		change, more, less, ok := apart(from, to)
		if !ok {
			continue
		}
		verdict, w := agreement(by, change), writingOf(from, to)
		if by.Kind == tongbao.Money || by.Kind == tongbao.Count {
			w = writingOf(from, to, by)
		}
		if verdict == tongbao.Mismatch && !firm { // 由29所优化为17所,撤并10所: others may have gone otherwise
			continue
		}
		claim := w.claim(by)
		if points100(by) {
			claim = by.Quote
		}
		explain := fmt.Sprintf("%s − %s = %s，原文 %s%s", w.of(more), w.of(less), w.number(change), claim, remark(verdict))
		found = append(found, finding(verdict, by.Value, plain(change), explain, by, from, to))
	}
	return found
}

// betweenLevels checks a change that stands between its two levels: 由4.8%下降
// 1.2个百分点至3.6%.
func (a *auditor) betweenLevels(i int) (tongbao.Finding, bool) {
	if i+1 >= len(a.facts) {
		return tongbao.Finding{}, false
	}
	from, by, to := &a.facts[i-1], &a.facts[i], &a.facts[i+1]
	if from.Kind != by.Kind || by.Kind != to.Kind || !sameUnit(from, to) || from.End > by.Start || by.End > to.Start || points100(by) != (by.Kind == tongbao.Percentage) || by.Kind != tongbao.Percentage && !sameUnit(from, by) {
		return tongbao.Finding{}, false
	}
	verb, joint := a.text[from.End:by.Start], a.text[by.End:to.Start]
	if points100(from) || points100(to) || len(verb) > 12 || !changed(verb) || joint != "至" && joint != "到" && joint != "为" || !hasAny(a.lead(from), "由", "从") {
		return tongbao.Finding{}, false
	}
	change, more, less, ok := apart(from, to)
	if _, fine := decimal(by); !ok || !fine {
		return tongbao.Finding{}, false
	}
	verdict, w := agreement(by, change), writingOf(from, to)
	explain := fmt.Sprintf("%s − %s = %s，原文 %s%s", w.of(more), w.of(less), w.number(change), by.Quote, remark(verdict))
	return finding(verdict, by.Value, plain(change), explain, by, from, to), true
}

// rateOfChange checks a rate of change that stands right behind the two levels
// of which it is: 由438件降至167件,下降61.9%.
func (a *auditor) rateOfChange(i int) (tongbao.Finding, bool) {
	p := &a.facts[i]
	stated, ok := decimal(p)
	if p.Kind != tongbao.Percentage || p.Numerator != "" || !ok || points100(p) || !changed(a.text[:p.Start]) {
		return tongbao.Finding{}, false
	}
	from, to := a.levels(i)
	if from == nil || to.Kind == tongbao.Percentage {
		return tongbao.Finding{}, false
	}
	x, _ := decimal(from)
	quotient, more, less, ok := apart(from, to)
	if !ok || x.Sign() <= 0 {
		return tongbao.Finding{}, false
	}
	if _, err := exact.Mul(quotient, quotient, apd.New(100, 0)); err != nil {
		return tongbao.Finding{}, false
	}
	if _, err := exact.Quo(quotient, quotient, x); err != nil {
		return tongbao.Finding{}, false
	}
	verdict, w := compare(stated, quotient), writingOf(from, to)
	computed := shown(quotient, stated)
	explain := fmt.Sprintf("(%s − %s) ÷ %s = %s%%，原文 %s%%%s", w.of(more), w.of(less), w.of(from), computed, p.Value, remark(verdict))
	return finding(verdict, p.Value, computed, explain, p, from, to), true
}

// apart is by how much two levels differ, with the greater and the less of them;
// false where one of them is no number.
func apart(from, to *tongbao.Fact) (change *apd.Decimal, more, less *tongbao.Fact, ok bool) {
	x, ok1 := decimal(from)
	y, ok2 := decimal(to)
	change = new(apd.Decimal)
	if !ok1 || !ok2 {
		return nil, nil, nil, false
	}
	if _, err := exact.Sub(change, x, y); err != nil {
		return nil, nil, nil, false
	}
	change.Abs(change)
	if x.Cmp(y) < 0 {
		from, to = to, from
	}
	return change, from, to, true
}

// levels are the two figures right before figure i between which something
// changed, nil where there are none: 由2021年末的386.2亿元压降至241.9亿元,压降….
// A change against something else (较上年) is none of theirs.
func (a *auditor) levels(i int) (from, to *tongbao.Fact) {
	by := &a.facts[i]
	second := a.levelBefore(i, by)
	if second < 0 {
		return nil, nil
	}
	to = &a.facts[second]
	lead := a.text[to.End:by.Start]
	if hasAny(lead, "较", "比", "其中", "平均", "年均", "累计", "每") || strings.ContainsAny(lead, "。；;\n") || utf8.RuneCountInString(lead) > 16 {
		return nil, nil
	}
	first := a.levelBefore(second, by)
	if first < 0 {
		return nil, nil
	}
	from = &a.facts[first]
	between := a.text[from.End:to.Start]
	if to.Kind == tongbao.Percentage && (strings.ContainsAny(between, "，,、") || !hasAny(a.text[max(0, from.Start-60):from.Start], "由", "从")) {
		return nil, nil
	}
	if _, ok := decimal(from); !ok || !strings.ContainsAny(between, "到至为成") {
		return nil, nil
	}
	if _, ok := decimal(to); !ok || !sameUnit(from, to) || from.Kind != to.Kind {
		return nil, nil
	}
	return from, to
}

// reached reports whether words lead from a level to the next within their
// clause: 优化为, 减为, 整合成.
func reached(between string) bool {
	return !strings.ContainsAny(between, "，,、；;。") && endsWithAny(between, []string{"为", "到", "至", "成"}) && !hasAny(between, "完成", "已", "成员", "建成")
}

// levelBefore is the index of the figure right before another that can be a
// level of figure by, in its sentence; -1 for none.
func (a *auditor) levelBefore(i int, by *tongbao.Fact) int {
	for k := i - 1; k >= 0 && k > i-4; k-- {
		f := &a.facts[k]
		if f.End > a.facts[i].Start {
			continue // a name that holds it
		}
		if strings.ContainsAny(a.text[f.End:a.facts[i].Start], "。；;\n") {
			return -1
		}
		switch {
		case f.Kind == tongbao.Date || f.Kind == tongbao.Institution:
		case by.Kind == tongbao.Percentage && !points100(by): // 减少144次,下降35%
			if f.Kind == tongbao.Count || f.Kind == tongbao.Money {
				return k
			}
			return -1
		case f.Kind != by.Kind || !sameUnit(f, by) || points100(f):
			return -1
		default:
			return k
		}
	}
	return -1
}

// points100 reports whether a percentage is one of percentage points.
func points100(f *tongbao.Fact) bool { return strings.HasSuffix(f.Quote, "百分点") }

// changeVerbs say that a figure is by how much another changed.
var changeVerbs = []string{"减少", "增加", "减掉", "削减", "压减", "净增", "净减", "下降", "提高", "上升", "增长", "降低", "压降", "压缩", "提升", "缩减", "回落", "精简", "新增", "降幅", "增幅", "降幅达", "增幅达", "降幅为", "增幅为"}

func changed(before string) bool {
	before = strings.TrimSuffix(before, "了")
	if endsWithAny(before, changeVerbs) {
		return true
	}
	last, n := utf8.DecodeLastRuneInString(before)
	first, m := utf8.DecodeLastRuneInString(before[:len(before)-n])
	mark, _ := utf8.DecodeLastRuneInString(before[:len(before)-n-m])
	return (first == '增' || first == '减') && !strings.ContainsRune("至到为加值", last) && (mark == '，' || mark == ',') // 增配4名
}
