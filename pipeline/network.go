package pipeline

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"

	"tongbao/index"
	"tongbao/pipeline/fetch"
	"tongbao/pipeline/parse"
)

// A Source in the network is what a user named, with the addresses that it
// begins with.
type Source struct {
	Name   string // as the user gave it; an absolute path for a file of addresses
	Starts []string
	Lists  bool  // the addresses are those of list pages; else of anything
	Faults []Ref // lines of a file that are no addresses, with what is wrong
}

// addresses are what a crawl begins with.
func (s Source) addresses() []index.Address {
	kind := index.PageAddress
	if s.Lists {
		kind = index.ListAddress
	}
	var list []index.Address
	for _, start := range s.Starts {
		list = append(list, index.Address{URL: start, Kind: kind, Source: s.Name})
	}
	return list
}

// Divide parts the sources that lie on the disk from those in the network:
// addresses, files of addresses, and names of the catalogue. A name that is
// neither a file nor in the catalogue is taken for a file, which tells what is
// wrong with it; an address that is none is an error.
func Divide(sources []string, c *parse.Catalogue) (local []string, remote []Source, err error) {
	var errs []error
	for _, name := range sources {
		source, ok, err := remoteSource(name, c)
		switch {
		case err != nil:
			errs = append(errs, err)
		case ok:
			remote = append(remote, source)
		default:
			local = append(local, name)
		}
	}
	return local, remote, errors.Join(errs...)
}

func remoteSource(name string, c *parse.Catalogue) (Source, bool, error) {
	if strings.Contains(name, "://") {
		start, err := fetch.Canonical("", name)
		if err != nil {
			return Source{}, false, fmt.Errorf("%s: %w; write it as https://host/path", name, err)
		}
		return Source{Name: name, Starts: []string{start}}, true, nil
	}
	if info, err := os.Stat(name); err == nil {
		if !info.Mode().IsRegular() || info.Size() > MaxPage || !strings.HasSuffix(strings.ToLower(name), ".txt") {
			return Source{}, false, nil
		}
		body, err := os.ReadFile(name)
		if err != nil || !addresses(body) {
			return Source{}, false, nil // reading it as a notice tells what is wrong
		}
		starts, faults := listed(name, body)
		return Source{Name: root(name).Path, Starts: starts, Faults: faults}, true, nil
	}
	sections, err := c.Find(name)
	if err != nil {
		if strings.ContainsAny(name, `./\`) || errors.Is(err, parse.ErrNoSite) && !strings.Contains(err.Error(), "first list page") {
			return Source{}, false, nil
		}
		return Source{}, false, err
	}
	source := Source{Name: name, Lists: true}
	for _, section := range sections {
		source.Starts = append(source.Starts, section.Start)
	}
	return source, true, nil
}

// listed reads a file of addresses, a line each; # begins a remark. A line that
// is none is a fault, and stops nothing.
func listed(name string, body []byte) (starts []string, faults []Ref) {
	lines := bufio.NewScanner(bytes.NewReader(body))
	for row := 1; lines.Scan(); row++ {
		text := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\uFEFF"))
		if text == "" || text[0] == '#' {
			continue
		}
		start, err := fetch.Canonical("", text)
		if err != nil || strings.ContainsAny(text, " \t") {
			faults = append(faults, Ref{Path: name, Name: fmt.Sprintf("%s:%d", name, row), Err: fmt.Errorf("%q is no address: write https://host/path and nothing else on the line", text)})
			continue
		}
		starts = append(starts, start)
	}
	return starts, faults
}
