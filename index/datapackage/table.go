package datapackage

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"tongbao"
	"tongbao/internal/rows"
)

// A Table is a table of the package: one description for its files and for its
// schema.
type Table struct {
	Name    string
	Chinese string // what its rows are
	English string
	Columns []rows.Column
	Key     string   // column that tells its rows apart, "" for none
	Refers  []Refers // columns that hold keys of a table
	Parquet bool     // written as Parquet only
	Rows    func(*Subject) [][]string
}

// Refers is a column that holds keys of a table, its own or another one.
type Refers struct{ Column, Table, Key string }

// ofNotice is what the tables about notices have in common.
var ofNotice = Refers{"notice", "notices", "id"}

// tables are those of the notices themselves.
func tables() []Table {
	return []Table{
		{Name: "notices", Chinese: "通报", English: "notices, one a row", Columns: noticeColumns, Key: "id", Rows: noticeRow},
		{Name: "texts", Chinese: "正文，一字不差", English: "the notices' texts, to the character", Parquet: true,
			Columns: []rows.Column{{Key: "notice", Label: "通报"}, {Key: "text", Label: "正文"}},
			Rows:    func(s *Subject) [][]string { return [][]string{{s.Notice.ID, s.Notice.Text}} }},
		{Name: "addresses", Chinese: "通报的全部地址", English: "every address under which a notice was met", Refers: []Refers{ofNotice},
			Columns: []rows.Column{{Key: "notice", Label: "通报"}, {Key: "url", Label: "地址"}}, Rows: addressRows},
		{Name: "sections", Chinese: "通报的章节", English: "the notices' outlines", Refers: []Refers{ofNotice},
			Columns: []rows.Column{{Key: "notice", Label: "通报"}, {Key: "path", Label: "段"}, {Key: "heading", Label: "标题"}, {Key: "problem", Label: "问题"},
				{Key: "start", Type: rows.Whole}, {Key: "end", Type: rows.Whole}}, Rows: sectionRows},
		{Name: "metrics", Chinese: "通报的主要指标", English: "headline figures, each with the fact that it was taken from",
			Refers: []Refers{ofNotice, {"fact", "facts", "id"}},
			Columns: []rows.Column{{Key: "notice", Label: "通报"}, {Key: "metric", Label: "指标"},
				{Key: "value", Label: "数值", Type: rows.Figure}, {Key: "fact", Label: "事实"}}, Rows: metricRows},
		{Name: "similar", Chinese: "几乎相同的通报", English: "pairs of notices that are nearly the same, in both directions",
			Refers:  []Refers{ofNotice, {"other", "notices", "id"}},
			Columns: []rows.Column{{Key: "notice", Label: "通报"}, {Key: "other", Label: "另一份"}, {Key: "jaccard", Label: "相似度", Type: rows.Figure}}, Rows: similarRows},
	}
}

var noticeColumns = []rows.Column{
	{Key: "id", Label: "编号"}, {Key: "url", Label: "地址"}, {Key: "title", Label: "标题"}, {Key: "source", Label: "来源"},
	{Key: "published", Label: "发布时间"}, {Key: "signed", Label: "落款日期", Type: rows.Day}, {Key: "genre", Label: "文种"},
	{Key: "authority", Label: "巡视机关"}, {Key: "round", Label: "轮次"}, {Key: "round_authority"},
	{Key: "congress", Label: "届", Type: rows.Whole}, {Key: "round_number", Label: "第几轮", Type: rows.Whole},
	{Key: "team", Label: "巡视组"}, {Key: "issuer", Label: "发布单位"}, {Key: "inspected", Label: "被巡视单位"}, {Key: "code", Label: "区划代码"},
	{Key: "district", Label: "区县"}, {Key: "city", Label: "市"}, {Key: "province", Label: "省"}, {Key: "abolished", Label: "撤销"},
	{Key: "now_codes"}, {Key: "now_names", Label: "现属"},
	{Key: "inspection_from", Type: rows.Day}, {Key: "inspection_to", Type: rows.Day}, {Key: "feedback", Label: "反馈日期", Type: rows.Day},
	{Key: "contact_phone", Label: "电话"}, {Key: "contact_email", Label: "电子邮箱"}, {Key: "contact_address", Label: "通信地址"},
	{Key: "facts", Label: "事实数", Type: rows.Whole}, {Key: "findings", Label: "核对数", Type: rows.Whole},
	{Key: "characters", Label: "字数", Type: rows.Whole}, {Key: "text_file", Label: "正文文件"},
}

func noticeRow(s *Subject) [][]string {
	n := s.Notice
	var round tongbao.Round
	var body tongbao.InspectedBody
	var period tongbao.Period
	var contact tongbao.Contact
	if n.Round != nil {
		round = *n.Round
	}
	if n.Inspected != nil {
		body = *n.Inspected
	}
	if n.Inspection != nil {
		period = *n.Inspection
	}
	if n.Contact != nil {
		contact = *n.Contact
	}
	var url string
	if len(n.URLs) > 0 {
		url = n.URLs[0]
	}
	var codes, names []string
	for _, d := range body.Now {
		codes, names = append(codes, d.Code), append(names, d.Name)
	}
	return [][]string{{n.ID, url, n.Title, n.Source, n.Published, n.Signed, string(n.Genre),
		n.Authority, round.ID, round.Authority, stated(round.Congress), stated(round.Number),
		n.Team, n.Issuer, body.Name, body.Code, body.District, body.City, body.Province, body.Abolished,
		listed(codes), listed(names), period.From, period.To, n.Feedback,
		listed(contact.Phone), listed(contact.Email), listed(contact.Address),
		strconv.Itoa(len(s.Facts)), strconv.Itoa(len(s.Findings)), strconv.Itoa(len([]rune(n.Text))), textFile(n.ID)}}
}

// textFile is where a notice's text lies within the package.
func textFile(id string) string { return textsFolder + "/" + id + ".txt" }

// stated spells a number that is absent where it is 0.
func stated(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// listed writes several values in a cell.
func listed(values []string) string { return strings.Join(values, "; ") }

func addressRows(s *Subject) (all [][]string) {
	for _, url := range s.Notice.URLs {
		all = append(all, []string{s.Notice.ID, url})
	}
	return all
}

func sectionRows(s *Subject) (all [][]string) {
	points := tongbao.NewCodePoints(s.Notice.Text)
	var each func([]tongbao.Section)
	each = func(sections []tongbao.Section) {
		for _, one := range sections {
			all = append(all, []string{s.Notice.ID, one.Path, one.Heading, one.Problem,
				strconv.Itoa(points.At(one.Start)), strconv.Itoa(points.At(one.End))})
			each(one.Sections)
		}
	}
	each(s.Notice.Sections)
	return all
}

func metricRows(s *Subject) (all [][]string) {
	for _, key := range slices.Sorted(maps.Keys(s.Notice.Metrics)) {
		fact := ""
		for i := range s.Facts {
			if s.Facts[i].Metric == key {
				fact = s.Facts[i].ID
				break
			}
		}
		all = append(all, []string{s.Notice.ID, key, s.Notice.Metrics[key], fact})
	}
	return all
}

func similarRows(s *Subject) (all [][]string) {
	for _, other := range s.Similar {
		all = append(all, []string{s.Notice.ID, other.Notice, strconv.FormatFloat(other.Jaccard, 'f', 6, 64)})
	}
	slices.SortFunc(all, func(x, y []string) int { return strings.Compare(x[1], y[1]) })
	return all
}
