package extractors

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"tongbao"
	"tongbao/internal/lexicon"
)

//go:embed institutions.tsv
var institutionsList string

//go:embed names.tsv
var namesList string

var endings = sync.OnceValue(func() *lexicon.Lexicon {
	return lexicon.Must(lexicon.Parse("institutions.tsv", extended("institutions"), 2))
})

// nameWords are the words of names.tsv with their role.
var nameWords = sync.OnceValue(func() *lexicon.Lexicon {
	return lexicon.Must(lexicon.Parse("names.tsv", extended("names"), 1))
})

// nameRole is the role of a word within or beside names, "" for none.
func nameRole(word string) string {
	if e, ok := nameWords().Get(word); ok {
		return e.Fields[0]
	}
	return ""
}

// joinedNames are names of bodies with 和 or 与 inside (住房和城乡建设局).
var joinedNames = lexicon.Must(lexicon.Parse("joinedNames", strings.Join([]string{
	"住房和城乡建设", "住房和城市建设", "住房与城乡建设", "人力资源和社会保障", "发展和改革", "经济和信息化", "文化和旅游", "规划和自然资源", "自然资源和规划",
	"卫生和计划生育", "农业和农村", "工业和信息化", "财政和金融", "科技和经济", "数据和政务", "机关事务和", "金融和国资", "住房保障和房产", "教育和体育", "文化和广电", "商务和",
	"宣传和思想", "粮食和物资储备", "林业和草原", "自然资源和林业", "园林和林业", "海洋和渔业", "城市管理和综合", "民族和宗教", "民族宗教和", "农业农村和水", "卫生健康和", "科技和工业", "工业和科技", "商务和投资", "教育和科", "应急管理和", "水利和", "投资促进和", "退役军人和", "新闻出版和", "港口和", "信访和", "审计和", "民政和",
}, "\n"), 0))

// A piece is a word or an ordinal number, as the names of bodies are made of.
type piece struct {
	tongbao.Span
	word string
	tag  string
	ends bool // an ending may end with it
}

// readInstitutions reads the names of bodies: runs of words without a border
// in between that end with an ending of institutions.tsv.
func readInstitutions(r *reading) {
	r.bodies = [2]int{len(r.facts), len(r.facts)}
	run := r.run
	flush := func() {
		if len(run) > 0 {
			r.namesIn(run)
			run = run[:0]
		}
	}
	numbers := r.Numbers
	title, until := 0, -1
	r.survey()
	ends := r.nameEnds
	for k := 0; k < len(r.Words); k++ {
		for len(ends) > 0 && ends[0] < k {
			ends = ends[1:]
		}
		switch {
		case len(ends) > 0 && ends[0] == k:
			until = k + 1 // the word behind an ending can undo it (局|长)
		case k <= until:
		case len(ends) == 0:
			flush()
			k = len(r.Words)
			continue
		default: // from a mark on there may be a name
			from := r.behindMark(k, ends[0])
			if from > k {
				flush()
			}
			k, until = from, ends[0]+1
		}
		w := r.Words[k]
		for len(numbers) > 0 && numbers[0].Start < w.Start {
			n := numbers[0]
			numbers = numbers[1:]
			if len(run) > 0 && run[len(run)-1].End == n.Start && (n.Ordinal || n.Chinese) {
				run = append(run, piece{n.Span, n.Of(r.text), "m", true})
			} else if n.Chinese && !n.Ordinal { // 四季青街道, 三里桥社区
				flush()
				run = append(run, piece{n.Span, n.Of(r.text), "m", true})
			} else {
				flush()
			}
		}
		for title < len(r.titles) && r.titles[title].End <= w.Start {
			title++
		}
		if title < len(r.titles) && r.titles[title].Start <= w.Start {
			flush()
			continue
		}
		word := w.Of(r.text)
		if len(run) > 0 && run[len(run)-1].End != w.Start {
			flush()
		}
		if n := r.fusedPreposition(k, word, w.Tag); n > 0 {
			flush()
			w.Start, word, w.Tag = w.Start+n, word[n:], ""
		}
		ending := len(ends) > 0 && ends[0] == k
		if r.partOfName(k, word, w.Tag, ending) || r.verbInName(k, word, run) {
			run = append(run, piece{w.Span, word, w.Tag, ending})
			continue
		}
		flush()
	}
	flush()
	r.run = run
	readDepartments(r)
	r.readAbbreviations()
	r.codes()
}

// behindMark returns the word behind the last mark between two words, from where
// there is none; brackets may stand in a name.
func (r *reading) behindMark(from, to int) int {
	for k := to; k > from; k-- {
		if word := r.Words[k-1].Of(r.text); isPunctuation(word) && !slices.Contains(brackets, word) {
			return k
		}
	}
	return from
}

var brackets = []string{"(", "（", ")", "）"}

