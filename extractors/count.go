package extractors

import (
	"slices"
	"strings"
	"unicode/utf8"

	"tongbao"
)

// readCounts reads every number with a measure word that no kind before has
// read, except ordinals, durations and the indefinite 一个.
func readCounts(r *reading) {
	figures := r.counts
	for i := range r.Numbers {
		if r.taken[i] || r.Numbers[i].Form != tongbao.Plain {
			continue
		}
		f, ok := r.figureAt(i)
		if !ok || r.uncountable(f) {
			continue
		}
		figures = append(figures, f)
	}
	r.counts = figures
	for k, f := range figures {
		r.taken[f.index] = true
		fact := tongbao.Fact{Kind: tongbao.Count, Span: f.span, Value: f.number.Value, Unit: f.measure.Word, Rule: "measure"}
		left := f.left.Of(r.text)
		hedge(&fact, *f.number, left, r.text[f.span.End:])
		if infix := r.text[f.number.End:f.span.End]; strings.Contains(infix, "余") || strings.Contains(infix, "多") {
			fact.Approx, fact.Min, fact.Max = tongbao.Over, f.number.Value, ""
		}
		fact.What = withoutSanction(r.counted(figures, k))
		fact.Period = r.periodOf(f)
		r.add(fact)
	}
}

// uncountable tells what looks like a count and is none (contract §4).
func (r *reading) uncountable(f figure) bool {
	printed := f.number.Of(r.text)
	before := r.text[:f.number.Start]
	behind := r.text[f.span.End:]
	switch {
	case printed == "一" || printed == "二" || printed == "〇":
		return true // 一个 is indefinite; 二层, 二级 are ordinals, as two is 两
	case r.denied(f):
		return true
	case strings.HasSuffix(before, "每") || strings.HasSuffix(before, "第") || strings.HasSuffix(before, "头") && f.number.Chinese:
		return true
	case f.measure.Word == "点" && (f.number.Chinese && strings.HasPrefix(behind, "半") || strings.HasPrefix(behind, "钟") || strings.HasPrefix(behind, "前")):
		return true // a time of day
	case f.measure.Word == "个" && startsWithAny(strings.TrimLeft(behind, " "), "月", "工作日", "星期", "小时", "季度", "年头", "学期", "学年", "自然日", "百分点", "交易日", "分钟", "多月", "半月", "昼夜"):
		return true // durations
	case f.number.Chinese && startsWithAny(behind, "一") && f.measure.Word == "个":
		return true // 五个一
	case isASCIILetter(lastRune(before)) && !f.number.Chinese && !strings.HasSuffix(before, " "):
		return true // A4, PM2.5
	}
	return false
}

// denied reports whether the words before a single one say that there was none:
// 没有1名干部受到处分, 无1人.
func (r *reading) denied(f figure) bool {
	return f.number.Value == "1" && endsWithAny(strings.TrimRight(r.text[:f.number.Start], " "), "没有", "没", "无", "未有", "未发生", "未发现", "未出现", "不存在")
}

func isASCIILetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

// counted says what figure k counts: the noun behind it, the noun or verb
// before it, or what the figure before it in the same breath counts.
func (r *reading) counted(figures []figure, k int) string {
	f := figures[k]
	if subject := r.levelSubject(f.index, r.thingBefore); subject != "" {
		return subject
	}
	if k > 0 && r.sentence(r.clause[f.index]) == r.sentence(r.clause[figures[k-1].index]) {
		if what := r.comparedChange(f.left); what != "" {
			return what
		}
		// 关停11处、|提升3处 are two things done, and no change.
		subject, listed := r.whatOf(figures[k-1]), strings.HasPrefix(r.text[figures[k-1].span.End:], "、")
		if what := changeOf(f.left.Of(r.text), subject); what != "" && (!listed || changeVerb(subject) != "") {
			return what
		}
	}
	after := r.thingAfter(f.right)
	switch left := leftWord(f.left.Of(r.text)); {
	case r.joinsNext(f.right), startsWithAny(after, "未", "尚未", "仍") && !startsWithAny(after, "未成年", "未来"):
		after = "" // 纪检委员35名|和|纪检员42名
	case left != "" && (after == "" || r.startsWithVerb(f.right)):
		return left // 余下12件|逐案明确责任单位
	}
	if after != "" && !startsWithAny(after, "、", "，") && !r.onlyVerbs(tongbao.Span{Start: f.right.Start, End: f.right.Start + len(after)}) {
		return after
	}
	if after == "" {
		if what := r.thingDescribed(f.right); what != "" {
			return what
		}
	}
	if list := r.shared(figures, k); list != "" {
		return list
	}
	if k > 0 && figures[k-1].span.End == f.number.Start {
		if what := r.counted(figures[:k:k], k-1); utf8.RuneCountInString(what) > 1 {
			return what // 1236户|4973人
		}
	}
	what := r.thingBefore(f.left)
	if noun := r.nounBeforeVerb(f, what); noun != "" {
		return noun
	}
	if noun := r.nounOfMeasure(f, what); noun != "" {
		return noun
	}
	if what != "" {
		return what
	}
	if f.ofPersons() {
		if verb := r.verbAfter(f.right); verb != "" {
			return verb
		}
	}
	if k > 0 && r.clause[f.index] >= 0 && r.clause[f.index] == r.clause[figures[k-1].index] && onlyTail(f.left.Of(r.text)) {
		if what := r.whatOf(figures[k-1]); what != "" {
			return what // 信访件分6批|共计214件
		}
	}
	if k > 0 && r.sentence(r.clause[f.index]) == r.sentence(r.clause[figures[k-1].index]) {
		if previous := figures[k-1]; previous.measure.Word == f.measure.Word {
			if what := r.whatOf(previous); !startsWithAny(what, doneVerbs[:8]...) {
				return what
			}
		}
	}
	if verb := r.verbAfter(f.right); verb != "" {
		return verb
	}
	return r.spokenOf(f)
}

