package sitetest

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"tongbao/internal/generate"
)

// A genre is a kind of notice.
type genre int

const (
	rectification genre = iota
	exposure            // 通报曝光
	announcement        // 巡察公告
)

// A notice is a text before any layout is put around it.
type notice struct {
	title, source string
	paragraphs    []paragraph
}

// A paragraph is a line of text, or the rows of a table.
type paragraph struct {
	text    string
	heading bool
	right   bool // signature and day
	rows    [][]string
}

// plain is the text of a body as the contract wants it.
func plain(body []paragraph) string {
	var lines []string
	for _, p := range body {
		if p.rows == nil {
			lines = append(lines, p.text)
		}
		for _, row := range p.rows {
			lines = append(lines, strings.Join(row, " "))
		}
	}
	return strings.Join(lines, "\n")
}

// genre of a notice by its number.
func (w *World) genre(n int) genre {
	switch k := w.draw("genre", n).IntN(10); {
	case k < 2:
		return exposure
	case k < 3:
		return announcement
	}
	return rectification
}

// notice writes the notice of a number: always the same, however often it is asked.
func (w *World) notice(number, version int) notice {
	if near := w.nearTo(number); near >= 0 {
		return altered(w.notice(near, version), number)
	}
	r := w.draw("notice", number)
	var n notice
	switch w.genre(number) {
	case exposure:
		n = exposed(r)
	case announcement:
		n = announced(r)
	default:
		n = rectified(w.seed, number, r)
	}
	if version > 0 {
		n.paragraphs = revised(n.paragraphs, r)
	}
	return n
}

// A brief is what other pages print of a notice.
type brief struct{ title, abstract string }

// brief returns the title and the first words of a notice; it keeps them, for
// lists ask for those of many.
func (w *World) brief(number int) brief {
	if kept, ok := w.briefs.Load(number); ok {
		if b, ok := kept.(brief); ok {
			return b
		}
	}
	n := w.notice(number, 0)
	runes := []rune(n.paragraphs[0].text)
	b := brief{n.title, string(runes[:min(len(runes), 70)]) + "…"}
	w.briefs.Store(number, b)
	return b
}

// rectified is a notice on a rectification, about 1,000 to 4,000 characters.
func rectified(seed int64, number int, r *rand.Rand) notice {
	lines := strings.Split(strings.TrimSpace(generate.Text(uint64(seed)*1_000_003+uint64(number), 3000+r.IntN(9000))), "\n")
	n := notice{title: lines[0]}
	place, _, _ := strings.Cut(strings.TrimPrefix(n.title, "中共"), "委")
	n.source = []string{place + "委办公室", place + "纪委监委", "东岚省纪检监察网", "中共" + place + "委"}[r.IntN(4)]
	for i, line := range lines[2:] {
		left := len(lines) - 2 - i
		n.paragraphs = append(n.paragraphs, paragraph{text: line, heading: strings.Contains(line, "、关于“"), right: left <= 2})
		if i == 1 && r.IntN(4) == 0 {
			n.paragraphs = append(n.paragraphs, paragraph{rows: breakdown(r)})
		}
	}
	return n
}

// breakdown is a table of sanctions.
func breakdown(r *rand.Rand) [][]string {
	rows := [][]string{{"处理方式", "人数", "占比"}}
	for _, what := range []string{"党内警告", "党内严重警告", "撤销党内职务", "诫勉", "批评教育"} {
		rows = append(rows, []string{what, fmt.Sprintf("%d人", 1+r.IntN(30)), fmt.Sprintf("%d.%d%%", 1+r.IntN(40), r.IntN(10))})
	}
	return rows
}

var (
	surnames = []string{"赵", "钱", "孙", "李", "周", "吴", "郑", "冯", "陈", "褚", "卫", "蒋"}
	given    = []string{"立群", "海涛", "玉梅", "振宇", "永强", "国屏", "䶮", "柏年", "世恒", "小兵", "启元", "一鸣"} // 䶮 takes four bytes in GB18030
	counties = []string{"望江区", "青石县", "松溪县", "柳浦区", "白鹿县", "石梁县", "南屏区", "北渚县"}
	offices  = []string{"教育局", "水务局", "民政局", "住房和城乡建设局", "农业农村局", "市场监督管理局", "卫生健康局"}
	matters  = []string{"违规收受礼品礼金", "违规发放津补贴", "公车私用", "违规接受管理服务对象宴请", "截留惠民资金", "违规操办婚丧喜庆事宜"}
	measures = []string{"党内警告处分", "党内严重警告处分", "政务记过处分", "政务降级处分", "撤销党内职务、政务撤职处分"}
)

func pick(r *rand.Rand, words []string) string { return words[r.IntN(len(words))] }

