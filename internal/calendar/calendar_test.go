package calendar

import (
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	for text, want := range map[string]string{
		"2020年10月15日-12月11日,省委":       "2020年10月15日-12月11日 2020-10-15..2020-12-11 period",
		"2017年3月3日至4月28日":             "2017年3月3日至4月28日 2017-03-03..2017-04-28 period",
		"自2019年4月8日起至6月10日止":          "2019年4月8日起至6月10日 2019-04-08..2019-06-10 period",
		"2021年3月11~12日":               "2021年3月11~12日 2021-03-11..2021-03-12 period",
		"承诺第四季度末前还清":                  "第四季度末前 ..2021-12-31 day",
		"第三巡视组":                       "",
		"2021年3月1日至15日":               "2021年3月1日至15日 2021-03-01..2021-03-15 period",
		"2021年1—4月共收集":                "2021年1—4月 2021-01-01..2021-04-30 period",
		"2021年底前实现":                   "2021年底前 ..2021-12-31 day",
		"2023年年底前完成":                  "2023年年底前 ..2023-12-31 day",
		"2021年底完工":                    "2021年底 2021-12-31..2021-12-31 day",
		"2021年10月底组建":                 "2021年10月底 2021-10-31..2021-10-31 day",
		"2021年3月1日起施行":                "2021年3月1日起 2021-03-01.. day",
		"2015年以来发放":                   "2015年以来 2015-01-01.. year",
		"2021年一季度":                    "2021年一季度 2021-01-01..2021-03-31 quarter",
		"2021年度重大":                    "2021年度 2021-01-01..2021-12-31 year",
		"预计2022、2023、2024年分别":         "2022 2022-01-01..2022-12-31 year; 2023 2023-01-01..2023-12-31 year; 2024年 2024-01-01..2024-12-31 year",
		"2019—2021年":                  "2019—2021年 2019-01-01..2021-12-31 period",
		"2018年7月至2020年3月":             "2018年7月至2020年3月 2018-07-01..2020-03-31 period",
		"二〇二一年八月三十日":                  "二〇二一年八月三十日 2021-08-30..2021-08-30 day",
		"2021 年 8 月 30 日":             "2021 年 8 月 30 日 2021-08-30..2021-08-30 day",
		"今年6月底前":                      "今年6月底前 ..2021-06-30 day",
		"“十四五”期间将":                    "“十四五”期间 2021-01-01..2025-12-31 period",
		"拟于2021年10月底组建,12月底举办":        "2021年10月底 2021-10-31..2021-10-31 day; 12月底 2021-12-31..2021-12-31 day",
		"预计下半年正式运营":                   "下半年 2021-07-01..2021-12-31 period",
		"年底前完成":                       "年底前 ..2021-12-31 day",
		"2019年2月29日":                  "",
		"1995-1997年":                  "1995-1997年 1995-01-01..1997-12-31 period",
		"2018年之后":                     "2018年之后 2019-01-01.. year",
		"2015年和2018年之间":               "2015年和2018年之间 2015-01-01..2018-12-31 period",
		"从2016年6月1日到6月30日":            "从2016年6月1日到6月30日 2016-06-01..2016-06-30 period",
		"自2014年6月14日起到2014年9月14日之前":   "2014年6月14日起到2014年9月14日之前 2014-06-14..2014-09-14 period",
		"2021年前七个月":                   "2021年前七个月 2021-01-01..2021-07-31 period",
		"2021年的第二周":                   "2021年的第二周 2021-01-11..2021-01-17 period",
		"5年以上的户、3年内、电话87837059":       "",
		"自2015年至":                     "2015年 2015-01-01..2015-12-31 year",
		"江委〔2021〕5号、年底分红会议":           "",
		"编制《空间规划(2021—2035年)》,7月5日获批": "2021—2035年 2021-01-01..2035-12-31 period; 7月5日 2021-07-05..2021-07-05 day",
		"消化2018年底以前的存量,其中一季度3宗":       "2018年底以前 ..2018-12-31 day; 一季度 2021-01-01..2021-03-31 quarter",
	} {
		var got []string
		for _, e := range Find(text, "2021-08-30T11:34:29+08:00") {
			got = append(got, e.Of(text)+" "+e.From+".."+e.To+" "+e.Granularity)
		}
		if s := strings.Join(got, "; "); s != want {
			t.Errorf("%s\n got %s\nwant %s", text, s, want)
		}
	}
}

// Without a day of its own, a text's only year settles the months that print none.
func TestOnlyYear(t *testing.T) {
	for text, want := range map[string]string{
		"5月4日动员。\n要求2016年6月15日前完成。":       "2016-05-04",
		"5月4日动员。\n2015年反馈,2016年6月15日前完成。": "",
		"5月4日动员。": "",
		"9月2日动员。2019年以来共巡察3轮。": "",
	} {
		got := ""
		if found := Find(text, ""); len(found) > 0 && found[0].Start == 0 {
			got = found[0].From
		}
		if got != want {
			t.Errorf("%s: the first day is %q, want %q", text, got, want)
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("2020年10月15日-12月11日,二〇二一年、2022、2023年底前", "2021-08-30")
	f.Fuzz(func(t *testing.T, text, reference string) {
		last := 0
		for _, e := range Find(text, reference) {
			if e.Start < last || e.End <= e.Start || e.End > len(text) {
				t.Fatalf("span %v after %d of %d bytes", e.Span, last, len(text))
			}
			if e.From == "" && e.To == "" {
				t.Fatalf("%q means no day", e.Of(text))
			}
			last = e.End
		}
	})
}

// Without the notice's own day 今年 means no year, and the month behind it is not
// that of a year printed before.
func TestFindWithoutReference(t *testing.T) {
	found := Find("2022年已开展整治，于今年3月印发方案，去年底办结，10月18日召开会议。", "")
	if len(found) != 2 || found[0].From != "2022-01-01" || found[1].From != "2022-10-18" {
		t.Errorf("%+v", found)
	}
}

// A month later in the year than the notice was last year's, unless it is due.
func TestFindLaterMonths(t *testing.T) {
	for text, want := range map[string]string{
		"10月18日至19日召开民主生活会。": "2021-10-18",
		"12月底前完成整改。":         "2022-12-31",
		"将于11月开展巡察。":         "2022-11-30",
		"2月3日召开会议。":          "2022-02-03",
	} {
		found := Find(text, "2022-03-25")
		if len(found) != 1 || found[0].From != want && found[0].To != want {
			t.Errorf("%s: %+v, want %s", text, found, want)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat("根据统一部署，2020年10月15日至12月11日，省委第三巡视组对云岭县进行了巡视。一是加强学习，召开专题会议九次；二是压实责任，今年6月底前完成整改，上半年开工三个项目，前期工作正在推进。\n", 200)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Find(text, "2021-08-30")
	}
}
