package outline

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"tongbao"
	"tongbao/internal/calendar"
	"tongbao/internal/divisions"
)

// preambleLimit bounds the search for the notice's own circumstances: what
// stands further down speaks of other things.
const preambleLimit = 3000 // bytes

// closingLines is how many lines from the end the signature may stand: editors'
// marks follow it on some pages.
const closingLines = 8

// head is the part of a notice in which it introduces itself.
type head struct {
	notice   *tongbao.Notice
	preamble string // beginning of the text, before the first section
	lines    []string
	dates    []calendar.Expression // of the preamble
	place    place                 // of the inspected body, else of the issuer
}

func newHead(n *tongbao.Notice) *head {
	end := len(n.Text)
	if len(n.Sections) > 0 && n.Sections[0].Start > 0 {
		end = n.Sections[0].Start
	}
	if end > preambleLimit {
		end = preambleLimit
		for !utf8.RuneStart(n.Text[end]) {
			end--
		}
	}
	h := &head{notice: n, preamble: n.Text[:end], lines: strings.Split(n.Text, "\n")}
	h.dates = calendar.Find(h.preamble, n.Published)
	return h
}

// genre tells the kind of document by its title, else by its first words.
func genre(title, preamble string) tongbao.Genre {
	if g := genreOf(title); g != tongbao.Other {
		return g
	}
	first := []rune(preamble)
	return genreOf(string(first[:min(len(first), 250)]))
}

func genreOf(words string) tongbao.Genre {
	has := func(any ...string) bool {
		for _, w := range any {
			if strings.Contains(words, w) {
				return true
			}
		}
		return false
	}
	inspected := has("巡视", "巡察")
	switch {
	case inspected && has("整改"):
		return tongbao.Rectification
	case inspected && has("反馈"):
		return tongbao.Feedback
	case has("典型案例", "典型问题", "公开通报", "曝光", "立案审查", "审查调查", "开除党籍", "被查", "问责") && !has("制度", "办法", "会议", "程序"):
		return tongbao.Case
	case inspected && has("公告", "进驻", "动员会", "动员部署", "巡察公示", "巡视公示"):
		return tongbao.Inspection
	case has("整改") && has("通报", "情况", "报告", "公告", "公示"):
		return tongbao.Rectification
	case has("通报", "查处") && has("起", "问题", "处分"):
		return tongbao.Case
	}
	return tongbao.Other
}

// signed is the day that stands alone on one of the last lines.
func (h *head) signed() string {
	for i := len(h.lines) - 1; i >= 0 && i >= len(h.lines)-closingLines; i-- {
		line := strings.Trim(h.lines[i], "()（） ")
		if e := calendar.Find(line, ""); len(e) == 1 && e[0].Granularity == "day" && e[0].From == e[0].To && utf8.RuneCountInString(line[:e[0].Start]+line[e[0].End:]) <= 30 && !strings.ContainsAny(line, "，,。；;：:") {
			if e[0].End == len(line) {
				return e[0].From
			}
		}
	}
	return ""
}

var issuingSuffix = regexp.MustCompile(`(委员会|委|党组|党委|党工委|总支|支部|政府|局|办公室|学院|大学|公司|纪委监委|监委|巡察办|党总支|党支部)$`)

// titledBody matches bodies that stand before 关于 in a title: there also such
// endings name one that on a line of their own may end anything.
var titledBody = regexp.MustCompile(`^\p{Han}+(?:部|厅|院|署|总局|集团|银行|中心|学校|医院|联合会|协会|总工会|纪委|政协)$`)

