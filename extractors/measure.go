package extractors

import (
	_ "embed"
	"strings"
	"sync"

	"tongbao"
	"tongbao/internal/lexicon"
)

//go:embed measures.tsv
var measuresList string

var measures = sync.OnceValue(func() *lexicon.Lexicon {
	return lexicon.Must(lexicon.Parse("measures.tsv", extended("measures"), 2))
})

// A figure is a number with its measure word and the words around both.
type figure struct {
	index       int // of Numbers
	number      *tongbao.Number
	measure     lexicon.Entry
	span        tongbao.Span // numeral to measure word
	left, right tongbao.Span
}

// figureAt returns the figure of a number, if a measure word stands behind it.
// Several kinds ask for it; it is read once.
func (r *reading) figureAt(i int) (figure, bool) {
	f := &r.figures[i]
	if f.number == nil {
		*f, _ = r.readFigure(i)
		f.number = &r.Numbers[i]
	}
	return *f, f.measure.Word != ""
}

func (r *reading) readFigure(i int) (figure, bool) {
	n := &r.Numbers[i]
	rest := r.text[n.End:]
	at := len(rest) - len(strings.TrimLeft(rest, " "))
	if at > 1 {
		return figure{}, false
	}
	for _, infix := range []string{"余", "多", "来", "大", "小"} {
		if strings.HasPrefix(rest[at:], infix) {
			if _, ok := measures().Prefix(rest[at+len(infix):]); ok {
				at += len(infix)
				break
			}
		}
	}
	e, ok := measures().Prefix(rest[at:])
	if !ok && at == 0 {
		e, ok = r.placesInRun(i)
	}
	if !ok || continuesAsNoun(e.Word, rest[at:]) {
		return figure{}, false
	}
	end := n.End + at + len(e.Word)
	return figure{index: i, number: n, measure: e, span: tongbao.Span{Start: n.Start, End: end}, left: r.left(i), right: r.right(i, end)}, true
}

// placesInRun reads the level of places as the measure word of a number where the
// next, or the one before, counts places as well: 11省23市, 两县三区.
func (r *reading) placesInRun(i int) (lexicon.Entry, bool) {
	level := placeLevel(r.text[r.Numbers[i].End:])
	if level == "" {
		return lexicon.Entry{}, false
	}
	end := r.Numbers[i].End + len(level)
	next := i+1 < len(r.Numbers) && r.Numbers[i+1].Start == end && placeLevel(r.text[r.Numbers[i+1].End:]) != ""
	if !next && (i == 0 || r.Numbers[i-1].End+len(level) != r.Numbers[i].Start || placeLevel(r.text[r.Numbers[i-1].End:]) == "") {
		return lexicon.Entry{}, false
	}
	return lexicon.Entry{Word: level, Fields: []string{"place", ""}}, true
}

// placeLevel is the level of places that a text begins with.
func placeLevel(text string) string {
	for _, level := range [...]string{"省", "市", "县", "区", "州", "镇", "乡", "村"} {
		if strings.HasPrefix(text, level) {
			return level
		}
	}
	return ""
}

// falseMeasures are words that begin like a measure word and are none.
var falseMeasures = lexicon.Must(lexicon.Parse("falseMeasures", strings.Join([]string{
	"人民", "人大", "人才", "人类", "人事", "人士", "部门", "项目", "家庭", "家长", "场所", "名单", "名义", "件事",
	"条例", "条线", "条件", "种植", "期间", "期限", "期末", "期货", "类似", "组织", "组长", "队伍", "门类", "次日", "台账", "台风", "处分", "处理", "处长", "处处长", "处副处长", "处科长", "处级", "处室",
	"所在", "所有", "户籍", "本科", "本级", "本地", "张榜", "支部", "支撑", "支付", "支持", "支出", "片区", "批评", "批准", "批示", "套路", "份额", "点半",
	"米线", "升级", "升学", "块钱", "块五", "对一", "场次表", "层次", "级别", "头部", "讲话", "讲座", "轮岗", "轮训", "位置", "位于", "座谈", "线上", "亩产", "吨位", "只有", "只能",
	"岁以下", "岁以上", "岁以内", "岁左右", "岁及以下", "岁及以上", "周岁以", "周岁左右", "周岁及以", "岁的", // an age that somebody must have is no figure
	"倍增", "倍数", "倍率", "倍体", "段时间", "段落", "段位", "岁月", "岁末",
}, "\n"), 0))

// continuesAsNoun tells 6部|门 and 2项|目 from measure words. 3件事 counts
// things and is kept.
func continuesAsNoun(measure, rest string) bool {
	e, ok := falseMeasures.Prefix(rest)
	return ok && len(e.Word) > len(measure) && e.Word != "件事" && !(e.Word == "名单" && strings.HasPrefix(rest, "名单位"))
}

func (f figure) ofPersons() bool { return f.measure.Fields[0] == "person" }

// gathers reports whether the persons counted behind a figure may belong to it:
// 418户、|1,429人; 培训4期、|206人次.
func (f figure) gathers() bool {
	return f.ofPersons() || f.measure.Fields[0] == "act" || f.measure.Fields[0] == "group"
}
