package pipeline_test

import (
	"os"
	"strings"
	"testing"

	"tongbao"
	"tongbao/internal/segment"
	"tongbao/pipeline"
)

// FuzzRead takes any bytes down the whole line: what is read points at the
// words it was read from, and findings rest on facts that are there.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"中共青溪县委关于巡视整改进展情况的通报\n追究责任8人，其中给予党内警告1人、诫勉3人；两项合计23人次，第一种形态205人次，占69.5%；合计295人次。",
		"<html><title>通报</title><p>137家企业，停产11家、整改28家，其余89家；收到信访件9件，办结8件，办结率88.8%，剩余1件。</p>",
		"a\xffb<p>《》等5项，出台《甲》《乙》等3项制度，1:4.4，0件",
	} {
		f.Add([]byte(seed))
	}
	if page, err := os.ReadFile("../testdata/notices/bailu-2021.html"); err == nil {
		f.Add(page)
	}
	s := segment.New()
	f.Fuzz(func(t *testing.T, body []byte) {
		r, err := pipeline.Read(tongbao.Page{Body: body}, s)
		if err != nil {
			return
		}
		known := map[string]bool{}
		for _, fact := range r.Facts {
			known[fact.ID] = true
			if fact.Of(r.Notice.Text) != fact.Quote {
				t.Errorf("%s %d–%d quotes %q, not %q", fact.Kind, fact.Start, fact.End, fact.Quote, fact.Of(r.Notice.Text))
			}
		}
		for _, finding := range r.Findings {
			for _, id := range finding.Facts {
				if !known[id] {
					t.Errorf("%s rests on %s, which is no fact", finding.Check, id)
				}
			}
		}
		var b strings.Builder
		if err := r.WriteJSON(&b); err != nil {
			t.Error(err)
		}
	})
}
