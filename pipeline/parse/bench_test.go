package parse_test

import (
	"fmt"
	"testing"

	"tongbao"
	"tongbao/internal/generate"
	"tongbao/pipeline/parse"
)

// BenchmarkParse reports MB/s of HTML; three sizes show that it is linear.
func BenchmarkParse(b *testing.B) {
	for _, size := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("%dkB", size/1000), func(b *testing.B) {
			page := tongbao.Page{Body: generate.Page(1, size)}
			b.SetBytes(int64(len(page.Body)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := parse.Parse(page); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
