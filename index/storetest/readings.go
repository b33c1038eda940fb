package storetest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode/utf8"

	"tongbao"
)

// vocabulary is what the readings are made of: words that stand inside one
// another, numbers in both widths, punctuation in both widths.
var vocabulary = strings.Fields(`中共 杭州市 杭州 江干区 江干 区委 区政府 市委 省委 巡视组 巡视 整改 落实 情况 通报 问题 线索 信访件 办结率 办结
	立案 审查 调查 党纪处分 政务处分 诫勉 谈话提醒 谈话 批评教育 警告 严重警告 制度 办法 建立 完善 印发 专项 行动 群众 反映 领导
	干部 党组织 主体责任 监督责任 基层 减负 营商环境 违规 吃喝 公款 清退 追缴 资金 万元 共计 其中 分别 累计 完成 推进 深入 学习 贯彻
	第三巡视组 App 5G 2021年 １２月 30日 3.5% 88.8％ 1379000 12.5 第十一轮 十四届 街道 社区 村 的 了 和 对 在 为 于`)

var marks = []string{"，", ",", "、", "；", "：", "（", "）", "(", ")", "“", "”", "《", "》", "。", "。"}

var places = []tongbao.InspectedBody{
	{Name: "原杭州市江干区", Code: "330104", District: "江干区", City: "杭州市", Province: "浙江省", Abolished: "2021",
		Now: []tongbao.Division{{Code: "330102", Name: "上城区"}, {Code: "330114", Name: "钱塘区"}}},
	{Name: "杭州市西湖区", Code: "330106", District: "西湖区", City: "杭州市", Province: "浙江省"},
	{Name: "白鹿县", District: "白鹿县", City: "云栖市", Province: "东岚省"},
	{Name: "云台区", District: "云台区"},
	{Name: "福州市鼓楼区", Code: "350102", District: "鼓楼区", City: "福州市", Province: "福建省"},
}

var rounds = []tongbao.Round{
	{ID: "浙江省委-14-9", Authority: "浙江省委", Congress: 14, Number: 9},
	{ID: "浙江省委-14-11", Authority: "浙江省委", Congress: 14, Number: 11},
	{ID: "东岚省委-12-3", Authority: "东岚省委", Congress: 12, Number: 3},
}

// Readings returns n readings of about size characters each, always the same:
// invented notices with an outline, words, facts of every kind, findings and
// headline figures.
func Readings(n, size int) []tongbao.Reading {
	random := rand.New(rand.NewPCG(1, 2))
	readings := make([]tongbao.Reading, n)
	for i := range readings {
		readings[i] = reading(random, i, size)
	}
	return readings
}

// A writer writes a text and notes its words.
type writer struct {
	strings.Builder
	words []tongbao.Word
}

func (w *writer) word(s string) tongbao.Span {
	span := tongbao.Span{Start: w.Len(), End: w.Len() + len(s)}
	w.WriteString(s)
	w.words = append(w.words, tongbao.Word{Span: span, Tag: "n"})
	return span
}

