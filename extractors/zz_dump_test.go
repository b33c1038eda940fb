package extractors_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tongbao"
	"tongbao/pipeline/parse"
)

func TestDumpDev(t *testing.T) {
	files, _ := filepath.Glob(os.Getenv("DUMP"))
	for _, file := range files {
		body, _ := os.ReadFile(file)
		n, err := parse.Parse(tongbao.Page{URL: file, Body: body})
		if err != nil {
			fmt.Println(file, err)
			continue
		}
		facts, findings := readWhole(n)
		fmt.Println("=====", filepath.Base(file), n.Title, "|", n.Genre, n.Issuer, n.Team, n.Round, n.Inspected, n.Inspection, n.Feedback, n.Signed, n.Metrics)
		for _, f := range facts {
			a := max(0, f.Start-30)
			for a > 0 && n.Text[a]&0xC0 == 0x80 {
				a--
			}
			b := min(len(n.Text), f.End+24)
			for b < len(n.Text) && n.Text[b]&0xC0 == 0x80 {
				b++
			}
			ctx := strings.ReplaceAll(n.Text[a:f.Start]+"["+f.Quote+"]"+n.Text[f.End:b], "\n", "/")
			x := []string{f.Value, f.Unit, f.What, f.Category, f.Measure, string(f.Approx), f.Direction, f.From, f.To, f.Relation, f.Action, f.Number, f.By, f.Canonical}
			var y []string
			for _, v := range x {
				if v != "" {
					y = append(y, v)
				}
			}
			if k := os.Getenv("KIND"); k == "" || strings.Contains(k, string(f.Kind)) {
				fmt.Println(string(f.Kind)[:4], ctx, "=>", strings.Join(y, " | "))
			}
		}
		for _, f := range findings {
			fmt.Println("  AUDIT", f.Check, f.Verdict, f.Explain)
		}
	}
}
