package sitetest

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
)

// docx writes a notice as WordprocessingML (ECMA-376, part 1, section 17).
func docx(n notice) []byte {
	var b strings.Builder
	b.WriteString(xml.Header + `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	line := func(text, align string) {
		// Word parts a line into runs wherever the input method or the spelling changed.
		half := len([]rune(text)) / 2
		fmt.Fprintf(&b, `<w:p><w:pPr><w:jc w:val="%s"/></w:pPr>%s%s</w:p>`, align, run(string([]rune(text)[:half])), run(string([]rune(text)[half:])))
	}
	line(n.title, "center")
	for _, p := range n.paragraphs {
		switch {
		case p.rows != nil:
			b.WriteString("<w:tbl>")
			for _, row := range p.rows {
				b.WriteString("<w:tr>")
				for _, cell := range row {
					fmt.Fprintf(&b, "<w:tc><w:p>%s</w:p></w:tc>", run(cell))
				}
				b.WriteString("</w:tr>")
			}
			b.WriteString("</w:tbl>")
		case p.right:
			line(p.text, "right")
		default:
			line("　　"+p.text, "both")
		}
	}
	b.WriteString(`<w:sectPr/></w:body></w:document>`)
	return packed([][2]string{
		{"[Content_Types].xml", xml.Header + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", b.String()},
	})
}

func run(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text)) // into memory: cannot fail
	return `<w:r><w:t xml:space="preserve">` + b.String() + `</w:t></w:r>`
}

// packed writes a ZIP archive; its bytes depend on nothing but the files.
func packed(files [][2]string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		if w, err := z.Create(f[0]); err == nil { // into memory: cannot fail
			_, _ = io.WriteString(w, f[1])
		}
	}
	_ = z.Close()
	return b.Bytes()
}

// A pdfWriter gathers the objects of a PDF (ISO 32000-1, section 7.5).
type pdfWriter struct {
	bytes.Buffer
	offsets []int
}

// add writes the next object and returns its number.
func (p *pdfWriter) add(object string) int {
	p.offsets = append(p.offsets, p.Len())
	fmt.Fprintf(p, "%d 0 obj\n%s\nendobj\n", len(p.offsets), object)
	return len(p.offsets)
}

func (p *pdfWriter) stream(dictionary, data string) int {
	return p.add(fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dictionary, len(data), data))
}

// close writes the cross-reference table; the catalogue is object 1.
func (p *pdfWriter) close() []byte {
	at := p.Len()
	fmt.Fprintf(p, "xref\n0 %d\n0000000000 65535 f \n", len(p.offsets)+1)
	for _, offset := range p.offsets {
		fmt.Fprintf(p, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(p, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(p.offsets)+1, at)
	return p.Bytes()
}

// Characters on a line, lines on a page; the points between lines, and where
// the first begins.
const (
	pdfColumns = 28
	pdfLines   = 22
	pdfLeading = 28
	pdfLeft    = 72
	pdfTop     = 760
)

// A pdfLine is a line of text with its size in points and its left end.
type pdfLine struct {
	text       string
	size, left int
}

// pdf writes a notice as pages with a text layer: one composite font with
// Identity-H whose ToUnicode map tells the characters (section 9.10.3). The
// font itself is left out, as it is in files that rely on the reader's fonts.
func pdf(n notice) []byte {
	lines := pdfText(n)
	var characters []rune
	for _, l := range lines {
		characters = append(characters, []rune(l.text)...)
	}
	slices.Sort(characters)
	characters = slices.Compact(characters)
	pages := slices.Collect(slices.Chunk(lines, pdfLines))

	p := &pdfWriter{}
	p.WriteString("%PDF-1.5\n%\xE2\xE3\xCF\xD3\n")
	p.add("<</Type/Catalog/Pages 2 0 R>>")
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 7+2*i)
	}
	p.add(fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(pages), kids.String()))
	p.add("<</Type/Font/Subtype/Type0/BaseFont/FangSong/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>")
	p.add("<</Type/Font/Subtype/CIDFontType2/BaseFont/FangSong/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 5 0 R/DW 1000>>")
	p.add("<</Type/FontDescriptor/FontName/FangSong/Flags 4/FontBBox[0 -141 1000 859]/ItalicAngle 0/Ascent 859/Descent -141/CapHeight 683/StemV 60>>")
	p.stream("", toUnicode(characters))
	for _, page := range pages {
		p.add(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>", len(p.offsets)+2))
		var content strings.Builder
		content.WriteString("BT\n")
		for i, line := range page {
			fmt.Fprintf(&content, "/F1 %d Tf 1 0 0 1 %d %d Tm <", line.size, line.left, pdfTop-i*pdfLeading)
			for _, r := range line.text {
				i, _ := slices.BinarySearch(characters, r)
				fmt.Fprintf(&content, "%04X", i+1)
			}
			content.WriteString("> Tj\n")
		}
		content.WriteString("ET")
		p.stream("", content.String())
	}
	return p.close()
}

// pdfText breaks title and paragraphs into lines: the title large and in the
// middle with an empty line below, paragraphs indented by two characters,
// signatures at the right.
func pdfText(n notice) []pdfLine {
	var lines []pdfLine
	for chunk := range slices.Chunk([]rune(n.title), 20) {
		lines = append(lines, pdfLine{string(chunk), 22, pdfLeft + (pdfColumns*16-len(chunk)*22)/2})
	}
	lines = append(lines, pdfLine{"", 16, pdfLeft})
	for _, p := range n.paragraphs {
		switch {
		case p.rows != nil:
			for _, row := range p.rows {
				lines = append(lines, pdfLine{strings.Join(row, " "), 16, pdfLeft})
			}
		case p.right:
			length := len([]rune(p.text))
			lines = append(lines, pdfLine{p.text, 16, pdfLeft + max(0, pdfColumns-length-2)*16})
		default:
			for chunk := range slices.Chunk([]rune("　　"+p.text), pdfColumns) {
				lines = append(lines, pdfLine{string(chunk), 16, pdfLeft})
			}
		}
	}
	return lines
}

// toUnicode maps the codes 1, 2, … to the characters.
func toUnicode(characters []rune) string {
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	code := 0
	for chunk := range slices.Chunk(characters, 100) { // no more are allowed in one block
		fmt.Fprintf(&b, "%d beginbfchar\n", len(chunk))
		for _, r := range chunk {
			code++
			fmt.Fprintf(&b, "<%04X> <%04X>\n", code, r) // all are of the basic plane
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
	return b.String()
}

// scan is a PDF of one page that is a picture and nothing else.
func scan() []byte {
	p := &pdfWriter{}
	p.WriteString("%PDF-1.4\n%\xE2\xE3\xCF\xD3\n")
	p.add("<</Type/Catalog/Pages 2 0 R>>")
	p.add("<</Type/Pages/Count 1/Kids[3 0 R]>>")
	p.add("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I1 4 0 R>>>>/Contents 5 0 R>>")
	p.stream("/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8", strings.Repeat("\x20\xE0", 32))
	p.stream("", "q 595 0 0 842 0 0 cm /I1 Do Q")
	return p.close()
}
