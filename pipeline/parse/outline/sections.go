package outline

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"tongbao"
)

// rank is the depth that a style of numbering has by custom (GB/T 9704,
// 党政机关公文格式): 一、 then (一) then 1. then (1); 第一部分 stands
// above them.
type rank int

const (
	none rank = iota
	part
	chapter
	bracketed
	numbered
	bracketedNumbered
)

const (
	chineseNumerals = "一二三四五六七八九十百"
	headingLimit    = 60 // characters; a longer first sentence is prose, not a heading
)

// sections reads the tree of headings. A heading begins a line; its text runs
// to the line's end or, where the paragraph goes on, to its first full stop.
func sections(text string) []tongbao.Section {
	var flat []tongbao.Section
	var ranks []rank
	closing := len(text)
	for start := 0; start < len(text); {
		end := start + lineLength(text[start:])
		line := text[start:end]
		if r, mark := numbering(line); r != none {
			heading := headingOf(line[mark:])
			flat = append(flat, tongbao.Section{Heading: heading, Problem: problemOf(heading), Span: tongbao.Span{Start: start, End: end}})
			ranks = append(ranks, r)
			closing = len(text)
		} else if closing == len(text) && len(flat) > 0 && closes(line) {
			closing = start
		}
		start = end + 1
	}
	return nest(flat, ranks, "", strings.TrimRight(text[:closing], "\n"))
}

// lineLength returns the length of the line that text begins with.
func lineLength(text string) int {
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		return i
	}
	return len(text)
}

// nest hangs each heading under the nearest one of lower rank before it.
func nest(flat []tongbao.Section, ranks []rank, parent, text string) []tongbao.Section {
	var level []tongbao.Section
	for i := 0; i < len(flat); {
		s := flat[i]
		s.Path = parent + strconv.Itoa(len(level)+1)
		children := 0
		for i+1+children < len(flat) && ranks[i+1+children] > ranks[i] {
			children++
		}
		next := i + 1 + children
		s.End = len(text)
		if next < len(flat) {
			s.End = flat[next].Start
		}
		s.End = len(strings.TrimRight(text[:max(s.End, s.Start)], "\n"))
		if children > 0 {
			s.Sections = nest(flat[i+1:next], ranks[i+1:next], s.Path+".", text[:s.End])
		}
		level = append(level, s)
		i = next
	}
	return level
}

// closes tells the words after the last section (下一步 …, 欢迎广大 …, the
// signature) from the section itself.
func closes(line string) bool {
	for _, opening := range []string{"下一步", "欢迎", "联系方式", "联系电话", "特此", "中共", "以上"} {
		if strings.HasPrefix(line, opening) && (opening != "中共" || utf8.RuneCountInString(line) <= 30 && !strings.ContainsAny(line, "。，,；;")) {
			return true
		}
	}
	return false
}

// numbering returns the style of the number that a line begins with and the
// length of that number in bytes.
func numbering(line string) (rank, int) {
	if n := spanOf(line, chineseNumerals); n > 0 {
		if m := mark(line[n:], "、", ".", "．"); m > 0 {
			return chapter, n + m
		}
		return none, 0
	}
	if m := mark(line, "第"); m > 0 {
		if n := spanOf(line[m:], chineseNumerals); n > 0 {
			if k := mark(line[m+n:], "、", "，关于", ",关于"); k > 0 {
				return chapter, m + n + k
			}
			if k := mark(line[m+n:], "部分 ", "部分　", "部分：", "部分:"); k > 0 {
				return part, m + n + k
			}
		}
		return none, 0
	}
	if m := mark(line, "(", "（", "〔"); m > 0 {
		style, n := bracketed, spanOf(line[m:], chineseNumerals)
		if n == 0 {
			style, n = bracketedNumbered, spanOf(line[m:], "0123456789０１２３４５６７８９")
		}
		if n > 0 && n <= 9 {
			if k := mark(line[m+n:], ")", "）", "〕"); k > 0 {
				return style, m + n + k + mark(line[m+n+k:], "、")
			}
		}
		return none, 0
	}
	if m := mark(line, "★", "◆", "●", "■", "▲", "◎", "▶"); m > 0 {
		return chapter, m
	}
	if m := mark(line, "——"); m > 0 {
		return bracketed, m
	}
	if r, n := utf8.DecodeRuneInString(line); '①' <= r && r <= '⑳' {
		return bracketedNumbered, n
	}
	if n := spanOf(line, "0123456789０１２３４５６７８９"); n > 0 && n <= 6 {
		m := mark(line[n:], "、", "．", ".")
		if m > 0 && spanOf(line[n+m:], "0123456789０１２３４５６７８９") == 0 {
			return numbered, n + m
		}
	}
	return none, 0
}

// spanOf returns the length in bytes of the run of characters of set.
func spanOf(text, set string) int {
	for i, r := range text {
		if !strings.ContainsRune(set, r) {
			return i
		}
	}
	return len(text)
}

// mark returns the length of the first of the marks that text begins with.
func mark(text string, marks ...string) int {
	for _, m := range marks {
		if strings.HasPrefix(text, m) {
			return len(m)
		}
	}
	return 0
}

// headingOf returns the heading at the beginning of a numbered line: the line
// where it is short and holds no full stop, else its first sentence.
func headingOf(line string) string {
	line = strings.TrimSpace(line)
	depth, length := 0, 0
	for i, r := range line {
		switch r {
		case '“', '《', '(', '（':
			depth++
		case '”', '》', ')', '）':
			depth--
		case '。', '？', '！', '：', ':':
			if depth <= 0 {
				return line[:i]
			}
		}
		if length++; length > headingLimit && !strings.HasPrefix(line, "关于") && !strings.HasPrefix(line, "针对") {
			return ""
		}
	}
	return line
}

// problemOf returns the problem that a heading quotes: 关于“…”问题的整改情况.
func problemOf(heading string) string {
	for _, opening := range []string{"关于", "针对", "对", "“"} {
		if !strings.HasPrefix(heading, opening) {
			continue
		}
		start := strings.Index(heading, "“")
		end := strings.LastIndex(heading, "”")
		if start < 0 || end < start || start > len("关于反馈指出的") || !strings.Contains(heading[end:], "问题") && !strings.Contains(heading[end:], "整改") && !strings.Contains(heading[end:], "方面") {
			return ""
		}
		return heading[start+len("“") : end]
	}
	return ""
}
