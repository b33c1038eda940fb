package numeral

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"tongbao"
)

// labelLimit is how many digits the number of a paragraph has at most.
const labelLimit = 3

// label reads the number of a paragraph, 12. or 12、 or （12）, whose first digit
// stands at i: the first of its line. Where digits follow the point, as in
// 11.50个问题, it may be a decimal; it is a label where it goes on with the count
// of the paragraphs (10. before, 12. behind) or before something that has no
// fractions.
func (r *reader) label(i int) (n tongbao.Number, ok bool) {
	if before, _ := runeBefore(r.text, i); i > 0 && !strings.ContainsRune("\n 　\t（(", before) {
		return n, false
	}
	before := strings.TrimRight(r.text[:i], " 　\t")
	bracket := strings.HasSuffix(before, "（") || strings.HasSuffix(before, "(")
	if bracket {
		_, size := utf8.DecodeLastRuneInString(before)
		before = strings.TrimRight(before[:len(before)-size], " 　\t")
	}
	if before != "" && !strings.HasSuffix(before, "\n") {
		return n, false
	}
	end, _ := r.digitRun(i)
	digits := r.fold(i, end)
	if digits == "" || len(digits) > labelLimit || digits[0] == '0' {
		return n, false
	}
	behind := runeAt(r.text, end)
	switch {
	case bracket:
		ok = behind == '）' || behind == ')'
	case behind == '、' || behind == '.' || behind == '．':
		past := end + utf8.RuneLen(behind)
		c, _ := r.chars.at(r.text, past)
		ok = c.kind != arabic || behind != '、' && r.continues(digits, past)
	}
	if ok {
		r.labelled, _ = strconv.Atoi(digits)
	}
	return tongbao.Number{Span: tongbao.Span{Start: i, End: end}, Value: digits, Ordinal: true}, ok
}

// whole are measure words of what has no fractions.
var whole = []string{"个", "件", "名", "人", "起", "条", "次", "项", "家", "户", "批", "份"}

// years follow a year, alone or as the first of several.
var years = []string{"年", "－", "—", "–", "至", "-"}

// continues reports whether the digits behind a point at past begin a paragraph
// of that number rather than end a decimal.
func (r *reader) continues(digits string, past int) bool {
	number, _ := strconv.Atoi(digits)
	if number != r.labelled+1 {
		return false
	}
	end, _ := r.digitRun(past)
	if again := pointLength(r.text, end); again > 0 && number == 1 {
		return false // 1.2.3
	}
	rest := r.text[end:]
	if year := r.fold(past, end); len(year) == 4 && (year[:2] == "19" || year[:2] == "20") && startsWithOne(rest, years) {
		return true
	}
	if startsWithOne(rest, whole) && !strings.HasPrefix(rest, "个百分点") {
		return true
	}
	line := strings.IndexByte(r.text[end:], '\n')
	next := strconv.Itoa(number + 1)
	for _, point := range []string{".", "．"} {
		if line >= 0 && strings.HasPrefix(r.text[end+line+1:], next+point) {
			return true
		}
	}
	return false
}

func startsWithOne(text string, words []string) bool {
	for _, word := range words {
		if strings.HasPrefix(text, word) {
			return true
		}
	}
	return false
}
