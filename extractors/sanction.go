package extractors

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"

	"tongbao"
	"tongbao/internal/lexicon"
)

//go:embed sanctions.tsv
var sanctionsList string

// Columns of sanctions.tsv behind the term.
const (
	sanctionCategory = iota
	sanctionMeasure
	sanctionAlone
)

var sanctions = sync.OnceValue(func() *lexicon.Lexicon {
	return lexicon.Must(lexicon.Parse("sanctions.tsv", extended("sanctions"), 4))
})

// triggers are the verbs by which a sanction befalls somebody.
var triggers = []string{"给予", "予以", "受到", "处以", "作出", "做出", "进行了", "进行", "实施", "采取", "被", "受", "开展"}

// readSanctions reads the persons punished or talked to: with the sanction
// before the number (党内警告6人), behind it (7人给予诫勉处理), or as the verb
// whose object they are (约谈2名经办人员); and single sanctions without number.
func readSanctions(r *reading) {
	used := map[int]bool{}    // starts of the terms that have a number
	clauses := map[int]bool{} // clauses in which a sanction has a number
	for i := range r.Numbers {
		if r.taken[i] {
			continue
		}
		f, ok := r.figureAt(i)
		if !ok || !f.ofPersons() {
			continue
		}
		m, ok := r.sanctionOf(f)
		if !ok {
			continue
		}
		used[m.Start], clauses[r.clause[i]], r.taken[i] = true, true, true
		fact := tongbao.Fact{Kind: tongbao.Sanction, Span: f.span, Value: f.number.Value, Unit: strings.TrimPrefix(f.measure.Word, "余"),
			Category: r.sanctionCategory(m, f), Measure: m.Fields[sanctionMeasure], What: m.Word, Rule: "sanction-" + m.how}
		hedge(&fact, f.number, f.left.Of(r.text), f.right.Of(r.text))
		r.add(fact)
	}
	r.impliedSanctions(used, clauses)
}

// A sanctionTerm is a term of the list found near a number.
type sanctionTerm struct {
	lexicon.Match        // offsets into the notice's text
	how           string // which side of the number it stands on
}

func (r *reading) sanctionOf(f figure) (sanctionTerm, bool) {
	if m, ok := r.termBefore(f.left); ok {
		return sanctionTerm{m, "before"}, true
	}
	if m, ok := r.termBehind(f); ok {
		return sanctionTerm{m, "behind"}, true
	}
	if m, ok := r.termAsVerb(f.left); ok {
		return sanctionTerm{m, "verb"}, true
	}
	if left := f.left.Of(r.text); r.clause[f.index] >= 0 && startsWithAny(left, "、", "和") && hasAny(left, []string{"干部", "人员", "党员", "责任人", "公职"}) {
		clause := r.Clauses[r.clause[f.index]] // 问责党组织2个、领导干部11人
		if m, ok := r.termAsVerb(tongbao.Span{Start: clause.Start, End: f.number.Start}); ok {
			return sanctionTerm{m, "verb"}, true
		}
	}
	return sanctionTerm{}, false
}

// termBefore finds a term that ends directly before the number, light words
// (处分, 共, 了, 干部 …) left aside.
func (r *reading) termBefore(left tongbao.Span) (lexicon.Match, bool) {
	text := left.Of(r.text)
	for {
		text = strings.TrimRight(text, " 　:：(（")
		e, ok := sanctions().Suffix(text)
		if !ok && bareSanction(text, left.Of(r.text)) {
			e, ok = lexicon.Entry{Word: "处分", Fields: []string{"party", "", "no", ""}}, true
		}
		if ok {
			start := left.Start + len(text) - len(e.Word)
			return lexicon.Match{Entry: e, Start: start, End: left.Start + len(text)}, true
		}
		cut := text
		for _, light := range []string{"处分", "处理", "处置", "措施", "方式", "了", "共计", "累计", "合计", "共", "计", "各", "分别", "约", "近", "超过", "已", "为", "的", "人员", "党员干部", "领导干部", "干部", "党员", "责任人", "相关责任人员", "有关责任人", "相关", "有关", "对象", "有", "等", "人数"} {
			if strings.HasSuffix(cut, light) {
				cut = strings.TrimSuffix(cut, light)
				break
			}
		}
		if cut == text {
			return lexicon.Match{}, false
		}
		text = cut
	}
}