// issuer is the body that signed, else the one before 关于 in the title.
func (h *head) issuer() string {
	for i := len(h.lines) - 1; i > 0 && i >= len(h.lines)-closingLines; i-- {
		line := strings.TrimSpace(h.lines[i])
		if e := calendar.Find(line, ""); len(e) == 1 && e[0].End == len(line) {
			line = strings.TrimSpace(line[:e[0].Start])
		}
		if line != "" && utf8.RuneCountInString(line) <= 40 && issuingSuffix.MatchString(line) && !strings.ContainsAny(line, "，,。；;：:、") {
			return line
		}
	}
	title := strings.ReplaceAll(h.notice.Title, "\n", "")
	if before, _, found := strings.Cut(title, "关于"); found && utf8.RuneCountInString(before) <= 40 && titledBody.MatchString(before) {
		return before // 财政部|关于…的通报
	}
	for _, verb := range []string{"关于", "公开通报", "通报", "巡察公告"} {
		before, _, found := strings.Cut(title, verb)
		if before = strings.TrimSpace(before); found && issuingSuffix.MatchString(before) && utf8.RuneCountInString(before) <= 40 {
			return before
		}
	}
	return ""
}

// inspection is the range of days in the sentence that tells of the visit.
func (h *head) inspection() *tongbao.Period {
	for _, e := range h.dates {
		if e.Granularity != "period" || e.To == "" || e.From == "" {
			continue
		}
		sentence := sentenceAround(h.preamble, e.Span)
		if !strings.Contains(sentence, "巡视") && !strings.Contains(sentence, "巡察") && !strings.Contains(sentence, "进驻") {
			continue
		}
		days := calendar.Find(e.Of(h.preamble), h.notice.Published)
		if len(days) == 1 && strings.Contains(e.Of(h.preamble), "日") {
			return &tongbao.Period{From: e.From, To: e.To}
		}
	}
	return nil
}

// feedback is the day in the clause that tells of the findings being handed
// over: 2021年1月12日,省委巡视组向…反馈了巡视意见.
func (h *head) feedback() string {
	for _, e := range h.dates {
		if e.Granularity != "day" || e.From != e.To {
			continue
		}
		rest := h.preamble[e.End:]
		stop := strings.IndexAny(rest, "。\n；;")
		if stop < 0 {
			stop = len(rest)
		}
		if next := nextDate(h.dates, e.End); next >= 0 {
			stop = min(stop, next-e.End)
		}
		if strings.Contains(rest[:stop], "反馈") {
			return e.From
		}
	}
	return ""
}

func nextDate(dates []calendar.Expression, after int) int {
	for _, e := range dates {
		if e.Start >= after {
			return e.Start
		}
	}
	return -1
}

// sentenceAround returns the sentence of text that holds the span.
func sentenceAround(text string, s tongbao.Span) string {
	start := strings.LastIndexAny(text[:s.Start], "。\n")
	if start < 0 {
		start = 0
	}
	end := strings.IndexAny(text[s.End:], "。\n")
	if end < 0 {
		return text[start:]
	}
	return text[start : s.End+end]
}

var (
	roundNumber = regexp.MustCompile(`第?([一二三四五六七八九十]+|\d+)轮[\p{Han}]{0,8}?(?:巡视|巡察|提级|被巡|整改)`)
	committee   = regexp.MustCompile(`(?:[\p{Han}]{0,8}?(?:省委|市委|区委|县委|州委|旗委|盟委|师党委|校党委|自治区党委|大学党委|学院党委|党委)|中央)$`)
	congress    = regexp.MustCompile(`(?:第)?([〇一二三四五六七八九十]+|\d+)届(?:委员会|党委)?$`)
)

// round reads 十四届省委第十一轮巡视 from the title, else from the text.
func (h *head) round() *tongbao.Round {
	var first *mention
	for _, words := range []string{h.notice.Title, titled.ReplaceAllString(h.preamble, "")} {
		for _, m := range roundNumber.FindAllStringSubmatchIndex(words, -1) {
			r := &mention{Number: numeral(words[m[2]:m[3]])}
			before, name := cutCommittee(words[:m[0]])
			if c := congress.FindStringSubmatch(before); c != nil {
				r.Congress = numeral(c[1])
			}
			name = h.ownCommittee(name)
			if !strings.HasSuffix(before, "届") { // 十四届|云棠县委 begins where it says
				name = h.placed(name)
			}
			r.Authority = h.place.authority(name)
			if r.Number == 0 || r.Authority == "" {
				continue
			}
			if first == nil {
				first = r
			} else if first.Number == r.Number {
				first.complete(r)
			}
		}
	}
	return (*tongbao.Round)(first)
}

