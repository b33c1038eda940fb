package storetest

import (
	"cmp"
	"context"
	"encoding/json"
	"math/big"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"tongbao"
	"tongbao/index"
)

// byID returns the readings in the order in which stores yield them.
func byID(readings []tongbao.Reading) []tongbao.Reading {
	return slices.SortedFunc(slices.Values(readings), func(a, b tongbao.Reading) int { return cmp.Compare(a.Notice.ID, b.Notice.ID) })
}

func testFacts(t *testing.T, s *suite) {
	readings := Readings(60, 300)
	s.put(t, Records(readings)...)
	some := readings[3].Notice
	for _, filter := range []index.FactFilter{
		{}, {Kind: tongbao.Sanction}, {Category: "party"}, {Unit: "万元"}, {Metric: "party_sanctions"}, {What: "党纪"},
		{Selection: index.Selection{Notice: some.ID}}, {Selection: index.Selection{Notice: some.ID[:5]}},
		{Selection: index.Selection{District: "江干区"}}, {Selection: index.Selection{District: "330104"}}, {Selection: index.Selection{District: "江干"}},
		{Selection: index.Selection{Province: "浙江"}}, {Selection: index.Selection{Round: "十四届浙江省委第十一轮"}}, {Selection: index.Selection{Round: "浙江省委-14-11"}},
		{Selection: index.Selection{Genre: tongbao.Feedback}}, {Selection: index.Selection{Year: "2021"}}, {Selection: index.Selection{Issuer: "白鹿县"}},

		{Kind: tongbao.Money, Selection: index.Selection{Year: "2020", District: "西湖区"}},
	} {
		var want, got []string
		for _, r := range byID(readings) {
			if !filter.Selection.Holds(r.Notice) {
				continue
			}
			points := tongbao.NewCodePoints(r.Notice.Text)
			for i := range r.Facts {
				if filter.Holds(&r.Facts[i]) {
					line, _ := r.Facts[i].JSON(r.Notice.ID, points)
					want = append(want, string(line))
				}
			}
		}
		for row, err := range s.store.Facts(context.Background(), filter) {
			if err != nil {
				t.Fatal(err)
			}
			line, err := row.JSON()
			if err != nil {
				t.Fatal(err)
			}
			if row.Notice.Title == "" || row.Notice.URL == "" || row.Fact.Quote == "" {
				t.Fatalf("row without title, address or quote: %+v", row)
			}
			got = append(got, string(line))
		}
		if len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("%+v: %d facts, want %d (in the same order)", filter, len(got), len(want))
		}
	}
	count := 0
	for range s.store.Facts(context.Background(), index.FactFilter{}) {
		if count++; count == 3 {
			break
		}
	}
}

func testFactBounds(t *testing.T, s *suite) {
	values := []string{"900500", "1000000000000.01", "999999999999.99", "1000000000000", "88.8", "88.80", "9", "10", "0.5", "-3", "1:4.4", ""}
	text := strings.Repeat("共计若干元。", len(values))
	r := tongbao.Reading{Notice: &tongbao.Notice{Text: text, ID: tongbao.IDOf(text)}}
	for i, v := range values {
		span := tongbao.Span{Start: i * len("共计若干元。"), End: i*len("共计若干元。") + len("共计")}
		r.Facts = append(r.Facts, tongbao.Fact{ID: tongbao.FactID(r.Notice.ID, tongbao.Money, span), Kind: tongbao.Money, Span: span, Quote: "共计", Value: v})
	}
	s.put(t, Record("a", &r))
	for _, bounds := range [][2]string{{"9", ""}, {"", "9"}, {"88.80", "88.8"}, {"1000000000000", ""}, {"1000000000000.005", ""}, {"999999999999.995", "1000000000000"}, {"-5", "0"}} {
		want := map[string]bool{}
		for _, v := range values {
			x, ok := new(big.Rat).SetString(v)
			if !ok || strings.Contains(v, ":") {
				continue
			}
			low, hasLow := new(big.Rat).SetString(bounds[0])
			high, hasHigh := new(big.Rat).SetString(bounds[1])
			if (!hasLow || x.Cmp(low) >= 0) && (!hasHigh || x.Cmp(high) <= 0) {
				want[v] = true
			}
		}
		got := 0
		for row, err := range s.store.Facts(context.Background(), index.FactFilter{Min: bounds[0], Max: bounds[1]}) {
			if err != nil {
				t.Fatal(err)
			}
			if got++; !want[row.Fact.Value] {
				t.Errorf("%v: %q is not within", bounds, row.Fact.Value)
			}
		}
		if got != len(want) {
			t.Errorf("%v: %d facts, want %d", bounds, got, len(want))
		}
	}
	for _, err := range s.store.Facts(context.Background(), index.FactFilter{Min: "many"}) {
		if err == nil {
			t.Error("a bound that is no number was taken")
		}
	}
}

