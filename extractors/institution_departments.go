package extractors

import (
	_ "embed"
	"sort"
	"strings"
	"sync"

	"tongbao"
	"tongbao/internal/lexicon"
)

//go:embed departments.tsv
var departmentsList string

var departments = sync.OnceValue(func() *lexicon.Lexicon {
	return lexicon.Must(lexicon.Parse("departments.tsv", extended("departments"), 1))
})

// A department is what names one: its topics and the level (司, 处, 室).
type department struct {
	stem   int  // bytes of the topics
	level  int  // bytes of the level
	strong bool // a topic that is hardly ever said of anything but departments
}

// departmentAt reads the department that a text ends with: 规划|财务|司,
// 安全|与|质量|监督|管理|司.
func departmentAt(text string) (department, bool) {
	size := len("司")
	if len(text) <= size || !departmentLevel(text[len(text)-size:]) {
		return department{}, false
	}
	d := department{level: size}
	left := text[:len(text)-size]
	for {
		e, ok := departments().Suffix(left)
		if !ok {
			if rest, joined := cutJoin(left); joined && d.stem > 0 {
				if _, ok := departments().Suffix(rest); ok {
					d.stem += len("与")
					left = rest
					continue
				}
			}
			break
		}
		d.stem += len(e.Word)
		d.strong = d.strong || e.Fields[0] != "yes"
		left = left[:len(left)-len(e.Word)]
	}
	return d, d.stem > 0
}

func cutJoin(text string) (string, bool) {
	if rest, ok := strings.CutSuffix(text, "与"); ok {
		return rest, true
	}
	return strings.CutSuffix(text, "和")
}

// readDepartments reads departments within the inspected body, and those of a
// body named before them: 人事司, 总行财务会计部, 镇民政办, 交通运输部安质司.
func readDepartments(r *reading) {
	r.bodies[1] = len(r.facts)
	for _, k := range r.otherEnds {
		r.cutWord(k)
		end := r.departmentEnd(k)
		if end == 0 {
			continue
		}
		d, ok := departmentAt(r.text[max(0, end-60):end])
		if !ok {
			r.abbreviatedDepartment(end)
			continue
		}
		r.addDepartment(tongbao.Span{Start: end - d.stem - d.level, End: end}, d)
	}
}

// cutWord reads a body whose last character the segmenter has joined with the
// verb or noun behind it: 自然资源|部下|发, 党委常委|会议.
func (r *reading) cutWord(k int) {
	w := &r.Words[k]
	last := ""
	switch w.Of(r.text) {
	case "部下":
		last = "部"
	case "会议":
		last = "会"
	default:
		return
	}
	end := w.Start + len(last)
	e, ok := endings().Suffix(r.text[:end])
	s := tongbao.Span{Start: end - len(e.Word), End: end}
	if !ok || e.Fields[1] == "" || !r.bordered(r.text[:s.Start]) {
		return
	}
	r.add(tongbao.Fact{Kind: tongbao.Institution, Span: s, Name: e.Word, Canonical: r.canonical(e.Word), Category: e.Fields[0], Rule: "name"})
}

// departmentEnd returns where a department may end with or within word k, 0
// where none does: 室主任 is one word to the segmenter.
func (r *reading) departmentEnd(k int) int {
	w := &r.Words[k]
	if w.End-w.Start < len("司") {
		return 0
	}
	word := w.Of(r.text)
	if departmentLevels.Ends(word) {
		if startsWithAny(r.text[w.End:], "长", "级", "门") {
			return 0
		}
		return w.End
	}
	if size := len("室"); len(word) > size && departmentLevel(word[:size]) && startsWithAny(word[size:], "主任", "副主任") {
		return w.Start + size
	}
	return 0
}

// departmentLevel reports whether a character ends the names of departments.
func departmentLevel(character string) bool { return departmentLevels.Ends(character) }

var departmentLevels = lexicon.Must(lexicon.Parse("departmentLevels", "司\n处\n科\n室\n部\n办\n所\n站", 0))

// addDepartment adds a department where what stands before it is its body or a
// border.
func (r *reading) addDepartment(s tongbao.Span, d department) {
	level := r.text[s.End-d.level : s.End]
	host, known := r.hostBefore(s.Start)
	if !known && (!d.strong || strings.Contains("所站办", level) && !(level == "办" && r.listed(s))) {
		return
	}
	switch {
	case known:
		s.Start = host
	case !r.bordered(r.text[:s.Start]) && !r.verbBefore(s.Start):
		return
	}
	if name := s.Of(r.text); !commonNames.Has(name) && !r.named(s) && r.numberEndingAt(s.Start) < 0 {
		r.add(tongbao.Fact{Kind: tongbao.Institution, Span: s, Name: name, Canonical: r.canonical(name), Category: "other", Rule: "department"})
	}
}