// partOfName reports whether a word may stand inside the name of a body; ending
// is true where a name may end with it.
func (r *reading) partOfName(k int, word, tag string, ending bool) bool {
	if len(word) <= 3 && !beginsHan(word) && (isMark(word) || strings.TrimSpace(word) == "") {
		return r.insideParty(k, word)
	}
	if strings.HasPrefix(word, "第") {
		return true
	}
	switch nameRole(word) {
	case "inner", "mid":
		return true
	case "bound":
		return (word == "和" || word == "与") && (r.joins(k) || word == "与" && r.joinsSchool(k))
	}
	if ending && endings().Ends(word) {
		return true
	}
	if tag == "" {
		return true
	}
	switch tag[0] {
	case 'n', 'j', 'b', 's', 'l', 'g', 'k', 'h', 'q', 'x', 'i': // nouns and what may stand for one
		return true
	case 'a', 'f':
		return len(word) <= len("中央")
	case 'v':
		return tag == "vn" || len(word) == len("中") && tag == "vg"
	case 'e':
		return tag == "eng"
	}
	return len(word) <= len("中") && strings.HasSuffix(tag, "g") // a name that the dictionary does not know is cut into characters
}

// insideParty accepts the brackets of 党(工)委.
func (r *reading) insideParty(k int, word string) bool {
	at := r.Words[k].Start
	switch word {
	case "(", "（":
		return strings.HasSuffix(r.text[:at], "党") && startsWithAny(r.text[at:], "(工)委", "（工）委")
	case ")", "）":
		return strings.HasSuffix(r.text[:at], "(工") || strings.HasSuffix(r.text[:at], "（工")
	}
	return false
}

// joins reports whether 和 at word k stands inside a name (住房和城乡建设局).
func (r *reading) joins(k int) bool {
	at := r.Words[k].Start
	for back := 3; back <= 15 && back <= at; back += 3 {
		if e, ok := joinedNames.Prefix(r.text[at-back:]); ok && len(e.Word) > back {
			return true
		}
	}
	return false
}

// namesIn cuts a run of words into the names that it holds.
func (r *reading) namesIn(run []piece) {
	start := 0
	best, bestEnding := -1, lexicon.Entry{}
	emit := func() {
		if best >= start {
			r.addInstitution(run[start:best+1], bestEnding)
		}
	}
	for i := range run {
		joined := r.text[run[start].Start:run[i].End]
		if best >= start && r.opensName(run[start:i], run[i], bestEnding) {
			emit()
			start, best = i, -1
			joined = run[i].word
		}
		next := ""
		if i+1 < len(run) {
			next = run[i+1].word
		}
		if !run[i].ends {
			continue
		}
		if e, ok := endings().Suffix(joined); ok && !strings.HasPrefix(next, "长") && !(e.Word == "公司" && best >= start && strings.HasPrefix(next, "业务")) && run[i].End-len(e.Word) >= run[start].Start {
			best, bestEnding = i, e
			if e.Fields[0] == "inspection_team" && startsWithAny(r.text[run[i].End:], "对", "向", "在", "就", "于") {
				emit() // 巡视组|对华原科技大学
				start, best = i+1, -1
			}
		}
	}
	if start < len(run) {
		emit()
	}
}

// levelWord reports whether a word opens a new name within a run (区纪委区监委
// are two, joined later).
func levelWord(word string) bool {
	switch word {
	case "区", "市", "县", "省", "区委", "市委", "县委", "省委", "区政府", "市政府", "县政府", "省政府", "区纪委", "市纪委", "县纪委", "省纪委", "区监委", "市监委", "县监委", "省监委":
		return true
	}
	return false
}

func (r *reading) addInstitution(run []piece, ending lexicon.Entry) {
	run, ending, ok := r.withoutFormer(r.properPart(run), ending)
	if !ok {
		return
	}
	span := r.wholeTown(r.wholePlace(tongbao.Span{Start: run[0].Start, End: run[len(run)-1].End}))
	if at := formerParty(span.Of(r.text)); at > 0 {
		if ending, ok = endings().Suffix(r.text[:span.Start+at]); !ok {
			return
		}
		span.End = span.Start + at
	}
	name := span.Of(r.text)
	if run[0].tag == "m" && len(run) > 1 && measureOfBodies(run[1].word) || placeGoesOn(ending.Word, r.text[span.End:]) {
		return // 六个党委巡视组; 景德镇|市
	}
	if r.ownCommittee(name) == "" && !properName(name, ending, run) && !(ending.Fields[1] == "bare" && name == ending.Word && r.namedHere(span)) || r.bodiesCounted(span, run, ending) {
		return
	}
	if n := len(r.facts); n > 0 {
		if last := &r.facts[n-1]; last.Rule == "name" && last.Kind == tongbao.Institution && last.End == span.Start && last.Category == "discipline" && ending.Fields[0] == "discipline" {
			last.End = span.End // 区纪委区监委 is one body with two signs
			last.Name = last.Of(r.text)
			last.Canonical = r.canonical(last.Name)
			return
		}
	}
	if at := r.partyBefore(name, ending); at > 0 { // 省委|省政府 are two
		party := tongbao.Span{Start: span.Start, End: span.Start + at}
		r.add(tongbao.Fact{Kind: tongbao.Institution, Span: party, Name: name[:at], Canonical: r.canonical(name[:at]), Category: "party", Rule: "name"})
		span.Start, name = party.End, name[at:]
	}
	canonical := r.canonical(name)
	if full := r.teamOf(span); full != "" {
		canonical = full
	}
	r.add(tongbao.Fact{Kind: tongbao.Institution, Span: span, Name: name, Canonical: canonical, Category: categoryOf(name, ending), Rule: "name"})
	r.addHost(run, name)
	r.addInner(span, name, ending)
}

