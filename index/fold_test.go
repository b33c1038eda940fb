package index

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"tongbao"
)

// texts are drawn of characters that fold, that do not, and that stand beside
// those which do.
var texts = rapid.Custom(func(t *rapid.T) string {
	return string(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom([]rune("整改整改一龥、。，,.（）()“”\"‘’'〔〕[]％%８8ＡaAａ１ 　\n㐀𠮷＇～ｶ·…—éİſ￥")), rapid.RuneFrom(nil, unicode.Han)), 0, 40).Draw(t, "runes"))
})

func TestFoldGoesCharacterByCharacter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts.Draw(t, "text")
		var cased, lower strings.Builder
		for _, r := range text {
			cased.WriteRune(foldRune(r))
			lower.WriteRune(unicode.ToLower(foldRune(r)))
		}
		if got := Fold(text); got != cased.String() {
			t.Errorf("Fold(%q) = %q, want %q", text, got, cased.String())
		}
		if got := FoldCase(text); got != lower.String() {
			t.Errorf("FoldCase(%q) = %q, want %q", text, got, lower.String())
		}
		if again := FoldCase(FoldCase(text)); again != FoldCase(text) {
			t.Errorf("FoldCase(%q) folds again to %q", text, again)
		}
		for _, withCase := range []bool{false, true} {
			f := foldMapped(text, withCase)
			if withCase && f.text != lower.String() || !withCase && f.text != cased.String() {
				t.Errorf("foldMapped(%q) = %q", text, f.text)
			}
			places := []int{}
			for i := range text {
				places = append(places, i)
			}
			at := 0
			for i := range f.text {
				if got := f.original(i); got != places[at] {
					t.Fatalf("character %d of %q: at %d, want %d", at, text, got, places[at])
				}
				at++
			}
			if got := f.original(len(f.text)); got != len(text) {
				t.Errorf("the end of %q: at %d, want %d", text, got, len(text))
			}
		}
	})
}

func TestContainsAgreesWithFolding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts.Draw(t, "text")
		runes := []rune(text)
		start := rapid.IntRange(0, len(runes)).Draw(t, "start")
		needle := FoldCase(string(runes[start:rapid.IntRange(start, len(runes)).Draw(t, "end")]))
		if rapid.Bool().Draw(t, "another") {
			needle = FoldCase(texts.Draw(t, "needle"))
		}
		one := &Text{Original: text}
		if got, want := one.Contains(needle), strings.Contains(FoldCase(text), needle); got != want {
			t.Errorf("%q in %q: %v, want %v", needle, text, got, want)
		}
	})
}

func TestRoundNames(t *testing.T) {
	round := &tongbao.Round{ID: "浙江省委-14-11", Authority: "浙江省委", Congress: 14, Number: 11}
	for name, want := range map[string]bool{
		"浙江省委-14-11": true, "十四届省委第十一轮": true, "十四届浙江省委第十一轮巡视": true, "浙江省委十四届第11轮": true, "中共浙江省委十四届第十一轮巡视": true,
		"第十四届省委第十一轮": true, "十四届": true, "第十一轮": true, "11轮": true, "浙江": true, "浙江省委": true, "省委": true,
		"十四届省委第十轮": false, "十五届省委第十一轮": false, "江苏省委第十一轮": false, "市委第十一轮": false, "十四": false, "浙江省委-14-1": false, "": false,
	} {
		if got := (&Selection{Round: name}).Holds(&tongbao.Notice{Round: round}); got != want && name != "" {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	central := &tongbao.Round{ID: "中央-20-1", Authority: "中央", Congress: 20, Number: 1}
	if !(&Selection{Round: "二十届中央第一轮巡视"}).Holds(&tongbao.Notice{Round: central}) {
		t.Error("二十届中央第一轮巡视 is not 中央-20-1")
	}
}

func TestShortPlace(t *testing.T) {
	for name, want := range map[string]string{"江干区": "江干", "浙江省": "浙江", "广西壮族自治区": "广西", "内蒙古自治区": "内蒙古", "城区": "城区", "云台": "云台",
		"鹤鸣市": "鹤鸣", "黔东南苗族侗族自治州": "黔东南苗族侗族", "景宁畲族自治县": "景宁畲族", "雄安新区": "雄安", "": ""} {
		if got := shortPlace(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func TestPassages(t *testing.T) {
	long := strings.Repeat("一二三四五六七八九，", 60)
	for _, test := range []struct {
		text, needle string
		want         []string // passages with their marks set off
	}{
		{"开头。立案三件，办结两件。结尾。", "办结", []string{"立案三件，[办结]两件。"}},
		{"一、关于“问题”的整改。\n立案。\n尾", "立案", []string{"[立案]。"}},
		{"他说：“立案。”后来结束。", "立案", []string{"他说：“[立案]。”"}},
		{"立案立案，又立案。", "立案", []string{"[立案立案]，又[立案]。"}},
		{"（１）２０２１年立案。", "(1)2021年", []string{"[（１）２０２１年]立案。"}},
		{"没有。别的。", "立案", []string{"没有。"}},
		{"", "立案", nil},
		{"甲立案。乙立案。丙立案。丁立案。", "立案", []string{"甲[立案]。", "乙[立案]。", "丙[立案]。"}},
	} {
		q := Query{Root: &Words{Text: test.needle, Exact: true}}
		h := NewHit(q, &tongbao.Notice{Text: test.text}, 1)
		var got []string
		for _, p := range h.Passages {
			got = append(got, setOff(p))
		}
		if strings.Join(got, " / ") != strings.Join(test.want, " / ") {
			t.Errorf("%s in %q: %q, want %q", test.needle, test.text, got, test.want)
		}
	}
	q := Query{Root: &Words{Text: "立案", Parts: []string{"立案"}}}
	for _, text := range []string{long + "立案" + long, strings.Repeat("无标点", 400) + "立案" + strings.Repeat("无标点", 400),
		strings.Repeat("立案", 500), strings.Repeat("立案三件，", 30000)} {
		h := NewHit(q, &tongbao.Notice{Text: text}, 1)
		if len(h.Passages) == 0 || len(h.Passages) > maxPassages {
			t.Fatalf("%d passages", len(h.Passages))
		}
		for _, p := range h.Passages {
			if !utf8.ValidString(p.Text) || len(p.Marks) == 0 || p.Of(text) != p.Text || len(p.Text) > 3*passageLength+100 && p.Marks[0].End-p.Marks[0].Start < len(p.Text) {
				t.Errorf("passage %q of %d bytes, %d marks", p.Text[:min(30, len(p.Text))], len(p.Text), len(p.Marks))
			}
		}
	}
}

func setOff(p Passage) string {
	out, at := "", p.Start
	for _, m := range p.Marks {
		out += p.Text[at-p.Start:m.Start-p.Start] + "[" + p.Text[m.Start-p.Start:m.End-p.Start] + "]"
		at = m.End
	}
	return out + p.Text[at-p.Start:]
}

func BenchmarkNewHitOfBigNotice(b *testing.B) {
	n := &tongbao.Notice{Text: strings.Repeat("其他工作已经完成，立案三件。", 30000)}
	q := Query{Root: &Words{Text: "立案", Parts: []string{"立案"}}}
	b.SetBytes(int64(len(n.Text)))
	for b.Loop() {
		NewHit(q, n, 1)
	}
}

func BenchmarkFoldCase(b *testing.B) {
	text := strings.Repeat("（一）关于“问题”的整改，２０２１年12月完成88.8%。", 200)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		FoldCase(text)
	}
}
