package numeral

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// A kind is what a character does in a numeral.
type kind uint8

const (
	other   kind = iota
	arabic       // 0 to 9, half or full width
	digit        // 〇 to 九 and their formal and traditional forms, 两
	tens         // 廿 卅 卌
	unit         // 十 百 千 万 亿 兆: value is the power of ten
	several      // 几 数, before or behind a unit
	half         // 半
	fold         // 折, a tenth of a price
)

// A character is one letter of the numerals.
type character struct {
	kind  kind
	value uint8
	// weak marks characters that are mostly something else (参加, 陆地, 收拾):
	// they count only in the company of a unit.
	weak bool
	// pairs marks 两 and 俩, which never stand in a row of digits.
	pairs bool
}

// characters finds the character of every rune of the first plane.
type characters struct {
	index [1 << 16]uint8
	list  []character
	some  [1 << 10]uint64 // a bit a rune, set for every letter: small enough to stay in the cache
}

// alphabet is the one table of numeral characters.
var alphabet = sync.OnceValue(func() *characters {
	t := &characters{list: []character{{}}}
	add := func(runes string, c character) {
		t.list = append(t.list, c)
		for _, r := range runes {
			t.index[r] = uint8(len(t.list) - 1)
			t.some[r>>6] |= 1 << (r & 63)
		}
	}
	for v := range uint8(10) {
		add(string([]rune{'0' + rune(v), '０' + rune(v)}), character{kind: arabic, value: v})
	}
	for v, runes := range []string{"〇零", "一壹", "二贰貳", "三叁叄", "四", "五", "六", "七柒", "八捌", "九玖"} {
		add(runes, character{kind: digit, value: uint8(v)})
	}
	for v, runes := range []string{"○", "", "", "参參", "肆", "伍", "陆陸"} {
		add(runes, character{kind: digit, value: uint8(v), weak: true})
	}
	add("两兩", character{kind: digit, value: 2, pairs: true})
	add("俩倆", character{kind: digit, value: 2, pairs: true, weak: true})
	add("廿", character{kind: tens, value: 2})
	add("卅", character{kind: tens, value: 3})
	add("卌", character{kind: tens, value: 4})
	for v, runes := range []string{1: "十", 2: "百佰", 3: "千仟", 4: "万萬", 8: "亿億", 12: "兆"} {
		add(runes, character{kind: unit, value: uint8(v)})
	}
	add("拾", character{kind: unit, value: 1, weak: true})
	add("几幾", character{kind: several})
	add("数數", character{kind: several, weak: true})
	add("半", character{kind: half})
	add("折", character{kind: fold})
	return t
})

// next returns the offset of the first letter of a numeral at or behind i, the
// text's length where there is none.
func (t *characters) next(text string, i int) int {
	for i < len(text) {
		lead := text[i]
		switch {
		case lead < 0x80:
			if lead-'0' <= 9 {
				return i
			}
			i++
		case lead&0xF0 == 0xE0 && i+2 < len(text):
			r := uint16(lead)<<12 | uint16(text[i+1]&0x3F)<<6 | uint16(text[i+2]&0x3F)
			if t.some[r>>6]&(1<<(r&63)) != 0 || text[i+1]&0xC0 != 0x80 || text[i+2]&0xC0 != 0x80 {
				if c, n := t.at(text, i); c.kind == other {
					i += n
					continue
				}
				return i
			}
			i += 3
		default:
			_, n := utf8.DecodeRuneInString(text[i:])
			i += n
		}
	}
	return len(text)
}

// runs counts the stretches of such letters: hardly more numbers are found.
func (t *characters) runs(text string) int {
	count, end := 0, -1
	for i := t.next(text, 0); i < len(text); i = t.next(text, i) {
		if i != end {
			count++
		}
		_, n := t.at(text, i)
		i += n
		end = i
	}
	return count
}

// at returns the character that stands at offset i and its length in bytes, 0
// at the end of the text.
func (t *characters) at(text string, i int) (character, int) {
	if i >= len(text) {
		return character{}, 0
	}
	// The three bytes of a Chinese character, which are nearly all that is read.
	if lead := text[i]; lead&0xF0 == 0xE0 && i+2 < len(text) && text[i+1]&0xC0 == 0x80 && text[i+2]&0xC0 == 0x80 {
		if r := uint16(lead)<<12 | uint16(text[i+1]&0x3F)<<6 | uint16(text[i+2]&0x3F); r >= 0x800 {
			return t.list[t.index[r]], 3
		}
	}
	r, n := utf8.DecodeRuneInString(text[i:])
	if r >= 1<<16 {
		return character{}, n
	}
	return t.list[t.index[r]], n
}

// spaceLimit bounds the white space that a numeral may be printed with
// (一百五十    个百分点), so that no run of spaces is read twice.
const spaceLimit = 4

// skip passes white space on the line.
func skip(text string, i int) int {
	for range spaceLimit {
		switch {
		case i < len(text) && (text[i] == ' ' || text[i] == '\t'):
			i++
		case i+2 < len(text) && text[i:i+3] == "\u3000":
			i += 3
		case i+1 < len(text) && text[i:i+2] == "\u00a0":
			i += 2
		default:
			return i
		}
	}
	return i
}

// spaced passes the given characters in their order, white space between them
// allowed, and returns the offset behind the last; 0 where they do not stand.
// Traditional forms are given by a second spelling of the same length; all
// characters have three bytes.
func spaced(text string, i int, simplified, traditional string) int {
	for k := 0; k < len(simplified); k += len("之") {
		i = skip(text, i)
		if !strings.HasPrefix(text[i:], simplified[k:k+len("之")]) && !strings.HasPrefix(text[i:], traditional[k:k+len("之")]) {
			return 0
		}
		i += len("之")
	}
	return i
}

func runeAt(text string, i int) rune {
	if i >= len(text) {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(text[i:])
	return r
}

// runeBefore returns the character that ends at offset i, 0 at the beginning.
func runeBefore(text string, i int) (rune, int) {
	if i <= 0 {
		return 0, 0
	}
	return utf8.DecodeLastRuneInString(text[:i])
}

func isHan(r rune) bool {
	return 0x4E00 <= r && r <= 0x9FFF || 0x3400 <= r && r <= 0x4DBF || r == '〇'
}

func isLatin(r rune) bool { return 'a' <= r|0x20 && r|0x20 <= 'z' }

func isASCIIDigit(r rune) bool { return '0' <= r && r <= '9' }