func testFindings(t *testing.T, s *suite) {
	readings := Readings(40, 200)
	s.put(t, Records(readings)...)
	for _, filter := range []index.FindingFilter{{}, {Verdict: tongbao.Mismatch}, {Check: "rate"}, {Selection: index.Selection{District: "西湖区"}}} {
		var want, got []string
		for _, r := range byID(readings) {
			points := tongbao.NewCodePoints(r.Notice.Text)
			for i := range r.Findings {
				if filter.Selection.Holds(r.Notice) && filter.Holds(&r.Findings[i]) {
					line, _ := r.Findings[i].JSON(r.Notice.ID, points)
					want = append(want, string(line))
				}
			}
		}
		for row, err := range s.store.Findings(context.Background(), filter) {
			if err != nil {
				t.Fatal(err)
			}
			line, err := row.JSON()
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, string(line))
		}
		if len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("%+v: %d findings, want %d", filter, len(got), len(want))
		}
	}
}

func testNotices(t *testing.T, s *suite) {
	readings := Readings(700, 30)
	s.put(t, Records(readings)...)
	want := byID(readings)
	for summary, err := range s.store.Notices(context.Background(), index.Selection{}) {
		if err != nil {
			t.Fatal(err)
		}
		n := summary.Notice
		if n.ID != want[0].Notice.ID || n.Text != "" || len(n.URLs) != 1 || len(n.Metrics) != len(want[0].Notice.Metrics) {
			t.Fatalf("notice %+v, want %s", n, want[0].Notice.ID)
		}
		for key, fact := range summary.MetricFacts {
			if !slices.ContainsFunc(want[0].Facts, func(f tongbao.Fact) bool { return f.ID == fact && f.Metric == key }) {
				t.Errorf("%s: %s is not behind %s", n.ID, fact, key)
			}
		}
		if len(n.Metrics) != len(summary.MetricFacts) {
			t.Errorf("%s: %d metrics, %d facts behind them", n.ID, len(n.Metrics), len(summary.MetricFacts))
		}
		want = want[1:]
	}
	if len(want) > 0 {
		t.Errorf("%d notices are missing", len(want))
	}
}

