package load

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// The arguments are sorted into package patterns and files. The go command
// would take files as a package of their own ("named files must all be in
// one directory"); we take them as parts of the packages they belong to.
type arguments struct {
	patterns []string
	files    []fileArg
}

type fileArg struct {
	arg string // as written
	dir string // of the package, with symbolic links resolved
}

// parseArgs sorts args, which are relative to dir.
func parseArgs(dir string, args []string) (*arguments, error) {
	res := new(arguments)
	if len(args) == 0 {
		args = []string{"."}
	}
	for _, arg := range args {
		name := arg
		if !filepath.IsAbs(name) {
			name = filepath.Join(dir, name)
		}
		if !isFile(arg, name) {
			res.patterns = append(res.patterns, arg)
			continue
		}
		f, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", arg, errors.Unwrap(err))
		}
		f.Close()
		real, err := filepath.EvalSymlinks(filepath.Dir(name))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", arg, err)
		}
		res.files = append(res.files, fileArg{arg, real})
	}
	return res, nil
}

// isFile reports whether arg, found at the path name, means a Go file. That
// the name ends in .go is not enough: it may be a package such as
// github.com/nats-io/nats.go.
func isFile(arg, name string) bool {
	if !strings.HasSuffix(arg, ".go") {
		return false
	}
	if info, err := os.Stat(name); err == nil {
		return !info.IsDir()
	}
	first, _, slash := strings.Cut(filepath.ToSlash(arg), "/")
	domain := slash && !strings.HasPrefix(first, ".") && strings.Contains(first, ".")
	return !domain
}

// dirs returns patterns for the packages of the files.
func (args *arguments) dirs() []string {
	var dirs []string
	for _, f := range args.files {
		dir := filepath.Dir(f.arg)
		if !filepath.IsAbs(dir) && !strings.HasPrefix(dir, ".") {
			dir = "." + string(filepath.Separator) + dir
		}
		dirs = append(dirs, dir)
	}
	slices.Sort(dirs)
	return slices.Compact(dirs)
}

// find marks the files among the arguments in the packages they are part of.
func (args *arguments) find(nodes []*node, prog *Program) {
	if len(args.files) == 0 {
		return
	}
	packageIn := make(map[string]*node) // by directory
	for _, n := range nodes {
		if !n.module {
			continue
		}
		if dir, err := filepath.EvalSymlinks(n.Dir); err == nil {
			packageIn[dir] = n
		}
	}
	for _, f := range args.files {
		n := packageIn[f.dir]
		if n == nil {
			prog.Problems = append(prog.Problems, Problem{
				Msg: f.arg + ": not in a package of the main module",
			})
			continue
		}
		name := filepath.Join(n.Dir, filepath.Base(f.arg))
		switch {
		case slices.Contains(n.GoFiles, name):
			if n.only == nil {
				n.only = make(map[string]bool)
			}
			n.only[name] = true
		case strings.HasSuffix(name, "_test.go"):
			// Test files are not analyzed.
		case slices.Contains(n.IgnoredFiles, name):
			prog.Notes = append(prog.Notes, f.arg+": excluded by build constraints")
		default:
			prog.Notes = append(prog.Notes, f.arg+": ignored by the go command")
		}
	}
}
