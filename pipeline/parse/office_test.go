package parse_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tongbao"
	"tongbao/pipeline/parse"
)

// TestDocuments reads the same notice as PDF, as a browser and as an office
// make it, and as a Word document: the same notice comes out.
func TestDocuments(t *testing.T) {
	ids := map[string]bool{}
	for _, file := range []string{"pdf/testdata/browser.pdf", "pdf/testdata/office.pdf", "docx/testdata/office.docx"} {
		n, err := parse.Parse(tongbao.Page{URL: file, Body: read(t, filepath.FromSlash(file))})
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if n.Title != "中共汐州市水务局党组关于巡察整改进展情况的通报" || !strings.HasPrefix(n.Text, "根据市委统一部署") || !strings.HasSuffix(n.Text, "2022年10月18日") {
			t.Errorf("%s: %q\n%s", file, n.Title, n.Text)
		}
		if len(n.Sections) != 3 || n.Signed != "2022-10-18" {
			t.Errorf("%s: %d sections, signed %s", file, len(n.Sections), n.Signed)
		}
		ids[n.ID] = true
	}
	if len(ids) != 1 {
		t.Errorf("%d notices", len(ids))
	}
}

func archive(t *testing.T, names ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		if _, err := w.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestDocumentsThatAreNotRead(t *testing.T) {
	scan, err := os.ReadFile(filepath.Join("pdf", "testdata", "scan.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	for body, want := range map[string]struct {
		err  error
		says string
	}{
		string(scan):                          {parse.ErrScan, "ocrmypdf"},
		"%PDF-1.7\n":                          {parse.ErrNotText, "damaged"},
		"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1":    {parse.ErrNotText, "soffice"},
		archive(t, "OFD.xml"):                 {parse.ErrNotText, "OFD"},
		archive(t, "xl/workbook.xml"):         {parse.ErrNotText, "workbook"},
		archive(t, "content.xml", "meta.xml"): {parse.ErrNotText, ".docx"},
		archive(t, "a.html"):                  {parse.ErrNotText, "unpack"},
		archive(t, "word/document.xml"):       {parse.ErrNoBody, "no text"},
	} {
		if _, err := parse.Parse(tongbao.Page{Body: []byte(body)}); !errors.Is(err, want.err) || !strings.Contains(err.Error(), want.says) {
			t.Errorf("%.20q: %v, want %v with %q", body, err, want.err, want.says)
		}
	}
}
