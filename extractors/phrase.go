package extractors

import (
	_ "embed"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"tongbao"
	"tongbao/internal/lexicon"
)

//go:embed phrases.tsv
var phrasesList string

// phraseLists are the three roles of phrases.tsv.
type phraseLists struct{ head, tail, stop *lexicon.Lexicon }

var phrases = sync.OnceValue(func() phraseLists {
	roles := lexiconsByRole("phrases")
	return phraseLists{roles["head"], roles["tail"], roles["stop"]}
})

// phraseLimit is the length in characters beyond which the words around a
// number are no name of a thing.
const phraseLimit = 24

// thingAfter returns what the words behind a measure word name: the noun
// phrase up to the predicate. Empty where a predicate follows at once.
func (r *reading) thingAfter(s tongbao.Span) string {
	if s.Start >= s.End {
		return ""
	}
	text := s.Of(r.text)
	if strings.HasPrefix(text, "“") {
		if q, ok := around(r.quotes, s.Start); ok {
			if noun := r.nounBehindQuote(q, s); noun != "" {
				return q.Of(r.text) + noun // 两家|“空壳”公司
			}
			return strings.Trim(q.Of(r.text), "“”")
		}
	}
	if strings.HasPrefix(text, "《") {
		return ""
	}
	end, length, noun, remark := 0, 0, false, 0
	words := r.wordsIn(s)
	for k, w := range words {
		word := w.Of(r.text)
		switch at := w.Start - s.Start; {
		case at < remark: // within it
			continue
		case remark > 0 && at == remark && w.Tag == "v":
			return trimThing(text[:end])
		case end > 0 && at > end: // an ordinal, a slogan or a remark stands between
			end = at
		}
		if noun && remark == 0 {
			if remark = w.Start - s.Start + remarkIn(r.text[w.Start:s.End]); remark > w.Start-s.Start {
				continue // 16名村|（社区）|纪检委员
			}
			remark = 0
		}
		if isPunctuation(word) || length >= phraseLimit || noun && w.Tag == "d" && len(word) > len("直") && !strings.Contains(text[end:], "的") && !(k+2 < len(words) && words[k+1].Tag == "a" && isNoun(words[k+2])) {
			break
		}
		if phrases().stop.Has(word) && (end > 0 || !beginsNoun(text)) && !(strings.HasSuffix(text[:end], "级") && (word == "以上" || word == "以下")) && text[:end] != "全" && !strings.HasSuffix(text[:end], "规模") {
			break // 416名|处级以上干部 and 三轮|全覆盖式检查 go on
		}
		end = w.End - s.Start
		length += utf8.RuneCountInString(word)
		noun = isNoun(w)
	}
	return trimThing(r.withoutNextVerb(text[:end], s.Start+end))
}

// nounBehindQuote is the noun that a short quotation only qualifies.
func (r *reading) nounBehindQuote(q, s tongbao.Span) string {
	if q.End >= s.End || q.End-q.Start > 8*len("空") {
		return ""
	}
	words := r.wordsIn(tongbao.Span{Start: q.End, End: s.End})
	if len(words) == 0 || words[0].Start != q.End || !isNoun(words[0]) || phrases().stop.Has(words[0].Of(r.text)) || phrases().tail.Has(words[0].Of(r.text)) {
		return ""
	}
	return words[0].Of(r.text)
}

// remarkIn is the length of a short bracket without figures that begins a text
// and within which a noun goes on: 党委（党组）书记; 0 for none.
func remarkIn(text string) int {
	for _, pair := range [...][2]string{{"（", "）"}, {"(", ")"}} {
		rest, ok := strings.CutPrefix(text, pair[0])
		if !ok {
			continue
		}
		inner, behind, ok := strings.Cut(rest, pair[1])
		if !ok || len(inner) > len("社区居委会") || strings.ContainsAny(inner, "0123456789，,；;。、：:（(") || !unicode.Is(unicode.Han, firstRune(behind)) {
			return 0
		}
		return len(text) - len(behind)
	}
	return 0
}

// beginsNoun reports whether a phrase is a noun although a verb begins it: 9个|
// 被巡察单位, 4点|要求：.
func beginsNoun(text string) bool {
	if startsWithAny(text, "被巡视", "被巡察", "被监督", "被审计", "被帮扶", "被征地", "被问责", "被处分", "到届", "到期", "到龄") {
		return true
	}
	rest, ok := strings.CutPrefix(text, "要求")
	return ok && (rest == "" || isPunctuation(rest[:len(string(firstRune(rest)))]))
}

