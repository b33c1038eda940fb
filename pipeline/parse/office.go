package parse

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"tongbao/pipeline/parse/docx"
	"tongbao/pipeline/parse/pdf"
)

// The first bytes of the files that offices write.
const (
	magicPDF  = "%PDF-"
	magicZIP  = "PK\x03\x04"
	magicOLE2 = "\xD0\xCF\x11\xE0" // .doc, .wps, .xls, .ppt
)

// isOffice reports whether the bytes are a PDF or an Office document, which
// are read as notices or refused by name.
func isOffice(body []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n"), []byte(magicPDF)) || bytes.HasPrefix(body, []byte(magicZIP)) || bytes.HasPrefix(body, []byte(magicOLE2))
}

// office returns the text of a PDF or a Word document, a line a paragraph.
// found is false for anything else.
func office(body []byte) (text string, found bool, err error) {
	start := bytes.TrimLeft(body, " \t\r\n")
	var lines []string
	switch {
	case bytes.HasPrefix(start, []byte(magicPDF)):
		lines, err = pdf.Read(start)
		lines = wholeTitle(lines)
		err = pdfAdvice(err)
	case bytes.HasPrefix(body, []byte(magicOLE2)):
		err = fmt.Errorf("%w that is read, but an old Office document (.doc, .wps, .xls): open it in WPS, Word or LibreOffice and save it as .docx, or run `soffice --headless --convert-to docx FILE`", ErrNotText)
	case bytes.HasPrefix(body, []byte(magicZIP)):
		lines, err = zipped(body)
	default:
		return "", false, nil
	}
	if err == nil && len(lines) == 0 {
		err = fmt.Errorf("%w: the document has no text; save it again, or copy its text into a .txt file", ErrNoBody)
	}
	return strings.Join(lines, "\n"), true, err
}

// titleEnds are what the title of a document ends with.
var titleEnds = []string{"通报", "通知", "公告", "通告", "报告", "决定", "意见", "方案", "办法", "情况", "召开", "公示", "清单", "规定", "）", ")"}

// wholeTitle joins a title that a printed page breaks over two lines.
func wholeTitle(lines []string) []string {
	if len(lines) < 3 || isProse(lines[0]) || isProse(lines[1]) || utf8.RuneCountInString(lines[0]) < 12 || utf8.RuneCountInString(lines[1]) > 30 {
		return lines
	}
	for _, end := range titleEnds {
		if strings.HasSuffix(lines[0], end) {
			return lines
		}
	}
	if strings.ContainsAny(lines[1], "：:（(0123456789") || isMetaLine(lines[1]) || bareDay.MatchString(lines[1]) {
		return lines
	}
	return append([]string{lines[0] + lines[1]}, lines[2:]...)
}

func pdfAdvice(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, pdf.ErrScan), errors.Is(err, pdf.ErrGarbled):
		return fmt.Errorf("%w (%w): run a text recogniser over it, such as `ocrmypdf --force-ocr -l chi_sim FILE OUT`, and save the text that it finds", ErrScan, err)
	case errors.Is(err, pdf.ErrPassword):
		return fmt.Errorf("%w: %w: open it with the password and save it without one", ErrNotText, err)
	}
	return fmt.Errorf("%w: %w: save the PDF again, or copy its text into a .txt file", ErrNotText, err)
}

func zipped(body []byte) ([]string, error) {
	switch docx.Kind(body) {
	case "docx":
		lines, err := docx.Read(body)
		if err != nil {
			return nil, fmt.Errorf("%w: %w: save the document again, or copy its text into a .txt file", ErrNotText, err)
		}
		return lines, nil
	case "ofd":
		return nil, fmt.Errorf("%w that is read, but an OFD document: open it in an OFD reader and save it as PDF", ErrNotText)
	case "odt":
		return nil, fmt.Errorf("%w that is read, but an OpenDocument file: save it as .docx", ErrNotText)
	case "xlsx", "pptx":
		return nil, fmt.Errorf("%w that is read, but a workbook or slides: if a notice is in it, save its text as a .txt file", ErrNotText)
	}
	return nil, fmt.Errorf("%w but a ZIP archive: unpack it and save its documents in a folder", ErrNotText)
}
