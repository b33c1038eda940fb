package extractors

import (
	"strings"
	"unicode"

	"tongbao"
)

// promiseMarks say that something is still to be done; doneMarks that it has
// been.
var (
	promiseMarks = []string{"预计", "计划", "拟", "确保", "将", "力争", "争取", "承诺", "限期", "要求", "务必", "有望", "明确在", "定于", "要在", "要于"}
	doneMarks    = []string{"已于", "已在", "已经", "于去年", "已完成", "业已"}
)

// withoutPlans takes out the nouns that hold a mark of promise.
var withoutPlans = strings.NewReplacer("行动计划", "", "工作计划", "", "年度计划", "", "规划计划", "", "计划书", "", "计划生育", "", "要求的", "", "将军", "", "即将", "将")

// promising is a text without the nouns that hold a mark of promise.
func promising(text string) string {
	if !hasAny(text, []string{"划", "要求的", "将"}) {
		return text // as most: nothing to take out
	}
	return withoutPlans.Replace(text)
}

// readDeadlines reads promises: from a date that lies ahead of the notice to
// the end of its predicate.
func readDeadlines(r *reading) {
	day := r.reference()
	if len(day) > 10 {
		day = day[:10]
	}
	for k, d := range r.dates {
		c := r.clauseAt(d.Start)
		if c < 0 || d.To == "" || day != "" && d.To <= day {
			continue
		}
		clause := r.Clauses[c]
		end := r.predicateEnd(k, clause.End)
		if next, ok := r.promiseBehind(c, d.End); ok {
			end = next
		}
		behind := strings.TrimLeft(r.text[d.End:end], "，, ")
		before := r.text[clause.Start:d.Start]
		if label := timeLimit(r.text[max(0, d.Start-nameLimit/2):d.Start]); label != "" && strings.TrimSpace(behind) == "" {
			r.add(tongbao.Fact{Kind: tongbao.Deadline, Span: d.Span, By: d.To, What: label, Rule: "promise-label"})
			continue
		}
		if strings.TrimSpace(behind) == "" || startsWithAny(behind, "度", "的", "工作", "会议", "、", "已", "施行", "止", "印发", "《") || hasAny(before, doneMarks) || hasAny(behind, []string{"已完成", "已经完成", "已实现"}) || d.Of(r.text) == "年内" && hasAny(behind, []string{"获", "累计", "先后", "已", "共计"}) {
			continue
		}
		if endsWithAny(d.Of(r.text), "末", "底") && !r.countsWithin(d.End, end) && !r.hasVerb(tongbao.Span{Start: d.End, End: end}) {
			continue // 2007年末|国债余额限额的决议
		}
		ahead := day != "" && (d.From == "" || d.From > day && strings.TrimSpace(before) == "" || d.Granularity == "day" || strings.HasSuffix(d.Of(r.text), "内"))
		behind, before = promising(behind), promising(before)
		marked := hasAny(before, promiseMarks) || hasAny(firstRunes(behind, 6), promiseMarks)
		if !marked && !ahead && !(r.markedBefore(c) && r.startsWithVerb(tongbao.Span{Start: d.End, End: end})) {
			continue
		}
		if strings.HasPrefix(behind, "分别") {
			r.apartPromises(k, end)
		}
		r.add(tongbao.Fact{Kind: tongbao.Deadline, Span: tongbao.Span{Start: d.Start, End: end}, By: d.To, What: promised(behind), Rule: "promise"})
	}
}

// timeLimit is what a label before a day says is due: 完成时限：, 整改期限为; ""
// for other words.
func timeLimit(before string) string {
	before = trimRight(before, "：: 为是")
	for _, label := range []string{"时限", "期限", "完成时间"} {
		what, ok := strings.CutSuffix(before, label)
		if !ok {
			continue
		}
		if label == "完成时间" {
			what += "完成"
		}
		if at := lastMark(what, "。；;\n，,：:"); at >= 0 {
			_, n := splitRune(what[at:])
			what = what[at+n:]
		}
		if endsWithAny(what, "完成", "整改", "办结", "销号", "达标", "办理", "落实") {
			return what
		}
	}
	return ""
}

