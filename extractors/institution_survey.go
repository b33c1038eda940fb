package extractors

import "sync"

// What the last character of a word may end.
const (
	endsBody  byte = 1 << iota // the name of a body
	endsOther                  // a department, or a word that hides one; a university's short name
)

// A lastCharacters tells by the last two bytes of a character of three what
// words may end with it; what it says of others has to be looked at.
type lastCharacters [1 << 12]byte

var wordEnds = sync.OnceValue(func() *lastCharacters {
	var ends lastCharacters
	for c := range endings().LastCharacters() {
		ends.add(string(c), endsBody)
	}
	for c := range departmentLevels.LastCharacters() {
		ends.add(string(c), endsOther)
	}
	for _, c := range []string{"下", "议", "大"} { // 部下, 会议; 川农大
		ends.add(c, endsOther)
	}
	return &ends
})

func (l *lastCharacters) add(c string, what byte) {
	if len(c) == 3 {
		l[int(c[1]&63)<<6|int(c[2]&63)] |= what
	}
}

// before says what may end at an offset of the text.
func (l *lastCharacters) before(text string, offset int) byte {
	if offset < 3 || text[offset-3]>>4 != 0xE {
		return endsBody | endsOther
	}
	return l[int(text[offset-2]&63)<<6|int(text[offset-1]&63)]
}

// survey looks at every word once and notes those with which a name ends, or
// with or within which a department may end: all else that reads names goes by
// these, which are few.
func (r *reading) survey() {
	ends, before := wordEnds(), 0
	for k := range r.Words {
		w := &r.Words[k]
		what, number := ends.before(r.text, w.End), byte(0)
		if before < w.Start {
			number = ends.before(r.text, w.Start) & endsBody // a number stands between, with which the name may end
		}
		before = w.End
		if what|number == 0 && w.End-w.Start < len("室主任") {
			continue
		}
		if what&endsBody != 0 && endings().Ends(r.text[:w.End]) || number != 0 && endings().Ends(r.text[:w.Start]) {
			r.nameEnds = append(r.nameEnds, k)
		}
		if what&endsOther != 0 || w.End-w.Start >= len("室主任") {
			r.otherEnds = append(r.otherEnds, k)
		}
	}
}
