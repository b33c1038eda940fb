package audit_test

import (
	"strings"
	"testing"

	"tongbao"
	"tongbao/extractors"
	"tongbao/internal/segment"
	"tongbao/pipeline/audit"
	"tongbao/pipeline/parse/outline"
)

// findings reads a text and returns what the audit says of it, a line each.
func findings(text string) string {
	n := &tongbao.Notice{ID: tongbao.IDOf(text), Title: "中共望江区委关于巡视整改情况的通报", Text: text, Published: "2021-08-30"}
	outline.Read(n)
	doc := segment.New().Segment(n)
	var lines []string
	for _, f := range audit.Audit(doc, extractors.Extract(doc)) {
		lines = append(lines, string(f.Check)+" "+string(f.Verdict)+" "+f.Stated)
	}
	return strings.Join(lines, "; ")
}

func TestAudit(t *testing.T) {
	for text, want := range map[string]string{
		// a rate: rounded, cut off, wrong
		"移交的9件问题线索，已办结8件，办结率为88.9%。": "rate agrees 88.9",
		"移交的9件问题线索，已办结8件，办结率为88.8%。": "rate truncated 88.8",
		"移交的9件问题线索，已办结8件，办结率为90%。":   "rate mismatch 90",
		"26件问题线索已销号25件，完成进度96.15%。":  "rate agrees 96.15",
		// a total and the bracket behind it
		"给予党纪处分9人次（党内警告6人、严重警告2人、撤销党内职务1人）。": "sum agrees 9",
		"给予党纪处分9人次（党内警告6人、严重警告3人、撤销党内职务1人）。": "sum mismatch 9",
		"给予党纪处分9人次（党内警告6人、严重警告2人）。":          "sum mismatch 9",
		// 其中 need not be complete, but cannot exceed
		"对7名干部进行纪律处分，其中撤销党内职务1人、党内警告3人。":               "sum incomplete 7",
		"对3名干部进行纪律处分，其中撤销党内职务1人、党内警告3人。":               "sum mismatch 3",
		"新增学校57所，在建新校38所，余下19所已启动前期工作。":                "sum agrees 57",
		"新增学校57所，在建新校38所，余下20所已启动前期工作。":                "sum mismatch 57",
		"审计问题38个。目前已完成25个问题整改，完成率65.8%。剩余13个问题中，1个较难。": "rate agrees 65.8; difference agrees 13",
		"审计问题38个。目前已完成25个问题整改，完成率65.8%。剩余14个问题中，1个较难。": "rate agrees 65.8; difference mismatch 14",
		"线索7件，已办结6件，其中了结4件、转立案2件，另有1件在核查。":             "sum agrees 6",
		"政务处分3人（警告2人）。":                                "sum mismatch 3",
		"新增学校58所，在建新校38所，余下19所已启动前期工作。":                "sum mismatch 58",
		// lists
		"出台《甲办法》《乙办法》《丙细则》等3项制度。":                                   "enumeration agrees 3",
		"出台《甲办法》《乙办法》《丙细则》等5项制度。":                                   "enumeration incomplete 5",
		"出台《甲办法》《乙办法》《丙细则》等2项制度。":                                   "enumeration mismatch 2",
		"完成黄家、同心、沿山等3个村验收。":                                         "enumeration agrees 3",
		"划分为136个联合支部，覆盖企业595家，联合支部覆盖企业数为1:4.4。":                     "ratio agrees 1:4.4",
		"划分为136个联合支部，覆盖企业595家，联合支部覆盖企业数为1:5.4。":                     "ratio mismatch 1:5.4",
		"2020年10月15日至12月11日，省委第三巡视组对望江区进行了巡视。2020年11月12日，向区委反馈了意见。": "chronology mismatch 2020-11-12",
		// what must not be reported
		"信访件153件，已办结139件，办结率为90.8%，其中初信初访97件、重复信访56件。":    "rate agrees 90.8; sum agrees 153",
		"平均每村9.4万元，其中十万元以上的31个。":                          "",
		"67座小水电站，退出21座、整改46座，监测设施安装率100%。":                "sum agrees 67",
		"新建社区文化家园10家，社区文化家园覆盖率达84.1%。":                    "",
		"停产治理11家、限期整改28家、搬迁或关闭9家，其余89家达标运行。":              "",
		"第一种形态处理218人次（全部“四种形态”处理324人次）。":                  "",
		"问题线索25件，同2019年的39件相比减少14件，办结24件，办结率96.0%。":       "rate agrees 96.0",
		"重要批示指示件22件，办结20件，2件正在办理，按时办结率90.9%。":             "sum agrees 22; rate agrees 90.9",
		"规上企业127家，其中专精特新企业34家（省级以上6家），占比26.8%。":           "rate agrees 26.8",
		"共处分20人，其中党纪处分18人、政务处分6人。":                        "",
		"处理417人次，第一种形态274人次、第二种形态143人次，占比分别为65.7%、34.3%。": "sum agrees 417; rate agrees 65.7; rate agrees 34.3",
		"立案34件，其中区管干部16件，结案25件。":                          "",
		"追缴违纪款30万元、退赔20万元，两项合计60万元。":                      "sum mismatch 600000",
		"抽查项目18个，发现工程7个、资产11处、工程款4笔，合计22个问题。":             "",
		"给予政务处分9人，其中警告3人、记过7人。":                           "sum mismatch 9",
		"对137家企业分类处置，停产11家、整改28家、搬迁9家，其余90家达标。":           "sum mismatch 137",
		"追究责任8人，其中给予党内警告1人、诫勉3人、批评教育5人。":                  "sum mismatch 8",
		"追回土地出让金4.86亿元，占应收总额6.2亿元的88.4%。":                 "rate mismatch 88.4",
		"信访件办结率为95.1%，即移交的61件中已办结50件。":                    "rate mismatch 95.1",
		"全县有行政村203个，收入十万元以上的达到142个，占70%。":                 "rate agrees 70",
	} {
		if got := findings(text); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}
