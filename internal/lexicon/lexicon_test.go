package lexicon

import (
	"strings"
	"testing"
)

const list = "# words\n处分\ta\n党纪处分\tb\n党内警告处分\tc\nA4\td\n𠮷县\te\n"

func TestFind(t *testing.T) {
	l, err := Parse("list", list, 1)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, m := range l.Find("给予党纪处分，处分A4、党内警告，𠮷县处") {
		found = append(found, m.Word+"="+m.Fields[0])
	}
	if got, want := strings.Join(found, " "), "党纪处分=b 处分=a A4=d 𠮷县=e"; got != want {
		t.Errorf("found %s, want %s", got, want)
	}
	if e, ok := l.Suffix("给予党内警告处分"); !ok || e.Word != "党内警告处分" {
		t.Errorf("suffix %v %v", e, ok)
	}
	if l.Has("处") || !l.Has("处分") {
		t.Error("Has takes part of a word for the word, or misses one")
	}
	if !l.Across("给予党内", "警告处分") || l.Across("给予党内", "警告") || l.Across("处分", "决定") {
		t.Error("Across finds what does not stand across the border, or misses what does")
	}
	if _, ok := l.Prefix(""); ok {
		t.Error("an empty text begins with a word")
	}
}

func TestParseRefuses(t *testing.T) {
	for list, want := range map[string]string{
		"处分\ta\n处分\tb\n": "list:2: 处分 stands already in line 1",
		"处分\ta\tb\n":     "list:1: 3 columns",
		" 处分\ta\n":       "list:1: the word",
	} {
		if _, err := Parse("list", list, 1); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", list, err, want)
		}
	}
}

func TestExtend(t *testing.T) {
	l, err := Parse("list", Extend(list, "处分\tz\n孔\ty\n"), 1)
	if err != nil {
		t.Fatal(err)
	}
	if e, _ := l.Prefix("处分"); e.Fields[0] != "z" || !l.Has("孔") || !l.Has("A4") {
		t.Errorf("%v", e)
	}
}
