package config

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"go.yaml.in/yaml/v3"
	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/scope"
	"github.com/resilint/resilint/internal/severity"
)

// A Config is what a configuration file says. Its fields are the file's keys: a new key is a
// field with its tags, from which the decoder, the schema and the manual know it.
type Config struct {
	Catalog      []Library    `key:"catalog" doc:"your own clients, wrappers and bounds, by package"`
	Exclude      []string     `key:"exclude" doc:"files in which nothing is reported, as seen from here: legacy/... is all below a directory, order/*_client.go some files of one"`
	Dependencies Dependencies `key:"dependencies" doc:"the services that yours depends on, as nobreaker and the report name them"`

	// Rules are those that the key "rules" switches on or off, Settings what the keys named
	// for rules say of their flags.
	Rules    map[string]bool
	Settings []Setting
	// Severity are levels of rules and codes that the key "severity" gives them.
	Severity map[string]severity.Level

	// File is where it was read; "" if there is no file.
	File string
}

// Dependencies names services by parts of their hosts, of the settings that hold their addresses, or of their names.
type Dependencies struct {
	Critical []string `key:"critical" doc:"those that must be protected; if there are any, no others are reported"`
	Exempt   []string `key:"exempt" doc:"those that need no protection"`
}

// A Setting is the value of a rule's flag.
type Setting struct {
	Rule, Flag, Value string
}

// A Flag is a flag of the command line, and its value.
type Flag struct{ Name, Value string }

// An Error is a mistake in a configuration: what was found, and what was expected.
type Error struct {
	Pos token.Position // of a file
	Key string         // of settings that come without one: "catalog[0].calls[1].kind"
	Msg string         // one line
}

func (e Error) Error() string { return e.Format(func(name string) string { return name }) }

// Format returns the error as one line, with its path as rel gives it.
func (e Error) Format(rel func(string) string) string {
	if e.Pos.Filename != "" {
		pos := e.Pos
		pos.Filename = rel(pos.Filename)
		return pos.String() + ": " + e.Msg
	}
	if e.Key != "" {
		return e.Key + ": " + e.Msg
	}
	return e.Msg
}

// Errors are all the mistakes that were found, in the order of the file.
type Errors []Error

func (errs Errors) Error() string {
	lines := make([]string, len(errs))
	for i, err := range errs {
		lines[i] = err.Error()
	}
	return strings.Join(lines, "\n")
}

// sorted sorts errors by position.
func (errs Errors) sorted() Errors {
	slices.SortStableFunc(errs, func(x, y Error) int {
		return cmp.Or(cmp.Compare(x.Pos.Line, y.Pos.Line), cmp.Compare(x.Pos.Column, y.Pos.Column))
	})
	return errs
}

// Load reads the configuration of the module around dir. If there is none, it is empty.
func Load(dir string, rules []*analysis.Analyzer) (*Config, error) {
	name, err := Find(dir)
	if err != nil || name == "" {
		return new(Config), err
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fileError(name, err)
	}
	return Parse(name, data, rules)
}

// fileError is about a file as a whole.
func fileError(name string, err error) Errors {
	if inner := errors.Unwrap(err); inner != nil {
		err = inner // the path is said once
	}
	return Errors{{Pos: token.Position{Filename: name}, Msg: err.Error()}}
}

// Parse parses a configuration file. The error is of type [Errors].
func Parse(name string, data []byte, rules []*analysis.Analyzer) (*Config, error) {
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var doc, rest yaml.Node
	if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
		return &Config{File: name}, nil
	} else if err != nil {
		return nil, syntaxError(name, data, err)
	}
	if err := dec.Decode(&rest); err == nil {
		return nil, Errors{{Pos: token.Position{Filename: name, Line: rest.Line, Column: rest.Column}, Msg: "a second document, want one"}}
	} else if !errors.Is(err, io.EOF) {
		return nil, syntaxError(name, data, err)
	}
	cfg, err := decode(name, doc.Content[0], rules)
	if err != nil {
		return nil, err
	}
	cfg.File = name
	return cfg, nil
}

