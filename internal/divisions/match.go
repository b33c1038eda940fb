package divisions

import "strings"

// A Chain is the divisions that a printed name begins with: 浙江省杭州市江干区.
// Names that the table does not have are cut by their endings and have no code.
type Chain struct {
	Province, City, District string
	Code                     string // of the innermost, where the table has it
	Rest                     string // what follows: 委, 财政局
}

// levels are the endings of each level, longer ones first.
var levels = [3][]string{
	{"自治区", "省"},
	{"自治州", "地区", "盟", "市"},
	{"自治县", "自治旗", "区", "县", "旗", "市"},
}

// nameLimit is the longest name of a division in bytes (双江拉祜族佤族布朗族傣族自治县).
const nameLimit = 3 * 16

// Match reads the chain at the beginning of a name as it was in the year (0:
// any). The table goes before the endings, for some names hold an ending
// inside (沙市区, 市中区).
func Match(text string, year int) Chain {
	c := Chain{Rest: text}
	if d, rest, ok := known(text, 1, "", year); ok {
		c.Province, c.Code, c.Rest = d.Name, d.Code, rest
	} else if name, rest, ok := cut(text, 0); ok {
		c.Province, c.Rest = name, rest
	}
	if d, rest, ok := known(c.Rest, 2, c.Code, year); ok {
		c.City, c.Code, c.Rest = d.Name, d.Code, rest
		c.Province = d.Province(year)
	} else if name, rest, ok := cut(c.Rest, 1); ok && !isCounty(c.Rest, c.Code, year) {
		c.City, c.Code, c.Rest = name, "", rest
	}
	if c.City != "" && c.Code == "" { // an unknown city has no known districts
		if name, rest, ok := cut(c.Rest, 2); ok {
			c.District, c.Rest = name, rest
		}
		return c
	}
	if d, rest, ok := known(c.Rest, 3, c.Code, year); ok {
		c.District, c.Code, c.Rest = d.Name, d.Code, rest
		c.Province = d.Province(year)
		if c.City == "" {
			c.City = d.City(year)
		}
	} else if name, rest, ok := cut(c.Rest, 2); ok {
		c.District, c.Rest, c.Code = name, rest, ""
	}
	return c
}

// known returns the one division of the level, under the parent's code, whose
// name the text begins with.
func known(text string, level int, parent string, year int) (Division, string, bool) {
	prefix := strings.TrimRight(parent, "0")
	if len(prefix)%2 == 1 {
		prefix += "0"
	}
	for end := min(len(text), nameLimit); end >= 6; end-- {
		if end < len(text) && text[end]&0xC0 == 0x80 {
			continue
		}
		var only Division
		several := false
		for _, i := range divisions().byName[text[:end]] {
			d := divisions().all[i]
			if d.Level() != level || !strings.HasPrefix(d.Code, prefix) || !d.Stood(year) {
				continue
			}
			several = several || only.Code != "" && only.Code != d.Code
			only = d
		}
		if only.Code != "" {
			return only, text[end:], !several
		}
	}
	return Division{}, text, false
}

func isCounty(text, parent string, year int) bool {
	_, _, ok := known(text, 3, parent, year)
	return ok
}

// cut takes a name of two to seven characters that ends with an ending of the
// level.
func cut(text string, level int) (name, rest string, ok bool) {
	best := 0
	for _, ending := range levels[level] {
		if at := strings.Index(text, ending); at >= 3 && at <= 3*6 && (best == 0 || at+len(ending) < best) {
			best = at + len(ending)
		}
	}
	if best == 0 || strings.ContainsAny(text[:best], "，。、；：“”《》（）() ") {
		return "", text, false
	}
	return text[:best], text[best:], true
}
