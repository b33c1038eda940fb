package divisions

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed words.tsv
var wordList string

// grammar is words.tsv by kind.
type grammar struct {
	peoples []string // longest first
	whole   map[string]bool
	tails   []string
	never   string
	runs    map[rune]string // ending → characters that make another word of it
	seats   []string
}

var words = sync.OnceValue(func() *grammar {
	g, _ := parseWords("words.tsv", wordList) // a test reads the list with the same parser
	return g
})

func parseWords(file, text string) (*grammar, error) {
	g := &grammar{whole: map[string]bool{}, runs: map[rune]string{}}
	for i, line := range strings.Split(text, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		kind, word, _ := strings.Cut(line, "\t")
		if word == "" || strings.ContainsAny(word, " \t\r") {
			return g, fmt.Errorf("%s:%d: %q is no word", file, i+1, word)
		}
		switch kind {
		case "people":
			g.peoples = append(g.peoples, word)
		case "whole":
			g.whole[word] = true
		case "tail":
			g.tails = append(g.tails, word)
		case "never":
			g.never += word
		case "runs":
			ending, n := utf8.DecodeRuneInString(word)
			g.runs[ending] += word[n:]
		case "seat":
			g.seats = append(g.seats, word)
		default:
			return g, fmt.Errorf("%s:%d: the kind %q is not known", file, i+1, kind)
		}
	}
	slices.SortStableFunc(g.peoples, func(a, b string) int { return len(b) - len(a) })
	return g, nil
}

// plainEndings are what a short name is completed with, autonomous ones apart.
var plainEndings = []string{"省", "市", "地区", "盟", "区", "县", "旗", "特区", "新区", "林区"}

// autonomousEndings and the plain ending that is said for each.
var autonomousEndings = [][2]string{{"自治区", ""}, {"自治州", "州"}, {"自治县", "县"}, {"自治旗", "旗"}}

// shortened maps the short forms of autonomous divisions' names to the full ones.
var shortened = sync.OnceValue(func() map[string][]string {
	short := map[string][]string{}
	for name := range load().first {
		for _, ending := range autonomousEndings {
			base, ok := strings.CutSuffix(name, ending[0])
			if !ok {
				continue
			}
			base = words().withoutPeoples(base)
			short[base] = append(short[base], name)
			if ending[1] != "" {
				short[base+ending[1]] = append(short[base+ending[1]], name)
			}
		}
	}
	return short
})

// withoutPeoples cuts the peoples off the end of a name, but never all of it:
// 双江拉祜族佤族布朗族傣族 is 双江, 东乡族 is 东乡.
func (g *grammar) withoutPeoples(name string) string {
	for cut := true; cut; {
		cut = false
		for _, people := range g.peoples {
			rest, ok := strings.CutSuffix(name, people)
			if ok && utf8.RuneCountInString(rest) >= 2 {
				name, cut = rest, true
				break
			}
		}
	}
	if rest, ok := strings.CutSuffix(name, "族"); ok && utf8.RuneCountInString(rest) >= 2 {
		return rest
	}
	return name
}

// autonomous returns the rows of the autonomous divisions of that short name.
func (t *table) autonomous(short string) []Division {
	var found []Division
	for _, name := range shortened()[short] {
		found = append(found, t.named(name)...)
	}
	return found
}
