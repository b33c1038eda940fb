package extractors

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"

	"tongbao"
	"tongbao/internal/lexicon"
)

//go:embed currencies.tsv
var currenciesList string

var currencies = sync.OnceValue(func() *lexicon.Lexicon {
	return lexicon.Must(lexicon.Parse("currencies.tsv", extended("currencies"), 2))
})

// An amount is a numeral with its currency, before the words around it are read.
type amount struct {
	tongbao.Span
	value, min, max string
	unit, currency  string
	fixed           bool // its bounds are printed: 5万元至10万元
}

// amountAt reads the amount that begins with a number: 90.05万元, 三元五角,
// 港币20万元, 5万元至10万元, ¥300.
func (r *reading) amountAt(i int) (amount, bool) {
	n := r.Numbers[i]
	end, e, ok := r.currencyAt(i)
	if !ok {
		return r.marked(i)
	}
	a := amount{Span: tongbao.Span{Start: n.Start, End: end}, value: n.Value, min: n.Min, max: n.Max,
		unit: multiplier(n.Of(r.text)) + e.Word, currency: e.Fields[0]}
	if generic(e.Word) {
		if before, ok := r.currencyBefore(n.Start); ok {
			a.currency = before.Fields[0]
		}
	}
	if cents, stop := smallChange(r.text, end); stop > 0 && n.Approx == "" && n.Min == "" && !strings.Contains(n.Value, ".") {
		a.value, a.End = n.Value+"."+cents, stop
		return a, true
	}
	r.upTo(&a, i)
	return a, true
}

// generic reports whether a unit is that of several currencies: 港币20万元.
func generic(unit string) bool {
	return unit == "元" || unit == "圆" || unit == "元整" || unit == "圆整"
}

// currencyBefore returns the currency whose name ends at the offset, unless it
// is the unit of the amount before (4人民币5美元).
func (r *reading) currencyBefore(offset int) (lexicon.Entry, bool) {
	if k := len(r.facts) - 1; k >= 0 && r.facts[k].Kind == tongbao.Money && r.facts[k].End == offset {
		return lexicon.Entry{}, false
	}
	e, ok := currencies().Suffix(r.text[:offset])
	return e, ok && len(e.Word) >= len("美元")
}

// marks are the signs before an amount.
var marks = lexicon.Must(lexicon.Parse("marks", `
¥	CNY
￥	CNY
US$	USD
HK$	HKD
$	USD
＄	USD
€	EUR
£	GBP
￡	GBP
`, 1))

// marked reads an amount whose currency stands only before it: ¥300, 人民币3.14.
// What follows must not count something else.
func (r *reading) marked(i int) (amount, bool) {
	n := r.Numbers[i]
	a := amount{Span: n.Span, value: n.Value, min: n.Min, max: n.Max, unit: multiplier(n.Of(r.text))}
	if sign, ok := marks.Suffix(r.text[:n.Start]); ok {
		a.Start, a.currency = n.Start-len(sign.Word), sign.Fields[0]
		return a, true
	}
	e, ok := r.currencyBefore(n.Start)
	if !ok || !strings.ContainsRune("，,。；;、）)：: \n\t　", firstRune(r.text[n.End:])) && n.End < len(r.text) {
		return a, false
	}
	a.Start, a.currency, a.unit = n.Start-len(e.Word), e.Fields[0], a.unit+e.Word
	return a, true
}

// upTo takes the upper end of a range into an amount whose lower end has its
// own unit: 5万元至10万元. From-to of a change (由3万元到5万元) is no range.
func (r *reading) upTo(a *amount, i int) {
	joint := 0
	for _, j := range []string{"至", "到", "-", "－", "—", "~", "～"} {
		if strings.HasPrefix(r.text[a.End:], j) {
			joint = len(j)
		}
	}
	if joint == 0 || i+1 >= len(r.Numbers) || r.Numbers[i+1].Start != a.End+joint || a.min != "" || endsWithAny(r.text[:a.Start], "由", "从", "自") {
		return
	}
	high := r.Numbers[i+1]
	end, e, ok := r.currencyAt(i + 1)
	low, ok1 := decimal(a.value)
	top, ok2 := decimal(high.Value)
	if !ok || high.Form != tongbao.Plain || high.Min != "" || e.Fields[0] != a.currency && !generic(e.Word) || !ok1 || !ok2 || low.Cmp(top) >= 0 {
		return
	}
	a.min, a.max, a.End, a.fixed = a.value, high.Value, end, true
}

