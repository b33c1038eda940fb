package gold

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"tongbao"
	"tongbao/internal/segment"
	"tongbao/pipeline"
)

// shared is the folder of the gold notice that lies beside the project.
var shared = filepath.Join(cmp.Or(os.Getenv("TONGBAO_SHARED"), "../../../shared"), "gold")

// reference scores each output named against the annotation with the reference
// scorer, a JSON object a line.
const reference = `
import json, sys
sys.path.insert(0, sys.argv[1])
import score
gold = json.load(open(sys.argv[2], encoding="utf8"))
for name in sys.argv[3:]:
    lines = [json.loads(x) for x in open(name, encoding="utf8") if x.strip()]
    print(json.dumps(score.score(gold, lines)[0]))
`

// TestScoreAgreesWithReference damages the reading of the shared gold notice in
// many ways and compares every figure with that of score.py.
func TestScoreAgreesWithReference(t *testing.T) {
	if _, err := os.Stat(shared); err != nil {
		t.Skip("the shared gold notice is not here: ", err)
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not here, which the reference scorer needs")
	}
	annotation, err := os.ReadFile(filepath.Join(shared, "seed.gold.json"))
	if err != nil {
		t.Fatal(err)
	}
	g, err := Read(bytes.NewReader(annotation))
	if err != nil {
		t.Fatal(err)
	}
	records := read(t, g)
	names := []string{}
	folder := t.TempDir()
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 60 {
		name := filepath.Join(folder, fmt.Sprint(i))
		if err := os.WriteFile(name, damaged(random, records, i), 0o644); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	program := exec.Command(python, append([]string{"-B", "-c", reference, shared, filepath.Join(shared, "seed.gold.json")}, names...)...)
	program.Stderr = os.Stderr
	want, err := program.Output()
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(strings.TrimSpace(string(want)), "\n") {
		output, err := os.Open(names[i])
		if err != nil {
			t.Fatal(err)
		}
		scores, err := Score(g, output)
		output.Close()
		if err != nil {
			t.Fatal(err)
		}
		got, err := json.Marshal(scores)
		if err != nil {
			t.Fatal(err)
		}
		compare(t, i, string(got), line)
	}
}

// compare fails where two tables of scores differ in a row or a figure.
func compare(t *testing.T, damage int, got, want string) {
	t.Helper()
	var g, w map[string]map[string]float64
	for text, into := range map[string]*map[string]map[string]float64{got: &g, want: &w} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			t.Fatalf("%v in %s", err, text)
		}
	}
	if len(g) != len(w) {
		t.Errorf("damage %d: %d rows, want %d", damage, len(g), len(w))
	}
	for row, figures := range w {
		if fmt.Sprint(g[row]) != fmt.Sprint(figures) {
			t.Errorf("damage %d: %s %v, want %v", damage, row, g[row], figures)
		}
	}
}

func read(t *testing.T, g *Gold) []record {
	t.Helper()
	reading, err := pipeline.Read(tongbao.Page{Body: []byte(g.Document())}, segment.New())
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := reading.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	var records []record
	for line := range strings.Lines(b.String()) {
		r, err := object([]byte(line))
		if err != nil {
			t.Fatal(err)
		}
		records = append(records, r)
	}
	return records
}

// damaged returns the records with some left out and some altered, the more
// the higher the degree; the first degree leaves all as it is.
func damaged(random *rand.Rand, records []record, degree int) []byte {
	var b bytes.Buffer
	for _, r := range records {
		altered := record{}
		for k, v := range r {
			altered[k] = v
		}
		if random.IntN(200) < degree {
			switch fields := []string{"value", "start", "end", "unit", "category", "measure", "what", "by", "from", "number", "relation", "numerator", "part_of", "name", "canonical", "metrics", "verdict", "holds", "parts"}; random.IntN(4) {
			case 0:
				if r["type"] != "notice" {
					continue
				}
			case 1:
				delete(altered, fields[random.IntN(len(fields))])
			case 2:
				altered["value"] = fmt.Sprint(random.IntN(100), ".50")
			case 3:
				altered["start"] = json.Number(fmt.Sprint(random.IntN(12000)))
			}
		}
		line, err := json.Marshal(altered)
		if err != nil {
			panic(err)
		}
		b.Write(append(line, '\n'))
	}
	return b.Bytes()
}

const small = `{"notice": {"title": "中共云岭县委关于巡视整改进展情况的通报", "phone": "0871-1234567"},
 "body": "给予党纪处分9人(警告6人、\n严重警告3人)。追缴3.50万元。",
 "facts": [
  {"kind": "sanction", "quote": "9人", "start": 6, "end": 8, "value": "9", "category": "party"},
  {"kind": "sanction", "quote": "6人", "start": 11, "end": 13, "value": "6", "category": "party", "measure": "警告", "part_of": [6, 8]},
  {"kind": "money", "quote": "3.50万元", "start": 25, "end": 31, "value": "35000", "what": "追缴"}],
 "institutions": ["原云岭县委", "县财政局"], "metrics": {"party_sanctions": "9"}, "audit": []}`

