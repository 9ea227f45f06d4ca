package driver

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/resilint/resilint/internal/config"
	"github.com/resilint/resilint/internal/report"
	"github.com/resilint/resilint/internal/severity"
)

// IsVetTool reports whether the command line is one by which "go vet
// -vettool" and "go fix -fixtool" call the tool: to ask for its version or
// its flags, or to analyze one package, described by a file.
func IsVetTool(args []string) bool {
	if len(args) == 0 {
		return false
	}
	if args[0] == versionFlag || args[0] == "-flags" {
		return true
	}
	return strings.HasSuffix(args[len(args)-1], unitSuffix)
}

const (
	versionFlag = "-V=full"
	unitSuffix  = ".cfg"
)

// VetTool runs such a command line and returns the exit status, or does not return: it is
// x/tools' unitchecker, with the configuration of the module that the package belongs to.
func VetTool(args []string, stdout, stderr io.Writer, rules []*analysis.Analyzer) int {
	if err := vetTool(args, stdout, rules); err != nil {
		cwd, _ := os.Getwd()
		for _, line := range lines(err, cwd) {
			fmt.Fprintf(stderr, "resilint: %s\n", line)
		}
		return exitFailed
	}
	return exitClean
}

func vetTool(args []string, stdout io.Writer, rules []*analysis.Analyzer) error {
	if args[0] == versionFlag {
		id, err := buildID(rules)
		if err == nil {
			_, err = fmt.Fprintf(stdout, "resilint version devel buildID=%s\n", id)
		}
		return err
	}
	var flags []string
	if name := args[len(args)-1]; strings.HasSuffix(name, unitSuffix) {
		var err error
		if flags, err = configureUnit(name, rules); err != nil {
			return err
		}
	}
	os.Args = slices.Concat(os.Args[:1], flags, args) // the last of equal flags wins
	unitchecker.Main(rules...)
	return nil // not reached
}

// buildID identifies what the results of the tool depend on besides the package and the flags:
// the go command keeps them under this name. That is the executable and the configuration; a
// mistake in the configuration is better reported here, once, than for each package.
func buildID(rules []*analysis.Analyzer) (string, error) {
	cwd, err := os.Getwd()
	if err != nil {
		return "", err
	}
	if _, err := config.Load(cwd, rules); err != nil {
		return "", err
	}
	settings, err := config.Hash(cwd)
	if err != nil {
		return "", err
	}
	name, err := os.Executable()
	if err != nil {
		return "", err
	}
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", err
	}
	fmt.Fprint(sum, settings)
	return fmt.Sprintf("%02x", sum.Sum(nil)), nil
}

// A unit is what is of interest of the file by which the go command describes a package.
type unit struct {
	Dir           string
	GoFiles       []string
	ModulePath    string
	ModuleVersion string
	Module        *analysis.Module // in place of the two above, since go1.27
}

// configureUnit puts the configuration in force that applies to a package. It returns the
// flags that the configuration sets.
func configureUnit(name string, rules []*analysis.Analyzer) ([]string, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var u unit
	if err := json.Unmarshal(data, &u); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if !u.main() {
		return nil, nil // nothing is looked at there, and a configuration found there is not ours
	}
	cfg, err := config.Load(u.dir(), rules)
	if err != nil {
		return nil, err
	}
	if err := cfg.Extend(); err != nil {
		return nil, err
	}
	var flags []string
	for _, rule := range rules {
		// What calls the tool fails on every finding.
		if severity.IsNote(rule.Name) && !cfg.Rules[rule.Name] {
			flags = append(flags, "-"+rule.Name+"=false")
		}
	}
	for _, f := range cfg.Flags() {
		flags = append(flags, "-"+f.Name+"="+f.Value)
	}
	return flags, nil
}

// main reports whether the package may belong to a main module: the standard library has no
// module, and neither have files that are named on the command line.
func (u *unit) main() bool {
	path, version := u.ModulePath, u.ModuleVersion
	if u.Module != nil {
		path, version = u.Module.Path, u.Module.Version
	}
	if path != "" {
		return version == ""
	}
	//nolint:staticcheck // where it is wrong, a file is looked for in vain
	rel, err := filepath.Rel(filepath.Join(runtime.GOROOT(), "src"), u.dir())
	return err != nil || !filepath.IsLocal(rel)
}

func (u *unit) dir() string {
	if u.Dir == "" && len(u.GoFiles) > 0 {
		return filepath.Dir(u.GoFiles[0])
	}
	return u.Dir
}

// lines returns what an error has to say, with paths as seen from dir: all mistakes in a
// configuration, or one line.
func lines(err error, dir string) []string {
	list, ok := errors.AsType[config.Errors](err)
	if !ok {
		return []string{err.Error()}
	}
	var lines []string
	for _, err := range list {
		lines = append(lines, err.Format(func(name string) string { return report.Rel(dir, name) }))
	}
	return lines
}
