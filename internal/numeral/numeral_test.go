package numeral

import (
	"flag"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/cockroachdb/apd/v3"
	"pgregory.net/rapid"

	"tongbao"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const casesFile = "testdata/cases.txt"

// caseLines returns the texts of the golden file: the part before the tab.
func caseLines(t testing.TB) []string {
	t.Helper()
	data, err := os.ReadFile(casesFile)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
}

// TestFind reads every line of the golden file: a text, a tab, its numbers as
// listed prints them. Lines that begin with # are headings.
func TestFind(t *testing.T) {
	var now strings.Builder
	for i, line := range caseLines(t) {
		text, want, _ := strings.Cut(line, "\t")
		if strings.HasPrefix(line, "#") {
			now.WriteString(line + "\n")
			continue
		}
		got := listed(text, Find(text))
		now.WriteString(strings.TrimRight(text+"\t"+got, "\t") + "\n")
		if got != want && !*update {
			t.Errorf("%s:%d: %s\n\tgot  %s\n\twant %s", casesFile, i+1, text, got, want)
		}
	}
	if *update {
		if err := os.WriteFile(casesFile, []byte(now.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestNumerals(t *testing.T) {
	for text, want := range map[string]string{
		"办结率为88.8%":     "88.8=88.8",
		"百分之八十":         "八十=80",
		"提高3.5个百分点":     "3.5=3.5",
		"3至5人":          "3=3 5=5",
		"1:4.4":         "1=1 4.4=4.4",
		"30余名":          "30=30(30–39)over",
		"十余万元":          "十余万=100000(100000–199999)over",
		"打七折":           "",
		"三分之二":          "三分之二=0.666666666666667f",
		"第三巡视组":         "三=3#",
		"负百分之三，增长-5.2%": "三=3 5.2=5.2",
	} {
		if got := listed(text, Numerals(text)); got != want {
			t.Errorf("%s\n\tgot  %s\n\twant %s", text, got, want)
		}
	}
}

// checkNumbers asserts what holds for every text: spans valid, in order,
// never overlapping, values decimals without exponent.
func checkNumbers(t interface {
	Helper()
	Fatalf(string, ...any)
}, text string, found []tongbao.Number) {
	t.Helper()
	end := 0
	for _, n := range found {
		if n.Start < end || n.End <= n.Start || n.End > len(text) {
			t.Fatalf("span %v of %d bytes behind %d", n.Span, len(text), end)
		}
		end = n.End
		values := []string{n.Value}
		if n.Form == tongbao.Ratio {
			values = strings.Split(n.Value, ":")
		}
		for _, bound := range []string{n.Min, n.Max} {
			if bound != "" {
				values = append(values, bound)
			}
		}
		for _, v := range values {
			if _, _, err := apd.NewFromString(v); err != nil || strings.ContainsAny(v, "eEnN") {
				t.Fatalf("%q: the value %q is no plain decimal", n.Of(text), v)
			}
		}
		if n.Min != "" && n.Max != "" && less(n.Max, n.Min) {
			t.Fatalf("%q: bounds %s and %s", n.Of(text), n.Min, n.Max)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, line := range caseLines(f) {
		text, _, _ := strings.Cut(line, "\t")
		f.Add(text)
	}
	f.Add("百分之\xff三分之\xe4\xb8负-.5％－－折打对折")
	f.Fuzz(func(t *testing.T, text string) {
		checkNumbers(t, text, Find(text))
		checkNumbers(t, text, Numerals(text))
	})
}

// TestAnyMixture throws the letters of the grammar together.
func TestAnyMixture(t *testing.T) {
	letters := []string{"一", "两", "三", "五", "九", "零", "〇", "十", "百", "千", "万", "亿", "兆", "廿", "壹", "陆", "拾", "佰", "半", "几", "数", "余", "多",
		"点", "分", "之", "百分之", "分之", "又", "负", "-", ".", "/", ":", "^", "e", "%", "‰", "成", "折", "打", "第", "至", " ", "　", ",", "，", "0", "3", "12", "５", "k", "个百分点", "人", "\n"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(letters), 0, 40).Draw(t, "letters"), "")
		checkNumbers(t, text, Find(text))
		checkNumbers(t, text, Numerals(text))
	})
}

// spell writes an integer in Chinese numerals.
func spell(v uint64, digits []string, units []string) string {
	if v == 0 {
		return digits[0]
	}
	section := func(s uint64, lead bool) string {
		var b strings.Builder
		zero := lead && s < 1000
		for power := 3; power >= 0; power-- {
			d := s / tenTo(power) % 10
			switch {
			case d == 0:
				zero = zero || b.Len() > 0
			default:
				if zero {
					b.WriteString(digits[0])
				}
				zero = false
				b.WriteString(digits[d] + units[power])
			}
		}
		return b.String()
	}
	var b strings.Builder
	for _, great := range []int{12, 8, 4, 0} {
		if s := v / tenTo(great) % 10000; s > 0 {
			name := map[int]string{12: "兆", 8: units[5], 4: units[4], 0: ""}[great]
			b.WriteString(section(s, b.Len() > 0) + name)
		}
	}
	return b.String()
}

func TestSpelledIntegersReadBack(t *testing.T) {
	writings := [][2][]string{
		{strings.Split("零一二三四五六七八九", ""), {"", "十", "百", "千", "万", "亿"}},
		{strings.Split("零壹贰叁肆伍陆柒捌玖", ""), {"", "拾", "佰", "仟", "万", "亿"}},
		{strings.Split("零壹貳參肆伍陸柒捌玖", ""), {"", "拾", "佰", "仟", "萬", "億"}},
	}
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Uint64Range(10, 999_999_999_999_999).Draw(t, "value") >> rapid.UintRange(0, 40).Draw(t, "shift")
		w := rapid.SampledFrom(writings).Draw(t, "writing")
		if v < 10 {
			v += 10
		}
		text := spell(v, w[0], w[1])
		found := Find("共" + text + "元")
		if len(found) != 1 || found[0].Value != strconv.FormatUint(v, 10) || found[0].Of("共"+text+"元") != text {
			t.Fatalf("%d is written %s and read %s", v, text, listed("共"+text+"元", found))
		}
	})
}

func TestArabicIntegersReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Uint64Range(0, 99_999_999_999_999).Draw(t, "value")
		plain := strconv.FormatUint(v, 10)
		grouped := plain
		for i := len(plain) - 3; i > 0; i -= 3 {
			grouped = grouped[:i] + "," + grouped[i:]
		}
		for text, want := range map[string]string{plain + "人": plain, grouped + "人": plain, plain + "万元": strconv.FormatUint(v*10000, 10), plain + ".50%": plain + ".50"} {
			if found := Find(text); len(found) != 1 || found[0].Value != want {
				t.Fatalf("%s is read %s", text, listed(text, found))
			}
		}
	})
}
