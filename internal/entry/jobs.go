package entry

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// Jobs are what the package has to do with jobs that one program both makes and does: a job is named by its library and its
// kind.
type Jobs struct {
	Made map[string][]string // by job: functions that make one, by their names; "" is a declaration outside of all
	Done map[string]string   // by function: the job that it is registered for
	// Open are the libraries of which jobs are made whose kind is not seen.
	Open map[string]bool
	// Looked are the libraries around all of whose handlers something stands that looks first.
	Looked map[string]bool
}

// jobs finds out which jobs the package makes and does.
func (f *finder) jobs(pass *analysis.Pass) *Jobs {
	j := &Jobs{Made: map[string][]string{}, Done: map[string]string{}, Open: map[string]bool{}, Looked: map[string]bool{}}
	for instr := range f.g.Instructions() {
		switch instr := instr.(type) {
		case ssa.CallInstruction:
			j.call(instr)
			if path := f.around(instr); path != "" {
				j.Looked[path] = true
			}
		case *ssa.MakeInterface: // var args mail; client.Insert(ctx, args, nil)
			if hasKind(instr.Type()) {
				j.made(jobOf(instr.X.Type()), flow.NameOf(instr.Parent()))
			}
		}
	}
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			j.literals(pass, decl)
		}
	}
	return j
}

// call notes the jobs that a call makes, or for which it registers a handler.
func (j *Jobs) call(call ssa.CallInstruction) {
	obj := flow.CalleeObject(call)
	if path := catalog.MakesJob(obj); path != "" {
		if kind, ok := flow.ConstString(flow.Operand(call, catalog.Arg0)); ok {
			j.made(path+" "+kind, flow.NameOf(call.Parent()))
		} else {
			j.Open[path] = true
		}
	}
	if path := catalog.RegistersJob(obj); path != "" {
		kind, ok := flow.ConstString(flow.Operand(call, catalog.Arg0))
		if name := registered(flow.Operand(call, catalog.Arg1)); ok && name != "" {
			j.Done[name] = path + " " + kind
		}
	}
}

// registered returns the name of the function that a handler is, or "".
func registered(handler ssa.Value) string {
	var fn *ssa.Function
	switch v := plain(handler).(type) {
	case *ssa.Function:
		fn = v
	case *ssa.MakeClosure:
		fn, _ = v.Fn.(*ssa.Function)
	}
	if fn == nil {
		return ""
	}
	if obj, ok := fn.Object().(*types.Func); ok {
		return obj.Origin().FullName()
	}
	return flow.NameOf(fn)
}

func (j *Jobs) made(job, by string) {
	if job != "" {
		j.Made[job] = append(j.Made[job], by)
	}
}

// literals notes the jobs that a declaration makes as structs, whatever it gives them to.
func (j *Jobs) literals(pass *analysis.Pass, decl ast.Decl) {
	by := ""
	if fn, ok := decl.(*ast.FuncDecl); ok {
		if obj, ok := pass.TypesInfo.Defs[fn.Name].(*types.Func); ok {
			by = obj.FullName()
		}
	}
	ast.Inspect(decl, func(n ast.Node) bool {
		if lit, ok := n.(*ast.CompositeLit); ok && hasKind(pass.TypesInfo.TypeOf(lit)) {
			j.made(jobOf(pass.TypesInfo.TypeOf(lit)), by)
		}
		return true
	})
}

// hasKind reports whether a type says of itself which kind of job it is.
func hasKind(t types.Type) bool {
	if t == nil {
		return false
	}
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "Kind")
	fn, ok := obj.(*types.Func)
	if !ok {
		return false
	}
	sig := fn.Signature()
	return sig.Params().Len() == 0 && sig.Results().Len() == 1 && types.Identical(sig.Results().At(0).Type(), types.Typ[types.String])
}

// jobOf returns the name of the job that a struct is, of a library that tells jobs by their types.
func jobOf(t types.Type) string {
	if name := catalog.TypeName(t); name != "" && !types.IsInterface(t) {
		return catalog.TypedJobs + " " + name
	}
	return ""
}

// worked returns the job that a function does whose parameter says so: func (w *worker) Work(ctx, job *river.Job[mail]).
func worked(fn *ssa.Function) string {
	for param := range fn.Signature.Params().Variables() {
		t := types.Unalias(param.Type())
		if ptr, ok := t.(*types.Pointer); ok {
			t = types.Unalias(ptr.Elem())
		}
		if named, ok := t.(*types.Named); ok && named.TypeArgs().Len() == 1 && catalog.TypeName(named) == catalog.TypedJobs+".Job" {
			return jobOf(named.TypeArgs().At(0))
		}
	}
	return ""
}
