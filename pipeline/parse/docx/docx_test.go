package docx_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongbao/pipeline/parse/docx"
)

// pack makes an archive with one part.
func pack(t testing.TB, name, content string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	part, err := w.Create(name)
	if err == nil {
		_, err = part.Write([]byte(content))
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func document(t testing.TB, inner string) []byte {
	return pack(t, "word/document.xml", `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>`+inner+`</w:body></w:document>`)
}

func TestReadsWhatAnOfficeWrites(t *testing.T) {
	raw, err := os.ReadFile("testdata/office.docx")
	if err != nil {
		t.Fatal(err)
	}
	written, err := os.ReadFile(filepath.Join("..", "pdf", "testdata", "notice.txt"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := docx.Read(raw)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(strings.TrimSpace(string(written)), "\n"), got); diff != "" {
		t.Errorf("-written +read\n%s", diff)
	}
}

func TestReadsWhatAReaderSees(t *testing.T) {
	for inner, want := range map[string]string{
		`<w:p><w:r><w:t>立案</w:t></w:r><w:del><w:r><w:delText>5</w:delText></w:r></w:del><w:ins><w:r><w:t>6</w:t></w:r></w:ins><w:r><w:t>件。</w:t></w:r></w:p>`:                                                                                                       "立案6件。",
		`<w:p><w:moveFrom><w:r><w:t>原处</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新处</w:t></w:r></w:moveTo></w:p>`:                                                                                                                                                 "新处",
		`<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:t>3</w:t></w:r></w:p>`:                                                                                                                               "3",
		`<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>草稿</w:t></w:r><w:r><w:t>正文</w:t></w:r></w:p>`:                                                                                                                                                                     "正文",
		`<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>正文</w:t></w:r></w:p>`:                                                                                                                                                                                   "正文",
		`<w:p><w:r><w:t>上</w:t><w:br/><w:t>下</w:t><w:tab/><w:t>右</w:t></w:r></w:p><w:p/>`:                                                                                                                                                                           "上|下 右",
		`<w:tbl><w:tr><w:tc><w:p><w:r><w:t>科室</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p><w:p><w:r><w:t>件</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`:                                                                                            "科室 12 件",
		`<w:p><w:r><w:t>前</w:t></w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>框</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent><w:r><w:t>后</w:t></w:r></w:p>`: "框|前后",
		``: "",
	} {
		got, err := docx.Read(document(t, inner))
		if err != nil || strings.Join(got, "|") != want {
			t.Errorf("%s\nread %q, %v; want %q", inner, got, err, want)
		}
	}
}

func TestWhatGivesNoText(t *testing.T) {
	whole := document(t, "<w:p><w:r><w:t>正文</w:t></w:r></w:p>")
	for name, c := range map[string]struct {
		body []byte
		want error
	}{
		"another archive": {pack(t, "a.txt", "正文"), docx.ErrNotDocx},
		"cut off":         {whole[:len(whole)-30], docx.ErrBroken},
		"no markup":       {pack(t, "word/document.xml", "正文 <"), docx.ErrBroken},
		"an open element": {pack(t, "word/document.xml", "<a><b>"), docx.ErrBroken},
		"a bomb":          {document(t, strings.Repeat(" ", docx.MaxText)), docx.ErrTooLarge},
	} {
		if _, err := docx.Read(c.body); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestKinds(t *testing.T) {
	for part, want := range map[string]string{"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "OFD.xml": "ofd", "a.txt": ""} {
		if got := docx.Kind(pack(t, part, "")); got != want {
			t.Errorf("%s: %q, want %q", part, got, want)
		}
	}
	if got := docx.Kind([]byte("PK\x03\x04")); got != "" {
		t.Errorf("a broken archive is %q", got)
	}
}

// FuzzRead: no bytes make the reader panic or hold more than it may.
func FuzzRead(f *testing.F) {
	raw, err := os.ReadFile("testdata/office.docx")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Add(document(f, `<w:tbl><w:tr><w:tc><w:p><w:r><w:t>科室</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`))
	f.Fuzz(func(t *testing.T, body []byte) {
		paragraphs, err := docx.Read(body)
		if err != nil && paragraphs != nil {
			t.Error("paragraphs and an error")
		}
		// The markup itself, as an archive would hold it.
		if _, err := docx.Read(document(t, string(body))); err == nil && len(body) > docx.MaxText {
			t.Error("too large, and read")
		}
	})
}
