// Generate writes the table of divisions. With a folder it builds the table
// from the lists in it (divisions.tsv, changes.tsv, current.tsv,
// successors.tsv); without one it takes the table as it stands. Either way
// corrections.tsv has the last word, and the table is checked before it is
// written.
//
//	go run ./internal/divisions/generate [-lists DIR] [-table FILE]
package main

import (
	_ "embed"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

//go:embed corrections.tsv
var corrections string

// lastListed is the last year of the yearly lists; what the list of
// divisions.tsv has without an end stood at its end.
const lastListed = 2022

const header = `# China's administrative divisions at county level and above: GB/T 2260 code, name, first and last year in the
# official yearly lists (last empty: still there), codes of the successors, and where each successor was read.
# l: changes between the yearly lists; m: table of retired codes; n: same name in the next year's list under
# another code; c: same code, next name; h: corrections.tsv. A successor's code is that of the year after the end.
# Sources: lizy14/division-changes, commit feb009d (years 1984-2022, changes; after the lists of the Ministry of
# Civil Affairs), Copyright (c) 2018 Zhaoyang Li, MIT; mumuy/data_location, commit a40c560 (divisions of April 2026,
# retired codes), Copyright (c) 2024 Haole Zheng, MIT; the permission notice is in NOTICE. Made 2026-11-23 by
# ./generate; correct an entry in generate/corrections.tsv, not here.
`

func main() {
	lists := flag.String("lists", "", "folder of the lists; without it the table is corrected as it stands")
	file := flag.String("table", "internal/divisions/table.tsv", "the table to write")
	flag.Parse()
	if err := run(*lists, *file); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(lists, file string) error {
	t := &table{}
	var err error
	if lists == "" {
		err = t.readTable(file)
	} else {
		err = t.readLists(lists)
	}
	if err != nil {
		return err
	}
	if err := t.correct(corrections); err != nil {
		return err
	}
	if lists != "" {
		t.succeed()
		if err := os.WriteFile(filepath.Join(filepath.Dir(file), "generate", "disagreements.tsv"), []byte(t.notes()), 0o644); err != nil {
			return fmt.Errorf("write the list of disagreements: %w", err)
		}
	}
	if err := os.WriteFile(file, []byte(t.String()), 0o644); err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	return nil
}

// A row is a name under a code with its years.
type row struct {
	code, name string
	from, to   int // to 0: still there
	next       []string
	via        string // where next was read, a letter a code
	fixed      bool   // corrections.tsv has said what follows, or that nothing does
}

type table struct {
	rows     []*row
	changes  map[string][]string // code and year → codes, after the yearly lists
	retired  map[string][]string // code and name → current codes
	current  map[string]string   // code → name
	disputes []string
}

// readTSV calls each with the cells of every line but the header and comments.
func readTSV(file, text string, cells int, each func(c []string) error) error {
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimRight(line, "\r")
		if line == "" || strings.HasPrefix(line, "#") || i == 0 && strings.Contains(line, "code\tname") || i == 0 && strings.HasPrefix(line, "year\t") {
			continue
		}
		c := strings.Split(line, "\t")
		if len(c) > cells {
			return fmt.Errorf("%s:%d: %d cells, at most %d are known", file, i+1, len(c), cells)
		}
		for len(c) < cells {
			c = append(c, "")
		}
		if err := each(c); err != nil {
			return fmt.Errorf("%s:%d: %w", file, i+1, err)
		}
	}
	return nil
}

func readFile(file string, cells int, each func(c []string) error) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("read the list: %w", err)
	}
	return readTSV(file, string(text), cells, each)
}

func year(cell string) (int, error) {
	if cell == "" {
		return 0, nil
	}
	y, err := strconv.Atoi(cell)
	if err != nil || len(cell) != 4 {
		return 0, fmt.Errorf("%q is no year", cell)
	}
	return y, nil
}

func newRow(code, name, from, to string) (*row, error) {
	r := &row{code: code, name: name}
	var err error
	if r.from, err = year(from); err != nil {
		return nil, err
	}
	r.to, err = year(to)
	return r, err
}

func codes(cell string) []string {
	return strings.FieldsFunc(cell, func(r rune) bool { return r == ',' })
}

func (t *table) readTable(file string) error {
	return readFile(file, 6, func(c []string) error {
		r, err := newRow(c[0], c[1], c[2], c[3])
		if err != nil {
			return err
		}
		r.next, r.via = codes(c[4]), c[5]
		t.rows = append(t.rows, r)
		return nil
	})
}

// readLists reads the four lists. Of the current one only what the official
// code list knows is taken: districts of Hong Kong, Macao and Taiwan have codes
// of that project's own making there.
func (t *table) readLists(folder string) error {
	t.changes, t.retired, t.current = map[string][]string{}, map[string][]string{}, map[string]string{}
	err := readFile(filepath.Join(folder, "divisions.tsv"), 4, func(c []string) error {
		r, err := newRow(c[0], c[1], c[2], c[3])
		t.rows = append(t.rows, r)
		return err
	})
	if err != nil {
		return err
	}
	if err := readFile(filepath.Join(folder, "changes.tsv"), 4, func(c []string) error {
		key := c[1] + " " + c[0]
		t.changes[key] = append(t.changes[key], c[2])
		return nil
	}); err != nil {
		return err
	}
	if err := readFile(filepath.Join(folder, "successors.tsv"), 3, func(c []string) error {
		t.retired[c[0]+" "+c[1]] = codes(c[2])
		return nil
	}); err != nil {
		return err
	}
	return readFile(filepath.Join(folder, "current.tsv"), 2, func(c []string) error {
		if c[0] < "810000" {
			t.current[c[0]] = c[1]
		}
		return nil
	})
}

// correct applies corrections.tsv.
func (t *table) correct(list string) error {
	return readTSV("corrections.tsv", list, 7, func(c []string) error {
		if c[0] == "drop" {
			t.rows = slices.DeleteFunc(t.rows, func(r *row) bool { return r.code == c[1] && r.name == c[2] })
			return nil
		}
		if c[0] != "set" {
			return fmt.Errorf("%q is neither set nor drop", c[0])
		}
		r, err := newRow(c[1], c[2], c[3], c[4])
		if err != nil {
			return err
		}
		same := func(o *row) bool { return o.code == r.code && o.name == r.name && o.from == r.from }
		if i := slices.IndexFunc(t.rows, same); i >= 0 && c[5] == "" {
			r.next, r.via = t.rows[i].next, t.rows[i].via
		}
		t.rows = slices.DeleteFunc(t.rows, same)
		if c[5] != "" {
			r.fixed = true
			r.next = codes(strings.TrimPrefix(c[5], "-"))
			r.via = strings.Repeat("h", len(r.next))
		}
		t.rows = append(t.rows, r)
		return nil
	})
}

func (t *table) String() string {
	slices.SortFunc(t.rows, func(a, b *row) int {
		if c := strings.Compare(a.code, b.code); c != 0 {
			return c
		}
		return a.from - b.from
	})
	var out strings.Builder
	out.WriteString(header)
	for _, r := range t.rows {
		to := ""
		if r.to != 0 {
			to = strconv.Itoa(r.to)
		}
		line := strings.Join([]string{r.code, r.name, strconv.Itoa(r.from), to, strings.Join(r.next, ","), r.via}, "\t")
		out.WriteString(strings.TrimRight(line, "\t") + "\n")
	}
	return out.String()
}
