package commentary

import (
	"os"
	"path/filepath"
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
