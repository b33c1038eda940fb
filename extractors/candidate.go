package extractors

import "tongbao"

// A candidate is a figure that may be the headline figure of its key.
type candidate struct {
	fact    *tongbao.Fact
	width   int
	summed  bool           // 合计, 共: it sums up figures of the kind before it
	named   bool           // the words say that the inspection raised or handed it over
	partial bool           // one of several measures of a category whose total is not printed
	apart   tongbao.Period // the stretch of time of its own that it is of: 2017年至2019年, 上半年
	until   string         // the day up to which it was counted, where 截至 gives one
}

// offer keeps the candidate of the widest scope, then the first; a total goes
// before a single measure, and several measures without a total make none.
func (m *metricReader) offer(key string, c candidate) {
	best, known := m.best[key]
	punishes := c.fact.Category == "party" || c.fact.Category == "government" || c.fact.Category == "organisational"
	switch {
	case !known || c.width > best.width:
		m.best[key] = c
	case c.width == best.width && c.apart != best.apart:
		m.best[key] = longer(best, c)
	case c.width == best.width && best.until != "" && c.until > best.until:
		m.best[key] = c
	case c.width == best.width && (c.summed && !best.summed || key == "problems" && c.named && !best.named):
		m.best[key] = c
	case c.width == best.width && key == "money_recovered" && recovered(c.fact) && !recovered(best.fact):
		m.best[key] = c
	case c.width < best.width || !punishes:
	case best.fact.Measure != "" && c.fact.Measure == "", general(best.fact) && !general(c.fact):
		m.best[key] = c
	case best.fact.Measure != "" && c.fact.Measure != "" && best.fact.Measure != c.fact.Measure:
		best.partial = true
		m.best[key] = best
	}
}

// wholeTime is the stretch of time of a figure that is of the whole rectification.
var wholeTime tongbao.Period

// longer is the candidate whose stretch of time holds the other's; of two years
// that are only told side by side neither is the headline figure.
func longer(best, c candidate) candidate {
	holds := func(a, b tongbao.Period) bool {
		return a == wholeTime || b != wholeTime && a.From <= b.From && b.To <= a.To
	}
	switch {
	case holds(best.apart, c.apart):
		return best
	case holds(c.apart, best.apart):
		return c
	}
	best.partial = true
	return best
}

// recovered reports whether an amount was taken back as contract §6 names it;
// 追回 and 清收 are of debts as well.
func recovered(f *tongbao.Fact) bool {
	return hasAny(f.What, []string{"清退", "追缴", "上缴", "收缴", "退缴"})
}

// general reports whether a figure counts punishments of any kind together.
func general(f *tongbao.Fact) bool { return f.What == "处分" || f.What == "纪律处分" }
