package extractors

import (
	"slices"
	"strings"
	"unicode/utf8"

	"tongbao"
)

// nounBeforeVerb is a clause that ends with a verb, its adverb left out: 反馈问题|
// 已完成整改14个. A noun that another figure counts (26件问题线索已销号25件) is none.
func (r *reading) nounBeforeVerb(f figure, what string) string {
	if !startsWithAny(what, doneVerbs...) || r.before[f.index] > 0 && f.left.Start == r.before[f.index] {
		return ""
	}
	left, cut, deed := f.left.Of(r.text), -1, what
	for _, adverb := range adverbs {
		if at := strings.Index(left, adverb); at > 0 && strings.Contains(left[at:], what) && (cut < 0 || at < cut) {
			cut, deed = at, left[at+len(adverb):]
		}
	}
	if utf8.RuneCountInString(deed) > 6 || !strings.HasSuffix(deed, what) {
		deed = what // 已|完成整改
	}
	if cut < 0 {
		return ""
	}
	noun := r.thingBefore(tongbao.Span{Start: f.left.Start, End: f.left.Start + cut})
	if utf8.RuneCountInString(noun) < 2 || noun == "其中" {
		return "" // 现|已, 截至|目前
	}
	return noun + deed
}

// leftWord is the word for what is left that a text ends with.
func leftWord(text string) string {
	text = trimRight(text, "的有 ")
	for _, word := range []string{"余下", "其余", "剩余", "剩下"} {
		if strings.HasSuffix(text, word) {
			return word
		}
	}
	return ""
}

// startsWithPredicate reports whether the words behind a figure say what becomes
// of it (其余25项|按序时进度推进) rather than what it is (剩余18份|涉诉合同).
func (r *reading) startsWithPredicate(right tongbao.Span, after string) bool {
	words := r.wordsIn(right)
	if len(words) == 0 {
		return false
	}
	switch first := words[0]; {
	case strings.HasPrefix(first.Tag, "d"), first.Tag == "p", startsWithAny(first.Of(r.text), "逐", "按", "正", "由", "经", "将", "需", "拟"):
		return true
	case !strings.HasPrefix(first.Tag, "v"):
		return false
	case hasAny(first.Of(r.text), promiseMarks):
		return true
	}
	named := r.wordsIn(tongbao.Span{Start: right.Start, End: right.Start + len(after)})
	return len(named) < 2 || utf8.RuneCountInString(after) > 6 || strings.HasPrefix(named[len(named)-1].Tag, "v")
}

// onlyTail reports whether the words before a number only add up: 共计, 累计.
func onlyTail(text string) bool {
	text = strings.TrimSpace(text)
	e, ok := phrases().tail.Prefix(text)
	return ok && e.Word == text
}

// joinsNext reports whether the words behind a figure begin with an "and".
func (r *reading) joinsNext(right tongbao.Span) bool {
	words := r.wordsIn(right)
	return len(words) > 1 && slices.Contains([]string{"和", "及", "与", "以及"}, words[0].Of(r.text))
}

// thingDescribed returns the noun behind a clause that describes it: 3个|尚未
// 整改到位的|问题.
func (r *reading) thingDescribed(right tongbao.Span) string {
	text := right.Of(r.text)
	if !startsWithAny(text, "尚未", "未", "已", "被", "存在", "涉嫌", "在", "因", "由", "须", "需", "应", "长期", "曾", "拟", "正在", "不", "无", "从事", "违规", "违反", "涉及", "负责", "参与", "多年", "符合", "具有", "分管") {
		return ""
	}
	if i := strings.IndexAny(text, "，,；;"); i >= 0 {
		text = text[:i]
	}
	at := strings.Index(text, "的")
	if at < 0 || utf8.RuneCountInString(text[:at]) > 20 {
		return ""
	}
	at += len("的")
	first := r.thingAfter(tongbao.Span{Start: right.Start + at, End: right.Start + len(text)})
	if next := at + len(first); first != "" && strings.HasPrefix(text[next:], "、") { // 采购、|财务岗位人员
		next += len("、")
		if second := r.thingAfter(tongbao.Span{Start: right.Start + next, End: right.Start + len(text)}); second != "" {
			return first + "、" + second
		}
	}
	return first
}

// onlyVerbs reports whether the words behind a figure are verbs and nothing
// else: 64名|充实, 专题推进会6次|研究整改.
func (r *reading) onlyVerbs(s tongbao.Span, f figure) bool {
	words := r.wordsIn(s)
	for _, w := range words {
		if !strings.HasPrefix(w.Tag, "v") {
			return false
		}
	}
	switch behind := r.text[s.End:]; {
	case behind == "":
	case isPunctuation(string(firstRune(behind))):
		return len(words) > 1 && r.endsInNoun(f.left) // 118条|举措。
	case strings.HasPrefix(behind, "的"):
		return false // 11家|分行|的
	}
	return len(words) == 1 && s.End-s.Start <= len("充实") && words[0].Tag != "vn"
}

