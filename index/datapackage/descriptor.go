package datapackage

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"tongbao/internal/rows"
)

// profile is the version of the standard that the descriptor follows.
const profile = "https://datapackage.org/profiles/2.0/datapackage.json"

// packageName tells an export from other data packages.
const packageName = "tongbao-collection"

type descriptor struct {
	Schema      string     `json:"$schema"`
	Name        string     `json:"name"`
	Title       string     `json:"title"`
	Description string     `json:"description"`
	Resources   []resource `json:"resources"`
}

type resource struct {
	Name        string  `json:"name"`
	Title       string  `json:"title"`
	Description string  `json:"description"`
	Path        string  `json:"path"`
	Type        string  `json:"type,omitempty"`
	Format      string  `json:"format"`
	MediaType   string  `json:"mediatype"`
	Encoding    string  `json:"encoding,omitempty"`
	Bytes       int64   `json:"bytes"`
	Hash        string  `json:"hash"`
	Schema      *schema `json:"schema,omitempty"`
}

type schema struct {
	FieldsMatch string       `json:"fieldsMatch"`
	Fields      []field      `json:"fields"`
	Missing     []string     `json:"missingValues"`
	PrimaryKey  []string     `json:"primaryKey,omitempty"`
	ForeignKeys []foreignKey `json:"foreignKeys,omitempty"`
}

type field struct {
	Name        string          `json:"name"`
	Type        string          `json:"type"`
	Title       string          `json:"title,omitempty"`
	Description string          `json:"description,omitempty"`
	TrueValues  []string        `json:"trueValues,omitempty"`
	FalseValues []string        `json:"falseValues,omitempty"`
	Constraints map[string]bool `json:"constraints,omitempty"`
}

type foreignKey struct {
	Fields    []string  `json:"fields"`
	Reference reference `json:"reference"`
}

type reference struct {
	Resource string   `json:"resource"` // "" for the table itself
	Fields   []string `json:"fields"`
}

func resourceOf(f *file, sum string) resource {
	t := f.table
	r := resource{Name: t.Name, Title: t.Chinese, Description: t.English, Path: f.name, Format: f.format, Bytes: f.size, Hash: "sha256:" + sum}
	if f.format != "csv" {
		// As a table, frictionless would want pandas to look into it; as a
		// file it checks bytes and hash.
		r.Type = "file"
		r.Name, r.MediaType = t.Name+"-parquet", "application/vnd.apache.parquet"
		return r
	}
	r.Type, r.MediaType, r.Encoding, r.Schema = "table", "text/csv", "utf-8", schemaOf(t)
	return r
}

func schemaOf(t *Table) *schema {
	s := &schema{FieldsMatch: "exact", Missing: []string{""}}
	for _, c := range t.Columns {
		one := fieldOf(t.Name, c)
		if c.Key == t.Key {
			one.Constraints = map[string]bool{"required": true, "unique": true}
		}
		s.Fields = append(s.Fields, one)
		if c.Type == rows.Figure {
			s.Fields = append(s.Fields, field{Name: c.Key + rows.NumberSuffix, Type: "number", Description: "the same as a number; absent for what is none (a ratio)"})
		}
	}
	if t.Key != "" {
		s.PrimaryKey = []string{t.Key}
	}
	for _, to := range t.Refers {
		target := to.Table
		if target == t.Name {
			target = ""
		}
		s.ForeignKeys = append(s.ForeignKeys, foreignKey{[]string{to.Column}, reference{target, []string{to.Key}}})
	}
	return s
}

// fieldOf is a column as the standard describes it.
func fieldOf(table string, c rows.Column) field {
	f := field{Name: c.Key, Type: "string", Title: c.Label, Description: meaning(table, c.Key)}
	switch c.Type {
	case rows.Whole:
		f.Type = "integer"
	case rows.Day:
		f.Type = "date"
	case rows.Flag:
		f.Type, f.TrueValues, f.FalseValues = "boolean", []string{"true"}, []string{"false"}
	}
	return f
}

func writeDescriptor(dir string, resources []resource) error {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(descriptor{Schema: profile, Name: packageName, Title: "通报资料集", Description: "Notices of Chinese discipline inspection, and the facts that tongbao read out of them. See README.md.",
		Resources: resources}); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, DescriptorName), b.Bytes(), 0o666)
}

// isOurs reports whether a file is the descriptor of an export.
func isOurs(path string) (bool, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	var d struct{ Name string }
	return json.Unmarshal(data, &d) == nil && d.Name == packageName, nil
}
