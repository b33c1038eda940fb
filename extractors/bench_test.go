package extractors_test

import (
	"fmt"
	"testing"

	"tongbao"
	"tongbao/extractors"
	"tongbao/internal/generate"
	"tongbao/internal/segment"
)

func document(seed uint64, size int) *tongbao.Doc {
	text := generate.Text(seed, size)
	n := &tongbao.Notice{ID: tongbao.IDOf(text), Text: text, Published: "2021-08-30"}
	return segment.New().Segment(n)
}

func BenchmarkExtract(b *testing.B) {
	for _, size := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("%dkB", size/1000), func(b *testing.B) {
			doc := document(1, size)
			b.SetBytes(int64(len(doc.Notice.Text)))
			b.ReportAllocs()
			for b.Loop() {
				extractors.Extract(doc)
			}
		})
	}
}