// titled matches the titles of documents, whose rounds are other ones.
var titled = regexp.MustCompile(`《[^》\n]{0,200}》`)

// ownCommittee gives 党委, 校党委 the name of the university or company whose
// notice it is; it is "" where the notice does not say, for another's party
// committee has rounds of the same number.
func (h *head) ownCommittee(name string) string {
	switch name {
	case "党委", "校党委", "学校党委", "院党委", "集团党委", "公司党委":
		issuer := strings.TrimPrefix(h.notice.Issuer, "中共")
		for _, ending := range []string{"委员会", "党委"} {
			if body, ok := strings.CutSuffix(issuer, ending); ok && body != "" {
				return body + "党委"
			}
		}
		return ""
	}
	return name
}

// placed drops what stands before 省委, 市委 … unless it names a place that the
// notice is about (核查|省委 but 东岚省委).
func (h *head) placed(name string) string {
	for _, level := range []string{"省委", "市委", "区委", "县委", "州委", "旗委"} {
		prefix, ok := strings.CutSuffix(name, level)
		if !ok || prefix == "" {
			continue
		}
		full := strings.TrimSuffix(name, "委")
		for _, known := range []string{h.place.province, h.place.city, h.place.district} {
			if known != "" && strings.HasSuffix(full, known) {
				return known + "委"
			}
		}
		if len(divisions.Find(full)) > 0 {
			return name
		}
		return level
	}
	return name
}

// A mention is a round as one place of the notice names it.
type mention tongbao.Round

// complete takes over what another mention of the same round prints in full.
func (m *mention) complete(other *mention) {
	if m.Congress == 0 {
		m.Congress = other.Congress
	}
	if m.Congress == other.Congress && strings.HasSuffix(other.Authority, m.Authority) {
		m.Authority = other.Authority
	}
}

// cutCommittee returns the committee that the words end with, and the words
// before it: …关于十四届|省委.
func cutCommittee(words string) (before, name string) {
	name = committee.FindString(lastCharacters(words, 14))
	before = words[:len(words)-len(name)]
	if i := strings.LastIndex(name, "届"); i >= 0 {
		i += len("届")
		return before + name[:i], name[i:]
	}
	if cut := leadingVerbs.FindString(name); cut != "" {
		return before + cut, name[len(cut):]
	}
	return before, name
}

func lastCharacters(text string, n int) string {
	start := len(text)
	for ; n > 0 && start > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:start])
		start -= size
	}
	return text[start:]
}

var orders = regexp.MustCompile(`(?:根据|按照|经|遵照)[\p{Han}]{0,10}?(中央|省委|市委|区委|县委|自治区党委|州委|旗委|盟委|校党委|学校党委|[\p{Han}]{2,6}党委)(?:的)?(?:统一)?(?:部署|安排|批准|要求|巡视|巡察|关于)`)

// authority is who inspected: that of the round, else of the team, else the
// one by whose order (根据省委统一部署) the visit was made.
func (h *head) authority() string {
	if h.notice.Round != nil {
		return h.notice.Round.Authority
	}
	if i := strings.Index(h.notice.Team, "委"); i > 0 {
		return h.place.authority(h.notice.Team[:i+len("委")])
	}
	if strings.HasPrefix(h.notice.Team, "中央") {
		return "中央"
	}
	if m := orders.FindStringSubmatch(h.preamble); m != nil {
		return h.place.authority(m[1])
	}
	return ""
}

func roundID(r *tongbao.Round) string {
	id := r.Authority
	if r.Congress > 0 {
		id += "-" + strconv.Itoa(r.Congress)
	}
	return id + "-" + strconv.Itoa(r.Number)
}

// numeral reads a small number, Arabic or Chinese; 0 where there is none.
func numeral(words string) int {
	if n, err := strconv.Atoi(words); err == nil {
		return n
	}
	value, tens := 0, 0
	for _, r := range words {
		switch at := strings.IndexRune("〇一二三四五六七八九", r); {
		case r == '十' && value == 0:
			tens = 10
		case r == '十':
			tens, value = value*10, 0
		case at >= 0:
			value = at / 3
		}
	}
	return tens + value
}
