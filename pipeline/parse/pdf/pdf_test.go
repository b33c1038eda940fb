package pdf_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongbao/pipeline/parse/pdf"
)

func read(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// TestReadsWhatWasPrinted reads the notice as a browser and as an office print
// it: the paragraphs are those that were written, bold headings, rows and
// figures at page breaks included.
func TestReadsWhatWasPrinted(t *testing.T) {
	want := strings.Split(strings.TrimSpace(string(read(t, "notice.txt"))), "\n")
	for _, name := range []string{"browser.pdf", "office.pdf"} {
		got, err := pdf.Read(read(t, name))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: -written +read\n%s", name, diff)
		}
	}
}

func TestWhatGivesNoText(t *testing.T) {
	browser := read(t, "browser.pdf")
	for name, c := range map[string]struct {
		body []byte
		want error
	}{
		"a scan":       {read(t, "scan.pdf"), pdf.ErrScan},
		"a head alone": {[]byte("%PDF-1.7\n"), pdf.ErrBroken},
		"no PDF":       {[]byte("关于整改情况的通报"), pdf.ErrBroken},
		"zeros":        {append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte{0}, 5000)...), pdf.ErrBroken},
		"cut off":      {browser[:len(browser)/3], pdf.ErrBroken},
	} {
		if _, err := pdf.Read(c.body); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}
