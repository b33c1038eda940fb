// Package divisions knows China's administrative divisions at county level and
// above with their years: GB/T 2260 codes, parents, what became of those that
// have ended. Names are not unique (鼓楼区 stands in four cities), so a name is
// resolved only with a parent or where one division alone can be meant; what
// could be several is never guessed.
//
// Years are those of the yearly lists, each as of 31 December. A division that
// was abolished in 2021 is in the list of 2020 for the last time: its To is
// 2020, the first year without it 2021. In the year of a change the old
// division stood for some months as well: Resolve and Match find it where no
// division of that name is in the year's own list.
//
// The table is parsed on first use, and not at all for texts without a
// division's name.
package divisions

import (
	"slices"
	"strings"
)

//go:generate go run ./generate -table table.tsv

// A Division is a name under a code with the years in which the official lists
// have it. Divisions may be compared with ==.
type Division struct {
	Code string // GB/T 2260, six digits
	Name string // in full: 杭州市, 彭水苗族土家族自治县
	From int    // first year; 1984, where the lists begin, may be later than the true one
	To   int    // last year; 0 = still there
	next string // codes of the successors in the year To+1, by commas
}

// A Level is the rank of a division by its code.
type Level int

// The levels of GB/T 2260. Cities directly under a province (仙桃市) and
// districts of the municipalities are of county level.
const (
	ProvinceLevel   Level = 1 + iota // 省, 自治区, 直辖市
	PrefectureLevel                  // 地级市, 自治州, 地区, 盟
	CountyLevel                      // 县, 区, 旗, 县级市
)

// Level returns the division's rank.
func (d Division) Level() Level {
	switch {
	case strings.HasSuffix(d.Code, "0000"):
		return ProvinceLevel
	case strings.HasSuffix(d.Code, "00"):
		return PrefectureLevel
	}
	return CountyLevel
}

// Stood reports whether the list of the year has the division; true for year 0.
func (d Division) Stood(year int) bool {
	return year == 0 || d.From <= year && (d.To == 0 || year <= d.To)
}

// leftIn reports whether the division ended in the course of the year.
func (d Division) leftIn(year int) bool { return year != 0 && d.To+1 == year }

// Province returns the name of the division's province in that year. A year
// outside the division's own (0 too) is drawn to the nearest of them.
func (d Division) Province(year int) string { return d.parentName(d.Code[:2]+"0000", year) }

// City returns the name of the division's prefecture in that year, drawn as
// for Province: its own for a prefecture, "" where there is none (districts of
// a municipality, counties directly under a province).
func (d Division) City(year int) string {
	if strings.HasPrefix(d.Code[2:], "00") { // of the province itself, as Hainan's counties until 2002
		return ""
	}
	return d.parentName(d.Code[:4]+"00", year)
}

func (d Division) parentName(code string, year int) string {
	switch {
	case d.To != 0 && (year == 0 || year > d.To):
		year = d.To
	case year != 0 && year < d.From:
		year = d.From
	}
	parent, ok := ByCode(code, year)
	if !ok {
		return ""
	}
	return parent.Name
}

// inside reports whether the division lies in the parent, by their codes.
func (d Division) inside(parent Division) bool {
	switch parent.Level() {
	case ProvinceLevel:
		return d.Code[:2] == parent.Code[:2] && d.Level() > ProvinceLevel
	case PrefectureLevel:
		return d.Code[:4] == parent.Code[:4] && d.Level() > PrefectureLevel
	}
	return false
}

// ByCode returns the division that bore the code in the year, else the one
// that ended in that year. Year 0 stands for the latest. Where none bore it in
// the year, the latest that ever did is returned with false.
func ByCode(code string, year int) (Division, bool) {
	all := load().coded(code)
	if len(all) == 0 {
		return Division{}, false
	}
	latest := all[len(all)-1]
	if year == 0 {
		return latest, true
	}
	for _, stood := range []func(Division) bool{
		func(d Division) bool { return d.Stood(year) },
		func(d Division) bool { return d.leftIn(year) },
	} {
		if i := slices.IndexFunc(all, stood); i >= 0 {
			return all[i], true
		}
	}
	return latest, false
}

// Find returns all divisions that ever bore the name, in order of code and
// year. A name that none bore in full is taken as a short one, see FindShort.
func Find(name string) []Division {
	if found := load().named(name); len(found) > 0 {
		return found
	}
	return FindShort(name)
}

// FindShort returns all divisions whose name in short is the one given: without
// its ending (杭州, 江干, 内蒙古), or with the plain ending and without the
// peoples (凉山州, 彭水县), in order of code and year.
func FindShort(name string) []Division {
	t := load()
	var found []Division
	if strings.Count(name, "")-1 >= 2 {
		for _, ending := range plainEndings {
			found = append(found, t.named(name+ending)...)
		}
	}
	found = append(found, t.autonomous(name)...)
	slices.SortFunc(found, inOrder)
	return slices.Compact(found)
}

// inOrder is the order of the table: by code, then by year.
func inOrder(a, b Division) int {
	if c := strings.Compare(a.Code, b.Code); c != 0 {
		return c
	}
	return a.From - b.From
}

// Resolve returns the one division of that name, full or short, that stood in
// the year (0: in any) inside the parent: a city or province, full or short or
// both (浙江省杭州市), "" where it is not known. Where several divisions could
// be meant, or none, it returns false.
func Resolve(name, within string, year int) (Division, bool) {
	found := Find(name)
	if within != "" {
		parents := parentsNamed(within, year)
		found = slices.DeleteFunc(found, func(d Division) bool {
			return !slices.ContainsFunc(parents, d.inside)
		})
	}
	return only(stoodIn(found, year))
}

// parentsNamed returns the divisions that may be meant by a parent's name.
func parentsNamed(name string, year int) []Division {
	if c := Match(name, year); c.Rest == "" && c.Code != "" {
		if d, ok := ByCode(c.Code, year); ok {
			return []Division{d}
		}
	}
	return Find(name)
}

// ProvinceOf returns the name of the province that a prefecture, full or short
// (杭州市, 杭州), lay in in the year (0: in any); false where that is not known
// or not one.
func ProvinceOf(city string, year int) (string, bool) {
	found := slices.DeleteFunc(Find(city), func(d Division) bool { return d.Level() != PrefectureLevel })
	d, ok := only(stoodIn(found, year))
	if !ok {
		return "", false
	}
	return d.Province(year), true
}

// stoodIn keeps the divisions that the year's list has; where it has none of
// them, those that ended in the course of the year.
func stoodIn(all []Division, year int) []Division {
	var stood, left []Division
	for _, d := range all {
		switch {
		case d.Stood(year):
			stood = append(stood, d)
		case d.leftIn(year):
			left = append(left, d)
		}
	}
	if len(stood) == 0 {
		return left
	}
	return stood
}

// only returns the one division that the candidates are: a single one, or the
// latest where the others passed into it (萧山市 339005, then 330181).
func only(all []Division) (Division, bool) {
	if len(all) == 0 {
		return Division{}, false
	}
	last := all[0]
	for _, d := range all[1:] {
		if d.From > last.From {
			last = d
		}
	}
	for _, d := range all {
		if d != last && !d.became(last) {
			return Division{}, false
		}
	}
	return last, true
}
