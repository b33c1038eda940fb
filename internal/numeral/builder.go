package numeral

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"tongbao"
)

// A builder reads the tokens of one numeral into a tally and keeps what the
// tally does not: where the numeral ends and what it is written in.
type builder struct {
	*reader
	tally
	start, end int // read so far; a digit that waits begins behind end
	waitEnd    int // end of the digit that waits, or of 零
	tokens     int
	chinese    bool
	mixed      bool // holds a unit
	approx     tongbao.Approx
	pairs      bool
	bare       bool // began with 百, 千, 万 or 亿
	open       bool // the highest value is exclusive: 几, 余
	first      string
}

// token takes in the token at i and returns where to read on, -1 at the end.
func (b *builder) token(i int) int {
	at := i
	if b.tokens > 0 {
		at = skip(b.text, i)
	}
	c, n := b.chars.at(b.text, at)
	next := -1
	switch c.kind {
	case arabic:
		next = b.arabic(at, at > i)
	case digit:
		next = b.digit(c, at, n, at > i)
	case tens:
		next = b.tens(c, at, n)
	case several:
		next = b.several(at, n)
	case half:
		if b.tokens == 0 && strings.HasPrefix(b.text[at+n:], "百") {
			b.section, b.filled, b.limit, b.last = exactly(50), true, 1, 1
			b.end, b.chinese, b.mixed = at+n+len("百"), true, true
		}
		return -1
	case unit:
		next = b.unit(c, at, n)
	}
	if next >= 0 {
		b.tokens++
	}
	return next
}

// arabic takes in digits as the head of a numeral, or behind a unit where they
// fill its places: 3万4000, 5万4千, 1千零20.
func (b *builder) arabic(at int, gap bool) int {
	if b.waits {
		return -1
	}
	lit, ok := b.literal(at)
	if !ok || lit.fraction || len(lit.digits) > digitsLimit/4 {
		return -1
	}
	v, err := strconv.ParseUint(lit.digits, 10, 64)
	if err != nil {
		return -1
	}
	if b.tokens > 0 {
		u, _ := b.chars.at(b.text, skip(b.text, lit.end))
		beforeUnit := u.kind == unit && len(lit.digits) < 5 && !b.tail(skip(b.text, lit.end))
		if !beforeUnit && (gap || !b.zero && len(lit.digits) != b.last || b.last == 0) {
			return -1
		}
	} else {
		b.first = lit.digits
		b.end = lit.end
	}
	b.wait(exactly(v), len(lit.digits))
	b.waitEnd = lit.end
	if next := b.innerHedge(lit.end, &b.waiting); next > 0 {
		return next
	}
	return lit.end
}

// digit takes in a Chinese digit, or two of them side by side.
func (b *builder) digit(c character, at, n int, gap bool) int {
	if b.waits || c.value == 0 && (b.zero || b.tokens > 0 && b.last == 0) {
		return -1
	}
	if b.tokens > 0 && !b.zero && b.last == 0 {
		return -1
	}
	end := at + n
	following, m := b.chars.at(b.text, end)
	if c.value == 0 {
		b.chinese = true
		if b.tokens == 0 {
			if following.kind != unit || following.value != 1 { // 零个, 零点五; but 零十
				b.wait(exactly(0), 0)
				b.waitEnd = end
				return end
			}
		}
		b.zero = true
		return end
	}
	if c.weak && !b.holds(end) {
		return -1
	}
	if c.pairs {
		if u, _ := b.chars.at(b.text, skip(b.text, end)); b.tokens > 0 && u.kind != unit {
			return -1
		}
	}
	if b.tokens > 0 && !b.zero && b.last != 1 {
		// 四百五 and 一万三 end a numeral; 二百一般 does not.
		if u, _ := b.chars.at(b.text, skip(b.text, end)); u.kind != unit && b.word(at) > 0 {
			return -1
		}
	}
	b.wait(exactly(uint64(c.value)), 0)
	if two, ok := pair(c, following); ok && !gap && !b.inRow(end+m) {
		b.waiting, b.pairs, end = two, true, end+m
	}
	b.chinese = b.chinese || b.tokens == 0
	b.waitEnd = end
	return end
}

