package extractors

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"tongbao"
	"tongbao/internal/lexicon"
)

// countMetric follows the subject from figure to figure: the last word for a
// subject before a figure, or in its own name, says what it is about.
func (m *metricReader) countMetric(f *tongbao.Fact) string {
	if persons(f) {
		return ""
	}
	before := m.text[min(m.from, f.Start):f.Start]
	if m.formerLevel(f) {
		return ""
	}
	m.follow(m.text[min(m.since, f.Start):f.Start], f.What)
	if r := m.rowOf(f); r.length > 1 {
		if said := m.text[m.Clauses[m.clauseAt(f.Start)].Start:m.facts[r.first].Start]; strings.Contains(said, "分别") && doneBefore.Occurs(said) {
			return m.closedOf(m.inOrder(r))
		}
	}
	switch {
	case endsWithAny(trimRight(before, "了共计"), "立案侦查"):
		m.about = elsewhere // the police's, the procurators'
		return ""
	case endsWithAny(trimRight(before, "了共计"), "立案", "立案审查", "立案查处", "立案调查") && !strings.Contains(before, "转立案"):
		if headlineWords()["other"].Occurs(before) {
			m.about = elsewhere
			return ""
		}
		return m.received(cases, f)
	case hasAny(f.What, []string{"措施", "举措"}) && !m.closed(f, before):
		return m.received(steps, f)
	case hasAny(f.What, []string{"制度", "机制", "规章", "规范性文件", "规矩", "建章立制"}) && (len(f.Parts) > 0 || hasAny(before+f.What, []string{"制定", "建立", "完善", "修订", "出台", "健全", "新建", "建章", "形成", "新立", "立、改、废", "立改废"})):
		if m.renewed(m.at) || m.renewed(m.at+1) {
			return "" // neither is all of them
		}
		return "rules_made"
	case slices.Contains([]string{"类", "方面", "次", "场", "期"}, f.Unit) || strings.HasSuffix(f.What, "方面"):
		return ""
	case m.closed(f, before):
		if m.disposed(f) {
			return ""
		}
		return m.closedMetric(f)
	}
	return m.receivedMetric(f, before)
}

// renewed reports whether fact k counts rules changed, listed behind those made:
// 新建制度18项、|修订制度27项.
func (m *metricReader) renewed(k int) bool {
	if k == 0 || k >= len(m.facts) || m.facts[k].Kind != tongbao.Count || m.facts[k-1].Kind != tongbao.Count || m.facts[k-1].End > m.facts[k].Start {
		return false
	}
	if first := &m.facts[k-1]; !hasAny(first.What, []string{"制度", "机制", "规章", "规范性文件"}) || hasAny(lastRunes(m.text[:first.Start], 10)+first.What, []string{"完善", "健全", "修订"}) {
		return false // 完善制度44项,其中修订16项; 专项治理9项,完善制度44项
	}
	act := strings.TrimLeft(m.text[m.facts[k-1].End:m.facts[k].Start], "、，, ")
	return m.facts[k].PartOf == "" && startsWithAny(act, "修订", "修改", "完善", "修编") && len(act) <= len("修订完善规章制度")
}

//go:embed subjects.tsv
var subjectsList string

// subjectWords are the words by which a text changes its subject.
var subjectWords = sync.OnceValue(func() *lexicon.Lexicon {
	return lexicon.Must(lexicon.Parse("subjects.tsv", extended("subjects"), 1))
})

// follow sets the subject to that of the last subject word in the text before a
// figure, joined with what the figure counts. A quoted slogan changes nothing.
func (m *metricReader) follow(text, what string) {
	if strings.Contains(text, "“") || strings.Contains(what, "“") || subjectWords().Across(text, what) {
		text, what = text+what, ""
	}
	for strings.Contains(text, "“") {
		before, quoted, _ := strings.Cut(text, "“")
		_, after, _ := strings.Cut(quoted, "”")
		text = before + after
	}
	for _, part := range [...]string{text, what} {
		for word := range subjectWords().In(part) {
			m.about = subject(word.Fields[0])
		}
	}
}

