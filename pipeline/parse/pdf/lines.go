package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A run is a piece of text on one line of a page, in points from the lower
// left corner.
type run struct {
	text                     string
	left, right, bottom, top float64
}

func (r run) height() float64 { return r.top - r.bottom }
func (r run) middle() float64 { return (r.top + r.bottom) / 2 }

// A sheet is the lines of a page, as the file orders them.
type sheet []line

// A line is the runs that stand beside one another.
type line struct {
	runs                     []run
	left, right, bottom, top float64
	row                      bool // of a table
}

// em is the size of the letters of a line: a Chinese letter form fills nearly
// all of its square.
func (l line) em() float64 { return (l.top - l.bottom) / 0.93 }

// lines puts the runs of a page into lines. A mark at the foot of its square
// and a stroke in its middle (，一) belong to the line of their neighbours.
func lines(runs []run) sheet {
	var heights []float64
	for _, r := range runs {
		if strings.TrimSpace(r.text) != "" {
			heights = append(heights, r.height())
		}
	}
	if len(heights) == 0 {
		return nil
	}
	slices.Sort(heights)
	usual := heights[len(heights)*3/4]
	var page sheet
	var tallest run
	for _, r := range runs {
		if strings.TrimSpace(r.text) == "" {
			continue
		}
		reach := 0.65 * max(min(usual, 2*r.height()), tallest.height(), r.height())
		if n := len(page); n > 0 && math.Abs(r.middle()-tallest.middle()) < reach && r.left > page[n-1].left-1 {
			page[n-1].add(r)
			if r.height() > tallest.height() {
				tallest = r
			}
			continue
		}
		page = append(page, line{left: r.left, right: r.right, bottom: r.bottom, top: r.top})
		page[len(page)-1].add(r)
		tallest = r
	}
	return page
}

func (l *line) add(r run) {
	l.runs = append(l.runs, r)
	l.left, l.right = min(l.left, r.left), max(l.right, r.right)
	l.bottom, l.top = min(l.bottom, r.bottom), max(l.top, r.top)
}

// text returns the line. PDFium puts a space wherever letters stand apart; of
// these only such are kept as part words of another script, or the cells of a
// row: Chinese is spread out to fill a line, and stands off from figures.
func (l line) text() string {
	var b strings.Builder
	for i, r := range l.runs {
		text := narrowed(r.text)
		if i > 0 {
			before, _ := utf8.DecodeLastRuneInString(b.String())
			first, _ := utf8.DecodeRuneInString(text)
			gap := r.left - l.runs[i-1].right
			apart := gap > 0.2*l.em() && strings.HasSuffix(l.runs[i-1].text, " ")
			switch {
			case l.row && gap > 0.3*l.em(), gap > 1.5*l.em():
				b.WriteByte(' ')
			case apart && !wide(before) && !wide(first):
				b.WriteByte(' ')
			}
		}
		b.WriteString(text)
	}
	return strings.TrimSpace(b.String())
}

// narrowed trims a run and drops the spaces in it that stand beside a Chinese
// character.
func narrowed(text string) string {
	letters := []rune(strings.TrimSpace(text))
	kept := letters[:0:0]
	for i, r := range letters {
		if r == ' ' && i > 0 && i+1 < len(letters) && (wide(letters[i-1]) || wide(letters[i+1])) {
			continue
		}
		kept = append(kept, r)
	}
	return string(kept)
}

// wide reports whether a character is one of those that are set without spaces.
func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x30FF || r >= 0xFF00 && r <= 0xFFEF || strings.ContainsRune("“”‘’…—·〔〕", r)
}
