package index_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"tongbao/index"
	"tongbao/index/storetest"
)

// show writes a tree so that one can read it.
func show(n index.Node) string {
	many := func(word string, nodes []index.Node) string {
		parts := make([]string, len(nodes))
		for i, child := range nodes {
			parts[i] = show(child)
		}
		return word + "(" + strings.Join(parts, " ") + ")"
	}
	switch n := n.(type) {
	case index.And:
		return many("and", n)
	case index.Or:
		return many("or", n)
	case index.Not:
		return "not(" + show(n.Node) + ")"
	case *index.Words:
		text := strings.Join(n.Parts, "|")
		if n.Exact {
			text = `"` + n.Text + `"`
		}
		if n.Field != "" {
			text = n.Field + ":" + text
		}
		return text
	case *index.Named:
		return n.Field + "=" + n.Value
	case *index.Dates:
		return n.From + ".." + n.To
	case *index.Figure:
		return n.Metric + n.Op + n.Value
	}
	return fmt.Sprintf("%T", n)
}

var queries = []struct{ query, tree string }{
	{"整改", "整改"},
	{"谈话提醒", "谈话提醒"},
	{"党纪处分立案", "党纪处分|立案"},
	{"立案 诫勉", "and(立案 诫勉)"},
	{"立案 AND 诫勉", "and(立案 诫勉)"},
	{"立案 OR 诫勉 谈话", "or(立案 and(诫勉 谈话))"},
	{"(立案 OR 诫勉) 谈话", "and(or(立案 诫勉) 谈话)"},
	{"（立案 OR 诫勉）谈话", "and(or(立案 诫勉) 谈话)"},
	{`"党纪处分，立案"`, `"党纪处分,立案"`},
	{"“党纪处分”立案", `and("党纪处分" 立案)`},
	{`"OR" "-a"`, `and("OR" "-a")`},
	{"-立案 －诫勉", "and(not(立案) not(诫勉))"},
	{"-(立案 诫勉)", "not(and(立案 诫勉))"},
	{`-title:"通报"`, `not(title:"通报")`},
	{"a-b 12:30", "and(a|b 12|30)"},
	{"title:整改 body:(立案)", ""},
	{"ORDER ANDY", "and(order andy)"},
	{"App APP", "and(app app)"},
	{"district:江干区", "district=江干区"},
	{"District：江干区", "district=江干区"},
	{`issuer:"中共 区委"`, "issuer=中共 区委"},
	{"round:十四届省委第十一轮", "round=省委-14-11"},
	{"round:浙江省委-14-11", "round=浙江省委-14-11"},
	{"round:第11轮", "round=--11"},
	{"round:二十届中央第一轮巡视", "round=中央-20-1"},
	{"year:２０２１", "year=2021"},
	{"genre:Feedback", "genre=feedback"},
	{"published:2021", "2021-01-01..2021-12-31"},
	{"published:2021-02", "2021-02-01..2021-02-31"},
	{"published:2021-02-03", "2021-02-03..2021-02-03"},
	{"published:2021-01..2021-12", "2021-01-01..2021-12-31"},
	{"published:..2021", "..2021-12-31"},
	{"published:2021-03-05..", "2021-03-05.."},
	{"party_sanctions>=5", "party_sanctions>=5"},
	{"money_recovered＜1000000000000.5", "money_recovered<1000000000000.5"},
	{"luck>=5", "luck|5"},
	{"，", ","},
}

func TestParseQuery(t *testing.T) {
	for _, test := range queries {
		q, err := index.ParseQuery(test.query, storetest.Cut)
		if test.tree == "" {
			if err == nil {
				t.Errorf("%s was taken: %s", test.query, show(q.Root))
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", test.query, err)
		} else if got := show(q.Root); got != test.tree {
			t.Errorf("%s: %s, want %s", test.query, got, test.tree)
		}
	}
}

func TestQueryErrorsPointAtTheCharacter(t *testing.T) {
	for _, test := range []struct {
		query string
		at    int // character, from 1
		says  string
	}{
		{"", 1, "nothing is asked for"},
		{"  ", 3, "nothing is asked for"},
		{`立案 "诫勉`, 4, "never closed"},
		{`立案 ""`, 4, "nothing stands in these quotation marks"},
		{"立案 (诫勉", 4, "never closed"},
		{"立案) 诫勉", 3, "closes nothing"},
		{"立案 ()", 4, "nothing stands in these brackets"},
		{"OR 立案", 1, "OR stands between"},
		{"立案 OR", 4, "OR stands between"},
		{"立案 OR OR 诫勉", 4, "OR stands between"},
		{"(立案 OR) 诫勉", 5, "OR stands between"},
		{"立案 -", 4, "excludes what stands directly behind"},
		{"立案 - 诫勉", 4, "excludes what stands directly behind"},
		{"立案 city:杭州", 4, `no field "city"`},
		{"district: 江干区", 1, "wants a value"},
		{`district:""`, 10, "wants a value"},
		{"立案 genre:bad", 10, "no genre"},
		{"year:21", 6, "not a year"},
		{"published:2021-1", 11, "not a range of days"},
		{"published:2021..2020", 11, "ends before it begins"},
		{"published:..", 11, "at least one end"},
	} {
		_, err := index.ParseQuery(test.query, nil)
		var wrong *index.QueryError
		if !errors.As(err, &wrong) {
			t.Errorf("%q: %v", test.query, err)
			continue
		}
		if at := 1 + utf8.RuneCountInString(test.query[:wrong.At]); at != test.at || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%q: character %d: %v; want %d: %s", test.query, at, err, test.at, test.says)
		}
	}
}

func FuzzParseQuery(f *testing.F) {
	for _, test := range queries {
		f.Add(test.query)
	}
	f.Add(strings.Repeat("(", 200))
	f.Add(strings.Repeat("-", 200) + "a")
	f.Add(strings.Repeat("-(", 200))
	r := storetest.Readings(1, 100)[0]
	f.Fuzz(func(t *testing.T, query string) {
		q, err := index.ParseQuery(query, storetest.Cut)
		var wrong *index.QueryError
		if err != nil && (!errors.As(err, &wrong) || wrong.At < 0 || wrong.At > len(query)) {
			t.Errorf("%q: %v", query, err)
		}
		if err == nil {
			q.Matches(r)
			index.NewHit(q, r.Notice, 1)
		}
	})
}
