// Package scope decides what resilint never reports on, once for every rule:
// code outside the module under analysis (the standard library, dependencies,
// vendored packages), test files, packages that serve tests, generated files, examples, and
// the tools of its developers.
//
// Generated files and examples still contribute evidence: only the finding is withheld.
package scope

import (
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/analysis"
)

// Files returns the files of the package that findings and evidence come from:
// all but its tests. It returns nil for a package that no rule looks at: one that
// lies outside the module under analysis, or that serves tests (a library of which half the
// files or more import testing, or what is only of use in tests; programs do so for other
// reasons). One file of helpers for its users' tests does not make a library such a package.
//
// Tests are left out of the evidence, not just of the findings, so that a package
// looks the same to a driver that analyzes it with its tests (go vet) and to one
// that does not.
func Files(pass *analysis.Pass) []*ast.File {
	if outside(pass) {
		return nil
	}
	var files []*ast.File
	helpers := 0
	for _, file := range pass.Files {
		if strings.HasSuffix(Filename(pass.Fset, file.FileStart), "_test.go") {
			continue
		}
		if helpsTests(file) {
			helpers++ // its clients talk to test servers
		}
		files = append(files, file)
	}
	if 2*helpers >= len(files) || standsIn(pass.Pkg) {
		return nil
	}
	return files
}

// standsIn reports whether a library declares an interface in place of testing.TB: it is for tests,
// and does without the import.
func standsIn(pkg *types.Package) bool {
	if pkg == nil || pkg.Name() == "main" {
		return false
	}
	for _, name := range pkg.Scope().Names() {
		decl, ok := pkg.Scope().Lookup(name).(*types.TypeName)
		if !ok {
			continue
		}
		if iface, ok := decl.Type().Underlying().(*types.Interface); ok && hasMethod(iface, "FailNow") && hasMethod(iface, "Errorf") {
			return true
		}
	}
	return false
}

func hasMethod(iface *types.Interface, name string) bool {
	for method := range iface.Methods() {
		if method.Name() == name {
			return true
		}
	}
	return false
}

// helpsTests reports whether a file of a library serves tests.
func helpsTests(file *ast.File) bool {
	return file.Name.Name != "main" && slices.ContainsFunc(file.Imports, func(spec *ast.ImportSpec) bool {
		path, err := strconv.Unquote(spec.Path.Value)
		return err == nil && forTests(path)
	})
}

// testLibraries are what tests are written with, besides testing: assertions, and servers in
// containers. What lies below them counts as well, unlike with testing, whose fstest is of use
// elsewhere.
var testLibraries = []string{
	"github.com/stretchr/testify",
	"github.com/ory/dockertest",
	"github.com/testcontainers/testcontainers-go",
	"github.com/onsi/ginkgo",
	"github.com/onsi/gomega",
	"gotest.tools",
	"sigs.k8s.io/e2e-framework",
}

func forTests(path string) bool {
	return path == "testing" || slices.ContainsFunc(testLibraries, func(p string) bool {
		return path == p || strings.HasPrefix(path, p+"/")
	})
}

// outside reports whether the package is not part of the module under analysis.
// Modular drivers run fact-producing analyzers over every dependency.
func outside(pass *analysis.Pass) bool {
	if pass.Module != nil && pass.Module.Path != "" {
		return pass.Module.Version != ""
	}
	// The standard library has no module, and neither do test fixtures: the
	// former is told by its path.
	if len(pass.Files) == 0 {
		return true
	}
	rel, err := filepath.Rel(filepath.Join(goroot(), "src"), Filename(pass.Fset, pass.Files[0].FileStart))
	return err == nil && filepath.IsLocal(rel)
}

func goroot() string {
	// Drivers run where `go env` must not be executed (nogo). Where the answer is wrong, time
	// is lost, not findings.
	return runtime.GOROOT() //nolint:staticcheck // see above
}

