package extractors_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"tongbao"
	"tongbao/extractors"
	"tongbao/internal/segment"
	"tongbao/pipeline/audit"
	"tongbao/pipeline/parse/outline"
)

func TestGoldDev(t *testing.T) {
	raw, err := os.ReadFile("/work/shared/gold/seed.gold.json")
	if err != nil {
		t.Skip()
	}
	var g struct{ Body string }
	json.Unmarshal(raw, &g)
	n := &tongbao.Notice{Title: "中共杭州市上城区委关于十四届省委第十一轮巡视整改进展情况(原江干区部分)的通报", Source: "浙江省纪委省监委网站", Published: "2021-08-30T11:34:29+08:00", Text: strings.TrimSpace(g.Body)}
	n.ID = tongbao.IDOf(n.Text)
	outline.Read(n)
	d := segment.New().Segment(n)
	f := extractors.Extract(d)
	r := tongbao.Reading{Notice: n, Facts: f, Findings: audit.Audit(d, f)}
	w, _ := os.Create("/tmp/out.jsonl")
	defer w.Close()
	if err := r.WriteJSON(w); err != nil {
		t.Fatal(err)
	}
}
