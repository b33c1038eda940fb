package parse

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

var declaredCharset = regexp.MustCompile(`(?i)(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_\-]+)`)

// decode returns the text of bytes in whatever charset they are. In order:
//
//   - a byte order mark decides;
//   - zeros in every other byte are UTF-16 without a mark;
//   - valid UTF-8 wins over any declaration, for declarations lie;
//   - mostly valid UTF-8 (four characters of several bytes for each broken
//     sequence) is a UTF-8 text that was cut off or spoilt in storing: GB18030
//     read as UTF-8 is nearly all broken. Each broken sequence becomes U+FFFD,
//     but for those at the very end, where the text was cut;
//   - Big5 where it is declared, or nothing is and the bytes look like it;
//   - GB18030, which holds gb2312 and gbk, whatever is declared.
func decode(body []byte, contentType string) (string, error) {
	switch {
	case bytes.HasPrefix(body, []byte("\xEF\xBB\xBF")):
		return whole(string(body[3:])), nil
	case hasWideMark(body):
		return convert(body, unicode.UTF16(unicode.BigEndian, unicode.UseBOM))
	}
	if order := wideOrder(body); order != nil {
		return convert(body, order)
	}
	label := declared(body, contentType)
	if utf8.Valid(body) {
		if strings.HasPrefix(label, "hz") && bytes.Contains(body, []byte("~{")) {
			return convert(body, simplifiedchinese.HZGB2312)
		}
		return string(body), nil
	}
	if broken, wide := brokenUTF8(body); wide >= 4 && broken*4 <= wide {
		return whole(string(body)), nil
	}
	order := []encoding.Encoding{simplifiedchinese.GB18030, traditionalchinese.Big5}
	if strings.HasPrefix(label, "big5") || !strings.HasPrefix(label, "gb") && looksLikeBig5(body) {
		slices.Reverse(order)
	}
	for _, e := range order {
		if text, err := convert(body, e); err == nil {
			return text, nil
		}
	}
	return "", fmt.Errorf("%w: open the file in an editor that shows it rightly, and save it as UTF-8", ErrUndecodable)
}

// whole replaces each broken sequence by one U+FFFD and cuts those at the end.
func whole(text string) string {
	return strings.TrimRight(strings.ToValidUTF8(text, "\uFFFD"), "\uFFFD")
}

// declared returns the charset that the server or the page's head names.
func declared(body []byte, contentType string) string {
	if m := declaredCharset.FindStringSubmatch(contentType); m != nil {
		return strings.ToLower(m[1])
	}
	if m := declaredCharset.FindSubmatch(body[:min(len(body), 8192)]); m != nil {
		return strings.ToLower(string(m[1]))
	}
	return ""
}

// convert decodes strictly: more than one bad character in a hundred means
// that the charset is another.
func convert(body []byte, e encoding.Encoding) (string, error) {
	raw, err := e.NewDecoder().Bytes(body)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrUndecodable, err)
	}
	text := string(raw)
	bad, all := strings.Count(text, "\uFFFD"), utf8.RuneCountInString(text)
	if cut := strings.TrimSuffix(text, "\uFFFD"); cut != text && all > 10 { // cut off within a character
		text, bad = cut, bad-1
	}
	if bad*100 > all {
		return "", ErrUndecodable
	}
	return text, nil
}

// looksLikeBig5 asks the detector about a stretch that begins where the first
// Chinese characters stand: 30 kB of scripts before them say nothing.
func looksLikeBig5(body []byte) bool {
	first := bytes.IndexFunc(body, func(r rune) bool { return r >= utf8.RuneSelf })
	if first < 0 {
		return false
	}
	guesses, err := chardet.NewTextDetector().DetectAll(body[first:min(len(body), first+30_000)])
	if err != nil {
		return false
	}
	for _, guess := range guesses { // best first; the others it knows are no charsets of Chinese pages
		switch guess.Charset {
		case "GB-18030", "GB18030":
			return false
		case "Big5":
			return true
		}
	}
	return false
}

func hasWideMark(body []byte) bool {
	return bytes.HasPrefix(body, []byte("\xFF\xFE")) || bytes.HasPrefix(body, []byte("\xFE\xFF"))
}

func isUTF16(body []byte) bool { return hasWideMark(body) || wideOrder(body) != nil }

// wideOrder returns the decoder of UTF-16 without a mark, or nil: its ASCII
// characters leave zeros in every other byte and in hardly any others.
func wideOrder(body []byte) encoding.Encoding {
	sample := body[:min(len(body), 4096)&^1]
	var zeros [2]int
	for i, b := range sample {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case zeros[1] >= 2 && zeros[1]*25 >= len(sample) && zeros[1] > 10*zeros[0]:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case zeros[0] >= 2 && zeros[0]*25 >= len(sample) && zeros[0] > 10*zeros[1]:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}

// brokenUTF8 counts the sequences that are no UTF-8 and the characters of
// several bytes that are.
func brokenUTF8(body []byte) (broken, wide int) {
	inside := false
	for len(body) > 0 {
		if body[0] < utf8.RuneSelf {
			body, inside = body[1:], false
			continue
		}
		r, n := utf8.DecodeRune(body)
		if r == utf8.RuneError && n == 1 {
			if !inside || utf8.RuneStart(body[0]) { // stray tails count with their head
				broken++
			}
			inside = true
		} else {
			wide++
			inside = false
		}
		body = body[n:]
	}
	return broken, wide
}
