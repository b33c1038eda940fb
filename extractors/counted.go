package extractors

import (
	"slices"
	"strings"
	"unicode/utf8"

	"tongbao"
)

// counted says what figure k counts: the noun behind it, the noun or verb
// before it, or what the figure before it in the same breath counts.
func (r *reading) counted(figures []figure, k int) string {
	f := figures[k]
	if subject := r.levelSubject(f.index, r.thingBefore); subject != "" {
		return subject
	}
	if what := r.changed(figures, k); what != "" {
		return what
	}
	after := r.thingAfter(f.right)
	switch left := leftWord(f.left.Of(r.text)); {
	case r.joinsNext(f.right), startsWithAny(after, "未", "尚未", "仍") && !startsWithAny(after, "未成年", "未来"), after == "后" || startsWithAny(after, "后实", "后共", "后仍", "中已", "中有"):
		after = "" // 纪检委员35名|和|纪检员42名
	case left != "" && (after == "" || r.startsWithPredicate(f.right, after)):
		return left + r.restOf(figures, k) // 余下12件|逐案明确责任单位
	case startsWithAny(after, "逐", "组成", "成立") && f.left.Of(r.text) != "":
		after = "" // 采购合同89份|逐份复核, 抽调22人|组成专班
	}
	if after == "" || r.onlyAdverb(f.right, after) {
		if what := r.thingDescribed(f.right); what != "" {
			return what
		}
	}
	if f.measure.Fields[0] == "act" && after != "" && r.verbFirst(f.right) {
		if what := r.thingBefore(f.left); what != "" && r.endsInNoun(f.left) {
			return what // 专题会议十六次|研究整改工作
		}
	}
	if after != "" && !startsWithAny(after, "、", "，") && !r.onlyVerbs(tongbao.Span{Start: f.right.Start, End: f.right.Start + len(after)}, f) {
		return after
	}
	if list := r.shared(figures, k); list != "" {
		return list
	}
	if k > 0 && figures[k-1].span.End == f.number.Start {
		if what := r.counted(figures[:k:k], k-1); utf8.RuneCountInString(what) > 1 {
			return what // 1236户|4973人
		}
	}
	if what := r.countedBefore(figures, k); what != "" {
		return what
	}
	return r.countedElsewhere(figures, k)
}

// restOf is what the total counts of which a figure is what is left: 其余|信访件.
func (r *reading) restOf(figures []figure, k int) string {
	total := r.sameMeasure(figures, k, true)
	if total == "" || utf8.RuneCountInString(total) > phraseLimit/2 || hasAny(total, notNouns) || leftWord(total) != "" || !r.nounBefore(total, figures[k].number.Start) {
		return ""
	}
	return total
}

// nounBefore reports whether words that stand before an offset name a thing:
// they end in a noun and begin with no verb.
func (r *reading) nounBefore(what string, offset int) bool {
	at := strings.LastIndex(r.text[:offset], what)
	if at < 0 {
		return false
	}
	span := tongbao.Span{Start: at, End: at + len(what)}
	return r.endsInNoun(span) && !r.verbFirst(span)
}

// verbFirst reports whether a verb is the first word of a span.
func (r *reading) verbFirst(s tongbao.Span) bool {
	words := r.wordsIn(s)
	return len(words) > 0 && strings.HasPrefix(words[0].Tag, "v") && words[0].Tag != "vn"
}

// endsInNoun reports whether a noun is the last word of a span.
func (r *reading) endsInNoun(s tongbao.Span) bool {
	words := r.wordsIn(s)
	return len(words) > 0 && isNoun(words[len(words)-1])
}

// countedBefore is the noun or the verb that the words before a figure end with.
func (r *reading) countedBefore(figures []figure, k int) string {
	f := figures[k]
	what := r.thingBefore(f.left)
	if r.ofOwner(f.left) {
		if total := r.sameMeasure(figures, k, false); total != "" {
			return total // 贷款187笔…,11家分行的|126笔
		}
	}
	if r.onlyPlace(what) && r.among(figures, k) {
		return what + r.sameMeasure(figures, k, true) // 农田2600亩,其中青坪村|600亩
	}
	if noun := r.nounBeforeVerb(f, what); noun != "" {
		return noun
	}
	if noun := r.nounOfMeasure(f, what); noun != "" {
		return noun
	}
	if what == "其中" || what == "中" {
		return r.sameMeasure(figures, k, false)
	}
	if deed := r.deedWithClause(f.left, what); deed != "" {
		return deed
	}
	return r.withListed(f.left, what)
}

// deedWithClause gives the clause that describes what is counted the verb that
// was cut off it: 清退不符合条件的|三十余户.
func (r *reading) deedWithClause(left tongbao.Span, what string) string {
	text, ok := strings.CutSuffix(left.Of(r.text), "的")
	if !ok || what == "" || !strings.HasSuffix(text, what) {
		return ""
	}
	words := r.wordsIn(tongbao.Span{Start: left.Start, End: left.Start + len(text) - len(what)})
	if len(words) == 0 || utf8.RuneCountInString(what) > phraseLimit/2 {
		return ""
	}
	if last := words[len(words)-1]; last.Tag == "v" && phrases().head.Has(last.Of(r.text)) && !slices.Contains(lightVerbs, last.Of(r.text)) {
		return last.Of(r.text) + what
	}
	return ""
}

// ofOwner reports whether the words before a figure only say whose the things
// are that it counts: 分行的|126笔.
func (r *reading) ofOwner(left tongbao.Span) bool {
	owner, ok := strings.CutSuffix(left.Of(r.text), "的")
	if !ok || owner == "" || len(owner) > len("一级分支机构") {
		return false
	}
	return r.onlyNouns(tongbao.Span{Start: left.Start, End: left.Start + len(owner)})
}

