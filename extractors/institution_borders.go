package extractors

import (
	"sort"
	"strings"
	"unicode/utf8"

	"tongbao/internal/divisions"
	"tongbao/internal/lexicon"
)

// isPlaceLevel reports whether a word is the level of a place, so that what
// stands before it is its name: 太|原|市.
func isPlaceLevel(word string) bool {
	switch word {
	case "市", "县", "区", "镇", "乡", "村", "街道", "经济":
		return true
	}
	return false
}

func startsAnchor(word string) bool {
	if levelWord(word) || placeEnds(word) {
		return true
	}
	_, body := endings().Suffix(word)
	return body && startsWithAny(word, "省", "市", "区", "县", "州", "中央")
}

func placeEnds(word string) bool {
	return utf8.RuneCountInString(word) >= 2 && endsWithAny(word, "省", "市", "区", "县", "州", "镇", "乡", "街道", "村")
}

// fusedPreposition returns the length of a preposition that the segmenter has
// joined with the first character of a name it does not know: 对望|山县分局,
// 向海|岳银行党委; 0 for other words.
func (r *reading) fusedPreposition(k int, word, tag string) int {
	if verbCounty(word) && r.joinsCounty(k, word) {
		return len("会同")
	}
	if len(word) != 2*len("对") || tag == "" || k+1 >= len(r.Words) || r.Words[k+1].Start != r.Words[k].End {
		return 0
	}
	next := r.Words[k+1]
	switch {
	case strings.HasPrefix(word, "对") && tag == "v" && nameRole(word) == "":
		if strings.HasPrefix(next.Tag, "ns") || placeEnds(next.Of(r.text)) {
			return len("对")
		}
	case strings.HasPrefix(word, "向") && tag != "ns" && strings.HasPrefix(tag, "n"):
		if strings.HasSuffix(r.text[:r.Words[k].Start], "组") {
			return len("向")
		}
	}
	return 0
}

// verbCounty reports whether a word is the name of a county, and as well a verb
// and the level of the body that it takes.
func verbCounty(word string) bool {
	return len(word) == len("会同县") && (word == "会同县" || word == "新建县" || word == "新建区")
}

// joinsCounty reports whether such a word at k is the verb (县医保局会同|县审计局)
// and not the county in Hunan or Jiangxi.
func (r *reading) joinsCounty(k int, word string) bool {
	w := &r.Words[k]
	if k+1 >= len(r.Words) || r.Words[k+1].Start != w.End || strings.Contains(r.Notice.Title, word) || r.knownHere(word) || endsWithAny(r.text[:w.Start], "怀化市", "湖南省", "怀化", "湖南", "南昌市", "江西省", "南昌", "江西", "中共") {
		return false
	}
	return bodyBegins(r.text[w.End:])
}

// functionWords are single characters that stand between names, not in them.
const functionWords = "对向由从在和与及或为被将把的了等是有经给至于并且但而以之其该某各每本我们你他她也又再都已未不就到让使同按据因如若则即当所个名家项人离号年月日元占"

func functionWord(word string) bool {
	return len(word) == len("对") && strings.Contains(functionWords, word)
}

// verbInName accepts a word that is elsewhere a verb or particle where the name
// of a body goes on behind it: 市土地|收购|储备中心, 海岳|租赁公司, 湖北|联|投集团.
func (r *reading) verbInName(k int, word string, run []piece) bool {
	if len(word) > 2*len("储") || len(word) < len("储") || word[0] < utf8.RuneSelf {
		return false
	}
	tag, runes := r.Words[k].Tag, len(word)/len("储")
	switch { // what is cheap to see first: most words are no part of a name
	case tag == "" || tag[0] == 'p' || tag[0] == 'u' || tag[0] == 'r' || tag[0] == 'w' || tag[0] == 'm':
		return false
	case runes == 2 && tag[0] != 'v' && !r.placeGoesOnAt(k, word):
		return false
	case runes == 2 && len(run) == 0 && !r.taskAhead(k) && !r.placeGoesOnAt(k, word):
		return false
	case runes == 1 && len(run) == 0 && !r.opensClause(k):
		return false
	}
	if len(run) > 0 && !(runes == 1 && r.bodyAhead(k, 6, companyEndings) || runes == 2 && r.bodyAhead(k, 2, insideEndings)) {
		return false
	}
	if isPunctuation(word) || functionWord(word) || nameRole(word) != "" || len(run) == 0 && r.numberEndingAt(r.Words[k].Start) >= 0 {
		return false
	}
	if len(run) == 0 {
		return runes == 2 && (r.taskAhead(k) || r.placeGoesOnAt(k, word)) || runes == 1 && r.opensClause(k) && r.bodyAhead(k, 6, companyEndings)
	}
	if r.complete(run) {
		return false
	}
	if runes == 2 && r.bodyAhead(k, 2, committeeEndings) {
		return true // 教材|审核|委员会
	}
	first := run[0]
	return strings.HasPrefix(first.tag, "ns") || len(first.word) == len("海") || placeEnds(first.word)
}

