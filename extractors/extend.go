package extractors

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"tongbao"
	"tongbao/internal/lexicon"
)

// A wordList is one of the extractors' lists as somebody may add to it.
type wordList struct {
	own     *string // the list that the program comes with
	columns int     // behind the word
	closed  []int   // columns whose values are those of the own list and no others
}

// wordLists are the lists by the name of their file, without its ending.
var wordLists = map[string]wordList{
	"measures":       {&measuresList, 2, []int{0}},
	"sanctions":      {&sanctionsList, 5, []int{0, 2, 3}},
	"sanction_words": {&sanctionWordsList, 1, []int{0}},
	"actions":        {&actionsList, 1, []int{0}},
	"amounts":        {&amountsList, 1, []int{0}},
	"currencies":     {&currenciesList, 2, nil},
	"directions":     {&directionsList, 2, []int{0, 1}},
	"departments":    {&departmentsList, 1, []int{0}},
	"institutions":   {&institutionsList, 2, []int{0, 1}},
	"names":          {&namesList, 1, []int{0}},
	"phrases":        {&phrasesList, 1, []int{0}},
	"slogans":        {&slogansList, 0, nil},
	"subjects":       {&subjectsList, 1, []int{0}},
	"headlines":      {&headlinesList, 1, []int{0}},
}

// additions are what Extend has added, for the life of the process.
var additions struct {
	sync.Mutex
	lists   map[string]string
	metrics []metricWords
	digest  string
	used    bool
}

// Extend adds the word lists of a folder to those of the program: NAME.txt
// there is of the form of NAME.tsv here, and a word that stands in both is read
// as the folder has it. metrics.txt adds words to headline figures, or
// headline figures of one's own. It must be called before the first Extract,
// and once; errors name the file and its line. A folder that does not exist
// adds nothing.
func Extend(folder fs.FS) error {
	files, err := fs.Glob(folder, "*.txt")
	if err != nil {
		return err
	}
	lists, sum := map[string]string{}, sha256.New()
	var own []metricWords
	for _, file := range files {
		data, err := fs.ReadFile(folder, file)
		if err != nil {
			return err
		}
		list := strings.ReplaceAll(strings.TrimPrefix(string(data), "\uFEFF"), "\r\n", "\n")
		fmt.Fprintf(sum, "%s\n%s\n", file, list)
		name := strings.TrimSuffix(path.Base(file), ".txt")
		if name == "metrics" {
			own, err = parseMetrics(file, list)
		} else {
			err = check(file, name, list)
			lists[name] = list
		}
		if err != nil {
			return err
		}
	}
	if len(files) == 0 {
		return nil
	}
	additions.Lock()
	defer additions.Unlock()
	if additions.used || additions.digest != "" {
		return errors.New("word lists can be added only once, and before the first notice is read")
	}
	additions.lists, additions.metrics, additions.digest = lists, own, hex.EncodeToString(sum.Sum(nil))[:12]
	for _, m := range own {
		if !slices.ContainsFunc(tongbao.Metrics, func(known tongbao.Metric) bool { return known.Key == m.Key }) {
			tongbao.Metrics = append(tongbao.Metrics, m.Metric)
		}
	}
	return nil
}

// Edition names the rules that facts are read by: their version, and a digest
// of the words added.
func Edition() string {
	additions.Lock()
	defer additions.Unlock()
	if additions.digest == "" {
		return fmt.Sprint(Version)
	}
	return fmt.Sprintf("%d with lexicon %s", Version, additions.digest)
}

// extended returns a list of the program with what has been added to it.
func extended(name string) string {
	additions.Lock()
	defer additions.Unlock()
	additions.used = true
	return lexicon.Extend(*wordLists[name].own, additions.lists[name])
}

// wordsByRole are the words of a list by the role beside them, each once: what
// somebody adds may repeat one.
func wordsByRole(name string) map[string][]string {
	roles, seen := map[string][]string{}, map[string]bool{}
	for line := range strings.Lines(extended(name)) {
		line = strings.TrimSpace(line)
		word, role, found := strings.Cut(line, "\t")
		if found && !strings.HasPrefix(line, "#") && !seen[line] {
			seen[line] = true
			roles[role] = append(roles[role], word)
		}
	}
	return roles
}

// lexiconsByRole are the same, each role to be looked for.
func lexiconsByRole(name string) map[string]*lexicon.Lexicon {
	roles := map[string]*lexicon.Lexicon{}
	for role, words := range wordsByRole(name) {
		roles[role] = lexiconOf(name, words)
	}
	return roles
}

// lexiconOf is a lexicon of some words of a list.
func lexiconOf(name string, words []string) *lexicon.Lexicon {
	return lexicon.Must(lexicon.Parse(name+".tsv", strings.Join(words, "\n"), 0))
}

// check reports what is wrong with words that are to be added to a list.
func check(file, name, list string) error {
	known, ok := wordLists[name]
	if !ok {
		names := []string{"metrics"}
		for name := range wordLists {
			names = append(names, name)
		}
		slices.Sort(names)
		return fmt.Errorf("%s: there is no such list; there are %s", file, strings.Join(names, ".txt, ")+".txt")
	}
	if name != "phrases" && name != "sanction_words" && name != "headlines" { // where a word may have several roles
		if _, err := lexicon.Parse(file, list, known.columns); err != nil {
			return err
		}
	}
	for i, line := range strings.Split(list, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		for _, column := range known.closed {
			if value := cell(line, column+1); !slices.Contains(values(*known.own, column+1), value) {
				return fmt.Errorf("%s:%d: column %d is %q; it can be %s", file, i+1, column+2, value, strings.Join(values(*known.own, column+1), ", "))
			}
		}
	}
	return nil
}

// values are those that a column of a list has, in order, "" last.
func values(list string, column int) []string {
	var all []string
	for line := range strings.Lines(list) {
		if line = strings.TrimRight(line, "\r\n"); line != "" && !strings.HasPrefix(line, "#") {
			all = append(all, cell(line, column))
		}
	}
	slices.SortFunc(all, func(a, b string) int {
		if a == "" || b == "" {
			return cmp.Compare(b, a)
		}
		return cmp.Compare(a, b)
	})
	return slices.Compact(all)
}

// cell is a column of a line, "" where the line ends before it.
func cell(line string, column int) string {
	cells := strings.Split(line, "\t")
	if column >= len(cells) {
		return ""
	}
	return cells[column]
}
