package serving

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/regexp"
)

// answering notes whether the package makes routers, and whether it may answer clients by something that is no route:
// by a handler that is no router, or is made elsewhere, or by a router that others register handlers with.
func (f *finder) answering() {
	for instr := range f.g.Instructions() {
		switch instr := instr.(type) {
		case *ssa.Alloc:
			f.evidence.Routers = f.evidence.Routers || catalog.IsRouter(instr.Type())
		case *ssa.MakeInterface:
			if serves(instr.Type()) && !catalog.IsRouter(instr.X.Type()) {
				f.evidence.Answers = true
			}
		case ssa.CallInstruction:
			if fn := flow.CalleeObject(instr); fn != nil {
				f.answeringBy(instr, fn)
			}
		}
	}
}

func (f *finder) answeringBy(call ssa.CallInstruction, fn *types.Func) {
	if recv := fn.Signature().Recv(); recv != nil && catalog.IsRouter(recv.Type()) && mounts.MatchString(fn.Name()) {
		f.evidence.Answers = true
		return
	}
	if start, _ := catalog.StartOf(fn); start != nil || catalog.Registers(fn) || fn.Pkg() == nil || f.isOwn(fn.Pkg()) {
		return
	}
	for result := range fn.Signature().Results().Variables() {
		switch t := result.Type(); {
		case catalog.IsRouter(t):
			f.evidence.Routers = true
		case serves(t) && !catalog.Scrapes(fn):
			f.evidence.Answers = true
		}
	}
	params := fn.Signature().Params()
	for param := range params.Variables() {
		// A router that is passed as a plain handler is only called.
		if t := param.Type(); catalog.IsRouter(t) || !serves(t) && registering(t) {
			f.evidence.Answers = true
		}
	}
}

// mounts are methods of routers by which other handlers than those of routes come into them: files, proxies,
// other routers.
var mounts = regexp.MustCompile(`^(Use|Pre|Mount|Static\w*|Host|With)$`)

// isOwn reports whether a package is one of the module's, which tells of itself.
func (f *finder) isOwn(pkg *types.Package) bool {
	return pkg == f.pass.Pkg || slices.ContainsFunc(f.imported, func(e *Evidence) bool { return e.Path == pkg.Path() })
}

// serves reports whether requests can be given to a value of a type: it has a method ServeHTTP.
func serves(t types.Type) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "ServeHTTP")
	_, ok := obj.(*types.Func)
	return ok
}

// registering reports whether an interface has methods by which handlers are registered.
func registering(t types.Type) bool {
	iface, ok := t.Underlying().(*types.Interface)
	if !ok {
		return false
	}
	for method := range iface.Methods() {
		switch method.Name() {
		case "Handle", "HandleFunc", "GET", "POST", "Get", "Post", "Add":
			return true
		}
	}
	return false
}

// isIdle reports whether there is nothing that the program answers clients by: it makes a router, or uses that of
// package net/http, and has no handler but those of probes and metrics, or none.
func (p *Program) isIdle() bool {
	routers := false
	for _, e := range p.Packages {
		if e.Answers || e.Routes > 0 || e.Gap || e.Apart {
			return false
		}
		routers = routers || e.Routers
	}
	return routers
}
