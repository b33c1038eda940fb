package numeral

import (
	"math/big"
	"strconv"
	"testing"

	"github.com/cockroachdb/apd/v3"
	"pgregory.net/rapid"
)

// TestSmallQuotientIsTheQuotient holds the long division against exact rationals
// and a decimal library.
func TestSmallQuotientIsTheQuotient(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Uint64Range(0, 999_999).Draw(t, "n")
		d := rapid.Uint64Range(1, 999_999).Draw(t, "d")
		if rapid.Bool().Draw(t, "fives and twos") {
			d = []uint64{1, 2, 4, 5, 8, 16, 25, 64, 625, 1000, 15625, 524288}[d%12]
		}
		exact := new(big.Rat).SetFrac(new(big.Int).SetUint64(n), new(big.Int).SetUint64(d))
		want := ""
		if places, finite := exact.FloatPrec(); finite {
			want = exact.FloatString(places)
		} else {
			var q apd.Decimal
			if _, err := apd.BaseContext.WithPrecision(significant).Quo(&q, apd.New(int64(n), 0), apd.New(int64(d), 0)); err != nil {
				t.Fatal(err)
			}
			want = q.Text('f')
		}
		if got := new(shelf).quotient("0", strconv.FormatUint(n, 10), strconv.FormatUint(d, 10)); got != want {
			t.Fatalf("%d / %d is %s, want %s", n, d, got, want)
		}
	})
}

func TestLessIsTheOrderOfDecimals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.StringMatching(`-?[0-9]{1,5}(\.[0-9]{1,4})?`)
		a, b := value.Draw(t, "a"), value.Draw(t, "b")
		x, _, _ := apd.NewFromString(a)
		y, _, _ := apd.NewFromString(b)
		if less(a, b) != (x.Cmp(y) < 0) {
			t.Fatalf("less(%s, %s) is %v", a, b, less(a, b))
		}
	})
}
