package fixtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/format"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/resilint/resilint/internal/fix"
)

// A Finding is one that a door printed.
type Finding struct {
	Rule, Code string
	File       string // absolute
	Line       int
	Message    string
	Fix        string // what its fix says, "" if it has none
}

// String returns the finding as the command prints it.
func (f Finding) String() string {
	return fmt.Sprintf("%s:%d: %s (%s/%s)", f.File, f.Line, f.Message, f.Rule, f.Code)
}

// Safe reports whether the finding has a fix that is applied without being asked for by name.
func (f Finding) Safe() bool { return f.Fix != "" && !fix.IsUnsafe(f.Fix) }

// decode reads the trees that -json prints, one or more. A finding in a package and in its variant
// for tests is one.
func decode(output string) ([]Finding, error) {
	var found []Finding
	seen := map[Finding]bool{}
	for {
		// What the go command says besides, of packages that do not compile, stands before a tree.
		i := strings.Index("\n"+output, "\n{")
		if i < 0 {
			break
		}
		output = output[i:]
		decoder := json.NewDecoder(strings.NewReader(output))
		var tree map[string]map[string]json.RawMessage
		if err := decoder.Decode(&tree); err != nil {
			return nil, err
		}
		output = output[decoder.InputOffset():]
		for _, rules := range tree {
			for rule, raw := range rules {
				var list []struct {
					Category, Posn, Message string
					Fixes                   []struct{ Message string } `json:"suggested_fixes"`
				}
				if json.Unmarshal(raw, &list) != nil {
					continue // {"error": …}
				}
				for _, d := range list {
					f := Finding{Rule: rule, Code: d.Category, Message: d.Message}
					f.File, f.Line = splitPosn(d.Posn)
					if len(d.Fixes) > 0 {
						f.Fix = d.Fixes[0].Message
					}
					if !seen[f] {
						seen[f] = true
						found = append(found, f)
					}
				}
			}
		}
	}
	slices.SortFunc(found, func(x, y Finding) int { return strings.Compare(x.String(), y.String()) })
	return found, nil
}

// splitPosn splits file:line:column.
func splitPosn(posn string) (file string, line int) {
	for range 2 {
		i := strings.LastIndexByte(posn, ':')
		if i < 0 {
			return posn, line
		}
		n, err := strconv.Atoi(posn[i+1:])
		if err != nil {
			return posn, line
		}
		posn, line = posn[:i], n
	}
	return posn, line
}

// find runs the command.
func (m *Module) find() ([]Finding, error) {
	out, errs, status, err := m.command(m.tools.Resilint, m.flags("-json", "./...")...)
	if err != nil {
		return nil, err
	}
	m.status, m.stderr = status, errs
	found, err := decode(out)
	if err == nil && out == "" {
		err = errors.New(lastLines(errs, 2))
	}
	return found, err
}

// compile returns the packages that do not compile, with an error: a package with its tests is
// one more.
func (m *Module) compile() (map[string]string, error) {
	args := []string{"list", "-e", "-export", "-json=ImportPath,Error,DepsErrors"}
	if m.tools.Tests {
		args = append(args, "-test")
	}
	out, errs, _, err := m.command("go", append(args, "./...")...)
	if err != nil {
		return nil, err
	}
	if out == "" {
		return nil, errors.New(lastLines(errs, 2))
	}
	broken := map[string]string{}
	decoder := json.NewDecoder(strings.NewReader(out))
	for {
		var pkg struct {
			ImportPath string
			Error      *struct{ Err string }
			DepsErrors []struct{ Err string }
		}
		if err := decoder.Decode(&pkg); errors.Is(err, io.EOF) {
			return broken, nil
		} else if err != nil {
			return nil, err
		}
		switch {
		case pkg.Error != nil:
			broken[pkg.ImportPath] = strings.Join(strings.Fields(pkg.Error.Err), " ")
		case len(pkg.DepsErrors) > 0:
			broken[pkg.ImportPath] = strings.Join(strings.Fields(pkg.DepsErrors[0].Err), " ")
		}
	}
}

// test runs the tests of the packages of files and returns those that fail; which failed before,
// too, is for who reads it to tell.
func (m *Module) test(files []string) ([]string, error) {
	var dirs []string
	for _, name := range files {
		rel, err := filepath.Rel(m.Dir, filepath.Dir(name))
		if err != nil {
			return nil, err
		}
		if dir := "./" + filepath.ToSlash(rel); !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
	}
	var failed []string
	for _, dir := range dirs {
		out, errs, status, err := m.command("go", "test", dir)
		if err != nil {
			return nil, err
		}
		if status != 0 {
			failed = append(failed, dir+": "+lastLines(out+errs, 3))
		}
	}
	return failed, nil
}

// isOdd reports whether a file is not formatted.
func isOdd(text []byte) bool {
	formatted, err := format.Source(text)
	return err != nil || !bytes.Equal(formatted, text)
}
