package extractors

import (
	"strings"

	"tongbao"
)

// A subject is what a stretch of figures is about: closed figures and rates
// belong to what was received before them.
type subject string

const (
	noSubject subject = ""
	letters   subject = "letters"
	leads     subject = "leads"
	cases     subject = "cases"
	problems  subject = "problems"
	steps     subject = "measures"
)

// metricReader takes the headline figures: those of the widest statement win,
// then the first.
type metricReader struct {
	*reading
	best  map[string]candidate
	byID  map[string]*tongbao.Fact
	about subject
	from  int // where the words before the present figure begin
	last  int // end of the figure before
	lines int // offset up to which the current paragraph reaches
}

type candidate struct {
	fact    *tongbao.Fact
	width   int
	partial bool // one of several measures of a category whose total is not printed
}

// offer keeps the candidate of the widest scope, then the first; a total goes
// before a single measure, and several measures without a total make none.
func (m *metricReader) offer(key string, c candidate) {
	best, known := m.best[key]
	punishes := c.fact.Category == "party" || c.fact.Category == "government" || c.fact.Category == "organisational"
	switch {
	case !known || c.width > best.width:
		m.best[key] = c
	case c.width < best.width || !punishes:
	case best.fact.Measure != "" && c.fact.Measure == "":
		m.best[key] = c
	case best.fact.Measure != "" && c.fact.Measure != "":
		best.partial = true
		m.best[key] = best
	}
}

// readMetrics returns the headline figures by key and marks the facts they
// were taken from.
func readMetrics(r *reading) map[string]string {
	m := &metricReader{reading: r, best: map[string]candidate{}, byID: map[string]*tongbao.Fact{}}
	for i := range r.facts {
		m.byID[r.facts[i].ID] = &r.facts[i]
	}
	walk := r.clauseWalk()
	for i := range r.facts {
		f := &r.facts[i]
		m.enter(f.Start)
		c := walk(f.Start)
		if c >= 0 {
			m.from = max(m.Clauses[c].Start, m.last)
		}
		if f.Kind == tongbao.Count || f.Kind == tongbao.Sanction || f.Kind == tongbao.Money || f.Kind == tongbao.Percentage {
			m.last = f.End
		}
		if c < 0 || f.Approx != "" && f.Kind != tongbao.Money && f.Kind != tongbao.Count {
			continue
		}
		key := m.keyOf(f)
		if key == "" {
			continue
		}
		if width := m.width(f, c); width > 0 {
			m.offer(key, candidate{fact: f, width: width})
		}
	}
	metrics := map[string]string{}
	for key, c := range m.best {
		if c.partial {
			continue
		}
		if c.fact.Metric == "" {
			c.fact.Metric = key
		}
		metrics[key] = c.fact.Value
	}
	if len(metrics) == 0 {
		return nil
	}
	return metrics
}

// enter forgets the subject where a new paragraph begins.
func (m *metricReader) enter(offset int) {
	if offset < m.lines {
		return
	}
	m.about = noSubject
	m.lines = len(m.text)
	if end := strings.IndexByte(m.text[offset:], '\n'); end >= 0 {
		m.lines = offset + end
	}
}

// width says how much of the rectification a figure speaks for: 3 in the
// preamble or under a heading on the whole, 2 under a neutral heading, 1 in a
// sentence that names the inspection as its scope, 0 for a problem's own affair.
func (m *metricReader) width(f *tongbao.Fact, c int) int {
	if f.PartOf != "" && f.Kind != tongbao.Sanction {
		return 0
	}
	first := len(m.text)
	if len(m.Notice.Sections) > 0 {
		first = m.Notice.Sections[0].Start
	}
	if f.Start < first {
		return 3
	}
	width := 2
	for _, heading := range m.headings(f.Start) {
		switch {
		case hasAny(heading, wholeHeadings) && !strings.Contains(heading, "“"):
			width = 3
		case strings.Contains(heading, "“") || hasAny(heading, listHeadings) || namesProblem(heading):
			width = 0
		}
	}
	if width > 0 {
		return width
	}
	text := m.sentence(c).Of(m.text)
	if hasAny(text, []string{"巡视", "巡察"}) && hasAny(text, []string{"移交", "以来", "期间", "整改工作中", "反馈后"}) {
		return 1
	}
	return 0
}

// wholeHeadings stand over statements on the whole of the rectification,
// listHeadings over the list of single problems.
var (
	wholeHeadings = []string{"总体情况", "整体情况", "总体进展", "基本情况", "问题线索", "信访件", "移交", "追责问责", "执纪", "整改成效", "组织领导", "查处情况", "责任追究", "主要成效", "取得的成效", "主体责任情况", "资金追缴", "制度建设", "问题整改情况总体", "建章立制", "审查调查"}
	listHeadings  = []string{"主要问题", "反馈问题", "具体问题", "逐条", "逐项", "问题整改进展", "重点问题", "下一步", "打算", "聚焦"}
)

// namesProblem reports whether a heading states one of the problems found:
// 不够到位, 滞后, …问题的整改.
func namesProblem(heading string) bool {
	for _, harmless := range []string{"不断", "不懈", "不松", "不折不扣", "坚定不移", "毫不", "不忘"} {
		heading = strings.ReplaceAll(heading, harmless, "")
	}
	return hasAny(heading, []string{"不", "薄弱", "弱化", "虚化", "滞后", "偏差", "欠账", "差距", "短板", "缺失", "宽松软", "乏力", "方面", "问题的", "缺位", "问题较", "突出"}) ||
		strings.HasSuffix(heading, "问题") && len(heading) > len("巡视反馈问题")
}

