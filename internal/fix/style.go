package fix

import (
	"flag"
	"fmt"
	"go/version"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/mod/modfile"

	"github.com/resilint/resilint/internal/scope"
)

// RuntimeModule is the module whose packages fixes of the runtime style call.
const RuntimeModule = "github.com/resilint/resilint/runtime"

// StyleFlag is the name of the flag that every rule with fixes in several styles has.
const StyleFlag = "fixstyle"

// A Style says what fixes are written with. It is the value of a flag.
type Style string

// The styles.
const (
	Auto    Style = "auto"    // Runtime where the module requires it already
	Std     Style = "std"     // the standard library alone
	Runtime Style = "runtime" // RuntimeModule
)

// String implements flag.Value.
func (s *Style) String() string { return string(*s) }

// Choices are the values there are, for the schema of the configuration file.
func (s *Style) Choices() []string { return []string{string(Auto), string(Std), string(Runtime)} }

// Set implements flag.Value.
func (s *Style) Set(text string) error {
	switch v := Style(text); v {
	case Auto, Std, Runtime:
		*s = v
		return nil
	}
	return fmt.Errorf("%q is neither auto, std nor runtime", text)
}

// Register adds the flag that chooses the style to those of a rule.
func (s *Style) Register(flags *flag.FlagSet) {
	flags.Var(s, StyleFlag, "write fixes with the standard library (`std`) or resilint's runtime package (runtime); auto is runtime where the module requires it")
}

// UsesRuntime reports whether fixes in the builder's file call RuntimeModule.
func (b *Builder) UsesRuntime(s Style) bool {
	return s == Runtime || s == Auto && b.requires(RuntimeModule)
}

func (b *Builder) requires(module string) bool {
	return Requires(filepath.Dir(scope.Filename(b.Pass.Fset, b.File.FileStart)), module)
}

// Requires reports whether the module around a folder requires another. Analysis drivers do not say, so
// the go.mod file has to: it lies in the first folder upwards that has one.
func Requires(dir, module string) bool {
	name := GoMod(dir)
	data, err := os.ReadFile(name)
	if err != nil {
		return false
	}
	file, err := modfile.ParseLax(name, data, nil)
	return err == nil && slices.ContainsFunc(file.Require, func(r *modfile.Require) bool { return r.Mod.Path == module })
}

// GoMod returns the go.mod file of the module around a folder, "" if it is in none.
func GoMod(dir string) string {
	for {
		name := filepath.Join(dir, "go.mod")
		if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
			return name
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

// GoAtLeast reports whether the file may use what a version of Go brought: "go1.22". Where nobody
// says which version it is written for, it is the newest.
func (b *Builder) GoAtLeast(v string) bool {
	have := b.Pass.TypesInfo.FileVersions[b.File]
	if have == "" && b.Pass.Module != nil {
		have = b.Pass.Module.GoVersion
		if have != "" && have[0] != 'g' {
			have = "go" + have
		}
	}
	return !version.IsValid(have) || version.Compare(have, v) >= 0
}
