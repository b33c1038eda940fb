package divisions

import (
	"fmt"
	"strings"
	"testing"
)

func codesAndNames(all []Division) string {
	var words []string
	for _, d := range all {
		words = append(words, d.Code+d.Name)
	}
	return strings.Join(words, " ")
}

func TestSuccessors(t *testing.T) {
	for _, c := range []struct{ code, name, want string }{
		{"330104", "江干区", "330102上城区 330114钱塘区"},
		{"330103", "下城区", "330105拱墅区"},
		{"110103", "崇文区", "110101东城区"},
		{"110104", "宣武区", "110102西城区"},
		{"339005", "萧山市", "330109萧山区"},
		{"330121", "萧山县", "330109萧山区"},
		{"310108", "闸北区", "310106静安区"},
		{"442100", "海南行政区", "460000海南省"},
		{"510200", "重庆市", "500000重庆市"},
		{"430800", "大庸市", "430800张家界市"},
		{"420600", "襄樊市", "420600襄阳市"},
		{"500112", "渝北区", "500157两江新区 500109北碚区"},
		{"540422", "米林县", "540481米林市"},
		{"422401", "仙桃市", "429004仙桃市"},
		{"440106", "芳村区", "440103荔湾区"}, // its code went to 天河区, which is not its heir
		{"239002", "镜泊湖市", ""},
		{"330102", "上城区", ""},
	} {
		for _, d := range load().coded(c.code) {
			if d.Name != c.name {
				continue
			}
			if got := codesAndNames(Successors(d)); got != c.want {
				t.Errorf("%s %s became %q, want %q", c.code, c.name, got, c.want)
			}
			if want := strings.Contains(c.want, " "); d.Split() != want {
				t.Errorf("%s %s: split %v, want %v", c.code, c.name, d.Split(), want)
			}
		}
	}
}

func TestSuccessorsIn(t *testing.T) {
	county := Find("萧山县")[0]
	for year, want := range map[int]string{1986: "330121萧山县", 1990: "339005萧山市", 2000: "330181萧山市", 2001: "330109萧山区", 2026: "330109萧山区"} {
		if got := codesAndNames(SuccessorsIn(county, year)); got != want {
			t.Errorf("萧山县 in %d was %q, want %q", year, got, want)
		}
	}
}

func TestHistory(t *testing.T) {
	for name, want := range map[string][]string{
		"江干区":  {"2021 split 330104江干区 → 330102上城区 330114钱塘区"},
		"下城区":  {"2021 merged 330103下城区 → 330105拱墅区"},
		"襄樊市":  {"2010 renamed 420600襄樊市 → 420600襄阳市"},
		"静安区":  {"2015 merged 310108闸北区 → 310106静安区"},
		"海南省":  {"1988 renamed 442100海南行政区 → 460000海南省"},
		"米林":   {"2015 renumbered 542623米林县 → 540422米林县", "2023 renamed 540422米林县 → 540481米林市"},
		"镜泊湖市": {"1987 ended 239002镜泊湖市 → "},
		"望江区":  nil,
	} {
		var got []string
		for _, c := range History(name) {
			got = append(got, fmt.Sprintf("%d %s %s → %s", c.Year, c.Kind, codesAndNames([]Division{c.Old}), codesAndNames(c.New)))
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s\n got %q\nwant %q", name, got, want)
		}
	}
}

// TestEveryEndLeadsOn follows every division that has ended to today: those of
// which nothing is known are named here, so that none is added unseen.
func TestEveryEndLeadsOn(t *testing.T) {
	unknown := map[string]bool{"镜泊湖市": true}
	for _, d := range load().rows {
		if d.To == 0 {
			continue
		}
		if lost := len(Successors(d)) == 0; lost != unknown[d.Name] {
			t.Errorf("%s %s, ended after %d: became nothing is %v", d.Code, d.Name, d.To, lost)
		}
	}
}