// onlyNouns reports whether all words of a span are nouns, or adjectives.
func (r *reading) onlyNouns(s tongbao.Span) bool {
	words := r.wordsIn(s)
	for _, w := range words {
		if !isNoun(w) && w.Tag != "a" && w.Tag != "b" {
			return false
		}
	}
	return len(words) > 0
}

// countedElsewhere is what a figure counts beside which no noun stands: its
// predicate, or what the figures before it in the sentence count.
func (r *reading) countedElsewhere(figures []figure, k int) string {
	f := figures[k]
	if next := k + 1; next < len(figures) && strings.Trim(figures[next].left.Of(r.text), "、 ") == "" && r.text[f.span.End:max(f.span.End, figures[next].number.Start)] == "、" {
		if what := r.thingAfter(figures[next].right); what != "" && !r.onlyVerbs(tongbao.Span{Start: figures[next].right.Start, End: figures[next].right.Start + len(what)}, figures[next]) {
			return what // 28处、6150平方米|出租房产
		}
	}
	verb := r.verbAfter(f.right)
	if verb != "" && f.ofPersons() {
		return verb
	}
	if k > 0 && r.clause[f.index] >= 0 && r.clause[f.index] == r.clause[figures[k-1].index] && onlyTail(f.left.Of(r.text)) {
		if what := r.whatOf(figures[k-1]); what != "" {
			return what // 信访件分6批|共计214件
		}
	}
	if what := r.sameMeasure(figures, k, false); what != "" && !startsWithAny(what, doneVerbs[:8]...) {
		if startsWithAny(strings.TrimPrefix(verb, "未"), doneVerbs...) && !hasAny(what, doneVerbs) {
			return what + verb // 61笔贷款|整改
		}
		return what
	}
	if verb != "" {
		return verb
	}
	if next := k + 1; next < len(figures) && figures[next].gathers() && strings.Trim(r.text[f.span.End:max(f.span.End, figures[next].number.Start)], "、近约") == "" {
		if verb := r.verbAfter(figures[next].right); verb != "" {
			return verb // 四百余户、近1700人|受益
		}
	}
	return r.spokenOf(f)
}

// sameMeasure is what the nearest figure before with the same measure word
// counts, in the sentence, of which the figure can be a part; the greatest of
// them instead where it is one of several lists of parts.
func (r *reading) sameMeasure(figures []figure, k int, greatest bool) string {
	f := figures[k]
	least := &tongbao.Fact{Value: f.number.Value}
	total, nearest := "", ""
	for i := k - 1; i >= 0 && r.sentence(r.clause[f.index]) == r.sentence(r.clause[figures[i].index]); i-- {
		value := &tongbao.Fact{Value: figures[i].number.Value}
		if figures[i].measure.Word != f.measure.Word {
			continue
		}
		what := r.whatOf(figures[i])
		if nearest == "" {
			nearest = what
		}
		if !atLeast(value, least) {
			continue
		}
		if total = what; !greatest {
			break
		}
		least = value
	}
	if total == "" {
		return nearest
	}
	return total
}

// among reports whether 其中 or a like word stands between a figure and the last
// one before it with the same measure word.
func (r *reading) among(figures []figure, k int) bool {
	f := figures[k]
	for i := k - 1; i >= 0 && r.sentence(r.clause[f.index]) == r.sentence(r.clause[figures[i].index]); i-- {
		if hasAny(r.text[figures[i].span.End:max(figures[i].span.End, figures[i+1].number.Start)], []string{"其中", "按", "分别", "包括", "含", "：", ":"}) {
			return true
		}
	}
	return false
}

// onlyPlace reports whether words are the name of a place or of a body and no
// more.
func (r *reading) onlyPlace(what string) bool {
	return utf8.RuneCountInString(what) > 1 && utf8.RuneCountInString(what) < 8 && strings.ContainsRune("村镇乡县区市州省", lastRune(what)) && !endsWithAny(what, "行政村", "自然村", "贫困村", "示范村", "园区", "社区", "景区", "小区", "片区", "乡镇", "城镇", "农村", "城区", "校区", "山区", "库区", "地区", "上市", "城市", "乡村", "灾区", "辖区")
}

// withListed puts the members of a list before what a figure counts that ends
// it: 校舍、|仓库五处.
func (r *reading) withListed(left tongbao.Span, what string) string {
	text := left.Of(r.text)
	at := strings.LastIndex(text, what)
	if what == "" || at < 0 || !strings.HasSuffix(text[:at], "、") || hasAny(what, []string{"、", "和"}) {
		return what
	}
	first := strings.TrimSuffix(text[:at], "、")
	noun := r.thingBefore(tongbao.Span{Start: left.Start, End: left.Start + len(first)})
	start := left.Start + strings.LastIndex(first, noun)
	if noun == "" || start < left.Start || !r.onlyNouns(tongbao.Span{Start: start, End: start + len(noun)}) || !r.onlyNouns(tongbao.Span{Start: left.Start + at, End: left.Start + at + len(what)}) {
		return what
	}
	return noun + "、" + what
}

// isNoun reports whether the dictionary calls a word a noun; zg are single
// characters that it does not tell: 村, 组.
func isNoun(w tongbao.Word) bool {
	return strings.HasPrefix(w.Tag, "n") || w.Tag == "vn" || w.Tag == "an" || w.Tag == "zg" || w.Tag == "j"
}
