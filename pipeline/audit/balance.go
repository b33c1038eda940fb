package audit

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/cockroachdb/apd/v3"

	"tongbao"
)

// What the words before a figure of a balance begin with, or hold: what there
// was, what came to it, what went.
var (
	stocks   = []string{"原有", "原存", "结转", "年初", "期初", "存量", "上期"}
	inflows  = []string{"新增", "新收", "新立", "新发现", "新排查", "新受理", "增加", "转入"}
	outflows = []string{"销号", "办结", "化解", "了结", "退出", "完成", "清退", "核销", "注销", "减少", "转出", "整改", "解决", "结案"}
)

// balance checks a stock carried on, where each figure is said to be what there
// was, what came or what went: 原有40个,新增5个,销号30个,尚余15个.
func (a *auditor) balance(i int) (tongbao.Finding, bool) {
	rest := &a.facts[i]
	if _, ok := decimal(rest); !ok || !leftOver(a.text[:rest.Start]) && !endsWithAny(a.text[:rest.Start], []string{"现有", "现存", "结余"}) {
		return tongbao.Finding{}, false
	}
	left, steps := new(apd.Decimal), []*tongbao.Fact{}
	words, grows := "", false
	w := writingOf(rest)
	for k := i - 1; k >= 0 && k > i-8; k-- {
		f := &a.facts[k]
		if f.Kind != rest.Kind || f.End > rest.Start || !sameUnit(f, rest) {
			continue
		}
		v, ok := decimal(f)
		if !ok || strings.ContainsAny(a.text[f.End:rest.Start], "。\n") {
			return tongbao.Finding{}, false
		}
		lead := strings.TrimLeft(a.lead(f), "又已并")
		step, sign := exact.Add, " + "
		switch {
		case hasAny(lead, stocks...):
			if _, err := exact.Add(left, left, v); err != nil || !grows {
				return tongbao.Finding{}, false
			}
			verdict := agreement(rest, left)
			explain := fmt.Sprintf("%s%s = %s，原文 %s%s", w.of(f), words, w.number(left), w.claim(rest), remark(verdict))
			return finding(verdict, rest.Value, plain(left), explain, append([]*tongbao.Fact{rest, f}, steps...)...), true
		case startsWithAny(lead, inflows):
			grows = true
		case startsWithAny(lead, outflows):
			step, sign = exact.Sub, " − "
		default:
			return tongbao.Finding{}, false
		}
		if _, err := step(left, left, v); err != nil {
			return tongbao.Finding{}, false
		}
		words, steps = sign+w.of(f)+words, append([]*tongbao.Fact{f}, steps...)
	}
	return tongbao.Finding{}, false
}

// lead are the words before a fact since the last mark.
func (a *auditor) lead(f *tongbao.Fact) string {
	before := a.text[:f.Start]
	if at := strings.LastIndexAny(before, "，,；;。：:（(、\n"); at >= 0 {
		_, size := utf8.DecodeRuneInString(before[at:])
		before = before[at+size:]
	}
	return before
}