// promiseBehind is where the next clause ends, if the date ends its own and the
// next promises something: 到2023年12月底,确保剩余3个问题全部整改到位.
func (r *reading) promiseBehind(c, end int) (int, bool) {
	if strings.Trim(r.text[end:max(end, r.Clauses[c].End)], "，, ") != "" || c+1 >= len(r.Clauses) || r.Clauses[c+1].Sentence != r.Clauses[c].Sentence {
		return 0, false
	}
	next := strings.TrimLeft(r.Clauses[c+1].Of(r.text), "，, ")
	if !startsWithAny(next, promiseMarks[:7]...) && !(startsWithAny(r.text[max(0, end-len("下半年")):], "下半年") && hasAny(firstRunes(next, 10), []string{"将", "拟", "计划"})) {
		return 0, false // 下半年,总局党组|将…
	}
	return r.Clauses[c+1].Start + len(strings.TrimRight(r.Clauses[c+1].Of(r.text), " ，,。；;、")), true
}

// apartPromises reads 2022、2023、2024年分别完工7710套、6200套、7900套: beside
// the promise of the last year, which is read as any other, the run as a whole,
// due with its last year, and what each year before it is due to bring.
func (r *reading) apartPromises(last, end int) {
	first := last
	for first > 0 && inRow(r.text[r.dates[first-1].End:r.dates[first].Start]) {
		first--
	}
	if first == last {
		return
	}
	behind := r.text[r.dates[last].End:end]
	r.add(tongbao.Fact{Kind: tongbao.Deadline, Span: tongbao.Span{Start: r.dates[first].Start, End: end}, By: r.dates[last].To, What: promised(behind), Rule: "promise-run"})
	parts := strings.Split(strings.TrimPrefix(behind, "分别"), "、")
	if len(parts) != last-first+1 {
		return
	}
	verb := ""
	if at := strings.IndexFunc(parts[0], unicode.IsDigit); at >= 0 {
		verb = parts[0][:at]
	}
	stop := r.dates[last].End + len("分别")
	for k := first; k < last; k++ {
		stop += len(parts[k-first])
		r.add(tongbao.Fact{Kind: tongbao.Deadline, Span: tongbao.Span{Start: r.dates[k].Start, End: stop}, By: r.dates[k].To, What: verb + strings.TrimPrefix(parts[k-first], verb), Rule: "promise-apart"})
		stop += len("、")
	}
}

// predicateEnd is where the clause, or the next date in it, ends the promise.
func (r *reading) predicateEnd(k, clauseEnd int) int {
	end := clauseEnd
	if k+1 < len(r.dates) && r.dates[k+1].Start < end {
		end = r.dates[k+1].Start
	}
	text := r.text[r.dates[k].End:max(end, r.dates[k].End)]
	text = strings.TrimRight(text, " ，,。；;、!！:：")
	return r.dates[k].End + len(text)
}

// markedBefore reports whether the clause before makes a promise that this one
// carries on (拟于10月底组建…,12月底举办…).
func (r *reading) markedBefore(c int) bool {
	return c > 0 && r.Clauses[c-1].Sentence == r.Clauses[c].Sentence && hasAny(promising(r.Clauses[c-1].Of(r.text)), promiseMarks[:6])
}

func promised(behind string) string {
	for _, mark := range []string{"计划", "预计", "将", "拟", "力争", "确保"} {
		behind = strings.TrimPrefix(behind, mark)
	}
	return strings.TrimSpace(behind)
}

func firstRunes(text string, n int) string {
	for i := range text {
		if n == 0 {
			return text[:i]
		}
		n--
	}
	return text
}

// startsWithVerb reports whether a verb or an adverb is the first word.
func (r *reading) startsWithVerb(s tongbao.Span) bool {
	words := r.wordsIn(s)
	return len(words) > 0 && (strings.HasPrefix(words[0].Tag, "v") || strings.HasPrefix(words[0].Tag, "d") || strings.HasPrefix(words[0].Of(r.text), "逐"))
}

// countsWithin reports whether a number begins between two offsets.
func (r *reading) countsWithin(start, end int) bool {
	i := r.numberFrom(start)
	return i < len(r.Numbers) && r.Numbers[i].Start < end
}

// hasVerb reports whether a verb is among the words of a span.
func (r *reading) hasVerb(s tongbao.Span) bool {
	for _, w := range r.wordsIn(s) {
		if strings.HasPrefix(w.Tag, "v") && w.Tag != "vn" {
			return true
		}
	}
	return false
}
