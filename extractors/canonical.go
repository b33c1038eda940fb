package extractors

import "strings"

// canonical resolves a name as printed to the full name of the body, against
// the inspected body: 区委 in a notice on 杭州市江干区 is 中共杭州市江干区委员会.
// A name that already stands for itself is returned as it is; one that cannot
// be resolved gives "".
func (r *reading) canonical(name string) string {
	full, known := r.resolved[name]
	if !known {
		full = r.resolve(name)
		r.resolved[name] = full
	}
	return full
}

func (r *reading) resolve(name string) string {
	bare := strings.TrimPrefix(name, "原")
	for _, level := range []string{"省", "市", "县", "区"} { // 山西省原粮食局
		if !strings.Contains(bare, "原") {
			break
		}
		if at := strings.Index(bare, level+"原"); at > 0 && !startsWithAny(bare[at+len(level+"原"):], "市", "县", "区", "州") {
			bare = bare[:at+len(level)] + bare[at+len(level+"原"):]
		}
	}
	if full := r.ownCommittee(bare); full != "" {
		return full
	}
	if full := r.ownPart(bare); full != "" {
		return full
	}
	place := r.places()
	for _, level := range []string{"区", "县", "市", "省", "州"} {
		if !strings.HasPrefix(bare, level) {
			continue
		}
		full := place[level]
		if full == "" {
			return ""
		}
		if full != r.own() && bare == level+"委" {
			return full + "委" // a committee above is named as Notice.Authority names it
		}
		return expand(full, strings.TrimPrefix(bare, level))
	}
	if strings.HasPrefix(bare, "中共") && strings.HasSuffix(bare, "委") {
		return bare + "员会"
	}
	if own := r.own(); own != "" && strings.HasPrefix(bare, own) {
		return expand(own, strings.TrimPrefix(bare, own))
	}
	for _, p := range r.shorts {
		if strings.HasPrefix(bare, p.short) {
			return expand(p.full, strings.TrimPrefix(bare, p.short))
		}
	}
	return bare
}

// ownCommittee resolves 学校党委, 校党委, 集团纪委 by the party committee that
// issued the notice: 中共望江师范学院委员会; "" for other names.
func (r *reading) ownCommittee(name string) string {
	if !endsWithAny(name, "党委", "纪委") {
		return ""
	}
	body, ok := strings.CutSuffix(strings.TrimPrefix(r.Notice.Issuer, "中共"), "委员会")
	if !ok || !strings.HasPrefix(r.Notice.Issuer, "中共") {
		return ""
	}
	for _, short := range []string{"学校", "校", "学院", "院", "集团", "公司"} {
		if !strings.HasSuffix(body, short) && !(strings.HasSuffix(short, "校") && endsWithAny(body, "大学", "学院", "学校")) && !(short == "公司" && strings.HasSuffix(body, "公司")) {
			continue
		}
		switch name {
		case short + "党委":
			return "中共" + body + "委员会"
		case short + "纪委":
			return "中共" + body + "纪律检查委员会"
		}
	}
	return ""
}

// expand joins the full name of a place and what follows its level: 委, 政府,
// 纪委监委, 财政局.
func expand(place, rest string) string {
	switch rest {
	case "委", "委员会":
		return "中共" + place + "委员会"
	case "政府", "人民政府":
		return place + "人民政府"
	case "纪委", "纪律检查委员会":
		return "中共" + place + "纪律检查委员会"
	case "监委", "监察委员会":
		return place + "监察委员会"
	case "法院":
		return place + "人民法院"
	case "检察院":
		return place + "人民检察院"
	case "政协":
		return "中国人民政治协商会议" + place + "委员会"
	case "人大常委会":
		return place + "人民代表大会常务委员会"
	case "人大":
		return place + "人民代表大会"
	}
	if strings.HasPrefix(rest, "委") && !strings.HasPrefix(rest, "委员") {
		return "中共" + place + rest
	}
	return place + rest
}

// places are the divisions that 区, 县, 市, 省 stand for in this notice.
func (r *reading) places() map[string]string {
	if r.levels != nil {
		return r.levels
	}
	r.levels = map[string]string{}
	b := r.Notice.Inspected
	if b == nil {
		return r.levels
	}
	full := ""
	for _, name := range []string{b.Province, b.City, b.District} {
		if name == "" {
			continue
		}
		if name != b.Province {
			full += name
		}
		for _, level := range []string{"区", "县", "市", "省", "州"} {
			if strings.HasSuffix(name, level) && r.levels[level] == "" {
				if r.levels[level] = full; name == b.Province {
					r.levels[level] = name
				}
				if short := lastPlace(r.levels[level]); short != "" {
					r.shorts = append(r.shorts, shortPlace{short, r.levels[level]})
				}
			}
		}
	}
	return r.levels
}

// A shortPlace is a place by its full name, and by the last division of it.
type shortPlace struct{ short, full string }

// own is the full name of the inspected division itself.
func (r *reading) own() string {
	b := r.Notice.Inspected
	if b == nil {
		return ""
	}
	return b.City + b.District
}

// lastPlace returns the last division of a full name: 杭州市江干区 → 江干区.
func lastPlace(full string) string {
	if i := strings.LastIndexAny(strings.TrimRight(full, "区县市省州"), "省市州"); i >= 0 {
		return full[i+len("市"):]
	}
	return full
}
