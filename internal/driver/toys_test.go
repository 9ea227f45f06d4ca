package driver_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"reflect"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"
)

// The rules of the scripts in testdata/script.

// toys are in no order, to show that output is.
var toys = []*analysis.Analyzer{title, blocking, crash, needsCrash}

// title reports calls of strings.Title. What it suggests depends on the
// argument:
//
//	strings.Title("nofix")   nothing
//	strings.Title("broken")  a call of a function that does not exist
//	strings.Title(x + y)     path.Base(x + y), and the same for each call in it
//	strings.Title(x)         path.Base(x)
//
// With the flag -title.import=false the fix lacks the import it needs.
var title = &analysis.Analyzer{
	Name:     "title",
	Doc:      "report calls of strings.Title\n\nTitle has been deprecated since Go 1.18.",
	URL:      "https://example.com/title",
	Requires: []*analysis.Analyzer{inspect.Analyzer},
}

var addImport bool

func init() {
	title.Run = runTitle // refers to title
	title.Flags.BoolVar(&addImport, "import", true, "insert the import that the fix needs")
}

func runTitle(pass *analysis.Pass) (any, error) {
	in := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector)
	if pass.Analyzer != title {
		panic("analyzer does not see itself")
	}
	for cur := range in.Root().Preorder((*ast.CallExpr)(nil)) {
		call := cur.Node().(*ast.CallExpr)
		fn := typeutil.StaticCallee(pass.TypesInfo, call)
		if fn == nil || fn.FullName() != "strings.Title" {
			continue
		}
		d := analysis.Diagnostic{
			Pos:      call.Pos(),
			End:      call.End(),
			Category: "call",
			Message:  "call of strings.Title",
		}
		replacement := "path.Base"
		if lit, ok := call.Args[0].(*ast.BasicLit); ok {
			d.Message += " with " + lit.Value
			switch lit.Value {
			case `"nofix"`:
				pass.Report(d)
				continue
			case `"broken"`:
				replacement = "path.NoSuchFunction"
			}
		}
		d.SuggestedFixes = []analysis.SuggestedFix{titleFix(pass, call, replacement)}
		pass.Report(d)
	}
	return nil, nil
}

// titleFix replaces all of a call with an operator in its argument, so that
// it overlaps the fixes of calls inside, and only the function of others.
func titleFix(pass *analysis.Pass, call *ast.CallExpr, replacement string) analysis.SuggestedFix {
	edit := analysis.TextEdit{Pos: call.Fun.Pos(), End: call.Fun.End(), NewText: []byte(replacement)}
	if _, ok := call.Args[0].(*ast.BinaryExpr); ok {
		edit = analysis.TextEdit{Pos: call.Pos(), End: call.End(), NewText: []byte(replacement + `("whole")`)}
	}
	edits := []analysis.TextEdit{edit}
	if addImport {
		edits = append(edits, importPath(pass, call.Pos()))
	}
	return analysis.SuggestedFix{Message: "Call path.Base", TextEdits: edits}
}

// importPath inserts an import of "path" before the first import.
func importPath(pass *analysis.Pass, pos token.Pos) analysis.TextEdit {
	for _, f := range pass.Files {
		if f.FileStart <= pos && pos < f.FileEnd {
			at := f.Imports[0].Pos()
			return analysis.TextEdit{Pos: at, End: at, NewText: []byte("\"path\"\n\t")}
		}
	}
	panic("no file")
}

// blocking reports calls of functions that block, in any package of the
// module: those named Block, and those that call one that blocks.
var blocking = &analysis.Analyzer{
	Name:      "blocking",
	Doc:       "report calls that block",
	Requires:  []*analysis.Analyzer{inspect.Analyzer},
	FactTypes: []analysis.Fact{(*blocks)(nil)},
	Run:       runBlocking,
}

type blocks struct{ Depth int }

func (*blocks) AFact()           {}
func (b *blocks) String() string { return fmt.Sprintf("blocks(%d)", b.Depth) }

func runBlocking(pass *analysis.Pass) (any, error) {
	for _, f := range pass.Files {
		for _, decl := range f.Decls {
			decl, ok := decl.(*ast.FuncDecl)
			if !ok || decl.Body == nil {
				continue
			}
			fn := pass.TypesInfo.Defs[decl.Name].(*types.Func)
			if decl.Name.Name == "Block" {
				pass.ExportObjectFact(fn, &blocks{})
			}
			reportBlocking(pass, fn, decl.Body)
		}
	}
	return nil, nil
}

func reportBlocking(pass *analysis.Pass, fn *types.Func, body *ast.BlockStmt) {
	ast.Inspect(body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		var fact blocks
		callee := typeutil.StaticCallee(pass.TypesInfo, call)
		if callee == nil || !pass.ImportObjectFact(callee, &fact) {
			return true
		}
		pass.ExportObjectFact(fn, &blocks{fact.Depth + 1})
		pass.Report(analysis.Diagnostic{
			Pos:     call.Pos(),
			Message: fmt.Sprintf("%s blocks (depth %d)", callee.Name(), fact.Depth),
			Related: []analysis.RelatedInformation{{Pos: callee.Pos(), Message: "declared here"}},
		})
		return true
	})
}

// crash panics on packages named "crash" and fails on ones named "fail".
// Elsewhere it says that it is fine if that is the package's name.
var crash = &analysis.Analyzer{
	Name:       "crash",
	Doc:        "fail on some packages",
	FactTypes:  []analysis.Fact{(*crashFact)(nil)},
	ResultType: reflect.TypeFor[*types.Package](),
	Run: func(pass *analysis.Pass) (any, error) {
		pass.ExportPackageFact(&crashFact{})
		switch pass.Pkg.Name() {
		case "crash":
			pass.Reportf(pass.Files[0].Pos(), "about to crash")
			panic("crashed")
		case "fail":
			return nil, fmt.Errorf("cannot cope")
		case "fine":
			pass.Reportf(pass.Files[0].Pos(), "this is fine, %d facts", len(pass.AllPackageFacts()))
		}
		return pass.Pkg, nil
	},
}

type crashFact struct{}

func (*crashFact) AFact() {}

// needsCrash requires crash.
var needsCrash = &analysis.Analyzer{
	Name:     "needscrash",
	Doc:      "require a rule that fails on some packages",
	Requires: []*analysis.Analyzer{crash, large},
	Run: func(pass *analysis.Pass) (any, error) {
		if pass.ResultOf[crash].(*types.Package) != pass.Pkg {
			panic("wrong result")
		}
		return nil, nil
	},
}

// large finds functions named Large too large to look at.
var large = &analysis.Analyzer{
	Name:       "large",
	Doc:        "find large functions",
	ResultType: reflect.TypeFor[*tooLarge](),
	Run: func(pass *analysis.Pass) (any, error) {
		res := new(tooLarge)
		if fn := pass.Pkg.Scope().Lookup("Large"); fn != nil {
			*res = append(*res, analysis.Diagnostic{Pos: fn.Pos(), Message: "Large is too large"})
		}
		return res, nil
	},
}

type tooLarge []analysis.Diagnostic

func (t *tooLarge) Notes() []analysis.Diagnostic { return *t }
