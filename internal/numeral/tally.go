package numeral

// ceiling keeps sums within uint64; a unit that would go beyond it is not read.
const ceiling = 1 << 60

// bounds is a value under way: as it is read, and between what it lies. The
// highest value is exclusive while a hedge is open (十几 is 11 up to below 20).
type bounds struct{ value, min, max uint64 }

func exactly(v uint64) bounds { return bounds{v, v, v} }

func (b bounds) plus(c bounds) bounds {
	return bounds{b.value + c.value, b.min + c.min, b.max + c.max}
}

func (b bounds) times(power int) bounds {
	f := tenTo(power)
	return bounds{b.value * f, b.min * f, b.max * f}
}

func tenTo(power int) uint64 {
	f := uint64(1)
	for range power {
		f *= 10
	}
	return f
}

// A group is a finished part of a numeral, up to its 万, 亿 or 兆.
type group struct {
	bounds
	power int
}

// A tally adds up a numeral token by token. A digit waits until the unit behind
// it is known; units must fall, except that 万 gathers the section below it,
// 亿 also the 万 before it, and a great unit right behind another multiplies
// (万亿).
type tally struct {
	groups  [4]group
	depth   int
	section bounds // under way, below 万
	filled  bool   // the section holds something

	waiting bounds // the digit, or the Arabic digits, before a unit
	waits   bool
	width   int // how many Arabic digits wait, 0 for a Chinese digit

	limit int  // the next small unit of the section must be less
	last  int  // power of the unit just read, 0 behind anything else
	zero  bool // 零 stands before what comes next
}

// small takes in 十, 百 or 千; false where the numeral ends before it.
func (t *tally) small(power int, first bool) bool {
	if power >= t.limit {
		return false
	}
	if !t.waits {
		switch {
		case first, power == 1 && (t.zero || t.last > 1):
			t.waiting = exactly(1)
		default:
			return false
		}
	}
	if t.waiting.max > ceiling/tenTo(power) {
		return false
	}
	t.section = t.section.plus(t.waiting.times(power))
	t.filled, t.limit, t.last = true, power, power
	t.settled()
	return true
}

// great takes in 万, 亿 or 兆.
func (t *tally) great(power int, first bool) bool {
	section, depth := t.section, t.depth
	switch {
	case t.waits && t.last < 4:
		section = section.plus(t.ones()) // 百二万 is 120万
	case t.waits:
		section = section.plus(t.waiting)
	case first:
		section = exactly(1)
	case !t.filled && !t.zero && t.last >= 4 && depth > 0: // 万亿, 四万万
		top := t.groups[depth-1]
		if top.power > power || top.max > ceiling/tenTo(power) {
			return false
		}
		t.groups[depth-1] = group{top.times(power), top.power + power}
		t.last = top.power + power
		return true
	case !t.filled:
		return false
	}
	for depth > 0 && t.groups[depth-1].power < power {
		section = section.plus(t.groups[depth-1].bounds)
		depth--
	}
	if depth > 0 && t.groups[depth-1].power == power || depth == len(t.groups) || section.max > ceiling/tenTo(power) {
		return false
	}
	t.groups[depth] = group{section.times(power), power}
	t.depth, t.section, t.filled, t.limit, t.last = depth+1, bounds{}, false, 4, power
	t.settled()
	return true
}

// ones is what the waiting digit is worth without a unit behind it: 四百零五 is
// 405, but 四百五 is 450 and 一万三 13000.
func (t *tally) ones() bounds {
	if t.zero || t.last < 2 || t.width > 0 {
		return t.waiting
	}
	return t.waiting.times(t.last - 1)
}

func (t *tally) settled() { t.waits, t.zero, t.width = false, false, 0 }

// wait takes in a digit, or Arabic digits of the given width.
func (t *tally) wait(b bounds, width int) {
	t.waiting, t.waits, t.width = b, true, width
}

// total is the sum, with or without the digit that still waits.
func (t *tally) total(withWaiting bool) bounds {
	sum := t.section
	if withWaiting && t.waits {
		sum = sum.plus(t.ones())
	}
	for _, g := range t.groups[:t.depth] {
		sum = sum.plus(g.bounds)
	}
	return sum
}
