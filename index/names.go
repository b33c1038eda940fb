package index

import (
	"slices"
	"strconv"
	"strings"

	"unicode/utf8"

	"tongbao"
)

// NamedFields are the fields that a query names things in.
var namedFields = []string{"issuer", "institution", "district", "province", "round", "team", "genre", "year"}

// Names returns what a notice answers to in each named field, folded: its
// district's code, name and short name, its round's id and partial names, the
// institutions it mentions.
func Names(r tongbao.Reading) map[string][]string {
	n := r.Notice
	names := map[string][]string{
		"issuer": foldAll(n.Issuer),
		"team":   foldAll(n.Team),
		"genre":  foldAll(string(n.Genre)),
		"year":   foldAll(YearOf(n)),
	}
	if b := n.Inspected; b != nil {
		names["district"] = districtNames(b)
		names["province"] = provinceNames(b)
	}
	if n.Round != nil {
		names["round"] = roundNames(n.Round)
	}
	var institutions []string
	for i := range r.Facts {
		if f := &r.Facts[i]; f.Kind == tongbao.Institution {
			institutions = append(institutions, foldAll(f.Name, f.Canonical)...)
		}
	}
	slices.Sort(institutions)
	names["institution"] = slices.Compact(institutions)
	return names
}

// foldAll folds the values that are not empty.
func foldAll(values ...string) []string {
	var kept []string
	for _, v := range values {
		if v = FoldCase(v); v != "" && !slices.Contains(kept, v) {
			kept = append(kept, v)
		}
	}
	return kept
}

func (n *Named) holds(names []string) bool {
	if n.Contains() {
		return slices.ContainsFunc(names, func(name string) bool { return strings.Contains(name, n.Value) })
	}
	return slices.Contains(names, n.Value)
}

// Holds tells whether a day (or a point in time, RFC 3339) lies in the range.
// An unknown day lies in none.
func (d *Dates) Holds(published string) bool {
	day := published[:min(len(published), 10)]
	return day != "" && (d.From == "" || day >= d.From) && (d.To == "" || day <= d.To)
}

// YearOf returns the year of publication, else of signature, else "".
func YearOf(n *tongbao.Notice) string {
	for _, day := range []string{n.Published, n.Signed} {
		if len(day) >= 4 {
			return day[:4]
		}
	}
	return ""
}

func districtNames(b *tongbao.InspectedBody) []string {
	name := b.District
	if name == "" {
		name = b.City
	}
	if name == "" {
		name = b.Name
	}
	names := []string{b.Code, name, shortPlace(name), b.Name}
	if b.District != "" {
		names = append(names, b.City+b.District, b.Province+b.City+b.District)
	}
	return foldAll(names...)
}

func provinceNames(b *tongbao.InspectedBody) []string {
	names := []string{b.Province, shortPlace(b.Province)}
	if len(b.Code) == 6 {
		names = append(names, b.Code[:2], b.Code[:2]+"0000")
	}
	return foldAll(names...)
}

// placeEndings are cut off a place's name for its short name, longest first.
var placeEndings = []string{"维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区", "自治州", "自治县", "自治旗",
	"林区", "新区", "地区", "省", "市", "区", "县", "旗", "盟"}

// shortPlace returns a place's name without its kind, where at least two
// characters are left: 江干 for 江干区, but 城区 for 城区.
func shortPlace(name string) string {
	for _, ending := range placeEndings {
		if bare, ok := strings.CutSuffix(name, ending); ok && len([]rune(bare)) >= 2 {
			return bare
		}
	}
	return name
}

// roundNames returns a round's id and the keys of all the names that say less:
// 十四届第十一轮, 省委第十一轮.
func roundNames(r *tongbao.Round) []string {
	names := []string{FoldCase(r.ID)}
	congresses, numbers := []string{""}, []string{""}
	if r.Congress > 0 {
		congresses = append(congresses, strconv.Itoa(r.Congress))
	}
	if r.Number > 0 {
		numbers = append(numbers, strconv.Itoa(r.Number))
	}
	for _, authority := range authorityNames(r.Authority) {
		for _, congress := range congresses {
			for _, number := range numbers {
				if authority+congress+number != "" {
					names = append(names, authority+"-"+congress+"-"+number)
				}
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// authorityNames returns an authority's name, its names without the place
// (省委 for 浙江省委, 浙江 for either) and "", for where it is not named.
func authorityNames(authority string) []string {
	authority = FoldCase(authority)
	names := []string{"", authority}
	for _, organ := range []string{"省委", "自治区党委", "市委", "区委", "县委", "党委"} {
		if place, ok := strings.CutSuffix(authority, organ); ok && place != "" {
			names = append(names, organ, place)
			break
		}
	}
	return names
}

// roundKey turns a round's name as people write it (十四届省委第十一轮巡视,
// 浙江省委十四届第11轮, 浙江省委-14-11) into the key that roundNames holds.
func roundKey(name string) string {
	name = FoldCase(strings.TrimSpace(name))
	for _, waste := range []string{"巡视", "巡察", "中共", "党组织"} {
		name = strings.ReplaceAll(name, waste, "")
	}
	congress, rest := takeNumber(name, "届")
	number, rest := takeNumber(rest, "轮")
	if congress == "" && number == "" && strings.Count(rest, "-") >= 2 {
		return rest
	}
	return rest + "-" + congress + "-" + number
}

// takeNumber takes the number before a measure word, and the 第 before it, out
// of a name.
func takeNumber(name, measure string) (number, rest string) {
	end := strings.Index(name, measure)
	if end < 0 {
		return "", name
	}
	start := end
	for start > 0 {
		r, n := utf8.DecodeLastRuneInString(name[:start])
		if !strings.ContainsRune("0123456789零〇一二三四五六七八九十百", r) {
			break
		}
		start -= n
	}
	value := ordinal(name[start:end])
	if value == 0 {
		return "", name
	}
	before := strings.TrimSuffix(name[:start], "第")
	return strconv.Itoa(value), before + name[end+len(measure):]
}
