package numeral

import (
	"strings"
	"testing"
)

// TestWords reads every word of the list by itself.
func TestWords(t *testing.T) {
	if _, err := vocabularyOf(); err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(wordsFile, "\n") {
		reading, words, _ := strings.Cut(line, "\t")
		for _, word := range strings.Fields(words) {
			var want string
			text := word
			found := Find(text)
			ordinal := len(found) > 0 && found[0].Ordinal
			switch reading {
			case asWord:
				if len(found) > 0 {
					want = "no number"
				}
			case asNumber:
				if len(found) == 0 || ordinal {
					want = "a number"
				}
			case asOrdinal:
				if !ordinal {
					want = "an ordinal"
				}
			case asTail:
				text = "30" + word
				if found = Find(text); len(found) == 0 || found[0].Value != "30" {
					want = "30"
				}
			}
			if want != "" {
				t.Errorf("words.tsv:%d: %s holds %s, want %s", i+1, text, listed(text, found), want)
			}
		}
	}
}

func TestWordsAreChecked(t *testing.T) {
	for list, want := range map[string]string{
		"word\t一些\n\n# 注\nword\t一些": "w.tsv:4: 一些 stands already in line 1",
		"word 一些":                   `w.tsv:1: "word 一些" has no tab`,
		"verb\t一些":                  "w.tsv:1: 一些: unknown reading",
		"word\t百姓 老师":               "w.tsv:1: 老师 holds no numeral",
		"word\t一":                   "w.tsv:1: 一 is a numeral",
	} {
		if _, err := parseWords("w.tsv", list); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", list, err, want)
		}
	}
}
