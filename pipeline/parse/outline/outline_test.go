package outline

import (
	"fmt"
	"strings"
	"testing"

	"tongbao"
)

func printed(sections []tongbao.Section, text string) string {
	var b strings.Builder
	for _, s := range sections {
		fmt.Fprintf(&b, "%s %s[%s]", s.Path, s.Heading, strings.ReplaceAll(s.Of(text), "\n", "/"))
		b.WriteString(" " + printed(s.Sections, text))
	}
	return b.String()
}

func TestSections(t *testing.T) {
	for text, want := range map[string]string{
		"前言。\n一、甲情况\n（一）乙。丙丁。\n（二）戊。\n二、己\n下一步，继续。\n中共望江区委": "1 甲情况[一、甲情况/（一）乙。丙丁。/（二）戊。] 1.1 乙[（一）乙。丙丁。] 1.2 戊[（二）戊。] 2 己[二、己] ",
		"一、甲\n1.乙\n(1)丙。丁\n2．戊\n二、己":                        "1 甲[一、甲/1.乙/(1)丙。丁/2．戊] 1.1 乙[1.乙/(1)丙。丁] 1.1.1 丙[(1)丙。丁] 1.2 戊[2．戊] 2 己[二、己] ",
		"第一部分　甲\n一、乙\n第二部分　丙\n一、丁":                          "1 甲[第一部分　甲/一、乙] 1.1 乙[一、乙] 2 丙[第二部分　丙/一、丁] 2.1 丁[一、丁] ",
		"１、甲\n２、乙": "1 甲[１、甲] 2 乙[２、乙] ",
		"一是甲。\n2021年5月召开会议。\n1.5万人受益。\n三名干部受到处分。": "",
		"★ 甲\n——针对“乙”。丙\n★ 丁":                     "1 甲[★ 甲/——针对“乙”。丙] 1.1 针对“乙”[——针对“乙”。丙] 2 丁[★ 丁] ",
	} {
		if got := printed(sections(text), text); got != want {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestProblem(t *testing.T) {
	n := &tongbao.Notice{Text: "前言。\n一、关于“学习贯彻不够到位”问题的整改情况\n甲。"}
	Read(n)
	if len(n.Sections) != 1 || n.Sections[0].Problem != "学习贯彻不够到位" {
		t.Errorf("sections %+v", n.Sections)
	}
}

func TestHead(t *testing.T) {
	for _, c := range []struct{ title, text, want string }{
		{"中共杭州市上城区委关于十四届省委第十一轮巡视整改进展情况(原江干区部分)的通报",
			"2020年10月15日-12月11日,省委第三巡视组对原杭州市江干区进行了巡视。2021年1月12日,省委巡视组反馈了巡视意见。",
			"浙江省委-14-11 省委第三巡视组 原杭州市江干区 330104 2021 2020-10-15..2020-12-11 2021-01-12"},
		{"中共南京市鼓楼区委关于巡察整改情况的通报", "2021年3月1日至4月30日，市委第二巡察组对鼓楼区开展了巡察。4月30日后，5月20日反馈了意见。这是十四届市委第四轮巡察。",
			"南京市委-14-4 市委第二巡察组 鼓楼区 320106  2021-03-01..2021-04-30 2021-05-20"},
		{"某大学党委关于巡视整改情况的通报", "根据中央统一部署，2021年3月1日至4月30日，中央第一巡视组对某大学党委开展了常规巡视。这是十九届中央第八轮巡视。",
			"中央-19-8 中央第一巡视组 某大学党委   2021-03-01..2021-04-30 "},
	} {
		n := &tongbao.Notice{Title: c.title, Text: c.text, Published: "2021-08-30"}
		Read(n)
		round, name, code, abolished, visit := "", "", "", "", ""
		if n.Round != nil {
			round = n.Round.ID
		}
		if b := n.Inspected; b != nil {
			name, code, abolished = b.Name, b.Code, b.Abolished
		}
		if n.Inspection != nil {
			visit = n.Inspection.From + ".." + n.Inspection.To
		}
		if got := strings.Join([]string{round, n.Team, name, code, abolished, visit, n.Feedback}, " "); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.title, got, c.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("中共望江区委关于十二届省委第三轮巡视整改情况的通报", "一、甲\n（一）乙。\n1.丙\n电话：0571-87837059；邮箱a@b.cn\n2021年8月30日")
	f.Fuzz(func(t *testing.T, title, text string) {
		title, text = strings.ToValidUTF8(title, ""), strings.ToValidUTF8(text, "")
		n := &tongbao.Notice{Title: title, Text: text}
		Read(n)
		check(t, n.Sections, 0, len(text))
	})
}

// check holds every section inside its parent and in order.
func check(t *testing.T, sections []tongbao.Section, from, to int) {
	for _, s := range sections {
		if s.Start < from || s.End < s.Start || s.End > to {
			t.Fatalf("section %s %v is outside of %d–%d", s.Path, s.Span, from, to)
		}
		check(t, s.Sections, s.Start, s.End)
		from = s.End
	}
}

func TestSeveralTeams(t *testing.T) {
	for _, c := range []struct{ title, text, want string }{
		{"望江区委巡察组向被巡察党组织反馈情况", "5月，区委第一、第二、第四巡察组分别向区民政局党组和区水务局党组反馈巡察情况。", "feedback  "},
		{"望江：巡察整改一体推进", "我市统筹8个县(市、区)党委巡察机构开展试点。望江区委第三巡察组来到青坪镇，青石县委第一巡察组走访群众，共移交问题线索37件。", "other  "},
		{"住房城乡部关于巡视整改进展情况的通报", "2021年3月，中央第一巡视组进行了巡视。", "rectification 中央第一巡视组 住房城乡部"},
	} {
		n := &tongbao.Notice{Title: c.title, Text: c.text, Published: "2021-08-30"}
		Read(n)
		if got := fmt.Sprintf("%s %s %s", n.Genre, n.Team, n.Issuer); got != c.want {
			t.Errorf("%s\n got %q\nwant %q", c.title, got, c.want)
		}
		if c.title[:3] == "望" && n.Inspected != nil {
			t.Errorf("%s: %q is one of several inspected", c.title, n.Inspected.Name)
		}
	}
}
