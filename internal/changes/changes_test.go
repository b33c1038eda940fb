package changes

import (
	"slices"
	"strings"
	"testing"

	"tongbao"
)

func TestSentences(t *testing.T) {
	for text, want := range map[string]string{
		"":       "",
		"一句。两句！": "一句。|两句！",
		"他说：“改了。”又说（对！）。后来":         "他说：“改了。”|又说（对！）。|后来",
		"标题\n　　段落，一件；两件。 \n\n(一)标题": "标题|段落，一件；|两件。|(一)标题",
		"真的吗？！真的……":                 "真的吗？！|真的……",
	} {
		if got := strings.Join(wordsOf(text, Sentences(text)), "|"); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func reading(text string, metrics map[string]string, facts ...tongbao.Fact) tongbao.Reading {
	n := &tongbao.Notice{Text: text, ID: tongbao.IDOf(text), Metrics: metrics}
	at := 0
	for i := range facts {
		f := &facts[i]
		f.Start = at + strings.Index(text[at:], f.Quote)
		f.End = f.Start + len(f.Quote)
		at, f.ID = f.End, tongbao.FactID(n.ID, f.Kind, f.Span)
	}
	return tongbao.Reading{Notice: n, Facts: facts}
}

func TestBetween(t *testing.T) {
	nine := tongbao.Fact{Kind: tongbao.Sanction, Quote: "9人次", Value: "9", Unit: "人次", Category: "party"}
	eleven := nine
	eleven.Quote, eleven.Value = "11人次", "11"
	rules := tongbao.Fact{Kind: tongbao.Document, Quote: "《办法》", Title: "办法"}
	three := tongbao.Fact{Kind: tongbao.Count, Quote: "3场", Value: "3", Unit: "场", What: "座谈会"}
	day := tongbao.Fact{Kind: tongbao.Date, Quote: "2021年", From: "2021-01-01", To: "2021-12-31"}
	older := reading("召开座谈会3场。给予党纪处分9人次。印发《办法》。", map[string]string{"party_sanctions": "9", "rules_made": "1"}, three, nine, rules)
	newer := reading("前言。\n召开座谈会3场。给予党纪处分11人次。\n2021年完成。", map[string]string{"party_sanctions": "11"}, three, eleven, day)

	c := Between(older, newer)
	var texts []string
	for _, x := range c.Texts {
		texts = append(texts, x.Gone.Of(older.Notice.Text)+"→"+x.Come.Of(newer.Notice.Text))
	}
	want := []string{"→前言。", "给予党纪处分9人次。印发《办法》。→给予党纪处分11人次。\n2021年完成。"}
	if !slices.Equal(texts, want) {
		t.Errorf("texts %q, want %q", texts, want)
	}
	if len(c.Facts) != 3 || c.Facts[0].Gone.Value != "9" || c.Facts[0].Come.Value != "11" || c.Facts[1].Gone != nil || c.Facts[1].Come.Kind != tongbao.Date ||
		c.Facts[2].Come != nil || c.Facts[2].Gone.Title != "办法" {
		t.Errorf("facts %+v", c.Facts)
	}
	if !slices.Equal(c.Metrics, []Metric{{"party_sanctions", "9", "11"}, {"rules_made", "1", ""}}) {
		t.Errorf("metrics %+v", c.Metrics)
	}
	if c := Between(older, older); !c.None() {
		t.Errorf("a reading differs from itself: %+v", c)
	}
}

func TestMarks(t *testing.T) {
	show := func(text string, marks []tongbao.Span) string {
		var b strings.Builder
		at := 0
		for _, m := range marks {
			b.WriteString(text[at:m.Start] + "[" + m.Of(text) + "]")
			at = m.End
		}
		return b.String() + text[at:]
	}
	for _, c := range [][4]string{
		{"给予党纪处分9人次。", "给予党纪处分11人次。", "给予党纪处分[9]人次。", "给予党纪处分[11]人次。"},
		{"一二三四", "一二三四五", "一二三四", "一二三四[五]"},
		{"完全不同的", "另外一些话", "完全不同的", "另外一些话"},
		{"", "新的", "", "新的"},
	} {
		gone, come := Marks(c[0], c[1])
		if a, b := show(c[0], gone), show(c[1], come); a != c[2] || b != c[3] {
			t.Errorf("%s → %s", a, b)
		}
	}
}

func FuzzBetween(f *testing.F) {
	f.Add("一句。两句。", "一句。三句！")
	f.Add("\xff。”\n", "甲\u3000；")
	f.Fuzz(func(t *testing.T, older, newer string) {
		a, b := reading(older, nil), reading(newer, nil)
		// What is left when the differences are taken out is the same in both.
		var rest [2]strings.Builder
		at := [2]int{}
		for _, c := range Between(a, b).Texts {
			for i, s := range []tongbao.Span{c.Gone, c.Come} {
				if s.End > s.Start {
					if s.Start < at[i] {
						t.Fatal("differences are out of order")
					}
					rest[i].WriteString([]string{older, newer}[i][at[i]:s.Start])
					at[i] = s.End
				}
			}
		}
		bare := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if x, y := bare(rest[0].String()+older[at[0]:]), bare(rest[1].String()+newer[at[1]:]); x != y {
			t.Errorf("%q and %q are left", x, y)
		}
		Marks(older, newer)
	})
}
