package extractors

import (
	"tongbao"
	"tongbao/internal/lexicon"
)

// hedgesBefore and hedgesBehind are the words around a number that make it an
// approximate one, and how.
var (
	hedgesBefore = lexicon.Must(lexicon.Parse("hedgesBefore", `
不少于	over
不低于	over
不超过	under
不足	under
不到	under
将近	under
接近	under
近	under
最多	under
超过	over
突破	over
逾	over
至少	over
超	over
多达
大约	about
约为	about
约	about
`, 1))
	hedgesBehind = lexicon.Must(lexicon.Parse("hedgesBehind", `
以上	over
以下	under
以内	under
左右	about
上下	about
余	over
多	over
`, 1))
)

// approximation reads the hedges around a number: 近, 约, 超过 before it, 以上,
// 左右, 余 behind its measure word.
func approximation(left, right string, inner tongbao.Approx) tongbao.Approx {
	if inner != "" {
		return inner
	}
	if e, ok := hedgesBefore.Suffix(left); ok && !protected(left, e.Word) {
		return tongbao.Approx(e.Fields[0])
	}
	if e, ok := hedgesBehind.Prefix(right); ok {
		return tongbao.Approx(e.Fields[0])
	}
	return ""
}

// hedge sets Approx and the bounds of a fact from the number and its context.
func hedge(f *tongbao.Fact, n tongbao.Number, left, right string) {
	f.Approx = approximation(left, right, n.Approx)
	f.Min, f.Max = n.Min, n.Max
	switch {
	case f.Min != "" || f.Max != "":
	case f.Approx == tongbao.Over:
		f.Min = f.Value
	case f.Approx == tongbao.Under:
		f.Max = f.Value
	}
}