// bareSanction accepts 处分 alone (给予处分9人) where no term stands before it.
func bareSanction(text, all string) bool {
	bare, ok := strings.CutSuffix(text, "处分")
	if !ok {
		return false
	}
	_, named := sanctions().Suffix(bare)
	return !named && len(bare) < len(all) && !endsWithAny(bare, "受", "受过", "免予")
}

// termBehind finds a term behind the number: at once (给予7人党纪处分) or after
// a trigger (4名干部进行了提醒谈话), in the clause or at the very beginning of
// the next one (3名责任人,分别给予…).
func (r *reading) termBehind(f figure) (lexicon.Match, bool) {
	text := f.right.Of(r.text)
	offset := f.right.Start
	for _, m := range sanctions().Find(text) {
		before := text[:m.Start]
		if namesSystem(text[m.End:]) || holds(r.titles, offset+m.Start) || strings.HasSuffix(before, "受过") || strings.HasSuffix(before, "免予") || strings.HasSuffix(before, "免于") {
			continue
		}
		if m.End == len(text) && f.index+1 < len(r.Numbers) && r.Numbers[f.index+1].Start == f.right.End {
			break // it belongs to the next number
		}
		if m.Start == 0 || m.Fields[sanctionCategory] == "justice" || hasAny(before, triggers) || endsWithAny(f.left.Of(r.text), "给予", "予以") && utf8.RuneCountInString(before) <= 16 {
			m = severalMeasures(m, text)
			return lexicon.Match{Entry: m.Entry, Start: offset + m.Start, End: offset + m.End}, true
		}
		break
	}
	return r.termInNextClause(f)
}

// severalMeasures drops the measure where a number is followed by more than
// one (3人分别给予党内严重警告、党内警告处分).
func severalMeasures(m lexicon.Match, text string) lexicon.Match {
	for _, other := range sanctions().Find(text[m.End:]) {
		if other.Fields[sanctionMeasure] != "" && other.Fields[sanctionMeasure] != m.Fields[sanctionMeasure] && strings.Contains(text, "分别") {
			m.Entry = lexicon.Entry{Word: m.Word, Fields: append([]string{m.Fields[sanctionCategory], ""}, m.Fields[2:]...)}
			return m
		}
	}
	return m
}

func (r *reading) termInNextClause(f figure) (lexicon.Match, bool) {
	c := r.clause[f.index]
	if c < 0 || c+1 >= len(r.Clauses) || r.Clauses[c].End != f.right.End {
		return lexicon.Match{}, false
	}
	next := r.Clauses[c+1]
	if next.Sentence != r.Clauses[c].Sentence || next.Parent != r.Clauses[c].Parent {
		return lexicon.Match{}, false
	}
	if f.index+1 < len(r.Numbers) && r.Numbers[f.index+1].Start < next.End {
		return lexicon.Match{}, false
	}
	text := next.Of(r.text)
	bare := strings.TrimLeft(text, "，,、 ")
	for _, adverb := range []string{"均", "分别", "已", "一并", "依规依纪", "依纪依法"} {
		bare = strings.TrimPrefix(bare, adverb)
	}
	if !startsWithAny(bare, "给予", "予以", "处以", "受到") {
		return lexicon.Match{}, false
	}
	for _, m := range sanctions().Find(text) {
		m = severalMeasures(m, text)
		return lexicon.Match{Entry: m.Entry, Start: next.Start + m.Start, End: next.Start + m.End}, true
	}
	return lexicon.Match{}, false
}

// verbTerms are the terms that take the persons as their object.
var verbTerms = map[string]bool{"约谈": true, "问责": true, "诫勉": true, "诫勉谈话": true, "批评教育": true, "提醒谈话": true, "谈话提醒": true,
	"提醒约谈": true, "留置": true, "函询": true, "谈话函询": true, "警示谈话": true, "通报批评": true, "免职": true, "调整岗位": true, "追责问责": true, "开除": true, "移送司法机关": true}

