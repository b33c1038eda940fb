package extractors

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"tongbao"
	"tongbao/internal/lexicon"
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
	dense map[int]bool // by the start of the line
	byID  map[string]*tongbao.Fact
	about subject
	key   string             // of the count before
	from  int                // where the words before the present figure begin
	since int                // where the words since the figure before begin
	last  int                // end of the figure before
	line  int                // where the paragraph begins
	units map[subject]string // measure words by which each subject was counted in the paragraph
	lines int                // offset up to which the current paragraph reaches
}

type candidate struct {
	fact    *tongbao.Fact
	width   int
	summed  bool // 合计, 共: it sums up figures of the kind before it
	named   bool // the words say that the inspection raised or handed it over
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
	case c.width == best.width && (c.summed && !best.summed || key == "problems" && c.named && !best.named):
		m.best[key] = c
	case c.width < best.width || !punishes:
	case best.fact.Measure != "" && c.fact.Measure == "", general(best.fact) && !general(c.fact):
		m.best[key] = c
	case best.fact.Measure != "" && c.fact.Measure != "" && best.fact.Measure != c.fact.Measure:
		best.partial = true
		m.best[key] = best
	}
}

// general reports whether a figure counts punishments of any kind together.
func general(f *tongbao.Fact) bool { return f.What == "处分" || f.What == "纪律处分" }

