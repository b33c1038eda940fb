package divisions

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The numbers of characters that a name may have before its ending, where the
// table does not have it. Autonomous divisions carry the names of peoples.
const (
	stemLimit       = 4
	provinceLimit   = 3
	autonomousLimit = 12
)

// cut takes a name that the table does not have, of a level below the one
// given, from the beginning of the text by its ending; "" where none stands
// there. A 市 below a province is taken for a prefecture, below a prefecture
// for a county.
func cut(text string, above Level) (name string, level Level) {
	for i, r := range text {
		if !unicode.Is(unicode.Han, r) || strings.ContainsRune(words().never, r) || i >= 3*(autonomousLimit+3) {
			return "", 0
		}
		if !isEnding(r) {
			continue
		}
		name = text[:i+utf8.RuneLen(r)]
		stem, level, ok := split(name, r, above)
		if !ok {
			continue
		}
		if level <= above || !plausible(name, stem, r, text[len(name):]) {
			return "", 0
		}
		return name, level
	}
	return "", 0
}

// split tells the level of a name by its ending; false where what stands before
// the ending is too short or too long to be a name: the ending is part of one.
func split(name string, ending rune, above Level) (stem string, level Level, ok bool) {
	shortest, longest := 2, stemLimit
	stem = strings.TrimSuffix(name, string(ending))
	switch ending {
	case '省':
		level, longest = ProvinceLevel, provinceLimit
	case '市':
		level = PrefectureLevel
		if above >= PrefectureLevel {
			level = CountyLevel
		}
	case '盟':
		level = PrefectureLevel
	case '州':
		level, shortest = PrefectureLevel, autonomousLimit+1 // but for 自治州 no ending: 杭州市
	case '县':
		level, shortest = CountyLevel, 1
	default:
		level = CountyLevel
		if bare, found := strings.CutSuffix(stem, "地"); found && ending == '区' {
			stem, level = bare, PrefectureLevel
		}
	}
	if bare, found := strings.CutSuffix(stem, "自治"); found {
		stem, shortest, longest = bare, 1, autonomousLimit
		if ending == '区' {
			level = ProvinceLevel
		}
	}
	n := utf8.RuneCountInString(stem)
	if _, listed := load().first[name]; listed {
		return stem, level, true // 城区, 郊区: see plausible
	}
	return stem, level, shortest <= n && n <= longest
}

// plausible reports whether the name, followed by the rest, reads as that of a
// division and not as an ordinary word.
func plausible(name, stem string, ending rune, rest string) bool {
	if runsOn(ending, rest) {
		return false
	}
	if _, listed := load().first[name]; listed {
		return !isPart(name) || isSeat(rest)
	}
	g := words()
	first, _ := utf8.DecodeRuneInString(stem)
	return !g.whole[name] && !strings.ContainsRune(endings, first) &&
		!slices.ContainsFunc(g.tails, func(tail string) bool { return strings.HasSuffix(name, tail) })
}
