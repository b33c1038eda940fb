package embedded_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"tongbao"
	"tongbao/index"
	"tongbao/index/embedded"
	"tongbao/index/storetest"
)

const (
	benchNotices = 2000
	benchSize    = 3300 // characters: ten kilobytes, as real notices have
)

func textBytes(readings []tongbao.Reading) (n int64) {
	for i := range readings {
		n += int64(len(readings[i].Notice.Text))
	}
	return n
}

func recordsOf(readings []tongbao.Reading) []index.Record {
	records := make([]index.Record, len(readings))
	for i := range readings {
		records[i] = index.Record{URL: "/notices/" + readings[i].Notice.ID, SHA256: readings[i].Notice.ID, Versions: "1",
			Fetched: time.Unix(1700000000, 0), Reading: &readings[i]}
	}
	return records
}

func fill(b testing.TB, dir string, readings []tongbao.Reading) {
	ctx := context.Background()
	store, err := embedded.Create(ctx, dir)
	if err != nil {
		b.Fatal(err)
	}
	records := recordsOf(readings)
	for len(records) > 0 {
		batch := records[:min(len(records), 200)]
		if _, err := store.Put(ctx, batch); err != nil {
			b.Fatal(err)
		}
		records = records[len(batch):]
	}
	if err := store.Close(); err != nil {
		b.Fatal(err)
	}
}

func BenchmarkPut(b *testing.B) {
	readings := storetest.Readings(benchNotices, benchSize)
	b.SetBytes(textBytes(readings))
	facts := 0
	for _, r := range readings {
		facts += len(r.Facts)
	}
	for b.Loop() {
		dir := b.TempDir()
		fill(b, dir, readings)
		b.ReportMetric(float64(folderBytes(b, filepath.Join(dir, "index")))/1e6, "indexMB")
		b.ReportMetric(float64(folderBytes(b, dir))/1e6, "allMB")
	}
	b.ReportMetric(float64(facts), "facts")
}

func folderBytes(b testing.TB, dir string) (n int64) {
	err := filepath.Walk(dir, func(_ string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			n += info.Size()
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return n
}

func BenchmarkReindex(b *testing.B) {
	readings := storetest.Readings(benchNotices, benchSize)
	dir := b.TempDir()
	fill(b, dir, readings)
	store, err := embedded.Create(context.Background(), dir)
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	b.SetBytes(textBytes(readings))
	for b.Loop() {
		if err := store.Reindex(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSearch opens the collection anew for each query, as the command
// does.
func BenchmarkSearch(b *testing.B) {
	ctx := context.Background()
	dir := b.TempDir()
	readings := storetest.Readings(benchNotices, benchSize)
	fill(b, dir, readings)
	for name, text := range map[string]string{"word": "整改", "phrase": `"党纪处分"`, "rare": `"第77号"`, "words": "党纪处分 立案 谈话提醒", "fields": "district:江干区 published:2021 -立案"} {
		query, err := index.ParseQuery(text, storetest.Cut)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			b.SetBytes(textBytes(readings))
			for b.Loop() {
				store, err := embedded.Open(ctx, dir)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := store.Search(ctx, query, index.Page{}); err != nil {
					b.Fatal(err)
				}
				if err := store.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkFacts(b *testing.B) {
	ctx := context.Background()
	dir := b.TempDir()
	fill(b, dir, storetest.Readings(benchNotices, benchSize))
	store, err := embedded.Open(ctx, dir)
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	for b.Loop() {
		for _, err := range store.Facts(ctx, index.FactFilter{Kind: tongbao.Sanction, Category: "party", Min: "399"}) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkPutAlike puts notices that are nearly all the same: the dearest case
// for the search for near-duplicates.
func BenchmarkPutAlike(b *testing.B) {
	one := storetest.Readings(1, benchSize)[0]
	readings := make([]tongbao.Reading, 400)
	for i := range readings {
		n := *one.Notice
		n.Text += fmt.Sprintf("\n第%d份", i)
		n.ID = tongbao.IDOf(n.Text)
		readings[i] = one
		readings[i].Notice = &n
	}
	b.SetBytes(textBytes(readings))
	for b.Loop() {
		fill(b, b.TempDir(), readings)
	}
}

// BenchmarkVisit takes an address out of twenty thousand and settles it.
func BenchmarkVisit(b *testing.B) {
	ctx := context.Background()
	store, err := embedded.Create(ctx, b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	now := time.Unix(1700000000, 0)
	addresses := make([]index.Address, 20000)
	for i := range addresses {
		addresses[i] = index.Address{URL: fmt.Sprintf("http://host%d.example/%d.html", i%10, i), Kind: index.ArticleAddress}
	}
	if _, err := store.Offer(ctx, 1, addresses); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		a, _, err := store.Next(ctx, 1, now, []string{"host1.example", "host2.example"})
		if err != nil {
			b.Fatal(err)
		}
		a.State, a.Visited = index.AddressDone, now
		if a.URL == "" {
			b.Fatal("all are visited")
		}
		if err := store.Settle(ctx, []index.Visit{{Address: a}}); err != nil {
			b.Fatal(err)
		}
	}
}
