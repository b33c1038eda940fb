package divisions

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A Chain is the divisions that a printed name begins with: 浙江省杭州市江干区.
// Names are given in full as the table has them. What the table does not have
// is cut by its ending and has no code.
type Chain struct {
	Province, City, District string
	Code                     string // of the innermost; "" where it is not known or could be several
	Rest                     string // what follows: 委, 财政局
	Former                   bool   // the name began with 原
}

// endings are the last characters of divisions' names.
const endings = "省市区县旗盟州"

// isEnding reports whether a character is one of endings.
func isEnding(r rune) bool {
	switch r {
	case '省', '市', '区', '县', '旗', '盟', '州':
		return true
	}
	return false
}

// nameLimit is the longest name of a division in bytes (双江拉祜族佤族布朗族傣族自治县 has 15 characters).
const nameLimit = 3 * 15

// Match reads the chain at the beginning of a name as it was in the year (0:
// any). The table goes before the endings, for some names hold an ending
// inside (沙市区, 市中区). Province and city are completed from the table where
// the district alone is certain. With 原 before it a division may have ended
// before the year. The year's list comes first; a division that ended in the
// course of the year is found where that list has none of its name.
func Match(text string, year int) Chain {
	if !mayName(text) {
		return Chain{Rest: text}
	}
	r := reader{year: year}
	if bare, ok := strings.CutPrefix(text, "原"); ok {
		if found, _ := r.known(text, 0, nil); found == nil { // not 原平市, 原州区
			r.former = true
			if c := r.read(bare); c.Rest != bare {
				return c
			}
			return Chain{Rest: text}
		}
	}
	return r.read(text)
}

// mayName reports whether an ending stands near enough to the beginning: a
// chain starts with a name in full, or with a short one before it.
func mayName(text string) bool {
	if len(text) > 2*nameLimit {
		text = text[:2*nameLimit]
	}
	return strings.ContainsAny(text, endings)
}

// reader reads one name as of a year.
type reader struct {
	year   int
	former bool
}

func (r reader) read(text string) Chain {
	c := Chain{Rest: text, Former: r.former}
	var parents []Division
	above, invented := Level(0), false
	for above < CountyLevel {
		if !invented {
			found, rest := r.known(c.Rest, above, parents)
			if found == nil && above == 0 {
				found, rest = r.short(c.Rest)
			}
			if found != nil {
				c.take(found, r.year)
				c.Rest, parents, above = rest, found, highest(found)
				continue
			}
		}
		name, level := cut(c.Rest, above)
		if name == "" {
			break
		}
		*c.slot(level), c.Code, c.Rest = name, "", c.Rest[len(name):]
		above, invented = level, true
	}
	return c
}

// slot is the field of the chain for names of the level.
func (c *Chain) slot(level Level) *string {
	switch level {
	case ProvinceLevel:
		return &c.Province
	case PrefectureLevel:
		return &c.City
	}
	return &c.District
}

// take enters what was found under the parents read so far. If it could be
// several divisions, the name alone is entered.
func (c *Chain) take(found []Division, year int) {
	d, ok := only(found)
	if !ok {
		*c.slot(highest(found)), c.Code = found[0].Name, ""
		return
	}
	c.Code, c.Province, c.City = d.Code, d.Province(year), d.City(year)
	if d.Level() == CountyLevel {
		c.District = d.Name
	}
}

func highest(all []Division) Level {
	level := CountyLevel
	for _, d := range all {
		level = min(level, d.Level())
	}
	return level
}

// known returns the divisions below the level and inside one of the parents
// (any, if there are none) whose name, the longest possible, begins the text.
func (r reader) known(text string, above Level, parents []Division) ([]Division, string) {
	t := load()
	if !t.begins(text) {
		return nil, text
	}
	for end := prefixLimit(text); end > 3; end = before(text, end) {
		name, rest := text[:end], text[end:]
		ending, _ := utf8.DecodeLastRuneInString(name)
		if !isEnding(ending) {
			continue
		}
		found := t.named(name)
		if strings.ContainsRune("州县旗", ending) {
			found = append(found, t.autonomous(name)...)
		}
		found = slices.DeleteFunc(found, func(d Division) bool {
			return d.Level() <= above || len(parents) > 0 && !slices.ContainsFunc(parents, d.inside)
		})
		if found = r.standing(found); len(found) == 0 {
			continue
		}
		if runsOn(ending, rest) && !r.leads(found, rest) {
			if ending == '市' && utf8.RuneCountInString(name) > 2 {
				return found, text[end-len("市"):] // 杭州|市场监管局
			}
			continue
		}
		if isPart(name) && (len(parents) == 0 || !isSeat(rest)) {
			continue
		}
		return found, rest
	}
	return nil, text
}

// leads reports whether a division inside those found follows: 武威市|民勤县.
func (r reader) leads(found []Division, rest string) bool {
	inner, _ := r.known(rest, highest(found), found)
	return inner != nil
}

// standing keeps those that can be meant in the year.
func (r reader) standing(found []Division) []Division {
	if r.former && r.year != 0 {
		return slices.DeleteFunc(found, func(d Division) bool { return d.From > r.year })
	}
	return stoodIn(found, r.year)
}

// short returns the provinces or prefectures whose short name begins the text
// if a division inside them follows in full: 杭州上城区, 浙江杭州市.
func (r reader) short(text string) ([]Division, string) {
	if !load().begins(text) {
		return nil, text
	}
	for end := prefixLimit(text); end > 3; end = before(text, end) {
		found := r.standing(slices.DeleteFunc(FindShort(text[:end]), func(d Division) bool { return d.Level() == CountyLevel }))
		if len(found) == 0 {
			continue
		}
		if r.leads(found, text[end:]) {
			return found, text[end:]
		}
	}
	return nil, text
}

// prefixLimit is the end of the longest prefix that could be a name.
func prefixLimit(text string) int {
	end := min(len(text), nameLimit)
	for end < len(text) && end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return end
}

// before is the border of the character that ends at end.
func before(text string, end int) int {
	_, n := utf8.DecodeLastRuneInString(text[:end])
	return end - n
}

// runsOn reports whether what follows makes another word of the ending: 区域.
func runsOn(ending rune, rest string) bool {
	next, n := utf8.DecodeRuneInString(rest)
	return n > 1 && strings.ContainsRune(words().runs[ending], next)
}

// isPart reports whether the name could as well be said of a part of any town.
func isPart(name string) bool {
	return len(name) == len("城区") && strings.HasSuffix(name, "区")
}

// isSeat reports whether the rest shows that a division's body is meant.
func isSeat(rest string) bool {
	return rest == "" || slices.ContainsFunc(words().seats, func(seat string) bool { return strings.HasPrefix(rest, seat) })
}
