package main

import (
	"os"
	"strings"
	"testing"
)

// TestTableIsCorrected fails when corrections.tsv was changed and `go generate`
// not run, or when the table was changed by hand.
func TestTableIsCorrected(t *testing.T) {
	const file = "../table.tsv"
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	made := &table{}
	if err := made.readTable(file); err != nil {
		t.Fatal(err)
	}
	if err := made.correct(corrections); err != nil {
		t.Fatal(err)
	}
	if made.String() != string(want) {
		t.Error("table.tsv is not what corrections.tsv makes of it: run go generate ./internal/divisions and read the diff")
	}
}

func TestCorrectionsNameTheirSource(t *testing.T) {
	err := readTSV("corrections.tsv", corrections, 7, func(c []string) error {
		if strings.TrimSpace(c[6]) == "" {
			t.Errorf("%s %s has no source", c[1], c[2])
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestCorrect(t *testing.T) {
	made := &table{rows: []*row{{code: "330104", name: "江干区", from: 1984, to: 2020, next: []string{"330102"}, via: "l"}}}
	if err := made.correct("set\t330104\t江干区\t1984\t2020\t330102,330114\tx\nset\t330114\t钱塘区\t2021\t\t\tx\ndrop\t330999\t无此区\t\t\t\tx\n"); err != nil {
		t.Fatal(err)
	}
	want := "330104\t江干区\t1984\t2020\t330102,330114\thh\n330114\t钱塘区\t2021\n"
	if got := strings.TrimPrefix(made.String(), header); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	for _, bad := range []string{"put\t330104\t江干区\n", "set\t330104\t江干区\tnow\n", "set\t1\t2\t1984\t\t\t\tx\ty\n"} {
		if err := made.correct("# head\n" + bad); err == nil || !strings.HasPrefix(err.Error(), "corrections.tsv:2:") {
			t.Errorf("%q: error %v, want it to name line 2", bad, err)
		}
	}
}

// TestSucceed follows names and codes without the lists' own changes.
func TestSucceed(t *testing.T) {
	made := &table{rows: []*row{
		{code: "330121", name: "萧山县", from: 1984, to: 1986}, {code: "339005", name: "萧山市", from: 1987, to: 1994}, {code: "330181", name: "萧山市", from: 1995, to: 2000}, {code: "330109", name: "萧山区", from: 2001},
		{code: "130123", name: "栾城县", from: 1986, to: 1992}, {code: "130124", name: "栾城县", from: 1993}, {code: "130124", name: "正定县", from: 1986, to: 1992}, {code: "130123", name: "正定县", from: 1993},
		{code: "420600", name: "襄樊市", from: 1984, to: 2009}, {code: "420600", name: "襄阳市", from: 2010},
		{code: "330104", name: "江干区", from: 1984, to: 2020}, {code: "330102", name: "上城区", from: 1984}, {code: "330114", name: "钱塘区", from: 2021},
	}, changes: map[string][]string{"330104 2021": {"330102"}}, retired: map[string][]string{"330104 江干区": {"330102", "330114"}}}
	made.succeed()
	want := map[string]string{"萧山县": "339005n", "339005萧山市": "330181n", "330181萧山市": "330109n", "栾城县": "130124n", "正定县": "130123n", "襄樊市": "420600c", "江干区": "330102,330114lm"}
	for _, r := range made.rows {
		if r.to == 0 {
			continue
		}
		expected, ok := want[r.name]
		if !ok {
			expected = want[r.code+r.name]
		}
		if got := strings.Join(r.next, ",") + r.via; got != expected {
			t.Errorf("%s %s: %s, want %s", r.code, r.name, got, expected)
		}
	}
	if !strings.Contains(made.notes(), "330104\t江干区\t330102\t330102,330114") {
		t.Errorf("the disagreement on 江干区 is not noted: %s", made.notes())
	}
}
