package segment

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongbao"
)

// A clauseCase is a text with its clauses, those in brackets indented by a >
// for each level, and its sentences. A sentence list of nil means: one, the
// text itself.
type clauseCase struct {
	text      string
	clauses   []string
	sentences []string
}

var clauseCases = []clauseCase{
	// marks, full- and half-width
	{text: "一是加强，二是改进；三是落实：到位",
		clauses: []string{"一是加强", "二是改进", "三是落实", "到位"}},
	{text: "一是加强,二是改进;三是落实:到位",
		clauses: []string{"一是加强", "二是改进", "三是落实", "到位"}},
	{text: "书记、区长、局长参加。会议结束！好？是!吗?完",
		clauses:   []string{"书记、区长、局长参加", "会议结束", "好", "是", "吗", "完"},
		sentences: []string{"书记、区长、局长参加。", "会议结束！", "好？", "是!", "吗?", "完"}},
	{text: "甲，，乙；。丙。。。丁？！", clauses: []string{"甲", "乙", "丙", "丁"},
		sentences: []string{"甲，，乙；。", "丙。。。", "丁？！"}},
	{text: "甲，\n  乙 \n\n，。\n丙，", clauses: []string{"甲", "乙", "丙"}, sentences: []string{"甲，", "乙", "丙，"}},
	{text: "\t甲 乙\u3000， 丙\r\n丁", clauses: []string{"甲 乙", "丙", "丁"}, sentences: []string{"甲 乙\u3000， 丙", "丁"}},

	// numbers, times and addresses
	{text: "清退1,234.50元,追缴90.05万元。比例1:4.4，下降", clauses: []string{"清退1,234.50元", "追缴90.05万元", "比例1:4.4", "下降"},
		sentences: []string{"清退1,234.50元,追缴90.05万元。", "比例1:4.4，下降"}},
	{text: "上午9:30开会，时间：9：45", clauses: []string{"上午9:30开会", "时间", "9：45"}},
	{text: "电子邮箱:a.b@xx.gov.cn;网址:https://www.xx.gov.cn/a?b=1. 完", clauses: []string{"电子邮箱", "a.b@xx.gov.cn", "网址", "https://www.xx.gov.cn/a?b=1", "完"},
		sentences: []string{"电子邮箱:a.b@xx.gov.cn;网址:https://www.xx.gov.cn/a?b=1.", "完"}},

	// the full stop
	{text: "办结8件.下一步", clauses: []string{"办结8件", "下一步"}, sentences: []string{"办结8件.", "下一步"}},
	{text: "共12.下一步", clauses: []string{"共12", "下一步"}, sentences: []string{"共12.", "下一步"}},
	{text: "办结8件. 下一步.", clauses: []string{"办结8件", "下一步"}, sentences: []string{"办结8件.", "下一步."}},
	{text: "1.加强领导。2. 落实责任；3.2.完善制度", clauses: []string{"1.加强领导", "2. 落实责任", "3.2.完善制度"},
		sentences: []string{"1.加强领导。", "2. 落实责任；3.2.完善制度"}},
	{text: "见xx.gov.cn首页", clauses: []string{"见xx.gov.cn首页"}},

	// brackets
	{text: "给予处分9人(警告6人、记过2人，降级1人)，诫勉19人",
		clauses: []string{"给予处分9人(警告6人、记过2人，降级1人)", ">警告6人、记过2人", ">降级1人", "诫勉19人"}},
	{text: "（一）立案12件（了结9件。其中甲〔一〕乙）继续；完", clauses: []string{
		"（一）立案12件（了结9件。其中甲〔一〕乙）继续", ">一", ">了结9件", ">其中甲〔一〕乙", ">>一", "完"}},
	{text: "甲（）乙（，）丙", clauses: []string{"甲（）乙（，）丙"}},
	{text: "甲(乙）丙［丁]，戊", clauses: []string{"甲(乙）丙［丁]", ">乙", ">丁", "戊"}},
	{text: "甲（乙。丙\n丁）戊。己", clauses: []string{"甲（乙", "丙", "丁）戊", "己"}, sentences: []string{"甲（乙。", "丙", "丁）戊。", "己"}},
	{text: "甲（乙〔丙）丁〕，戊", clauses: []string{"甲（乙〔丙）丁〕", ">乙〔丙", "戊"}},
	{text: "（注：数据截至六月。）下一步", clauses: []string{"（注：数据截至六月。）", ">注", ">数据截至六月", "下一步"},
		sentences: []string{"（注：数据截至六月。）", "下一步"}},

	// quotations and titles
	{text: "关于“学习不够，落实不力。”问题的整改，完", clauses: []string{"关于“学习不够，落实不力。”问题的整改", "完"}},
	{text: "关于“学习不够，（一）落实不力”问题的整改，完", clauses: []string{"关于“学习不够，（一）落实不力”问题的整改", "完"}},
	{text: "制定《关于甲、乙，丙的通知（试行）》《丁：戊》（江委〔2021〕5号）等文件，完", clauses: []string{
		"制定《关于甲、乙，丙的通知（试行）》《丁：戊》（江委〔2021〕5号）等文件", ">江委〔2021〕5号", ">>2021", "完"}},
	{text: "他说：“好。”大家鼓掌。", clauses: []string{"他说", "“好。”", "大家鼓掌"}, sentences: []string{"他说：“好。”", "大家鼓掌。"}},
	{text: "他说：“好。”，并鼓掌。", clauses: []string{"他说", "“好。”", "并鼓掌"}, sentences: []string{"他说：“好。”，并鼓掌。"}},
	{text: "关于“甲，乙问题。丙，丁", clauses: []string{"关于“甲", "乙问题", "丙", "丁"}, sentences: []string{"关于“甲，乙问题。", "丙，丁"}},
	{text: "关于\"甲，乙\"问题，\"丙，丁", clauses: []string{"关于\"甲，乙\"问题", "\"丙", "丁"}},
	{text: "关于“甲，‘乙，丙’，丁”问题，戊", clauses: []string{"关于“甲，‘乙，丙’，丁”问题", "戊"}},
	{text: "好。”\"甲。乙\"丙", clauses: []string{"好", "\"甲。乙\"丙"}, sentences: []string{"好。”", "\"甲。乙\"丙"}},
}

// plainNumbers finds numbers as simply as these cases need it.
func plainNumbers(text string) []tongbao.Number {
	var numbers []tongbao.Number
	for _, at := range regexp.MustCompile(`[0-9]+([,.:][0-9]+)*`).FindAllStringIndex(text, -1) {
		numbers = append(numbers, tongbao.Number{Span: tongbao.Span{Start: at[0], End: at[1]}})
	}
	return numbers
}

func TestClauses(t *testing.T) {
	for _, c := range clauseCases {
		clauses, sentences := bound(c.text, plainNumbers(c.text))
		var gotClauses, gotSentences []string
		for _, clause := range clauses {
			depth := 0
			for parent := clause.Parent; parent != none; parent = clauses[parent].Parent {
				depth++
			}
			gotClauses = append(gotClauses, strings.Repeat(">", depth)+clause.Of(c.text))
		}
		for _, s := range sentences {
			gotSentences = append(gotSentences, s.Of(c.text))
		}
		if diff := cmp.Diff(c.clauses, gotClauses); diff != "" {
			t.Errorf("clauses of %q: %s", c.text, diff)
		}
		if c.sentences == nil {
			c.sentences = []string{c.text}
		}
		if diff := cmp.Diff(c.sentences, gotSentences); diff != "" {
			t.Errorf("sentences of %q: %s", c.text, diff)
		}
	}
}
