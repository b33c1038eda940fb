package divisions

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
)

func TestResolve(t *testing.T) {
	for _, c := range []struct {
		name, within string
		year         int
		want         string // code, "" for not resolved
	}{
		{"鼓楼区", "", 2020, ""},
		{"鼓楼区", "南京市", 2020, "320106"},
		{"鼓楼区", "徐州", 2020, "320302"},
		{"鼓楼区", "河南省", 2020, "410204"},
		{"鼓楼区", "福建省福州市", 2020, "350102"},
		{"鼓楼区", "福建", 2020, "350102"},
		{"鼓楼区", "江苏省", 2020, ""}, // 南京 and 徐州
		{"鼓楼区", "杭州市", 2020, ""},
		{"鼓楼", "福州", 2020, "350102"},
		{"江干", "杭州", 2020, "330104"},
		{"江干区", "", 0, "330104"},
		{"江干区", "", 2021, "330104"}, // ended in its course
		{"江干区", "", 2022, ""},
		{"萧山市", "", 0, "330181"}, // 339005 passed into it
		{"萧山市", "", 1990, "339005"},
		{"萧山区", "杭州市", 2020, "330109"},
		{"萧山", "", 2000, "330181"},
		{"萧山", "", 2001, "330109"},
		{"静安区", "上海市", 2014, "310106"},
		{"闸北区", "上海", 2014, "310108"},
		{"闸北区", "上海", 2016, ""},
		{"重庆市", "", 1996, "510200"},
		{"重庆市", "四川省", 1996, "510200"},
		{"重庆市", "", 1997, "500000"},
		{"重庆", "", 0, "500000"},
		{"海南省", "", 1988, "460000"},
		{"海南省", "", 1987, ""},
		{"海口市", "广东省", 1987, "441000"},
		{"海口市", "海南省", 1990, "460100"},
		{"仙桃市", "湖北省", 2020, "429004"},
		{"恩施州", "湖北", 2020, "422800"},
		{"雄安新区", "河北省", 2020, ""},
		{"江北区", "", 2020, ""}, // 宁波 and 重庆
		{"江北区", "重庆市", 2020, "500105"},
		{"江北区", "重庆市", 0, "500105"}, // 510211 passed into it
		{"望江区", "", 0, ""},
		{"望江县", "安庆市", 2020, "340827"},
		{"", "", 0, ""},
	} {
		d, ok := Resolve(c.name, c.within, c.year)
		if ok != (c.want != "") || ok && d.Code != c.want {
			t.Errorf("Resolve(%q, %q, %d) = %s %s, %v; want %q", c.name, c.within, c.year, d.Code, d.Name, ok, c.want)
		}
	}
}

func TestFind(t *testing.T) {
	for name, want := range map[string]string{
		"江干区":    "330104",
		"江干":     "330104",
		"杭州":     "330100",
		"雄安新区":   "",
		"内蒙古":    "150000",
		"广西":     "450000",
		"凉山州":    "513400",
		"双江":     "530925 533526 533526",
		"东乡县":    "361029 362531",
		"东乡族自治县": "622926",
		"萧山":     "330109 330121 330181 339005",
		"区":      "",
	} {
		var got []string
		for _, d := range Find(name) {
			got = append(got, d.Code)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("Find(%q) = %v, want %s", name, got, want)
		}
	}
}

func TestProvinceOf(t *testing.T) {
	for _, c := range []struct {
		city string
		year int
		want string
	}{
		{"杭州市", 2020, "浙江省"}, {"杭州", 0, "浙江省"}, {"吉林市", 2020, "吉林省"}, {"重庆市", 1990, "四川省"},
		{"江干区", 2020, ""}, {"澄州市", 2020, ""}, {"襄樊市", 0, "湖北省"}, {"北京市", 2020, ""},
	} {
		got, ok := ProvinceOf(c.city, c.year)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("ProvinceOf(%q, %d) = %q, %v; want %q", c.city, c.year, got, ok, c.want)
		}
	}
}

func TestByCode(t *testing.T) {
	for _, c := range []struct {
		code string
		year int
		name string
		ok   bool
	}{
		{"330104", 2020, "江干区", true}, {"330104", 2021, "江干区", true}, {"330104", 2022, "江干区", false}, {"330104", 0, "江干区", true},
		{"420600", 2009, "襄樊市", true}, {"420600", 2010, "襄阳市", true}, {"420600", 0, "襄阳市", true},
		{"460000", 1987, "海南省", false}, {"133100", 0, "", false}, {"", 0, "", false}, {"110100", 2020, "", false},
	} {
		d, ok := ByCode(c.code, c.year)
		if d.Name != c.name || ok != c.ok {
			t.Errorf("ByCode(%q, %d) = %s, %v; want %s, %v", c.code, c.year, d.Name, ok, c.name, c.ok)
		}
	}
}

