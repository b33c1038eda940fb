package parse

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Nothing in a page is deeper than this but by elements left open. The parser
// refuses what is deeper than 512, and each level costs a look at all the text
// below it where a body is searched for.
const deepest = 100

// parseMarkup returns the tree of a page. A page that is too deep, or whose
// letter forms left open would be repeated in every paragraph, is flattened
// first, which costs it no text.
func parseMarkup(text string) (*html.Node, error) {
	if unclosedForms(text) <= 64 {
		if root, err := html.Parse(strings.NewReader(text)); err == nil && depth(root) <= deepest {
			return root, nil
		}
	}
	return html.Parse(strings.NewReader(flatten(text)))
}

func depth(root *html.Node) int {
	now, most := 0, 0
	walk(root, func(*html.Node) bool {
		now++
		most = max(most, now)
		return true
	}, func(*html.Node) { now-- })
	return most
}

// forms are the elements of letter forms, which HTML opens again in every
// paragraph that follows until they are closed.
var forms = []string{"b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}

// unclosedForms estimates how many letter forms a page leaves open.
func unclosedForms(text string) int {
	open := 0
	for _, form := range forms {
		n := 0
		for _, f := range []string{form, strings.ToUpper(form)} {
			n += strings.Count(text, "<"+f+">") + strings.Count(text, "<"+f+" ") - strings.Count(text, "</"+f+">")
		}
		open += max(0, n)
	}
	return open
}

// flatten writes the page anew without letter forms and without the elements
// that lie deeper than deepest; of those, blocks leave a line break.
func flatten(text string) string {
	var b strings.Builder
	var open []atom.Atom
	skipped := map[atom.Atom]int{}
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return b.String()
		}
		raw := string(z.Raw()) // before TagName, which lower-cases in place
		if kind != html.StartTagToken && kind != html.EndTagToken {
			b.WriteString(raw)
			continue
		}
		name, _ := z.TagName()
		tag := atom.Lookup(name)
		switch {
		case slices.Contains(forms, string(name)):
		case empty[tag]:
			b.WriteString(raw)
		case kind == html.StartTagToken && len(open) >= deepest:
			skipped[tag]++
			b.WriteString(breakOf(tag))
		case kind == html.StartTagToken:
			if n := len(open); n > 0 && open[n-1] == tag && closesItself[tag] {
				open = open[:n-1]
			}
			open = append(open, tag)
			b.WriteString(raw)
		case skipped[tag] > 0:
			skipped[tag]--
			b.WriteString(breakOf(tag))
		default:
			for i := len(open) - 1; i >= 0; i-- {
				if open[i] == tag {
					open = open[:i]
					b.WriteString(raw)
					break
				}
			}
		}
	}
}

// breakOf is what a block leaves where it is taken out. Script and style hold
// no text for readers, so they must never lose their tags.
func breakOf(tag atom.Atom) string {
	if blocks[tag] || tag == atom.Td || tag == atom.Th {
		return "<br>"
	}
	return ""
}

// empty are the elements without content or whose content the tokenizer reads
// as one piece of text, so that they never stand open.
var empty = map[atom.Atom]bool{
	atom.Area: true, atom.Base: true, atom.Br: true, atom.Col: true, atom.Embed: true, atom.Hr: true, atom.Img: true, atom.Input: true, atom.Link: true, atom.Meta: true, atom.Param: true, atom.Source: true, atom.Wbr: true,
	atom.Script: true, atom.Style: true, atom.Title: true, atom.Textarea: true, atom.Iframe: true, atom.Noscript: true, atom.Noframes: true, atom.Xmp: true,
}

// closesItself are the elements that one of their own kind closes.
var closesItself = map[atom.Atom]bool{atom.P: true, atom.Li: true, atom.Td: true, atom.Th: true, atom.Tr: true, atom.Dt: true, atom.Dd: true, atom.Option: true}

// walk visits root and what is below it in document order, without a stack, so
// that depth does not matter. enter says whether to go on below a node; leave
// is called for every node entered, behind what is below it.
func walk(root *html.Node, enter func(*html.Node) bool, leave func(*html.Node)) {
	n := root
	for {
		if enter(n) && n.FirstChild != nil {
			n = n.FirstChild
			continue
		}
		leave(n)
		for n != root && n.NextSibling == nil {
			n = n.Parent
			leave(n)
		}
		if n == root {
			return
		}
		n = n.NextSibling
	}
}

// attribute returns the value of an attribute, "" where there is none.
func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
