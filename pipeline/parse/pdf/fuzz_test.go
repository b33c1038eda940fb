package pdf_test

import (
	"testing"

	"go.uber.org/goleak"

	"tongbao/pipeline/parse/pdf"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// FuzzRead: no bytes make the reader panic or hang.
func FuzzRead(f *testing.F) {
	f.Add(read(f, "office.pdf"))
	f.Add(read(f, "scan.pdf"))
	f.Add([]byte("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[2 0 R]>>endobj\ntrailer<</Root 1 0 R>>"))
	f.Fuzz(func(t *testing.T, body []byte) {
		if paragraphs, err := pdf.Read(body); err == nil && len(paragraphs) == 0 {
			t.Error("neither text nor an error")
		}
	})
}
