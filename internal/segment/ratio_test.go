package segment_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"tongbao"
	"tongbao/extractors"
	"tongbao/internal/generate"
	"tongbao/internal/segment"
	"tongbao/pipeline/parse"
)

// BenchmarkExtractOverGse runs extraction and gse.Segment on the same texts by
// turns, so that a busy machine slows both, and reports how many times as fast
// as gse extraction is ("gse"), with what each fact takes. A turn goes over some
// 2 MB with a collection before it, so that neither pays for the other's garbage.
// Medians leave out what other processes did. Run it with -cpu 1.
func BenchmarkExtractOverGse(b *testing.B) {
	for _, set := range ratioTexts(b) {
		b.Run(set.name, func(b *testing.B) {
			s, bytes, facts := segment.New(), 0, 0
			for _, n := range set.notices {
				s.Segment(n)
			}
			var docs []*tongbao.Doc
			for _, n := range set.notices {
				docs = append(docs, s.Segment(n))
				bytes += len(n.Text)
			}
			var extracting, cutting []time.Duration
			var before, after runtime.MemStats
			var bytesUsed, objects uint64
			rounds := time.Duration(max(1, 2_000_000/bytes))
			for b.Loop() {
				runtime.GC()
				for _, d := range docs { // what a collection threw away of the memory that is used again
					extractors.Extract(d)
				}
				runtime.ReadMemStats(&before)
				start := time.Now()
				for range rounds {
					facts = 0
					for _, d := range docs {
						facts += len(extractors.Extract(d))
					}
				}
				extracting = append(extracting, time.Since(start)/rounds)
				runtime.ReadMemStats(&after)
				bytesUsed, objects = bytesUsed+after.TotalAlloc-before.TotalAlloc, objects+after.Mallocs-before.Mallocs
				runtime.GC()
				start = time.Now()
				for range rounds {
					for _, d := range docs {
						s.CutWithGse([]byte(d.Notice.Text))
					}
				}
				cutting = append(cutting, time.Since(start)/rounds)
			}
			all := float64(b.N * facts * int(rounds))
			b.ReportMetric(float64(median(cutting))/float64(median(extracting)), "gse")
			b.ReportMetric(float64(bytes)/1e6/median(extracting).Seconds(), "extract-MB/s")
			b.ReportMetric(float64(bytesUsed)/all, "B/fact")
			b.ReportMetric(float64(objects)/all, "allocs/fact")
			b.ReportMetric(1000*float64(facts)/float64(bytes), "facts/kB")
		})
	}
}

func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}

type ratioText struct {
	name    string
	notices []*tongbao.Notice
}

// ratioTexts are the gold notice where it is present, our own notices, and
// generated text.
func ratioTexts(b *testing.B) []ratioText {
	shared := os.Getenv("TONGBAO_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	var sets []ratioText
	for _, set := range []struct{ name, files string }{
		{"gold", filepath.Join(shared, "gold", "seed.txt")},
		{"notices", filepath.Join("..", "..", "testdata", "notices", "*")},
	} {
		if notices := parsed(b, set.files); len(notices) > 0 {
			sets = append(sets, ratioText{set.name, notices})
		}
	}
	for _, size := range []int{10_000, 100_000, 1_000_000} {
		text := generate.Text(1, size)
		sets = append(sets, ratioText{fmt.Sprintf("generated-%dkB", size/1000), []*tongbao.Notice{{ID: tongbao.IDOf(text), Text: text, Published: "2021-08-30"}}})
	}
	return sets
}

func parsed(b *testing.B, pattern string) []*tongbao.Notice {
	files, err := filepath.Glob(pattern)
	if err != nil {
		b.Fatal(err)
	}
	var notices []*tongbao.Notice
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		n, err := parse.Parse(tongbao.Page{URL: file, Body: body})
		if err != nil {
			b.Fatal(err)
		}
		notices = append(notices, n)
	}
	return notices
}
