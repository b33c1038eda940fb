package extractors

import "sync"

// An ending is what the last character of a word may end.
type ending struct {
	body  uint64 // a bit for the last six bits of what stands before it in the name of a body
	other bool   // a department, or a word that hides one; a university's short name
}

// wordEndings tells by the last two bytes of a character of three what words may
// end with it: the places of most are 0, where nothing ends.
type wordEndings struct {
	place   [1 << 12]uint8
	endings [1 << 8]ending
	used    int
}

var wordEnds = sync.OnceValue(func() *wordEndings {
	ends := &wordEndings{used: 1}
	for c, before := range endings().LastCharacters() {
		ends.add(string(c), ending{body: before})
	}
	for c := range departmentLevels.LastCharacters() {
		ends.add(string(c), ending{other: true})
	}
	for _, c := range []string{"下", "议", "大"} { // 部下, 会议; 川农大
		ends.add(c, ending{other: true})
	}
	return ends
})

func (w *wordEndings) add(c string, e ending) {
	if len(c) != 3 {
		return // at looks at none of these
	}
	place := &w.place[int(c[1]&63)<<6|int(c[2]&63)]
	if *place == 0 {
		*place = uint8(w.used)
		w.used = min(w.used+1, len(w.endings)-1) // the last place is shared, should there ever be so many
	}
	known := &w.endings[*place]
	known.body, known.other = known.body|e.body, known.other || e.other
}

// at says whether the name of a body may end at an offset of the text, or
// something else; what ends with no character of three bytes may be anything.
func (w *wordEndings) at(text string, offset int) (body, other bool) {
	if offset < 4 || text[offset-3]>>4 != 0xE {
		return true, true
	}
	place := w.place[int(text[offset-2]&63)<<6|int(text[offset-1]&63)]
	if place == 0 {
		return false, false
	}
	e := &w.endings[place]
	return e.body>>(text[offset-4]&63)&1 == 1, e.other
}

// survey looks at every word once and notes those with which a name ends, or
// with or within which a department may end: all else that reads names goes by
// these, which are few.
func (r *reading) survey() {
	ends, before := wordEnds(), 0
	for k := range r.Words {
		w := &r.Words[k]
		body, other := ends.at(r.text, w.End)
		number := false // stands between, with which a name may end
		if before < w.Start {
			number, _ = ends.at(r.text, w.Start)
		}
		before = w.End
		if body && endings().Ends(r.text[:w.End]) || number && endings().Ends(r.text[:w.Start]) {
			r.nameEnds = append(r.nameEnds, k)
		}
		if other || w.End-w.Start >= len("室主任") {
			r.otherEnds = append(r.otherEnds, k)
		}
	}
}