// listed reports whether a body or department stands beside a span in a list.
func (r *reading) listed(s tongbao.Span) bool {
	if behind, ok := strings.CutPrefix(r.text[s.End:], "、"); ok && bodyBegins(behind) {
		return true
	}
	before, ok := strings.CutSuffix(r.text[:s.Start], "、")
	return ok && bodyEnds(before)
}

// verbBefore reports whether the word before the offset is a verb that takes a
// body: 内设|财务科.
func (r *reading) verbBefore(offset int) bool {
	k := sort.Search(len(r.Words), func(i int) bool { return r.Words[i].End >= offset })
	if k >= len(r.Words) || r.Words[k].End != offset {
		return false
	}
	word := r.Words[k].Of(r.text)
	return nameRole(word) == "bound" && r.Words[k].Tag == "v" && word != "该"
}

// named reports whether the span lies within an institution read already.
func (r *reading) named(s tongbao.Span) bool {
	near := r.bodiesNear(s.Start)
	for i := range near {
		if near[i].Start <= s.Start && s.End <= near[i].End {
			return true
		}
	}
	return false
}

// nameLimit is how long a name is at most, in bytes.
const nameLimit = 3 * 40

// bodiesNear returns the bodies read from runs of words that begin shortly
// before the offset, or there.
func (r *reading) bodiesNear(offset int) []tongbao.Fact {
	bodies := r.facts[r.bodies[0]:r.bodies[1]]
	end := sort.Search(len(bodies), func(i int) bool { return bodies[i].Start > offset })
	start := end
	for start > 0 && bodies[start-1].Start > offset-nameLimit {
		start--
	}
	return bodies[start:end]
}

// hosts are the words by which a notice names the inspected body and its
// levels, as they stand before a department.
var hosts = lexicon.Must(lexicon.Parse("hosts", strings.Join([]string{
	"总行", "省分行", "市分行", "总局", "总公司", "集团", "集团公司", "公司", "总部", "本部", "镇", "乡", "街道", "区", "县", "市", "省", "州", "校", "学校", "学院", "院", "医院", "局", "厅", "行", "机关", "党委", "党群", "校党委", "医院党委",
}, "\n"), 0))

// hostBefore returns where the body begins that a department at the offset
// belongs to.
func (r *reading) hostBefore(offset int) (int, bool) {
	near := r.bodiesNear(offset - 1)
	for i := range near {
		if near[i].End == offset {
			return near[i].Start, true
		}
	}
	e, ok := hosts.Suffix(r.text[:offset])
	if !ok {
		return 0, false
	}
	start := offset - len(e.Word)
	if own := bodyName(r.Notice); own != "" && strings.HasSuffix(r.text[:offset], own) {
		return offset - len(own), true
	}
	if r.bordered(r.text[:start]) || r.verbBefore(start) || strings.HasSuffix(r.text[:start], "的") {
		return start, true
	}
	return 0, false
}

// abbreviatedDepartment reads a department whose topic is abbreviated, which
// only the ministry before it tells: 交通运输部|安质司.
func (r *reading) abbreviatedDepartment(end int) {
	if !strings.HasSuffix(r.text[:end], "司") {
		return
	}
	near := r.bodiesNear(end)
	for i := len(near) - 1; i >= 0; i-- {
		f := &near[i]
		if f.Category != "government" || f.End >= end || end-f.End > len("安质司一") {
			continue
		}
		if e, ok := endings().Suffix(f.Name); !ok || e.Fields[1] != "yes" || end-f.End < len("安司") || endsWithAny(r.text[:end], "公司", "上司", "官司") {
			return
		}
		s := tongbao.Span{Start: f.Start, End: end}
		name := s.Of(r.text)
		r.add(tongbao.Fact{Kind: tongbao.Institution, Span: s, Name: name, Canonical: r.canonical(name), Category: "government", Rule: "department"})
		return
	}
}

// bodyName is the inspected body without its party group: 国家驿运总局党组 is
// that of 国家驿运总局.
func bodyName(n *tongbao.Notice) string {
	if n.Inspected == nil {
		return ""
	}
	name := n.Inspected.Name
	for _, guest := range []string{"党组", "党委", "党总支", "党工委"} {
		if host, ok := strings.CutSuffix(name, guest); ok {
			return host
		}
	}
	return name
}
