package divisions

import (
	"fmt"
	"strings"
	"testing"
)

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		name string
		year int
		want string
	}{
		{"杭州市江干区", 2020, "浙江省 杭州市 江干区 330104 "},
		{"浙江省杭州市上城区委", 2021, "浙江省 杭州市 上城区 330102 委"},
		{"上城区", 2021, "浙江省 杭州市 上城区 330102 "},
		{"鼓楼区", 2021, "  鼓楼区  "},
		{"南京市鼓楼区", 2021, "江苏省 南京市 鼓楼区 320106 "},
		{"湖北省荆州市沙市区财政局", 2021, "湖北省 荆州市 沙市区 421002 财政局"},
		{"北京市东城区", 2021, "北京市  东城区 110101 "},
		{"贵州省遵义市仁怀市", 2021, "贵州省 遵义市 仁怀市 520382 "},
		{"仙桃市", 2021, "湖北省  仙桃市 429004 "},
		{"东岚省澄州市望江区", 2021, "东岚省 澄州市 望江区  "},
		{"澄州市望江区委", 2021, " 澄州市 望江区  委"},
		{"云台区", 2021, "  云台区  "},
		{"东岚理工大学", 2021, "    东岚理工大学"},
	} {
		m := Match(c.name, c.year)
		if got := fmt.Sprintf("%s %s %s %s %s", m.Province, m.City, m.District, m.Code, m.Rest); got != c.want {
			t.Errorf("%s in %d\n got %q\nwant %q", c.name, c.year, got, c.want)
		}
	}
}

func TestSuccessors(t *testing.T) {
	for name, want := range map[string]string{"江干区": "上城区 钱塘区", "下城区": "拱墅区", "崇文区": "东城区", "闸北区": "静安区"} {
		d, ok := Resolve(name, "", 0)
		if !ok {
			t.Errorf("%s is not resolved", name)
			continue
		}
		var now []string
		for _, s := range Successors(d) {
			now = append(now, s.Name)
		}
		if got := strings.Join(now, " "); got != want {
			t.Errorf("%s became %s, want %s", name, got, want)
		}
	}
}

func TestResolveNeverGuesses(t *testing.T) {
	if d, ok := Resolve("鼓楼区", "", 2020); ok {
		t.Errorf("鼓楼区 without a parent gave %v", d)
	}
	if d, ok := Resolve("鼓楼区", "福州", 2020); !ok || d.Code != "350102" {
		t.Errorf("鼓楼区 in 福州 gave %v, %v", d, ok)
	}
}

func TestTable(t *testing.T) {
	line := 0
	for text := range strings.Lines(list) {
		line++
		if strings.HasPrefix(text, "#") {
			continue
		}
		cells := strings.Split(strings.TrimRight(text, "\n"), "\t")
		if len(cells) < 3 || len(cells[0]) != 6 || strings.Trim(cells[0], "0123456789") != "" || cells[1] == "" || len(cells[2]) != 4 {
			t.Errorf("table.tsv:%d: %q", line, text)
		}
	}
	if line < 6000 {
		t.Errorf("only %d lines", line)
	}
}

func FuzzMatch(f *testing.F) {
	f.Add("杭州市江干区委", 2020)
	f.Fuzz(func(t *testing.T, name string, year int) {
		if c := Match(name, year); !strings.HasSuffix(name, c.Rest) {
			t.Fatalf("rest %q of %q", c.Rest, name)
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	for b.Loop() {
		Match("浙江省杭州市江干区委", 2020)
	}
}