var (
	companyEndings   = []string{"公司", "集团", "合作社", "银行"}
	insideEndings    = []string{"公司", "中心", "集团", "领导小组", "专班", "指挥部", "办公室", "委员会", "研究院", "研究所", "大队", "支队"}
	committeeEndings = []string{"委员会", "领导小组", "指挥部"}
	taskEndings      = []string{"领导小组", "专班", "指挥部", "工作组", "协调小组"}
)

// placeGoesOnAt reports whether a word is the beginning of a known place whose
// level stands behind it: 无为|市.
func (r *reading) placeGoesOnAt(k int, word string) bool {
	if k+1 >= len(r.Words) || r.Words[k+1].Start != r.Words[k].End || r.Words[k+1].End-r.Words[k+1].Start != len("市") {
		return false
	}
	next := r.Words[k+1].Of(r.text)
	return len(next) == len("市") && strings.Contains("市县区", next) && len(divisions.Find(word+next)) > 0
}

// taskAhead reports whether a verb names the task of a task force: 招生|工作|领导小组.
func (r *reading) taskAhead(k int) bool {
	return r.Words[k].Tag == "v" && strings.HasPrefix(r.text[r.Words[k].End:], "工作") && r.bodyAhead(k, 3, taskEndings)
}

// bodyAhead reports whether one of the next words ends the name of a body, and
// nothing before it ends the name.
func (r *reading) bodyAhead(k, words int, ends []string) bool {
	last := k
	for i := k + 1; i <= k+words && i < len(r.Words) && r.Words[i].Start == r.Words[i-1].End && r.Words[i].Tag != "w"; i++ {
		if endsWithAny(r.Words[i].Of(r.text), ends...) {
			last = i
			break
		}
	}
	for i := k + 1; i <= last; i++ {
		word := r.Words[i].Of(r.text)
		if isPunctuation(word) || functionWord(word) || levelWord(word) || nameRole(word) == "bound" {
			return false
		}
	}
	return last > k
}

// opensClause reports whether nothing stands before a word in its clause.
func (r *reading) opensClause(k int) bool {
	return k == 0 || r.Words[k-1].End != r.Words[k].Start || isPunctuation(r.Words[k-1].Of(r.text))
}

// complete reports whether a run is the name of a body already.
func (r *reading) complete(run []piece) bool {
	joined := r.text[run[0].Start:run[len(run)-1].End]
	e, ok := endings().Suffix(joined)
	return ok && (len(e.Word) < len(joined) || e.Fields[1] == "yes")
}

// joinsSchool reports whether 与 stands inside the name of a school:
// 环境科学与|工程学院, not 学校与|学院.
func (r *reading) joinsSchool(k int) bool {
	if k == 0 || r.Words[k-1].End != r.Words[k].Start {
		return false
	}
	before := r.Words[k-1].Of(r.text)
	if _, body := endings().Suffix(before); body || isPunctuation(before) || utf8.RuneCountInString(before) < 2 || !strings.HasPrefix(r.Words[k-1].Tag, "n") && r.Words[k-1].Tag != "vn" && !departments().Has(before) {
		return false
	}
	for i := k + 1; i < len(r.Words) && i <= k+4 && r.Words[i].Start == r.Words[i-1].End; i++ {
		word := r.Words[i].Of(r.text)
		if word == "学院" || word == "研究院" || word == "中心" && i == k+2 && strings.HasPrefix(r.Words[k+1].Tag, "v") {
			return i > k+1 // 信息化建设与|管理|中心
		}
		if word == "处" && i > k+1 || endsWithAny(word, "管理处", "就业处", "建设处", "交流处", "合作处") {
			return !endsWithAny(before, "财务", "审计", "人事") || i > k+1
		}
		if endsWithAny(word, "学院") || word == "管理中心" && i == k+1 && r.Words[k-1].Tag == "vn" {
			return true
		}
		if isPunctuation(word) || functionWord(word) || levelWord(word) {
			return false
		}
	}
	return false
}