// withoutNextVerb drops the verb that governs the next number: 问题|明确|119项.
func (r *reading) withoutNextVerb(phrase string, end int) string {
	i := sort.Search(len(r.Numbers), func(i int) bool { return r.Numbers[i].Start >= end })
	if i == len(r.Numbers) || r.Numbers[i].Start != end {
		return phrase
	}
	if cut := r.lastVerb(phrase, end); cut > 0 {
		phrase = phrase[:cut]
	}
	for {
		e, ok := phrases().tail.Suffix(phrase)
		if !ok || len(e.Word) >= len(phrase) || protected(phrase, e.Word) {
			return phrase
		}
		phrase = phrase[:len(phrase)-len(e.Word)]
	}
}

// lastVerb is where, in a phrase that ends at the offset, the last verb stands
// that may govern what follows; 0 for none.
func (r *reading) lastVerb(phrase string, end int) int {
	words := r.wordsIn(tongbao.Span{Start: end - len(phrase), End: end})
	for i := len(words) - 1; i > 0; i-- {
		if word := words[i].Of(r.text); phrases().head.Has(word) && utf8.RuneCountInString(word) > 1 {
			return words[i].Start - (end - len(phrase))
		}
	}
	return 0
}

// edges are the particles and marks that trimThing strips off either end.
var edges = lexicon.Must(lexicon.Parse("edges", strings.Join([]string{"等", "、", "和", "及", "与", "或", "的", "以及", "（", "(", "）", ")", "，", ",", "：", ":"}, "\n"), 0))

// trimThing strips what is left over at the ends of a noun phrase.
func trimThing(phrase string) string {
	if beginsHan(phrase) && endsHan(phrase) {
		_, before := edges.Prefix(phrase)
		if _, behind := edges.Suffix(phrase); !before && !behind {
			return phrase // as most are
		}
	}
	for {
		before := phrase
		phrase = strings.TrimSpace(phrase)
		for _, cut := range []string{"等", "、", "和", "及", "与", "的", "以及", "（", "(", "，", ",", "：", ":"} {
			phrase = strings.TrimSuffix(phrase, cut)
		}
		for _, cut := range []string{"的", "、", "和", "及", "或", "等", "）", ")", "，", ","} {
			phrase = strings.TrimPrefix(phrase, cut)
		}
		if phrase == before {
			return phrase
		}
	}
}

func isPunctuation(word string) bool {
	return len(word) <= 3 && !beginsHan(word) && isMark(word)
}

func isMark(word string) bool {
	switch word {
	case "，", ",", "。", "；", ";", "：", ":", "！", "？", "!", "?", "、", "“", "”", "‘", "’", "《", "》", "〈", "〉",
		"(", ")", "（", "）", "〔", "〕", "[", "]", "【", "】", "\n", "…", "—":
		return true
	}
	return false
}

// thingBefore returns what the words before a number name: the noun phrase
// that they end with (收集问题|2367个 → 问题), or the verb where there is no
// noun (办结|8件 → 办结).
func (r *reading) thingBefore(s tongbao.Span) string {
	text := s.Of(r.text)
	text = trimRight(text, " 　")
	for {
		if e, ok := phrases().tail.Suffix(text); ok && !protected(text, e.Word) {
			text = trimRight(text[:len(text)-len(e.Word)], " 　")
			continue
		}
		if cut := trimRight(text, "、，,：:（(为"); cut != text {
			text = cut
			continue
		}
		break
	}
	if strings.HasSuffix(text, "”") {
		if open := strings.LastIndex(text, "“"); open >= 0 {
			return strings.Trim(text[open:], "“”")
		}
	}
	if title, ok := strings.CutSuffix(text, "》"); ok {
		if open := strings.LastIndex(title, "《"); open >= 0 {
			return title[open+len("《"):] // 《纪律检查建议书》|9份
		}
	}
	if i := lastMark(text, "，,；;。：:\n”》】、"); i >= 0 {
		_, n := utf8.DecodeRuneInString(text[i:])
		text = text[i+n:]
	}
	if strings.HasPrefix(text, "级") && !startsWithAny(text, "级别", "级差") {
		text = strings.TrimPrefix(text, "级") // 5万吨级|泊位
	}
	for _, bound := range []string{"及以上的", "以上的", "以下的", "以内的", "左右的"} {
		text = strings.TrimPrefix(text, bound) // 50万元|以上的|村27个
	}
	words := r.wordsIn(s)
	text = behindManner(r.behindAdverb(text, words))
	what := stripHead(text, words, r.text)
	switch what {
	case "除": // 除|2个需长期坚持外
		return ""
	case "涉":
		if endsWithAny(r.text[:s.End], "涉及") {
			return "涉及"
		}
	}
	return what
}

// adverbs part the subject of a clause from its verb: 问题线索|目前已|办结.
var adverbs = []string{"已", "已经", "目前", "目前已", "现已", "均", "均已", "累计", "先后", "共", "截至目前", "全部"}

