package unboundedretry

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/loops"
)

// rewind returns the edit that gives a request its body again before it is sent, or nil where the
// request has no name, or knows no other body: one that is a file, say.
func (r *reporter) rewind(retry *loops.Retry, send *ast.CallExpr) *analysis.SuggestedFix {
	x := r.fixer(retry, send)
	if x == nil || retry.Body.Req == nil || !x.Visible(retry.Body.Req, send.Pos()) || !r.knowsBody(retry.Body) {
		return nil
	}
	var at ast.Stmt // the statement that sends it
	for i := 1; i < len(x.path) && at == nil; i++ {
		if stmt, ok := x.path[i-1].(ast.Stmt); ok && listOf(x.path[i]) != nil && retry.Node.Pos() <= stmt.Pos() {
			at = stmt
		}
	}
	if at == nil {
		return nil
	}
	ret := x.ReturnError(x.fn, "err", at)
	if ret == "" || ret == "return" || !x.mayLeave(false) {
		return nil
	}
	name := retry.Body.Req.Name()
	if name == "err" || name == "body" {
		return nil
	}
	return &analysis.SuggestedFix{Message: "Rewind the body", TextEdits: []analysis.TextEdit{fix.Insert(at.Pos(),
		"if "+name+".GetBody != nil {\nbody, err := "+name+".GetBody()\nif err != nil {\n"+ret+"\n}\n"+name+".Body = body\n}\n")}}
}

// knowsBody reports whether http.NewRequest has kept what a body is made of.
func (r *reporter) knowsBody(body *loops.Body) bool {
	made := r.g.CallAt(body.Made)
	if made == nil || len(made.Args) == 0 {
		return false
	}
	t := r.pass.TypesInfo.TypeOf(made.Args[len(made.Args)-1])
	if _, ok := t.(*types.Pointer); !ok {
		return false
	}
	switch catalog.TypeName(t) {
	case "bytes.Buffer", "bytes.Reader", "strings.Reader":
		return true
	}
	return false
}