// opensName reports whether a piece begins a second name behind a complete one.
func (r *reading) opensName(before []piece, p piece, ending lexicon.Entry) bool {
	switch {
	case levelWord(p.word):
		if e := before[len(before)-1]; len(p.word) == len("区") && !strings.HasSuffix(e.word, ending.Word) && !strings.HasSuffix(ending.Word, e.word) {
			return false // 农业发展银行西安市|鄠|邑|区支行: what lies between is the place's name
		}
		switch ending.Word { // 景德镇|市委 goes on
		case "镇", "乡", "村":
			return false
		}
		return true
	case p.word == "驻":
		return ending.Fields[1] == "yes" && !strings.Contains(limit(r.text[p.End:], 30), "纪检")
	}
	own := bodyName(r.Notice)
	return own != "" && len(p.word) > len("南开") && ending.Fields[0] != "party" && strings.HasPrefix(r.text[p.Start:], own) && !levelWord(p.word) && r.text[before[0].Start:p.Start] != own
}

// limit returns the beginning of a text, at most so many bytes.
func limit(text string, n int) string { return text[:min(n, len(text))] }

// properPart drops words at the beginning that belong to the sentence.
func (r *reading) properPart(run []piece) []piece {
	for k := len(run) - 1; k > 0; k-- {
		if r.beginsName(run, k) {
			run = run[k:]
			break
		}
	}
	if len(run) > 1 && run[0].word == "驻" && !hasAny(r.text[run[0].Start:run[len(run)-1].End], []string{"纪检", "监察"}) {
		run = run[1:] // 国家监委|驻|南开大学监察专员
	}
	if len(run) > 2 && run[0].word == "新建" && (run[1].tag == "s" || strings.HasPrefix(run[1].tag, "nr") || strings.HasPrefix(run[1].tag, "ns")) && !levelWord(run[1].word) {
		run = run[1:] // the verb, not the county: 新建|城北实验学校
	}
	for len(run) > 1 && run[0].word != "中央" && (strings.HasPrefix(run[0].tag, "a") || strings.HasPrefix(run[0].tag, "f") || strings.HasPrefix(run[0].tag, "q") || nameRole(run[0].word) == "mid" || nameRole(run[0].word) == "inner" && run[0].word != "派驻" && utf8.RuneCountInString(run[0].word) > 1 && startsAnchor(run[1].word)) {
		if strings.HasPrefix(run[0].tag, "f") && utf8.RuneCountInString(run[1].word) == 1 && endsWithAny(run[0].word, "中", "东", "南", "西", "北") {
			break // 中宸公司: a character of the name that is a place word elsewhere
		}
		if run[1].word == "与" && departments().Has(run[0].word) {
			break // 基建|与|资产管理处
		}
		run = run[1:]
	}
	return run
}

// beginsName reports whether the name begins with piece k, whatever stands
// before it in the run.
func (r *reading) beginsName(run []piece, k int) bool {
	word := run[k].word
	switch {
	case word == "原":
		if k == 1 && utf8.RuneCountInString(run[0].word) == 1 && !isPlaceLevel(run[0].word) && (run[0].tag == "ns" || run[0].tag == "zg") && k+1 < len(run) {
			return false // 澄|原|置业公司
		}
		// 太|原|市 is the name of a place; 山西省|原|粮食局 is whole
		return !r.wholeBefore(run, k) && !(utf8.RuneCountInString(run[k-1].word) == 1 && !isPlaceLevel(run[k-1].word) && k+1 < len(run) && startsWithLevel(run[k+1].word))
	case strings.HasPrefix(word, "中共"):
		return run[k-1].word != "原"
	case startsWithAny(word, "党中央", "国务院", "中央") && word != "中央企业":
		return run[k-1].word != "原" && !strings.HasSuffix(run[k-1].word, "中共")
	}
	if endsWithAny(run[k-1].word, "驻") && endsWithAny(r.text[:run[len(run)-1].End], "纪检监察组", "纪检组") {
		return false // 派驻|市中院纪检监察组
	}
	if before := nameRole(run[k-1].word); len(word) == len("区") {
		return levelWord(word) && (before == "inner" || before == "mid" || strings.HasPrefix(run[k-1].tag, "v") && !r.knownPlace(run[k-1].word+word))
	}
	return startsLevel(word) && !r.placeBefore(run[:k], firstRune(word))
}

// wholeBefore reports whether the place before 原 belongs to the name, which is
// that of a body that is no more: 山西省|原|粮食局.
func (r *reading) wholeBefore(run []piece, k int) bool {
	place := r.text[run[0].Start:run[k-1].End]
	if k+1 >= len(run) || !placeEnds(place) || !endsWithAny(place, "省", "市", "县", "区", "州") || strings.HasPrefix(run[k+1].tag, "ns") || startsWithLevel(run[k+1].word) {
		return false
	}
	for _, p := range run[:k] {
		if utf8.RuneCountInString(p.word) > 1 && !placeEnds(p.word) && !strings.HasPrefix(p.tag, "ns") {
			return false
		}
	}
	rest := r.text[run[k].End:run[len(run)-1].End]
	e, ok := endings().Suffix(rest)
	return ok && e.Word != rest && !commonNames.Has(rest)
}