// received notes that a subject's figures are counted in that unit.
func (m *metricReader) received(about subject, f *tongbao.Fact) string {
	m.about, m.units[about], m.row = about, f.Unit, append(m.row, about)
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

// foundByTeam takes the finding by the team itself out of what else may be said
// to have been found.
var foundByTeam = strings.NewReplacer("巡察共发现", "", "巡视共发现", "", "巡察发现", "", "巡视发现", "", "巡察共发现问题", "", "巡视共发现问题", "")

// foundOtherwise say that others than the inspection found problems,
// partOfProblems that a figure is of some of the problems only.
var (
	foundOtherwise = []string{"排查", "收集", "群众", "发现", "查摆", "自查", "检视", "征集", "摸排", "检查", "督查", "审计", "查出", "起底", "督促", "推动", "协调", "帮助", "查处", "整治", "纠治", "曝光"}
	partOfProblems = []string{"隐患", "未", "剩余", "余下", "仍", "立行立改", "立查立改", "限期", "长期", "认领", "共性", "督办", "其余", "每", "典型", "另", "还有", "领办", "领题", "难啃", "反弹", "回潮"}
)

func (m *metricReader) receivedMetric(f *tongbao.Fact, before string) string {
	switch m.about {
	case letters, leads:
		if m.Notice.Genre == tongbao.Rectification && handedOn(before) || disposal(before) {
			return ""
		}
		return m.received(m.about, f)
	case problems:
		if strings.Contains(before, "移交") && !hasAny(before, []string{"巡视组", "巡察组"}) {
			return "" // handed on to others
		}
		if !strings.Contains(f.What, "问题") || strings.HasSuffix(before, "等") || f.Unit == "起" {
			return ""
		}
		said := lastRunes(before, 8) + f.What
		if strings.Contains(said, "发现") {
			said = foundByTeam.Replace(said)
		}
		if hasAny(said, foundOtherwise) {
			m.about = elsewhere // 督查发现问题315个,推动解决287个
			return ""
		}
		if !hasAny(said, partOfProblems) {
			return m.received(problems, f)
		}
	}
	return ""
}

// closed reports whether a figure says what has been done. 30个问题中,完成27个
// names the whole first, so a figure followed by 中 is no such figure.
func (m *metricReader) closed(f *tongbao.Fact, before string) bool {
	if behind := firstRunes(m.text[f.End:], 10); amongWords.Occurs(behind) {
		return false
	}
	return startsWithAny(f.What, doneVerbs[:8]...) && !strings.HasPrefix(m.text[f.End:], f.What) && !hasAny(f.What, []string{"措施", "举措", "任务", "信访件", "线索"}) ||
		m.doneBehind(f) ||
		(doneBefore.Occurs(before) || endsWithAny(trimRight(before, "了"), "完成", "解决")) && !strings.Contains(before, "未")
}

var (
	amongWords = listOf("中的", "中，", "中,", "中已", "中完成", "中有")
	doneBefore = listOf("到位", "办结", "了结", "已完成", "完成整改", "整改完成", "已整改", "销号", "审结", "结案", "办理完", "化解", "中的")
)

// doneBehind reports whether the words behind a figure say that it is done:
// 31个问题中28个|整改到位. 72件|已办结71件 says so of the next figure.
func (m *metricReader) doneBehind(f *tongbao.Fact) bool {
	behind := trimLeft(m.text[f.End:], "已均全部")
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
	if about == problems {
		if m.units[problems] != "" && m.units[problems] != f.Unit {
			return ""
		}
		m.about = problems
	}
	return m.closedOf(about)
}

// closedOf is the figure of what has been done of a subject.
func (m *metricReader) closedOf(about subject) string {
	switch about {
	case letters:
		return "letters_closed"
	case leads:
		return "leads_closed"
	case cases:
		return "cases_closed"
	case problems:
		return "problems_done"
	}
	return ""
}

// closedWhole is the key that a received figure also states where everything
// is said to be done: 信访件46件全部办结.
func (m *metricReader) closedWhole(key string, f *tongbao.Fact) string {
	behind := trimLeft(firstRunes(m.text[f.End:], 15), "，, ")
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
	at := len(text)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	return text[at:]
}
