package extractors

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"

	"tongbao"
	"tongbao/internal/lexicon"
)

//go:embed institutions.tsv
var institutionsList string

//go:embed names.tsv
var namesList string

var endings = sync.OnceValue(func() *lexicon.Lexicon {
	return lexicon.Must(lexicon.Parse("institutions.tsv", extended("institutions"), 2))
})

// nameWords maps the words of names.tsv to their role.
var nameWords = sync.OnceValue(func() map[string]string {
	roles := map[string]string{}
	for line := range strings.Lines(extended("names")) {
		if word, role, found := strings.Cut(strings.TrimSpace(line), "\t"); found && !strings.HasPrefix(word, "#") {
			roles[word] = role
		}
	}
	return roles
})

// joinedNames are names of bodies with 和 or 与 inside (住房和城乡建设局).
var joinedNames = lexicon.Must(lexicon.Parse("joinedNames", strings.Join([]string{
	"住房和城乡建设", "住房和城市建设", "住房与城乡建设", "人力资源和社会保障", "发展和改革", "经济和信息化", "文化和旅游", "规划和自然资源", "自然资源和规划",
	"卫生和计划生育", "农业和农村", "工业和信息化", "财政和金融", "科技和经济", "数据和政务", "机关事务和", "金融和国资", "住房保障和房产", "教育和体育", "文化和广电", "商务和",
}, "\n"), 0))

// A piece is a word or an ordinal number, as the names of bodies are made of.
type piece struct {
	tongbao.Span
	word string
	tag  string
}

// readInstitutions reads the names of bodies: runs of words without a border
// in between that end with an ending of institutions.tsv.
func readInstitutions(r *reading) {
	var run []piece
	flush := func() {
		if len(run) > 0 {
			r.namesIn(run)
			run = run[:0]
		}
	}
	numbers := r.Numbers
	title := 0
	for k, w := range r.Words {
		for len(numbers) > 0 && numbers[0].Start < w.Start {
			n := numbers[0]
			numbers = numbers[1:]
			if len(run) > 0 && run[len(run)-1].End == n.Start && (n.Ordinal || n.Chinese) {
				run = append(run, piece{n.Span, n.Of(r.text), "m"})
			} else if n.Chinese && !n.Ordinal { // 四季青街道, 三里桥社区
				flush()
				run = append(run, piece{n.Span, n.Of(r.text), "m"})
			} else {
				flush()
			}
		}
		for title < len(r.titles) && r.titles[title].End <= w.Start {
			title++
		}
		if title < len(r.titles) && r.titles[title].Start <= w.Start {
			flush()
			continue
		}
		word := w.Of(r.text)
		if len(run) > 0 && run[len(run)-1].End != w.Start {
			flush()
		}
		if r.partOfName(k, word, w.Tag) {
			run = append(run, piece{w.Span, word, w.Tag})
			continue
		}
		flush()
	}
	flush()
}

// partOfName reports whether a word may stand inside the name of a body.
func (r *reading) partOfName(k int, word, tag string) bool {
	if isPunctuation(word) || word == "、" || strings.TrimSpace(word) == "" {
		return r.insideParty(k, word)
	}
	if strings.HasPrefix(word, "第") {
		return true
	}
	switch nameWords()[word] {
	case "inner", "mid":
		return true
	case "bound":
		return (word == "和" || word == "与") && r.joins(k)
	}
	if _, ok := endings().Suffix(word); ok {
		return true
	}
	switch {
	case tag == "":
		return true
	case utf8.RuneCountInString(word) == 1 && (strings.HasSuffix(tag, "g") || tag == "zg"):
		return true // a name that the dictionary does not know is cut into characters
	case strings.HasPrefix(tag, "vn"), strings.HasPrefix(tag, "n"), strings.HasPrefix(tag, "j"), strings.HasPrefix(tag, "b"), strings.HasPrefix(tag, "s"), strings.HasPrefix(tag, "l"), strings.HasPrefix(tag, "g"), strings.HasPrefix(tag, "k"), strings.HasPrefix(tag, "h"), strings.HasPrefix(tag, "q"), strings.HasPrefix(tag, "eng"), strings.HasPrefix(tag, "x"), strings.HasPrefix(tag, "i"):
		return true
	case strings.HasPrefix(tag, "a"), strings.HasPrefix(tag, "f"):
		return utf8.RuneCountInString(word) <= 2
	}
	return false
}

