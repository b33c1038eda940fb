package index

import (
	"strings"

	"tongbao"
)

// A Query is a parsed question: a tree of conditions on a notice.
type Query struct {
	Text string // as it was asked
	Root Node
}

// A Node is a condition on a notice: And, Or, Not, *Words, *Named, *Dates or
// *Figure.
type Node interface{ node() }

type (
	// And holds where all its nodes hold.
	And []Node
	// Or holds where one of its nodes holds.
	Or []Node
	// Not holds where its node does not.
	Not struct{ Node Node }
)

// Words ask for text. An exact one holds where its whole Text stands in the
// field; else every one of its Parts must stand somewhere in it.
type Words struct {
	Field string   // "": body or title; "body", "title"
	Text  string   // as asked; folded by Fold when Exact, by FoldCase when not
	Parts []string // its words, folded by FoldCase: what an exact one is ranked by
	Exact bool     // asked in quotation marks: letters' case counts
}

// Named asks for a name in a field of the notice's head.
type Named struct {
	Field string // issuer, institution, district, province, round, team, genre, year
	Value string // folded
}

// Contains tells whether the field matches by words that it contains (issuer,
// institution, team) and not by one of the names of the thing.
func (n *Named) Contains() bool {
	return n.Field == "issuer" || n.Field == "institution" || n.Field == "team"
}

// Dates ask for the day of publication; an open end is "".
type Dates struct{ From, To string } // ISO days, inclusive

// A Figure compares a headline figure as an exact decimal.
type Figure struct {
	Metric string
	Op     string // >=, <=, >, <, =
	Value  string
}

func (And) node()     {}
func (Or) node()      {}
func (Not) node()     {}
func (*Words) node()  {}
func (*Named) node()  {}
func (*Dates) node()  {}
func (*Figure) node() {}

// Holds evaluates the tree; leaf answers for *Words, *Named, *Dates, *Figure.
func Holds(n Node, leaf func(Node) bool) bool {
	switch n := n.(type) {
	case And:
		for _, child := range n {
			if !Holds(child, leaf) {
				return false
			}
		}
		return true
	case Or:
		for _, child := range n {
			if Holds(child, leaf) {
				return true
			}
		}
		return false
	case Not:
		return !Holds(n.Node, leaf)
	}
	return leaf(n)
}

// Sought returns what the query asks for in the text, leaving out what it
// excludes: the words that are ranked by and marked.
func (q Query) Sought() []*Words {
	var sought []*Words
	var walk func(Node)
	walk = func(n Node) {
		switch n := n.(type) {
		case And:
			for _, child := range n {
				walk(child)
			}
		case Or:
			for _, child := range n {
				walk(child)
			}
		case *Words:
			sought = append(sought, n)
		}
	}
	walk(q.Root)
	return sought
}

// in tells whether the condition holds for one text.
func (w *Words) in(t *Text) bool {
	if w.Exact {
		return t.containsCased(w.Text)
	}
	for _, part := range w.Parts {
		if !t.Contains(part) {
			return false
		}
	}
	return true
}

// Holds tells whether the words stand in a notice's title and body as their
// field asks. Parts may be spread over both.
func (w *Words) Holds(title, body *Text) bool {
	switch w.Field {
	case "title":
		return w.in(title)
	case "body":
		return w.in(body)
	}
	if w.Exact {
		return w.in(title) || w.in(body)
	}
	for _, part := range w.Parts {
		if !title.Contains(part) && !body.Contains(part) {
			return false
		}
	}
	return true
}

// A Text is a text with its foldings, made when they are asked for.
type Text struct {
	Original       string
	folded, simple string
}

// Contains tells whether a string, folded by FoldCase, stands in the text.
func (t *Text) Contains(s string) bool {
	if found, ok := contains(t.Original, s, true); found || ok {
		return found
	}
	if t.simple == "" && t.Original != "" {
		t.simple = FoldCase(t.Original)
	}
	return strings.Contains(t.simple, s)
}

// containsCased is Contains for a string folded by Fold.
func (t *Text) containsCased(s string) bool {
	if found, ok := contains(t.Original, s, false); found || ok {
		return found
	}
	if t.folded == "" && t.Original != "" {
		t.folded = Fold(t.Original)
	}
	return strings.Contains(t.folded, s)
}

// Matches tells whether the query holds for a reading, by looking at it: what
// a store with an index must agree with.
func (q Query) Matches(r tongbao.Reading) bool {
	title, body := &Text{Original: r.Notice.Title}, &Text{Original: r.Notice.Text}
	var names map[string][]string
	return Holds(q.Root, func(n Node) bool {
		switch n := n.(type) {
		case *Words:
			return n.Holds(title, body)
		case *Named:
			if names == nil {
				names = Names(r)
			}
			return n.holds(names[n.Field])
		case *Dates:
			return n.Holds(r.Notice.Published)
		case *Figure:
			return n.Holds(r.Notice.Metrics[n.Metric])
		}
		return false
	})
}

// Terms are the words to rank by, folded by FoldCase.
func (w *Words) Terms() []string {
	if len(w.Parts) > 0 {
		return w.Parts
	}
	return []string{FoldCase(w.Text)}
}
