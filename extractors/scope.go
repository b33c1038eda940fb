package extractors

import (
	"slices"
	"strings"

	"tongbao"
)

// width says how much of the rectification a figure speaks for: 4 under a
// heading on just such figures, 3 in the preamble or under a heading on the whole, 2 under a neutral heading, 1 in a
// sentence that names the inspection as its scope, 0 for a problem's own affair.
func (m *metricReader) width(f *tongbao.Fact, c int) int {
	if f.Start < m.opens {
		return 3
	}
	width := 2
	if len(m.Notice.Sections) == 0 && m.Notice.Genre == tongbao.Rectification {
		width = 0
	}
	for _, heading := range m.headings(f.Start) {
		if strings.Contains(heading, "“") {
			width = 0 // a quoted problem: nothing under it speaks for the whole
			break
		}
		switch {
		case width == 0 && hasAny(heading, []string{"追责", "问责", "执纪", "责任追究", "制度建设", "建章立制"}):
			// under a single problem these are its own
		case hasAny(heading, dedicatedHeadings):
			width = 4
		case hasAny(heading, wholeHeadings), slices.Contains([]string{"问题整改", "问题整改方面", "问题整改情况"}, heading):
			width = 3
		case hasAny(heading, listHeadings) || namesProblem(heading):
			width = 0
		}
	}
	if width > 0 {
		return width
	}
	if m.dense {
		return 1 // many headline figures side by side
	}
	text := m.sentence(c).Of(m.text)
	if inspections.Occurs(text) && ofInspection.Occurs(text) {
		return 1
	}
	return 0
}

// inspections and ofInspection say together that a figure is of all that an
// inspection brought.
var (
	inspections  = listOf("巡视", "巡察")
	ofInspection = listOf("移交", "转来", "转交", "交办", "以来", "期间", "整改工作中", "反馈后")
)

// openingShare is how much of a notice without sections speaks of the whole: its
// first third.
const openingShare = 3

// opening is where the statements on the whole of the rectification end: at the
// first section, or where there is none a third of the way.
func opening(n *tongbao.Notice) int {
	if len(n.Sections) > 0 {
		return n.Sections[0].Start
	}
	if strings.Count(n.Text, "\n") < 6 {
		return len(n.Text)
	}
	return len(n.Text) / openingShare
}

// wholeHeadings stand over statements on the whole of the rectification,
// listHeadings over the list of single problems.
var (
	dedicatedHeadings = []string{"问题线索", "信访件", "移交", "追责问责", "执纪", "查处情况", "责任追究", "资金追缴", "追缴情况", "制度建设", "建章立制", "审查调查"}
	wholeHeadings     = []string{"完成情况", "总体成效", "总体情况", "整体情况", "总体进展", "基本情况", "整改成效", "组织领导", "主要成效", "取得的成效", "主体责任情况", "问题整改情况总体"}
	listHeadings      = []string{"主要问题", "反馈问题", "具体问题", "逐条", "逐项", "问题整改进展", "重点问题", "下一步", "打算", "聚焦"}
)

// namesProblem reports whether a heading states one of the problems found:
// 不够到位, 滞后, …问题的整改.
func namesProblem(heading string) bool {
	for _, harmless := range []string{"不断", "不懈", "不松", "不折不扣", "坚定不移", "毫不", "不忘"} {
		heading = strings.ReplaceAll(heading, harmless, "")
	}
	return hasAny(heading, []string{"不", "薄弱", "弱化", "虚化", "滞后", "偏差", "欠账", "差距", "短板", "缺失", "宽松软", "乏力", "方面", "问题的", "缺位", "问题较", "突出"}) ||
		strings.HasSuffix(heading, "问题") && len(heading) > len("巡视反馈问题")
}

// headings are those of the sections that hold the offset, outermost first.
func (m *metricReader) headings(offset int) []string {
	var headings []string
	level := m.Notice.Sections
	for level != nil {
		var next []tongbao.Section
		for i := range level {
			if level[i].Start <= offset && offset < level[i].End {
				headings = append(headings, level[i].Heading)
				next = level[i].Sections
				break
			}
		}
		level = next
	}
	return headings
}
