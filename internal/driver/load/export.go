package load

import (
	"bufio"
	"fmt"
	"go/token"
	"go/types"
	"maps"
	"os"
	"slices"
	"sync"

	"golang.org/x/tools/go/gcexportdata"
	"golang.org/x/tools/go/packages"
)

// A DepsMode says where the types of packages outside the module come from.
//
// For a module of 183 packages with 1054 outside, on two cores, a whole run
// takes:
//
//	                          wall    CPU     memory
//	export, all compiled      1.1 s   1.7 s    95 MB
//	export, cold cache        over 80 s, of which "go list -export" 81 s
//	source                    2.0 s   3.5 s   225 MB
//	auto, all compiled        1.1 s   1.7 s    95 MB
//	auto, cold cache          2-4 s   4-7 s   230 MB
//
// So auto costs about as much as the better one of the two. It needs no
// threshold for that: "go list -export -n" tells which export data exists
// and compiles nothing, in the time of "go list -export" with a warm cache
// (0.4 s), and what is missing is type-checked from source.
type DepsMode string

const (
	// DepsAuto takes from export data what is compiled already, and the
	// rest from source, without function bodies. It never compiles.
	DepsAuto DepsMode = "auto"
	// DepsExport compiles what is not compiled yet.
	DepsExport DepsMode = "export"
	// DepsSource takes everything from source, without function bodies.
	DepsSource DepsMode = "source"
)

// findExports looks for the export data of the nodes outside the module.
//
// A package can be read from export data only if all that it imports is: if
// one of these is type-checked from source, as the module is, the types in
// the export data would not be identical with those. (In a workspace, a
// package outside may well import a main module.)
func (l *loader) findExports(nodes []*node) error {
	if l.cfg.Deps == DepsSource {
		return nil
	}
	tops := exportTops(nodes)
	if len(tops) == 0 {
		return nil
	}
	var flags []string
	if l.cfg.Deps != DepsExport {
		flags = []string{"-n"} // do not compile, only list what is
	}
	const mode = packages.NeedName | packages.NeedImports | packages.NeedDeps | packages.NeedExportFile
	listed, err := l.goList(mode, flags, tops...)
	if err != nil {
		return err
	}
	files := make(map[string]string)
	packages.Visit(listed, nil, func(p *packages.Package) { files[p.ID] = p.ExportFile })
	for _, n := range nodes { // imports first
		file := files[n.ID]
		for _, imp := range n.imports {
			if imp.PkgPath != "unsafe" && !l.exports.has(imp.PkgPath) {
				file = ""
			}
		}
		if file != "" {
			l.exports.files[n.PkgPath] = file
		}
	}
	return nil
}

// exportTops returns the packages that can be read from export data, except
// those imported by another of them. To name only these, and have the go
// command find what is below them, keeps its command line short: go/packages
// runs it several times if it exceeds 16 kB, each at the cost of a whole run.
func exportTops(nodes []*node) []string {
	tops := make(map[string]bool)
	for _, n := range nodes { // imports first
		if n.source || n.PkgPath == "unsafe" {
			continue
		}
		tops[n.PkgPath] = true
		for _, imp := range n.imports {
			delete(tops, imp.PkgPath)
		}
	}
	return slices.Sorted(maps.Keys(tops))
}

// exports reads export data when it is needed first.
type exports struct {
	fset  *token.FileSet
	files map[string]string // export file of each package path; read-only after findExports

	mu   sync.Mutex
	pkgs map[string]*types.Package // possibly incomplete
}

func newExports(fset *token.FileSet) *exports {
	return &exports{fset: fset, files: make(map[string]string), pkgs: make(map[string]*types.Package)}
}

func (e *exports) has(path string) bool { return e.files[path] != "" }

// load returns the package with the given path.
func (e *exports) load(path string) (*types.Package, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if pkg := e.pkgs[path]; pkg != nil && pkg.Complete() {
		return pkg, nil
	}
	f, err := os.Open(e.files[path])
	if err != nil {
		return nil, fmt.Errorf("reading export data: %w", err)
	}
	defer f.Close()
	// The file is an archive, or, from Go 1.28 on, plain export data.
	//nolint:staticcheck // archives are what go commands before 1.28 list
	r, err := gcexportdata.NewReader(bufio.NewReader(f))
	if err != nil {
		return nil, fmt.Errorf("reading export data of %s: %w", path, err)
	}
	return gcexportdata.Read(r, e.fset, e.pkgs, path)
}
