package nonidempotent

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/remote"
)

// once returns the edit that has a handler work once for each message, by the id that the broker gives
// it, or nil: where there is no store at hand, the message has no such id, or the handler is of
// another shape than func(ctx, message) error.
func (r *reporter) once(j *judged) *analysis.SuggestedFix {
	if !bool(unsafe) {
		return nil
	}
	h := handlerOf(j.Func.Syntax())
	file := r.g.FileOf(j.Func.Pos())
	if h == nil || file == nil {
		return nil
	}
	b := &fix.Builder{Pass: r.pass, File: file}
	if !b.UsesRuntime(style) {
		return nil
	}
	inside := h.body.Lbrace + 1
	ctx, ctxType, id := r.delivered(b, h)
	store := r.store(b, h, inside)
	if ctx == "" || id == "" || store == "" {
		return nil
	}
	name, edits := b.Import(fix.RuntimeModule+"/idempotency", inside)
	edits = append(edits, fix.Insert(inside, fmt.Sprintf(
		"\n_, err := %s.Once(%s, %s, %s.Key(%q, %s), func(%s %s) (struct{}, error) {",
		name, ctx, store, name, remote.ShortName(j.Func), id, ctx, ctxType)))
	for _, ret := range h.returns {
		edits = append(edits, fix.Insert(ret.Results[0].Pos(), "struct{}{}, "))
	}
	edits = append(edits, fix.Insert(h.body.Rbrace, "})\nreturn err\n"))
	return &analysis.SuggestedFix{Message: unsafe.Mark("Do it once for each message"), TextEdits: edits}
}

// delivered returns the context of a handler, as it is written, and the expression for the id of its
// message; "" for what it has not.
func (r *reporter) delivered(b *fix.Builder, h *handler) (ctx, ctxType, id string) {
	for _, field := range h.params.List {
		t := r.pass.TypesInfo.TypeOf(field.Type)
		if len(field.Names) != 1 || field.Names[0].Name == "_" {
			continue
		}
		name := field.Names[0].Name
		if catalog.TypeName(t) == "context.Context" {
			if text, err := b.Text(field.Type); err == nil {
				ctx, ctxType = name, text
			}
		}
		if format := catalog.MessageID(t); format != "" {
			id = fmt.Sprintf(format, name)
		}
	}
	return ctx, ctxType, id
}

// store returns an expression for a store that is at hand: a field of the receiver, a parameter, a
// variable of the package.
func (r *reporter) store(b *fix.Builder, h *handler, at token.Pos) string {
	for _, list := range []*ast.FieldList{h.recv, h.params} {
		if list == nil {
			continue
		}
		for _, field := range list.List {
			t := r.pass.TypesInfo.TypeOf(field.Type)
			if len(field.Names) != 1 {
				continue
			}
			if isStore(t) {
				return field.Names[0].Name
			}
			if ptr, ok := t.Underlying().(*types.Pointer); ok {
				t = ptr.Elem()
			}
			if s, ok := t.Underlying().(*types.Struct); ok && list == h.recv {
				for f := range s.Fields() {
					if isStore(f.Type()) {
						return field.Names[0].Name + "." + f.Name()
					}
				}
			}
		}
	}
	names := r.pass.Pkg.Scope()
	for _, name := range names.Names() {
		if v, ok := names.Lookup(name).(*types.Var); ok && isStore(v.Type()) && b.Visible(v, at) {
			return name
		}
	}
	return ""
}

// isStore reports whether a type is one of the runtime's stores of keys.
func isStore(t types.Type) bool {
	switch catalog.TypeName(t) {
	case fix.RuntimeModule + "/idempotency.Store", fix.RuntimeModule + "/idempotency.Memory",
		fix.RuntimeModule + "/idempotency/sqlstore.Store", fix.RuntimeModule + "/idempotency/redisstore.Store":
		return true
	}
	return false
}

// A handler is a function that returns an error and nothing else, and all its returns.
type handler struct {
	recv    *ast.FieldList
	params  *ast.FieldList
	body    *ast.BlockStmt
	returns []*ast.ReturnStmt
}

func handlerOf(syntax ast.Node) *handler {
	h := &handler{}
	var results *ast.FieldList
	switch fn := syntax.(type) {
	case *ast.FuncDecl:
		h.recv, h.params, h.body, results = fn.Recv, fn.Type.Params, fn.Body, fn.Type.Results
	case *ast.FuncLit:
		h.params, h.body, results = fn.Type.Params, fn.Body, fn.Type.Results
	}
	if h.body == nil || results == nil || len(results.List) != 1 || len(results.List[0].Names) > 0 {
		return nil
	}
	if id, ok := results.List[0].Type.(*ast.Ident); !ok || id.Name != "error" {
		return nil
	}
	ast.Inspect(h.body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			h.returns = append(h.returns, n)
		}
		return true
	})
	return h
}
