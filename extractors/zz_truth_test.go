package extractors_test

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"
	"testing"

	"tongbao"
	"tongbao/extractors"
	"tongbao/internal/segment"
	"tongbao/pipeline/audit"
	"tongbao/pipeline/parse/outline"
)

func TestTruthDev(t *testing.T) {
	only := os.Getenv("ONLY")
	for _, md := range []string{"../testdata/notices.writer-b.md", "../testdata/notices.writer-a.md"} {
		raw, err := os.ReadFile(md)
		if err != nil {
			continue
		}
		var cols []string
		for _, line := range strings.Split(string(raw), "\n") {
			if !strings.HasPrefix(line, "| ") {
				continue
			}
			cells := strings.Split(strings.Trim(line, "| "), " | ")
			if cells[0] == "file" {
				cols = cells
				continue
			}
			if !strings.Contains(cells[0], ".") || strings.HasPrefix(cells[0], "-") {
				continue
			}
			row := map[string]string{}
			for i, c := range cells {
				if i < len(cols) {
					row[cols[i]] = strings.TrimSpace(c)
				}
			}
			base := strings.Split(row["file"], ".")[0]
			if only != "" && only != base {
				continue
			}
			body, err := os.ReadFile("/tmp/tb/" + base + ".txt")
			if err != nil {
				fmt.Println(base, "missing")
				continue
			}
			pub := row["published"]
			if strings.Contains(pub, "absent") {
				pub = ""
			}
			text := string(body)
			for strings.HasPrefix(text, row["title"]) || strings.HasPrefix(text, "来源") || strings.HasPrefix(text, "首页") || strings.HasPrefix(text, "（2022年11月8日") {
				_, text, _ = strings.Cut(text, "\n")
			}
			n := &tongbao.Notice{Title: row["title"], Published: pub, Text: strings.TrimSpace(text)}
			n.ID = tongbao.IDOf(n.Text)
			outline.Read(n)
			d := segment.New().Segment(n)
			f := extractors.Extract(d)
			fi := audit.Audit(d, f)
			var diffs []string
			cmp := func(k, got, want string) {
				if strings.Contains(want, "absent") || want == "—" {
					want = ""
				}
				if got != want {
					diffs = append(diffs, fmt.Sprintf("%s=%q want %q", k, got, want))
				}
			}
			cmp("signed", n.Signed, row["signed"])
			rid := ""
			if n.Round != nil {
				rid = n.Round.ID
			}
			cmp("round", rid, row["round"])
			cmp("team", n.Team, row["team"])
			cmp("issuer", n.Issuer, row["issuer"])
			ib, ins := "", ""
			for k := range row {
				if strings.HasPrefix(k, "inspected body") {
					ib = row[k]
				}
			}
			gi := ""
			if n.Inspected != nil {
				gi = n.Inspected.Name
			}
			cmp("inspected", gi, ib)
			if n.Inspection != nil {
				ins = n.Inspection.From + "/" + n.Inspection.To
			}
			insk := row["inspection"]
			if insk == "" {
				insk = row["inspection period"]
			}
			cmp("inspection", ins, insk)
			fb := row["feedback"]
			if fb == "" {
				fb = row["feedback date"]
			}
			cmp("feedback", n.Feedback, fb)
			if g := row["genre"]; g != "" {
				cmp("genre", string(n.Genre), g)
			}
			want := map[string]string{}
			for _, kv := range strings.FieldsFunc(row["headline metrics"], func(r rune) bool { return r == ' ' || r == ',' || r == ';' }) {
				if k, v, ok := strings.Cut(kv, "="); ok {
					want[k] = v
				}
			}
			var keys []string
			for k := range want {
				keys = append(keys, k)
			}
			for k := range n.Metrics {
				if _, ok := want[k]; !ok {
					keys = append(keys, k)
				}
			}
			sort.Strings(keys)
			ok := 0
			for _, k := range keys {
				if norm(want[k]) != norm(n.Metrics[k]) {
					diffs = append(diffs, fmt.Sprintf("%s=%q want %q", k, n.Metrics[k], want[k]))
				} else {
					ok++
				}
			}
			c, _ := json.Marshal(n.Contact)
			fmt.Printf("== %s  metrics %d/%d sections %d contact %s\n   %s\n", base, ok, len(keys), len(n.Sections), c, strings.Join(diffs, "\n   "))
			for _, x := range fi {
				if !x.Holds() || only != "" {
					fmt.Println("   AUDIT", x.Check, x.Verdict, x.Explain)
				}
			}
			if only != "" {
				for _, x := range f {
					b, _ := x.JSON(n.ID, tongbao.NewCodePoints(n.Text))
					var m map[string]any
					json.Unmarshal(b, &m)
					for _, k := range []string{"id", "notice", "start", "end", "type", "rule", "currency"} {
						delete(m, k)
					}
					s, _ := json.Marshal(m)
					a := max(0, x.Start-36)
					for a > 0 && n.Text[a]&0xC0 == 0x80 {
						a--
					}
					fmt.Printf("%s | %s\n", strings.ReplaceAll(n.Text[a:x.Start], "\n", "/"), s)
				}
			}
		}
	}
}

func norm(s string) string {
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}
