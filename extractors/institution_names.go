package extractors

import (
	_ "embed"
	"sort"
	"strings"
	"unicode/utf8"

	"tongbao"
	"tongbao/internal/lexicon"
)

//go:embed common_names.txt
var commonNamesList string

// commonNames are words for bodies in general, which name none.
var commonNames = lexicon.Must(lexicon.Parse("common_names.txt", commonNamesList, 0))

// commonBeginnings and commonParts are words with which no name of a body
// begins, and that stand in none.
var (
	commonBeginnings = listOf("各", "全", "每", "该", "某", "有关", "相关", "其他", "多个", "部分", "所在", "社会", "城乡", "城区学校", "标准化", "一流", "现代", "寄宿", "农村", "基层", "新建", "下级", "上级", "同级", "两级", "三级", "省市", "省区市", "市县", "第一批", "第二批", "优先", "驻村", "村级", "校级", "院级", "国有", "民办", "公办", "中小学", "高等", "定点", "涉事", "违规", "主管", "责任", "牵头", "出境", "有些", "一些", "那些", "这些", "我市", "我区", "我县", "我省", "我校", "我院", "我局")
	commonParts      = listOf("两级", "三级", "各级", "级医院", "级专班", "级便民", "级养老", "级居家", "以下", "一届", "新一轮", "特色社会主义大学", "高水平", "一流大学", "中小", "两家", "三家", "几家", "双专班", "专人专", "一专班", "后进村", "移送", "两大", "三大", "四大", "教工", "教职工", "书记", "薄弱村", "成员", "市州委", "市县委", "格局", "步严", "特色小镇", "深入开展", "现代大学", "现代医院", "现代学校", "现代银行")
)

func properName(name string, ending lexicon.Entry, run []piece) bool {
	if commonNames.Has(name) || len(run) > 1 && utf8.RuneCountInString(run[0].word) == 1 && commonNames.Has(name[len(run[0].word):]) && (strings.HasPrefix(run[0].tag, "v") || functionWord(run[0].word)) && !levelWord(run[0].word) {
		return false
	}
	if e, common := commonBeginnings.Prefix(name); common && !beginsOtherwise(name, e.Word, ending.Word) || commonParts.Occurs(name) {
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
		return length >= 3 && (strings.HasPrefix(run[0].tag, "n") || run[0].tag == "" || run[0].tag == "m" || placeEnds(run[0].word) || utf8.RuneCountInString(run[0].word) == 1) && !startsWithAny(name, "全", "各", "村", "镇", "街道", "城乡", "老旧", "智慧", "无物业", "未来", "示范", "城市", "乡镇", "处", "无证", "金融") && plainPlace(name, run)
	case "中心": // 国际航运中心, 金融中心 say what a city is to be
		return !endsWithAny(name, "航运中心", "金融中心", "贸易中心", "经济中心", "政治中心", "交通中心", "枢纽中心", "科创中心", "创新中心", "商业中心", "消费中心")
	case "公安机关", "司法机关", "检察机关", "审判机关", "税务机关", "纪检监察机关": // only those of a place: 移送|检察机关 names none
		return endsWithAny(strings.TrimSuffix(name, ending.Word), "省", "市", "区", "县", "州", "旗")
	case "督导组", "督查组", "督察组": // 成立专项督查组 names none
		return levelWord(run[0].word) || startsWithAny(name, "中央", "国务院", "省委", "市委", "县委", "区委", "教育部", "部") || strings.HasPrefix(run[0].tag, "ns") || placeEnds(run[0].word)
	case "集团": // not of criminals
		return !hasAny(name, []string{"犯罪", "走私", "诈骗", "贩毒", "盗窃"})
	case "局", "厅":
		return length >= 3 && !endsWithAny(name, "布局", "全局", "大局", "格局", "结局", "僵局", "开局", "棋局", "大厅", "餐厅")
	}
	return true
}

// beginsOtherwise reports whether what a name begins with like a body in general
// is part of another word: 省|市场监管局, 国有资产|管理处, 现代农业|学院.
func beginsOtherwise(name, common, ending string) bool {
	switch common {
	case "省市":
		return strings.HasPrefix(name, "省市场")
	case "国有":
		return strings.HasPrefix(name, "国有资产") && strings.HasSuffix(ending, "处")
	case "现代":
		return ending == "学院" && name != "现代学院"
	}
	return false
}

