package rows_test

import (
	"bytes"
	"io"
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"

	"tongbao/internal/rows"
)

var columns = []rows.Column{
	{Key: "name", Label: "名称"},
	{Key: "value", Label: "数值", Type: rows.Figure},
	{Key: "start", Type: rows.Whole},
	{Key: "day", Type: rows.Day},
	{Key: "implied", Type: rows.Flag},
	{Key: "note", Wide: true},
	{Key: "facts", Type: rows.Raw},
}

var cells = [][]string{
	{"云台区", "88.80", "12", "2021-08-30", "true", "一<二>&三", `["f1"]`},
	{"=1+1", "12345678901234567.89", "", "1969-12-31", "", "行\n行", ""},
	{"@甲", "1:4.4", "0", "", "false", "\t制表", ""},
	{"", "-3", "9007199254740993", "", "", "-2", ""},
}

func write(t *testing.T, o rows.Options, rowsIn [][]string) string {
	t.Helper()
	var b bytes.Buffer
	w, err := rows.New(&b, columns, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rowsIn {
		if err := w.Row(r, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTextFormats(t *testing.T) {
	cases := map[string]struct {
		o    rows.Options
		want string
	}{
		"csv": {rows.Options{Format: "csv"}, "name,value,start,day,implied,note\n" +
			"云台区,88.80,12,2021-08-30,true,一<二>&三\n" +
			"'=1+1,12345678901234567.89,,1969-12-31,,\"行\n行\"\n" +
			"'@甲,1:4.4,0,,false,'\t制表\n" +
			",-3,9007199254740993,,,'-2\n"},
		"tsv": {rows.Options{Format: "tsv"}, "name\tvalue\tstart\tday\timplied\tnote\n" +
			"云台区\t88.80\t12\t2021-08-30\ttrue\t一<二>&三\n" +
			"'=1+1\t12345678901234567.89\t\t1969-12-31\t\t行 行\n" +
			"'@甲\t1:4.4\t0\t\tfalse\t' 制表\n" +
			"\t-3\t9007199254740993\t\t\t'-2\n"},
		"jsonl": {rows.Options{Format: "jsonl"}, `{"name":"云台区","value":"88.80","start":12,"day":"2021-08-30","implied":true,"note":"一<二>&三","facts":["f1"]}` + "\n" +
			`{"name":"=1+1","value":"12345678901234567.89","day":"1969-12-31","note":"行\n行"}` + "\n" +
			`{"name":"@甲","value":"1:4.4","start":0,"implied":false,"note":"\t制表"}` + "\n" +
			`{"value":"-3","start":9007199254740993,"note":"-2"}` + "\n"},
		"md": {rows.Options{Format: "md"}, "| 名称 | 数值 | start | day | implied |\n| --- | ---:| ---:| --- | --- |\n" +
			"| 云台区 | 88.80 | 12 | 2021-08-30 | true |\n" +
			"| =1+1 | 12345678901234567.89 |  | 1969-12-31 |  |\n" +
			"| @甲 | 1:4.4 | 0 |  | false |\n|  | -3 | 9007199254740993 |  |  |\n"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, write(t, c.o, cells)); diff != "" {
				t.Error(diff)
			}
		})
	}
	if got := write(t, rows.Options{Format: "csv", BOM: true}, cells[:1]); !strings.HasPrefix(got, "\uFEFFname,") || !strings.HasSuffix(got, "\r\n") {
		t.Errorf("with a byte order mark: %q", got)
	}
	if got := write(t, rows.Options{Format: "json"}, nil); got != "[]\n" {
		t.Errorf("no rows as json: %q", got)
	}
	if got := write(t, rows.Options{Format: "html"}, cells); !strings.Contains(got, "一&lt;二&gt;&amp;三") {
		t.Errorf("html is not escaped: %s", got)
	}
}

func TestTableAligns(t *testing.T) {
	// Chinese characters are two cells wide, quotation marks one, whatever the locale.
	t.Setenv("LC_ALL", "zh_CN.UTF-8")
	got := write(t, rows.Options{Format: "table"}, [][]string{
		{"“云台”区", "1", "", "", "", "", ""}, {"abc", "20", "", "", "", "", ""}, {"\x1b[31m红", "300", "", "", "", "", ""}})
	want := ` 名称      数值  start  day  implied 
─────────────────────────────────────
 “云台”区     1                     
 abc         20                     
 [31m红     300                     
`
	trim := func(s string) string {
		var out []string
		for line := range strings.Lines(s) {
			out = append(out, strings.TrimRight(line, " \n"))
		}
		return strings.Join(out, "\n")
	}
	if diff := cmp.Diff(trim(want), trim(got)); diff != "" {
		t.Error(diff)
	}
}

func TestRecordWins(t *testing.T) {
	var b bytes.Buffer
	w, err := rows.New(&b, columns[:1], rows.Options{Format: "json"})
	if err != nil {
		t.Fatal(err)
	}
	for _, record := range []string{`{"a":1}`, `{"a":2}`} {
		if err := w.Row([]string{"x"}, []byte(record)); err != nil {
			t.Fatal(err)
		}
	}
	w.Close()
	if want := "[\n{\"a\":1},\n{\"a\":2}\n]\n"; b.String() != want || w.Rows() != 2 {
		t.Errorf("got %q, %d rows", b.String(), w.Rows())
	}
}

func TestSheetKeepsFiguresExact(t *testing.T) {
	file, err := excelize.OpenReader(strings.NewReader(write(t, rows.Options{Format: "xlsx"}, cells)))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for cell, want := range map[string]struct {
		value string
		kind  excelize.CellType
	}{
		"B2": {"88.80", excelize.CellTypeUnset},                       // a number, its places kept
		"B3": {"12345678901234567.89", excelize.CellTypeInlineString}, // no double holds it
		"B4": {"1:4.4", excelize.CellTypeInlineString},                // not a time of day
		"A3": {"=1+1", excelize.CellTypeInlineString},                 // not calculated
		"C5": {"9007199254740993", excelize.CellTypeInlineString},     // 2^53+1
		"E2": {"TRUE", excelize.CellTypeBool}, "C2": {"12", excelize.CellTypeUnset},
	} {
		value, err := file.GetCellValue("Sheet1", cell)
		if err != nil {
			t.Fatal(err)
		}
		kind, _ := file.GetCellType("Sheet1", cell)
		if value != want.value || kind != want.kind {
			t.Errorf("%s: got %q of type %d, want %q of %d", cell, value, kind, want.value, want.kind)
		}
	}
	w, err := rows.New(io.Discard, columns[:1], rows.Options{Format: "xlsx"})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Row([]string{strings.Repeat("字", 32768)}, nil); err == nil {
		t.Error("a cell that excelize would cut was taken")
	}
}

func TestParquet(t *testing.T) {
	data := write(t, rows.Options{Format: "parquet"}, cells)
	file, err := parquet.OpenFile(strings.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range file.Schema().Fields() {
		names = append(names, f.Name())
	}
	if diff := cmp.Diff([]string{"name", "value", "value_number", "start", "day", "implied", "note"}, names); diff != "" {
		t.Error(diff)
	}
	if got := file.Schema().Fields()[2].Type().String(); got != "DECIMAL(38,10)" {
		t.Errorf("value_number is %s", got)
	}
	got := make([]parquet.Row, len(cells))
	reader := parquet.NewGenericReader[any](strings.NewReader(data))
	if n, err := reader.ReadRows(got); n != len(cells) {
		t.Fatalf("read %d rows: %v", n, err)
	}
	if day := got[0][4].Int32(); day != 18869 { // 2021-08-30
		t.Errorf("day %d", day)
	}
	if day := got[1][4].Int32(); day != -1 {
		t.Errorf("the last day of 1969 is %d", day)
	}
	if n := new(big.Int).SetBytes(got[0][2].ByteArray()); n.String() != "888000000000" {
		t.Errorf("88.80 is %s unscaled", n)
	}
	if !got[2][2].IsNull() || string(got[2][1].ByteArray()) != "1:4.4" {
		t.Errorf("a ratio: %v", got[2])
	}
	if b := got[3][2].ByteArray(); b[0] != 0xff {
		t.Errorf("-3 is not negative: %x", b)
	}
}

func TestUnknownFormat(t *testing.T) {
	if _, err := rows.New(io.Discard, columns, rows.Options{Format: "xml"}); err == nil || !strings.Contains(err.Error(), "parquet") {
		t.Errorf("the error does not name the formats: %v", err)
	}
}
