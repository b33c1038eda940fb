package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"tongbao"
	"tongbao/index"
	"tongbao/internal/atom"
	"tongbao/pipeline"
)

// news is a notice that was not in the collection before.
type news struct {
	ID        string   `json:"id"`
	Title     string   `json:"title"`
	Source    string   `json:"source"`              // as printed; else the issuer, else the host
	Published string   `json:"published,omitempty"` // RFC 3339, or an ISO day; else the day of the signature
	URL       string   `json:"url"`
	Genre     string   `json:"genre"`
	Replaces  string   `json:"replaces,omitempty"` // id of the notice that the address held before
	Similar   []string `json:"similar,omitempty"`  // ids of notices that are nearly the same
}

// A newsTeller tells what is new as it comes.
type newsTeller struct {
	*app
	o       watchOptions
	store   index.Store
	feed    *atom.Feed // nil for none
	told    int
	encoder *json.Encoder
}

func (a *app) newsTeller(sources []string, o watchOptions) (*newsTeller, error) {
	n := &newsTeller{app: a, o: o, encoder: json.NewEncoder(a.stdout)}
	n.encoder.SetEscapeHTML(false)
	if o.feed == "" {
		return n, nil
	}
	feed, err := atom.Read(o.feed, "tongbao")
	if err != nil {
		return nil, err
	}
	names := slices.Sorted(slices.Values(sources))
	feed.ID = cmp.Or(feed.ID, atom.Name("watch "+strings.Join(names, " ")))
	feed.Title = a.words("新通报：", "New notices: ") + strings.Join(names, ", ")
	feed.Author = &atom.Person{Name: "tongbao"}
	feed.Generator.Version = programVersion()
	feed.Updated = cmp.Or(feed.Updated, time.Now().UTC().Format(time.RFC3339))
	n.feed = feed
	return n, feed.Write(o.feed) // a file that cannot be written is told before anything is fetched
}

// tell tells of a document if it is news. The feed is written with each of
// them, so that a kill loses none that the collection holds but the last.
func (n *newsTeller) tell(ctx context.Context, r pipeline.Result) error {
	item, ok, err := n.news(ctx, r)
	if err != nil || !ok {
		return err
	}
	n.told++
	if err := n.print(item); err != nil {
		return err
	}
	if n.feed == nil {
		return nil
	}
	n.feed.Add(n.entry(item, r.Reading.Notice), n.o.entries)
	return n.feed.Write(n.o.feed)
}

// news makes news of a document. A notice that an address holds in place of
// another one is news; one that newer rules read anew is none.
func (n *newsTeller) news(ctx context.Context, r pipeline.Result) (item news, ok bool, err error) {
	if r.Outcome != index.New && r.Outcome != index.Replaced || r.Reading.Notice == nil {
		return item, false, nil
	}
	notice := r.Reading.Notice
	address := cmp.Or(r.Page.URL, r.Ref.Name)
	item = news{ID: notice.ID, Title: cmp.Or(notice.Title, firstLine(notice.Text)), Source: cmp.Or(notice.Source, notice.Issuer, hostOf(address)),
		Published: cmp.Or(notice.Published, notice.Signed), URL: address, Genre: string(notice.Genre)}
	h, err := n.store.History(ctx, notice.ID)
	if err != nil {
		return item, false, fmt.Errorf("what is new at %s: %w", address, err)
	}
	for _, v := range h.Versions {
		if v.URL == address && v.Next == notice.ID && !v.Reread {
			item.Replaces = v.Notice
		}
	}
	for _, s := range h.Similar {
		if !s.Earlier {
			item.Similar = append(item.Similar, s.Notice)
		}
	}
	return item, r.Outcome == index.New || item.Replaces != "", nil
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return shortened(line, 40)
}

// shortened keeps so many characters.
func shortened(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

func hostOf(address string) string {
	if u, err := url.Parse(address); err == nil {
		return u.Host
	}
	return ""
}

// print writes news at once: somebody may wait for it at the other end of a pipe.
func (n *newsTeller) print(item news) error {
	if n.o.json {
		if err := n.encoder.Encode(item); err != nil {
			return err
		}
		return n.stdout.Flush()
	}
	lines := fmt.Sprintf("%-10s  %s\n            %s · %s%s\n            %s\n", cmp.Or(dayOf(item.Published), "?"), item.Title, item.Source, item.ID, n.remark(item), item.URL)
	if _, err := n.stdout.WriteString(printable(lines)); err != nil {
		return err
	}
	return n.stdout.Flush()
}

// remark says how news hangs together with what is known.
func (n *newsTeller) remark(item news) string {
	remark := ""
	if item.Replaces != "" {
		remark += n.words(" · 原为 ", " · was ") + item.Replaces
	}
	if len(item.Similar) > 0 {
		remark += n.words(" · 几乎同 ", " · nearly the same as ") + strings.Join(item.Similar, ", ")
	}
	return remark
}

// entry is news as an entry of a feed.
func (n *newsTeller) entry(item news, notice *tongbao.Notice) atom.Entry {
	return atom.Entry{
		ID: atom.Name(item.ID), Title: item.Title, Updated: time.Now().UTC().Format(time.RFC3339), Published: atom.Day(item.Published),
		Link: atom.Link{Href: item.URL}, Author: &atom.Person{Name: item.Source}, Categories: []atom.Category{{Term: item.Genre}},
		Summary: strings.TrimSpace(shortened(notice.Text, 200) + "\n" + item.ID + n.remark(item)),
	}
}
