package tongbao

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"
)

// TestFieldsAreDocumented starts from the records: a field that docs/fields.md
// does not name fails.
func TestFieldsAreDocumented(t *testing.T) {
	page, err := os.ReadFile("docs/fields.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, record := range []any{noticeRecord{}, sectionRecord{}, factRecord{}, findingRecord{}, Round{}, InspectedBody{}, Contact{}} {
		r := reflect.TypeOf(record)
		for i := range r.NumField() {
			key, _, _ := strings.Cut(r.Field(i).Tag.Get("json"), ",")
			if key != "" && !strings.Contains(string(page), "`"+key+"`") {
				t.Errorf("%s: docs/fields.md does not name `%s`", r.Name(), key)
			}
		}
	}
	for _, kind := range Kinds {
		if !strings.Contains(string(page), "| `"+string(kind)+"` |") {
			t.Errorf("docs/fields.md does not describe the kind %s", kind)
		}
	}
}

func TestOffsetsCountCodePoints(t *testing.T) {
	text := strings.Repeat("通报a𠮷\n", 200) + "9件"
	start := strings.Index(text, "9件")
	n := &Notice{ID: IDOf(text), Text: text}
	f := Fact{ID: FactID(n.ID, Count, Span{start, start + len("9件")}), Kind: Count, Span: Span{start, start + len("9件")}, Quote: "9件"}
	var lines strings.Builder
	if err := (Reading{Notice: n, Facts: []Fact{f}}).WriteJSON(&lines); err != nil {
		t.Fatal(err)
	}
	_, line, _ := strings.Cut(lines.String(), "\n")
	var record struct{ Start, End int }
	if err := json.Unmarshal([]byte(line), &record); err != nil {
		t.Fatal(err)
	}
	if got := string([]rune(text)[record.Start:record.End]); got != "9件" {
		t.Errorf("code points %d to %d are %q", record.Start, record.End, got)
	}
}

func TestIDLeavesWhiteSpaceAside(t *testing.T) {
	if IDOf("给予 党纪\n处分") != IDOf("给予党纪处分　") {
		t.Error("white space changes the id")
	}
	if IDOf("给予党纪处分") == IDOf("给予政务处分") {
		t.Error("two texts have one id")
	}
}
