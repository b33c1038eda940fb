package tools_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"
	"go.uber.org/goleak"

	"tongbao"
	"tongbao/index"
	"tongbao/index/embedded"
	"tongbao/index/storetest"
	"tongbao/index/tools"
	"tongbao/internal/segment"
	"tongbao/pipeline"
	"tongbao/pipeline/parse"
)

// folder holds a collection of the notices of testdata/notices.
var folder string

func TestMain(m *testing.M) {
	var err error
	if folder, err = os.MkdirTemp("", "tools"); err == nil {
		err = collect(folder)
	}
	if err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(folder)
	if err := goleak.Find(); err != nil && code == 0 {
		println(err.Error())
		code = 1
	}
	os.Exit(code)
}

func collect(folder string) error {
	catalogue, err := parse.LoadCatalogue("")
	if err != nil {
		return err
	}
	store, err := embedded.Create(context.Background(), folder)
	if err != nil {
		return err
	}
	if _, err := pipeline.Run(context.Background(), []string{filepath.Join("..", "..", "testdata", "notices")}, store, catalogue, func(pipeline.Result) {}); err != nil {
		return err
	}
	return store.Close()
}

// connect returns a client of the SDK that speaks with our server, and the
// store behind it.
func connect(t *testing.T) (*mcp.ClientSession, index.Store) {
	t.Helper()
	return connectTo(t, folder)
}

func connectTo(t *testing.T, folder string) (*mcp.ClientSession, index.Store) {
	t.Helper()
	store, err := embedded.Open(t.Context(), folder)
	if err != nil {
		t.Fatal(err)
	}
	server, err := tools.NewServer(store, "test", segment.New().Words)
	if err != nil {
		t.Fatal(err)
	}
	ours, theirs := mcp.NewInMemoryTransports()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- server.Run(ctx, ours) }()
	session, err := mcp.NewClient(&mcp.Implementation{Name: "test"}, nil).Connect(ctx, theirs, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		session.Close()
		if err := <-ended; err != nil {
			t.Errorf("the server ended with %v", err)
		}
		cancel()
		store.Close()
	})
	return session, store
}

// call calls a tool and decodes what it returns, after checking it against the
// schema that the server published.
func call[Out any](t *testing.T, session *mcp.ClientSession, name string, arguments map[string]any) Out {
	t.Helper()
	result := answer(t, session, name, arguments)
	if result.IsError {
		t.Fatalf("%s %v: %s", name, arguments, said(result))
	}
	raw, err := json.Marshal(result.StructuredContent)
	if err != nil {
		t.Fatal(err)
	}
	if len(raw) > 300_000 {
		t.Errorf("%s %v: %d bytes", name, arguments, len(raw))
	}
	if err := schemaOf(t, session, name).Validate(result.StructuredContent); err != nil {
		t.Errorf("%s %v: %v", name, arguments, err)
	}
	var out Out
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func answer(t *testing.T, session *mcp.ClientSession, name string, arguments map[string]any) *mcp.CallToolResult {
	t.Helper()
	result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: name, Arguments: arguments})
	if err != nil {
		t.Fatalf("%s %v: %v", name, arguments, err)
	}
	return result
}

func said(result *mcp.CallToolResult) string {
	var words []string
	for _, c := range result.Content {
		words = append(words, c.(*mcp.TextContent).Text)
	}
	return strings.Join(words, "\n")
}

func schemaOf(t *testing.T, session *mcp.ClientSession, name string) *jsonschema.Resolved {
	t.Helper()
	for tool, err := range session.Tools(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		if tool.Name != name {
			continue
		}
		raw, err := json.Marshal(tool.OutputSchema)
		if err != nil {
			t.Fatal(err)
		}
		var schema jsonschema.Schema
		if err := json.Unmarshal(raw, &schema); err != nil {
			t.Fatal(err)
		}
		resolved, err := schema.Resolve(nil)
		if err != nil {
			t.Fatal(err)
		}
		return resolved
	}
	t.Fatalf("no tool %s", name)
	return nil
}

func TestToolsOnlyRead(t *testing.T) {
	session, _ := connect(t)
	var names []string
	for tool, err := range session.Tools(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, tool.Name)
		if !tool.Annotations.ReadOnlyHint || *tool.Annotations.OpenWorldHint || tool.Description == "" || tool.InputSchema == nil || tool.OutputSchema == nil {
			t.Errorf("%s is not told to be read-only, or lacks something: %+v", tool.Name, tool)
		}
		raw, _ := json.Marshal(tool)
		if strings.Contains(string(raw), `"null"`) {
			t.Errorf("%s: a type may be null: %s", tool.Name, raw)
		}
	}
	slices.Sort(names)
	if want := []string{"audit", "compare", "facts", "search", "show"}; !slices.Equal(names, want) {
		t.Errorf("tools %v, want %v", names, want)
	}
}