// knownPlace reports whether a division or the inspected place is called so.
func (r *reading) knownPlace(name string) bool {
	return r.knownHere(name) || len(divisions.Find(name)) > 0
}

// knownHere reports whether the inspected place or one above it is called so.
func (r *reading) knownHere(name string) bool {
	b := r.Notice.Inspected
	return b != nil && (b.District == name || b.City == name || b.Province == name || b.Name == name)
}

// startsWithLevel reports whether a word begins with the level of a place.
func startsWithLevel(word string) bool {
	return isPlaceLevel(word) || startsWithAny(word, "经济", "高新", "开发区") || startsWithAny(word, "市", "县", "区", "镇", "乡") && startsLevel(word)
}

// startsLevel reports whether a word begins with the level of the body: 区委,
// 县公安局.
func startsLevel(word string) bool {
	if levelWord(word) {
		return true
	}
	if !startsWithAny(word, "省", "市", "区", "县", "州") || startsWithAny(word, "市场", "市容", "区域", "县域") {
		return false // 省|市场监管局
	}
	_, body := endings().Suffix(word)
	return body && utf8.RuneCountInString(word) > 2
}

// placeBefore reports whether what stands before a level is the name of the
// place: 望江|区委, not 专题|区委常委会, 办理|省委巡视组.
func (r *reading) placeBefore(run []piece, level rune) bool {
	last := run[len(run)-1]
	if last.word == "原" || placeEnds(last.word) || isPlaceLevel(last.word) || strings.HasSuffix(last.word, "自治区") {
		return true
	}
	for i := len(run) - 1; i >= 0; i-- { // 中共澄州市|望江|区委
		if word := run[i].word; word == "中共" || word == "原" || endsWithAny(word, "省", "市") && placeEnds(word) {
			run = run[i+1:]
			break
		}
	}
	if len(run) == 0 {
		return true
	}
	name := r.text[run[0].Start:last.End]
	runes := utf8.RuneCountInString(name)
	if runes < 2 {
		return runes == 0
	}
	if strings.HasPrefix(last.tag, "ns") || last.tag == "nr" && nameRole(last.word) == "" {
		return nameRole(run[0].word) != "bound"
	}
	single := true
	for _, p := range run {
		single = single && utf8.RuneCountInString(p.word) == 1 && !functionWord(p.word) && !strings.HasPrefix(p.tag, "q") || placeEnds(p.word)
	}
	if single && runes <= 4 {
		return true
	}
	// A word that is a noun elsewhere names a place where it stands with its level alone as well.
	return runes <= 4 && r.knownPlace(name+string(level))
}

// withoutFormer returns the run and its ending, or, where 原 cut off the body
// that a bare ending belongs to (贵州省政协|原|党组副书记), tells that there is none.
func (r *reading) withoutFormer(run []piece, ending lexicon.Entry) ([]piece, lexicon.Entry, bool) {
	if len(run) == 0 {
		return nil, ending, false
	}
	name := r.text[run[0].Start:run[len(run)-1].End]
	e, ok := endings().Suffix(name)
	if !ok {
		return nil, ending, false
	}
	bare := strings.TrimPrefix(name, "原")
	return run, e, bare == name || bare != e.Word && !commonNames.Has(bare) || e.Fields[1] == "yes"
}

// formerParty returns where a name ends that 原 and a bare party organisation
// stand behind, as part of a post: 松塘镇|原党委副书记; 0 where none does.
func formerParty(name string) int {
	for _, former := range []string{"原党委", "原党组", "原党支部", "原村委会"} {
		if strings.HasSuffix(name, former) {
			return len(name) - len(former)
		}
	}
	return 0
}

// numberEndingAt and numberStartingAt return the index of the number that
// touches the offset, -1 for none.
func (r *reading) numberEndingAt(offset int) int {
	i := sort.Search(len(r.Numbers), func(i int) bool { return r.Numbers[i].End >= offset })
	if i < len(r.Numbers) && r.Numbers[i].End == offset && !r.Numbers[i].Ordinal {
		return i
	}
	return -1
}

func (r *reading) numberStartingAt(offset int) int {
	i := sort.Search(len(r.Numbers), func(i int) bool { return r.Numbers[i].Start >= offset })
	if i < len(r.Numbers) && r.Numbers[i].Start == offset {
		return i
	}
	return -1
}