// termAsVerb finds the verb whose object the counted persons are: 约谈违反…
// 规定的5名区管干部.
func (r *reading) termAsVerb(left tongbao.Span) (lexicon.Match, bool) {
	text := left.Of(r.text)
	found := sanctions().Find(text)
	for i := len(found) - 1; i >= 0; i-- {
		m := found[i]
		between := text[m.End:]
		if !verbTerms[m.Word] || namesSystem(between) || strings.HasSuffix(text[:m.Start], "被") || utf8.RuneCountInString(between) > 24 || hasAny(between, []string{"后", "以来", "涉及的案件"}) {
			continue
		}
		return lexicon.Match{Entry: m.Entry, Start: left.Start + m.Start, End: left.Start + m.End}, true
	}
	return lexicon.Match{}, false
}

// namesSystem tells a system, a paper or a task (问责机制, 处分决定) from the act.
func namesSystem(behind string) bool {
	return startsWithAny(strings.TrimPrefix(behind, "处分"), "制度", "机制", "决定", "条例", "规定", "办法", "工作", "力度", "情况", "执行", "程序", "期", "影响期", "条款", "意见", "记录", "教育", "材料", "的通报", "会", "培训", "对象") &&
		!startsWithAny(behind, "教育帮助", "会同")
}

// sanctionCategory settles what the list leaves open: 警告 is a party or a
// government sanction by what it breaks down.
func (r *reading) sanctionCategory(m sanctionTerm, f figure) string {
	if category := m.Fields[sanctionCategory]; category != "either" {
		if category == "government" && m.Word == "撤职" && strings.HasSuffix(r.text[:m.Start], "党内") {
			return "party"
		}
		return category
	}
	return r.openCategory(m.Start)
}

// openCategory is that of the last word for party or government sanctions in
// the sentence before the offset.
func (r *reading) openCategory(offset int) string {
	sentence := r.sentence(r.clauseAt(offset))
	before := r.text[min(sentence.Start, offset):offset]
	party, government := -1, -1
	for _, word := range []string{"党纪", "党内", "纪律处分", "党籍"} {
		party = max(party, strings.LastIndex(before, word))
	}
	for _, word := range []string{"政务", "行政", "记过", "公职"} {
		government = max(government, strings.LastIndex(before, word))
	}
	if government > party {
		return "government"
	}
	return "party"
}

// impliedSanctions reads the sanction of a single person: 给予党内警告处分.
func (r *reading) impliedSanctions(used, clauses map[int]bool) {
	for _, m := range sanctions().Find(r.text) {
		if m.Fields[sanctionAlone] != "yes" || used[m.Start] || holds(r.titles, m.Start) || holds(r.quotes, m.Start) || namesSystem(r.text[m.End:]) {
			continue
		}
		c := r.clauseAt(m.Start)
		if c < 0 || clauses[c] || !r.befalls(c, m) {
			continue
		}
		category := m.Fields[sanctionCategory]
		if category == "either" {
			category = r.openCategory(m.Start)
		}
		r.add(tongbao.Fact{Kind: tongbao.Sanction, Span: tongbao.Span{Start: m.Start, End: m.End}, Value: "1", Implied: true,
			Category: category, Measure: m.Fields[sanctionMeasure], What: m.Word, Rule: "sanction-implied"})
	}
}

// befalls reports whether the clause says that the sanction was imposed: after
// a trigger and with no modal before it.
func (r *reading) befalls(c int, m lexicon.Match) bool {
	clause := r.Clauses[c]
	before := r.text[clause.Start:m.Start]
	at := -1
	for _, t := range []string{"给予", "予以", "受到", "处以", "作出", "受", "被"} {
		at = max(at, strings.LastIndex(before, t))
	}
	if at < 0 {
		return false
	}
	if hasAny(lastRunes(before[:at], 8), modals) || hasAny(before, []string{"受过", "不得", "凡", "情节", "直至"}) || endsWithAny(before, "黄牌", "口头", "红牌") {
		return false
	}
	return utf8.RuneCountInString(before[at:]) <= 24
}

// modals before a trigger say that a sanction may or shall be imposed.
var modals = []string{"可以", "应当", "应予", "应给", "一律", "将给", "可给", "要给", "未", "不予", "如", "曾", "拟"}

func hasAny(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

func startsWithAny(text string, words ...string) bool {
	for _, w := range words {
		if strings.HasPrefix(text, w) {
			return true
		}
	}
	return false
}

func endsWithAny(text string, words ...string) bool {
	for _, w := range words {
		if strings.HasSuffix(text, w) {
			return true
		}
	}
	return false
}