// measureOfBodies reports whether a word counts bodies, so that a number before
// it begins no name.
func measureOfBodies(word string) bool {
	return measures().Has(word)
}

// placeGoesOn reports whether a place's name, which ends like that of a town or
// a village, goes on.
func placeGoesOn(ending, behind string) bool {
	switch ending {
	case "镇", "乡", "村", "社区":
		return startsWithAny(behind, "市", "区", "县", "州", "党委", "党组织")
	}
	return false
}

// addInner reads the committee inside a name that begins with the places above
// it (原杭州市|江干区委): elsewhere the notice names it without them.
func (r *reading) addInner(span tongbao.Span, name string, ending lexicon.Entry) {
	b := r.Notice.Inspected
	if b == nil || b.District == "" || b.City == "" {
		return
	}
	if above, ok := strings.CutSuffix(strings.TrimSuffix(name, "委"), b.District); ok && strings.HasSuffix(name, "委") && strings.HasSuffix(above, b.City) {
		inner := b.District + "委"
		r.add(tongbao.Fact{Kind: tongbao.Institution, Span: tongbao.Span{Start: span.End - len(inner), End: span.End}, Name: inner, Canonical: r.canonical(inner), Category: ending.Fields[0], Rule: "name-host"})
	}
}

// wholePlace takes in the beginning of the inspected place's name where the
// segmenter, which does not know it, has cut it in two (松|涧县委).
func (r *reading) wholePlace(s tongbao.Span) tongbao.Span {
	b := r.Notice.Inspected
	if b == nil {
		return s
	}
	for _, place := range [...]string{b.City, b.District, b.Name} {
		if s.Start == 0 || strings.IndexByte(place, r.text[s.Start-1]) < 0 {
			continue // as nearly always: what stands before is none of the name
		}
		for i := range place {
			if i > 0 && startsWithAny(s.Of(r.text), place[i:]) && strings.HasSuffix(r.text[:s.Start], place[:i]) {
				s.Start -= i
				return s
			}
		}
	}
	return s
}

// addHost reads the body inside the name of its party group or office:
// 区农居建设管理中心|党组, 区委巡视整改工作领导小组|办公室.
func (r *reading) addHost(run []piece, name string) {
	for _, guest := range []string{"党组", "机关党委", "党委", "党总支", "党支部", "纪委", "领导小组办公室"} {
		host, ok := strings.CutSuffix(name, guest)
		if !ok {
			continue
		}
		if guest == "领导小组办公室" {
			host += "领导小组"
		}
		start := run[len(run)-1].End - len(name)
		if body, ok := strings.CutPrefix(host, "中共"); ok && guest != "领导小组办公室" { // the body is not the party's
			host, start = body, start+len("中共")
		}
		ending, ok := endings().Suffix(host)
		if !ok || ending.Fields[1] == "yes" || !properName(host, ending, run) {
			return
		}
		span := tongbao.Span{Start: start, End: start + len(host)}
		r.add(tongbao.Fact{Kind: tongbao.Institution, Span: span, Name: host, Canonical: r.canonical(host), Category: ending.Fields[0], Rule: "name-host"})
		return
	}
	r.addBureau(run, name)
}

// addBureau reads the bureau inside the name of its branch: 市自然资源局|不动产
// 登记中心, 省纪委监委|第二监督检查室.
func (r *reading) addBureau(run []piece, name string) {
	if at := strings.Index(name, "纪委监委"); at > 0 && strings.HasSuffix(name, "室") {
		end := at + len("纪委监委")
		start := run[len(run)-1].End - len(name)
		r.add(tongbao.Fact{Kind: tongbao.Institution, Span: tongbao.Span{Start: start, End: start + end}, Name: name[:end], Canonical: r.canonical(name[:end]), Category: "discipline", Rule: "name-host"})
		return
	}
	at := indexOf(name, "局")
	if at < len("市税务") || !endsWithAny(name, "中心", "大队", "支队", "总队", "所", "站") || strings.Contains(name, "分局") {
		return
	}
	host := name[:at+len("局")]
	ending, ok := endings().Suffix(host)
	if !ok || !properName(host, ending, run) || endsWithAny(host, "布局", "格局") {
		return
	}
	start := run[len(run)-1].End - len(name)
	r.add(tongbao.Fact{Kind: tongbao.Institution, Span: tongbao.Span{Start: start, End: start + len(host)}, Name: host, Canonical: r.canonical(host), Category: ending.Fields[0], Rule: "name-host"})
}
