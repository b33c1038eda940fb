package segment

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tongbao"
	"tongbao/internal/generate"
)

// benchmarkNotice is the shared gold notice, or made-up text of its kind.
func benchmarkNotice(b *testing.B) string {
	if text, err := os.ReadFile(filepath.Join(shared(), "gold", "seed.txt")); err == nil {
		return string(text)
	}
	return generated(27_000)
}

// generated returns about size bytes of a notice's prose, in lines.
func generated(size int) string {
	const line = "（%d）关于“落实主体责任不够有力”问题的整改情况。对移交的%d件问题线索，及时进行分类处置，" +
		"目前已办结%d件，办结率为88.8%%；给予党纪处分9人次（党内警告6人、严重警告2人），清退款项90.05万元。" +
		"制定《关于加强党风廉政建设的实施意见（试行）》，举办文化惠民活动3000余场，覆盖率达84.1%%。\n"
	var text strings.Builder
	for i := 0; text.Len() < size; i++ {
		fmt.Fprintf(&text, line, i, i%37, i%23)
	}
	return text.String()
}

// BenchmarkSegment cuts the same notice again and again (warm), or each time as
// a program does that has met nothing before (cold).
func BenchmarkSegment(b *testing.B) {
	n := &tongbao.Notice{Text: benchmarkNotice(b)}
	warm := New()
	warm.Segment(n)
	for name, segmenter := range map[string]func() *Segmenter{
		"warm": func() *Segmenter { return warm },
		"cold": New,
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(n.Text)))
			b.ReportAllocs()
			for b.Loop() {
				segmenter().Segment(n)
			}
		})
	}
}

// BenchmarkSegmentGrowing shows that the time grows with the text and no faster.
func BenchmarkSegmentGrowing(b *testing.B) {
	for _, size := range []int{10_000, 100_000, 1_000_000} {
		n := &tongbao.Notice{Text: generated(size)}
		b.Run(fmt.Sprintf("%dkB", size/1000), func(b *testing.B) {
			b.SetBytes(int64(len(n.Text)))
			for b.Loop() {
				New().Segment(n)
			}
		})
	}
}

// BenchmarkGse is gse.Segment alone, on the text that BenchmarkExtract of
// package extractors reads: the measure of its speed.
func BenchmarkGse(b *testing.B) {
	text := []byte(generate.Text(1, 100_000))
	s := New()
	s.Segment(&tongbao.Notice{Text: string(text)})
	known := s.known.Load()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		known.gse.Segment(text)
	}
}

// BenchmarkWords cuts words alone: no numbers, no clauses.
func BenchmarkWords(b *testing.B) {
	text := benchmarkNotice(b)
	s := New()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		s.words(text, nil)
	}
}

func BenchmarkQuery(b *testing.B) {
	const query = "党纪处分 杭州市上城区"
	b.SetBytes(int64(len(query)))
	for b.Loop() {
		New().Words(query)
	}
}

func BenchmarkClauses(b *testing.B) {
	text := benchmarkNotice(b)
	numbers := findNumbers(text)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		bound(text, numbers)
	}
}

func BenchmarkLookup(b *testing.B) {
	text := benchmarkNotice(b)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		embedded().places(text, 0, len(text), func(place) {})
	}
}
