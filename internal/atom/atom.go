// Package atom keeps a feed of news in a file (RFC 4287, The Atom Syndication
// Format): the newest entries first, at most so many of them. The file itself
// is the feed's memory; a program that comes back goes on with it.
package atom

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"
)

// A Feed is the element atom:feed (RFC 4287 §4.1.1).
type Feed struct {
	XMLName   xml.Name  `xml:"http://www.w3.org/2005/Atom feed"`
	ID        string    `xml:"id"`
	Title     string    `xml:"title"`
	Updated   string    `xml:"updated"` // RFC 3339
	Author    *Person   `xml:"author"`  // of entries without one (§4.2.1)
	Generator Generator `xml:"generator"`
	Entries   []Entry   `xml:"entry"` // newest first
}

// An Entry is the element atom:entry (§4.1.2). Its ID never changes (§4.2.6);
// see Name.
type Entry struct {
	ID         string     `xml:"id"`
	Title      string     `xml:"title"`
	Updated    string     `xml:"updated"`             // RFC 3339: when it became news
	Published  string     `xml:"published,omitempty"` // RFC 3339: when the notice was published
	Link       Link       `xml:"link"`
	Author     *Person    `xml:"author"`
	Categories []Category `xml:"category"`
	Summary    string     `xml:"summary,omitempty"` // plain text
}

// A Link is the element atom:link (§4.2.7); without rel it is the page itself.
type Link struct {
	Href string `xml:"href,attr"`
}

// A Person is a Person construct (§3.2).
type Person struct {
	Name string `xml:"name"`
}

// A Category is the element atom:category (§4.2.2).
type Category struct {
	Term string `xml:"term,attr"`
}

// A Generator is the element atom:generator (§4.2.4), by which a file is known
// to be ours.
type Generator struct {
	Name    string `xml:",chardata"`
	Version string `xml:"version,attr,omitempty"`
}

// Name makes an id out of what names a thing for good: a urn:uuid of version 5,
// the same at every time and on every machine (RFC 9562 §5.5).
func Name(thing string) string {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte("tongbao:"+thing)).URN()
}

// Day makes a date construct (§3.3) of a notice's day, which may come with or
// without a time; "" of anything else. Days begin at midnight in China.
func Day(published string) string {
	if _, err := time.Parse(time.DateOnly, published); err == nil {
		return published + "T00:00:00+08:00"
	}
	if _, err := time.Parse(time.RFC3339, published); err == nil {
		return published
	}
	return ""
}

// Read reads the feed in a file; where there is no file yet, it is an empty one.
// A file that is no feed of the generator's is refused, so that no file of
// another kind is ever written over.
func Read(path, generator string) (*Feed, error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return &Feed{Generator: Generator{Name: generator}}, nil
	}
	if err != nil {
		return nil, err
	}
	var f Feed
	if err := xml.Unmarshal(raw, &f); err != nil || f.Generator.Name != generator {
		return nil, fmt.Errorf("%s: is no feed that %s wrote: name another file, or remove this one", path, generator)
	}
	return &f, nil
}

// Add puts an entry at the head of the feed, in place of one of the same id,
// and lets the oldest go beyond so many.
func (f *Feed) Add(e Entry, most int) {
	entries := []Entry{e}
	for _, old := range f.Entries {
		if old.ID != e.ID {
			entries = append(entries, old)
		}
	}
	f.Entries = entries[:min(len(entries), max(1, most))]
	f.Updated = e.Updated
}

// Write puts the feed into a file, which is at every moment either the old one
// or the new one.
func (f *Feed) Write(path string) error {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	encoder := xml.NewEncoder(&b)
	encoder.Indent("", "  ")
	if err := encoder.Encode(f); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	b.WriteByte('\n')
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	_, err = file.Write(b.Bytes())
	if err = errors.Join(err, file.Chmod(0o644), file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, errors.Join(err, os.Remove(file.Name())))
	}
	return nil
}