// A record is what the tests look at in the records of the contract.
type record struct {
	ID, Notice, Kind, Value, Quote, Verdict string
	Start, End                              int
}

type listed struct {
	Facts, Findings []record
	Notices         map[string]struct{ ID, Title, URL string }
	NextOffset      int `json:"next_offset"`
}

// TestPages walks all pages of facts and findings and compares them with what
// the store yields.
func TestPages(t *testing.T) {
	session, store := connect(t)
	var facts []string
	for f, err := range store.Facts(t.Context(), index.FactFilter{Kind: "sanction"}) {
		if err != nil {
			t.Fatal(err)
		}
		facts = append(facts, f.ID)
	}
	var got []string
	for offset, pages := 0, 0; pages < 1000; pages++ {
		out := call[listed](t, session, "facts", map[string]any{"kind": "sanction", "limit": 7, "offset": offset})
		for _, f := range out.Facts {
			got = append(got, f.ID)
			if from := out.Notices[f.Notice]; from.ID != f.Notice || from.Title == "" || from.URL == "" {
				t.Errorf("fact %s: no source %+v", f.ID, from)
			}
		}
		if offset = out.NextOffset; offset == 0 {
			break
		}
	}
	if len(facts) == 0 || !slices.Equal(got, facts) {
		t.Errorf("%d facts in pages, %d in the store", len(got), len(facts))
	}
	if out := call[listed](t, session, "audit", map[string]any{"verdict": "mismatch"}); len(out.Findings) != 4 || out.NextOffset != 0 {
		t.Errorf("%d mismatches, want the four of the README", len(out.Findings))
	}
	if out := call[listed](t, session, "facts", map[string]any{"limit": 1_000_000}); len(out.Facts) != 100 || out.NextOffset != 100 {
		t.Errorf("%d facts and next_offset %d: a page has no more than 100", len(out.Facts), out.NextOffset)
	}
	if out := call[listed](t, session, "facts", map[string]any{"offset": 1_000_000}); len(out.Facts) != 0 || out.NextOffset != 0 {
		t.Errorf("behind the last page: %+v", out)
	}
}

type found struct {
	Total int
	Hits  []struct {
		ID       string
		URLs     []string
		Passages []struct {
			Start, End int
			Text       string
		}
	}
	Facets     []index.Facet
	NextOffset int `json:"next_offset"`
}

type shown struct {
	Notice             map[string]any
	Start, End, Length int
	Accessed, Text     string
	Facts, Findings    []record
	NextStart          int `json:"next_start"`
}

