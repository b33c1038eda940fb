package audit

import (
	"fmt"
	"strings"

	"github.com/cockroachdb/apd/v3"

	"tongbao"
)

// bounds reports what cannot be: more closed than received, a rate of
// completion over 100.
func bounds(a *auditor) []tongbao.Finding {
	var found []tongbao.Finding
	metric := map[string]*tongbao.Fact{}
	for i := range a.facts {
		f := &a.facts[i]
		if f.Metric != "" {
			metric[f.Metric] = f
		}
		v, ok := decimal(f)
		if f.Kind == tongbao.Percentage && ok && f.Direction != "increase" && strings.HasSuffix(f.What, "率") && hasAny(f.What, "办结", "完成", "整改", "覆盖", "参会", "到课") && v.Cmp(apd.New(100, 0)) > 0 && !a.settled[f.ID] {
			found = append(found, finding(tongbao.Mismatch, f.Value, "100", f.What+" "+f.Value+"% 超过 100%，不符", f))
		}
	}
	for _, pair := range [][2]string{{"letters_closed", "letters_received"}, {"leads_closed", "leads_received"}, {"problems_done", "problems"}} {
		closed, received := metric[pair[0]], metric[pair[1]]
		x, ok1 := decimal(closed)
		y, ok2 := decimal(received)
		if !ok1 || !ok2 || closed.Unit != received.Unit || x.Cmp(y) <= 0 || a.settled[closed.ID] || a.settled[received.ID] || closed.Section != received.Section || hasAny(a.lead(received), stocks...) {
			continue
		}
		found = append(found, finding(tongbao.Mismatch, closed.Value, received.Value, fmt.Sprintf("办结 %s 多于受理 %s，不符", closed.Quote, received.Quote), closed, received))
	}
	return found
}

// chronology checks that the findings were handed over after the inspection
// had ended.
func chronology(a *auditor) []tongbao.Finding {
	n := a.doc.Notice
	if n.Inspection == nil || n.Inspection.To == "" || n.Feedback == "" {
		return nil
	}
	visit, feedback := a.dateFact(n.Inspection.From, n.Inspection.To), a.dateFact(n.Feedback, n.Feedback)
	if visit == nil || feedback == nil {
		return nil
	}
	verdict, sign := tongbao.Agrees, "晚于"
	if n.Feedback < n.Inspection.To {
		verdict, sign = tongbao.Mismatch, "早于"
	}
	explain := fmt.Sprintf("反馈 %s %s巡视结束 %s%s", n.Feedback, sign, n.Inspection.To, remark(verdict))
	return []tongbao.Finding{finding(verdict, n.Feedback, n.Inspection.To, explain, feedback, visit)}
}

func (a *auditor) dateFact(from, to string) *tongbao.Fact {
	for i := range a.facts {
		if f := &a.facts[i]; f.Kind == tongbao.Date && f.From == from && f.To == to {
			return f
		}
	}
	return nil
}

// restatements compares a headline figure with a later sentence that states it
// again: for the whole of the rectification (此轮巡视以来,已先后出台各类机制29项)
// whatever it says, elsewhere only where it says the same.
func restatements(a *auditor) []tongbao.Finding {
	var found []tongbao.Finding
	for i := range a.facts {
		head := &a.facts[i]
		stated, ok := decimal(head)
		if head.Metric == "" && !a.headline(head) || !ok || head.Kind == tongbao.Percentage {
			continue
		}
		again := a.again(i, stated)
		if again == nil {
			continue
		}
		v, _ := decimal(again)
		verdict := tongbao.Agrees
		if v.Cmp(stated) != 0 {
			verdict = tongbao.Mismatch
		}
		explain := fmt.Sprintf("前文 %s，后文 %s%s", head.Quote, again.Quote, remark(verdict))
		found = append(found, finding(verdict, again.Value, head.Value, explain, head, again))
	}
	return found
}

// headline reports whether a figure is one of the persons of a report on one
// case, of which no metrics are taken.
func (a *auditor) headline(f *tongbao.Fact) bool {
	return a.doc.Notice.Genre != tongbao.Rectification && a.doc.Notice.Genre != tongbao.Feedback && f.Kind == tongbao.Sanction && !f.Implied && f.PartOf == "" && f.Measure == ""
}

// again returns the fact that states a headline figure once more, nil for none.
func (a *auditor) again(i int, stated *apd.Decimal) *tongbao.Fact {
	head := &a.facts[i]
	var same *tongbao.Fact
	for k := range a.facts {
		f := &a.facts[k]
		v, ok := decimal(f)
		if k == i || !ok || f.Kind != head.Kind || f.Unit != head.Unit || f.Category != head.Category || f.Measure != head.Measure || f.PartOf != "" || !sameThing(head, f) {
			continue
		}
		if k > i && head.Metric != "" && a.wholeScope(f) {
			return f
		}
		if same == nil && v.Cmp(stated) == 0 && v.Cmp(apd.New(10, 0)) > 0 && (head.Kind == tongbao.Count || k > i && head.Metric == "") {
			same = f
		}
	}
	return same
}

// sameThing reports whether two figures count the same thing by their names.
func sameThing(a, b *tongbao.Fact) bool {
	if a.Metric == "rules_made" {
		return hasAny(b.What, "制度", "机制")
	}
	return a.What == b.What || strings.HasSuffix(a.What, b.What) && b.What != "" || strings.HasSuffix(b.What, a.What) && a.What != ""
}

// wholeScope reports whether the sentence speaks of the rectification as a whole.
func (a *auditor) wholeScope(f *tongbao.Fact) bool {
	start := strings.LastIndexAny(a.text[:f.Start], "。\n")
	return hasAny(a.text[start+1:f.Start], "巡视以来", "巡察以来", "整改以来", "巡视整改期间", "巡察整改期间", "反馈以来")
}

func hasAny(text string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}
