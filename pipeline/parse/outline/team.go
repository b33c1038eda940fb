package outline

import (
	"regexp"
	"strings"
)

var teamName = regexp.MustCompile(`(中央|[\p{Han}]{0,9}?(?:省委|市委|区委|县委|州委|盟委|旗委|师党委|校党委|院党委|自治区党委|党委|公司党委|集团党委))?(?:提级|交叉|机动|常规|专项)?(?:巡视|巡察)?第[一二三四五六七八九十]+(?:轮?提级|交叉|机动)?(?:巡视|巡察)组|(中央|省委|市委|区委|县委|党委)(?:巡视|巡察)[一二三四五六七八九十]+组`)

// leadingVerbs are cut off before a team's name where no mark stands between.
var leadingVerbs = regexp.MustCompile(`^.*(?:关于|由|派出|派驻|经|按|向|听取|根据|期间|同意|安排|部署|成立|组织|组建|与|和|及|对|从|在|的|，)`)

// severalTeams reports whether a notice names teams together, so that no one of
// them is its own: 第一、第二巡察组, 第三巡视组和第四巡视组.
func (h *head) severalTeams() bool {
	for rest := h.preamble; ; {
		at := strings.Index(rest, "组")
		if at < 0 {
			return false
		}
		if number := beforeTeam(rest[:at]); number != rest[:at] && endsInVisit(rest[:at]) {
			list := strings.TrimRight(number, "、和及与，")
			if list != number && beforeTeam(strings.TrimSuffix(list, "组")) != strings.TrimSuffix(list, "组") {
				return true
			}
		}
		rest = rest[at+len("组"):]
	}
}

// endsInVisit reports whether a text ends with what a team is for.
func endsInVisit(text string) bool {
	return strings.HasSuffix(text, "巡视") || strings.HasSuffix(text, "巡察")
}

// beforeTeam cuts the ordinal of a team off a text that ends with it, 巡察 left
// aside; a text that ends with none stays as it is.
func beforeTeam(text string) string {
	bare := strings.TrimSuffix(strings.TrimSuffix(text, "巡视"), "巡察")
	number := strings.TrimRight(bare, chineseNumerals)
	if number == bare || !strings.HasSuffix(number, "第") && bare == text {
		return text
	}
	return strings.TrimSuffix(number, "第")
}

// ofNoNotice reports whether a text on rectification is nobody's report on its
// own: no body signed it or was visited, and it tells of teams of several places.
func (h *head) ofNoNotice() bool {
	if h.notice.Issuer != "" || h.visitedName() != "" {
		return false
	}
	teams := distinct(teamName.FindAllString(h.preamble, -1))
	return len(teams) > 1 || manyBodies.MatchString(h.preamble)
}

// manyBodies matches teams or places that are counted: 9个县(市、区)党委巡察机构.
var manyBodies = regexp.MustCompile(`(?:[0-9]+|[两二三四五六七八九十]+)(?:个|家)[\p{Han}()（）、]{0,10}?(?:巡视组|巡察组|巡察机构|被巡视党组织|被巡察党组织)`)

func (h *head) team() string {
	if h.severalTeams() {
		return ""
	}
	m := teamName.FindString(h.preamble)
	if m == "" {
		m = teamName.FindString(h.notice.Title)
	}
	if cut := leadingVerbs.FindString(m); cut != "" && strings.Contains(m[len(cut):], "第") {
		m = m[len(cut):]
	}
	return strings.TrimPrefix(strings.TrimLeft(m, "日月年间后前起止"), "中共")
}