// headings are those of the sections that hold the offset, outermost first.
func (m *metricReader) headings(offset int) []string {
	var headings []string
	level := m.Notice.Sections
	for level != nil {
		var next []tongbao.Section
		for i := range level {
			if level[i].Start <= offset && offset < level[i].End {
				headings = append(headings, level[i].Heading)
				next = level[i].Sections
				break
			}
		}
		level = next
	}
	return headings
}

// keyOf returns the headline figure that a fact states, "" for none.
func (m *metricReader) keyOf(f *tongbao.Fact) string {
	switch f.Kind {
	case tongbao.Sanction:
		return sanctionMetric(f)
	case tongbao.Money:
		return moneyMetric(f)
	case tongbao.Percentage:
		return m.rateMetric(f)
	case tongbao.Count:
		return m.countMetric(f)
	}
	return ""
}

func sanctionMetric(f *tongbao.Fact) string {
	if f.Implied || f.PartOf != "" && f.Measure != "" || hasAny(f.What, []string{"党纪政务", "党政纪", "党纪政纪", "形态"}) {
		return ""
	}
	switch f.Category {
	case "party":
		return "party_sanctions"
	case "government":
		return "government_sanctions"
	case "organisational":
		return "organisational_measures"
	case "admonition":
		return "admonitions"
	case "talk":
		return "talks"
	case "justice":
		if f.Measure != "留置" {
			return "transferred_to_justice"
		}
	case "accountability":
		return "accountable_people"
	}
	return ""
}

func moneyMetric(f *tongbao.Fact) string {
	switch {
	case f.PartOf != "":
		return ""
	case strings.Contains(f.What, "挽回"):
		return "losses_recovered"
	case hasAny(f.What, []string{"清退", "追缴", "上缴", "收缴", "退缴", "追回", "清缴", "退还", "清收"}):
		return "money_recovered"
	}
	return ""
}

// rateMetric gives a rate to the subject of its terms. A rate over a single
// item (1 of 1) says nothing that the count does not and is no headline.
func (m *metricReader) rateMetric(f *tongbao.Fact) string {
	if f.Direction != "" || !hasAny(f.What, []string{"办结率", "完成率", "整改率", "结案率", "办理率", "了结率", "销号率", "完成进度", "整改完成"}) {
		return ""
	}
	if whole := m.byID[f.Denominator]; whole != nil && whole.Value == "1" {
		return ""
	}
	switch m.about {
	case letters:
		return "letters_close_rate"
	case leads:
		return "leads_close_rate"
	case problems:
		return "completion_rate"
	}
	if strings.Contains(f.What, "整改") {
		return "completion_rate"
	}
	return ""
}

// countMetric follows the subject from figure to figure.
func (m *metricReader) countMetric(f *tongbao.Fact) string {
	before := lastRunes(m.text[min(m.from, f.Start):f.Start], 24)
	around := before + "|" + f.What
	closed := startsWithAny(f.What, doneVerbs[:8]...) && !hasAny(f.What, []string{"措施", "举措", "任务", "信访件", "线索"}) || hasAny(before, []string{"办结", "了结", "已完成", "完成整改", "整改完成", "已整改", "销号", "审结", "结案", "办理完"})
	switch {
	case persons(f):
		return ""
	case hasAny(around, []string{"信访件", "信访举报", "信访事项", "来信来访", "群众来信", "信访问题", "举报件", "信访材料"}) && !strings.Contains(around, "积案"):
		m.about = letters
	case strings.Contains(around, "线索"):
		m.about = leads
	case hasAny(around, []string{"立案"}) && !hasAny(around, []string{"制度", "机制"}):
		m.about = cases
		return "cases_filed"
	case hasAny(f.What, []string{"措施", "举措"}):
		m.about = steps
		if closed {
			return ""
		}
		return "measures"
	case hasAny(f.What, []string{"制度", "机制", "规章", "规范性文件"}) && hasAny(around, []string{"制定", "建立", "完善", "修订", "出台", "健全", "新建", "建章", "形成"}):
		return "rules_made"
	case strings.Contains(f.What, "问题") && hasAny(around, []string{"反馈", "梳理", "指出", "整改", "对", "细化", "方面"}) && !hasAny(around, []string{"审计", "排查", "隐患", "收集", "群众"}):
		m.about = problems
		if closed {
			return "problems_done"
		}
		return "problems"
	case !closed:
		return ""
	}
	return closedMetric(m.about, closed)
}

func closedMetric(about subject, closed bool) string {
	switch {
	case about == letters && closed:
		return "letters_closed"
	case about == letters:
		return "letters_received"
	case about == leads && closed:
		return "leads_closed"
	case about == leads:
		return "leads_received"
	case about == cases && closed:
		return "cases_closed"
	case about == problems && closed:
		return "problems_done"
	}
	return ""
}

func lastRunes(text string, n int) string {
	runes := []rune(text)
	if len(runes) > n {
		runes = runes[len(runes)-n:]
	}
	return string(runes)
}
