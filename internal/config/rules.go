package config

import (
	"flag"
	"fmt"
	"reflect"
	"slices"

	"go.yaml.in/yaml/v3"
	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/doc"
	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/severity"
)

// keys returns the keys of the file: the fields of Config, and what follows from the rules.
func (c *Config) keys(rules []*analysis.Analyzer) []key {
	keys := append(keysOf(c), c.switches(rules), c.levels(rules), c.style(rules))
	for _, rule := range rules {
		if flags := c.flagKeys(rule); len(flags) > 0 {
			keys = append(keys, section(rule.Name, "settings of the rule "+rule.Name, flags))
		}
	}
	return keys
}

// section returns a key whose value is a mapping.
func section(name, doc string, keys []key) key {
	return key{
		name: name, doc: doc, kind: "mapping", inner: keys,
		decode: func(d *decoder, n *yaml.Node, path string) { d.mapping(n, path, keys) },
		schema: func() object { return mappingSchema(keys) },
	}
}

// switches returns the key that switches rules on or off.
func (c *Config) switches(rules []*analysis.Analyzer) key {
	var keys []key
	for _, rule := range rules {
		keys = append(keys, key{
			name: rule.Name, doc: "whether the rule is run; false is -" + rule.Name + "=false", kind: "true or false",
			decode: func(d *decoder, n *yaml.Node, path string) {
				var on bool
				d.value(n, path, reflect.ValueOf(&on).Elem())
				if c.Rules == nil {
					c.Rules = map[string]bool{}
				}
				c.Rules[rule.Name] = on
			},
			schema: func() object { return object{"type": "boolean"} },
		})
	}
	return section("rules", "which rules are run: all that are not switched off", keys)
}

// levels returns the key that gives rules and codes other severities.
func (c *Config) levels(rules []*analysis.Analyzer) key {
	var keys []key
	add := func(name, doc string) {
		keys = append(keys, key{
			name: name, doc: doc, kind: "note, warning or error",
			decode: func(d *decoder, n *yaml.Node, path string) {
				level, err := severity.Parse(n.Value)
				if n.Kind != yaml.ScalarNode || err != nil {
					d.errorf(placeOf(n, path), "%s, want note, warning or error%s", describe(n), didYouMean(n.Value, severityNames))
					return
				}
				if c.Severity == nil {
					c.Severity = map[string]severity.Level{}
				}
				c.Severity[name] = level
			},
			schema: func() object { return object{"enum": severityNames} },
		})
	}
	for _, rule := range rules {
		add(rule.Name, "how bad the findings of "+rule.Name+" are")
	}
	for _, code := range doc.Rules(rules) {
		add(code.ID, "how bad these are; otherwise "+code.Level.String())
	}
	return section("severity", "how bad findings are, by rule or code; -fail-on says which fail a run", keys)
}

var severityNames = []string{"note", "warning", "error"}

// style returns the key that chooses what the fixes of all rules are written with.
func (c *Config) style(rules []*analysis.Analyzer) key {
	style := new(fix.Style)
	return key{
		name: fix.StyleFlag, doc: "what the fixes of all rules are written with, unless a rule has its own", kind: "auto, std or runtime",
		decode: func(d *decoder, n *yaml.Node, path string) {
			if err := style.Set(n.Value); n.Kind != yaml.ScalarNode || err != nil {
				d.errorf(placeOf(n, path), "%s, want auto, std or runtime%s", describe(n), didYouMean(n.Value, style.Choices()))
				return
			}
			var settings []Setting
			for _, rule := range rules {
				if rule.Flags.Lookup(fix.StyleFlag) != nil {
					settings = append(settings, Setting{rule.Name, fix.StyleFlag, n.Value})
				}
			}
			c.Settings = append(settings, c.Settings...) // those of a rule win
		},
		schema: func() object { return object{"enum": style.Choices()} },
	}
}

// flagKeys returns the settings of a rule, which are its flags.
func (c *Config) flagKeys(rule *analysis.Analyzer) []key {
	var keys []key
	rule.Flags.VisitAll(func(f *flag.Flag) {
		_, usage := flag.UnquoteUsage(f)
		keys = append(keys, key{
			name: f.Name, doc: usage, kind: flagKind(f),
			decode: func(d *decoder, n *yaml.Node, path string) {
				if n.Kind != yaml.ScalarNode || isNull(n) {
					d.errorf(placeOf(n, path), "%s, want a value as for the flag -%s.%s", describe(n), rule.Name, f.Name)
				} else if err := try(f, n.Value); err != nil {
					d.errorf(placeOf(n, path), "%v", err)
				} else if want := flagSchema(f)["type"].(string); !slices.Contains(tags[want], n.ShortTag()) {
					d.errorf(placeOf(n, path), "%s, want a value of type %s", describe(n), want)
				}
				c.Settings = append(c.Settings, Setting{rule.Name, f.Name, n.Value})
			},
			schema: func() object { return flagSchema(f) },
		})
	})
	return keys
}

// tags are the YAML tags of the types of JSON.
var tags = map[string][]string{
	"boolean": {"!!bool"}, "integer": {"!!int"}, "number": {"!!int", "!!float"}, "string": {"!!str"},
}

// try reports what is wrong with a flag's value, without setting the flag.
func try(f *flag.Flag, value string) error {
	v := reflect.ValueOf(f.Value)
	if v.Kind() != reflect.Pointer {
		return nil // a function, which says so when it is called
	}
	probe, ok := reflect.New(v.Type().Elem()).Interface().(flag.Value)
	if !ok {
		return nil
	}
	if err := probe.Set(value); err != nil {
		return fmt.Errorf("%s: %w", f.Name, err)
	}
	return nil
}