// Filename returns the name of the file that pos lies in, as the compiler was given
// it: //line directives are not followed, so that generated code keeps its own name.
func Filename(fset *token.FileSet, pos token.Pos) string {
	return fset.PositionFor(pos, false).Filename
}

// exampleFolders are where programs lie that show how something is used, and those that developers
// run at their desks. Nobody is paged for either, and a short example is a better one.
//
// What is not here is what services also call parts of their own: e2e (probes that run in
// production, encryption), benchmark (a catalogue of checks), tool, tools, script, mock.
var exampleFolders = []string{
	"example", "examples", "_examples", "demo", "demos", "sample", "samples",
	"devtool", "devtools", "hack", "loadtest", "loadtests", "testtool", "testtools",
}

// IsExample reports whether the package lies in such a folder of its module, or below one, or is a program
// that only the module's developers run. The path of the module itself does not count.
func IsExample(pass *analysis.Pass) bool {
	if pass.Pkg == nil {
		return false
	}
	program := pass.Pkg.Name() == "main"
	return program && isForDevelopers(pass) || slices.ContainsFunc(folders(pass), func(folder string) bool {
		return slices.Contains(exampleFolders, folder) || testFolder.MatchString(folder) ||
			program && (slices.Contains(deskFolders, folder) || standInFolder.MatchString(folder))
	})
}

// folders returns the path of the package below its module.
func folders(pass *analysis.Pass) []string {
	path, _, _ := strings.Cut(pass.Pkg.Path(), " ") // "p [p.test]" under go vet
	if pass.Module != nil && pass.Module.Path != "" {
		// A module that is not at the root of its repository lies in a folder of it.
		at := strings.Split(pass.Module.Path, "/")
		var above []string
		if len(at) > 3 && slices.Contains(hosts, at[0]) {
			above = at[3:]
		}
		rest, ok := strings.CutPrefix(path, pass.Module.Path+"/")
		if !ok {
			return above
		}
		return append(above, strings.Split(rest, "/")...)
	} else {
		_, path, _ = strings.Cut(path, "/") // nogo does not say what the module is
	}
	return strings.Split(path, "/")
}

// hosts are where a module path is the host, the owner, the repository, and the folder in it.
var hosts = []string{"github.com", "gitlab.com", "bitbucket.org"}

// deskFolders are where developers keep the programs that they run at their desks. Libraries there may be
// part of what is deployed: only main packages count.
var deskFolders = []string{"tools", "scripts", "dev", "dev-tools", "dev-server", "devserver", "devel", "docs", "misc"}

// standInFolder are names of folders of programs that stand in for others in tests, or put load on
// them.
var standInFolder = regexp.MustCompile(`(?i)^(mock|fake)|(^|[-_])(mock|fake|stub|dummy|bench|benchmark|loadgen|load-?generator|load-?tester)(s|er|-?server|-?service)?($|[-_])|test-?(srv|server|backend|client)s?$`)

// isForDevelopers reports whether a program says at its head, or in what it prints, that it is for tests or
// for desks.
func isForDevelopers(pass *analysis.Pass) bool {
	for _, file := range pass.Files {
		if strings.HasSuffix(Filename(pass.Fset, file.FileStart), "_test.go") {
			continue
		}
		for _, comment := range file.Comments {
			if comment.Pos() < file.Package && (says(comment) || deskOnly.MatchString(text(comment))) {
				return true
			}
		}
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "main" && fn.Body != nil && prints(fn, notForProduction) {
				return true
			}
		}
	}
	return false
}

// prints reports whether a function has a text that matches.
func prints(fn *ast.FuncDecl, words *regexp.Regexp) bool {
	found := false
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && words.MatchString(lit.Value) {
			found = true
		}
		return !found
	})
	return found
}

var (
	// deskOnly is what the comment at the head of a program says that is never deployed.
	deskOnly = regexp.MustCompile(`(?i)\b(solely|only) for testing\b|\btest-only\b|\bnever deploy\b|\bfor local (development|testing) only\b|` + notForProduction.String())
	// notForProduction is what it prints.
	notForProduction = regexp.MustCompile(`(?i)\b(do not|don't|never) use (this |it )?in production\b|\bnot for production( use)?\b`)
)