// nounBeforeVerb is the noun of a clause that ends with a verb: 反馈问题|已完成
// 整改14个. A noun that another figure counts (26件问题线索已销号25件) is none.
func (r *reading) nounBeforeVerb(f figure, what string) string {
	if !startsWithAny(what, doneVerbs...) || r.before[f.index] > 0 && f.left.Start == r.before[f.index] {
		return ""
	}
	left, cut := f.left.Of(r.text), -1
	for _, adverb := range adverbs {
		if at := strings.Index(left, adverb); at > 0 && strings.Contains(left[at:], what) && (cut < 0 || at < cut) {
			cut = at
		}
	}
	if cut < 0 {
		return ""
	}
	noun := r.thingBefore(tongbao.Span{Start: f.left.Start, End: f.left.Start + cut})
	if utf8.RuneCountInString(noun) < 2 || noun == "其中" {
		return "" // 现|已, 截至|目前
	}
	return noun
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

// startsWithVerb reports whether a verb or an adverb is the first word.
func (r *reading) startsWithVerb(right tongbao.Span) bool {
	words := r.wordsIn(right)
	return len(words) > 0 && (strings.HasPrefix(words[0].Tag, "v") || strings.HasPrefix(words[0].Tag, "d") || strings.HasPrefix(words[0].Of(r.text), "逐"))
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
	if !startsWithAny(text, "尚未", "未", "已", "被", "存在", "涉嫌", "在", "因", "由") {
		return ""
	}
	if i := strings.IndexAny(text, "，,；;、"); i >= 0 {
		text = text[:i]
	}
	at := strings.Index(text, "的")
	if at < 0 || utf8.RuneCountInString(text[:at]) > 20 {
		return ""
	}
	at += len("的")
	return r.thingAfter(tongbao.Span{Start: right.Start + at, End: right.Start + len(text)})
}

// onlyVerbs reports whether the words are a verb and nothing else: 64名|充实.
func (r *reading) onlyVerbs(s tongbao.Span) bool {
	words := r.wordsIn(s)
	if s.End < len(r.text) && isPunctuation(string(firstRune(r.text[s.End:]))) {
		return false // 118条举措。
	}
	return len(words) == 1 && s.End-s.Start <= len("充实") && strings.HasPrefix(words[0].Tag, "v") && words[0].Tag != "vn"
}

// spokenOf is what the clause before, in the same sentence, ended with:
// 制定措施,共计|118条.
func (r *reading) spokenOf(f figure) string {
	c := r.clause[f.index]
	if c < 1 || r.Clauses[c-1].Sentence != r.Clauses[c].Sentence {
		return ""
	}
	span := r.Clauses[c-1].Span
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
	if beside == "" || endsWithAny(trimRight(f.left.Of(r.text), " "), "总计", "共计", "合计", "共", "分别", "完工", "竣工", "交付") {
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
var lightVerbs = []string{"将", "是", "在", "进行", "进行了", "予以", "加以", "到", "赴", "前往", "来", "去"}

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

// periodOf is the period that a figure is tied to: its place in a 分别 list
// against the years before it, else the date before it in the clause.
func (r *reading) periodOf(f figure) string {
	c := r.clause[f.index]
	if c < 0 {
		return ""
	}
	clause := r.Clauses[c]
	apart := strings.Index(clause.Of(r.text), "分别")
	if apart < 0 || clause.Start+apart > f.number.Start {
		return r.periodBefore(f.index)
	}
	place := 0
	for i := f.index - 1; i >= 0 && r.Numbers[i].Start > clause.Start+apart; i-- {
		place++
	}
	last := r.dateBefore(clause.Start + apart)
	first := last
	for first > 0 && r.dates[first-1].Start >= clause.Start && strings.Trim(r.text[r.dates[first-1].End:r.dates[first].Start], "、和及") == "" {
		first--
	}
	if last >= 0 && r.dates[last].Start >= clause.Start && last > first && first+place <= last {
		return period(r.dates[first+place])
	}
	return ""
}