// inRow reports whether yet another plain digit stands at i, so that the two
// before it are no pair.
func (b *builder) inRow(i int) bool {
	c, _ := b.chars.at(b.text, i)
	return c.kind == digit
}

// holds reports whether a weak digit that ends at i belongs to a numeral: a unit
// follows, or one went before and no other word can begin here.
func (b *builder) holds(i int) bool {
	u, _ := b.chars.at(b.text, i)
	if u.kind == unit {
		return true
	}
	next := runeAt(b.text, i)
	return b.mixed && (!isHan(next) || strings.ContainsRune("元圆圓角分整点點个個名人", next))
}

func (b *builder) tens(c character, at, n int) int {
	if b.waits || b.limit <= 1 {
		return -1
	}
	b.section = b.section.plus(exactly(10 * uint64(c.value)))
	b.filled, b.limit, b.last, b.zero = true, 1, 1, false
	b.end, b.chinese, b.mixed = at+n, true, true
	return at + n
}

// several takes in 几 and 数 before a unit and behind 十 (几 also behind 零).
func (b *builder) several(at, n int) int {
	u, _ := b.chars.at(b.text, skip(b.text, at+n))
	leads := b.tokens == 0
	shu := isShu(runeAt(b.text, at))
	if b.waits || leads && u.kind != unit || !leads && (b.last != 1 && (shu || !b.zero && u.kind != unit) || shu && b.tail(at)) {
		return -1
	}
	b.wait(bounds{0, 1, 10}, 0)
	if leads { // 几十 and 数百 are at least two of them
		b.waiting = bounds{2, 2, 10}
	}
	b.approx, b.open = tongbao.About, true
	b.chinese = b.chinese || leads
	b.waitEnd = at + n
	if u.kind != unit {
		b.section = b.section.plus(b.waiting)
		b.filled, b.end, b.last = true, at+n, 0
		b.settled()
		return -1
	}
	return at + n
}

// unit takes in 十 … 兆, with 余 or 多 before 万 and 亿.
func (b *builder) unit(c character, at, n int) int {
	first := b.tokens == 0
	power := int(c.value)
	if b.width > 0 && (power == 1 && b.width > 1 || power == 12 || power < 4 && b.tail(at)) {
		return -1
	}
	if c.weak && first && !b.startsNumber(at+n) {
		return -1
	}
	if first && power > 1 {
		b.bare = true
	}
	ok := false
	if power < 4 {
		ok = b.small(power, first)
	} else {
		ok = b.great(power, first)
	}
	if !ok {
		b.waits = b.waits && b.width == 0 && b.last == 1 && power > 1
		return -1
	}
	b.end, b.mixed = at+n, true
	b.chinese = b.chinese || first
	if next := b.innerHedge(b.end, &b.section); next > 0 {
		return next
	}
	return b.end
}

// startsNumber reports whether a unit or a digit follows, without which 拾 is
// the verb (收拾).
func (b *builder) startsNumber(i int) bool {
	c, _ := b.chars.at(b.text, i)
	return c.kind == unit || c.kind == digit
}

// innerHedge passes 余 and 多 where 万 or 亿 follows (十余万, 500多亿) and opens
// upwards what stands before them.
func (b *builder) innerHedge(i int, open *bounds) int {
	at := skip(b.text, i)
	n := hedgeLength(b.text, at)
	if n == 0 || b.depth > 0 && !b.filled {
		return 0
	}
	u, _ := b.chars.at(b.text, skip(b.text, at+n))
	if u.kind != unit || u.value < 4 || u.value == 12 {
		return 0
	}
	b.approx = tongbao.Over
	if !b.open && !b.pairs {
		open.max += lastPlace(open.value)
		b.open = true
	}
	return at + n
}

// lastPlace is what one more in the last place of a value that is not zero is
// worth, 100 in 1700: 余 and 多 stay below it.
func lastPlace(v uint64) uint64 {
	place := uint64(1)
	for v != 0 && v%10 == 0 {
		v, place = v/10, place*10
	}
	return place
}

