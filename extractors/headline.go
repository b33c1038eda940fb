package extractors

import (
	_ "embed"
	"strings"
	"sync"

	"tongbao"
	"tongbao/internal/lexicon"
)

//go:embed headlines.tsv
var headlinesList string

// headlineWords are the words of headlines.tsv by their role.
var headlineWords = sync.OnceValue(func() map[string]*lexicon.Lexicon { return lexiconsByRole("headlines") })

// disclaimed reports whether the words around a figure say that it is no figure
// of what was done here: it is only planned or owed, of a wider place, of a
// former time, or no more than an order of magnitude. A missing headline figure
// is better than such a one.
func (m *metricReader) disclaimed(f *tongbao.Fact, c int) bool {
	if vague(f) {
		return true
	}
	start := m.Clauses[c].Start
	if strings.Trim(m.text[start:f.Start], "（(") == "" && m.Clauses[c].Parent >= 0 {
		start = m.Clauses[m.Clauses[c].Parent].Start // 应追缴总额（|500万元）
	}
	before := m.text[min(max(start, f.Start-windowLimit), f.Start):f.Start]
	switch f.Kind {
	case tongbao.Money:
		if owed(before) && !m.sinceTaken(f) || m.undone(f) {
			return true
		}
	case tongbao.Percentage:
		return m.planned(f, c)
	}
	return m.wider(before) || m.former(before) || m.planned(f, c) || m.before(f, c)
}

// vague reports whether an approximate figure prints no digits of its own:
// 上亿元, 数千万元, 十余人. 1270余万元 is printed as 1270.
func vague(f *tongbao.Fact) bool {
	return f.Approx != "" && strings.ContainsRune("数几上十百千万亿多", firstRune(f.Quote))
}

// owed reports whether the verb of taking back that is nearest to an amount is
// one of what should be, or was not, taken back. The object of a verb may be
// described by another: 追缴应缴未缴税款, 清退应上缴的款项.
func owed(before string) bool {
	verb, first := -1, -1
	for word := range headlineWords()["taken"].In(before) {
		if verb = word.Start; first < 0 {
			first = verb
		}
	}
	if verb < 0 || !yetToBe(before[:verb]) {
		return false
	}
	return first == verb || yetToBe(before[:first]) || strings.Contains(before[first:verb], "占")
}

// sinceTaken reports whether the words behind an amount that was owed say that
// all of it has been taken back: 应追缴80万元,已全部追缴.
func (m *metricReader) sinceTaken(f *tongbao.Fact) bool {
	behind := firstRunes(trimLeft(m.text[f.End:], "，, "), 8)
	return startsWithAny(behind, "已", "均已", "全部", "现已") && headlineWords()["taken"].Occurs(behind) && !strings.ContainsAny(behind, "0123456789未")
}

// yetToBe reports whether a text ends with a word that denies the verb behind it.
func yetToBe(text string) bool {
	for _, adverb := range []string{"全部", "及时", "足额", "全额", "予以", "完全", "能"} {
		text = strings.TrimSuffix(text, adverb)
	}
	_, ok := headlineWords()["owed"].Suffix(text)
	return ok && !endsWithAny(text, "相应", "对应", "供应", "按需", "必需")
}

// undone reports whether the words behind an amount say that it is still to be
// taken back: 65万元|未收缴到位.
func (m *metricReader) undone(f *tongbao.Fact) bool {
	_, ok := headlineWords()["undone"].Prefix(m.text[f.End:])
	return ok
}

// planned reports whether the sentence before a figure tells of what is to be
// done, and has not gone on to what was done.
func (m *metricReader) planned(f *tongbao.Fact, c int) bool {
	start := max(m.sentence(c).Start, f.Start-windowLimit)
	before := m.text[min(start, f.Start):f.Start]
	if at := strings.LastIndexAny(before, "；;"); at >= 0 {
		before = before[at:]
	}
	end := -1
	for word := range headlineWords()["planned"].In(before) {
		if endsWithAny(before[:word.Start], "按", "按照", "模", "比") {
			continue
		}
		if (f.Kind == tongbao.Percentage || ofFigure(before[:word.Start])) && strings.ContainsAny(before[word.End:], "，,") {
			continue // 剩余2个|计划明年完成,…
		}
		end = word.End
	}
	return end >= 0 && !headlineWords()["happened"].Occurs(before[end:])
}

// ofFigure reports whether the clause that a text ends in holds a figure: the
// plan behind it is for that one.
func ofFigure(text string) bool {
	return strings.ContainsAny(text[strings.LastIndexAny(text, "，,")+1:], "0123456789")
}

// wider reports whether a figure is of a place that holds the one whose notice
// it is: 全市 in that of a district.
func (m *metricReader) wider(before string) bool {
	body := m.Notice.Inspected
	if body == nil || lastIndex(before, "全") < 0 {
		return false
	}
	district := body.District
	return strings.Contains(before, "全国") && district+body.City+body.Province != "" ||
		strings.Contains(before, "全省") && district+body.City != "" ||
		strings.Contains(before, "全市") && district != "" && !strings.HasSuffix(district, "市") ||
		strings.Contains(before, "全州") && district != ""
}

