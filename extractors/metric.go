package extractors

import (
	"iter"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"tongbao"
)

// A subject is what a stretch of figures is about: closed figures and rates
// belong to what was received before them.
type subject string

const (
	noSubject subject = ""
	elsewhere subject = "elsewhere" // figures of other work
	letters   subject = "letters"
	leads     subject = "leads"
	cases     subject = "cases"
	problems  subject = "problems"
	steps     subject = "steps"
)

// metricReader takes the headline figures: those of the widest statement win,
// then the first.
type metricReader struct {
	*reading
	best  map[string]candidate
	opens int  // up to here the notice speaks of the whole
	dense bool // the present paragraph has many headline figures side by side
	about subject
	key   string             // of the count before
	from  int                // where the words before the present figure begin
	since int                // where the words since the figure before begin
	last  int                // end of the figure before
	line  int                // where the paragraph begins
	units map[subject]string // measure words by which each subject was counted in the paragraph
	lines int                // offset up to which the current paragraph reaches
	at    int                // index of the present fact
	row   []subject          // what the sentence says was received, in order
	said  int                // the sentence of row
}

// readMetrics returns the headline figures by key and marks the facts they
// were taken from.
func readMetrics(r *reading) map[string]string {
	m := &metricReader{reading: r, best: map[string]candidate{}, units: map[subject]string{}, opens: opening(r.Notice)}
	for stated := range m.paragraphs() {
		m.dense = distinct(stated) >= denseKeys
		for _, s := range stated {
			m.consider(s)
		}
	}
	metrics := map[string]string{}
	for _, metric := range tongbao.Metrics {
		c, ok := m.best[metric.Key]
		if !ok || c.partial {
			continue
		}
		if c.fact.Metric == "" {
			c.fact.Metric = metric.Key
		}
		metrics[metric.Key] = c.fact.Value
	}
	if len(metrics) == 0 {
		return nil
	}
	return metrics
}

// denseKeys is how many different headline figures make a paragraph one of
// figures on the whole, whatever its heading.
const denseKeys = 5

// A statement is a fact that states a headline figure.
type statement struct {
	fact   *tongbao.Fact
	clause int
	key    string
	from   int // where the words before it begin
	apart  tongbao.Period
	until  string
}

// distinct counts the headline figures stated.
func distinct(stated []statement) int {
	n := 0
	for i, s := range stated {
		if !slices.ContainsFunc(stated[:i], func(before statement) bool { return before.key == s.key }) {
			n++
		}
	}
	return n
}

// consider offers a figure for its key, as far as it speaks for the whole.
func (m *metricReader) consider(s statement) {
	f, c, key := s.fact, s.clause, s.key
	if f.PartOf != "" && f.Kind != tongbao.Sanction && !strings.HasSuffix(key, "_closed") && key != "problems_done" {
		return
	}
	width := m.width(f, c)
	if addedKey(f) != "" { // asked for by the user, wherever it stands
		width++
	}
	if width == 0 {
		return
	}
	switch key {
	case "problems", "problems_done", "completion_rate", "measures":
		width = min(width, 3) // a heading on cases and money says nothing of these
	}
	before := m.text[min(s.from, f.Start):f.Start]
	offered := candidate{fact: f, width: width, summed: hasAny(before, []string{"合计", "共计", "总计", "累计"}),
		named: hasAny(before, []string{"反馈", "指出", "提出", "梳理", "移交"}), apart: s.apart, until: s.until}
	m.offer(key, offered)
	if closed := m.closedWhole(key, f); closed != "" {
		m.offer(closed, offered)
	}
}

// paragraphs walks the facts with their subject and yields, for each paragraph,
// the headline figures that it states; the slice is good until the next.
func (m *metricReader) paragraphs() iter.Seq[[]statement] {
	return func(yield func([]statement) bool) {
		var stated []statement
		walk, line := m.clauseWalk(), 0
		for i := range m.facts {
			f := &m.facts[i]
			if m.enter(f.Start); m.line != line {
				if len(stated) > 0 && !yield(stated) {
					return
				}
				stated, line = stated[:0], m.line
			}
			c := walk(f.Start)
			m.at = i
			if key := m.step(f, c); key != "" {
				apart, _ := m.stretch(f, c)
				stated = append(stated, statement{f, c, key, m.from, apart, m.until(f, c)})
			}
		}
		if len(stated) > 0 {
			yield(stated)
		}
	}
}

// step goes on to a fact of the paragraph and returns the headline figure that
// it states, "" for none.
func (m *metricReader) step(f *tongbao.Fact, clause int) string {
	if clause >= 0 {
		m.from, m.since = max(m.Clauses[clause].Start, m.last), max(m.line, m.last)
	}
	switch f.Kind {
	case tongbao.Count, tongbao.Sanction, tongbao.Money, tongbao.Percentage:
		m.last = f.End
	}
	if clause < 0 {
		return ""
	}
	if said := m.Clauses[clause].Sentence; said != m.said {
		m.said, m.row = said, m.row[:0]
	}
	key := m.keyOf(f)
	if key != "" && addedKey(f) == "" && m.disclaimed(f, clause) {
		key = ""
	}
	if f.Kind == tongbao.Count {
		m.key = key
	}
	return key
}

