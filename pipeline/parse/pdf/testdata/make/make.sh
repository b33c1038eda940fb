#!/usr/bin/env bash
# Makes the PDF and DOCX files of testdata anew out of notice.html, a notice of
# an invented place: needs chromium, libreoffice-writer-nogui, python3 and
# fonts-wqy-microhei (apt). The files are committed; this is how they came.
set -euo pipefail
cd "$(dirname "$0")"
out=$(cd .. && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chrome() { chromium --headless --no-sandbox --disable-gpu "$@" 2>/dev/null; }

# With a text layer, as a browser prints it: no header; page numbers below.
chrome --print-to-pdf="$work/browser.pdf" --no-pdf-header-footer "file://$PWD/notice.html"
cp "$work/browser.pdf" "$out/browser.pdf"

# As an office writes it: bold by another font, page numbers in the footer.
soffice --headless --convert-to odt --infilter="HTML (StarWriter)" --outdir "$work" notice.html >/dev/null 2>&1 || true
soffice --headless --convert-to docx:"MS Word 2007 XML" --outdir "$work" "$work/notice.odt" >/dev/null 2>&1
cp "$work/notice.docx" "$out/../../docx/testdata/office.docx"
python3 footer.py "$work/notice.docx" "$work/numbered.docx"
soffice --headless --convert-to pdf --outdir "$work" "$work/numbered.docx" >/dev/null 2>&1
cp "$work/numbered.pdf" "$out/office.pdf"

# A scan: a picture of the page, no text layer.
chrome --screenshot="$work/scan.png" --window-size=420,300 "file://$PWD/notice.html"
printf '<body style="margin:0"><img src="scan.png" style="width:100%%">' >"$work/scan.html"
chrome --print-to-pdf="$work/scan.pdf" --no-pdf-header-footer "file://$work/scan.html"
cp "$work/scan.pdf" "$out/scan.pdf"
ls -l "$out"/*.pdf