// former reports whether the clause begins with a time that another is held
// against: 去年同期给予党纪处分30人.
func (m *metricReader) former(before string) bool {
	_, ok := headlineWords()["former"].Prefix(strings.TrimLeft(before, "而其中 "))
	return ok
}

// before reports whether a figure is of years that were over when the
// inspection began.
func (m *metricReader) before(f *tongbao.Fact, c int) bool {
	d, ok := m.stretch(f, c)
	if !ok || m.Notice.Genre != tongbao.Rectification {
		return false
	}
	begin := m.Notice.Feedback
	if m.Notice.Inspection != nil {
		begin = m.Notice.Inspection.From
	}
	return len(begin) > 4 && d.To[:4] < begin[:4]
}

// stretch returns the stretch of time, with both its ends, that the words
// before a figure tie it to; 整改期间 behind it makes it the rectification's own.
func (m *metricReader) stretch(f *tongbao.Fact, c int) (tongbao.Period, bool) {
	k := m.dateBefore(f.Start)
	if k < 0 || m.dates[k].Start < max(m.line, m.sentence(c).Start) {
		return tongbao.Period{}, false
	}
	d := m.dates[k]
	if start := m.Clauses[c].Start; d.Start < start && strings.Trim(m.text[d.End:start], "，, 间期") != "" {
		return tongbao.Period{}, false
	}
	if len(d.From) < 4 || len(d.To) < 4 || d.From == d.To || hasAny(m.text[d.End:f.Start], []string{"整改", "全年", "全程"}) || endsWithAny(m.text[:d.Start], "比", "较", "对", "截至", "自") {
		return tongbao.Period{}, false
	}
	return tongbao.Period{From: d.From, To: d.To}, true
}

// until is the day up to which a figure was counted: 截至7月底, "" for none.
func (m *metricReader) until(f *tongbao.Fact, c int) string {
	k := m.dateBefore(f.Start)
	if k < 0 || m.dates[k].Start < max(m.sentence(c).Start, m.since) {
		return ""
	}
	if d := m.dates[k]; endsWithAny(m.text[:d.Start], "截至", "截止", "截止到", "截至到") || startsWithAny(d.Of(m.text), "截至", "截止") {
		return d.To
	}
	return ""
}

// handedOn reports whether leads or letters were handed to others rather than
// received: 向市纪委监委移交, 移交公安机关. What an inspection team hands over it
// hands to those whose notice it is.
func handedOn(before string) bool {
	at := max(lastIndex(before, "移交"), lastIndex(before, "移送"), lastIndex(before, "转交"))
	if at < 0 || hasAny(before, []string{"巡视", "巡察"}) {
		return false
	}
	if to := lastIndex(before[:at], "向"); to >= 0 && to >= at-20*len("向") {
		return true
	}
	_, ok := headlineWords()["receiver"].Prefix(strings.TrimLeft(before[at+len("移交"):], "给至到由各"))
	return ok
}

// disposal reports whether a figure is of the leads that were dealt with in one
// way: 谈话函询|12件.
func disposal(before string) bool {
	_, ok := headlineWords()["disposal"].Suffix(before)
	return ok
}

// disposed reports whether the leads closed stand in a list of ways of dealing
// with leads: 谈话函询12件、初步核实30件、予以了结|18件. That is not how many are
// closed of all.
func (m *metricReader) disposed(f *tongbao.Fact) bool {
	if m.at == 0 || !strings.HasSuffix(m.text[:f.Start], "了结") || m.facts[m.at-1].Kind != tongbao.Count {
		return false
	}
	last := &m.facts[m.at-1]
	return disposal(m.text[m.line:max(m.line, last.Start)]) && f.Start-last.End <= windowLimit/10
}

// A row is where a figure stands among figures of its kind that nothing but 、
// and 和 parts: 分别办结49件、|20件.
type row struct{ place, length, first int }

// rowOf returns the row in which the present fact stands.
func (m *metricReader) rowOf(f *tongbao.Fact) row {
	first, last := m.at, m.at
	for first > 0 && m.inRow(first-1, f.Kind) {
		first--
	}
	for last+1 < len(m.facts) && m.inRow(last, f.Kind) {
		last++
	}
	return row{m.at - first, last - first + 1, first}
}

// inRow reports whether facts k and k+1 are of the kind and stand side by side.
func (m *metricReader) inRow(k int, kind tongbao.Kind) bool {
	a, b := &m.facts[k], &m.facts[k+1]
	if a.Kind != kind || b.Kind != kind || b.Start < a.End {
		return false
	}
	return inRow(strings.TrimSpace(m.text[a.End:b.Start]))
}

// inOrder gives a figure of a row to the subject received in the same place of
// the sentence, noSubject where the two rows are not of one length.
func (m *metricReader) inOrder(r row) subject {
	if len(m.row) != r.length {
		return noSubject
	}
	return m.row[r.place]
}
