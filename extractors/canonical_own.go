package extractors

import (
	"strconv"
	"strings"

	"tongbao"
	"tongbao/internal/divisions"
)

// shortNames are the words by which a notice names the body that it is about,
// by the ending of that body's name.
var shortNames = []struct {
	ending string
	shorts []string
}{
	{"医院", []string{"医院"}},
	{"总局", []string{"总局"}},
	{"局", []string{"局"}},
	{"厅", []string{"厅"}},
	{"银行", []string{"总行"}},
	{"镇", []string{"镇"}},
	{"乡", []string{"乡"}},
	{"街道", []string{"街道"}},
	{"大学", []string{"学校", "校"}},
	{"学院", []string{"学校", "校", "学院"}},
	{"集团", []string{"集团"}},
	{"集团公司", []string{"集团"}},
	{"集团有限公司", []string{"集团"}},
}

// ownPart resolves 总局党组, 镇民政办, 医院纪委 against the inspected body, and
// a department that is named without its body (人事司); "" for other names.
func (r *reading) ownPart(name string) string {
	own := bodyName(r.Notice)
	if own == "" || r.Notice.Genre != tongbao.Rectification {
		return ""
	}
	own = strings.TrimPrefix(own, "原")
	for _, s := range shortNames {
		if !strings.HasSuffix(own, s.ending) {
			continue
		}
		for _, short := range s.shorts {
			if rest, ok := strings.CutPrefix(name, short); ok && rest != "" {
				return ownFull(own, rest)
			}
		}
	}
	if endsWithAny(own, "省", "市", "区", "县", "州") {
		return "" // which of its bodies a department belongs to is not said
	}
	if e, ok := endings().Suffix(name); ok && e.Word == name {
		if e.Fields[1] == "bare" {
			return ownFull(own, name)
		}
		if e.Fields[0] != "other" {
			return "" // 教育部 is the ministry
		}
	}
	if d, ok := departmentAt(name); ok && d.stem+d.level == len(name) {
		return own + name
	}
	return ""
}

// ownFull joins the full name of a body and what belongs to it.
func ownFull(own, part string) string {
	switch part {
	case "党组", "党委", "党工委", "党总支":
		if part == "党委" {
			return "中共" + own + "委员会"
		}
		return "中共" + own + part
	case "纪委":
		return "中共" + own + "纪律检查委员会"
	case "政府":
		return own + "人民政府"
	}
	return own + part
}

// codes gives the bodies of known divisions the division's code: those of the
// inspected division its own, others that of the division that their full name
// begins with.
func (r *reading) codes() {
	year, _ := strconv.Atoi(limit(r.Notice.Signed, 4))
	for i := r.bodies[0]; i < len(r.facts); i++ {
		f := &r.facts[i]
		if f.Canonical == "" {
			continue
		}
		code, ok := r.coded[f.Canonical]
		if !ok {
			code = r.codeOf(strings.TrimPrefix(f.Canonical, "中共"), year)
			r.coded[f.Canonical] = code
		}
		f.Code = code
	}
}

func (r *reading) codeOf(full string, year int) string {
	if own := r.own(); own != "" && strings.HasPrefix(full, own) && r.Notice.Inspected.Code != "" {
		return r.Notice.Inspected.Code
	}
	return divisions.Match(full, year).Code
}
