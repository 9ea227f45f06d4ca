package deploy

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"

	"github.com/resilint/resilint/internal/regexp"
)

// injectors are libraries by which tests put faults between a program and what it depends on.
var injectors = regexp.MustCompile(`^github\.com/(Shopify/toxiproxy(/v\d+)?/client|testcontainers/testcontainers-go/modules/toxiproxy|resilint/resilint/runtime/fault|gremlin/[\w.-]+(/.*)?|litmuschaos/[\w.-]+(/.*)?|chaos-mesh/[\w.-]+(/.*)?|pingcap/failpoint)$`)

// faultIn returns where a test file injects faults: it imports a library for that, or has a transport that fails in
// place of an answer.
func faultIn(path string, data []byte) (Place, bool) {
	if !bytes.Contains(data, []byte("RoundTrip(")) && !words.Match(data) {
		return Place{}, false
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, path, data, parser.SkipObjectResolution)
	if err != nil {
		return Place{}, false
	}
	for _, spec := range file.Imports {
		if name, err := strconv.Unquote(spec.Path.Value); err == nil && injectors.MatchString(name) {
			return Place{path, fset.Position(spec.Pos()).Line, "tests by " + name}, true
		}
	}
	for _, decl := range file.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && fn.Name.Name == "RoundTrip" && fn.Recv != nil && fails(fn) {
			return Place{path, fset.Position(fn.Pos()).Line, "a transport that fails in tests"}, true
		}
	}
	return Place{}, false
}

var words = regexp.MustCompile(`toxiproxy|runtime/fault|gremlin|litmus|chaos-mesh|failpoint`)

// fails reports whether a transport returns an error of its own making, and no response, on one of its ways: a connection
// that is reset, a deadline that has passed. An error that is only handed on is none of its own.
func fails(fn *ast.FuncDecl) bool {
	found := false
	ast.Inspect(fn, func(n ast.Node) bool {
		ret, ok := n.(*ast.ReturnStmt)
		if !ok || len(ret.Results) != 2 {
			return true
		}
		none, ok := ret.Results[0].(*ast.Ident)
		if !ok || none.Name != "nil" {
			return true
		}
		switch err := ret.Results[1].(type) {
		case *ast.SelectorExpr:
			x, ok := err.X.(*ast.Ident)
			found = found || ok && (x.Name == "syscall" || x.Name == "context" || x.Name == "io" || x.Name == "os" || x.Name == "net")
		case *ast.UnaryExpr:
			found = true
		case *ast.CallExpr:
			if sel, ok := err.Fun.(*ast.SelectorExpr); ok {
				found = found || (sel.Sel.Name == "New" || sel.Sel.Name == "Errorf") && faults.MatchString(text(err))
			}
		}
		return true
	})
	return found
}

// faults are words by which an error says what has failed: that of a stub for "unexpected request" is none.
var faults = regexp.MustCompile(`(?i)reset|refused|time(d )?-?out|unavailable|broken pipe|fault|inject|unreachable|is down|no route|connection`)

// text returns the first argument of a call, where that is a literal.
func text(call *ast.CallExpr) string {
	if len(call.Args) > 0 {
		if lit, ok := call.Args[0].(*ast.BasicLit); ok {
			return lit.Value
		}
	}
	return ""
}