// TestSearchThenShow follows a hit to its text: the stretches of a notice make
// up all of it, with every fact where it says it is.
func TestSearchThenShow(t *testing.T) {
	session, store := connect(t)
	hits := call[found](t, session, "search", map[string]any{"query": `"问题线索"`, "limit": 2, "facets": []string{"year", "issuer"}})
	if len(hits.Hits) != 2 || hits.NextOffset != 2 || hits.Total <= 2 || len(hits.Hits[0].URLs) == 0 || len(hits.Hits[0].Passages) == 0 {
		t.Fatalf("search: %+v", hits)
	}
	if len(hits.Facets) != 2 || len(hits.Facets[0].Counts) < 2 || len(hits.Facets[1].Counts) > 20 {
		t.Errorf("facets: %+v", hits.Facets)
	}
	reading, err := store.Notice(t.Context(), hits.Hits[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	facts, findings := 0, 0
	for start, pages := 0, 0; pages < 1000; pages++ {
		out := call[shown](t, session, "show", map[string]any{"id": hits.Hits[0].ID[:8], "start": start, "length": 500})
		stretch := []rune(out.Text)
		if out.Start != start || out.End-out.Start != len(stretch) || len(stretch) > 500 || out.Accessed == "" || out.Notice["title"] == "" {
			t.Fatalf("stretch %d–%d of %d characters: %+v", out.Start, out.End, len(stretch), out.Notice)
		}
		if _, ok := out.Notice["text"]; ok {
			t.Error("the record holds the text once more")
		}
		for _, f := range out.Facts {
			if f.End <= out.End && string(stretch[f.Start-out.Start:f.End-out.Start]) != f.Quote {
				t.Errorf("%s is not at %d–%d", f.Quote, f.Start, f.End)
			}
		}
		text.WriteString(out.Text)
		facts, findings = facts+len(out.Facts), findings+len(out.Findings)
		if start = out.NextStart; start == 0 {
			break
		}
	}
	if text.String() != reading.Notice.Text || facts != len(reading.Facts) || findings != len(reading.Findings) {
		t.Errorf("%d bytes, %d facts, %d findings; want %d, %d, %d", text.Len(), facts, findings, len(reading.Notice.Text), len(reading.Facts), len(reading.Findings))
	}
	fact := reading.Facts[len(reading.Facts)/2]
	if out := call[shown](t, session, "show", map[string]any{"id": reading.Notice.ID, "fact": fact.ID}); strings.Contains(out.Text, "\n") || !strings.Contains(out.Text, fact.Quote) {
		t.Errorf("the paragraph of %s: %q", fact.Quote, out.Text)
	}
	section := reading.Notice.Sections[0]
	if out := call[shown](t, session, "show", map[string]any{"id": reading.Notice.ID, "section": section.Path, "length": 10}); !strings.HasPrefix(reading.Notice.Text[section.Start:], out.Text) {
		t.Errorf("section %s begins %q", section.Path, out.Text)
	}
}

func TestCompare(t *testing.T) {
	session, store := connect(t)
	want, err := index.Compare(t.Context(), store, index.Comparison{By: index.ByDistrict, Metrics: []string{"party_sanctions"}})
	if err != nil {
		t.Fatal(err)
	}
	type table struct {
		index.Table
		Total      int
		NextOffset int `json:"next_offset"`
	}
	var rows []index.Row
	for offset, pages := 0, 0; pages < 1000; pages++ {
		out := call[table](t, session, "compare", map[string]any{"metrics": []string{"party_sanctions"}, "limit": 3, "offset": offset})
		if out.Total != len(want.Rows) {
			t.Errorf("total %d, want %d", out.Total, len(want.Rows))
		}
		rows = append(rows, out.Rows...)
		if offset = out.NextOffset; offset == 0 {
			break
		}
	}
	if len(rows) != len(want.Rows) {
		t.Fatalf("%d rows, want %d", len(rows), len(want.Rows))
	}
	for i, row := range rows {
		if row.Key != want.Rows[i].Key || row.Cells[0].Value != want.Rows[i].Cells[0].Value {
			t.Errorf("row %+v, want %+v", row, want.Rows[i])
		}
	}
	for _, by := range []string{"round", "year", "issuer"} {
		if out := call[table](t, session, "compare", map[string]any{"by": by, "due": "2022-01-01"}); len(out.Rows) == 0 || len(out.Columns) == 0 {
			t.Errorf("by %s: nothing", by)
		}
	}
}

// TestMeanwhile checks that a server sees what another process puts into the
// collection after it was started.
func TestMeanwhile(t *testing.T) {
	folder := t.TempDir()
	put := func(readings []tongbao.Reading) {
		t.Helper()
		store, err := embedded.Create(t.Context(), folder)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := store.Put(t.Context(), storetest.Records(readings)); err != nil {
			t.Fatal(err)
		}
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
	}
	readings := storetest.Readings(40, 300)
	put(readings[:20])
	session, _ := connectTo(t, folder)
	query := map[string]any{"query": "year:2020 OR -year:2020"}
	for _, want := range []int{20, 40} {
		if out := call[found](t, session, "search", query); out.Total != want {
			t.Errorf("%d notices, want %d", out.Total, want)
		}
		put(readings)
	}
}

// TestUserErrors checks that what a user gets wrong is a result of the tool that
// says what to do, and no error of the protocol.
func TestUserErrors(t *testing.T) {
	session, _ := connect(t)
	for _, c := range []struct {
		tool      string
		arguments map[string]any
		says      string
	}{
		{"search", map[string]any{"query": `"问题`}, "1"},
		{"search", map[string]any{}, "search takes query, facets, limit, offset"},
		{"search", map[string]any{"query": "整改", "offset": -1}, "offset"},
		{"show", map[string]any{"id": "n0000000000000000"}, "search"},
		{"show", map[string]any{"id": "n7006130f67cc63ac", "section": "99"}, "outline"},
		{"show", map[string]any{"id": "n7006130f67cc63ac", "fact": "f0"}, "tool facts"},
		{"show", map[string]any{"id": "n7006130f67cc63ac", "fact": "f0", "section": "1"}, "one of them"},
		{"show", map[string]any{"id": "n7006130f67cc63ac", "start": 10_000_000}, "leave start out"},
		{"facts", map[string]any{"kind": "gossip"}, "sanction"},
		{"facts", map[string]any{"min": "viele"}, "min"},
		{"facts", map[string]any{"before": "2021-13-45"}, "2021-12-31"},
		{"facts", map[string]any{"knid": "count"}, "kind"},
		{"audit", map[string]any{"verdict": "wrong"}, "mismatch"},
		{"compare", map[string]any{"by": "weather"}, "district"},
		{"compare", map[string]any{"metrics": []string{"happiness"}}, "party_sanctions"},
	} {
		result := answer(t, session, c.tool, c.arguments)
		if !result.IsError || !strings.Contains(said(result), c.says) {
			t.Errorf("%s %v: error %t, %q; want %q in it", c.tool, c.arguments, result.IsError, said(result), c.says)
		}
	}
	if _, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "delete"}); err == nil {
		t.Error("an unknown tool was called")
	}
}
