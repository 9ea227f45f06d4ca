package load

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/token"
	"go/version"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/tools/go/packages"
)

// An environment is what we need to know of the go command's.
type environment struct {
	GOMOD     string // "" without modules, os.DevNull outside of one
	GOWORK    string // "" or "off" outside a workspace
	GOARCH    string
	GOVERSION string
}

// goEnv asks the go command for its environment in dir.
func goEnv(dir string) (*environment, error) {
	cmd := exec.Command("go", "env", "-json", "GOMOD", "GOWORK", "GOARCH", "GOVERSION")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PWD="+dir) // so that symbolic links in dir stay
	out, err := cmd.Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return nil, errors.New(oneLine(string(exit.Stderr)))
	} else if err != nil {
		return nil, fmt.Errorf("cannot run the go command: %w", err)
	}
	env := new(environment)
	if err := json.Unmarshal(out, env); err != nil {
		return nil, fmt.Errorf("go env: %w", err)
	}
	if env.GOMOD == "" {
		return nil, errors.New("GO111MODULE=off is not supported: packages must be in a module")
	}
	if env.GOMOD == os.DevNull && !env.workspace() {
		return nil, fmt.Errorf("no go.mod in %s or any parent directory", dir)
	}
	return env, nil
}

func (env *environment) workspace() bool { return env.GOWORK != "" && env.GOWORK != "off" }

// everything returns the pattern for all packages of all main modules.
func (env *environment) everything() string {
	if version.IsValid(env.GOVERSION) && version.Compare(env.GOVERSION, "go1.25") < 0 {
		return filepath.Join(filepath.Dir(env.GOMOD), "...") // of one module only
	}
	return "work"
}

// A listing is the answer of the go command to the arguments.
type listing struct {
	module   []*packages.Package // the whole module, and whatever the arguments add to it
	asked    map[string]bool     // IDs of packages that an argument matches
	problems []Problem           // arguments that match nothing of use
}

const (
	findMode = packages.NeedName | packages.NeedFiles | packages.NeedModule
	listMode = findMode | packages.NeedImports | packages.NeedDeps
)

// list lists the module, and beside it the arguments to know which of its
// packages they mean.
func (l *loader) list(args *arguments, env *environment) (*listing, error) {
	res := &listing{asked: make(map[string]bool)}
	if slices.Equal(args.patterns, []string{"./..."}) && len(args.files) == 0 &&
		!env.workspace() && filepath.Dir(env.GOMOD) == l.cfg.Dir {
		// The arguments are the module.
		roots, err := l.goList(listMode, nil, "./...")
		if err != nil {
			return nil, err
		}
		res.module = roots
		return res, l.ask(res, args, roots)
	}

	var (
		wg       sync.WaitGroup
		asked    []*packages.Package
		askedErr error
	)
	if len(args.patterns) > 0 {
		wg.Go(func() { asked, askedErr = l.goList(findMode, nil, args.patterns...) })
	}
	// The arguments may name packages that no wildcard matches, such as
	// those below a testdata directory.
	module, err := l.goList(listMode, nil, slices.Concat([]string{env.everything()}, args.patterns, args.dirs())...)
	wg.Wait()
	if askedErr != nil {
		return nil, askedErr
	}
	if err != nil {
		return nil, err
	}
	res.module = slices.DeleteFunc(module, func(p *packages.Package) bool { return !inMain(p) })
	return res, l.ask(res, args, asked)
}

// ask records which packages the patterns matched.
func (l *loader) ask(res *listing, args *arguments, matched []*packages.Package) error {
	outside := false
	for _, p := range matched {
		switch {
		case inMain(p):
			res.asked[p.ID] = true
		case len(p.Errors) > 0:
			problem := *l.listProblem(p.Errors[0])
			problem.Msg = p.ID + ": " + problem.Msg
			res.problems = append(res.problems, problem)
		default:
			outside = true
		}
	}
	if outside {
		return l.rejectOutside(res, args.patterns)
	}
	if len(args.patterns) > 0 && len(matched) == 0 {
		res.problems = append(res.problems, Problem{
			Msg: strings.Join(args.patterns, " ") + ": matched no packages",
		})
	}
	return nil
}

// rejectOutside finds the patterns that match packages of other modules only.
func (l *loader) rejectOutside(res *listing, patterns []string) error {
	for _, pattern := range patterns {
		matched, err := l.goList(findMode, nil, pattern)
		if err != nil {
			return err
		}
		useful := func(p *packages.Package) bool { return inMain(p) || len(p.Errors) > 0 }
		if len(matched) > 0 && !slices.ContainsFunc(matched, useful) {
			res.problems = append(res.problems, Problem{
				Msg: pattern + ": outside the main module, which alone is analyzed",
			})
		}
	}
	return nil
}

// inMain reports whether p belongs to a main module.
func inMain(p *packages.Package) bool { return p.Module != nil && p.Module.Main }

// goList calls the go command through go/packages.
func (l *loader) goList(mode packages.LoadMode, flags []string, patterns ...string) ([]*packages.Package, error) {
	if l.cfg.Tags != "" {
		flags = append(flags, "-tags="+l.cfg.Tags)
	}
	queries := make([]string, len(patterns))
	for i, pattern := range patterns {
		queries[i] = "pattern=" + pattern // as it is, whatever it looks like
	}
	pkgs, err := packages.Load(&packages.Config{
		Mode:       mode,
		Dir:        l.cfg.Dir,
		Env:        append(os.Environ(), "GOPACKAGESDRIVER=off"), // export data is found by go list
		BuildFlags: flags,
		Overlay:    l.cfg.Overlay,
	}, queries...)
	if err != nil {
		return nil, errors.New(oneLine(err.Error()))
	}
	return pkgs, nil
}

// listProblem converts an error of the go command.
func (l *loader) listProblem(err packages.Error) *Problem {
	p := &Problem{Msg: oneLine(err.Msg), Pos: parsePosition(err.Pos)}
	if rest, ok := strings.CutPrefix(p.Msg, "open "); ok { // a file that cannot be read
		if name, msg, ok := strings.Cut(rest, ": "); ok {
			p.Pos.Filename, p.Msg = name, msg
		}
	}
	if p.Pos.Filename != "" {
		p.Pos.Filename = l.abs(p.Pos.Filename)
	}
	return p
}

// parsePosition parses "file:line:col" or "file:line".
func parsePosition(s string) (pos token.Position) {
	if s == "" || s == "-" {
		return pos
	}
	var numbers []int
	for len(numbers) < 2 {
		i := strings.LastIndexByte(s, ':')
		if i < 0 {
			break
		}
		n, err := strconv.Atoi(s[i+1:])
		if err != nil {
			break
		}
		s, numbers = s[:i], append(numbers, n)
	}
	pos.Filename = s
	switch len(numbers) {
	case 1:
		pos.Line = numbers[0]
	case 2:
		pos.Line, pos.Column = numbers[1], numbers[0]
	}
	return pos
}

// oneLine reduces a message of the go command, which may come with the
// failed command before it and advice below, to a line.
func oneLine(msg string) string {
	if _, stderr, ok := strings.Cut(msg, ": stderr: "); ok {
		msg = stderr
	}
	var lines []string
	for line := range strings.Lines(msg) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "# ") || strings.HasPrefix(line, "go: downloading ") {
			continue
		}
		lines = append(lines, strings.TrimPrefix(line, "go: "))
	}
	if len(lines) > 2 {
		lines = lines[:2]
	}
	return strings.Join(lines, " ")
}
