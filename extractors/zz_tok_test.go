package extractors_test

import (
	"fmt"
	"testing"
	"tongbao"
	"tongbao/internal/segment"
)

func TestTok(t *testing.T) {
	for _, s := range []string{"区委第一时间成立巡视整改工作领导小组,由区委巡视整改工作领导小组办公室牵头", "省委第三巡视组对原杭州市江干区进行", "春节前中宸公司3名", "四季青街道积极履行", "明确采荷街道以", "至采荷街道党工委下属的中国服装第一街党委", "原区农居建设管理中心党组成员", "深入开展街道和部门", "新建社区文化家园", "联合区纪委区监委加强", "进一步严实区委履行", "浙大智慧城光电联合研究中心", "违规出境社区、经合社干部"} {
		n := &tongbao.Notice{Text: s}
		d := segment.New().Segment(n)
		for _, w := range d.Words {
			fmt.Print(w.Of(s), "/", w.Tag, " ")
		}
		fmt.Println()
	}
}
