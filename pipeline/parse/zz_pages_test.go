package parse

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tongbao"
)

func grams(t string) map[string]int {
	r := []rune(strings.Join(strings.Fields(t), ""))
	m := map[string]int{}
	for i := 0; i+3 <= len(r); i++ {
		m[string(r[i:i+3])]++
	}
	return m
}

func TestPagesDev(t *testing.T) {
	files, _ := filepath.Glob("/work/shared/pages/*.html")
	for _, f := range append(files, "/work/shared/gold/seed.html", "/work/shared/gold/seed.txt") {
		b, _ := os.ReadFile(f)
		n, err := Parse(tongbao.Page{Body: b, URL: f})
		if err != nil {
			fmt.Println(f, err)
			continue
		}
		want, _ := os.ReadFile(strings.TrimSuffix(f, ".html") + ".txt")
		a, c := grams(string(want)), grams(n.Text)
		both, sum := 0, 0
		for k, v := range a {
			both += min(v, c[k])
			sum += v
		}
		for _, v := range c {
			sum += v
		}
		fmt.Printf("%.3f %s | %s | %s | %s | %d\n", 2*float64(both)/float64(sum), filepath.Base(f), n.Title, n.Source, n.Published, strings.Count(n.Text, "\n"))
		if os.Getenv("SHOW") != "" && strings.Contains(f, os.Getenv("SHOW")) {
			fmt.Println(n.Text)
		}
	}
	files, _ = filepath.Glob("../../testdata/notices/*")
	for _, f := range files {
		b, _ := os.ReadFile(f)
		n, err := Parse(tongbao.Page{Body: b, URL: f})
		if err != nil {
			fmt.Println(f, err)
			continue
		}
		r := []rune(n.Text)
		fmt.Printf("%s | %s | %s | %s | %d | %s … %s\n", filepath.Base(f), n.Title, n.Source, n.Published, strings.Count(n.Text, "\n"), strings.ReplaceAll(string(r[:20]), "\n", "/"), strings.ReplaceAll(string(r[len(r)-30:]), "\n", "/"))
	}
}
