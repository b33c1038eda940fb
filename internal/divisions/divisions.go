// Package divisions knows China's administrative divisions at county level and
// above with their years: GB/T 2260 codes, parents, what became of those that
// have ended. Names are not unique (鼓楼区 stands in four cities), so a name is
// resolved only with a parent or where one division alone can be meant.
package divisions

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// A Division is a name under a code with the years in which the official lists
// have it.
type Division struct {
	Code  string
	Name  string
	From  int      // first year
	To    int      // last year; 0 = still there
	Nexts []string // codes of the successors of one that has ended
}

//go:embed table.tsv
var list string

// table is the list, parsed on first use.
type table struct {
	all    []Division
	byCode map[string][]int
	byName map[string][]int
}

var divisions = sync.OnceValue(func() *table {
	t := &table{byCode: map[string][]int{}, byName: map[string][]int{}}
	for line := range strings.Lines(list) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		for len(cells) < 5 {
			cells = append(cells, "")
		}
		d := Division{Code: cells[0], Name: cells[1]}
		d.From, _ = strconv.Atoi(cells[2])
		d.To, _ = strconv.Atoi(cells[3])
		if cells[4] != "" {
			d.Nexts = strings.Split(cells[4], ",")
		}
		t.byCode[d.Code] = append(t.byCode[d.Code], len(t.all))
		t.byName[d.Name] = append(t.byName[d.Name], len(t.all))
		t.all = append(t.all, d)
	}
	return t
})

// Stood reports whether the division stood in the year; any year where it is 0.
func (d Division) Stood(year int) bool {
	return year == 0 || d.From <= year && (d.To == 0 || year <= d.To)
}

// Level is 1 for a province, 2 for a prefecture, 3 for a county.
func (d Division) Level() int {
	switch {
	case strings.HasSuffix(d.Code, "0000"):
		return 1
	case strings.HasSuffix(d.Code, "00"):
		return 2
	}
	return 3
}

// Province returns the name of the province in that year (0: the latest).
func (d Division) Province(year int) string { return nameAt(d.Code[:2]+"0000", year) }

// City returns the name of the prefecture in that year, "" where there is none
// (districts of a municipality, counties directly under a province).
func (d Division) City(year int) string {
	if d.Level() == 1 {
		return ""
	}
	name := nameAt(d.Code[:4]+"00", year)
	if name == "市辖区" || name == "县" || strings.Contains(name, "直辖") {
		return ""
	}
	return name
}

// nameAt is the name that a code bore in the year, else its latest.
func nameAt(code string, year int) string {
	d, _ := ByCode(code, year)
	return d.Name
}

// ByCode returns the division that bore the code in the year; with 0, or where
// none did, the latest that bore it.
func ByCode(code string, year int) (Division, bool) {
	t := divisions()
	places := t.byCode[code]
	if len(places) == 0 {
		return Division{}, false
	}
	latest := t.all[places[0]]
	for _, i := range places {
		d := t.all[i]
		if year != 0 && d.Stood(year) {
			return d, true
		}
		if latest.To != 0 && (d.To == 0 || d.To > latest.To) {
			latest = d
		}
	}
	return latest, year == 0
}

// Find returns all divisions that ever bore the name, in order of code and
// year. A name without its ending (江干) finds those with one.
func Find(name string) []Division {
	t := divisions()
	var found []Division
	for _, ending := range []string{"", "区", "县", "市", "省", "自治区", "自治州", "地区", "盟", "旗", "自治县", "自治旗", "特区"} {
		for _, i := range t.byName[name+ending] {
			found = append(found, t.all[i])
		}
		if ending == "" && len(found) > 0 {
			break
		}
	}
	slices.SortStableFunc(found, func(a, b Division) int {
		if c := strings.Compare(a.Code, b.Code); c != 0 {
			return c
		}
		return a.From - b.From
	})
	return found
}

// Resolve returns the one division of that name that stood in the year (0: any)
// inside the parent, a city or province by name ("" where it is not known).
// Where several could be meant it returns false.
func Resolve(name, within string, year int) (Division, bool) {
	var only Division
	for _, d := range Find(name) {
		if !d.Stood(year) || within != "" && !d.inside(within, year) {
			continue
		}
		if only.Code != "" && only.Code != d.Code {
			return Division{}, false
		}
		only = d
	}
	return only, only.Code != ""
}

func (d Division) inside(parent string, year int) bool {
	for _, name := range []string{d.City(year), d.Province(year)} {
		if name != "" && (name == parent || strings.HasPrefix(name, parent)) {
			return true
		}
	}
	return false
}

// Successors returns what a division that has ended became, as it is now; two
// or more where it was split. A successor that has ended too is followed.
func Successors(d Division) []Division {
	var now []Division
	seen := map[string]bool{d.Code: true}
	for queue := d.Nexts; len(queue) > 0; queue = queue[1:] {
		next, ok := ByCode(queue[0], 0)
		if !ok || seen[next.Code] {
			continue
		}
		seen[next.Code] = true
		if next.To == 0 {
			now = append(now, next)
			continue
		}
		queue = append(queue, next.Nexts...)
	}
	return now
}
