package extractors

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"tongbao"
)

// metricWords say which facts state a headline figure that was added: those of
// a kind, of a unit if one is given, that count one of the things.
type metricWords struct {
	tongbao.Metric
	kind  tongbao.Kind
	words []string
	unit  string
}

// metricKinds are the kinds of facts that a headline figure can be.
var metricKinds = []tongbao.Kind{tongbao.Count, tongbao.Sanction, tongbao.Money, tongbao.Percentage}

// parseMetrics reads metrics.txt: key, kind, words joined by |, and for a
// figure of one's own its Chinese and English name and the measure word that it
// must have.
func parseMetrics(file, list string) ([]metricWords, error) {
	var all []metricWords
	for i, line := range strings.Split(list, "\n") {
		if line = strings.TrimRight(line, "\t "); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		m := metricWords{kind: tongbao.Kind(cell(line, 1)), unit: cell(line, 5)}
		m.Key, m.Chinese, m.English = cell(line, 0), cell(line, 3), cell(line, 4)
		m.Rate, m.Money = m.kind == tongbao.Percentage, m.kind == tongbao.Money
		for _, word := range strings.Split(cell(line, 2), "|") {
			if word != "" {
				m.words = append(m.words, word)
			}
		}
		known := slices.ContainsFunc(tongbao.Metrics, func(k tongbao.Metric) bool { return k.Key == m.Key })
		switch {
		case m.Key == "" || strings.ContainsFunc(m.Key, func(r rune) bool {
			return r != '_' && !unicode.IsLower(r) && !unicode.IsDigit(r) || r > unicode.MaxASCII
		}):
			return nil, fmt.Errorf("%s:%d: the key %q is not made of a–z, 0–9 and _", file, i+1, m.Key)
		case !slices.Contains(metricKinds, m.kind):
			return nil, fmt.Errorf("%s:%d: column 2 is %q; it can be count, sanction, money, percentage", file, i+1, m.kind)
		case len(m.words) == 0:
			return nil, fmt.Errorf("%s:%d: column 3 has no words by which the figure is known", file, i+1)
		case !known && m.Chinese == "":
			return nil, fmt.Errorf("%s:%d: %s is a new figure and needs a Chinese name in column 4", file, i+1, m.Key)
		}
		if m.English == "" {
			m.English = strings.ReplaceAll(m.Key, "_", " ")
		}
		all = append(all, m)
	}
	return all, nil
}

// addedKey returns the headline figure that a fact states by the words added,
// "" for none.
func addedKey(f *tongbao.Fact) string {
	for i := range additions.metrics {
		m := &additions.metrics[i]
		if f.Kind == m.kind && (m.unit == "" || m.unit == f.Unit) && hasAny(f.What, m.words) {
			return m.Key
		}
	}
	return ""
}