// readMetrics returns the headline figures by key and marks the facts they
// were taken from.
func readMetrics(r *reading) map[string]string {
	m := &metricReader{reading: r, best: map[string]candidate{}, byID: map[string]*tongbao.Fact{}}
	for i := range r.facts {
		m.byID[r.facts[i].ID] = &r.facts[i]
	}
	m.dense = map[int]bool{}
	keys := map[int]map[string]bool{}
	m.eachKey(func(f *tongbao.Fact, _ int, key string) {
		if keys[m.line] == nil {
			keys[m.line] = map[string]bool{}
		}
		keys[m.line][key] = true
		m.dense[m.line] = len(keys[m.line]) >= denseKeys
	})
	m.eachKey(m.consider)
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

// consider offers a figure for its key, as far as it speaks for the whole.
func (m *metricReader) consider(f *tongbao.Fact, c int, key string) {
	if f.PartOf != "" && f.Kind != tongbao.Sanction && !strings.HasSuffix(key, "_closed") && key != "problems_done" {
		return
	}
	width := m.width(f, c)
	if width == 0 {
		return
	}
	switch key {
	case "problems", "problems_done", "completion_rate", "measures":
		width = min(width, 3) // a heading on cases and money says nothing of these
	}
	before := m.text[min(m.from, f.Start):f.Start]
	offered := candidate{fact: f, width: width, summed: hasAny(before, []string{"合计", "共计", "总计", "累计"}),
		named: hasAny(before, []string{"反馈", "指出", "提出", "梳理", "移交"})}
	m.offer(key, offered)
	if whole := m.closedWhole(key, f); whole != "" {
		m.offer(whole, offered)
	}
}

// eachKey walks the facts with their subject and calls take for each that
// states a headline figure.
func (m *metricReader) eachKey(take func(f *tongbao.Fact, clause int, key string)) {
	m.about, m.key, m.from, m.since, m.last, m.line, m.lines = noSubject, "", 0, 0, 0, 0, 0
	walk := m.clauseWalk()
	for i := range m.facts {
		f := &m.facts[i]
		m.enter(f.Start)
		c := walk(f.Start)
		if c >= 0 {
			m.from, m.since = max(m.Clauses[c].Start, m.last), max(m.line, m.last)
		}
		if f.Kind == tongbao.Count || f.Kind == tongbao.Sanction || f.Kind == tongbao.Money || f.Kind == tongbao.Percentage {
			m.last = f.End
		}
		if c < 0 {
			continue
		}
		key := m.keyOf(f)
		if f.Kind == tongbao.Count {
			m.key = key
		}
		if key != "" {
			take(f, c, key)
		}
	}
}

// enter forgets the subject where a new paragraph begins.
func (m *metricReader) enter(offset int) {
	if offset < m.lines {
		return
	}
	m.about, m.units = noSubject, map[subject]string{}
	m.line = strings.LastIndexByte(m.text[:offset], '\n') + 1
	m.lines = len(m.text)
	if end := strings.IndexByte(m.text[offset:], '\n'); end >= 0 {
		m.lines = offset + end
	}
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
	if f.Implied || f.Rule == mixedSanctions || f.PartOf != "" && f.Measure != "" || hasAny(f.What, []string{"党纪政务", "党政纪", "党纪政纪", "形态"}) {
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
	if f.Direction == "share" && strings.HasSuffix(strings.TrimRight(m.text[:f.Start], "总数问题的 "), "占") {
		switch m.key { // 目前完成29个,占76%
		case "problems_done":
			return "completion_rate"
		case "leads_closed":
			return "leads_close_rate"
		case "letters_closed":
			return "letters_close_rate"
		}
	}
	if f.Direction != "" || !hasAny(f.What, []string{"化解率", "办结率", "完成率", "整改率", "结案率", "办理率", "了结率", "销号率", "完成进度", "整改完成"}) {
		return ""
	}
	if whole := m.byID[f.Denominator]; whole != nil && whole.Value == "1" {
		return ""
	}
	m.follow(m.text[min(m.since, f.Start):f.Start])
	if name := strings.TrimSuffix(f.What, "率"); m.about == steps && strings.Contains(name, "完成") && m.key == "problems_done" {
		m.about = problems
	}
	switch m.about {
	case letters:
		return "letters_close_rate"
	case leads:
		return "leads_close_rate"
	case problems:
		return "completion_rate"
	case steps, elsewhere:
		return ""
	}
	if strings.Contains(f.What, "整改") {
		return "completion_rate"
	}
	return ""
}

// countMetric follows the subject from figure to figure: the last word for a
// subject before a figure, or in its own name, says what it is about.
func (m *metricReader) countMetric(f *tongbao.Fact) string {
	if persons(f) {
		return ""
	}
	before := m.text[min(m.from, f.Start):f.Start]
	m.follow(m.text[min(m.since, f.Start):f.Start] + f.What)
	switch {
	case endsWithAny(strings.TrimRight(before, "了共计"), "立案", "立案审查", "立案查处", "立案调查", "立案侦查") && !strings.Contains(before, "转立案"):
		return m.received(cases, f)
	case hasAny(f.What, []string{"措施", "举措"}) && !m.closed(f, before):
		return m.received(steps, f)
	case hasAny(f.What, []string{"制度", "机制", "规章", "规范性文件", "规矩", "建章立制"}) && (len(f.Parts) > 0 || hasAny(before+f.What, []string{"制定", "建立", "完善", "修订", "出台", "健全", "新建", "建章", "形成", "新立", "立、改、废", "立改废"})):
		return "rules_made"
	case slices.Contains([]string{"类", "方面", "次", "场", "期"}, f.Unit) || strings.HasSuffix(f.What, "方面"):
		return ""
	case m.closed(f, before):
		return m.closedMetric(f)
	}
	return m.receivedMetric(f, before)
}

//go:embed subjects.tsv
var subjectsList string

// subjectWords are the words by which a text changes its subject.
var subjectWords = sync.OnceValue(func() *lexicon.Lexicon {
	return lexicon.Must(lexicon.Parse("subjects.tsv", subjectsList, 1))
})

// follow sets the subject to that of the last subject word in the text. A
// quoted slogan changes nothing.
func (m *metricReader) follow(text string) {
	for strings.Contains(text, "“") {
		before, quoted, _ := strings.Cut(text, "“")
		_, after, _ := strings.Cut(quoted, "”")
		text = before + after
	}
	if found := subjectWords().Find(text); len(found) > 0 {
		m.about = subject(found[len(found)-1].Fields[0])
	}
}

// received notes that a subject's figures are counted in that unit.
func (m *metricReader) received(about subject, f *tongbao.Fact) string {
	m.about, m.units[about] = about, f.Unit
	switch about {
	case letters:
		return "letters_received"
	case leads:
		return "leads_received"
	case cases:
		return "cases_filed"
	case steps:
		return "measures"
	case problems:
		return "problems"
	}
	return ""
}

func (m *metricReader) receivedMetric(f *tongbao.Fact, before string) string {
	switch m.about {
	case letters, leads:
		return m.received(m.about, f)
	case problems:
		// Figures of a part of the problems, or of problems found otherwise.
		if strings.Contains(f.What, "问题") && !hasAny(lastRunes(before, 8)+f.What, []string{"排查", "隐患", "收集", "群众", "发现", "查摆", "未", "剩余", "余下", "仍", "立行立改", "立查立改", "限期", "长期", "认领", "自查", "检视", "征集", "摸排", "检查", "共性", "督查", "督办", "其余", "每", "典型", "审计", "另", "还有", "查出", "起底", "领办", "领题", "难啃", "反弹", "回潮"}) && !strings.HasSuffix(before, "等") {
			return m.received(problems, f)
		}
	}
	return ""
}

// closed reports whether a figure says what has been done. 30个问题中,完成27个
// names the whole first, so a figure followed by 中 is no such figure.
func (m *metricReader) closed(f *tongbao.Fact, before string) bool {
	if behind := firstRunes(m.text[f.End:], 10); hasAny(behind, []string{"中的", "中，", "中,", "中已", "中完成", "中有"}) {
		return false
	}
	return startsWithAny(f.What, doneVerbs[:8]...) && !hasAny(f.What, []string{"措施", "举措", "任务", "信访件", "线索"}) ||
		m.doneBehind(f) ||
		(hasAny(before, []string{"到位", "办结", "了结", "已完成", "完成整改", "整改完成", "已整改", "销号", "审结", "结案", "办理完", "化解", "中的"}) || endsWithAny(strings.TrimRight(before, "了"), "完成", "解决")) && !strings.Contains(before, "未")
}

// doneBehind reports whether the words behind a figure say that it is done:
// 31个问题中28个|整改到位. 72件|已办结71件 says so of the next figure.
func (m *metricReader) doneBehind(f *tongbao.Fact) bool {
	behind := strings.TrimLeft(m.text[f.End:], "已均全部")
	for _, done := range []string{"整改到位", "完成整改", "整改完毕", "整改完成"} {
		if rest, ok := strings.CutPrefix(behind, done); ok {
			return !strings.ContainsRune("0123456789０１２３４５６７８９一二三四五六七八九十两", firstRune(rest))
		}
	}
	return false
}

// closedMetric gives what is done to the subject that is counted in its unit.
func (m *metricReader) closedMetric(f *tongbao.Fact) string {
	about := m.about
	if unit := m.units[about]; unit != "" && unit != f.Unit {
		for _, other := range []subject{problems, leads, letters, cases} {
			if m.units[other] == f.Unit {
				about = other
			}
		}
	}
	switch about {
	case letters:
		return "letters_closed"
	case leads:
		return "leads_closed"
	case cases:
		return "cases_closed"
	case problems:
		if m.units[problems] == "" || m.units[problems] == f.Unit {
			m.about = problems
			return "problems_done"
		}
	}
	return ""
}

// closedWhole is the key that a received figure also states where everything
// is said to be done: 信访件46件全部办结.
func (m *metricReader) closedWhole(key string, f *tongbao.Fact) string {
	behind := strings.TrimLeft(firstRunes(m.text[f.End:], 15), "，, ")
	if i := strings.IndexAny(behind, "，,。；;：、"); i >= 0 {
		behind = behind[:i]
	}
	if !hasAny(behind, []string{"全部办结", "全部了结", "均已办结", "办结完毕", "全部完成整改", "全部办理完毕"}) || hasAny(behind, []string{"未", "将"}) {
		return ""
	}
	switch key {
	case "letters_received":
		return "letters_closed"
	case "leads_received":
		return "leads_closed"
	case "problems":
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
