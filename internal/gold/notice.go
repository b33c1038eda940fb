package gold

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// institutions scores the names that must be found, as printed or as resolved.
func (c *comparison) institutions() {
	if len(c.Institutions) == 0 {
		return
	}
	names := map[string]bool{}
	for _, f := range c.facts {
		for _, field := range []string{"name", "canonical"} {
			if f["kind"] == "institution" {
				names[strings.Join(strings.Fields(text(f[field])), "")] = true
			}
		}
	}
	row := Row{Name: "institution", Gold: len(c.Institutions), Found: len(names), counted: true}
	for _, name := range c.Institutions {
		if names[name] || names[strings.TrimLeft(name, "原")] || names["原"+name] {
			row.Right++
		} else {
			c.miss("missed", "institution", name, "")
		}
	}
	row.Recall = share(row.Right, row.Gold)
	c.Rows = append(c.Rows, row)
}

// metrics scores the headline figures.
func (c *comparison) metrics() {
	if len(c.Metrics) == 0 {
		return
	}
	mine, _ := c.notice["metrics"].(map[string]any)
	row := Row{Name: "metrics", Gold: len(c.Metrics), Found: len(mine), counted: true}
	row.considered = row.Gold // but for those missed
	for _, key := range slices.Sorted(maps.Keys(c.Metrics)) {
		switch value, ok := mine[key]; {
		case normal("value", value) == normal("value", c.Metrics[key]):
			row.Right++
		default:
			c.miss("metric", key, text(value), "for "+plain(c.Metrics[key]))
			if !ok {
				row.considered--
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(mine)) {
		if _, ok := c.Metrics[key]; !ok {
			row.considered++
			c.miss("metric", key, text(mine[key]), "is not annotated")
		}
	}
	row.rate()
	c.Rows = append(c.Rows, row)
}

// fields scores what is known of the notice as a whole.
func (c *comparison) fields() {
	row := Row{Name: "notice"}
	for _, key := range slices.Sorted(maps.Keys(c.Notice)) {
		want, have, scored := c.field(key)
		if !scored {
			continue
		}
		row.Gold++
		if want == have {
			row.Right++
		} else {
			c.miss("notice", key, have, "for "+want)
		}
	}
	if row.Gold > 0 {
		row.Recall = share(row.Right, row.Gold)
		c.Rows = append(c.Rows, row)
	}
}

// field returns a field of the notice as annotated and as read; lists and
// objects are scored only where the annotation's form is known.
func (c *comparison) field(key string) (want, have string, scored bool) {
	value := c.Notice[key]
	switch v := value.(type) {
	case map[string]any:
		return plain(v), plain(c.among(key, v)), (key == "round" || key == "inspection") && len(v) > 0
	case []any:
		switch key {
		case "round", "inspection":
			o := c.object(key)
			return plain(v), plain([]any{o["from"], o["to"]}), len(v) > 0
		case "subsections":
			return plain(v), plain(c.subsections()), len(v) > 0
		}
		return "", "", false
	}
	return plain(value), plain(c.scalar(key)), true
}

// among are the fields of an object of the notice that the annotation has.
func (c *comparison) among(key string, want map[string]any) map[string]any {
	have := map[string]any{}
	for k := range want {
		have[k] = c.object(key)[k]
	}
	return have
}

// scalar is a field of the notice that the annotation gives as one value.
func (c *comparison) scalar(key string) any {
	switch key {
	case "inspected":
		return c.object("inspected")["name"]
	case "inspected_code":
		return c.object("inspected")["code"]
	case "sections":
		return fmt.Sprint(len(c.sections()))
	case "phone", "email":
		if all, ok := c.object("contact")[key].([]any); ok && len(all) > 0 {
			return all[0]
		}
		return nil
	}
	return c.notice[key]
}

func (c *comparison) object(key string) map[string]any {
	o, _ := c.notice[key].(map[string]any)
	return o
}

func (c *comparison) sections() []any {
	s, _ := c.notice["sections"].([]any)
	return s
}

// subsections counts those of each section.
func (c *comparison) subsections() []int {
	counts := []int{}
	for _, s := range c.sections() {
		section, _ := s.(map[string]any)
		under, _ := section["sections"].([]any)
		counts = append(counts, len(under))
	}
	return counts
}

// audit scores the findings; an alarm is false where no annotated finding of
// that check fails to hold.
func (c *comparison) audit() {
	if len(c.Audit) == 0 {
		return
	}
	row := Row{Name: "audit", Gold: len(c.Audit), Found: len(c.findings), counted: true, FalseAlarms: new(int)}
	for _, a := range c.Audit {
		if slices.ContainsFunc(c.findings, func(x record) bool {
			return x["check"] == a.Check && x["holds"] == a.Holds && (a.Verdict == nil || x["verdict"] == *a.Verdict) && slices.Contains(c.quotes(x), a.Quote)
		}) {
			row.Right++
		} else {
			c.miss("audit", a.Check, a.Quote, fmt.Sprintf("holds: %v", a.Holds))
		}
	}
	for _, x := range c.findings {
		known := slices.ContainsFunc(c.Audit, func(a Finding) bool { return !a.Holds && x["check"] == a.Check })
		if x["holds"] != true && !known {
			*row.FalseAlarms++
			c.miss("false alarm", text(x["check"]), strings.Join(c.quotes(x), " "), text(x["explain"]))
		}
	}
	row.Recall = share(row.Right, row.Gold)
	c.Rows = append(c.Rows, row)
}

// quotes are those of the facts that a finding rests on.
func (c *comparison) quotes(finding record) []string {
	var quotes []string
	ids, _ := finding["facts"].([]any)
	for _, id := range ids {
		if f, ok := c.byID[text(id)]; ok {
			quotes = append(quotes, text(f["quote"]))
		}
	}
	return quotes
}
