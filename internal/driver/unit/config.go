package unit

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// A Config is what the go command says of a package, in a file whose name ends with [Suffix].
// Fields that are of no use here are left out.
type Config struct {
	ID            string // import path
	Dir           string
	ImportPath    string
	GoVersion     string // language version, such as "go1.26"
	GoFiles       []string
	NonGoFiles    []string
	IgnoredFiles  []string
	ModulePath    string
	ModuleVersion string
	Module        *analysis.Module  // in place of the two above, since go1.27
	ImportMap     map[string]string // package path by import path
	PackageFile   map[string]string // file of export data by package path
	PackageVetx   map[string]string // file of facts by package path
	VetxOnly      bool              // only the facts are wanted
	VetxOutput    string            // where to write them
	Stdout        string            // where to write what is to be printed, if not empty
	FixArchive    string            // where to write changed files, as a zip archive, if not empty
}

// Suffix ends the names of the go command's descriptions.
const Suffix = ".cfg"

// Read reads the description of a package.
func Read(name string) (*Config, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	c := new(Config)
	if err := json.Unmarshal(data, c); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return c, nil
}

// Main reports whether the package may belong to a main module: the standard library has no
// module, and neither have files that are named on the command line.
func (c *Config) Main() bool {
	path, version := c.ModulePath, c.ModuleVersion
	if c.Module != nil {
		path, version = c.Module.Path, c.Module.Version
	}
	if path != "" {
		return version == ""
	}
	//nolint:staticcheck // where it is wrong, a file is looked for in vain
	rel, err := filepath.Rel(filepath.Join(runtime.GOROOT(), "src"), c.Folder())
	return err != nil || !filepath.IsLocal(rel)
}

// Folder returns the directory of the package.
func (c *Config) Folder() string {
	if c.Dir == "" && len(c.GoFiles) > 0 {
		return filepath.Dir(c.GoFiles[0])
	}
	return c.Dir
}

// files returns the Go files that are no tests.
func (c *Config) files() []string {
	var files []string
	for _, name := range c.GoFiles {
		if !strings.HasSuffix(name, "_test.go") {
			files = append(files, name)
		}
	}
	return files
}

// module returns what passes are told of the module.
func (c *Config) module() *analysis.Module {
	if c.Module != nil || c.ModulePath == "" {
		return c.Module
	}
	return &analysis.Module{Path: c.ModulePath, Version: c.ModuleVersion, GoVersion: c.GoVersion}
}

// compiled reports whether the go command lists export data. Where a package imports nothing that
// could tell, it may not.
func (c *Config) compiled() bool {
	for _, path := range c.ImportMap {
		if path != "unsafe" && path != "C" {
			return c.PackageFile[path] != ""
		}
	}
	return false
}
