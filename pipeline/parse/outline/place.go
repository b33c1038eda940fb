package outline

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"tongbao"
	"tongbao/internal/divisions"
)

// place is the chain of divisions that a body belongs to.
type place struct{ province, city, district string }

// authority names a committee in full: 省委 of a district in 浙江省 is 浙江省委.
// A committee whose place is not known stays as printed.
func (p place) authority(committee string) string {
	switch committee {
	case "党中央":
		return "中央"
	case "省委":
		return withPlace(p.province, "省", committee)
	case "市委":
		return withPlace(p.city, "市", committee)
	case "区委":
		return withPlace(p.district, "区", committee)
	case "县委":
		return withPlace(p.district, "县", committee)
	case "自治区党委":
		return withPlace(p.province, "自治区", committee)
	}
	return committee
}

func withPlace(name, level, committee string) string {
	if !strings.HasSuffix(name, level) {
		return committee
	}
	return name + strings.TrimPrefix(committee, level)
}

var visited = regexp.MustCompile(`对([\p{Han}()（）〔〕\-—·、]{2,40}?)(党委|党组|党工委|领导班子)?(?:进行|开展|实施)了?[^。，,；;]{0,24}?(?:巡视|巡察)`)

var handedTo = regexp.MustCompile(`向([\p{Han}()（）]{2,30}?)(?:反馈|通报)了?`)

var titlePart = regexp.MustCompile(`[（(](原[\p{Han}]{2,12}?)(?:部分)?[)）]`)

// inspected is the body that was visited, as the preamble or the title names it.
func (h *head) inspected() *tongbao.InspectedBody {
	name := h.visitedName()
	if m := titlePart.FindStringSubmatch(h.notice.Title); name == "" && m != nil {
		name = m[1]
	}
	if name == "" {
		if m := handedTo.FindStringSubmatch(h.preamble); m != nil && bodyLike(m[1]) {
			name = m[1]
		}
	}
	if name == "" && h.notice.Genre == tongbao.Rectification { // who reports on its rectification was inspected
		name = ofIssuer(h.notice.Issuer)
	}
	if name == "" {
		issuer := divisions.Match(strings.TrimPrefix(h.notice.Issuer, "中共"), h.year())
		h.place = place{issuer.Province, issuer.City, issuer.District}
		return nil
	}
	b := &tongbao.InspectedBody{Name: name}
	h.locate(b)
	return b
}

// visitedName is the object of 对…进行了巡视; 我区 and its like name nothing.
func (h *head) visitedName() string {
	for _, m := range visited.FindAllStringSubmatch(h.preamble, -1) {
		name := m[1] + m[2]
		if i := strings.LastIndex(name, "对"); i >= 0 {
			name = name[i+len("对"):]
		}
		if m[2] == "领导班子" {
			name = m[1]
		}
		if i := strings.IndexAny(name, "(（"); i > 0 {
			name = name[:i] // 鹤鸣市(由市代管)
		}
		if bodyLike(name) {
			return name
		}
	}
	return ""
}

func bodyLike(name string) bool {
	if n := utf8.RuneCountInString(name); n < 2 || n > 30 {
		return false
	}
	for _, common := range []string{"我", "全", "所", "各", "其", "有关", "相关", "反馈", "问题", "整改", "照", "上述", "部分", "被", "该", "本", "巡", "违", "个别", "区委", "县委", "市委", "学校", "社会", "下", "中央", "省委", "市直", "县直", "区直", "党", "存在", "发现"} {
		if strings.HasPrefix(name, common) && !strings.HasPrefix(name, "全国") && !strings.HasPrefix(name, "巡特警") {
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

// locate fills the divisions that the body's name states, completed by what
// the issuer, the title and the source say of the same place. A name that could
// be several divisions gets no code.
func (h *head) locate(b *tongbao.InspectedBody) {
	year := h.year()
	chain := divisions.Match(strings.TrimPrefix(b.Name, "原"), year)
	if chain.District == "" && chain.City == "" && chain.Province == "" {
		// A unit within a place (市住建局党组): the issuer may name the place.
		issuer := divisions.Match(strings.TrimPrefix(h.notice.Issuer, "中共"), year)
		chain = divisions.Chain{Province: issuer.Province, City: issuer.City}
	}
	if chain.Code == "" && chain.District != "" {
		chain = h.resolve(chain, year)
	}
	if chain.Province == "" {
		chain.Province = h.province()
	}
	b.Code, b.District, b.City, b.Province = chain.Code, chain.District, chain.City, chain.Province
	if d, ok := divisions.ByCode(b.Code, year); ok && d.To != 0 {
		b.Abolished = strconv.Itoa(d.To + 1)
		for _, next := range divisions.Successors(d) {
			b.Now = append(b.Now, tongbao.Division{Code: next.Code, Name: next.Name})
		}
	}
	h.place = place{b.Province, b.City, b.District}
}

// resolve tries the places that the notice names elsewhere as parents of a
// district whose name alone is not enough (鼓楼区 stands in four cities).
func (h *head) resolve(chain divisions.Chain, year int) divisions.Chain {
	for _, words := range []string{strings.TrimPrefix(h.notice.Issuer, "中共"), strings.TrimPrefix(h.notice.Title, "中共"), h.notice.Source} {
		parent := divisions.Match(words, year)
		within := parent.City
		if within == "" {
			within = parent.Province
		}
		if within == "" {
			continue
		}
		if d, ok := divisions.Resolve(chain.District, within, year); ok {
			return divisions.Chain{Province: d.Province(year), City: d.City(year), District: d.Name, Code: d.Code}
		}
		if chain.City == "" && parent.City != "" && (parent.District == "" || parent.District == chain.District) {
			chain.City, chain.Province = parent.City, parent.Province
		}
	}
	return chain
}

// year is that of the inspection, else of the feedback, else of the notice.
func (h *head) year() int {
	if h.notice.Inspection != nil {
		return yearOf(h.notice.Inspection.From)
	}
	for _, day := range []string{h.notice.Feedback, h.notice.Signed, h.notice.Published} {
		if y := yearOf(day); y != 0 {
			return y
		}
	}
	return 0
}

func yearOf(day string) int {
	if len(day) < 4 {
		return 0
	}
	y, _ := strconv.Atoi(day[:4])
	return y
}

var provinceName = regexp.MustCompile(`(?:^|[，。、；：（(,;:\s]|中共|经|据|照|由|向|对|受|届)([\p{Han}]{2})省(?:委|纪委|纪检|监委|政府|人民政府|[\p{Han}]{1,4}市)`)

// province is the one that source, title or text name in full. Two characters
// before 省 that are an ordinary word (根据省委) name none.
func (h *head) province() string {
	for _, words := range []string{h.notice.Source, h.notice.Title, h.notice.Text} {
		for _, m := range provinceName.FindAllStringSubmatch(words, 60) {
			if !ordinaryWord(m[1]) {
				return m[1] + "省"
			}
		}
	}
	return ""
}

// ordinaryWord tells words that precede 省委 from names of provinces.
func ordinaryWord(word string) bool {
	return strings.ContainsAny(word, "核查检督办据照实彻行对取届视在由向和及与的于从后期间前求署达合应请报经按受到为是将把被给让同并或等各全我本该市县区关配助送交接听书会组要使下上中央国国党部") || word == "执行" || word == "落实"
}
