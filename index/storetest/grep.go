package storetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tongbao"
	"tongbao/index"
)

// testGrep draws strings out of the notices and compares what a search finds
// with what a plain look at every text finds.
func testGrep(t *testing.T, s *suite) {
	readings := Readings(60, 250)
	for i := range readings[:5] { // letters in both cases, characters beyond the basic plane
		n := readings[i].Notice
		n.Text = strings.Replace(n.Text, "整改", "整改APP𠮷ｘ", 1)
		n.ID = tongbao.IDOf(n.Text)
		readings[i].Words, readings[i].Facts, readings[i].Findings, n.Metrics = Cut(n.Text), nil, nil, nil
	}
	s.put(t, Records(readings[:50])...)
	s.settle(t, s.store)
	s.put(t, Records(readings)[50:]...) // these are not in the index yet
	random := rand.New(rand.NewPCG(3, 4))
	texts := plainTexts(readings)
	draws := 2000
	if testing.Short() {
		draws = 100
	}
	for range draws {
		needle := drawn(random, readings)
		if needle == "" {
			continue
		}
		exact := s.ids(t, `"`+needle+`"`)
		if want := grep(texts, plain(needle)); !slices.Equal(exact, want) {
			t.Fatalf("%q: search finds %d notices, grep %d", needle, len(exact), len(want))
		}
		word := strings.Join(strings.FieldsFunc(needle, func(r rune) bool { return !index.IsLetter(r) }), "")
		if word == "" || word == "OR" || word == "AND" || !strings.Contains(needle, word) {
			continue
		}
		if loose := s.ids(t, word); !containsAll(loose, grep(texts, plain(word))) {
			t.Fatalf("%s, not quoted: search does not find all that grep does", word)
		}
	}
}

// plainTexts folds by a table of its own, so that a mistake of index.Fold shows.
func plainTexts(readings []tongbao.Reading) map[string]string {
	texts := map[string]string{}
	for _, r := range readings {
		texts[r.Notice.ID] = plain(r.Notice.Title + "\x00" + r.Notice.Text)
	}
	return texts
}

func plain(s string) string {
	var pairs []string
	for c := '!'; c <= '~'; c++ {
		pairs = append(pairs, string(c-'!'+'！'), string(c))
	}
	return strings.NewReplacer(append(pairs, "“", `"`, "”", `"`, "‘", "'", "’", "'", "。", ".", "\u3000", " ", "〔", "[", "〕", "]")...).Replace(s)
}

