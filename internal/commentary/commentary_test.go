package commentary

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestIs(t *testing.T) {
	for text, want := range map[string]bool{
		"【基本案情】高某，某镇镇长，收受礼金2万元。【分歧意见】第一种意见认为，高某构成违反廉洁纪律。": true,
		"对高某的行为如何认定，实践中有两种看法。笔者赞成后一种，理由有三。":               true,
		"县纪委监委公开通报3起典型问题。高某收受礼金2万元，受到党内警告处分。":             false,
		"会上，驻村第一书记说：“笔者写的材料要实。”通报指出问题12个，整改到位9个。":         false,
		"": false,
	} {
		if got := Is(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestStatute(t *testing.T) {
	law := "某某条例\n（2018年通过）\n第一章 总则\n第一条 为了规范，制定本条例。\n第二条 本条例适用于机关。\n第三条 处分有警告、记过。\n（一）警告。\n第四条 可以减轻。\n第五条　给予警告。\n"
	for text, want := range map[string]bool{
		law: true,
		"关于通报\n给予2人警告。\n" + strings.Repeat("整改情况。\n", 40) + law: false,
		"依据《某条例》第一条、第二条规定，给予2人警告。\n":                            false,
		"": false,
	} {
		if got := Statute(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// No notice of testdata argues.
func TestNoticesReport(t *testing.T) {
	files, err := filepath.Glob("../../testdata/notices/*")
	if err != nil || len(files) == 0 {
		t.Fatal("testdata/notices is empty", err)
	}
	for _, file := range files {
		page, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if Is(string(page)) {
			t.Errorf("%s is taken for commentary", file)
		}
	}
}