// insideParty accepts the brackets of 党(工)委.
func (r *reading) insideParty(k int, word string) bool {
	at := r.Words[k].Start
	switch word {
	case "(", "（":
		return strings.HasSuffix(r.text[:at], "党") && startsWithAny(r.text[at:], "(工)委", "（工）委")
	case ")", "）":
		return strings.HasSuffix(r.text[:at], "(工") || strings.HasSuffix(r.text[:at], "（工")
	}
	return false
}

// joins reports whether 和 at word k stands inside a name (住房和城乡建设局).
func (r *reading) joins(k int) bool {
	at := r.Words[k].Start
	for back := 3; back <= 15 && back <= at; back += 3 {
		if e, ok := joinedNames.Prefix(r.text[at-back:]); ok && len(e.Word) > back {
			return true
		}
	}
	return false
}

// namesIn cuts a run of words into the names that it holds.
func (r *reading) namesIn(run []piece) {
	start := 0
	best, bestEnding := -1, lexicon.Entry{}
	emit := func() {
		if best >= start {
			r.addInstitution(run[start:best+1], bestEnding)
		}
	}
	for i := range run {
		joined := r.text[run[start].Start:run[i].End]
		if best >= start && levelWord(run[i].word) {
			emit()
			start, best = i, -1
			joined = run[i].word
		}
		next := ""
		if i+1 < len(run) {
			next = run[i+1].word
		}
		if e, ok := endings().Suffix(joined); ok && !strings.HasPrefix(next, "长") && run[i].End-len(e.Word) >= run[start].Start {
			best, bestEnding = i, e
		}
	}
	emit()
}

// levelWord reports whether a word opens a new name within a run (区纪委区监委
// are two, joined later).
func levelWord(word string) bool {
	switch word {
	case "区", "市", "县", "省", "区委", "市委", "县委", "省委", "区政府", "市政府", "县政府", "省政府", "区纪委", "市纪委", "县纪委", "省纪委", "区监委", "市监委", "县监委", "省监委":
		return true
	}
	return false
}

func (r *reading) addInstitution(run []piece, ending lexicon.Entry) {
	run = properPart(run)
	if len(run) == 0 {
		return
	}
	span := r.wholePlace(tongbao.Span{Start: run[0].Start, End: run[len(run)-1].End})
	name := span.Of(r.text)
	if !properName(name, ending, run) || endsWithAny(r.text[:span.Start], "个", "家", "某", "下属", "各", "一支", "所属") && !levelWord(run[0].word) {
		return // 26个行业协会: bodies of a kind, no name
	}
	if n := len(r.facts); n > 0 {
		if last := &r.facts[n-1]; last.Rule == "name" && last.Kind == tongbao.Institution && last.End == span.Start && last.Category == "discipline" && ending.Fields[0] == "discipline" {
			last.End = span.End // 区纪委区监委 is one body with two signs
			last.Name = last.Of(r.text)
			last.Canonical = r.canonical(last.Name)
			return
		}
	}
	r.add(tongbao.Fact{Kind: tongbao.Institution, Span: span, Name: name, Canonical: r.canonical(name), Category: ending.Fields[0], Rule: "name"})
	r.addHost(run, name)
}

// wholePlace takes in the beginning of the inspected place's name where the
// segmenter, which does not know it, has cut it in two (松|涧县委).
func (r *reading) wholePlace(s tongbao.Span) tongbao.Span {
	b := r.Notice.Inspected
	if b == nil {
		return s
	}
	for _, place := range []string{b.City, b.District} {
		for i := range place {
			if i > 0 && strings.HasPrefix(s.Of(r.text), place[i:]) && strings.HasSuffix(r.text[:s.Start], place[:i]) {
				s.Start -= i
				return s
			}
		}
	}
	return s
}

// addHost reads the body inside the name of its party group or office:
// 区农居建设管理中心|党组, 区委巡视整改工作领导小组|办公室.
func (r *reading) addHost(run []piece, name string) {
	for _, guest := range []string{"党组", "党委", "党总支", "党支部", "领导小组办公室"} {
		host, ok := strings.CutSuffix(name, guest)
		if !ok {
			continue
		}
		if guest == "领导小组办公室" {
			host += "领导小组"
		}
		ending, ok := endings().Suffix(host)
		if !ok || ending.Fields[1] == "yes" || !properName(host, ending, run) {
			return
		}
		start := run[len(run)-1].End - len(name)
		span := tongbao.Span{Start: start, End: start + len(host)}
		r.add(tongbao.Fact{Kind: tongbao.Institution, Span: span, Name: host, Canonical: r.canonical(host), Category: ending.Fields[0], Rule: "name-host"})
		return
	}
}

