package divisions

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// chains are printed names, the year, and what must be read: province, city,
// district, code, rest.
var chains = []struct {
	name string
	year int
	want string
}{
	{"杭州市江干区", 2020, "浙江省 杭州市 江干区 330104 "},
	{"原杭州市江干区", 2020, "浙江省 杭州市 江干区 330104 "},
	{"原杭州市江干区委", 2022, "浙江省 杭州市 江干区 330104 委"},
	{"杭州市江干区", 2021, "浙江省 杭州市 江干区 330104 "}, // until March
	{"杭州市江干区", 2023, "浙江省 杭州市 江干区  "},
	{"浙江省杭州市上城区委", 2021, "浙江省 杭州市 上城区 330102 委"},
	{"杭州市上城区委", 2021, "浙江省 杭州市 上城区 330102 委"},
	{"杭州上城区委", 2021, "浙江省 杭州市 上城区 330102 委"},
	{"浙江杭州市上城区", 2021, "浙江省 杭州市 上城区 330102 "},
	{"浙江杭州市", 2021, "浙江省 杭州市  330100 "},
	{"上城区", 2021, "浙江省 杭州市 上城区 330102 "},
	{"江苏省鼓楼区", 2021, "江苏省  鼓楼区  "}, // 南京 and 徐州
	{"鼓楼区", 2021, "  鼓楼区  "},
	{"南京市鼓楼区", 2021, "江苏省 南京市 鼓楼区 320106 "},
	{"徐州市鼓楼区", 2021, "江苏省 徐州市 鼓楼区 320302 "},
	{"开封市鼓楼区", 2021, "河南省 开封市 鼓楼区 410204 "},
	{"福州市鼓楼区", 2021, "福建省 福州市 鼓楼区 350102 "},
	{"湖北省荆州市沙市区财政局", 2021, "湖北省 荆州市 沙市区 421002 财政局"},
	{"湖北省沙市市", 1990, "湖北省 沙市市  420400 "},
	{"沙县区", 2022, "福建省 三明市 沙县区 350405 "},
	{"沙县财政局", 2019, "福建省 三明市 沙县 350427 财政局"},
	{"济南市市中区委", 2021, "山东省 济南市 市中区 370103 委"},
	{"市中区委", 2021, "  市中区  委"},
	{"乌鲁木齐市新市区", 2021, "新疆维吾尔自治区 乌鲁木齐市 新市区 650104 "},
	{"晋城市城区委", 2021, "山西省 晋城市 城区 140502 委"},
	{"晋城市城区道路改造指挥部", 2021, "山西省 晋城市  140500 城区道路改造指挥部"},
	{"阳泉市矿区人民政府", 2021, "山西省 阳泉市 矿区 140303 人民政府"},
	{"陕西省吴旗县", 2003, "陕西省 延安市 吴旗县 610626 "},
	{"内蒙古自治区鄂尔多斯市达拉特旗", 2021, "内蒙古自治区 鄂尔多斯市 达拉特旗 150621 "},
	{"内蒙古锡林郭勒盟正蓝旗委", 2021, "内蒙古自治区 锡林郭勒盟 正蓝旗 152530 委"},
	{"北京市东城区", 2021, "北京市  东城区 110101 "},
	{"北京市崇文区", 2005, "北京市  崇文区 110103 "},
	{"上海市静安区", 2020, "上海市  静安区 310106 "},
	{"贵州省遵义市仁怀市", 2021, "贵州省 遵义市 仁怀市 520382 "},
	{"贵州省仁怀市委", 2021, "贵州省 遵义市 仁怀市 520382 委"},
	{"仙桃市", 2021, "湖北省  仙桃市 429004 "},
	{"湖北省仙桃市纪委监委", 2021, "湖北省  仙桃市 429004 纪委监委"},
	{"东莞市", 2021, "广东省 东莞市  441900 "},
	{"杭州市委", 2021, "浙江省 杭州市  330100 委"},
	{"杭州市财政局党组", 2021, "浙江省 杭州市  330100 财政局党组"},
	{"杭州市场监管局", 2021, "浙江省 杭州市  330100 市场监管局"},
	{"杭州市市场监管局", 2021, "浙江省 杭州市  330100 市场监管局"},
	{"杭州市城市管理局", 2021, "浙江省 杭州市  330100 城市管理局"},
	{"杭州市上城区域协作办", 2021, "浙江省 杭州市  330100 上城区域协作办"},
	{"凉山州委", 2021, "四川省 凉山彝族自治州  513400 委"},
	{"重庆市彭水县纪委", 2021, "重庆市  彭水苗族土家族自治县 500243 纪委"},
	{"彭水苗族土家族自治县", 2021, "重庆市  彭水苗族土家族自治县 500243 "},
	{"新疆巴音郭楞蒙古自治州焉耆回族自治县", 2021, "新疆维吾尔自治区 巴音郭楞蒙古自治州 焉耆回族自治县 652826 "},
	{"四川省重庆市渝中区", 1995, "四川省 重庆市 渝中区 510202 "},
	{"重庆市渝中区", 2000, "重庆市  渝中区 500103 "},
	{"重庆市渝中区", 0, "重庆市  渝中区 500103 "},
	{"湖北省襄樊市襄阳区", 2008, "湖北省 襄樊市 襄阳区 420607 "},
	{"襄阳区", 0, "湖北省 襄樊市 襄阳区 420607 "},
	{"原平市委", 2021, "山西省 忻州市 原平市 140981 委"},
	{"雄安新区党工委", 2021, "    雄安新区党工委"},
	{"河北雄安新区", 2021, "    河北雄安新区"},
	{"河北省雄安新区", 2021, "河北省   130000 雄安新区"},

	// Invented places, and no places.
	{"东岚省澄州市望江区", 2021, "东岚省 澄州市 望江区  "},
	{"原澄州市望江区", 2021, " 澄州市 望江区  "},
	{"东岚省澄州市", 2021, "东岚省 澄州市   "},
	{"东岚省松溪地区望江县委", 2021, "东岚省 松溪地区 望江县  委"},
	{"东岚自治区石梁彝族自治州白鹿旗", 2021, "东岚自治区 石梁彝族自治州 白鹿旗  "},
	{"东岚省澄州市云台市委", 2021, "东岚省 澄州市 云台市  委"},
	{"东岚省望江县", 2021, "东岚省  望江县  "},
	{"东岚省杭州市上城区", 2021, "东岚省 杭州市 上城区  "}, // not the Hangzhou that we know
	{"澄州市鼓楼区", 2021, " 澄州市 鼓楼区  "},
	{"澄州市市中区委", 2021, " 澄州市 市中区  委"},
	{"澄州市城区委", 2021, " 澄州市 城区  委"},
	{"澄州市望江区委", 2021, " 澄州市 望江区  委"},
	{"澄州市住房和城乡建设局党组", 2021, " 澄州市   住房和城乡建设局党组"},
	{"澄州市城市管理局", 2021, " 澄州市   城市管理局"},
	{"澄州市城区管理处", 2021, " 澄州市   城区管理处"},
	{"澄州市社区服务中心", 2021, " 澄州市   社区服务中心"},
	{"澄州市开发区管委会", 2021, " 澄州市   开发区管委会"},
	{"澄州市经济开发区管委会", 2021, " 澄州市   经济开发区管委会"},
	{"东岚省市场监督管理局", 2021, "东岚省    市场监督管理局"},
	{"云台区", 2021, "  云台区  "},
	{"澄县", 2021, "  澄县  "},
	{"东岚理工大学", 2021, "    东岚理工大学"},
	{"市住建局党组", 2021, "    市住建局党组"},
	{"市城区管理处", 2021, "    市城区管理处"},
	{"区委", 2021, "    区委"},
	{"我区", 2021, "    我区"},
	{"全县各级党组织", 2021, "    全县各级党组织"},
	{"根据省委部署", 2021, "    根据省委部署"},
	{"", 2021, "    "},
}

