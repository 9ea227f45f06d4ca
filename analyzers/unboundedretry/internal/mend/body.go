package mend

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/analyzers/unboundedretry/internal/site"
	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/fix"
)

// Rewind returns the edits that give a request its body again before a call sends it, in the site of
// the call. Made is the call that makes the request. Rewind returns nil where the request has no name,
// or knows no other body: one that is a file, say.
func Rewind(s *site.Site, send, made *ast.CallExpr) []analysis.TextEdit {
	x := &mender{s}
	req := s.Retry.Body.Req
	if req == nil || !s.Visible(req, send.Pos()) || !x.keepsBody(made) {
		return nil
	}
	var at ast.Stmt // the statement that sends it
	for i := 1; i < len(s.Path) && at == nil; i++ {
		if stmt, ok := s.Path[i-1].(ast.Stmt); ok && fix.Statements(s.Path[i]) != nil && s.Retry.Node.Pos() <= stmt.Pos() {
			at = stmt
		}
	}
	if at == nil {
		return nil
	}
	ret := s.ReturnError(s.Func, "err", at)
	if ret == "" || ret == "return" || !x.mayLeave(false) {
		return nil
	}
	name := req.Name()
	if name == "err" || name == "body" {
		return nil
	}
	return []analysis.TextEdit{fix.Insert(at.Pos(),
		"if "+name+".GetBody != nil {\nbody, err := "+name+".GetBody()\nif err != nil {\n"+ret+"\n}\n"+name+".Body = body\n}\n")}
}

// keepsBody reports whether http.NewRequest has kept what a body is made of.
func (x *mender) keepsBody(made *ast.CallExpr) bool {
	if made == nil || len(made.Args) == 0 {
		return false
	}
	t := x.Pass.TypesInfo.TypeOf(made.Args[len(made.Args)-1])
	if _, ok := t.(*types.Pointer); !ok {
		return false
	}
	switch catalog.TypeName(t) {
	case "bytes.Buffer", "bytes.Reader", "strings.Reader":
		return true
	}
	return false
}
