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
		// states that share out a total some clauses before
		"对照反馈的46个问题，制定措施152条。截至9月底，已整改到位38个，基本整改到位5个，正在整改3个。": "sum agrees 46",
		"对照反馈的46个问题，制定措施152条。截至9月底，已整改到位38个，基本整改到位5个，正在整改4个。": "sum mismatch 46",
		"制定措施121条。目前，措施已落实115条、正在落实6条。":                       "sum agrees 121",
		"移交线索67件，已办结52件、正在办理15件，办结率77.6%。":                    "sum agrees 67; rate agrees 77.6",
		"33个问题被细化成86个子问题。目前已完成整改29个，完成率87.8%，正在推进4个。":         "rate truncated 87.8; sum agrees 33",
		"查出隐患640处，已整改612处，整改率95.6%，其余28处已落实管控措施。":             "rate agrees 95.6; difference agrees 28",
		"已约谈57人、已通报31人、已处分4人，去年共处理90人。":                       "",
		// two units, two breakdowns
		"核查疑点214条、涉及资金386.5万元，其中确认违规61条、92.4万元，排除153条、294.1万元。": "sum agrees 214; sum agrees 3865000",
		"核查疑点214条、涉及资金386.5万元，其中确认违规61条、92.4万元，排除153条、284.1万元。": "sum agrees 214; sum mismatch 3865000",
		"收回低效用地43宗，其中已盘活12宗、拟盘活31宗；按乡镇分，北溪镇18宗、南塘镇25宗。":         "sum agrees 43; sum agrees 43",
		"收回低效用地43宗，其中已盘活12宗、拟盘活31宗；按乡镇分，北溪镇18宗、南塘镇26宗。":         "sum agrees 43; sum mismatch 43",
		"收回低效用地43宗，其中已盘活12宗、拟盘活31宗；按乡镇分，北溪镇18宗、南塘镇24宗。":         "sum agrees 43; sum mismatch 43",
		"共问责60人次，其中党纪处分22人次、政务处分38人次；问责对象中，局管干部8人次、科级12人次。":     "sum agrees 60; sum incomplete 60",
		"全市86个规划已批复；中心城区45个单元已编制完成41个，占92.1%。":                  "rate mismatch 92.1",
		"清查图斑92个、面积61.8公顷（其中耕地23.5公顷），已复耕57个、补办手续31个、移送4个。":     "sum agrees 92",
		"清查图斑92个、面积61.8公顷（其中耕地23.5公顷），已复耕57个、补办手续31个、移送5个。":     "sum mismatch 92",
		"对312家企业分类施策：注销127家，迁出38家，规范146家。":                      "sum mismatch 312",
		"违规资金1.2亿元，其中挪用8120万元、滞留3870万元。":                        "sum agrees 120000000",
		// changes
		"接待支出由2021年的286万元降至2022年的201万元，减少85万元，降幅29.7%。": "difference agrees 850000; rate agrees 29.7",
		"接待支出由2021年的286万元降至2022年的201万元，减少95万元。":         "difference mismatch 950000",
		"接待支出由2021年的286万元降至2022年的201万元，下降31.7%。":        "rate mismatch 31.7",
		"不良率由3.62%降至2.41%，下降1.2个百分点。":                   "difference agrees 1.2",
		"满意度从91.2%上升到95.7%，提高4.6个百分点。":                  "difference mismatch 4.6",
		"不良率由3.62%降至2.41%，较年初下降0.9个百分点。":                "",
		"涉及住房2.17万套，已办证1.86万套，办证率由41.5%提高到85.7%。":       "rate agrees 85.7",
		"纪检干部由3名增至7名，增配4名。":                             "difference agrees 4",
		// what is left
		"受理来信512件，扣除重复件137件后，实有375件。":                     "difference agrees 375",
		"受理来信512件，扣除重复件137件后，实有365件。":                     "difference mismatch 365",
		"应追缴资金426.8万元，已追缴398.3万元，剩余38.5万元正在追缴。":           "difference mismatch 385000",
		"收缴罚款500万元，追缴土地价款1954.6万元，剩余870万元年底前缴清。":          "",
		"全县16个乡镇中，已完成验收的有12个，其余5个正在验收。":                   "difference mismatch 5",
		"抽查的25家企业中，存在问题的8家，已完成整改的6家。":                     "",
		"查出经商办企业142人，已退出股份或注销企业138人，整改率97.2%，其余5人解除劳动合同。": "rate agrees 97.2; difference mismatch 5",
		// items and names
		"会议提出三点要求：一是提高站位。二是压实责任，做到一是一、二是二。三是务求实效。":                    "enumeration agrees 3",
		"会议提出三点要求：一是提高站位。二是压实责任。三是务求实效。四是严肃纪律。":                       "enumeration mismatch 3",
		"会议提出三点要求：一是提高站位。二是压实责任。三是务求实效。会议强调，一是早动手。二是严标准。三是重实效。四是出成果。": "enumeration agrees 3",
		"巡察组对3个单位提出要求：一是提高站位。二是压实责任。":                                 "",
		"印发《责任清单》（江委〔2021〕5号），要求分解任务。北溪、南塘、柏树等3个村先行试点。":               "enumeration agrees 3",
		"聚焦工程招标、物资采购、人事任免3个环节开展监督。":                                   "enumeration agrees 3",
		"聚焦工程招标、物资采购、人事任免2个环节开展监督。":                                   "enumeration mismatch 2",
		"对县发改局、县财政局、北溪镇5个村开展延伸巡察。":                                    "",
		"县委书记、县长王某某等2人作表态发言。":                                         "",
		"排查隐患128处，已整改96处、正在整改20处，下发通报15处。":                            "",
		"排查隐患128处，整改96处，正在整改36处。":                                     "sum mismatch 128",
		"反馈问题56个，其中立行立改20个、限期整改36个，已完成40个、正在整改16个。":                   "sum agrees 56",
		"对15个乡镇、28个部门开展检查，其中优秀10个、良好28个、一般5个。":                        "",
		"农村学校由29所优化为17所，撤并12所。":                                       "difference agrees 12",
		"农村学校由29所优化为17所，撤并10所。":                                       "",
		"信访量由312件下降到241件，其中重复访由85件下降到40件，下降52.9%。":                    "rate agrees 52.9",
		"营业收入由12.4亿元增长到15.1亿元，年均增长10.3%。":                             "",
		// shares of a sum that is not printed; of a total, of which one is wrong
		"第一种形态120人次、第二种形态30人次、第三种形态6人次，占比分别为76.9%、19.2%、3.8%。": "",
		"党纪处分24人、政务处分10人、诫勉6人，占比分别为60%、25%、15%。":               "",
		"处理干部150人次，第一种形态120人次、第二种形态30人次，占比分别为80%、25%。":         "sum agrees 150; rate agrees 80; rate mismatch 25",
		"移交信访件60件、问题线索25件，已分别办结57件、20件，办结率为95%、80%。":           "rate agrees 95; rate agrees 80",
		"移交信访件60件、问题线索25件，已分别办结57件、20件，办结率为95%、85%。":           "rate agrees 95; rate mismatch 85",
		"谈话函询9件、初步核实15件、予以了结6件，分别占30%、50%、20%。":                "",
		"给予党纪处分16人，其中处级干部4人、科级干部9人，包括开除党籍2人、严重警告5人、党内警告9人。":    "sum incomplete 16; sum agrees 16",
		"给予党纪处分16人，其中处级干部4人、科级干部9人，包括开除党籍2人、严重警告5人、党内警告10人。":   "sum incomplete 16; sum mismatch 16",
		"收缴违纪款73万元，其中区本级41万元，街道32万元，已上缴财政70万元。":                "sum agrees 730000",
		"收缴违纪款73万元，其中区本级41万元、街道33万元，已上缴财政70万元。":                "sum mismatch 730000",
		"处理39人，其中违反工作纪律21人，违反廉洁纪律30人（部分人员同时违反两项纪律）。":           "",
		"处理39人，其中违反工作纪律21人，违反廉洁纪律30人。":                         "sum mismatch 39",
		"原有隐患52处，新增9处，销号47处，尚余14处。":                            "difference agrees 14",
		"原有隐患52处，新增9处，销号47处，尚余15处。":                            "difference mismatch 15",
		"累计贷款35亿元，其中14亿元用于归还旧债，形成新增负债14亿元。":                    "",
		"72个问题中，已完成整改45个，基本完成20个，正在推进7个，完成率90.3%。":             "sum agrees 72",
		"72个问题中，已完成整改45个，基本完成20个，正在推进7个，完成率70.3%。":             "sum agrees 72; rate mismatch 70.3",
		"参保率由86.4%提高5.3个百分点至91.7%。":                            "difference agrees 5.3",
		"参保率由86.4%提高4.3个百分点至91.7%。":                            "difference mismatch 4.3",
		"给予党纪处分4人，其中警告3人、严重警告2人（1人同时受到党纪处分和政务处分）。":             "sum mismatch 4",
		"反馈问题50个，制定措施90条，已有45个问题、81条措施完成，分别占90.0%、91.0%。":      "rate agrees 90.0; rate mismatch 91.0",
		"党内警告6人、严重警告3人，合计10人。":                                 "sum mismatch 10",
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

// TestExplainOneUnit: the figures of an explanation are all in one unit.
func TestExplainOneUnit(t *testing.T) {
	n := &tongbao.Notice{Title: "关于巡察整改情况的通报", Text: "追缴资金183万元、退赔96万元，合计五百二十七万元。"}
	doc := segment.New().Segment(n)
	found := audit.Audit(doc, extractors.Extract(doc))
	if want := "183 + 96 = 279，原文 五百二十七万元，不符"; len(found) != 1 || found[0].Explain != want {
		t.Errorf("got %v, want %s", found, want)
	}
}