func TestMatch(t *testing.T) {
	for _, c := range chains {
		m := Match(c.name, c.year)
		if got := fmt.Sprintf("%s %s %s %s %s", m.Province, m.City, m.District, m.Code, m.Rest); got != c.want {
			t.Errorf("%s in %d\n got %q\nwant %q", c.name, c.year, got, c.want)
		}
		if !strings.HasSuffix(c.name, m.Rest) {
			t.Errorf("%s in %d: the rest %q is not the name's end", c.name, c.year, m.Rest)
		}
	}
}

func TestFormer(t *testing.T) {
	for name, want := range map[string]bool{"原杭州市江干区": true, "原澄州市望江区": true, "原平市": false, "原州区": false, "江干区": false, "原工作单位": false} {
		if got := Match(name, 2022).Former; got != want {
			t.Errorf("%s: former %v, want %v", name, got, want)
		}
	}
}

// TestMatchReadsTheTable reads every division back from its printed chain in
// its last year: the code must be its own, or left out where it is not alone.
func TestMatchReadsTheTable(t *testing.T) {
	uncoded := 0
	for _, d := range load().rows {
		year := d.To
		if year == 0 {
			year = 2026
		}
		name := d.Name
		switch d.Level() {
		case PrefectureLevel:
			name = d.Province(year) + name
		case CountyLevel:
			name = d.Province(year) + d.City(year) + name
		}
		m := Match(name, year)
		if m.Code == "" || strings.HasSuffix(d.Name, "镇") { // 畹町镇, of 1984 only: no ending of a division
			uncoded++
			continue
		}
		if m.Code != d.Code || m.Rest != "" {
			t.Errorf("%s in %d is %s, want %s, rest %q", name, year, m.Code, d.Code, m.Rest)
		}
	}
	if uncoded > 2 {
		t.Errorf("%d names of %d were left without a code", uncoded, len(load().rows))
	}
}

func FuzzMatch(f *testing.F) {
	for _, c := range chains {
		f.Add(c.name, c.year)
	}
	f.Add("\xe5\x8c市\xff区", -1)
	f.Fuzz(func(t *testing.T, name string, year int) {
		c := Match(name, year)
		if !strings.HasSuffix(name, c.Rest) {
			t.Fatalf("the rest %q is not the end of %q", c.Rest, name)
		}
		if c.Rest == name && (c.Province+c.City+c.District+c.Code != "" || c.Former) {
			t.Fatalf("%+v was read from nothing of %q", c, name)
		}
		if d, ok := ByCode(c.Code, 0); c.Code != "" && (!ok || !utf8.ValidString(d.Name)) {
			t.Fatalf("%q got the code %s, which nobody bears", name, c.Code)
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	for _, name := range []string{"浙江省杭州市江干区委", "杭州上城区委", "鼓楼区", "东岚省澄州市望江区", "东岚理工大学党委"} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(name)))
			b.ReportAllocs()
			for b.Loop() {
				Match(name, 2020)
			}
		})
	}
}

// BenchmarkLoad is what the first lookup of a process pays.
func BenchmarkLoad(b *testing.B) {
	b.SetBytes(int64(len(list)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := parse("table.tsv", list); err != nil {
			b.Fatal(err)
		}
	}
}