func testRanks(t *testing.T, s *suite) {
	texts := map[string]string{
		"often":  strings.Repeat("立案三件。", 3) + strings.Repeat("其他工作。", 40),
		"once":   "立案三件。" + strings.Repeat("其他工作。", 42),
		"apart":  "办结问题。" + strings.Repeat("其他工作。", 20) + "线索移交。",
		"piece":  "办结情况。" + strings.Repeat("其他工作。", 20) + "问题线索移交。",
		"titled": "办结情况。" + strings.Repeat("另外的话。", 20),
	}
	ids := map[string]string{}
	for name, text := range texts {
		n := &tongbao.Notice{Text: text, ID: tongbao.IDOf(text)}
		if name == "titled" {
			n.Title = "关于立案的通报"
		}
		ids[n.ID] = name
		s.put(t, Record(name, &tongbao.Reading{Notice: n, Words: Cut(text)}))
	}
	s.settle(t, s.store)
	for query, want := range map[string][]string{"立案": {"titled", "often", "once"}, "问题线索": {"piece", "apart"}} {
		q, err := index.ParseQuery(query, Cut)
		if err != nil {
			t.Fatal(err)
		}
		result, err := s.store.Search(context.Background(), q, index.Page{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for i, h := range result.Hits {
			got = append(got, ids[h.ID])
			if i > 0 && h.Score > result.Hits[i-1].Score {
				t.Errorf("%s: scores rise", query)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", query, got, want)
		}
	}
}

func testPages(t *testing.T, s *suite) {
	s.put(t, Records(Readings(130, 60))...)
	s.settle(t, s.store)
	q, err := index.ParseQuery("巡视整改", Cut)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := s.store.Search(context.Background(), q, index.Page{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	var paged []string
	for offset := 0; offset <= whole.Total; offset += 7 {
		page, err := s.store.Search(context.Background(), q, index.Page{Offset: offset, Limit: 7})
		if err != nil {
			t.Fatal(err)
		}
		if page.Total != whole.Total {
			t.Errorf("total %d, then %d", whole.Total, page.Total)
		}
		for _, h := range page.Hits {
			paged = append(paged, h.ID)
		}
	}
	if whole.Total != 130 || len(paged) != 130 {
		t.Fatalf("total %d, on pages %d", whole.Total, len(paged))
	}
	for i, h := range whole.Hits {
		if h.ID != paged[i] {
			t.Fatalf("hit %d is another one on its page", i)
		}
	}
}

func testPassages(t *testing.T, s *suite) {
	readings := Readings(40, 600)
	s.put(t, Records(readings)...)
	s.settle(t, s.store)
	texts := map[string]*tongbao.Notice{}
	for _, r := range readings {
		texts[r.Notice.ID] = r.Notice
	}
	for _, query := range []string{"整改", `"12月"`, "党纪处分 OR app", `"(" 5g`, "body:立案 title:通报", "district:江干区"} {
		q, err := index.ParseQuery(query, Cut)
		if err != nil {
			t.Fatal(err)
		}
		result, err := s.store.Search(context.Background(), q, index.Page{})
		if err != nil || len(result.Hits) == 0 {
			t.Fatalf("%s: %d hits, %v", query, len(result.Hits), err)
		}
		for _, h := range result.Hits {
			checkHit(t, query, h, texts[h.ID])
		}
	}
}

// checkHit slices the notice with the offsets of the hit's JSON, as Python
// would.
func checkHit(t *testing.T, query string, h index.Hit, n *tongbao.Notice) {
	t.Helper()
	line, err := json.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	var record struct {
		ID, Title string
		URLs      []string
		Score     *float64
		Passages  []struct {
			Section, Text string
			Start, End    int
			Marks         [][2]int
		}
	}
	if err := json.Unmarshal(line, &record); err != nil {
		t.Fatal(err)
	}
	if record.ID != n.ID || record.Title != n.Title || len(record.URLs) != 1 || record.Score == nil || len(record.Passages) == 0 {
		t.Fatalf("%s: %s", query, line)
	}
	runes := []rune(n.Text)
	for _, p := range record.Passages {
		if got := string(runes[p.Start:p.End]); got != p.Text || p.Text == "" || !utf8.ValidString(p.Text) {
			t.Errorf("%s: passage %q is %q in the text", query, p.Text, got)
		}
		if want := n.SectionAt(len(string(runes[:p.Start]))); p.Section != want {
			t.Errorf("%s: section %q, want %q", query, p.Section, want)
		}
		last := p.Start
		for _, m := range p.Marks {
			if m[0] < last || m[1] > p.End || m[0] >= m[1] {
				t.Errorf("%s: mark %v in passage %d–%d", query, m, p.Start, p.End)
			}
			last = m[1]
		}
		if p.Marks == nil || len(p.Marks) == 0 && !strings.HasPrefix(query, "district:") {
			t.Errorf("%s: nothing is marked in %q", query, p.Text)
		}
	}
}

func testSearchAfterChanges(t *testing.T, s *suite) {
	readings := Readings(60, 100)
	s.put(t, Records(readings)...)
	s.settle(t, s.store)
	moved := Readings(80, 100)[60:]
	for i := range moved { // the first twenty addresses hold other notices now
		record := Record("", &moved[i])
		record.URL = Records(readings)[i].URL
		s.put(t, record)
		if i == 10 {
			s.settle(t, s.store)
		}
	}
	now := append(slices.Clone(readings[20:]), moved...)
	for range 2 {
		for _, query := range []string{"整改", "党纪处分", `"第3号"`, `"第65号"`, "-立案", "district:江干区 -巡视组"} {
			q, err := index.ParseQuery(query, Cut)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := s.ids(t, query), scan(q, now); !slices.Equal(got, want) {
				t.Errorf("%s: %d notices, want %d", query, len(got), len(want))
			}
		}
		s.settle(t, s.store)
	}
}

// scan returns the ids of the readings that match, sorted, by looking at them.
func scan(q index.Query, readings []tongbao.Reading) []string {
	var ids []string
	for _, r := range readings {
		if q.Matches(r) {
			ids = append(ids, r.Notice.ID)
		}
	}
	slices.Sort(ids)
	return ids
}
