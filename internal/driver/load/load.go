package load

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/tools/go/packages"
)

// Config says what to load.
type Config struct {
	Dir  string   // working directory of the go command; absolute
	Args []string // package patterns and .go files, as the user wrote them
	Tags string   // build tags, comma-separated
	Deps DepsMode // where the types of dependencies come from

	Overlay map[string][]byte // contents of files, by absolute name, in place of what is on disk
}

// A Program is the main module (or the modules of a workspace), type-checked.
type Program struct {
	Fset     *token.FileSet
	Packages []*Package // what the arguments ask for and can be analyzed, by ID
	Problems []Problem  // what the arguments ask for and cannot be analyzed
	Notes    []string   // remarks on arguments that are no problem

	// Module holds every package of the module that can be analyzed, by ID: those asked for
	// and the rest, which shows what is done with them.
	Module []*packages.Package
	Broken bool // some package of the module cannot be analyzed

	loader *loader
}

// A Package is one that the arguments ask for.
type Package struct {
	*packages.Package                 // for [checker.Analyze]; Imports are those of the module
	Files             map[string]bool // the only files asked for; nil means all
}

// A Problem is the reason why an argument or a package cannot be analyzed.
type Problem struct {
	Pos     token.Position // may be invalid
	Msg     string         // one line
	Package string         // the package it costs, if any
}

// Format returns the problem as one line, with its path as rel gives it.
func (p Problem) Format(rel func(string) string) string {
	var b strings.Builder
	if p.Pos.Filename != "" {
		pos := p.Pos
		pos.Filename = rel(pos.Filename)
		fmt.Fprintf(&b, "%s: ", pos)
	}
	b.WriteString(p.Msg)
	if p.Package != "" {
		fmt.Fprintf(&b, " (package %s not analyzed)", p.Package)
	}
	return b.String()
}

// Load loads the module around cfg.Args. It returns an error only if there
// is nothing at all to work on.
func Load(cfg Config) (*Program, error) {
	env, err := goEnv(cfg.Dir)
	if err != nil {
		return nil, err
	}
	args, err := parseArgs(cfg.Dir, cfg.Args)
	if err != nil {
		return nil, err
	}
	l := &loader{
		cfg:   cfg,
		fset:  token.NewFileSet(),
		sizes: types.SizesFor("gc", env.GOARCH),
		nodes: make(map[string]*node),
	}
	l.exports = newExports(l.fset)

	listed, err := l.list(args, env)
	if err != nil {
		return nil, err
	}
	prog := &Program{Fset: l.fset, loader: l}
	nodes := l.add(listed.module)
	args.find(nodes, prog)
	prog.Problems = append(prog.Problems, listed.problems...)
	if err := l.complete(nodes); err != nil {
		return nil, err
	}
	prog.collect(nodes, listed.asked)
	return prog, nil
}

// collect sorts the nodes asked for into packages and problems.
func (prog *Program) collect(nodes []*node, asked map[string]bool) {
	for _, n := range nodes {
		if n.result != nil {
			prog.Module = append(prog.Module, n.result)
		}
		prog.Broken = prog.Broken || n.module && n.problem != nil
		if asked[n.ID] {
			n.only = nil
		} else if n.only == nil {
			continue
		}
		if n.problem != nil {
			n.problem.Package = n.PkgPath
			prog.Problems = append(prog.Problems, *n.problem)
		} else if n.result != nil {
			prog.Packages = append(prog.Packages, &Package{n.result, n.only})
		}
	}
	slices.SortFunc(prog.Module, func(x, y *packages.Package) int { return cmp.Compare(x.ID, y.ID) })
	slices.SortFunc(prog.Packages, func(x, y *Package) int { return cmp.Compare(x.ID, y.ID) })
	slices.SortStableFunc(prog.Problems, func(x, y Problem) int { return cmp.Compare(x.Package, y.Package) })
}

// A loader holds the import graph.
type loader struct {
	cfg     Config
	fset    *token.FileSet
	sizes   types.Sizes
	nodes   map[string]*node // by package ID
	exports *exports
}

// add adds the packages reachable from roots to the graph. It returns the
// new ones, each after those that it imports.
func (l *loader) add(roots []*packages.Package) []*node {
	var added []*node
	packages.Visit(roots, nil, func(p *packages.Package) {
		if l.nodes[p.ID] != nil {
			return
		}
		n := &node{
			Package: p,
			module:  inMain(p),
			imports: make(map[string]*node, len(p.Imports)),
			files:   p.GoFiles,
			done:    make(chan struct{}),
		}
		n.source = n.module || len(p.Errors) > 0
		for path, imp := range p.Imports {
			n.imports[path] = l.nodes[imp.ID]
			n.source = n.source || l.nodes[imp.ID].source
		}
		if len(p.Errors) > 0 {
			n.fail(l.listProblem(p.Errors[0]))
		}
		l.nodes[p.ID] = n
		added = append(added, n)
	})
	return added
}

// extend adds to n.imports what the files of n import beyond that. It returns
// the nodes that this adds to the graph.
func (l *loader) extend(n *node, files []*ast.File) (added []*node, err error) {
	var unknown []string
	for _, f := range files {
		for _, spec := range f.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil || path == "C" || path == "unsafe" || n.imports[path] != nil {
				continue
			}
			if imp := l.nodes[path]; imp != nil {
				n.imports[path] = imp
			} else {
				unknown = append(unknown, path)
			}
		}
	}
	if len(unknown) == 0 {
		return nil, nil
	}
	roots, err := l.goList(listMode, nil, unknown...)
	if err != nil {
		return nil, err
	}
	added = l.add(roots)
	for _, p := range roots {
		n.imports[p.PkgPath] = l.nodes[p.ID]
	}
	return added, nil
}

// complete gives each node its types. Parsing the module needs nothing from
// the go command and goes on while it looks for export data.
func (l *loader) complete(nodes []*node) error {
	var (
		wg  sync.WaitGroup
		err error
	)
	wg.Go(func() { err = l.findExports(nodes) })
	parallel(nodes, func(n *node) {
		if n.module {
			l.parse(n)
		}
	})
	wg.Wait()
	if err != nil {
		return err
	}
	added, err := l.runCgo(nodes)
	if err != nil {
		return err
	}
	inImportOrder(slices.Concat(nodes, added), l.check)
	return nil
}

// parallel calls f for each node, as many at a time as there are processors.
func parallel(nodes []*node, f func(*node)) {
	var wg sync.WaitGroup
	limit := make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, n := range nodes {
		limit <- struct{}{}
		wg.Go(func() {
			defer func() { <-limit }()
			f(n)
		})
	}
	wg.Wait()
}

// inImportOrder is like [parallel] but calls f for a node when it has
// returned for all that the node imports.
func inImportOrder(nodes []*node, f func(*node)) {
	var wg sync.WaitGroup
	limit := make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, n := range nodes {
		wg.Go(func() {
			defer close(n.done)
			for _, imp := range n.imports {
				<-imp.done
			}
			limit <- struct{}{}
			defer func() { <-limit }()
			f(n)
		})
	}
	wg.Wait()
}

// abs returns the file name relative to the go command's directory.
func (l *loader) abs(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(l.cfg.Dir, name)
}
