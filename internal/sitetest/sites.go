package sitetest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
)

// Sites returns a description for each host, HOSTn.toml, as a collection keeps
// them in its folder `sites`: how its articles are read, and its sections with
// their addresses. Those change with every Serve. List pages are described
// where the program's own descriptions of content systems do not know them.
func (w *World) Sites() (fs.FS, error) {
	var files [][2]string
	for _, h := range w.hosts {
		rules, err := layoutFiles.ReadFile("layouts/" + h.layout.name + ".toml")
		if err != nil {
			return nil, fmt.Errorf("the simulator has no description of the layout %s: %w", h.layout.name, err)
		}
		var b bytes.Buffer
		fmt.Fprintf(&b, "name = %q\nhosts = [\"127.0.0.1\"]\nsections = [\n", h.title())
		for _, s := range h.sections {
			fmt.Fprintf(&b, "  { name = %q, start = %q },\n", s.name, h.base()+h.layout.list(s, 0, 1))
		}
		fmt.Fprintf(&b, "]\n%s", rules)
		files = append(files, [2]string{h.file() + ".toml", b.String()})
	}
	archive := packed(files)
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, fmt.Errorf("descriptions of the simulator's hosts: %w", err)
	}
	return z, nil
}

// file is the host's name in a catalogue of sites.
func (h *host) file() string { return fmt.Sprintf("host%d", h.number) }

// title is what people call the host.
func (h *host) title() string { return fmt.Sprintf("%s（模拟%d）", h.name, h.number) }
