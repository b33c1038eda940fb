package audit

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/cockroachdb/apd/v3"

	"tongbao"
)

// enumerations checks 等5项制度 against the titles, or 等5个村社 against the
// names, that stand before it, and 4点要求 against the items behind it.
func enumerations(a *auditor) []tongbao.Finding {
	var found []tongbao.Finding
	for i := range a.facts {
		f := &a.facts[i]
		stated, ok := decimal(f)
		if f.Kind != tongbao.Count && f.Kind != tongbao.Sanction || f.Implied || f.Unit == "人次" || !ok {
			continue
		}
		listed, rests := a.listedBefore(i)
		open := len(rests) > 0 // 等 may leave names out, so fewer are no error
		if listed < 2 {
			rests = []*tongbao.Fact{f}
			listed, open = a.namesWithout(f)
		}
		if listed < 2 && strings.HasSuffix(a.text[:f.Start], "》") {
			listed, open = a.titlesBefore(i, f.Start), false // 出台《甲办法》《乙细则》|2项制度
		}
		if listed < 2 {
			listed, open = a.itemsBehind(i)
		}
		if listed < 2 {
			continue
		}
		count := apd.New(int64(listed), 0)
		verdict := tongbao.Agrees
		switch c := count.Cmp(stated); {
		case c != 0 && !open:
			continue // what is not tied firmly may be another list
		case c < 0:
			verdict = tongbao.Incomplete
		case c > 0:
			verdict = tongbao.Mismatch
		}
		explain := fmt.Sprintf("所列 %d，原文 %s%s", listed, f.Quote, remark(verdict))
		found = append(found, finding(verdict, f.Value, plain(count), explain, rests...))
	}
	return found
}

// listedBefore counts the titles, else the names, that end with the 等 before
// figure i, with the facts that they are; none where no 等 stands there.
func (a *auditor) listedBefore(i int) (int, []*tongbao.Fact) {
	f := &a.facts[i]
	before, ok := strings.CutSuffix(a.text[:f.Start], "等")
	if !ok {
		return 0, nil
	}
	listed, rests := a.titlesBefore(i, len(before)), []*tongbao.Fact{f}
	for k := i - 1; k >= 0 && len(rests) <= listed; k-- {
		if a.facts[k].Kind == tongbao.Document {
			rests = append(rests, &a.facts[k])
		}
	}
	if listed > 0 {
		return listed, rests
	}
	if jointPosts(before) {
		return 0, nil
	}
	if listed = a.namesBefore(before, nameLimit); listed > 0 {
		return listed, rests[:1]
	}
	stated, _ := decimal(f)
	if listed = a.namesBefore(before, personLimit); !persons(f.Unit) || stated.Cmp(apd.New(int64(listed), 0)) != 0 {
		return 0, nil // how many persons long titles are, only the number tells
	}
	return listed, rests[:1]
}

func persons(unit string) bool { return unit == "人" || unit == "名" || unit == "位" }

// posts are what an office ends with that one person may hold beside another:
// 市委书记、市长某某.
var posts = []string{"书记", "主任", "局长", "市长", "县长", "区长", "镇长", "乡长", "处长", "科长", "委员", "主席", "组长", "成员", "院长", "校长", "常委"}

// jointPosts reports whether offices stand in a row of names whose last is no
// bare office, so that two of them may be one person's.
func jointPosts(row string) bool {
	row = row[strings.LastIndexAny(row, "，,。；;：:\n")+1:]
	names := strings.Split(row, "、")
	office := false
	for _, name := range names[:len(names)-1] {
		office = office || endsWithAny(name, posts)
	}
	return office && !endsWithAny(names[len(names)-1], posts)
}

// titlesBefore counts the documents that stand in a row up to the offset.
func (a *auditor) titlesBefore(i, offset int) int {
	n := 0
	for k := i - 1; k >= 0; k-- {
		d := &a.facts[k]
		if d.Kind != tongbao.Document {
			if d.End <= offset && d.Start > 0 && n > 0 && d.Kind != tongbao.Institution && d.Kind != tongbao.Date {
				break
			}
			continue
		}
		if between := strings.TrimSpace(a.text[d.End:max(d.End, offset)]); between != "" && between != "、" && between != "和" && between != "及" && !onlyRemark(between) {
			break
		}
		n, offset = n+1, d.Start
	}
	return n
}

// onlyRemark reports whether words are one remark in brackets, and no more than
// a 、 behind it: （江委〔2021〕5号）、.
func onlyRemark(words string) bool {
	if !strings.HasPrefix(words, "(") && !strings.HasPrefix(words, "（") {
		return false
	}
	end := strings.IndexAny(words, ")）")
	return end > 0 && strings.Trim(words[end:], ")）、和及 ") == ""
}

// Lengths in characters beyond which what stands between two 、 is no name.
const (
	nameLimit   = 18
	personLimit = 32 // of a person with body and office
)