// FromSettings reads a configuration from the settings of another program, which has the same
// keys and no file: maps, lists and scalars, or nil. The error is of type [Errors].
func FromSettings(raw any, rules []*analysis.Analyzer) (*Config, error) {
	if raw == nil {
		return new(Config), nil
	}
	node, err := encode(raw)
	if err != nil {
		return nil, Errors{{Msg: err.Error()}}
	}
	return decode("", node, rules)
}

// encode makes YAML of maps, lists and scalars. Of others the yaml package panics.
func encode(raw any) (node *yaml.Node, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("%v", v)
		}
	}()
	node = new(yaml.Node)
	return node, node.Encode(raw)
}

func decode(name string, root *yaml.Node, rules []*analysis.Analyzer) (*Config, error) {
	cfg := new(Config)
	d := &decoder{file: name}
	d.mapping(root, "", cfg.keys(rules))
	if len(d.errs) == 0 {
		d.libraries(cfg.Catalog)
	}
	if len(d.errs) > 0 {
		return nil, d.errs.sorted()
	}
	return cfg, nil
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line ([0-9]+): )?`)

// syntaxError is the error of the YAML parser. It names a line, unless that is the first; of
// what is not as expected, the one where the list or mapping begins that it is in.
func syntaxError(name string, data []byte, err error) Errors {
	msg := oneLine(err.Error())
	pos := token.Position{Filename: name, Line: 1}
	if match := yamlLine.FindStringSubmatch(msg); match != nil {
		msg = msg[len(match[0]):]
		if match[1] != "" {
			pos.Line, _ = strconv.Atoi(match[1])
		}
		if strings.HasPrefix(msg, "did not find expected") {
			pos.Line = brokenLine(data, pos.Line)
		}
	}
	return Errors{{Pos: pos, Msg: "not YAML: " + msg}}
}

// brokenLine returns the first line that spoils what is before it, or line where the file is
// too long for trying.
func brokenLine(data []byte, line int) int {
	lines := bytes.SplitAfter(data, []byte("\n"))
	if len(lines) > 500 {
		return line
	}
	for i := len(lines) - 1; i > 0; i-- {
		if yaml.Unmarshal(bytes.Join(lines[:i], nil), new(yaml.Node)) == nil {
			return i + 1
		}
	}
	return 1
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// Flags returns the settings as flags of the command line, which win over them where both are
// given.
func (c *Config) Flags() []Flag {
	var flags []Flag
	for name, on := range c.Rules {
		if !on {
			flags = append(flags, Flag{name, "false"})
		}
	}
	slices.SortFunc(flags, func(x, y Flag) int { return strings.Compare(x.Name, y.Name) })
	for _, s := range c.Settings {
		flags = append(flags, Flag{s.Rule + "." + s.Flag, s.Value})
	}
	return flags
}

// dir returns the directory that paths in the configuration are relative to.
func (c *Config) dir() string {
	if c.File != "" {
		return filepath.Dir(c.File)
	}
	dir, err := os.Getwd() // of settings of another program
	if err != nil {
		return "."
	}
	return dir
}

// Extend adds the libraries to the catalogue, and names the dependencies, in place of those of another
// configuration.
func (c *Config) Extend() error {
	var libs []*catalog.Library
	for i := range c.Catalog {
		libs = append(libs, c.Catalog[i].library())
	}
	severity.Override(c.Severity)
	scope.Exclude(c.dir(), c.Exclude)
	catalog.NameDependencies(c.Dependencies.Critical, c.Dependencies.Exempt)
	if err := catalog.Extend(libs); err != nil {
		return Errors{{Pos: token.Position{Filename: c.File}, Msg: oneLine(err.Error())}}
	}
	return nil
}