// onlyAdverb reports whether all that was read behind a figure is an adverb or a
// verb, so that the noun may come behind a description: 5名|长期|未轮岗的人员.
func (r *reading) onlyAdverb(right tongbao.Span, after string) bool {
	words := r.wordsIn(tongbao.Span{Start: right.Start, End: right.Start + len(after)})
	for _, w := range words {
		if !strings.HasPrefix(w.Tag, "d") && !strings.HasPrefix(w.Tag, "v") {
			return false
		}
	}
	return len(words) > 0 && len(after) < len(right.Of(r.text))
}

// spokenOf is what the clause before, in the same sentence, ended with:
// 制定措施,共计|118条.
func (r *reading) spokenOf(f figure) string {
	c := r.clause[f.index]
	if c < 1 || r.Clauses[c-1].Sentence != r.Clauses[c].Sentence {
		return ""
	}
	span := r.Clauses[c-1].Span
	span.End = min(span.End, r.Clauses[c].Start) // the clause before may hold this one, in brackets
	span.Start = max(span.Start, min(span.End, r.before[f.index]))
	return r.thingBefore(span)
}

// shared reads a noun that several figures in a row have in common: behind the
// last of them (6大类|51项|工作清单), or before the first (分别完工7710套、6200套).
func (r *reading) shared(figures []figure, k int) string {
	f := figures[k]
	if k+1 < len(figures) && figures[k+1].number.Start == f.span.End {
		return r.counted(figures, k+1)
	}
	if k == 0 {
		return ""
	}
	p := figures[k-1]
	between := r.text[p.span.End:max(p.span.End, f.number.Start)]
	if (between == "、" || between == "和" || between == "及") && (!f.ofPersons() || p.gathers()) { // 6大类、51项 are of one thing, as are 7710套、6200套
		return r.whatOf(p)
	}
	return ""
}

// whatOf is what a figure read before counts.
func (r *reading) whatOf(f figure) string {
	for i := len(r.facts) - 1; i >= 0; i-- {
		if r.facts[i].Span == f.span {
			return r.facts[i].What
		}
	}
	return ""
}

// nounOfMeasure looks back in the sentence for the noun that a measure word
// is made for (户 → 过渡户, 套 → 安置房) where only a verb or 总计 stands beside
// the number.
func (r *reading) nounOfMeasure(f figure, beside string) string {
	heads := strings.Fields(f.measure.Fields[1])
	if f.measure.Word == "户" {
		heads = []string{"户"}
	}
	sentence := r.sentence(r.clause[f.index])
	if len(heads) == 0 || !r.verbal(beside, f) || sentence.End == 0 {
		return ""
	}
	clause := r.Clauses[r.clause[f.index]]
	from := clause.Start
	if beside == "" || endsWithAny(strings.TrimRight(f.left.Of(r.text), " "), "总计", "共计", "合计", "共", "分别", "完工", "竣工", "交付") {
		from = sentence.Start
	}
	words := r.wordsIn(tongbao.Span{Start: from, End: f.left.End})
	for i := len(words) - 1; i >= 0; i-- {
		word := words[i].Of(r.text)
		for _, head := range heads {
			if strings.HasSuffix(word, head) && (utf8.RuneCountInString(word) > 1 || i > 0) {
				if noun := r.compound(words[:i+1]); noun != head {
					return noun
				}
			}
		}
	}
	return ""
}

// verbal reports whether the words beside a number are no thing: empty, or a
// verb by the dictionary.
func (r *reading) verbal(beside string, f figure) bool {
	if beside == "" {
		return true
	}
	words := r.wordsIn(f.left)
	for i := len(words) - 1; i >= 0; i-- {
		word := words[i].Of(r.text)
		if strings.HasSuffix(beside, word) {
			return strings.HasPrefix(words[i].Tag, "v") || endsWithAny(beside, "安置", "完工", "交付")
		}
	}
	return false
}

// compound joins the nouns that end a run of words: 在外|过渡|户.
func (r *reading) compound(words []tongbao.Word) string {
	end := words[len(words)-1].End
	start := words[len(words)-1].Start
	for i := len(words) - 2; i >= 0 && i >= len(words)-4; i-- {
		word := words[i].Of(r.text)
		if words[i].End != start || isPunctuation(word) || phrases().head.Has(word) || phrases().tail.Has(word) {
			break
		}
		start = words[i].Start
	}
	return r.text[start:end]
}

// lightVerbs say nothing of what was done: another verb or a noun follows.
var lightVerbs = []string{"需", "须", "应", "将", "是", "在", "进行", "进行了", "予以", "加以", "到", "赴", "前往", "来", "去", "有", "具有", "相比", "已有", "共有", "达到"}

// verbAfter is the predicate of persons for whom no noun stands: 5人均已辞去….
func (r *reading) verbAfter(right tongbao.Span) string {
	negated := ""
	for _, w := range r.wordsIn(right) {
		word := w.Of(r.text)
		if isPunctuation(word) {
			return ""
		}
		if word == "未" || word == "尚未" {
			negated = "未"
			continue
		}
		if strings.HasPrefix(w.Tag, "v") && !phrases().tail.Has(word) && !slices.Contains(lightVerbs, word) {
			return negated + word
		}
	}
	return ""
}
