package pipeline_test

import (
	"fmt"
	"testing"

	"tongbao"
	"tongbao/internal/generate"
	"tongbao/internal/segment"
	"tongbao/pipeline"
)

// BenchmarkLine takes one page down the line, from bytes to findings: MB/s of
// the notice's text.
func BenchmarkLine(b *testing.B) {
	for _, size := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("%dkB", size/1000), func(b *testing.B) {
			page, s := tongbao.Page{Body: generate.Page(1, size)}, segment.New()
			first, err := pipeline.Read(page, s)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(first.Notice.Text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := pipeline.Read(page, s); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
