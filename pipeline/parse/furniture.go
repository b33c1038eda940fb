package parse

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"tongbao/internal/lexicon"
)

//go:embed furniture.tsv
var furnitureList string

// A role says how a word of furniture.tsv is used.
type role string

const (
	control role = "control" // a button; a line of nothing but these is furniture
	credit  role = "credit"  // a line of its own behind a body: editors, counters
	after   role = "after"   // the head of what stands behind the body: all that follows goes
	meta    role = "meta"    // a label of the line of source and time
)

// furniture holds the words of each role.
var furniture = sync.OnceValue(func() map[role]*lexicon.Lexicon {
	table, err := readFurniture("furniture.tsv", furnitureList)
	if err != nil {
		panic(err) // our own file, which a test reads
	}
	return table
})

func readFurniture(file, list string) (map[role]*lexicon.Lexicon, error) {
	if _, err := lexicon.Parse(file, list, 1); err != nil {
		return nil, fmt.Errorf("words of furniture: %w", err)
	}
	words := map[role]*strings.Builder{control: {}, credit: {}, after: {}, meta: {}}
	number := 0
	for line := range strings.Lines(list) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		word, roles, _ := strings.Cut(line, "\t")
		if roles == "" {
			return nil, fmt.Errorf("%s:%d: %s has no role", file, number, word)
		}
		for r := range strings.FieldsSeq(roles) {
			b, ok := words[role(r)]
			if !ok {
				return nil, fmt.Errorf("%s:%d: there is no role %q", file, number, r)
			}
			b.WriteString(word + "\n")
		}
	}
	table := map[role]*lexicon.Lexicon{}
	for r, b := range words {
		l, err := lexicon.Parse(file, b.String(), 0)
		if err != nil {
			return nil, fmt.Errorf("words of furniture: %w", err)
		}
		table[r] = l
	}
	return table, nil
}

// opening is how many paragraphs may stand before the line of source and time.
const opening = 6

// trimFurniture drops what pages set before and behind the paragraphs of a
// body — crumbs, the title again, the line of source and time, buttons,
// editors, links — and returns the lines of source and time that it met.
func trimFurniture(paragraphs []string, title string) (body []string, lines string) {
	var b strings.Builder
	flat := squeeze(title)
	for i, p := range paragraphs[:min(len(paragraphs), opening)] {
		if isMetaLine(p) { // what stands above it is the heading, however it is written
			b.WriteString(p + "\n")
			paragraphs = paragraphs[i+1:]
			break
		}
		if isProse(p) || endsOpen(p) {
			break
		}
	}
	for len(paragraphs) > 0 {
		first := paragraphs[0]
		switch {
		case flat != "" && squeeze(first) == flat, isCrumb(first), isControls(first):
		case flat != "" && len(paragraphs) > 1 && squeeze(first+paragraphs[1]) == flat:
			paragraphs = paragraphs[1:]
		case isMetaLine(first):
			b.WriteString(first + "\n")
		default:
			return trimClosing(paragraphs), b.String()
		}
		paragraphs = paragraphs[1:]
	}
	return nil, b.String()
}

// closing is how many paragraphs from the end are looked at for furniture.
const closing = 24

// trimClosing drops what stands behind a body. A word like 分享 or 打印 at the
// head of a paragraph is not enough: the paragraph must be nothing but furniture.
func trimClosing(paragraphs []string) []string {
	for i := max(1, len(paragraphs)-closing); i < len(paragraphs); i++ {
		if startsBehind(paragraphs[i]) && !anyProse(paragraphs[i+1:]) {
			paragraphs = paragraphs[:i]
			break
		}
	}
	for n := len(paragraphs); n > 1 && isBehind(paragraphs[n-1]); n-- {
		paragraphs = paragraphs[:n-1]
	}
	if n := len(paragraphs); n > 0 {
		if trimmed := withoutEditor(paragraphs[n-1]); trimmed != "" {
			paragraphs[n-1] = trimmed
		}
	}
	return paragraphs
}

// isBehind reports whether a last line is furniture: buttons, editors, also
// side by side (【纠错】【责任编辑：某某】), attachments.
func isBehind(line string) bool {
	return isControls(line) || isCredit(line) || isFileName(line) || isControls(withoutEditor(line))
}

// startsBehind reports whether a line opens what stands behind a body: the
// word, then nothing, a space, a colon or a bracket.
func startsBehind(line string) bool {
	bare := strings.TrimLeft(line, "【[（(|·>» \u00a0\u3000")
	e, ok := furniture()[after].Prefix(bare)
	if !ok || utf8.RuneCountInString(line) > 80 {
		return false
	}
	rest := bare[len(e.Word):]
	next, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || strings.ContainsRune(" \u00a0\u3000:：|｜]】)）>》»", next) || isControls(rest)
}