func TestParentsOfTheTime(t *testing.T) {
	for _, c := range []struct {
		code           string
		year           int
		province, city string
	}{
		{"420607", 2005, "湖北省", "襄樊市"},
		{"460001", 2001, "海南省", ""},
		{"330104", 2026, "浙江省", "杭州市"}, // drawn to 2020
		{"420602", 2020, "湖北省", "襄阳市"},
		{"510202", 1995, "四川省", "重庆市"},
		{"500103", 2020, "重庆市", ""},
		{"429004", 2020, "湖北省", ""},
		{"330100", 2020, "浙江省", "杭州市"},
		{"330000", 2020, "浙江省", ""},
	} {
		d, _ := ByCode(c.code, c.year)
		if p, city := d.Province(c.year), d.City(c.year); p != c.province || city != c.city {
			t.Errorf("%s in %d lies in %q %q, want %q %q", c.code, c.year, p, city, c.province, c.city)
		}
	}
}

// TestTable checks every line: form, order, years, successors, parents. An
// error names file and line.
func TestTable(t *testing.T) {
	parsed, err := parse("table.tsv", list)
	if err != nil {
		t.Fatal(err)
	}
	if len(parsed.rows) < 6000 || len(parsed.rows) > rowsExpected || len(parsed.first) > namesExpected {
		t.Errorf("%d rows of %d names: not the table, or its expected sizes in table.go are too small", len(parsed.rows), len(parsed.first))
	}
	row := -1
	for i, line := range strings.Split(list, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		row++
		for _, wrong := range faults(parsed, row, line) {
			t.Errorf("table.tsv:%d: %s", i+1, wrong)
		}
	}
}

func faults(t *table, row int, line string) (wrong []string) {
	d := t.rows[row]
	complain := func(format string, words ...any) {
		wrong = append(wrong, d.Code+" "+d.Name+": "+fmt.Sprintf(format, words...))
	}
	cells := strings.Split(line, "\t")
	if strings.Trim(d.Code, "0123456789") != "" {
		complain("the code is not of digits")
	}
	last := []rune(d.Name)[len([]rune(d.Name))-1]
	if !strings.ContainsRune(endings+"镇", last) || strings.ContainsFunc(d.Name, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) {
		complain("the name is not Han with a known ending")
	}
	if d.From < 1984 || d.From > 2030 || d.To != 0 && d.To < d.From || d.To > 2030 {
		complain("the years %d to %d", d.From, d.To)
	}
	if row > 0 {
		if before := t.rows[row-1]; before.Code > d.Code || before.Code == d.Code && (before.To == 0 || before.To >= d.From) {
			complain("not after %s %s %d-%d, or in the same years", before.Code, before.Name, before.From, before.To)
		}
	}
	if len(t.coded(d.Code[:2]+"0000")) == 0 {
		complain("no province has the code %s0000", d.Code[:2])
	}
	next := strings.FieldsFunc(d.next, func(r rune) bool { return r == ',' })
	if d.To == 0 && len(next) > 0 {
		complain("still stands and has successors")
	}
	origins := ""
	if len(cells) > 5 {
		origins = cells[5]
	}
	if len(cells) > 6 || len(origins) != len(next) || strings.Trim(origins, "lmnch") != "" {
		complain("%d successors with the origins %q", len(next), origins)
	}
	for i, code := range next {
		if s, ok := t.at(code, d.To+1); !ok || s == d {
			complain("nobody bears its successor's code %s from %d on", code, d.To+1)
		}
		if slices.Contains(next[:i], code) {
			complain("the successor %s twice", code)
		}
	}
	return wrong
}

func TestParseNamesTheLine(t *testing.T) {
	for text, want := range map[string]string{
		"# head\n3301\t杭州市\t1984\n":             "x.tsv:2:",
		"330100\t杭州市\t1984\n330104\t\t1984\n":   "x.tsv:2:",
		"330100\t杭州市\t\n":                       "x.tsv:1:",
		"330100\t杭州市\t1984\tnow\n":              "x.tsv:1:",
		"330100\t杭州市\t1984\n\n330102\t上城区\tx\n": "x.tsv:3:",
	} {
		if _, err := parse("x.tsv", text); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: error %v, want it to begin with %s", text, err, want)
		}
	}
}

func TestWords(t *testing.T) {
	g, err := parseWords("words.tsv", wordList)
	if err != nil {
		t.Fatal(err)
	}
	if len(g.peoples) < 40 || len(g.tails) < 20 || len(g.whole) < 20 || g.never == "" || len(g.runs) < 3 || len(g.seats) < 5 {
		t.Errorf("a kind of words.tsv is missing or short: %d peoples, %d tails, %d whole", len(g.peoples), len(g.tails), len(g.whole))
	}
	for _, bad := range []string{"people\n", "people\tx y\n", "tribe\t壮族\n"} {
		if _, err := parseWords("w.tsv", "# head\n"+bad); err == nil || !strings.HasPrefix(err.Error(), "w.tsv:2:") {
			t.Errorf("%q: error %v, want it to name line 2", bad, err)
		}
	}
}