// exposed is a notice on typical cases: two to six of them, or a single
// sentence on one.
func exposed(r *rand.Rand) notice {
	county := pick(r, counties)
	cases := r.IntN(7)
	if cases < 2 {
		who := pick(r, surnames) + pick(r, given)
		who, office := county+pick(r, offices)+"原局长"+who, county+"纪委监委"
		n := notice{title: who + "接受纪律审查和监察调查", source: office}
		n.paragraphs = []paragraph{{text: fmt.Sprintf("%s涉嫌严重违纪违法，目前正接受%s纪律审查和监察调查。", who, office)}}
		if cases == 1 {
			n.paragraphs = append(n.paragraphs, paragraph{text: "（" + office + "）", right: true})
		}
		return n
	}
	n := notice{title: fmt.Sprintf("%s纪委监委公开通报%d起典型问题", county, cases), source: "清风" + strings.TrimRight(county, "区县")}
	add := func(format string, with ...any) {
		n.paragraphs = append(n.paragraphs, paragraph{text: fmt.Sprintf(format, with...)})
	}
	add("为严明纪律、强化警示教育，日前，%s纪委监委公开通报%d起违反中央八项规定精神典型问题。具体如下：", county, cases)
	for i := range cases {
		what, who := pick(r, matters), pick(r, surnames)+pick(r, given)
		office := county + pick(r, offices)
		add("%d.%s副局长%s%s问题。20%d年%d月至20%d年%d月，%s先后%d次%s，涉及金额%d.%d万元。20%d年%d月，%s受到%s，违纪款予以收缴。",
			i+1, office, who, what, 19+r.IntN(2), 1+r.IntN(12), 21+r.IntN(2), 1+r.IntN(12), who, 2+r.IntN(20), what, 1+r.IntN(30), r.IntN(10), 23, 1+r.IntN(12), who, pick(r, measures))
	}
	add("上述问题反映出少数党员干部纪律意识淡薄，心存侥幸、顶风违纪。全%s各级党组织要引以为戒，压实主体责任，持续纠治“四风”。", county[len(county)-3:])
	return n
}

// announced is the announcement of an inspection.
func announced(r *rand.Rand) notice {
	county, office := pick(r, counties), pick(r, offices)
	month, team := 2+r.IntN(9), 1+r.IntN(9)
	n := notice{
		title:  fmt.Sprintf("%s委第%d巡察组巡察%s党组工作动员会召开", county, team, county+office),
		source: county + "委巡察办",
	}
	for _, text := range []string{
		fmt.Sprintf("根据%s委统一部署，%d月%d日，%s委第%d巡察组巡察%s%s党组工作动员会召开。会前，巡察组主要负责同志向%s主要负责同志传达了有关精神。", county, month, 1+r.IntN(27), county, team, county, office, office),
		fmt.Sprintf("巡察组将在%s工作%d个工作日左右。巡察期间设专门值班电话：0579-8%07d；邮政信箱：%s邮政%d号信箱。巡察组每天受理电话的时间为8:30至17:30。", office, 30+r.IntN(30), r.IntN(1e7), county, 10+r.IntN(90)),
		fmt.Sprintf("根据巡察工作条例规定，巡察组主要受理反映%s党组领导班子及其成员、下一级党组织领导班子主要负责人和重要岗位领导干部问题的来信来电来访，重点是关于违反政治纪律、组织纪律、廉洁纪律、群众纪律、工作纪律和生活纪律等方面的举报和反映。", office),
		"其他不属于巡察受理范围的信访问题，将按规定由被巡察单位和有关部门认真处理。",
	} {
		n.paragraphs = append(n.paragraphs, paragraph{text: text})
	}
	return n
}

// altered is what a near-duplicate makes of a notice: the contact and the
// signature are missing, or a few characters differ.
func altered(n notice, number int) notice {
	body := append([]paragraph(nil), n.paragraphs...)
	if number/53%2 == 0 {
		n.paragraphs = body[:len(body)-3]
		return n
	}
	last := &body[len(body)-1]
	last.text = strings.Replace(last.text, "年", " 年 ", 1)
	body[len(body)-4].text = strings.Replace(body[len(body)-4].text, "持续", "不断", 1)
	n.paragraphs = body
	return n
}

// revised is what an editor makes of a body later: a sentence is added, and
// the notice says that it was.
func revised(body []paragraph, r *rand.Rand) []paragraph {
	body = append([]paragraph(nil), body...)
	body[0].text += fmt.Sprintf("截至目前，已追缴资金%d.%d万元，给予党纪处分%d人。", 10+r.IntN(90), r.IntN(10), 1+r.IntN(20))
	return append(body, paragraph{text: "（本文内容有更正）"})
}