// properPart drops words at the beginning that belong to the sentence.
func properPart(run []piece) []piece {
	for k := len(run) - 1; k > 0; k-- {
		before := nameWords()[run[k-1].word]
		if word := run[k].word; word == "原" || levelWord(word) && (before == "inner" || before == "mid" || strings.HasPrefix(run[k-1].tag, "v")) {
			run = run[k:]
			break
		}
	}
	for len(run) > 1 && (strings.HasPrefix(run[0].tag, "a") || strings.HasPrefix(run[0].tag, "f") || strings.HasPrefix(run[0].tag, "q") || nameWords()[run[0].word] == "mid" || nameWords()[run[0].word] == "inner" && utf8.RuneCountInString(run[0].word) > 1 && startsAnchor(run[1].word)) {
		if strings.HasPrefix(run[0].tag, "f") && utf8.RuneCountInString(run[1].word) == 1 && endsWithAny(run[0].word, "中", "东", "南", "西", "北") {
			break // 中宸公司: a character of the name that is a place word elsewhere
		}
		run = run[1:]
	}
	return run
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

// commonNames are words for bodies in general: no names.
var commonNames = []string{"辖区", "社区", "街道社区", "园区", "小区", "校区", "山区", "城区", "景区", "新区", "农村", "乡村", "行政村", "自然村", "城中村", "镇村", "美丽乡村", "乡镇", "村镇", "城镇", "全镇", "集镇", "小镇", "特色小镇",
	"国有公司", "子公司", "分公司", "总公司", "国有企业", "民营企业", "有限公司", "机关党委", "基层党组织", "党支部", "党总支", "联合支部", "党委", "党组", "党工委", "工委", "纪委", "监委", "纪委监委", "法院", "检察院", "政府", "人民政府", "当局", "全局", "大局", "布局", "格局", "结局", "政局", "时局", "餐厅", "大厅", "客厅", "展厅", "办事大厅", "服务大厅", "政务服务大厅", "便民服务大厅",
	"中心", "重心", "核心", "办公室", "领导小组", "工作领导小组", "工作组", "工作专班", "专班", "委员会", "小学", "中学", "大学", "学院", "学校", "幼儿园", "医院", "银行", "公司", "集团", "街道", "办事处", "派出所", "大队", "支队", "工会", "协会", "商会", "合作社", "经合社", "纪检监察组", "派驻纪检监察组", "巡察组", "巡视组", "纪检组", "下乡", "返乡", "故乡", "家乡", "老乡", "他乡", "组织部", "宣传部", "巡察工作领导小组", "巡视工作领导小组", "管委会", "政协", "人大", "研究院", "研究所", "研究中心", "工作中心", "服务中心", "便民服务中心", "居委会", "村委会", "纪检监察机关", "团委", "妇联"}

func properName(name string, ending lexicon.Entry, run []piece) bool {
	for _, c := range commonNames {
		if name == c {
			return false
		}
	}
	if startsWithAny(name, "各", "全", "每", "该", "某", "有关", "相关", "其他", "多个", "部分", "所在", "社会", "城乡", "城区学校", "标准化", "一流", "现代", "寄宿", "农村", "基层", "新建", "下级", "上级", "同级", "两级", "三级", "省市", "市县", "驻村", "村级", "校级", "院级", "国有", "民办", "公办", "中小学", "高等", "定点", "涉事", "违规", "主管", "责任", "牵头", "出境", "有些", "一些", "那些", "这些", "我市", "我区", "我县", "我省", "我校", "我院", "我局") || hasAny(name, []string{"两级", "三级", "各级", "市州委", "市县委", "格局", "步严", "特色小镇", "深入开展"}) {
		return false
	}
	length := utf8.RuneCountInString(name)
	if length < 2 || length > 40 {
		return false
	}
	if name == ending.Word {
		return ending.Fields[1] == "yes"
	}
	switch ending.Word {
	case "村", "镇", "乡", "厂", "社区": // short endings name a place only with a name before them
		return length >= 3 && (strings.HasPrefix(run[0].tag, "n") || run[0].tag == "" || placeEnds(run[0].word)) && !startsWithAny(name, "全", "各", "村", "镇", "街道", "城乡", "老旧", "智慧", "无物业", "未来", "示范", "城市")
	case "局", "厅":
		return length >= 3
	}
	return true
}
