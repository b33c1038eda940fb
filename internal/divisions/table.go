package divisions

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed table.tsv
var list string

// rowsExpected and namesExpected size the table's memory once.
const (
	rowsExpected  = 6400
	namesExpected = 4600
)

// table is the list in the order of code and year. Rows of one name are
// chained: the map has the first, alike the next of each.
type table struct {
	rows  []Division
	first map[string]int32
	alike []int32              // index of the next row of the same name, -1 at the last
	heads [1 << 16 / 64]uint64 // a bit for the first two characters of each name
}

// head is the bit of the two Han characters that a text begins with; false where
// it begins otherwise.
func head(text string) (bit uint32, ok bool) {
	if len(text) < 6 || text[0]>>4 != 0xE || text[3]>>4 != 0xE {
		return 0, false
	}
	second, fourth := uint32(text[1]&63)<<6|uint32(text[2]&63), uint32(text[4]&63)<<6|uint32(text[5]&63)
	return (second*31 + fourth) % (1 << 16), true
}

// begins reports whether a name may begin with the two characters that a text
// begins with: of most texts it tells at once that no division does.
func (t *table) begins(text string) bool {
	bit, ok := head(text)
	return !ok || t.heads[bit/64]>>(bit%64)&1 == 1
}

// load parses the embedded list on first use. A test reads the list with the
// same parser, so an error here cannot reach a user; what was parsed stands.
var load = sync.OnceValue(func() *table {
	t, _ := parse("table.tsv", list)
	return t
})

// parse reads the lines code, name, first year, last year, successors, origin
// of the successors; the last three may be missing. Errors name file and line.
func parse(file, text string) (*table, error) {
	t := &table{rows: make([]Division, 0, rowsExpected), first: make(map[string]int32, namesExpected)}
	for number := 1; text != ""; number++ {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		d, err := parseLine(line)
		if err != nil {
			return t, fmt.Errorf("%s:%d: %w", file, number, err)
		}
		t.rows = append(t.rows, d)
		if bit, ok := head(d.Name); ok {
			t.heads[bit/64] |= 1 << (bit % 64)
		}
	}
	t.alike = make([]int32, len(t.rows))
	for i := len(t.rows) - 1; i >= 0; i-- {
		t.alike[i] = -1
		if next, ok := t.first[t.rows[i].Name]; ok {
			t.alike[i] = next
		}
		t.first[t.rows[i].Name] = int32(i)
	}
	return t, nil
}

func parseLine(line string) (d Division, err error) {
	var from, to string
	d.Code, line, _ = strings.Cut(line, "\t")
	d.Name, line, _ = strings.Cut(line, "\t")
	from, line, _ = strings.Cut(line, "\t")
	to, line, _ = strings.Cut(line, "\t")
	d.next, _, _ = strings.Cut(line, "\t")
	if len(d.Code) != 6 || d.Name == "" {
		return d, fmt.Errorf("%q %q is no code of six digits with a name", d.Code, d.Name)
	}
	if d.From, err = strconv.Atoi(from); err != nil {
		return d, fmt.Errorf("first year of %s: %w", d.Name, err)
	}
	if to == "" {
		return d, nil
	}
	if d.To, err = strconv.Atoi(to); err != nil {
		return d, fmt.Errorf("last year of %s: %w", d.Name, err)
	}
	return d, nil
}

// named returns the rows of that very name.
func (t *table) named(name string) []Division {
	i, ok := t.first[name]
	if !ok {
		return nil
	}
	var found []Division
	for ; i >= 0; i = t.alike[i] {
		found = append(found, t.rows[i])
	}
	return found
}

// coded returns the rows of that code by year; the caller must not write to it.
func (t *table) coded(code string) []Division {
	start, _ := slices.BinarySearchFunc(t.rows, code, func(d Division, code string) int { return strings.Compare(d.Code, code) })
	end := start
	for end < len(t.rows) && t.rows[end].Code == code {
		end++
	}
	return t.rows[start:end:end]
}

// at returns the division that bore the code in the year, else the first later.
func (t *table) at(code string, year int) (Division, bool) {
	for _, d := range t.coded(code) {
		if d.To == 0 || d.To >= year {
			return d, true
		}
	}
	return Division{}, false
}
