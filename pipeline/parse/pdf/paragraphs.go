package pdf

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// leastOfPage is how many characters a page with text has: more than its number
// or a stamp's date.
const leastOfPage = 16

// judge reports why pages have no text that could be trusted.
func judge(pages []sheet) error {
	letters, strange, blank := 0, 0, 0
	for _, page := range pages {
		before := letters
		for _, l := range page {
			for _, r := range l.text() {
				letters++
				if r < ' ' || r == utf8.RuneError || unicode.Is(unicode.Co, r) || unicode.IsControl(r) {
					strange++
				}
			}
		}
		if letters-before < leastOfPage {
			blank++
		}
	}
	switch {
	case blank*2 > len(pages) || letters == 0: // a cover typed before scanned pages is not the notice
		return ErrScan
	case strange*20 > letters:
		return ErrGarbled
	}
	return nil
}

var (
	pageNumber = regexp.MustCompile(`^[-—–－―·•. ]*(?:第? ?[0-9]{1,4} ?页?|第 ?[0-9]+ ?页[，, /]*共 ?[0-9]+ ?页|[0-9]+ ?/ ?[0-9]+)[-—–－―·•. ]*$`)
	figures    = regexp.MustCompile(`[0-9]+`)
	heading    = regexp.MustCompile(`^(?:第?[一二三四五六七八九十]+[、部章]|[（(][一二三四五六七八九十]+[)）])`)
)

// withoutMargins drops what is printed above and below the text of every page:
// numbers, and lines that most pages repeat.
func withoutMargins(pages []sheet) []sheet {
	seen := map[string]int{}
	for _, page := range pages {
		for _, at := range outermost(page) {
			seen[masked(page[at])]++
		}
	}
	var kept []sheet
	for _, page := range pages {
		edges := outermost(page)
		var rest sheet
		for i, l := range page {
			repeated := len(pages) > 2 && seen[masked(l)]*2 > len(pages)
			if slices.Contains(edges, i) && (repeated || pageNumber.MatchString(l.text())) {
				continue
			}
			rest = append(rest, l)
		}
		kept = append(kept, rest)
	}
	return kept
}

func masked(l line) string { return figures.ReplaceAllString(l.text(), "0") }

// outermost returns the places of the highest and the lowest two lines.
func outermost(page sheet) []int {
	order := make([]int, len(page))
	for i := range page {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return int(math.Copysign(1, page[b].top-page[a].top))
	})
	if len(order) <= 4 {
		return order
	}
	return append(slices.Clone(order[:2]), order[len(order)-2:]...)
}

// paragraphs joins lines to paragraphs. A paragraph begins where a line stands
// in from the margin, where the line before ended well short of it or as a
// sentence does, where the size of the letters changes, and at a row.
func paragraphs(pages []sheet) []string {
	var all sheet
	for _, page := range withoutMargins(pages) {
		all = append(all, page...)
	}
	if len(all) == 0 {
		return nil
	}
	left, right := margins(all)
	markRows(all, right)
	var done []string
	for i, l := range all {
		text := l.text()
		if i == 0 || begins(all[i-1], l, left, right) {
			done = append(done, text)
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(done[len(done)-1])
		if first, _ := utf8.DecodeRuneInString(text); !wide(before) && !wide(first) && unicode.IsLetter(before) && unicode.IsLetter(first) {
			text = " " + text
		}
		done[len(done)-1] += text
	}
	return done
}

// margins are where most lines begin and the longest end.
func margins(all sheet) (left, right float64) {
	var lefts, rights []float64
	for _, l := range all {
		lefts, rights = append(lefts, l.left), append(rights, l.right)
	}
	slices.Sort(lefts)
	slices.Sort(rights)
	return lefts[len(lefts)/10], rights[(len(rights)-1)*9/10]
}

func begins(before, l line, left, right float64) bool {
	em := l.em()
	if before.row || l.row || math.Abs(before.em()-em) > 0.2*max(em, before.em()) && len(before.runs)+len(l.runs) > 4 {
		return true
	}
	short := (right - before.right) / max(1, before.em())
	last, _ := utf8.DecodeLastRuneInString(before.text())
	ends := strings.ContainsRune("。；：？！”’）", last)
	return l.left-left > 1.2*em || short > 4 || ends && (short > 1.6 || heading.MatchString(l.text()))
}

// markRows finds the rows of tables: a line that ends short of the margin and
// shares the beginning of a cell with a neighbour that does so too, or one
// whose cells stand far apart.
func markRows(all sheet, right float64) {
	cells := make([][]float64, len(all))
	for i, l := range all {
		far := false
		for k := 1; k < len(l.runs); k++ {
			gap := l.runs[k].left - l.runs[k-1].right
			far = far || gap > 2.5*l.em()
			if gap > 0.3*l.em() && right-l.right > 2*l.em() {
				cells[i] = append(cells[i], l.runs[k].left)
			}
		}
		all[i].row = far
	}
	for i := 1; i < len(all); i++ {
		if math.Abs(all[i].left-all[i-1].left) < 0.5*all[i].em() && shared(cells[i-1], cells[i]) {
			all[i-1].row, all[i].row = true, true
		}
	}
}

func shared(a, b []float64) bool {
	for _, x := range a {
		for _, y := range b {
			if math.Abs(x-y) < 2 {
				return true
			}
		}
	}
	return false
}
