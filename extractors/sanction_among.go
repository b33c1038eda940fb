package extractors

import (
	"strings"
	"unicode/utf8"

	"tongbao"
)

// amongSanctioned is the rule of persons who are told apart among those of a
// sanction by who they are; they state no headline figure.
const amongSanctioned = "sanction-among"

// amongPunished reads persons of a rank among those punished: 问责领导干部9人，
// 其中|司局级2人、处级7人; 问责对象中,总行管理干部23人次.
func (s *sanctionReader) amongPunished(f figure) {
	if s.total < 0 || !f.ofPersons() {
		return
	}
	total, last := s.brokenDown(f), &s.facts[len(s.facts)-1]
	sentence := s.sentence(s.clause[f.index])
	if !sentence.Contains(total.Span) || !atLeast(total, &tongbao.Fact{Value: f.number.Value}) {
		return
	}
	between := s.text[last.End:max(last.End, f.number.Start)]
	listed := last.Rule == amongSanctioned && strings.HasPrefix(between, "、")
	if listed {
		between = strings.TrimPrefix(between, "、")
	} else {
		_, among, ok := strings.Cut(between, "其中")
		if !ok {
			among, ok = strings.CutPrefix(strings.Replace(between, "(", "（", 1), "（") // 处分43人（县处级|2人、…
		}
		if !ok {
			_, among, ok = strings.Cut(between, "对象中")
		}
		if !ok {
			return
		}
		between = strings.TrimLeft(among, "，,：:有的 ")
	}
	who := strings.TrimRight(between, "有共 ")
	if deed := lastRunes(who, 2); len(who) > len(deed) && strings.Contains(total.What, deed) {
		who = strings.TrimSuffix(who, deed) // 谈话提醒62人次,其中班子成员谈话|12人次
	}
	if who == "" || utf8.RuneCountInString(who) > 14 || strings.ContainsAny(who, "，,；;。（(") || !(listed && who == "其他") && !strings.HasSuffix(who, "级") && !endsRole(who, "person") && !endsRole(who, "body") || !s.endsClauseAt(f.span.End) {
		return
	}
	s.taken[f.index] = true
	s.add(tongbao.Fact{Kind: tongbao.Sanction, Span: f.span, Value: f.number.Value, Unit: f.measure.Word,
		Category: total.Category, Measure: total.Measure, What: who, Rule: amongSanctioned})
}

// brokenDown is the sanction whose persons a figure tells apart: the one read
// last, or the one that 问责对象中 names.
func (s *sanctionReader) brokenDown(f figure) *tongbao.Fact {
	for k := s.total; k >= 0 && s.facts[k].Kind == tongbao.Sanction && s.sentence(s.clause[f.index]).Contains(s.facts[k].Span); k-- {
		if strings.Contains(s.text[s.facts[s.total].End:max(s.facts[s.total].End, f.number.Start)], s.facts[k].What+"对象中") {
			return &s.facts[k]
		}
	}
	return &s.facts[s.total]
}

// inAll reads the total behind sanctions that it sums up: 党纪处分12人、诫勉20人,
// 合计|32人. It has their category where they have one, else as they had for a
// number that they share.
func (s *sanctionReader) inAll(f figure) bool {
	before := strings.TrimRight(s.text[:f.number.Start], "为 ")
	if s.total < 0 || !f.ofPersons() || !endsWithAny(before, "，合计", ",合计", "，共计", ",共计", "，总计", ",总计") || !s.endsClauseAt(f.span.End) {
		return false
	}
	sentence, sum := s.sentence(s.clause[f.index]), []*tongbao.Fact{}
	for k := len(s.facts) - 1; k >= 0 && s.facts[k].Kind == tongbao.Sanction && sentence.Contains(s.facts[k].Span); k-- {
		sum = append(sum, &s.facts[k])
	}
	if len(sum) < 2 || s.Numbers[f.index-1].Start > sum[0].Start || s.numberFrom(sentence.Start) != f.index-len(sum) {
		return false // figures of something else stand among them
	}
	first := sum[len(sum)-1]
	category, rule := first.Category, "sanction-total"
	for _, part := range sum {
		if part.Implied {
			return false
		}
		if part.Category != category {
			rule = mixedSanctions
		}
	}
	if rule == mixedSanctions {
		for _, part := range sum {
			if part.Category == "party" {
				category = "party"
			}
		}
	}
	s.taken[f.index] = true
	s.add(tongbao.Fact{Kind: tongbao.Sanction, Span: f.span, Value: f.number.Value, Unit: f.measure.Word, Category: category, What: "合计", Rule: rule})
	return true
}
