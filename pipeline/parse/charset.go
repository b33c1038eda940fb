package parse

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

var declaredCharset = regexp.MustCompile(`(?i)charset\s*=\s*["']?\s*([a-z0-9_\-]+)`)

// decode returns the text of bytes in whatever charset they are. Valid UTF-8
// wins over any declaration, for declarations lie; gb2312 and gbk are read as
// GB18030, which holds both; bytes without a label are guessed. A UTF-8 text
// with a few broken bytes (cut off, or spoilt in storing) stays UTF-8.
func decode(body []byte, contentType string) (string, error) {
	switch {
	case bytes.HasPrefix(body, []byte("\xEF\xBB\xBF")):
		return string(bytes.ToValidUTF8(body[3:], nil)), nil
	case bytes.HasPrefix(body, []byte("\xFF\xFE")), bytes.HasPrefix(body, []byte("\xFE\xFF")):
		return convert(body, unicode.UTF16(unicode.BigEndian, unicode.UseBOM))
	case utf8.Valid(body):
		return string(body), nil
	}
	if broken, wide := brokenUTF8(body); wide > 20 && broken*50 < wide {
		return string(bytes.ToValidUTF8(body, nil)), nil
	}
	label := declared(body, contentType)
	if label == "big5" {
		return convert(body, traditionalchinese.Big5)
	}
	if text, err := convert(body, simplifiedchinese.GB18030); err == nil {
		return text, nil
	}
	if guess, err := chardet.NewTextDetector().DetectBest(body); err == nil && guess.Charset == "Big5" {
		return convert(body, traditionalchinese.Big5)
	}
	return "", fmt.Errorf("%w: save the page again as UTF-8", ErrUndecodable)
}

func declared(body []byte, contentType string) string {
	if m := declaredCharset.FindStringSubmatch(contentType); m != nil {
		return strings.ToLower(m[1])
	}
	if m := declaredCharset.FindSubmatch(body[:min(len(body), 8192)]); m != nil {
		return strings.ToLower(string(m[1]))
	}
	return ""
}

// convert decodes strictly: more than one bad character in two hundred means
// that the charset is another.
func convert(body []byte, e encoding.Encoding) (string, error) {
	text, err := e.NewDecoder().Bytes(body)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrUndecodable, err)
	}
	bad := bytes.Count(text, []byte("\uFFFD"))
	if bad*200 > utf8.RuneCount(text) || bytes.IndexByte(text, 0) >= 0 && bytes.Count(text, []byte{0}) > 4 {
		return "", ErrUndecodable
	}
	return strings.ReplaceAll(string(text), "\uFFFD", ""), nil
}

// brokenUTF8 counts the bytes that are no UTF-8 and the characters of several
// bytes that are.
func brokenUTF8(body []byte) (broken, wide int) {
	for len(body) > 0 {
		r, n := utf8.DecodeRune(body)
		switch {
		case r == utf8.RuneError && n == 1:
			broken++
		case n > 1:
			wide++
		}
		body = body[n:]
	}
	return broken, wide
}