// testFolder are names of folders of what only tests use, without importing testing: servers that
// they start, stand-ins, scenarios.
var testFolder = regexp.MustCompile(`^(test|tests|testing|testutils?|testhelpers?|testservers?|testsupport|testkit|testlib|testenv|testsuites?|mocks?|fakes?|simulations?|simapp|(fs|db|io|http|grpc|sql|api|store|serve|server|integration|e2e|system)_?tests?)$`)

// forTestsOnly is what the comment of a declaration, or of a package, says of something that only tests
// use: "for tests only", "a test helper". What is "for testing connections" is not meant.
var forTestsOnly = regexp.MustCompile(`(?i)\b(only|solely|purely|exclusively|intended|meant|used) (used )?(for|in|by|during) (the )?(unit[- ]|integration[- ]|e2e[- ]|end-to-end[- ])?(tests?|testing)( purposes?)?( only)?([.,;:)]|$)|\bfor (tests?|testing)( purposes?)? only\b|\bfor testing purposes?\b|^(Package )?\w+ (is|are|has|holds|contains|provides|implements) (an? |the |some )?(\w+ )?(test|testing) (helpers?|utilit(y|ies)|doubles?|harness|fixtures?|suites?)\b|\bfor (unit|integration|e2e|end-to-end)[- ]tests\b|\bnot (intended|meant|suited|suitable) for (use in )?production\b`)

// isForTests reports whether the declaration around pos, the type that its method belongs to, or the
// package says in its comment that it is for tests. What its test files say does not count, which not
// every driver sees.
func isForTests(pass *analysis.Pass, file *ast.File, pos token.Pos) bool {
	for _, other := range Files(pass) {
		if says(other.Doc) {
			return true
		}
	}
	for _, decl := range file.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok || pos < fn.Pos() || fn.End() < pos {
			continue
		}
		return says(fn.Doc) || fn.Recv != nil && len(fn.Recv.List) == 1 && isTypeForTests(pass, receiver(fn.Recv.List[0].Type))
	}
	return false
}

func says(comment *ast.CommentGroup) bool {
	return comment != nil && forTestsOnly.MatchString(text(comment))
}

// text returns a comment as one line.
func text(comment *ast.CommentGroup) string { return strings.Join(strings.Fields(comment.Text()), " ") }

// receiver returns the name of the type of a receiver.
func receiver(t ast.Expr) string {
	for {
		switch x := t.(type) {
		case *ast.StarExpr:
			t = x.X
		case *ast.IndexExpr:
			t = x.X
		case *ast.IndexListExpr:
			t = x.X
		case *ast.Ident:
			return x.Name
		default:
			return ""
		}
	}
}

// isTypeForTests reports whether the comment of a type says that it is for tests.
func isTypeForTests(pass *analysis.Pass, name string) bool {
	for _, file := range Files(pass) {
		for _, decl := range file.Decls {
			decl, ok := decl.(*ast.GenDecl)
			if !ok || decl.Tok != token.TYPE {
				continue
			}
			for _, spec := range decl.Specs {
				if spec := spec.(*ast.TypeSpec); spec.Name.Name == name {
					return says(spec.Doc) || len(decl.Specs) == 1 && says(decl.Doc)
				}
			}
		}
	}
	return false
}

// Reportable reports whether a finding may stand at pos: not in a generated or excluded file, an example, a tool
// of developers or a helper of tests, and not in a file that the package was not analyzed with.
func Reportable(pass *analysis.Pass, pos token.Pos) bool {
	if IsExample(pass) || builds(pass.Pkg) || isExcluded(Filename(pass.Fset, pos)) {
		return false
	}
	for _, file := range Files(pass) {
		if file.FileStart <= pos && pos <= file.FileEnd {
			return !ast.IsGenerated(file) && !helpsTests(file) && !isForTests(pass, file, pos)
		}
	}
	return false
}
