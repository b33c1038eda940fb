package extractors

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"tongbao"
)

// readAbbreviations reads the abbreviations that Chinese universities go by:
// the place in full or in one character, then the field's first (川农大 for
// 四川农业大学). Only the universities of a notice itself are looked for.
func (r *reading) readAbbreviations() {
	done := map[string]bool{}
	for i := r.bodies[0]; i < len(r.facts); i++ {
		f := &r.facts[i]
		if f.Kind == tongbao.Institution && f.Category == "school" && strings.HasSuffix(f.Name, "大学") && !done[f.Name] {
			done[f.Name] = true
			r.readAbbreviation(f.Name)
		}
	}
	if own := bodyName(r.Notice); strings.HasSuffix(own, "大学") && !done[own] {
		r.readAbbreviation(own)
	}
	for _, k := range r.otherEnds {
		if w := &r.Words[k]; endsWithAny(w.Of(r.text), "大") {
			r.shortUniversity(w.End)
		}
	}
}

const (
	placeSigns = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵滇藏陕甘青宁新华"
	fieldSigns = "农林师医理工科财经政民海交外"
)

// shortUniversity reads a university that goes by three characters, whatever its
// full name: a province's or 华, a field's, 大.
func (r *reading) shortUniversity(end int) {
	start := end - len("川农大")
	if start < 0 || !utf8.RuneStart(r.text[start]) {
		return
	}
	place, size := utf8.DecodeRuneInString(r.text[start:])
	field, _ := utf8.DecodeRuneInString(r.text[start+size:])
	next, _ := utf8.DecodeRuneInString(r.text[end:])
	s := tongbao.Span{Start: start, End: end}
	if size != 3 || !strings.ContainsRune(placeSigns, place) || !strings.ContainsRune(fieldSigns, field) || strings.ContainsRune("学力量会型幅批胆众于家", next) || r.wordAcross(start) || r.named(s) || r.found(s) {
		return
	}
	r.add(tongbao.Fact{Kind: tongbao.Institution, Span: s, Name: s.Of(r.text), Category: "school", Rule: "abbreviation"})
}

// wordAcross reports whether a word begins before the offset and ends behind it.
func (r *reading) wordAcross(offset int) bool {
	k := sort.Search(len(r.Words), func(i int) bool { return r.Words[i].End > offset })
	return k < len(r.Words) && r.Words[k].Start < offset
}

// found reports whether the span is an institution already.
func (r *reading) found(s tongbao.Span) bool {
	return slices.ContainsFunc(r.facts[r.bodies[1]:], func(f tongbao.Fact) bool { return f.Kind == tongbao.Institution && f.Span == s })
}

func (r *reading) readAbbreviation(full string) {
	stem := []rune(strings.TrimSuffix(full, "大学"))
	if len(stem) < 4 || len(stem) > 8 {
		return
	}
	field := string(stem[2])
	for _, place := range []string{string(stem[:2]), string(stem[0]), string(stem[1])} {
		short := place + field + "大"
		for at := 0; ; {
			i := strings.Index(r.text[at:], short)
			if i < 0 {
				break
			}
			s := tongbao.Span{Start: at + i, End: at + i + len(short)}
			at = s.End
			if next, _ := utf8.DecodeRuneInString(r.text[s.End:]); strings.ContainsRune("学力量会型", next) || r.named(s) {
				continue
			}
			r.add(tongbao.Fact{Kind: tongbao.Institution, Span: s, Name: short, Canonical: full, Category: "school", Rule: "abbreviation"})
		}
	}
}
