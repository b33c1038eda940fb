package extractors

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"tongbao"
	"tongbao/internal/lexicon"
)

// bodiesCounted reports whether bodies of a kind are counted or spoken of in general:
// 26个行业协会, 9家子公司, 服务中心7家, 被巡察学院.
func (r *reading) bodiesCounted(span tongbao.Span, run []piece, ending lexicon.Entry) bool {
	before, behind, name := r.text[:span.Start], r.text[span.End:], span.Of(r.text)
	if documentLetters(behind) || startsWithAny(name, "镇", "乡") && name == ending.Word && !r.townNamed(span.Start) {
		return true // the letters of a document's number: 澜自然|资党组〔2023〕3号; 乡党委 in general
	}
	if !levelWord(run[0].word) && (endsWithAny(before, "个", "家", "某", "各", "一支") || strings.HasSuffix(before, "被") && startsWithAny(name, "巡") || strings.HasSuffix(before, "等") && strings.HasPrefix(name, "人")) {
		return true
	}
	if n := r.numberEndingAt(span.Start); n >= 0 && startsWithAny(name, "家", "个", "所", "名", "处", "座", "支", "级", "届", "轮", "批") && !strings.HasSuffix(ending.Word, "街道") {
		return true
	}
	if ending.Word == "中心" && strings.HasPrefix(behind, "工作") && !strings.HasPrefix(behind, "工作人员") {
		return true // 抓好教书育人|中心工作
	}
	switch ending.Word {
	case "中心", "厂", "学校", "小学", "中学", "村", "公司", "医院", "协会", "合作社", "幼儿园", "党支部", "银行", "社区":
		if n := r.numberStartingAt(span.End); n >= 0 && startsWithAny(r.text[r.Numbers[n].End:], "个", "家", "所", "处", "座") {
			_, size := utf8.DecodeRuneInString(r.text[r.Numbers[n].End:])
			rest := r.text[r.Numbers[n].End+size:]
			return rest == "" || isPunctuation(string(firstRune(rest))) || rest[0] == '\n'
		}
	}
	return false
}

// documentLetters reports whether what stands before a text are the letters of
// a document's number: 澜自然资|党发〔2023〕3号.
func documentLetters(behind string) bool {
	for i, c := range limit(behind, 4*len("党")) {
		switch {
		case c == '〔':
			return true
		case c == '[':
			return strings.HasPrefix(behind[i:], "[20")
		case isPunctuation(string(c)):
			return false
		}
	}
	return false
}

// wholeTown takes in the first character of a town's name where the segmenter
// has cut it off: 松|塘镇党委.
func (r *reading) wholeTown(s tongbao.Span) tongbao.Span {
	_, size := utf8.DecodeRuneInString(s.Of(r.text))
	if !startsWithAny(r.text[s.Start+size:s.End], "镇", "乡", "村") || commonNames.Has(s.Of(r.text)) {
		return s
	}
	k := sort.Search(len(r.Words), func(i int) bool { return r.Words[i].End >= s.Start })
	if k >= len(r.Words) || r.Words[k].End != s.Start {
		return s
	}
	if word := r.Words[k].Of(r.text); utf8.RuneCountInString(word) == 1 && !functionWord(word) && unicode.Is(unicode.Han, firstRune(word)) {
		s.Start = r.Words[k].Start
	}
	return s
}

// townNamed reports whether 镇党委 is that of a town: the inspected one or one
// that the lines before name.
func (r *reading) townNamed(offset int) bool {
	if b := r.Notice.Inspected; b != nil && endsWithAny(bodyName(r.Notice), "镇", "乡") {
		return true
	}
	for i := len(r.facts) - 1; i >= 0 && r.facts[i].Kind == tongbao.Institution && offset-r.facts[i].Start < 400; i-- {
		if f := &r.facts[i]; f.Category == "street" || hasAny(f.Name, []string{"镇", "乡"}) {
			return true
		}
	}
	return false
}

// partyBefore returns the length of the party committee that a name begins with
// and that stands before the government of its level: 省委|省政府; 0 for none.
func (r *reading) partyBefore(name string, ending lexicon.Entry) int {
	level, ok := strings.CutSuffix(ending.Word, "政府")
	if !ok || ending.Fields[1] != "yes" {
		return 0
	}
	before := name[:len(name)-len(ending.Word)]
	if !strings.HasSuffix(before, level+"委") {
		return 0
	}
	return len(before)
}

// teamOf resolves a team by number alone against the team that it is listed
// with: 县委第一巡察组、第三巡察组; "" for other names.
func (r *reading) teamOf(s tongbao.Span) string {
	n := len(r.facts)
	if n == 0 || !strings.HasPrefix(s.Of(r.text), "第") {
		return ""
	}
	f := &r.facts[n-1]
	if f.Kind != tongbao.Institution || f.Category != "inspection_team" || f.Canonical == "" || f.End > s.Start {
		return ""
	}
	switch r.text[f.End:s.Start] {
	case "、", "和", "及", "与":
	default:
		return ""
	}
	at := strings.LastIndex(f.Canonical, "第")
	if at <= 0 {
		return ""
	}
	return f.Canonical[:at] + s.Of(r.text)
}