func reading(random *rand.Rand, i, size int) tongbao.Reading {
	place, round := places[i%len(places)], rounds[random.IntN(len(rounds))]
	n := &tongbao.Notice{Title: fmt.Sprintf("中共%s委关于巡视整改进展情况的通报（%d）", place.Name, i), Genre: tongbao.Rectification,
		Source: "纪委监委网站", Published: fmt.Sprintf("20%02d-%02d-%02dT11:34:29+08:00", 18+i%6, 1+i%12, 1+i%28),
		Authority: round.Authority, Round: &round, Inspected: &place, Issuer: "中共" + place.Name + "委", Team: "第三巡视组",
		Inspection: &tongbao.Period{From: "2020-10-15", To: "2020-12-11"}, Feedback: "2021-01-12",
		Contact: &tongbao.Contact{Phone: []string{"87837059"}, Email: []string{"zg@example.org"}}, Metrics: map[string]string{}}
	if i%7 == 0 {
		n.Genre, n.Published, n.Signed, n.Inspected, n.Round, n.Contact = tongbao.Feedback, "", "2021-08-30", nil, nil, nil
	}
	w := &writer{}
	w.word(fmt.Sprintf("第%d号", i))
	w.WriteString("通报\n")
	var facts []tongbao.Fact
	for section := 1; w.Len() < 3*size; section++ {
		start := w.Len()
		w.WriteString(fmt.Sprint(section, "."))
		w.word(vocabulary[random.IntN(len(vocabulary))])
		w.word("整改")
		w.WriteString("\n")
		for line := range 3 {
			facts = sentence(random, w, facts, fmt.Sprint(section), n.Metrics)
			if line < 2 {
				w.WriteString("\n")
			}
		}
		n.Sections = append(n.Sections, tongbao.Section{Path: fmt.Sprint(section), Heading: "整改", Span: tongbao.Span{Start: start, End: w.Len()}})
		w.WriteString("\n")
	}
	n.Text = strings.TrimSpace(w.String())
	n.ID = tongbao.IDOf(n.Text)
	for j := range facts {
		facts[j].Quote = facts[j].Of(n.Text)
		facts[j].ID = tongbao.FactID(n.ID, facts[j].Kind, facts[j].Span)
	}
	r := tongbao.Reading{Notice: n, Words: w.words, Facts: facts}
	if len(facts) > 1 {
		r.Findings = []tongbao.Finding{{Check: "rate", Verdict: []tongbao.Verdict{tongbao.Truncated, tongbao.Mismatch}[i%2], Stated: "88.8", Computed: "88.888…",
			Explain: "8 ÷ 9 = 88.888…%，原文 88.8%，系截尾", Facts: []string{facts[0].ID, facts[1].ID}, Section: "1", Span: facts[0].Span}}
	}
	return r
}

// sentence writes twenty words or so with marks between them and some facts.
func sentence(random *rand.Rand, w *writer, facts []tongbao.Fact, section string, metrics map[string]string) []tongbao.Fact {
	for range 20 {
		switch random.IntN(12) {
		case 0:
			value := fmt.Sprint(1 + random.IntN(400))
			w.word("党纪处分")
			f := tongbao.Fact{Kind: tongbao.Sanction, Section: section, Span: w.word(value + "人次"), Value: value, Unit: "人次", Category: "party", What: "党纪处分", Rule: "total"}
			if _, ok := metrics["party_sanctions"]; !ok {
				metrics["party_sanctions"], f.Metric = value, "party_sanctions"
			}
			facts = append(facts, f)
		case 1:
			tens := random.IntN(1 << 30)
			f := tongbao.Fact{Kind: tongbao.Money, Section: section, Span: w.word(fmt.Sprintf("%d.%02d万元", tens/100, tens%100)),
				Value: fmt.Sprintf("%d00", tens), Unit: "万元", Currency: "CNY", What: "追缴", Approx: tongbao.Over, Parts: []string{"f1", "f2"}}
			if _, ok := metrics["money_recovered"]; !ok && random.IntN(2) == 0 {
				metrics["money_recovered"], f.Metric = f.Value, "money_recovered"
			}
			facts = append(facts, f)
		case 2:
			name := places[random.IntN(len(places))].Name + "纪委"
			facts = append(facts, tongbao.Fact{Kind: tongbao.Institution, Section: section, Span: w.word(name), Name: name, Canonical: "中国共产党" + name, Category: "discipline"})
		case 3:
			facts = append(facts, tongbao.Fact{Kind: tongbao.Document, Section: section, Span: w.word("《工作办法》"), Title: "工作办法", Relation: "issued", Action: "印发", Trial: true, Implied: true})
		default:
			w.word(vocabulary[random.IntN(len(vocabulary))])
		}
		if random.IntN(4) == 0 {
			w.WriteString(marks[random.IntN(len(marks))])
		}
	}
	w.WriteString("。")
	return facts
}

// Cut cuts a query into the longest words of the vocabulary: a segmenter for
// tests.
func Cut(text string) []tongbao.Word {
	var words []tongbao.Word
	for i := 0; i < len(text); {
		_, longest := utf8.DecodeRuneInString(text[i:])
		if plain := len(text[i:]) - len(strings.TrimLeft(text[i:], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")); plain > 0 {
			longest = plain
		}
		for _, v := range vocabulary {
			if len(v) > longest && strings.HasPrefix(text[i:], v) {
				longest = len(v)
			}
		}
		words = append(words, tongbao.Word{Span: tongbao.Span{Start: i, End: i + longest}})
		i += longest
	}
	return words
}