func grep(texts map[string]string, needle string) []string {
	var ids []string
	for id, text := range texts {
		if strings.Contains(text, needle) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// drawn returns a string of one to twelve characters out of a title or a text,
// some of its characters in the other width; without quotation marks, which
// would end it.
func drawn(random *rand.Rand, readings []tongbao.Reading) string {
	n := readings[random.IntN(len(readings))].Notice
	from := []rune(n.Text)
	if random.IntN(8) == 0 {
		from = []rune(n.Title)
	}
	start := random.IntN(len(from))
	runes := slices.Clone(from[start:min(len(from), start+1+random.IntN(12))])
	for i, r := range runes {
		switch {
		case strings.ContainsRune("“”\"＂\n", r):
			return ""
		case r > '!' && r <= '~' && random.IntN(3) == 0:
			runes[i] = r - '!' + '！'
		case r > '！' && r <= '～' && random.IntN(3) == 0:
			runes[i] = r - '！' + '!'
		case r == '。' && random.IntN(3) == 0:
			runes[i] = '.'
		}
	}
	return strings.TrimSpace(string(runes))
}

func containsAll(all, some []string) bool {
	for _, one := range some {
		if _, ok := slices.BinarySearch(all, one); !ok {
			return false
		}
	}
	return true
}

// testFields compares queries of every form with a look at every reading.
func testFields(t *testing.T, s *suite) {
	readings := Readings(90, 60)
	s.put(t, Records(readings[:80])...)
	s.settle(t, s.store)
	s.put(t, Records(readings)[80:]...)
	for query, some := range map[string]bool{
		"title:通报 body:立案": true, "title:立案": false, "title:通": true, "body:巡视，整改": true, "title:通报（3）": true, `title:"通报（１）"`: true,
		"issuer:白鹿县": true, "institution:江干区纪委": true, "institution:中国共产党": true, "team:第三": true,
		"district:江干区": true, "district:江干": true, "district:330104": true, "district:原杭州市江干区": true, "district:杭州市江干区": true, "district:干区": false,
		"province:浙江": true, "province:浙江省": true, "province:33": true, "province:广东": false,
		"round:浙江省委-14-11": true, "round:十四届省委第十一轮": true, "round:省委第11轮巡视": true, "round:第14届浙江省委第十一轮": true,
		"round:十四届": true, "round:浙江省委十四届第九轮": true, "round:第九轮": true, "round:十五届省委第十一轮": false, "round:福建省委第十一轮": false,
		"genre:feedback": true, "genre:case": false, "year:2021": true, "year:２０２１": true, "year:1999": false,
		"published:2021": true, "published:2021-04": true, "published:2021-01..2021-12": true, "published:..2019": true,
		"published:2022-03-15..": true, "published:2021-04-04..2021-04-10": true, "published:1999": false,
		"立案 OR 诫勉": true, "(立案 OR 诫勉) -谈话": true, "-立案": true, "-(立案 OR 吃喝)": true, "立案 -genre:feedback": true,
		`-"批评教育" district:云台区`: true, "（立案 OR 诫勉） year：2021": true, "党纪处分立案": true, "２０２１年 3.5%": true,
		"party_sanctions>=200": true, "party_sanctions<10 OR party_sanctions=11": true, "-party_sanctions>50": true, "money_recovered>1000000000": true,
		"App": true, "app": true, `"App"`: true, `"app"`: false, "APP 5g": true, "的": true, "，": true, `"()"`: false,
	} {
		q, err := index.ParseQuery(query, Cut)
		if err != nil {
			t.Error(err)
			continue
		}
		got, want := s.ids(t, query), scan(q, readings)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %d notices, a look at them all finds %d", query, len(got), len(want))
		}
		if (len(want) > 0) != some || len(want) == len(readings) && strings.Contains(query, "-") {
			t.Errorf("%s: %d of %d notices", query, len(want), len(readings))
		}
	}
}

func testCompare(t *testing.T, s *suite) {
	put := func(i int, district, code string, round int, metrics map[string]string) string {
		text := fmt.Sprintf("第%d号", i)
		n := &tongbao.Notice{Text: text, ID: tongbao.IDOf(text), Metrics: metrics, Genre: tongbao.Rectification, Published: fmt.Sprintf("20%d-01-01", 18+round),
			Inspected: &tongbao.InspectedBody{Name: district, District: district, Code: code, City: "杭州市", Province: "浙江省"},
			Round:     &tongbao.Round{ID: fmt.Sprintf("浙江省委-14-%d", round), Authority: "浙江省委", Congress: 14, Number: round}}
		r := tongbao.Reading{Notice: n}
		for key := range metrics {
			r.Facts = append(r.Facts, tongbao.Fact{ID: "f" + n.ID + key, Kind: tongbao.Count, Metric: key, Span: tongbao.Span{End: 3}, Quote: "第"})
		}
		s.put(t, Record(text, &r))
		return n.ID
	}
	first := put(1, "西湖区", "330106", 9, map[string]string{"money_recovered": "1000000000000.01", "leads_received": "9", "leads_closed": "8", "leads_close_rate": "88.8"})
	second := put(2, "西湖区", "330106", 11, map[string]string{"money_recovered": "0.02", "leads_received": "3", "leads_closed": "3", "leads_close_rate": "100"})
	put(3, "江干区", "330104", 9, map[string]string{"party_sanctions": "0"})
	put(4, "无码区", "", 9, nil)

	table, err := index.Compare(context.Background(), s.store, index.Comparison{By: index.ByDistrict})
	if err != nil {
		t.Fatal(err)
	}
	var columns []string
	for _, c := range table.Columns {
		columns = append(columns, c.Key)
	}
	if want := []string{"leads_received", "leads_closed", "leads_close_rate", "party_sanctions", "money_recovered"}; !slices.Equal(columns, want) {
		t.Fatalf("columns %v", columns)
	}
	want := [][]string{{"330104", "", "", "", "0", ""}, {"330106", "12", "11", "91.67", "", "1000000000000.03"}, {"杭州市无码区", "", "", "", "", ""}}
	if got := cells(table); !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("by district: %q", got)
	}
	rate := table.Rows[1].Cells[2]
	if !rate.Computed || len(rate.Notices) != 2 || !slices.Contains(rate.Facts, "f"+first+"leads_close_rate") || !slices.Contains(table.Rows[1].Notices, second) {
		t.Errorf("rate: %+v of %v", rate, table.Rows[1].Notices)
	}

	side, err := index.Compare(context.Background(), s.store, index.Comparison{By: index.ByDistrict, Metrics: []string{"leads_close_rate"}, Rounds: []string{"十四届省委第十一轮", "浙江省委-14-9"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(side.Columns) != 2 || side.Columns[0].Key != "leads_close_rate@浙江省委-14-9" || side.Columns[1].Round != "浙江省委-14-11" {
		t.Errorf("side by side: %+v", side.Columns)
	}
	if got := cells(side); !slices.EqualFunc(got, [][]string{{"330104", "", ""}, {"330106", "88.8", "100"}, {"杭州市无码区", "", ""}}, slices.Equal) {
		t.Errorf("side by side: %q", got)
	}
	for by, want := range map[string]string{index.ByRound: "浙江省委-14-9 浙江省委-14-11", index.ByYear: "2027 2029", index.ByIssuer: ""} {
		table, err := index.Compare(context.Background(), s.store, index.Comparison{By: by, Metrics: []string{"problems"}})
		var keys []string
		for _, r := range table.Rows {
			keys = append(keys, r.Key)
		}
		if err != nil || strings.Join(keys, " ") != want || by == index.ByIssuer && len(table.Left) != 4 {
			t.Errorf("by %s: %v, %v left, %v", by, keys, table.Left, err)
		}
	}
	for _, wrong := range []index.Comparison{{By: "street"}, {By: index.ByYear, Metrics: []string{"luck"}}, {By: index.ByYear, Across: "team"}} {
		if _, err := index.Compare(context.Background(), s.store, wrong); err == nil {
			t.Errorf("%+v was taken", wrong)
		}
	}
}

func cells(table index.Table) [][]string {
	var all [][]string
	for _, r := range table.Rows {
		row := []string{r.Key}
		for _, c := range r.Cells {
			row = append(row, c.Value)
		}
		all = append(all, row)
	}
	return all
}
