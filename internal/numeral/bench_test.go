package numeral

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// notice is the prose of the genre, of an invented place.
const notice = `根据省委统一部署，2020年10月15日至12月11日，省委第三巡视组对云岭市进行了巡视。市委把巡视整改作为重大政治任务来抓，进一步提高思想认识，始终站在讲政治的高度，切实做好整改工作。
一、关于“学习贯彻不够到位”问题的整改情况
（一）加强学习。开展活动2000余场，惠及群众58.6万人次，覆盖率达84.1%，三分之二以上的村（社区）建立了阵地。对移交的9件问题线索，已办结8件，办结率为88.8%；给予党纪处分十二人，清退款项90.05万元。
`

func text(size int) string { return strings.Repeat(notice, size/len(notice)+1)[:size] }

func BenchmarkFind(b *testing.B) {
	for _, size := range []int{10_000, 100_000, 1_000_000} {
		t := text(size)
		b.Run(strconv.Itoa(size/1000)+"kB", func(b *testing.B) {
			b.SetBytes(int64(size))
			for b.Loop() {
				Find(t)
			}
		})
	}
}

// BenchmarkFindNotices reads whole notices, whose numbers stand further apart
// than those of the text above.
func BenchmarkFindNotices(b *testing.B) {
	files, err := filepath.Glob("../../testdata/notices/*.txt")
	if err != nil || len(files) == 0 {
		b.Fatalf("no notices in testdata: %v", err)
	}
	var all strings.Builder
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		all.Write(data)
	}
	t := all.String()
	b.SetBytes(int64(len(t)))
	b.ReportAllocs()
	for b.Loop() {
		Find(t)
	}
}

// BenchmarkFindWorst reads texts made to be read twice; the speed must not fall
// with their length.
func BenchmarkFindWorst(b *testing.B) {
	for name, unit := range map[string]string{
		"digits": "9", "chain": "1.", "groups": "1,000,", "dashes": "1-2-", "colons": "1:2:", "rows": "九", "units": "十", "great": "万亿",
		"zeros": "零一", "spaces": "百 分 之 ", "slashes": "1/2/", "powers": "2^-", "minuses": "-", "ones": "一", "several": "几十几", "joints": "一至", "fractions": "三分之", "points": "三点一四",
	} {
		for _, size := range []int{10_000, 1_000_000} {
			t := strings.Repeat(unit, size/len(unit))
			b.Run(name+"/"+strconv.Itoa(size/1000)+"kB", func(b *testing.B) {
				b.SetBytes(int64(len(t)))
				for b.Loop() {
					Find(t)
				}
			})
		}
	}
}
