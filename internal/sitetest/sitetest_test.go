package sitetest

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// served starts a world for a test.
func served(t *testing.T, w *World) *World {
	t.Helper()
	if err := w.Serve(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		client.CloseIdleConnections()
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

// client neither follows redirects nor unpacks.
var client = &http.Client{
	Transport:     &http.Transport{DisableCompression: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// get fetches an address; fields are pairs of name and value.
func get(t *testing.T, address string, fields ...string) (*http.Response, []byte, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(fields); i += 2 {
		r.Header.Set(fields[i], fields[i+1])
	}
	answer, err := client.Do(r)
	if err != nil {
		return nil, nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	return answer, body, err
}

// ok fetches an address that must be there.
func ok(t *testing.T, address string) []byte {
	t.Helper()
	answer, body, err := get(t, address)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %v, %v", address, answer, err)
	}
	return body
}

func TestWorldsAreDeterminedByTheirSeed(t *testing.T) {
	a, b, other := New(7, 10, 300, 0.1), New(7, 10, 300, 0.1), New(8, 10, 300, 0.1)
	x, y, z := a.Articles(), b.Articles(), other.Articles()
	if len(x) != len(y) {
		t.Fatalf("%d and %d addresses", len(x), len(y))
	}
	same := 0
	for i := range x {
		one, _ := x[i].Page()
		two, _ := y[i].Page()
		if x[i].Path != y[i].Path || x[i].Fault != y[i].Fault || !bytes.Equal(one, two) {
			t.Fatalf("%s and %s differ", x[i].Path, y[i].Path)
		}
		if i < len(z) && z[i].Truth().Text == x[i].Truth().Text {
			same++
		}
	}
	if same > len(x)/10 {
		t.Errorf("%d of %d texts are those of another seed", same, len(x))
	}
}

// TestPlan counts what a world of the size of the run holds.
func TestPlan(t *testing.T) {
	w := New(1, 10, 2000, 0.05)
	texts, notices := map[string]int{}, map[int]bool{}
	faults, forms, outcomes := map[Fault]int{}, map[Form]int{}, map[Outcome]int{}
	reposts, near, changing := 0, 0, 0
	for _, a := range w.Articles() {
		forms[a.Form]++
		outcomes[a.Outcome()]++
		if a.Form != HTML {
			continue
		}
		faults[a.Fault]++
		text := a.Truth().Text
		if before, ok := texts[text]; ok && before != a.Notice {
			t.Errorf("notices %d and %d are one text", before, a.Notice)
		}
		texts[text] = a.Notice
		if notices[a.Notice] {
			reposts++
		}
		notices[a.Notice] = true
		if a.Near >= 0 {
			near++
			if original := plain(w.notice(a.Near, 0).paragraphs); original == text || len(original) < 2000 {
				t.Errorf("notice %d is no near-duplicate of %d", a.Notice, a.Near)
			}
		}
		if a.Changes {
			changing++
		}
	}
	if len(notices) != 2000 || len(texts) != 2000 || reposts < 60 || near < 20 || changing < 40 {
		t.Errorf("%d notices, %d texts, %d reposts, %d near, %d changing", len(notices), len(texts), reposts, near, changing)
	}
	with := 0
	for _, f := range dealt {
		if faults[f] == 0 {
			t.Errorf("no page has the fault %q", f)
		}
		with += faults[f]
	}
	if with < 70 || with > 140 {
		t.Errorf("%d of %d pages have a fault", with, forms[HTML])
	}
	for _, f := range []Form{PDF, DOCX, Scan, OldOffice} {
		if forms[f] == 0 {
			t.Errorf("no file is of the form %q", f)
		}
	}
	if e := w.Expect(); e.Notices > outcomes[Kept] || e.Notices < 1900 || e.Ends[Failed] != outcomes[Failed] || outcomes[Unseen] == 0 {
		t.Errorf("expected are %+v", e)
	}
	t.Logf("%d notices, %d reposts, %d near-duplicates, %d that change, %d faults; %v; %v", len(notices), reposts, near, changing, with, forms, outcomes)
}

func TestAddressesAreUnique(t *testing.T) {
	w := New(3, 16, 1600, 0.2)
	seen := map[string]bool{}
	for _, a := range w.Articles() {
		if seen[a.URL()] {
			t.Errorf("%s stands for two", a.URL())
		}
		seen[a.URL()] = true
		if InTrap(a.URL()) {
			t.Errorf("%s lies in a trap", a.URL())
		}
	}
}

func TestDaysGoBy(t *testing.T) {
	w := served(t, New(5, 4, 200, 0))
	before := w.Articles()
	var changing *Article
	for _, a := range before {
		if a.Changes {
			changing = a
		}
	}
	old, first := changing.Truth().Text, ok(t, changing.URL())
	w.Advance()
	if got := len(w.Articles()) - len(before); got != 4 {
		t.Errorf("%d new notices, want one a host", got)
	}
	for _, a := range w.Articles()[len(before):] {
		if list := ok(t, w.Addresses()[a.Host]+"/"); !bytes.Contains(list, []byte(a.Path)) {
			t.Errorf("%s is not on the home page", a.Path)
		}
		ok(t, a.URL())
	}
	if now := changing.Truth().Text; now == old || !strings.Contains(now, "更正") {
		t.Error("the page that changes has not changed")
	}
	if bytes.Equal(first, ok(t, changing.URL())) {
		t.Error("the bytes of the page that changes have not changed")
	}
}

func TestConditionalRequests(t *testing.T) {
	w := served(t, New(5, 4, 200, 0))
	validators := map[string]int{}
	for _, a := range w.Articles() {
		if a.Form != HTML || !a.Changes && len(validators) > 6 {
			continue
		}
		answer, _, err := get(t, a.URL())
		if err != nil {
			t.Fatal(err)
		}
		for validator, condition := range map[string]string{"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"} {
			value := answer.Header.Get(validator)
			if value == "" {
				continue
			}
			validators[validator]++
			again, body, err := get(t, a.URL(), condition, value)
			if err != nil || again.StatusCode != http.StatusNotModified || len(body) > 0 {
				t.Errorf("%s with %s %s: %v, %v", a.URL(), condition, value, again, err)
			}
		}
		if !a.Changes || answer.Header.Get("ETag") == "" {
			continue
		}
		w.Advance()
		if again, _, err := get(t, a.URL(), "If-None-Match", answer.Header.Get("ETag")); err != nil || again.StatusCode != http.StatusOK {
			t.Errorf("%s after it changed: %v, %v", a.URL(), again, err)
		}
		break
	}
	if validators["ETag"] == 0 || validators["Last-Modified"] == 0 {
		t.Errorf("validators: %v", validators)
	}
}

func TestLog(t *testing.T) {
	w := served(t, New(5, 2, 20, 0))
	a := w.Articles()[0]
	if _, _, err := get(t, a.URL(), "User-Agent", "tongbao/1 (+mailto:x@example.org)", "If-None-Match", `"x"`); err != nil {
		t.Fatal(err)
	}
	ok(t, w.Addresses()[0]+"/")
	client.CloseIdleConnections()
	_ = w.Close() // the log of a request is written after its answer
	log := w.Log()
	if len(log) != 2 {
		t.Fatalf("%d requests", len(log))
	}
	h := log[0]
	if h.Host != 0 || h.URL != a.URL() || h.Status != 200 || h.Bytes == 0 || h.Agent != "tongbao/1 (+mailto:x@example.org)" || h.IfNoneMatch != `"x"` || h.Together != 1 || h.End.Before(h.Start) {
		t.Errorf("%+v", h)
	}
	if gap, ok := MinGaps(log)[0]; !ok || gap < 0 || len(MinGaps(log)) != 1 {
		t.Errorf("gaps %v", MinGaps(log))
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		New(1, 10, 2000, 0.05)
	}
}

func BenchmarkPage(b *testing.B) {
	list := New(1, 10, 2000, 0.05).Articles()
	i := 0
	for b.Loop() {
		list[i%len(list)].Page()
		i++
	}
}
