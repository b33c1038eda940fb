package parse

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// next returns the pages that follow by a rule; none where it does not apply.
func (r *pagesRule) next(p *listed) []Request {
	switch {
	case len(r.Links) > 0:
		return r.byLinks(p)
	case len(r.Words) > 0:
		return r.byWords(p)
	}
	values := r.values(p)
	if values == nil {
		return nil
	}
	return r.numbered(p, values)
}

func (r *pagesRule) byLinks(p *listed) []Request {
	var found []Request
	for i := range r.Links {
		for _, n := range r.Links[i].in(p.page).Nodes {
			found = p.request(found, attribute(n, "href"), "", "")
		}
		if len(found) > 0 {
			break
		}
	}
	return found
}

// byWords follows the one link with the words of a next page.
func (r *pagesRule) byWords(p *listed) []Request {
	var found []Request
	walk(p.doc.Nodes[0], func(n *html.Node) bool {
		if n.DataAtom == atom.A && len(found) == 0 {
			for _, said := range []string{squeeze(heading(n)), squeeze(attribute(n, "title"))} {
				if said != "" && slices.Contains(r.Words, strings.Trim(said, "[]【】<>＜＞«»›→")) {
					found = p.request(found, attribute(n, "href"), "", "")
				}
			}
		}
		return len(found) == 0
	}, func(*html.Node) {})
	return found
}

// request adds a request for an address of the page's own host, once; other
// hosts have no pages of this list.
func (p *listed) request(all []Request, href, body, contentType string) []Request {
	address := p.resolve(href)
	if body != "" && address == "" {
		address = p.own
	}
	u, err := url.Parse(address)
	if err != nil || address == "" || p.base != nil && !strings.EqualFold(u.Host, p.base.Host) {
		return all
	}
	r := Request{Method: "GET", URL: address}
	if body != "" {
		r.Method, r.Body, r.ContentType = "POST", []byte(body), firstNonEmpty(contentType, "application/x-www-form-urlencoded; charset=UTF-8")
	}
	if slices.ContainsFunc(all, func(o Request) bool { return o.URL == r.URL && string(o.Body) == string(r.Body) }) {
		return all
	}
	return append(all, r)
}

// values gathers what the templates need; nil where the rule does not apply.
func (r *pagesRule) values(p *listed) map[string]string {
	values := r.Source.groups(p.text)
	if values == nil {
		return nil
	}
	if r.URL.Regexp != nil {
		own := r.URL.groups(p.own)
		if own == nil {
			return nil
		}
		maps.Copy(values, own)
	}
	for name, form := range r.Values {
		m := form.FindStringSubmatch(p.text)
		if m == nil && r.Default[name] == "" {
			return nil
		}
		if m != nil {
			values[name] = m[1]
		}
	}
	for name, value := range r.Default {
		if values[name] == "" {
			values[name] = value
		}
	}
	return values
}

// numbered makes the requests of numbered pages; one request where nothing
// tells how many there are. Where the page itself is among them, only those
// behind it follow.
func (r *pagesRule) numbered(p *listed, values map[string]string) []Request {
	size, _ := strconv.Atoi(values["size"])
	if size <= 0 {
		size = r.Size
	}
	pages, counted := r.count(values, size)
	if !counted {
		return made(p.request(nil, fill(r.Address, values), r.fillBody(values), r.Type))
	}
	from := 2
	if r.From != 0 {
		from = r.From
	}
	last := pages + r.Shift
	now, _ := strconv.Atoi(values["now"])
	records, _ := strconv.Atoi(values["records"])
	var found []Request
	for i := range max(0, min(last-from+1, MaxPages)) {
		n, place := from+i, i+2
		if r.Down {
			n = last - i
		}
		values["n"] = strconv.Itoa(n)
		values["size"] = strconv.Itoa(size)
		values["skip"] = strconv.Itoa((place - 1) * size)
		values["start"] = strconv.Itoa((place-1)*size + 1)
		values["end"] = strconv.Itoa(place * size)
		if records > 0 {
			values["end"] = strconv.Itoa(min(place*size, records))
		}
		address, body := fill(r.Address, values), r.fillBody(values)
		if body == "" && (p.resolve(address) == "" && p.own != "" || now > 0 && !r.Down && n <= now) {
			found = nil // this page, or one before it
			continue
		}
		if request := p.request(nil, address, body, r.Type); len(request) == 1 {
			found = append(found, request[0])
		}
	}
	return made(found)
}

func made(requests []Request) []Request {
	for i := range requests {
		requests[i].Made = true
	}
	return requests
}

// fillBody fills the body; in a form, values are escaped.
func (r *pagesRule) fillBody(values map[string]string) string {
	if r.Type != "" && !strings.Contains(r.Type, "urlencoded") {
		return fill(r.Body, values)
	}
	escaped := map[string]string{}
	for name, value := range values {
		escaped[name] = url.QueryEscape(value)
	}
	return fill(r.Body, escaped)
}

// count returns the number of pages; counted is false where the rule's source
// names neither pages nor records.
func (r *pagesRule) count(values map[string]string, size int) (pages int, counted bool) {
	if text, ok := values["pages"]; ok {
		pages, _ = strconv.Atoi(text)
		return pages, true
	}
	if text, ok := values["records"]; ok && size > 0 {
		records, _ := strconv.Atoi(text)
		return records/size + min(1, records%size), true
	}
	return 0, false
}
