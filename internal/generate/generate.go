// Package generate makes notices of invented places for benchmarks: varied,
// deterministic by seed, of any length. They are true to the genre in form and
// mean nothing.
package generate

import (
	"fmt"
	"html"
	"math/rand/v2"
	"strings"
)

// A maker draws the words of one notice.
type maker struct {
	*rand.Rand
	place string
	out   strings.Builder
}

// Text returns a notice of at least so many bytes of UTF-8: title on the first
// line, then source and time, then the body. The same seed gives the same text.
func Text(seed uint64, size int) string {
	m := &maker{Rand: rand.New(rand.NewPCG(seed, 20210830)), place: place(seed)}
	congress, round := 12, 1+int(seed%9)
	fmt.Fprintf(&m.out, "中共%s委关于%s届省委第%s轮巡视整改进展情况的通报\n来源：东岚省纪检监察网    发布时间：%d-%02d-%02d 09:%02d:00\n",
		m.place, chinese(congress), chinese(round), 2019+round%5, 1+m.IntN(12), 1+m.IntN(28), m.IntN(60))
	m.preamble()
	for section := 1; m.out.Len() < size; section++ {
		m.section(section)
	}
	fmt.Fprintf(&m.out, "下一步，%s委将持续抓好整改落实。\n联系方式：电话0571-%08d；电子邮箱zg%d@example.com。\n中共%s委\n%d年%d月%d日\n",
		m.place, m.IntN(1e8), seed, m.place, 2019+round%5, 1+m.IntN(12), 1+m.IntN(28))
	return m.out.String()
}

// Page returns the notice of that seed as a page with furniture around it.
func Page(seed uint64, size int) []byte {
	lines := strings.Split(strings.TrimSpace(Text(seed, size)), "\n")
	var b strings.Builder
	fmt.Fprintf(&b, "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>%s-东岚省纪检监察网</title></head><body><div class=\"nav\"><ul>", html.EscapeString(lines[0]))
	for _, column := range []string{"首页", "工作动态", "审查调查", "巡视巡察", "监督曝光"} {
		fmt.Fprintf(&b, "<li><a href=\"/%d/\">%s</a></li>", seed, column)
	}
	fmt.Fprintf(&b, "</ul></div><h1 class=\"artTitle\">%s</h1><div class=\"info\"><span id=\"source_baidu\">%s</span></div><div class=\"artCon\">", html.EscapeString(lines[0]), html.EscapeString(lines[1]))
	for _, line := range lines[2:] {
		fmt.Fprintf(&b, "<p style=\"text-indent:2em\">　　%s</p>\n", html.EscapeString(line))
	}
	b.WriteString("</div><div class=\"footer\">主办：东岚省纪委 版权所有</div></body></html>")
	return []byte(b.String())
}

func (m *maker) preamble() {
	fmt.Fprintf(&m.out, "根据省委统一部署，20%d年%d月%d日至%d月%d日，省委第%s巡视组对%s进行了巡视。20%d年%d月%d日，省委巡视组反馈了巡视意见。现将整改进展情况予以公布。\n",
		19+m.IntN(4), 1+m.IntN(4), 1+m.IntN(28), 5+m.IntN(3), 1+m.IntN(28), chinese(1+m.IntN(12)), m.place, 19+m.IntN(4), 9+m.IntN(4), 1+m.IntN(28))
	leads, closed := 10+m.IntN(90), 1+m.IntN(10)
	warned, serious, removed := 1+m.IntN(9), 1+m.IntN(6), m.IntN(4)
	fmt.Fprintf(&m.out, "巡视移交的%d件问题线索，目前已办结%d件，办结率为%.1f%%。立案%d件、了结%d件，给予党纪处分%d人次（党内警告%d人、严重警告%d人、撤销党内职务%d人）；诫勉%d人，教育谈话%d人；建立完善制度%d项；清退款项%d.%02d万元。\n",
		leads, closed, float64(closed)*100/float64(leads), 5+m.IntN(20), 1+m.IntN(5), warned+serious+removed, warned, serious, removed, m.IntN(40), m.IntN(200), m.IntN(80), m.IntN(900), m.IntN(100))
}

func (m *maker) section(number int) {
	fmt.Fprintf(&m.out, "%s、关于“%s不够%s”问题的整改情况\n", chinese(number), m.pick(matters), m.pick(qualities))
	for k := 1; k <= 2+m.IntN(3); k++ {
		fmt.Fprintf(&m.out, "（%s）%s%s。", chinese(k), m.pick(verbs), m.pick(matters))
		for range 2 + m.IntN(5) {
			m.sentence()
		}
		m.out.WriteByte('\n')
	}
}

func (m *maker) sentence() {
	switch m.IntN(8) {
	case 0:
		fmt.Fprintf(&m.out, "出台《%s%s管理办法（试行）》《%s实施细则》，%s%s。", m.place, m.pick(matters), m.pick(matters), m.pick(verbs), m.pick(matters))
	case 1:
		fmt.Fprintf(&m.out, "区委组织部、区财政局对%d个单位开展检查，发现问题%d个，完成整改%d个。", 2+m.IntN(60), 40+m.IntN(90), m.IntN(40))
	case 2:
		fmt.Fprintf(&m.out, "约谈%d名相关责任人，对%d人给予诫勉处理、%d人给予批评教育处理。", 2+m.IntN(30), 1+m.IntN(9), 1+m.IntN(30))
	case 3:
		fmt.Fprintf(&m.out, "预计20%d年底前完成投资%d.%d亿元，%s率达%d.%d%%。", 24+m.IntN(3), m.IntN(9), m.IntN(10), m.pick(matters), 60+m.IntN(39), m.IntN(10))
	case 4:
		fmt.Fprintf(&m.out, "举办%s培训班%d期，培训干部%d余人次，同比增长%d.%d%%。", m.pick(matters), 1+m.IntN(20), 100*(1+m.IntN(30)), m.IntN(60), m.IntN(10))
	default:
		fmt.Fprintf(&m.out, "区委坚持把%s摆在突出位置，%s%s，%s%s，推动%s取得实效。", m.pick(matters), m.pick(verbs), m.pick(matters), m.pick(verbs), m.pick(matters), m.pick(matters))
	}
}

func (m *maker) pick(words []string) string { return words[m.IntN(len(words))] }

var (
	matters   = []string{"基层党建", "作风建设", "营商环境", "意识形态责任制", "干部选拔任用", "国有资产监管", "工程招投标", "乡村振兴", "生态环境保护", "民生实事", "财政资金使用", "巡察监督", "信访积案化解", "安全生产", "数字化改革", "城市更新", "集体三资管理", "教育资源配置", "医疗保障", "安置房建设"}
	qualities = []string{"到位", "有力", "扎实", "深入", "规范", "严格"}
	verbs     = []string{"全面加强", "切实推进", "严格规范", "持续深化", "着力解决", "统筹抓好", "健全完善", "压紧压实"}
)

func place(seed uint64) string {
	names := []string{"望江", "青石", "松溪", "云台", "柳浦", "白鹿", "石梁", "临溪", "南屏", "北渚", "长亭", "古渡"}
	return names[seed%uint64(len(names))] + []string{"区", "县"}[seed/7%2]
}

func chinese(n int) string {
	digits := []rune("零一二三四五六七八九")
	switch {
	case n < 10:
		return string(digits[n])
	case n < 20:
		return strings.TrimSuffix("十"+string(digits[n%10]), "零")
	}
	return strings.TrimSuffix(chinese(n/10)+"十"+string(digits[n%10]), "零")
}
