package likeness

import (
	"math"
	"math/rand/v2"
	"testing"
)

// invented returns n characters out of a few hundred.
func invented(random *rand.Rand, n int) []rune {
	text := make([]rune, n)
	for i := range text {
		text[i] = '一' + rune(random.IntN(400))
	}
	return text
}

// altered changes single characters until the texts are just alike enough.
func altered(random *rand.Rand, text []rune, least float64) (string, float64) {
	whole := ShinglesOf(string(text))
	last, alike := string(text), 1.0
	changed := append([]rune{}, text...)
	for {
		changed[random.IntN(len(changed))] = '龍' + rune(random.IntN(400))
		j := Jaccard(whole, ShinglesOf(string(changed)))
		if j < least {
			return last, alike
		}
		last, alike = string(changed), j
	}
}

func share(a, b Bands) bool {
	for i := range a {
		if a[i] == b[i] {
			return true
		}
	}
	return false
}

// TestNearTextsShareABand takes pairs that are alike by hardly more than 0.9,
// the hardest ones, of short and long texts.
func TestNearTextsShareABand(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for _, size := range []int{150, 400, 1500, 6000} {
		missed, pairs := 0, min(400, 120000/size)
		for range pairs {
			text := invented(random, size)
			near, _ := altered(random, text, 0.9)
			if !share(BandsOf(string(text)), BandsOf(near)) {
				missed++
			}
		}
		if missed > 2 {
			t.Errorf("texts of %d characters: %d of %d pairs share no band", size, missed, pairs)
		}
	}
}

func TestUnlikeTextsShareNone(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	shared := 0
	for range 300 {
		common := string(invented(random, 400)) // boilerplate: Jaccard about 0.25
		if share(BandsOf(common+string(invented(random, 600))), BandsOf(common+string(invented(random, 600)))) {
			shared++
		}
	}
	if shared > 3 {
		t.Errorf("%d of 300 pairs that have boilerplate in common are candidates", shared)
	}
}

func TestJaccard(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"", "", 1}, {"甲", "甲", 1}, {"甲", "乙", 0}, {"一二三四五", "一二三四五", 1},
		{"一二三四五六", "一二三四五七", 1.0 / 3}, {"一二\n三四 五　六", "一二三四五六", 1}, {"一二三四五", "", 0},
		{"一二三四五六七八", "一二三四五六七", 3.0 / 4},
	} {
		if got := Jaccard(ShinglesOf(c.a), ShinglesOf(c.b)); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%q, %q: %v, want %v", c.a, c.b, got, c.want)
		}
	}
	if BandsOf("一二\n三四 五　六") != BandsOf("一二三四五六") {
		t.Error("white space changes the bands")
	}
}

func FuzzBands(f *testing.F) {
	f.Add("给予党纪处分9人次。", 3)
	f.Add("", 0)
	f.Add("\xff\xfe甲", 2)
	f.Fuzz(func(t *testing.T, text string, at int) {
		if again := BandsOf(text + " "); BandsOf(text) != again || Jaccard(ShinglesOf(text), ShinglesOf(text)) != 1 {
			t.Error("a text is not like itself")
		}
		at = min(max(at, 0), len(text))
		if j := Jaccard(ShinglesOf(text), ShinglesOf(text[:at])); j < 0 || j > 1 || math.IsNaN(j) {
			t.Errorf("likeness %v", j)
		}
		for _, band := range BandsOf(text) {
			if band < 0 || band >= 1<<47 {
				t.Errorf("band %d", band)
			}
		}
	})
}

func BenchmarkBandsOf(b *testing.B) {
	text := string(invented(rand.New(rand.NewPCG(1, 2)), 3300))
	for b.Loop() {
		BandsOf(text)
	}
}

func BenchmarkShinglesOf(b *testing.B) {
	text := string(invented(rand.New(rand.NewPCG(1, 2)), 3300))
	for b.Loop() {
		ShinglesOf(text)
	}
}
