package extractors

import (
	"strings"
	"unicode/utf8"

	"tongbao"
)

// levelReach is how many characters may lead from one level to the next: 压减到,
// 提高至2021年的.
const levelReach = 14

// levelSubject is what changes from one level to another, for the figures of
// both: 中层干部|由21名消化至4名, 应收账款|由9.72亿元压降至5.61亿元. named reads the
// noun that words end with.
func (r *reading) levelSubject(i int, named func(tongbao.Span) string) string {
	c := r.clause[i]
	if c < 0 || r.Clauses[c].Start >= r.Numbers[i].Start {
		return ""
	}
	start := r.Clauses[c].Start
	at := r.fromMark(start, r.Numbers[i].Start)
	if at < 0 {
		return ""
	}
	former := i
	for k := i - 1; k >= 0 && r.Numbers[k].Start > at; k-- {
		if r.dated(k) || r.Numbers[k].Ordinal {
			continue
		}
		if former != i {
			return ""
		}
		former = k
	}
	if !r.leadsToLevel(former, i) {
		return ""
	}
	subject := named(tongbao.Span{Start: start, End: at})
	if subject == "" {
		subject = r.spokenOf(figure{index: i})
	}
	return subject
}

// fromMark is where the 由 or 从 stands behind which levels are given, between
// two offsets; -1 for none.
func (r *reading) fromMark(start, end int) int {
	start = max(start, end-(2*levelReach+1)*utf8.UTFMax) // what stands before is too far away
	text := r.text[start:end]
	for _, mark := range [...]string{"由", "从"} {
		at := lastIndex(text, mark)
		if at < 0 || startsWithAny(text[at:], "由于", "由此", "从严", "从事", "从业", "从而", "从轻", "从重") || endsWithAny(text[:at], "自", "理", "缘", "事", "服") || utf8.RuneCountInString(text[at:]) > 2*levelReach {
			continue
		}
		return start + at
	}
	return -1
}

// dated reports whether a number belongs to a date.
func (r *reading) dated(k int) bool {
	d := r.dateBefore(r.Numbers[k].Start) + 1
	return d < len(r.dates) && r.dates[d].Start <= r.Numbers[k].Start
}

// leadsToLevel reports whether the words behind the former of two figures lead
// to a new level; where both are the same, to whatever figure follows.
func (r *reading) leadsToLevel(former, latter int) bool {
	if former == latter {
		latter++
		for latter < len(r.Numbers) && (r.dated(latter) || r.Numbers[latter].Ordinal) {
			latter++
		}
	}
	if latter >= len(r.Numbers) || r.clause[former] != r.clause[latter] {
		return false
	}
	from := r.Numbers[former].End
	if f, ok := r.figureAt(former); ok {
		from = f.span.End
	} else if end, _, ok := r.currencyAt(former); ok {
		from = end
	}
	if from >= r.Numbers[latter].Start {
		return false
	}
	between := r.text[from:r.Numbers[latter].Start]
	if hasAny(between, []string{"组成", "形成", "建成", "完成", "成立"}) {
		return false // 从县直单位抽调42名同志|组成8个督导组
	}
	return utf8.RuneCountInString(between) <= levelReach && !strings.ContainsAny(between, "，,；;、。（(") && strings.ContainsAny(between, "至到为成")
}

// changeVerb is the verb of a change that a text ends with: 较2020年|增加.
func changeVerb(text string) string {
	text = trimRight(text, "了近约超 ")
	if e, ok := roleAtEnd(text, "increase", "decrease"); ok {
		return e.Word
	}
	for _, verb := range []string{"净增", "新增加", "多", "少"} {
		if strings.HasSuffix(text, verb) {
			return verb
		}
	}
	return ""
}

// changeOf names a figure that says by how much another changed: 业务招待费…,较
// 2022年的310万元|减少96万元 is 业务招待费减少. subject is what the figure before
// is of; it is "" where the words before the figure name something themselves.
func changeOf(left, subject string) string {
	verb := changeVerb(left)
	if verb == "" || subject == "" {
		return ""
	}
	rest := trimRight(strings.TrimSuffix(trimRight(left, "了近约超 "), verb), "同环比 ")
	if rest = strings.Trim(rest, "，,、又再 "); rest != "" && !startsWithAny(rest, "较", "比", "同比") {
		return ""
	}
	return strings.TrimSuffix(subject, changeVerb(subject)) + verb
}

// comparedChange names a figure whose own words say what changed and against
// what: 保留数比年初方案|多6座 is 保留数多.
func (r *reading) comparedChange(left tongbao.Span) string {
	text := left.Of(r.text)
	verb := changeVerb(text)
	if verb == "" {
		return ""
	}
	for _, mark := range []string{"同比", "环比", "比", "较"} {
		at := strings.LastIndex(text, mark)
		if at <= 0 || endsWithAny(text[:at], "占", "对", "相", "计") || startsWithAny(text[at:], "比例", "比重", "比较", "比率", "较大", "较多", "较快") {
			continue
		}
		if noun := r.thingBefore(tongbao.Span{Start: left.Start, End: left.Start + len(strings.TrimSuffix(text[:at], "分别"))}); noun != "" {
			return noun + verb
		}
	}
	return ""
}

// changed names figure k where it says by how much something changed.
func (r *reading) changed(figures []figure, k int) string {
	f := figures[k]
	if changeVerb(f.left.Of(r.text)) == "" || k == 0 || r.sentence(r.clause[f.index]) != r.sentence(r.clause[figures[k-1].index]) {
		return ""
	}
	if what := r.comparedChange(f.left); what != "" {
		return what
	}
	// 关停11处、|提升3处 are two things done, and no change.
	subject, listed := r.whatOf(figures[k-1]), strings.HasPrefix(r.text[figures[k-1].span.End:], "、")
	if listed && changeVerb(subject) == "" {
		return ""
	}
	return changeOf(f.left.Of(r.text), subject)
}