// anyProse reports whether a paragraph of full sentences stands among some: the
// body goes on.
func anyProse(paragraphs []string) bool {
	for _, p := range paragraphs {
		if utf8.RuneCountInString(p) > 60 && strings.Contains(p, "。") && !isCredit(p) {
			return true
		}
	}
	return false
}

// isCredit reports whether a line names editors or counts readers.
func isCredit(line string) bool {
	bare := strings.TrimLeft(line, "【[（( \u00a0\u3000")
	e, ok := furniture()[credit].Prefix(bare)
	if !ok || utf8.RuneCountInString(line) > 60 {
		return false
	}
	rest := strings.TrimLeft(bare[len(e.Word):], " \u00a0\u3000")
	return rest == "" || hasAnyPrefix(rest, ":", "：", "】", "]", "）", ")")
}

// isControls reports whether a line is nothing but buttons: 打印 关闭 字号：大 中 小.
func isControls(line string) bool {
	if utf8.RuneCountInString(line) > 80 {
		return false
	}
	found := false
	for line != "" {
		if e, ok := furniture()[control].Prefix(line); ok {
			line, found = line[len(e.Word):], true
			continue
		}
		r, n := utf8.DecodeRuneInString(line)
		if !strings.ContainsRune(" \u00a0\u3000:：|｜/【】[]（）()<>《》+-·,，、T…→↑", r) {
			return false
		}
		line = line[n:]
	}
	return found
}

// withoutEditor cuts a bracket with the editor's name off a last paragraph:
// …作风。【编辑:某某】
func withoutEditor(paragraph string) string {
	last, size := utf8.DecodeLastRuneInString(paragraph)
	for _, pair := range []string{"【】", "[]", "（）", "()"} {
		open, n := utf8.DecodeRuneInString(pair)
		if shut, _ := utf8.DecodeLastRuneInString(pair); last != shut {
			continue
		}
		at := strings.LastIndex(paragraph[:len(paragraph)-size], string(open))
		if at < 0 || utf8.RuneCountInString(paragraph[at:]) > 40 || !isCredit(paragraph[at:]) {
			continue
		}
		if e, _ := furniture()[credit].Prefix(strings.TrimSpace(paragraph[at+n:])); strings.Contains(e.Word, "编") {
			return strings.TrimSpace(paragraph[:at])
		}
	}
	return paragraph
}

// isMetaLine reports whether a line is the one with source and time: labels of
// it, no sentence, and a day, a source or a second label. A short label (时间,
// 作者) is of many uses: it must not end a longer word (会议时间), and is not
// enough alone.
func isMetaLine(line string) bool {
	if utf8.RuneCountInString(line) > 160 || strings.ContainsAny(line, "。；") || headingLine.MatchString(line) {
		return false
	}
	labels, sure := 0, false
	for _, m := range furniture()[meta].Find(line) {
		rest := strings.TrimLeft(line[m.End:], " \u00a0\u3000")
		if rest != "" && !hasAnyPrefix(rest, ":", "：") {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(line[:m.Start])
		long := utf8.RuneCountInString(m.Word) > 2 || m.Word == "来源" || m.Word == "稿源"
		if long || !unicode.Is(unicode.Han, before) {
			labels++
			sure = sure || long
		}
	}
	return labels > 1 || sure && (publishedIn(line) != "" || sourceIn(line) != "" || isCount(line))
}

// isCount reports whether a line ends in a label with nothing or a counter
// behind it: 浏览次数：1024次, 来源：, 字号：大 中 小.
func isCount(line string) bool {
	i := strings.LastIndexAny(line, ":：")
	if i <= 0 {
		return false
	}
	_, n := utf8.DecodeRuneInString(line[i:])
	rest := strings.Trim(line[i+n:], "0123456789次 \u00a0\u3000[]【】()（）")
	return rest == "" || isControls(rest)
}

// isCrumb reports whether a line is a path of columns.
func isCrumb(line string) bool {
	if utf8.RuneCountInString(line) > 120 || strings.Contains(line, "。") {
		return false
	}
	return hasAnyPrefix(line, "当前位置", "您当前的位置", "您当前位置", "您的位置", "您的当前位置", "您所在的位置", "你的位置", "你当前的位置", "现在的位置", "所在位置", "位置：", "位置:") ||
		strings.HasPrefix(line, "首页") && strings.ContainsAny(line, ">＞›»/→-") ||
		strings.Count(line, ">")+strings.Count(line, "＞")+strings.Count(line, "»") >= 2
}

func hasAnyPrefix(text string, words ...string) bool {
	for _, w := range words {
		if strings.HasPrefix(text, w) {
			return true
		}
	}
	return false
}
