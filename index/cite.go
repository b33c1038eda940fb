package index

import (
	"fmt"
	"slices"
	"strings"

	"tongbao"
	"tongbao/internal/cite"
	"tongbao/internal/segment"
)

// Citation returns the citation of a notice: under the first of the web
// addresses that hold it, else that held it, with the day on which it was
// fetched there.
func Citation(n *tongbao.Notice, h History) cite.Citation {
	var best *Version
	for i := range h.Versions {
		v := &h.Versions[i]
		if v.Notice == n.ID && cite.IsAddress(v.URL) && (best == nil || best.Until != "" && v.Until == "") {
			best = v
		}
	}
	if best == nil {
		return cite.Of(n, "", "")
	}
	c := cite.Of(n, best.URL, best.Fetched)
	c.Replaced = cite.Day(best.Until)
	return c
}

// Citations returns the citation of a notice, or those of the facts with these
// ids (see FactOf) where there are any.
func Citations(r tongbao.Reading, h History, facts []string) ([]cite.Citation, error) {
	whole := Citation(r.Notice, h)
	if len(facts) == 0 {
		return []cite.Citation{whole}, nil
	}
	var all []cite.Citation
	for _, id := range facts {
		f, err := FactOf(r, id)
		if err != nil {
			return nil, err
		}
		_, sentence, _ := SentenceOf(r.Notice.Text, f)
		all = append(all, whole.With(r.Notice, f, sentence))
	}
	return all, nil
}

// FactOf returns the fact of a reading with that id, or with the only id that
// begins so; else an error that wraps ErrNoFact or names them all.
func FactOf(r tongbao.Reading, id string) (*tongbao.Fact, error) {
	var found []*tongbao.Fact
	for i := range r.Facts {
		if f := &r.Facts[i]; f.ID == id {
			return f, nil
		} else if id != "" && strings.HasPrefix(f.ID, id) {
			found = append(found, f)
		}
	}
	switch len(found) {
	case 0:
		return nil, fmt.Errorf("%s: %w; `tongbao facts --notice %s --format csv` lists those that it has", id, ErrNoFact, r.Notice.ID)
	case 1:
		return found[0], nil
	}
	var ids []string
	for _, f := range found[:min(len(found), 5)] {
		ids = append(ids, f.ID)
	}
	return nil, fmt.Errorf("%s: %d facts have ids that begin so: %s …", id, len(found), strings.Join(ids, ", "))
}

// SentenceOf returns the sentence in which a fact stands (all of them, where it
// crosses a full stop) and those before and after it, empty at the text's ends.
func SentenceOf(text string, f *tongbao.Fact) (before, sentence, after tongbao.Span) {
	all := segment.Sentences(text)
	first := slices.IndexFunc(all, func(s tongbao.Span) bool { return s.End > f.Start })
	if first < 0 || all[first].Start >= f.End {
		return before, f.Span, after // words that stand in no sentence
	}
	last := first
	for last+1 < len(all) && all[last+1].Start < f.End {
		last++
	}
	if first > 0 {
		before = all[first-1]
	}
	if last+1 < len(all) {
		after = all[last+1]
	}
	return before, tongbao.Span{Start: min(all[first].Start, f.Start), End: max(all[last].End, f.End)}, after
}
