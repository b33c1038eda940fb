package extractors

import (
	_ "embed"
	"strings"
	"sync"

	"tongbao"
	"tongbao/internal/lexicon"
)

//go:embed currencies.tsv
var currenciesList string

var currencies = sync.OnceValue(func() *lexicon.Lexicon {
	return lexicon.Must(lexicon.Parse("currencies.tsv", extended("currencies"), 2))
})

// readMoney reads numerals with a currency. The value is in the currency's
// unit (万元 are yuan times ten thousand, which the numeral holds already);
// the unit is as printed.
func readMoney(r *reading) {
	for i, n := range r.Numbers {
		if r.taken[i] || n.Form != tongbao.Plain {
			continue
		}
		end, e, ok := r.currencyAt(i)
		if !ok {
			continue
		}
		left, right := r.left(i), r.right(i, end)
		f := tongbao.Fact{Kind: tongbao.Money, Span: tongbao.Span{Start: n.Start, End: end}, Value: n.Value, Currency: e.Fields[0],
			Unit: multiplier(n.Of(r.text)) + e.Word, Rule: "currency"}
		hedge(&f, n, left.Of(r.text), r.text[end:])
		if strings.Contains(r.text[n.End:end], "余") || strings.Contains(r.text[n.End:end], "多") {
			f.Approx, f.Min, f.Max = tongbao.Over, n.Value, ""
		}
		f.What = r.amountOf(i, left, right)
		f.Period = r.periodBefore(i)
		r.taken[i] = true
		r.add(f)
	}
}

// currencyAt returns where the currency behind a number ends, and its entry.
func (r *reading) currencyAt(i int) (int, lexicon.Entry, bool) {
	n := r.Numbers[i]
	rest := r.text[n.End:]
	gap := len(rest) - len(strings.TrimLeft(rest, " "))
	if gap > 1 {
		return 0, lexicon.Entry{}, false
	}
	for _, infix := range []string{"余", "多", "来"} {
		if strings.HasPrefix(rest[gap:], infix) {
			gap += len(infix)
		}
	}
	e, ok := currencies().Prefix(rest[gap:])
	if !ok || falseCurrency(e.Word, rest[gap:]) {
		return 0, lexicon.Entry{}, false
	}
	return n.End + gap + len(e.Word), e, true
}

// falseCurrency tells 二元结构, 一元化, 3元次 … and 几角度 from money.
func falseCurrency(unit, rest string) bool {
	after := rest[len(unit):]
	switch unit {
	case "元":
		return startsWithAny(after, "化", "素", "旦", "年", "论", "件", "结构", "文化", "一次方程")
	case "块":
		return !startsWithAny(after, "钱")
	case "角":
		return true
	case "人民币":
		return false
	}
	return false
}

// multiplier returns the 万 or 亿 that a numeral ends with: it belongs to the
// unit as printed (万元).
func multiplier(numeral string) string {
	numeral = strings.TrimRight(numeral, "余多")
	for _, m := range []string{"万亿", "万", "亿"} {
		if strings.HasSuffix(numeral, m) {
			return m
		}
	}
	return ""
}

// amountOf says what an amount was paid or taken for: the words before it, or
// the noun behind it, or what the clause before spoke of.
func (r *reading) amountOf(i int, left, right tongbao.Span) string {
	if what := r.amountBefore(left); what != "" {
		return what
	}
	if what := r.thingAfter(right); what != "" {
		return what
	}
	for c := r.clause[i] - 1; c >= 0 && r.clause[i] >= 0 && r.Clauses[c].Sentence == r.Clauses[r.clause[i]].Sentence; c-- {
		if what := r.amountBefore(r.Clauses[c].Span); what != "" {
			return what // 收缴违纪资金,8月至11月分别为52.4万元…
		}
	}
	return ""
}

// amountBefore keeps the verb with its object (清退款项, 挽回其他经济损失): for
// an amount it says more than the noun alone.
func (r *reading) amountBefore(left tongbao.Span) string {
	text := strings.TrimRight(left.Of(r.text), " 　、，,：:（(")
	for {
		e, ok := phrases().tail.Suffix(text)
		if !ok || protected(text, e.Word) {
			break
		}
		text = strings.TrimRight(text[:len(text)-len(e.Word)], " 　")
	}
	if i := strings.LastIndexAny(text, "，,；;。：:\n”》】（("); i >= 0 {
		_, n := splitRune(text[i:])
		text = text[i+n:]
	}
	for {
		e, ok := phrases().tail.Prefix(text)
		if !ok || len(e.Word) == len("共") && !strings.Contains("共已各均", e.Word) || len(e.Word) == len(text) {
			break
		}
		text = text[len(e.Word):]
	}
	text = strings.TrimPrefix(strings.TrimPrefix(text, "对"), "将")
	for _, adverb := range []string{"按要求", "已", "均", "累计", "先后", "全部", "共"} {
		if i := strings.LastIndex(text, adverb); i >= 0 && len(text)-i-len(adverb) >= len("退回") {
			text = text[i+len(adverb):]
		}
	}
	runes := []rune(text)
	if len(runes) > phraseLimit {
		text = lastPhrase(text, r.wordsIn(left), r.text)
	}
	return trimThing(text)
}

// periodBefore is the period that the clause gives before a number: 2021年拆除
// 57.5万平方米. A year is given as such, else a month, else days.
func (r *reading) periodBefore(i int) string {
	c := r.clause[i]
	if c < 0 {
		return ""
	}
	n := r.Numbers[i]
	k := r.dateBefore(n.Start)
	if k < 0 || r.dates[k].Start < r.Clauses[c].Start {
		return ""
	}
	d := r.dates[k]
	if endsWithAny(r.text[:d.Start], "比", "较", "同", "与") || strings.Contains(r.text[d.End:n.Start], "基础上") {
		return "" // what the number is measured against
	}
	return period(d)
}

func period(d tongbao.Fact) string {
	switch {
	case d.From == "" || d.To == "":
		return ""
	case d.Granularity == "year":
		return d.From[:4]
	case d.Granularity == "month":
		return d.From[:7]
	case d.From == d.To:
		return d.From
	}
	return d.From + "/" + d.To
}