// cardinal closes the numeral.
func (b *builder) cardinal() (cardinal, bool) {
	with := b.waits
	if with {
		with = b.keepsWaiting()
	}
	if with {
		b.end = b.waitEnd
	}
	if b.end == b.start {
		return cardinal{}, false
	}
	sum := b.total(with)
	c := cardinal{start: b.start, end: b.end, core: b.end, value: b.values.decimal(sum.value), chinese: b.chinese, literal: !b.mixed && !b.chinese}
	if c.literal {
		c.value = trim(b.first)
	}
	c.approx = b.approx
	if !with && !b.open && !b.pairs && b.approx == "" || c.literal {
		b.setCoefficient(&c)
	} else if with && b.tokens == 1 {
		c.coefficient = c.value
	}
	if b.pairs || b.open {
		c.min, c.max = b.values.decimal(sum.min), b.values.decimal(sum.max)
		if b.open {
			c.max = b.values.decimal(sum.max - 1)
		}
	} else {
		b.point(&c)
		b.hedge(&c)
	}
	if b.bare && c.end == b.start+len("百") && !b.hedged() {
		return cardinal{}, false
	}
	return c, true
}

// setCoefficient notes what stands before the units of 五百 or 137万, if
// nothing stands behind them.
func (b *builder) setCoefficient(c *cardinal) {
	digits := strings.TrimRight(c.value, "0")
	if c.literal || digits == "" {
		c.coefficient = c.value
		return
	}
	if len(digits) == 1 || b.first != "" && digits == strings.TrimRight(b.first, "0") {
		c.coefficient, c.power = digits, len(c.value)-len(digits)
		if b.first != "" {
			c.coefficient, c.power = trim(b.first), len(c.value)-len(trim(b.first))
		}
	}
}

// keepsWaiting reports whether the digit that waits belongs to the numeral.
func (b *builder) keepsWaiting() bool {
	next, _ := b.chars.at(b.text, skip(b.text, b.waitEnd))
	if b.width == 0 && b.tokens > 1 && !b.zero && b.last > 1 && next.kind == unit && next.value > 1 {
		return false // 三百四千: another number begins
	}
	return true
}

// hedge takes 余 and 多 behind a numeral into its span. They stay below the next
// value of its last place: 30余 is below 40, 1700多 below 1800. Behind a last
// place of one (36余) the wording gives no bound.
func (r *reader) hedge(c *cardinal) {
	n := hedgeLength(r.text, c.end)
	switch {
	case n == 0, r.tail(c.end), strings.HasPrefix(r.text[c.end:], "多") && !strings.HasSuffix(c.value, "0"):
		return
	case c.chinese && c.value != "0" && !strings.HasSuffix(c.value, "0"):
		return
	}
	c.end += n
	c.approx, c.min, c.literal = tongbao.Over, c.value, false
	if v, err := strconv.ParseUint(c.value, 10, 64); err == nil && v < ceiling {
		if place := lastPlace(v); place > 1 {
			c.max = r.values.decimal(v + place - 1)
		}
	}
}

// hedgeLength returns the length of 余 or 多 at i.
func hedgeLength(text string, i int) int {
	switch r := runeAt(text, i); r {
	case '余', '餘', '馀', '多':
		return utf8.RuneLen(r)
	}
	return 0
}

// hedged reports whether a lone 百 or 千 counts: behind 上, 近, 逾, 超.
func (b *builder) hedged() bool {
	before, n := runeBefore(b.text, b.start)
	prior, _ := runeBefore(b.text, b.start-n)
	switch before {
	case '近', '逾', '超', '破':
		return true
	case '过': // 超过百人, not 通过百日攻坚
		return isHan(prior) && !strings.ContainsRune("通经", prior)
	case '上': // 上百户, not 网上百货
		return !strings.ContainsRune("以之网线会身村社路楼船车山海马晚早", prior) || prior == 0
	}
	return false
}
