package config

import (
	"fmt"
	"go/token"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// A decoder fills in values from YAML and collects what is wrong. It goes by the types of the
// values, like the yaml package's own, but says what it expected, and where: that one knows
// neither the columns nor the keys.
type decoder struct {
	file string // "" for settings of another program
	errs Errors
}

// A place is where something stands.
type place struct {
	line, column int
	key          string
}

func placeOf(n *yaml.Node, key string) place { return place{n.Line, n.Column, key} }

func (d *decoder) errorf(at place, format string, args ...any) {
	err := Error{Key: at.key, Msg: oneLine(fmt.Sprintf(format, args...))}
	if d.file != "" {
		err.Pos = token.Position{Filename: d.file, Line: at.line, Column: at.column}
	}
	d.errs = append(d.errs, err)
}

// A key is one that a mapping may have.
type key struct {
	name, doc string
	required  bool

	kind  string // what its value looks like
	inner []key  // the keys inside

	decode func(d *decoder, n *yaml.Node, path string)
	schema func() object
}

// keysOf returns the keys of a struct: its fields that have the tag.
func keysOf(ptr any) []key {
	v := reflect.ValueOf(ptr).Elem()
	var keys []key
	for i := range v.NumField() {
		tag, ok := v.Type().Field(i).Tag.Lookup("key")
		if !ok {
			continue
		}
		name, options, _ := strings.Cut(tag, ",")
		field := v.Field(i)
		kind, inner := kindOf(field.Type())
		keys = append(keys, key{
			name: name, doc: v.Type().Field(i).Tag.Get("doc"), required: options == "required",
			kind: kind, inner: inner,
			decode: func(d *decoder, n *yaml.Node, path string) { d.value(n, path, field) },
			schema: func() object { return schemaOf(field.Type()) },
		})
	}
	return keys
}

// A scalar is a value with a syntax of its own.
type scalar interface {
	// set takes the text of a scalar with that YAML tag. If it is none of its values, it
	// returns what they are.
	set(text, tag string) (want string)
	schema() object
}

// choices are the values of a scalar, if it has a few only.
func choices(s scalar) []string {
	few, _ := s.schema()["enum"].([]string)
	return few
}

// value fills in v.
func (d *decoder) value(n *yaml.Node, path string, v reflect.Value) {
	if text, ok := v.Addr().Interface().(*Text); ok {
		text.place = placeOf(n, path)
	}
	if s, ok := v.Addr().Interface().(scalar); ok {
		if n.Kind != yaml.ScalarNode {
			want := s.set("", "")
			d.errorf(placeOf(n, path), "%s, want %s", describe(n), want)
		} else if want := s.set(n.Value, n.ShortTag()); want != "" {
			d.errorf(placeOf(n, path), "%s, want %s%s", describe(n), want, didYouMean(n.Value, choices(s)))
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		d.mapping(n, path, keysOf(v.Addr().Interface()))
	case reflect.Slice:
		if d.is(n, path, yaml.SequenceNode, "a list") {
			for i, item := range n.Content {
				elem := reflect.New(v.Type().Elem()).Elem()
				d.value(item, fmt.Sprintf("%s[%d]", path, i), elem)
				v.Set(reflect.Append(v, elem))
			}
		}
	case reflect.String:
		if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!str" {
			d.errorf(placeOf(n, path), "%s, want text", describe(n))
		}
		v.SetString(oneLine(n.Value))
	case reflect.Bool:
		var b bool
		if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!bool" || n.Decode(&b) != nil {
			d.errorf(placeOf(n, path), "%s, want true or false", describe(n))
		}
		v.SetBool(b)
	default:
		panic("config: no syntax for a " + v.Type().String())
	}
}

// is reports whether n is of that kind. One that is empty, because all of it is commented out,
// counts as left out.
func (d *decoder) is(n *yaml.Node, path string, kind yaml.Kind, want string) bool {
	if n.Kind != kind && !isNull(n) {
		d.errorf(placeOf(n, path), "%s, want %s", describe(n), want)
	}
	return n.Kind == kind
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

// mapping decodes a mapping with those keys and no others.
func (d *decoder) mapping(n *yaml.Node, path string, keys []key) {
	want := "a mapping with the keys " + strings.Join(names(keys), ", ")
	if !d.is(n, path, yaml.MappingNode, want) && (!isNull(n) || !slices.ContainsFunc(keys, func(k key) bool { return k.required })) {
		return
	}
	given := map[string]bool{}
	d.pairs(n, path, func(name, value *yaml.Node, path string) {
		given[name.Value] = true
		if i := slices.IndexFunc(keys, func(k key) bool { return k.name == name.Value }); i >= 0 {
			keys[i].decode(d, value, path)
			return
		}
		d.errorf(placeOf(name, path), "unknown key %q%s", name.Value, suggest(name.Value, names(keys)))
	})
	for _, k := range keys {
		if k.required && !given[k.name] {
			d.errorf(placeOf(n, path), "no %s, want %s", k.name, k.doc)
		}
	}
}

// pairs visits the keys of a mapping, each once.
func (d *decoder) pairs(n *yaml.Node, path string, visit func(name, value *yaml.Node, path string)) {
	first := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, value := n.Content[i], n.Content[i+1]
		inner := strings.TrimPrefix(path+"."+name.Value, ".")
		line, twice := first[name.Value]
		switch {
		case name.Kind != yaml.ScalarNode:
			d.errorf(placeOf(name, path), "%s as a key, want a name", describe(name))
		case twice:
			d.errorf(placeOf(name, inner), "%s is given twice, first in line %d", name.Value, line)
		default:
			first[name.Value] = name.Line
			visit(name, value, inner)
		}
	}
}

func names(keys []key) []string {
	var names []string
	for _, k := range keys {
		names = append(names, k.name)
	}
	return names
}

// describe says what a node is.
func describe(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	case yaml.AliasNode:
		return "an alias (*" + n.Value + "), which is not understood here"
	}
	if isNull(n) {
		return "nothing"
	}
	return fmt.Sprintf("%q", n.Value)
}

// Text is a string that knows where it stands.
type Text struct {
	Value string
	place place
}

func (t *Text) set(text, tag string) string {
	if t.Value = text; tag != "!!str" || text == "" {
		return "text"
	}
	return ""
}

func (t *Text) schema() object { return object{"type": "string", "minLength": 1} }
