package config

import (
	"encoding/json"
	"flag"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// SchemaURL is where the schema is published.
const SchemaURL = "https://raw.githubusercontent.com/resilint/resilint/main/docs/resilint.schema.json"

// An object is one of JSON.
type object = map[string]any

// Schema returns the JSON Schema of the file, made from what the decoder goes by.
func Schema(rules []*analysis.Analyzer) []byte {
	schema := mappingSchema(new(Config).keys(rules))
	schema["$schema"] = "http://json-schema.org/draft-07/schema#"
	schema["$id"] = SchemaURL
	schema["title"] = Name
	schema["description"] = "the configuration of resilint"
	text, err := json.MarshalIndent(schema, "", "  ")
	if err != nil {
		panic(err) // it is made of maps and strings
	}
	return append(text, '\n')
}

// mappingSchema describes a mapping with those keys and no others. One that is empty may be
// left empty, with all of it commented out.
func mappingSchema(keys []key) object {
	properties := object{}
	var required []string
	for _, k := range keys {
		s := k.schema()
		s["description"] = k.doc
		properties[k.name] = s
		if k.required {
			required = append(required, k.name)
		}
	}
	schema := object{"type": "object", "additionalProperties": false, "properties": properties}
	if required != nil {
		schema["required"] = required
	} else {
		schema["type"] = []string{"object", "null"}
	}
	return schema
}

// schemaOf describes the values of a type.
func schemaOf(t reflect.Type) object {
	ptr := reflect.New(t)
	if s, ok := ptr.Interface().(scalar); ok {
		return s.schema()
	}
	switch t.Kind() {
	case reflect.Struct:
		return mappingSchema(keysOf(ptr.Interface()))
	case reflect.Slice:
		return object{"type": []string{"array", "null"}, "items": schemaOf(t.Elem())}
	case reflect.String:
		return object{"type": "string"}
	case reflect.Bool:
		return object{"type": "boolean"}
	}
	panic("config: no schema for a " + t.String())
}

// flagKind says what the values of a flag look like.
func flagKind(f *flag.Flag) string {
	if few, ok := flagSchema(f)["enum"].([]string); ok {
		return strings.Join(few, " or ")
	}
	return f.DefValue + " if left out"
}

// flagSchema describes the values of a flag. One that has but a few may say which.
func flagSchema(f *flag.Flag) object {
	if few, ok := f.Value.(interface{ Choices() []string }); ok {
		return object{"type": "string", "enum": few.Choices()}
	}
	if b, ok := f.Value.(interface{ IsBoolFlag() bool }); ok && b.IsBoolFlag() {
		return object{"type": "boolean"}
	}
	if getter, ok := f.Value.(flag.Getter); ok {
		switch reflect.ValueOf(getter.Get()).Kind() {
		case reflect.Int, reflect.Int64, reflect.Uint, reflect.Uint64:
			if _, isDuration := getter.Get().(interface{ Seconds() float64 }); !isDuration {
				return object{"type": "integer"}
			}
		case reflect.Float64:
			return object{"type": "number"}
		}
	}
	return object{"type": "string"}
}