// currencyAt returns where the currency behind a number ends, and its entry.
func (r *reading) currencyAt(i int) (int, lexicon.Entry, bool) {
	n := r.Numbers[i]
	rest := r.text[n.End:]
	gap := 0
	if strings.HasPrefix(rest, " ") {
		gap = 1
	}
	for _, infix := range []string{"余", "多", "来"} {
		if strings.HasPrefix(rest[gap:], infix) {
			gap += len(infix)
		}
	}
	e, ok := currencies().Prefix(rest[gap:])
	if !ok || r.falseCurrency(n, e.Word, rest[gap:]) {
		return 0, lexicon.Entry{}, false
	}
	return n.End + gap + len(e.Word), e, true
}

// falseCurrency tells 二元结构, 一元化, 千亿元产业, 三块 (of land) … from money.
func (r *reading) falseCurrency(n tongbao.Number, unit, rest string) bool {
	after := rest[len(unit):]
	switch unit {
	case "元":
		return startsWithAny(after, "化", "素", "旦", "年", "论", "件", "结构", "文化", "一次方程", "月", "宵", "首", "老") ||
			strings.ContainsRune("百千万亿", firstRune(n.Of(r.text))) && startsWithAny(after, "村", "县", "镇", "乡", "级", "产业", "项目", "企业", "集群", "园区", "俱乐部")
	case "块":
		if _, end := smallChange(r.text, n.End+len(unit)); end > 0 && strings.HasPrefix(r.text[n.End:], unit) {
			return false
		}
		return after != "" && !strings.ContainsRune("，,。；;、", firstRune(after)) || !r.spends(n.Start)
	}
	return false
}

// spends reports whether the words right before an offset speak of paying.
func (r *reading) spends(offset int) bool {
	from := offset
	for range 6 {
		_, n := utf8.DecodeLastRuneInString(r.text[:from])
		from -= n
	}
	return len(amountWords().spent.Find(r.text[from:offset])) > 0
}

// smallUnits are the parts of a currency's unit, with their decimal place.
var smallUnits = []struct {
	word  string
	place int
}{{"美分", 2}, {"欧分", 2}, {"角", 1}, {"毛", 1}, {"分", 2}}

// smallChange reads 五角, 零五分, 一角七分 or 又三美分 at the offset, behind 元,
// and returns the digits that they are behind the point, and where they end.
// Words that begin like them (元角度, 元分别) are none.
func smallChange(text string, i int) (digits string, end int) {
	cents := [2]byte{'0', '0'}
	last := 0
	for _, joint := range []string{"又", "零", "〇"} {
		if strings.HasPrefix(text[i:], joint) {
			i += len(joint)
		}
	}
	for last < 2 {
		digit, n := oneDigit(text[i:])
		if n == 0 {
			break
		}
		word, place := smallUnit(text[i+n:])
		if place <= last || place == 2 && word == "分" && startsWithAny(text[i+n+len(word):], "别", "钟", "之", "公", "管", "局", "类", "批", "期", "级", "成", "步") {
			break
		}
		cents[place-1], last = digit, place
		i += n + len(word)
		end = i
	}
	return string(cents[:last]), end
}

// oneDigit reads a digit from 1 to 9 and its length in bytes.
func oneDigit(text string) (digit byte, n int) {
	if text == "" {
		return 0, 0
	}
	if '1' <= text[0] && text[0] <= '9' {
		return text[0], 1
	}
	c, n := splitRune(text)
	for _, row := range []string{"一二三四五六七八九", "壹贰叁肆伍陆柒捌玖"} {
		if at := strings.IndexRune(row, c); at >= 0 {
			return '1' + byte(at/len("一")), n
		}
	}
	if c == '两' {
		return '2', n
	}
	return 0, 0
}

func smallUnit(text string) (word string, place int) {
	for _, u := range smallUnits {
		if strings.HasPrefix(text, u.word) {
			return u.word, u.place
		}
	}
	return "", 0
}

// multiplier returns the 万 or 亿 that a numeral ends with: it belongs to the
// unit as printed (万元).
func multiplier(numeral string) string {
	numeral = trimRight(numeral, "余多")
	for _, m := range []string{"万亿", "万", "亿"} {
		if strings.HasSuffix(numeral, m) {
			return m
		}
	}
	return ""
}