// behindAdverb cuts a phrase behind its last adverb, where words follow it.
func (r *reading) behindAdverb(text string, words []tongbao.Word) string {
	for i := len(words) - 1; i > 0; i-- {
		word := words[i].Of(r.text)
		if !slices.Contains(adverbs, word) {
			continue
		}
		if at := strings.LastIndex(text, word); at >= 0 && at+len(word) < len(text) {
			return text[at+len(word):]
		}
	}
	return text
}

// behindManner cuts a phrase behind the words that say how: 等方式|推动解决问题.
func behindManner(text string) string {
	at := strings.LastIndex(text, "方式")
	if at < 0 || startsWithAny(text[at:], "方式的", "方式多", "方式不") || len(text) == at+len("方式") {
		return text
	}
	return text[at+len("方式"):]
}

// protectedWords end like a tail word and are whole.
var protectedWords = lexicon.Must(lexicon.Parse("protectedWords", strings.Join([]string{
	"行为", "作为", "人数", "总数", "户数", "件数", "起数", "创新", "更新", "高新", "基本", "成本", "样本", "资本", "文本", "课本", "标本", "副本", "目的", "有的", "所有", "国有", "持有", "占有", "支出", "退出", "输出", "偿还", "归还", "退还", "返还", "通过", "超过", "经过", "建立", "总计", "审计", "统计", "会计", "设计", "累计", "突出", "提出", "查出", "指出", "自由", "缘由", "理由", "报到", "收到", "接到", "达到", "下达", "到达", "表达", "平均", "部分", "积分", "评分", "充分", "区分", "成分", "学分", "得分", "处分", "十分", "签到", "遇到", "感到", "受到", "得到", "签约", "预约", "特约", "节约", "邀约", "违约", "履约", "公约",
}, "\n"), 0))

// protected keeps 数 in 人数, 为 in 行为, 新 in 创新: a tail word of one
// character that is the end of a longer word.
func protected(text, tail string) bool {
	whole, ok := protectedWords.Suffix(text)
	return ok && len(whole.Word) > len(tail) && strings.HasSuffix(whole.Word, tail)
}

// prepositions name nothing when they stand alone before a number.
const prepositions = "对将把向为给与和及由从在于按有占达"

// stripHead cuts verbs and particles off the beginning of a phrase as long as
// something remains behind them; it falls back on the last of them.
func stripHead(text string, words []tongbao.Word, whole string) string {
	rest, before := text, "" // before: what was cut off last
	for {
		rest = trimLeft(rest, " 　的")
		if strings.HasPrefix(rest, "了") && !startsWithAny(rest, "了结", "了解") {
			rest = strings.TrimPrefix(rest, "了")
		}
		next := rest
		if inState(rest) {
			break
		}
		if e, ok := phrases().head.Prefix(rest); ok {
			next = rest[len(e.Word):]
		} else if e, ok := phrases().tail.Prefix(rest); ok && len(e.Word) > 3 || ok && strings.Contains("共已各", e.Word) {
			next = rest[len(e.Word):]
		}
		if next == rest {
			break
		}
		if bare := trimLeft(next, " 的了出"); bare == "" || utf8.RuneCountInString(bare) == 1 && strings.ContainsAny(bare, "率数量额度比值费款班会") {
			if bare == "" && utf8.RuneCountInString(rest) == 1 && strings.ContainsAny(rest, prepositions) {
				return ""
			}
			if deed := before + rest; utf8.RuneCountInString(before) == 2 && utf8.RuneCountInString(rest) == 2 && !phrases().tail.Has(before) && before != "现已" && strings.HasSuffix(text, deed) {
				return deed // 退回重报|30份, 整改到位|117个
			}
			return trimThing(rest)
		}
		before, rest = rest[:len(rest)-len(next)], next
	}
	if utf8.RuneCountInString(rest) > 3*phraseLimit/4 {
		rest = lastPhrase(rest, words, whole)
	}
	return trimThing(rest)
}

// inState reports whether 在 is no preposition but the beginning of a word: 在职,
// 在校生.
func inState(text string) bool {
	return strings.HasPrefix(text, "在") && startsWithAny(text, "在职", "在校", "在岗", "在编", "在读", "在册", "在建", "在逃", "在库", "在研", "在册")
}

// lastPhrase shortens a long phrase to its end, beginning at a word's border
// behind the last particle.
func lastPhrase(rest string, words []tongbao.Word, whole string) string {
	length, start := 0, len(rest)
	for i := len(words) - 1; i >= 0; i-- {
		word := words[i].Of(whole)
		if !strings.HasSuffix(rest[:start], word) {
			if length == 0 {
				continue // 共, 累计 and their like have been cut off
			}
			break
		}
		if length += utf8.RuneCountInString(word); length > phraseLimit/2 {
			break
		}
		start -= len(word)
		if start <= 0 {
			return rest
		}
	}
	if start == len(rest) {
		return ""
	}
	return rest[start:]
}
