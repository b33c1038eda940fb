package outline

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"tongbao"
)

// place is the chain of divisions that a body belongs to.
type place struct{ province, city, district string }

// authority names a committee in full: 省委 of a district in 浙江省 is 浙江省委.
// A committee whose place is not known stays as printed.
func (p place) authority(committee string) string {
	prefix := ""
	switch committee {
	case "":
		return ""
	case "中央", "党中央":
		return "中央"
	case "省委":
		prefix = p.province
	case "市委":
		prefix = p.city
	case "区委", "县委":
		prefix = p.district
	case "自治区党委":
		prefix = p.province
	}
	if prefix == "" || !strings.HasSuffix(prefix, strings.TrimSuffix(strings.TrimSuffix(committee, "委"), "党")) {
		return committee
	}
	return prefix + strings.TrimPrefix(committee, strings.TrimSuffix(strings.TrimSuffix(committee, "委"), "党"))
}

var visited = regexp.MustCompile(`对([\p{Han}“”()（）〔〕\-—·、]{2,40}?)(?:党委|党组|党工委|领导班子)?(?:进行|开展|实施)了?[^。，,；;]{0,24}?(?:巡视|巡察)`)

var handedTo = regexp.MustCompile(`向([\p{Han}()（）]{2,30}?)(?:反馈|通报)了?`)

var titlePart = regexp.MustCompile(`[（(](原[\p{Han}]{2,12}?)(?:部分)?[)）]`)

// inspected is the body that was visited, as the preamble or the title names it.
func (h *head) inspected() *tongbao.InspectedBody {
	name := ""
	for _, m := range visited.FindAllStringSubmatch(h.preamble, -1) {
		if n := strings.TrimSpace(m[1]); bodyLike(n) {
			name = n
			break
		}
	}
	if m := titlePart.FindStringSubmatch(h.notice.Title); name == "" && m != nil {
		name = m[1]
	}
	if name == "" {
		if m := handedTo.FindStringSubmatch(h.preamble); m != nil && bodyLike(m[1]) {
			name = m[1]
		}
	}
	if name == "" {
		name = ofIssuer(h.notice.Issuer)
	}
	if name == "" {
		return nil
	}
	b := &tongbao.InspectedBody{Name: name}
	return b
}

func bodyLike(name string) bool {
	if utf8.RuneCountInString(name) < 2 || strings.ContainsAny(name, "“”") {
		return false
	}
	for _, common := range []string{"我", "全", "所", "各", "其", "有关", "相关", "反馈", "问题", "整改", "照", "上述", "部分"} {
		if strings.HasPrefix(name, common) {
			return false
		}
	}
	return true
}

// ofIssuer takes the body out of the name of its party committee: 中共望江区委
// is of 望江区.
func ofIssuer(issuer string) string {
	name := strings.TrimPrefix(issuer, "中共")
	for _, suffix := range []string{"委员会", "党委", "党组", "党工委", "委"} {
		if trimmed := strings.TrimSuffix(name, suffix); trimmed != name {
			return trimmed
		}
	}
	return name
}