// namesBefore counts the names in a row, joined by 、, that the text ends with.
func (a *auditor) namesBefore(before string, limit int) int {
	start := strings.LastIndexAny(before, "，,。；;：:\n（）()《》“”！？")
	if start >= 0 {
		_, n := utf8.DecodeRuneInString(before[start:])
		before = before[start+n:]
	}
	names := strings.Split(before, "、")
	if len(names) < 2 {
		return 0
	}
	for k, name := range names {
		if name == "" || k > 0 && utf8.RuneCountInString(name) > limit || strings.ContainsAny(name, "0123456789") {
			return 0
		}
	}
	last := names[len(names)-1]
	if strings.Contains(last, "和") && !strings.Contains(last, "和谐") || strings.Contains(last, "及") {
		return 0
	}
	return len(names)
}

// aspects and places are the nouns of which a row of names is counted without
// 等: 从思想、作风、纪律3个方面.
var (
	aspects = []string{"方面", "领域", "环节", "维度", "层面", "关口"}
	places  = []string{"村", "社区", "镇", "乡", "街道", "县", "部门", "单位"}
)

// namesWithout counts the names in a row right before a figure without 等. The
// last may be no name but whose the figure is (甲镇、乙镇3个村), unless 从 leads
// to them all: then they are tied firmly.
func (a *auditor) namesWithout(f *tongbao.Fact) (count int, firm bool) {
	behind := a.text[f.End:]
	if f.Unit != "个" && f.Unit != "大" || !startsWithAny(behind, aspects) && !startsWithAny(behind, places) {
		return 0, false
	}
	before := a.text[:f.Start]
	first, _, _ := strings.Cut(before[strings.LastIndexAny(before, "，,。；;：:\n")+1:], "、")
	return a.namesBefore(before, nameLimit), startsWithAny(behind, aspects) && hasAny(first, "从", "围绕", "聚焦", "紧盯")
}

// pointWords are what a text can begin with that says of what a figure counts
// the points: 3点|要求, 3个|方面突出问题. points are what it ends with.
var (
	pointWords = []string{"方面", "要求", "意见", "建议", "问题", "任务", "重点", "措施", "原则", "希望", "突出", "主要", "具体", "工作", "整改", "不足", "短板", "特点", "体会", "关键", "典型", "指导", "明确", "不到位", "坚持"}
	points     = []string{"方面", "要求", "意见", "建议", "问题", "任务", "重点", "措施", "原则", "希望", "工作", "不足", "短板", "特点", "体会", "关键", "原因"}
)

// itemsBehind counts the items 一是…二是… behind figure i, 0 for none. They are
// tied firmly where a colon leads to them: 提出4点要求：一是….
func (a *auditor) itemsBehind(i int) (count int, firm bool) {
	f := &a.facts[i]
	rest := a.text[f.End:]
	end := strings.IndexAny(rest[:min(len(rest), 90)], "：:。\n，,；;（(、")
	if end < 0 {
		return 0, false
	}
	noun := rest[:end]
	if noun != "" && (!startsWithAny(noun, pointWords) || !endsWithAny(noun, points)) || noun == "" && f.Unit != "点" && f.Unit != "方面" {
		return 0, false
	}
	firm = strings.HasPrefix(rest[end:], "：") || strings.HasPrefix(rest[end:], ":")
	if !firm && !strings.HasPrefix(rest[end:], "。") {
		return 0, false
	}
	_, size := utf8.DecodeRuneInString(rest[end:])
	return items(strings.TrimLeft(rest[end+size:], " 　\n")), firm
}

var ordinals = []string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五"}

// forms are what stands before and behind the ordinals of a list.
var forms = [][2]string{{"", "是"}, {"", "要"}, {"第", "，"}, {"第", ","}, {"第", "是"}, {"第", "、"}}

// items counts the items that a text begins with: 一是…二是…, 第一，…第二，…, to
// the end of the paragraph, and over it where the next one goes on with them.
func items(text string) int {
	for _, form := range forms {
		mark := func(k int) string { return form[0] + ordinals[k] + form[1] }
		if !strings.HasPrefix(text, mark(0)) {
			continue
		}
		rest, n := text[len(mark(0)):], 1
		for ; n < len(ordinals); n++ {
			paragraph, below, _ := strings.Cut(rest, "\n")
			at, again := item(paragraph, mark(n)), item(paragraph, mark(0)) // 一是 again begins another list
			switch {
			case at >= 0 && (again < 0 || at < again):
				rest = rest[at+len(mark(n)):]
			case again < 0 && strings.HasPrefix(below, mark(n)):
				rest = below[len(mark(n)):]
			default:
				return n
			}
		}
		return n
	}
	return 0
}

// item is where an item begins with those words, behind a mark; -1 for none.
func item(text, mark string) int {
	for from := 0; ; {
		at := strings.Index(text[from:], mark)
		if at < 0 {
			return -1
		}
		at += from
		if before, _ := utf8.DecodeLastRuneInString(text[:at]); at > 0 && strings.ContainsRune("。；;，,：:！!？? 　”）)", before) {
			return at
		}
		from = at + len(mark)
	}
}

func startsWithAny(text string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(text, w) {
			return true
		}
	}
	return false
}

func endsWithAny(text string, words []string) bool {
	for _, w := range words {
		if strings.HasSuffix(text, w) {
			return true
		}
	}
	return false
}
