package main

import (
	"fmt"
	"slices"
	"strings"
)

// succeed finds for every row that has ended what followed it, and notes where
// the lists disagree. Later ends come first, so that a successor's own end is
// known when it is followed.
func (t *table) succeed() {
	byCode := map[string][]*row{}
	slices.SortFunc(t.rows, func(a, b *row) int { return a.from - b.from })
	for _, r := range t.rows {
		byCode[r.code] = append(byCode[r.code], r)
	}
	s := succession{table: t, byCode: byCode, final: map[*row][]string{}}
	ended := slices.Clone(t.rows)
	slices.SortStableFunc(ended, func(a, b *row) int { return b.to - a.to })
	for _, r := range ended {
		if r.to != 0 {
			s.follow(r)
		}
	}
	slices.Sort(t.disputes)
	for _, r := range t.rows {
		if name, ok := t.current[r.code]; r.to == 0 && (!ok || name != r.name) && r.code < "710000" {
			t.disputes = append(t.disputes, fmt.Sprintf("%s\t%s\t\t\tstands after %d but not in the list of April 2026", r.code, r.name, lastListed))
		}
	}
}

func (t *table) notes() string {
	return "# Where the lists differ on what a division became: both readings stand in table.tsv. Current codes, after all later changes.\n" +
		"# code\tname\tby the yearly lists\tby the table of retired codes\tremark\n" + strings.Join(t.disputes, "\n") + "\n"
}

type succession struct {
	*table
	byCode map[string][]*row
	final  map[*row][]string // current codes of what it became
}

// at is the row that the code stood for in the year, else the next one later.
func (s succession) at(code string, year int) *row {
	for _, r := range s.byCode[code] {
		if r.to == 0 || r.to >= year {
			return r
		}
	}
	return nil
}

// end returns the current codes that the codes of that year lead to.
func (s succession) end(next []string, year int) []string {
	var found []string
	for _, code := range next {
		r := s.at(code, year)
		switch {
		case r == nil:
		case r.to == 0:
			found = append(found, r.code)
		default:
			found = append(found, s.final[r]...)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func (s succession) follow(r *row) {
	year := r.to + 1
	if r.fixed {
		s.final[r] = s.end(r.next, year)
		return
	}
	var retired []string // a code that no division bears now says nothing
	for _, code := range s.retired[r.code+" "+r.name] {
		if o := s.at(code, lastListed+4); o != nil && o != r {
			retired = append(retired, code)
		}
	}
	agrees := func(next []string) bool { // the table of retired codes may name the prefecture alone
		return len(retired) == 0 || slices.ContainsFunc(s.end(next, year), func(c string) bool {
			return slices.Contains(retired, c) || slices.Contains(retired, c[:4]+"00")
		})
	}
	for _, step := range []struct {
		via  string
		next []string
	}{{"l", s.changed(r, year)}, {"n", s.renumbered(r, year, agrees)}, {"c", s.renamed(r, year)}} {
		if len(step.next) > 0 && (step.via == "l" || agrees(step.next)) {
			r.next, r.via = step.next, strings.Repeat(step.via, len(step.next))
			break
		}
	}
	s.dispute(r, retired, year)
	s.final[r] = s.end(r.next, year)
}

// dispute adds what only the table of retired codes says.
func (s succession) dispute(r *row, retired []string, year int) {
	read := s.end(r.next, year)
	differ := len(r.next) > 0 && len(retired) > 0 && slices.Compare(read, slices.Sorted(slices.Values(retired))) != 0
	var odd []string
	for _, code := range retired {
		if slices.Contains(read, code) {
			continue
		}
		if slices.ContainsFunc(read, func(c string) bool {
			return level(code) < level(c) && strings.HasPrefix(c, strings.TrimRight(code, "0"))
		}) {
			continue // the prefecture of what is known already
		}
		if !slices.Contains(s.end([]string{code}, year), code) {
			odd = append(odd, code) // the code stood for another division then
			continue
		}
		r.next, r.via = append(r.next, code), r.via+"m"
	}
	remark := ""
	if len(odd) > 0 {
		remark = "left out, the code does not lead there: " + strings.Join(odd, ",")
	}
	if differ || remark != "" {
		s.disputes = append(s.disputes, strings.Join([]string{r.code, r.name, strings.Join(read, ","), strings.Join(retired, ","), remark}, "\t"))
	}
}

// changed is what the yearly lists' changes say of the year.
func (s succession) changed(r *row, year int) []string {
	var next []string
	for _, code := range s.changes[fmt.Sprint(r.code, " ", year)] {
		if o := s.at(code, year); o != nil && o.from <= year && o != r && !slices.Contains(next, code) {
			next = append(next, code)
		}
	}
	return next
}

// renumbered is the division that takes up the name in the year under another
// code, else the name with another ending at the same level: in the same
// prefecture, else in the province. Short names (郊区) stand for a part of many
// a city and are looked for in the prefecture alone.
func (s succession) renumbered(r *row, year int, agrees func([]string) bool) []string {
	distinct := len(stem(r.name)) >= len("乌苏")
	for _, same := range []func(o *row) bool{
		func(o *row) bool { return o.name == r.name && level(o.code) == level(r.code) },
		func(o *row) bool { return distinct && stem(o.name) == stem(r.name) && level(o.code) == level(r.code) },
		func(o *row) bool { return o.name == r.name },
	} {
		for _, width := range []int{4, 2, 0} {
			if width < 4 && !distinct {
				break
			}
			var found []string
			for _, o := range s.rows {
				if o.from == year && o.code != r.code && same(o) && near(o.code, r.code, width) && agrees([]string{o.code}) && !slices.Contains(found, o.code) {
					found = append(found, o.code)
				}
			}
			if len(found) == 1 {
				return found
			}
			if len(found) > 1 {
				break
			}
		}
	}
	return nil
}

// near says whether two codes share their first digits; with no width, whether
// one lies in the province that was made out of the other's.
func near(a, b string, width int) bool {
	if width > 0 {
		return a[:width] == b[:width]
	}
	return b[:2] == "44" && a[:2] == "46" || b[:2] == "51" && a[:2] == "50"
}

// renamed is the next name under the same code, unless the old name lives on.
func (s succession) renamed(r *row, year int) []string {
	o := s.at(r.code, year)
	if o == nil || o == r || o.from != year && o.name != r.name {
		return nil
	}
	return []string{r.code}
}

// level is 1 for a province, 2 for a prefecture, 3 for a county.
func level(code string) int {
	switch {
	case strings.HasSuffix(code, "0000"):
		return 1
	case strings.HasSuffix(code, "00"):
		return 2
	}
	return 3
}

func stem(name string) string {
	for _, ending := range []string{"自治县", "自治州", "自治区", "自治旗", "地区", "特区", "新区", "区", "县", "市", "旗", "盟", "省"} {
		if rest, ok := strings.CutSuffix(name, ending); ok {
			return rest
		}
	}
	return name
}