// plainPlace reports whether a short name of a place is made of no more than a
// name and the places above it: not 集体经济薄弱村, 班子成员分片包村.
func plainPlace(name string, run []piece) bool {
	common := 0
	for _, p := range run {
		switch {
		case utf8.RuneCountInString(p.word) == 1 || placeEnds(p.word) || strings.HasPrefix(p.tag, "ns") || strings.HasPrefix(p.tag, "nr") || p.tag == "m":
		default:
			common++
		}
	}
	return common <= 1 || hasAny(name, []string{"街道", "镇", "乡", "大学"}) && common <= 3
}

// categoryOf is the category of a body by its ending: 委员会 is one of the party
// only where the party is named.
func categoryOf(name string, ending lexicon.Entry) string {
	if ending.Word != "委员会" || strings.HasPrefix(name, "中共") || strings.HasPrefix(name, "中国共产党") {
		return ending.Fields[0]
	}
	if endsWithAny(name, "改革委员会", "管理委员会", "监督管理委员会", "健康委员会", "教育委员会", "信息化委员会", "建设委员会", "交通委员会", "事务委员会") && !strings.Contains(name, "校园") {
		return "government"
	}
	return "other"
}

// namedHere reports whether a word for a body that every institution has (机关
// 党委, 办公厅) names the one of the inspected body: in a list beside other
// bodies, as the subject of a verb, before its head's title.
func (r *reading) namedHere(s tongbao.Span) bool {
	before, behind := r.text[:s.Start], r.text[s.End:]
	if !r.bordered(before) {
		return false
	}
	if s.Of(r.text) == "办公室" && !startsWithAny(behind, "主任", "副主任", "、", "牵头", "会同") && !strings.HasSuffix(before, "、") {
		return false // a room
	}
	if endsWithAny(s.Of(r.text), "馆", "社") && hasAny(before[max(strings.LastIndex(before, "。"), len(before)-nameLimit/3, 0):], []string{"新建", "建成", "建设", "改造", "维修", "修缮"}) {
		return false // a building
	}
	switch {
	case startsWithAny(behind, "主任", "副主任", "负责人", "主要负责", "书记", "副书记", "干部", "原", "处长", "副处长", "长", "副", "工作人员"):
		return !strings.HasPrefix(behind, "原因")
	case strings.HasPrefix(behind, "、"):
		return bodyBegins(behind[len("、"):])
	case strings.HasSuffix(before, "、"):
		return bodyEnds(before[:len(before)-len("、")])
	}
	k := sort.Search(len(r.Words), func(i int) bool { return r.Words[i].Start >= s.End })
	if k >= len(r.Words) || r.Words[k].Start != s.End {
		return false
	}
	w := r.Words[k]
	if startsWithAny(behind, "将", "对", "向", "会同", "牵头", "先后", "联合", "已", "均", "直接", "及时", "负责", "组织", "开展") {
		return true
	}
	if w.Tag == "d" && len(w.Of(r.text)) > len("都") && k+1 < len(r.Words) && r.Words[k+1].Start == w.End {
		w = r.Words[k+1] // 机关党委|逐一|督导
	}
	return w.Tag == "v" && len(w.Of(r.text)) > len("是")
}

// bordered reports whether a name can begin behind a text: behind punctuation
// or a word that names follow.
func (r *reading) bordered(before string) bool {
	before = strings.TrimRight(before, " \t\u3000")
	if before == "" || before[len(before)-1] == '\n' {
		return true
	}
	last := lastRune(before)
	if isPunctuation(string(last)) {
		return true
	}
	return strings.ContainsRune("的由对向从经至到和与及同给被将报", last) || endsWithAny(before, "会同", "以及", "约谈", "督促", "责成", "联合", "协同", "委托", "时任", "延伸至", "抽查", "移交")
}

// bodyBegins reports whether a text goes on with the name of a body: to the
// next border some ending fits.
func bodyBegins(text string) bool {
	item := limit(text, 60)
	if i := strings.IndexAny(item, "、，。；：等（(,;\n"); i >= 0 {
		item = item[:i]
	}
	for range 12 { // the name may have a verb behind it
		if item == "" {
			return false
		}
		if bodyEnds(item) {
			return true
		}
		_, n := utf8.DecodeLastRuneInString(item)
		item = item[:len(item)-n]
	}
	return false
}

// bodyEnds reports whether a text ends with the name of a body or department.
func bodyEnds(text string) bool {
	if _, ok := endings().Suffix(text); ok {
		return true
	}
	_, ok := departmentAt(text)
	return ok
}