// enter forgets the subject where a new paragraph begins.
func (m *metricReader) enter(offset int) {
	if offset < m.lines {
		return
	}
	m.about = noSubject
	clear(m.units)
	m.line = strings.LastIndexByte(m.text[:offset], '\n') + 1
	m.lines = len(m.text)
	if end := strings.IndexByte(m.text[offset:], '\n'); end >= 0 {
		m.lines = offset + end
	}
}

// keyOf returns the headline figure that a fact states, "" for none.
func (m *metricReader) keyOf(f *tongbao.Fact) string {
	if key := addedKey(f); key != "" {
		return key
	}
	switch f.Kind {
	case tongbao.Sanction:
		return m.sanctionMetric(f)
	case tongbao.Money:
		return m.moneyMetric(f)
	case tongbao.Percentage:
		return m.rateMetric(f)
	case tongbao.Count:
		return m.countMetric(f)
	}
	return ""
}

func (m *metricReader) sanctionMetric(f *tongbao.Fact) string {
	if f.What == "处分" || f.Measure == "警告" && !m.partyWarning(f) || m.formerLevel(f) {
		return ""
	}
	if f.Implied || f.Rule == mixedSanctions || f.Rule == amongSanctioned || f.PartOf != "" && f.Measure != "" && f.Category != "admonition" || hasAny(f.What, []string{"党纪政务", "党政纪", "党纪政纪", "形态"}) {
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

// partyWarning reports whether the text says whose sanction 警告 is; the party
// and the state have one each.
func (m *metricReader) partyWarning(f *tongbao.Fact) bool {
	if f.Category != "party" || strings.HasPrefix(f.What, "党内") {
		return true
	}
	before := m.text[m.line:f.Start]
	return hasAny(before, []string{"党纪", "党内", "党籍", "纪律处分"})
}

func (m *metricReader) moneyMetric(f *tongbao.Fact) string {
	switch {
	case f.PartOf != "" || m.formerLevel(f):
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
	if f.Direction == "share" && strings.HasSuffix(trimRight(m.text[:f.Start], "总数问题的 "), "占") {
		if m.rowOf(f).length > 1 {
			return ""
		}
		switch m.key { // 目前完成29个,占76%
		case "problems_done":
			return "completion_rate"
		case "leads_closed":
			return "leads_close_rate"
		case "letters_closed":
			return "letters_close_rate"
		}
	}
	if f.Direction != "" || m.formerLevel(f) || !hasAny(f.What, []string{"化解率", "办结率", "完成率", "整改率", "结案率", "办理率", "了结率", "销号率", "完成进度", "整改完成"}) {
		return ""
	}
	if m.overOne(f) || m.rateOfElse() {
		return ""
	}
	if r := m.rowOf(f); r.length > 1 {
		return closeRate(m.inOrder(r))
	}
	m.follow(m.text[min(m.since, f.Start):f.Start], f.What)
	if name := strings.TrimSuffix(f.What, "率"); m.about == steps && strings.Contains(name, "完成") && m.key == "problems_done" {
		m.about = problems
	}
	if m.about == noSubject && strings.Contains(f.What, "整改") {
		return "completion_rate"
	}
	return closeRate(m.about)
}

// closeRate is the rate at which what a subject received has been done.
func closeRate(about subject) string {
	switch about {
	case letters:
		return "letters_close_rate"
	case leads:
		return "leads_close_rate"
	case problems:
		return "completion_rate"
	}
	return ""
}

// rateOfElse reports whether a rate stands right behind an amount, or behind a
// count of tasks, and is of that: 问题金额2.6亿元,整改率85%; 任务105项,完成率98.1%.
func (m *metricReader) rateOfElse() bool {
	for k := m.at - 1; k >= 0 && m.sentence(m.clauseAt(m.facts[k].Start)) == m.sentence(m.clauseAt(m.facts[m.at].Start)); k-- {
		switch f := &m.facts[k]; f.Kind {
		case tongbao.Money:
			return true
		case tongbao.Count:
			return strings.HasSuffix(f.What, "任务")
		}
	}
	return false
}

// formerLevel reports whether a figure is what something was before it changed:
// 办结率由55%|提升到88%, 信访件从320件|下降到210件.
func (m *metricReader) formerLevel(f *tongbao.Fact) bool {
	const reach = 14
	before := m.text[min(max(m.from, f.Start-reach*utf8.UTFMax), f.Start):f.Start]
	at := max(lastIndex(before, "由"), lastIndex(before, "从"))
	if at < 0 || strings.HasPrefix(before[at:], "由于") || utf8.RuneCountInString(before[at:]) > reach {
		return false
	}
	e, ok := directionWords().Prefix(trimLeft(m.text[f.End:], "左右以上"))
	return ok && e.Fields[0] == "level"
}

// overOne reports whether a rate is over a single item; its terms stand before
// it.
func (m *metricReader) overOne(rate *tongbao.Fact) bool {
	i := sort.Search(len(m.facts), func(i int) bool { return m.facts[i].Start >= rate.Start })
	for i--; rate.Denominator != "" && i >= 0; i-- {
		if m.facts[i].ID == rate.Denominator {
			return m.facts[i].Value == "1"
		}
	}
	return false
}