// What stands in the text itself is scored by hand here, without the program.
func TestScore(t *testing.T) {
	g, err := Read(strings.NewReader(small))
	if err != nil {
		t.Fatal(err)
	}
	output := `{"type":"notice","title":"中共云岭县委关于巡视整改进展情况的通报","metrics":{"party_sanctions":"9","talks":"3"},"contact":{"phone":["0871-1234567"]},"text":"给予党纪处分9人(警告6人、严重警告3人)。追缴3.50万元。"}
{"type":"fact","id":"f1","kind":"sanction","start":6,"end":8,"quote":"9人","value":"9","category":"party","parts":["f2"]}
{"type":"fact","id":"f2","kind":"sanction","start":11,"end":13,"quote":"6人","value":"6.0","category":"party","measure":"党内警告处分"}
{"type":"fact","id":"f3","kind":"sanction","start":18,"end":20,"quote":"3人","value":"3","category":"party"}
{"type":"fact","id":"f4","kind":"money","start":24,"end":30,"quote":"3.50万元","value":"35000.0","what":"退缴"}
{"type":"fact","id":"f5","kind":"institution","name":"云岭县委"}`
	s, err := Score(g, strings.NewReader(output))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := s.Write(&b); err != nil {
		t.Fatal(err)
	}
	for _, e := range s.Errors {
		b.WriteString(e.String() + "\n")
	}
	want := `count        gold 0 found 0 right 0 precision 1.000 recall 1.000 f1 1.000
sanction     gold 2 found 3 right 2 precision 0.667 recall 1.000 f1 0.800 links 1.000
percentage   gold 0 found 0 right 0 precision 1.000 recall 1.000 f1 1.000
ratio        gold 0 found 0 right 0 precision 1.000 recall 1.000 f1 1.000
money        gold 1 found 1 right 1 precision 1.000 recall 1.000 f1 1.000 what 0.000
date         gold 0 found 0 right 0 precision 1.000 recall 1.000 f1 1.000
document     gold 0 found 0 right 0 precision 1.000 recall 1.000 f1 1.000
deadline     gold 0 found 0 right 0 precision 1.000 recall 1.000 f1 1.000
institution  gold 2 found 2 right 1 recall 0.500
metrics      gold 1 found 2 right 1 precision 0.500 recall 1.000 f1 0.667
notice       gold 2 right 2 recall 1.000
all facts    gold 3 found 4 right 3 precision 0.750 recall 1.000 f1 0.857
wrong sanction 3人 (value 3, category party)
what money 3.50万元 ("退缴" for "追缴")
missed institution 县财政局
metric talks 3 (is not annotated)
`
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
}

func TestReadRefuses(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{`"start": 11, "end": 13`, `"start": 12, "end": 13`, `fact 2 (sanction) quotes "6人", but at 12–13 stands "人"`},
		{`"start": 25, "end": 31`, `"start": 25, "end": 310`, "range 25–310 of a body of 32"},
		{`"part_of": [6, 8]`, `"part_of": [6, 80]`, "part_of has the range 6–80"},
		{`"kind": "money"`, `"kind": "institution"`, `kind "institution"`},
		{`"audit": []}`, `"audit": []`, "read the annotation"},
		{`"body"`, `"text"`, "no body"},
	} {
		if _, err := Read(strings.NewReader(strings.Replace(small, c.old, c.new, 1))); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("with %s the error is %v, want one that says %s", c.new, err, c.want)
		}
	}
}

// FuzzScore reads annotations and records that anybody may have written.
func FuzzScore(f *testing.F) {
	f.Add(small, `{"type":"notice","text":"给予党纪处分9人"}`+"\n"+`{"type":"fact","id":"f1","kind":"count","start":-1,"end":99}`)
	f.Add(`{"body":"a","facts":[{"kind":"count","start":0,"end":1}],"notice":{"round":{"a":[]},"subsections":[1],"inspection":[null]},"audit":[{"check":"sum"}]}`, `{"type":"finding","facts":[1]}`)
	f.Fuzz(func(t *testing.T, annotation, output string) {
		g, err := Read(strings.NewReader(annotation))
		if err != nil {
			return
		}
		s, err := Score(g, strings.NewReader(output))
		if err != nil {
			return
		}
		for _, r := range s.Rows {
			if r.Right > r.Gold || r.Recall != nil && (*r.Recall < 0 || *r.Recall > 1) {
				t.Errorf("row %+v", r)
			}
		}
		if _, err := json.Marshal(s); err != nil {
			t.Error(err)
		}
	})
}

// The example that docs/annotating.md teaches by is a valid annotation.
func TestDocumentedExample(t *testing.T) {
	page, err := os.ReadFile("../../docs/annotating.md")
	if err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(string(page), "```json\n")
	example, _, _ = strings.Cut(example, "```")
	if g, err := Read(strings.NewReader(example)); err != nil || len(g.Facts) != 4 {
		t.Errorf("the example has %v and the error %v", g, err)
	}
}

// unreported counts the findings that an annotator expects and we do not report:
// names without 等 before 2家单位; a figure that its own rate repeats; 余款 for what
// is left, and what is left of a total three sentences before.
var unreported = map[string]int{"centralsoe.gold.json": 1, "prefecture.gold.json": 1, "department.gold.json": 2}

// TestAnnotated scores the notices of testdata/annotated, which were annotated
// before the program had read them; what their first reading scored stands in
// their README. Now nearly all of it must be read, and nothing alarmed at.
func TestAnnotated(t *testing.T) {
	files, err := filepath.Glob("../../testdata/annotated/*.gold.json")
	if err != nil || len(files) < 5 {
		t.Fatal("testdata/annotated holds too few notices", err)
	}
	for _, file := range files {
		annotation, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		g, err := Read(annotation)
		annotation.Close()
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		var records bytes.Buffer
		for _, r := range read(t, g) {
			line, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			records.Write(append(line, '\n'))
		}
		scores, err := Score(g, &records)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range scores.Rows {
			switch row.Name {
			case "all facts":
				if *row.F1 < 0.985 {
					t.Errorf("%s: F1 %.3f over all facts", file, *row.F1)
				}
			case "audit":
				if *row.FalseAlarms > 0 || row.Right < row.Gold-unreported[filepath.Base(file)] {
					t.Errorf("%s: %d of %d findings, %d false alarms", file, row.Right, row.Gold, *row.FalseAlarms)
				}
			}
		}
	}
}
