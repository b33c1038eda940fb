package tools

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"

	"github.com/google/jsonschema-go/jsonschema"

	"tongbao"
	"tongbao/index"
)

// Records of the contract, written by the program's own writers; their schemas
// come from the types that those write from.
type (
	factJSON    struct{ json.RawMessage }
	findingJSON struct{ json.RawMessage }
	noticeJSON  struct{ json.RawMessage } // without its text
)

// choices are the values that an argument may have.
var choices = map[string][]string{
	"kind":    names(tongbao.Kinds),
	"genre":   names([]tongbao.Genre{tongbao.Rectification, tongbao.Feedback, tongbao.Case, tongbao.Inspection, tongbao.Other}),
	"verdict": names([]tongbao.Verdict{tongbao.Agrees, tongbao.Truncated, tongbao.Incomplete, tongbao.Mismatch}),
	"check":   {"rate", "ratio", "sum", "difference", "enumeration", "bound", "chronology", "restatement"},
	"by":      {index.ByDistrict, index.ByRound, index.ByYear, index.ByIssuer},
	"facets":  index.Facets,
	"metric":  metricKeys(),
	"metrics": metricKeys(),
}

// patterns are the forms of arguments.
var patterns = map[string]string{
	"year": `^\d{4}$`, "before": `^\d{4}-\d\d-\d\d$`, "from": `^\d{4}-\d\d-\d\d$`, "due": `^\d{4}-\d\d-\d\d$`,
	"min": `^-?\d+(\.\d+)?$`, "max": `^-?\d+(\.\d+)?$`,
}

func names[T ~string](of []T) []string {
	var all []string
	for _, n := range of {
		all = append(all, string(n))
	}
	return all
}

func metricKeys() []string {
	var keys []string
	for _, m := range tongbao.Metrics {
		keys = append(keys, m.Key)
	}
	return keys
}

// inputSchema is the schema of a tool's arguments, with what they may be.
func inputSchema[In any]() (*jsonschema.Schema, error) {
	schema, err := jsonschema.For[In](nil)
	if err != nil {
		return nil, err
	}
	for name, property := range schema.Properties {
		of := property
		if property.Items != nil {
			of = property.Items
		}
		for _, choice := range choices[name] {
			of.Enum = append(of.Enum, choice)
		}
		property.Pattern = patterns[name]
		if property.Type == "integer" {
			property.Minimum = new(float64)
		}
	}
	plain(schema)
	return schema, nil
}

// outputSchema is the schema of a tool's result.
func outputSchema[Out any]() (*jsonschema.Schema, error) {
	records := tongbao.RecordTypes()
	section := &jsonschema.Schema{Ref: "#/$defs/section"}
	known := map[reflect.Type]*jsonschema.Schema{records["section"]: section}
	for name, of := range map[string]reflect.Type{
		"fact": reflect.TypeFor[factJSON](), "finding": reflect.TypeFor[findingJSON](), "notice": reflect.TypeFor[noticeJSON](),
	} {
		record, err := jsonschema.ForType(records[name], &jsonschema.ForOptions{TypeSchemas: known})
		if err != nil {
			return nil, err
		}
		if name == "notice" {
			delete(record.Properties, "text")
			isText := func(s string) bool { return s == "text" }
			record.Required = slices.DeleteFunc(record.Required, isText)
			record.PropertyOrder = slices.DeleteFunc(record.PropertyOrder, isText)
		}
		known[of] = record
	}
	hit, err := jsonschema.ForType(index.HitRecordType(), nil)
	if err != nil {
		return nil, err
	}
	known[reflect.TypeFor[index.Hit]()] = hit
	schema, err := jsonschema.For[Out](&jsonschema.ForOptions{TypeSchemas: known})
	if err != nil {
		return nil, err
	}
	if _, ok := schema.Properties["notice"]; ok {
		schema.Defs = map[string]*jsonschema.Schema{"section": sectionSchema(section)}
	}
	plain(schema)
	return schema, nil
}

// sectionSchema is that of a node of the outline, which holds others.
func sectionSchema(itself *jsonschema.Schema) *jsonschema.Schema {
	words, offset := &jsonschema.Schema{Type: "string"}, &jsonschema.Schema{Type: "integer"}
	return &jsonschema.Schema{
		Type: "object", Required: []string{"path", "start", "end"},
		Properties: map[string]*jsonschema.Schema{
			"path": words, "heading": words.CloneSchemas(), "problem": words.CloneSchemas(), "start": offset, "end": offset.CloneSchemas(),
			"sections": {Type: "array", Items: itself.CloneSchemas()},
		},
	}
}

// plain makes ["null","array"] and the like plain types: what we write is never
// null, and many clients understand no lists of types.
func plain(s *jsonschema.Schema) {
	if s == nil {
		return
	}
	if rest := slices.DeleteFunc(slices.Clone(s.Types), func(t string) bool { return t == "null" }); len(rest) == 1 {
		s.Type, s.Types = rest[0], nil
	}
	plain(s.Items)
	plain(s.AdditionalProperties)
	for under := range maps.Values(s.Properties) {
		plain(under)
	}
}
