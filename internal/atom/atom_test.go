package atom

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const ours = "tongbao"

func sample(n int) Entry {
	return Entry{ID: Name(fmt.Sprint("n", n)), Title: fmt.Sprintf("石梁县通报 <%d> & 其他", n), Updated: fmt.Sprintf("2024-05-01T08:%02d:00Z", n),
		Published: Day("2024-04-30"), Link: Link{fmt.Sprintf("http://a.example/?a=1&b=%d", n)}, Author: &Person{"石梁县纪委"},
		Categories: []Category{{"case"}}, Summary: "第一段。\x00\x1b"}
}

func written(t *testing.T, entries, most int) (string, *Feed) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "feed.xml")
	f, err := Read(path, ours)
	if err != nil {
		t.Fatal(err)
	}
	f.ID, f.Title, f.Author = Name("feed a"), "通报", &Person{ours}
	for n := range entries {
		f.Add(sample(n), most)
	}
	if err := f.Write(path); err != nil {
		t.Fatal(err)
	}
	return path, f
}

func TestFeedComesBack(t *testing.T) {
	path, f := written(t, 5, 3)
	again, err := Read(path, ours)
	if err != nil {
		t.Fatal(err)
	}
	if len(again.Entries) != 3 || again.Entries[0].ID != sample(4).ID || again.Updated != sample(4).Updated {
		t.Errorf("%+v", again)
	}
	again.XMLName, f.XMLName = xml.Name{}, xml.Name{}
	for i := range f.Entries {
		f.Entries[i].Summary = strings.Map(func(r rune) rune {
			if r < ' ' {
				return '\uFFFD' // XML cannot hold them
			}
			return r
		}, f.Entries[i].Summary)
	}
	if diff := cmp.Diff(f, again); diff != "" {
		t.Error(diff)
	}
}

func TestAddReplacesTheSameID(t *testing.T) {
	_, f := written(t, 3, 10)
	e := sample(1)
	e.Title = "更正"
	f.Add(e, 10)
	if len(f.Entries) != 3 || f.Entries[0].Title != "更正" {
		t.Errorf("%+v", f.Entries)
	}
}

// TestWellFormed reads every token, and looks for what RFC 4287 §4.1 requires.
func TestWellFormed(t *testing.T) {
	path, _ := written(t, 3, 10)
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	count := map[string]int{}
	for d := xml.NewDecoder(file); ; {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if start, ok := token.(xml.StartElement); ok {
			if start.Name.Space != "http://www.w3.org/2005/Atom" {
				t.Errorf("%s is of no namespace", start.Name.Local)
			}
			count[start.Name.Local]++
		}
	}
	if count["feed"] != 1 || count["entry"] != 3 || count["id"] != 4 || count["updated"] != 4 || count["title"] != 4 || count["link"] != 3 {
		t.Error(count)
	}
}

func TestOtherFilesAreLeftAlone(t *testing.T) {
	for _, content := range []string{"", "notes of mine", "<feed/>", `<feed xmlns="http://www.w3.org/2005/Atom"><generator>another</generator></feed>`} {
		path := filepath.Join(t.TempDir(), "feed.xml")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(path, ours); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%q: %v", content, err)
		}
	}
}

func TestDay(t *testing.T) {
	for in, want := range map[string]string{"2024-05-01": "2024-05-01T00:00:00+08:00", "2024-05-01T10:20:00+08:00": "2024-05-01T10:20:00+08:00", "2024": "", "": ""} {
		if got := Day(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestNameStays(t *testing.T) {
	if got := Name("n7006130f67cc63ac"); got != Name("n7006130f67cc63ac") || got == Name("n750437713f233eb0") || !strings.HasPrefix(got, "urn:uuid:") || got[len("urn:uuid:")+14] != '5' {
		t.Error(got)
	}
}

// TestFeedparser asks the reader that most programs use, where
// TONGBAO_FEEDPARSER names a Python that has it.
func TestFeedparser(t *testing.T) {
	python := os.Getenv("TONGBAO_FEEDPARSER")
	if python == "" {
		t.Skip("TONGBAO_FEEDPARSER names no Python with feedparser")
	}
	path, f := written(t, 3, 10)
	out, err := exec.CommandContext(t.Context(), python, "-c", `import feedparser, json, sys
d = feedparser.parse(sys.argv[1])
print(json.dumps({"bozo": bool(d.bozo), "version": d.version, "id": d.feed.id, "entries": [[e.id, e.title, e.link, e.author, e.updated, e.published, e.tags[0].term] for e in d.entries]}))`, path).Output()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var got struct {
		Bozo        bool
		Version, ID string
		Entries     [][]string
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	want := got
	want.Bozo, want.Version, want.ID, want.Entries = false, "atom10", f.ID, nil
	for _, e := range f.Entries {
		want.Entries = append(want.Entries, []string{e.ID, e.Title, e.Link.Href, e.Author.Name, e.Updated, e.Published, "case"})
	}
	for i := range got.Entries { // feedparser hands titles on as HTML
		got.Entries[i][1] = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(got.Entries[i][1])
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
