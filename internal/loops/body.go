package loops

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// A round is what is run again for each attempt: a loop, or the function that a library calls.
type round struct {
	f     *finder
	fn    *ssa.Function
	has   func(ssa.Instruction) bool
	sends []ssa.CallInstruction // what is attempted
}

// bodyIn returns the request body that only the first call of a function sends, if there is one.
func (f *finder) bodyIn(attempted ssa.Value, ops []Op) *Body {
	if attempted == nil {
		return nil
	}
	fn := f.funcOf(attempted)
	if fn == nil {
		return nil
	}
	again := &round{f: f, fn: fn, has: func(instr ssa.Instruction) bool { return instr.Parent() == fn }}
	for _, op := range ops {
		if op.Call.Parent() == fn {
			again.sends = append(again.sends, op.Call)
		}
	}
	return again.body()
}

// body returns the request body that only the first attempt sends, if there is one: the request,
// or the reader of its body, is made once, and nothing rewinds it.
func (r *round) body() *Body {
	if r.rewinds() {
		return nil
	}
	for _, send := range r.sends {
		if made := r.f.remote[send]; made != nil && made.Request != nil && made.API.Kind == catalog.Exchange {
			if at := r.request(made.Request); at != nil {
				return &Body{Send: send, Made: at.Pos(), Req: r.f.variable(send)}
			}
		}
		if at := r.handed(send); at != nil {
			return &Body{Send: send, Made: at.Pos(), Req: r.f.variable(send)}
		}
		if at := r.reader(send); at != nil {
			return &Body{Send: send, Made: at.Pos()}
		}
	}
	for instr := range r.instructions() {
		// A request that is made anew, around a reader that is not.
		if call, ok := instr.(*ssa.Call); ok && makesRequest(call) {
			if at := r.reader(call); at != nil {
				return &Body{Send: call, Made: at.Pos()}
			}
		}
	}
	return nil
}

// instructions visits the instructions of the round.
func (r *round) instructions() func(yield func(ssa.Instruction) bool) {
	return func(yield func(ssa.Instruction) bool) {
		for _, b := range r.fn.Blocks {
			for _, instr := range b.Instrs {
				if r.has(instr) && !yield(instr) {
					return
				}
			}
		}
	}
}

// makesRequest reports whether a call makes an HTTP request.
func makesRequest(call *ssa.Call) bool {
	switch catalog.Name(flow.CalleeObject(call)) {
	case "net/http.NewRequest", "net/http.NewRequestWithContext":
		return true
	}
	return false
}

// handed returns the call that made a request which has a body, if that was before the round, and what is attempted is a
// function of the package that is given the request, and sends it as it is.
func (r *round) handed(send ssa.CallInstruction) ssa.Instruction {
	fn := r.f.g.Callee(send)
	if fn == nil {
		return nil
	}
	within := &round{f: r.f, fn: fn, has: func(instr ssa.Instruction) bool { return instr.Parent() == fn }}
	for i, param := range fn.Params {
		arg := flow.Argument(send, i)
		if arg == nil || !isRequest(param.Type()) {
			continue
		}
		if instr, ok := arg.(ssa.Instruction); ok && r.inside(instr) {
			continue
		}
		for instr := range within.instructions() {
			call, ok := instr.(*ssa.Call)
			if ok && r.f.remote[call] != nil && r.f.remote[call].API.Kind == catalog.Exchange && original(r.f.remote[call].Request) == param {
				within.sends = append(within.sends, call)
			}
		}
		if len(within.sends) == 0 || within.rewinds() {
			return nil
		}
		return r.request(arg)
	}
	return nil
}

// original returns the request that a copy with another context shares its body with, or the request itself.
func original(req ssa.Value) ssa.Value {
	for {
		call, ok := req.(*ssa.Call)
		if !ok || catalog.Name(flow.CalleeObject(call)) != "net/http.Request.WithContext" {
			return req
		}
		req = call.Call.Args[0]
	}
}

// request returns the call that made a request which has a body, if that was before the round: of one that a function of
// the package was given, if all who call it make one.
func (r *round) request(v ssa.Value) ssa.Instruction {
	v = original(v)
	if param, ok := v.(*ssa.Parameter); ok && param.Parent() == r.fn {
		return r.everywhere(param)
	}
	return r.made(v)
}

// everywhere returns what makes the request that a function of the package is given, one of them if there are several.
func (r *round) everywhere(param *ssa.Parameter) (made ssa.Instruction) {
	fn := param.Parent()
	if fn.Parent() != nil || token.IsExported(fn.Name()) || r.f.g.UsedAsValue(fn) {
		return nil
	}
	for _, arg := range r.f.g.Arguments(param) {
		at := r.made(arg)
		if at == nil {
			return nil
		}
		if made == nil {
			made = at
		}
	}
	return made
}

// made returns the call that made a request which has a body, if that was before the round.
func (r *round) made(v ssa.Value) ssa.Instruction {
	if result, ok := v.(*ssa.Extract); ok && r.has(result) {
		return nil // by a function, in each round
	}
	var made *ssa.Call
	for _, source := range r.f.g.Trace(v, nil) {
		if source.Kind == flow.Nil {
			continue // what NewRequest returns with its error
		}
		call, ok := source.Value.(*ssa.Call)
		if !ok || made != nil && made != call || r.inside(call) || !makesRequest(call) {
			return nil
		}
		made = call
	}
	if made == nil || !r.f.hasBody(made.Call.Args[len(made.Call.Args)-1]) {
		return nil
	}
	return made
}

// inside reports whether an instruction is run in each round: in the loop, or in a function
// literal that is part of it.
func (r *round) inside(instr ssa.Instruction) bool {
	if r.has(instr) {
		return true
	}
	for fn := instr.Parent(); fn != nil; fn = fn.Parent() {
		if fn == r.fn {
			return instr.Parent() != r.fn
		}
	}
	return false
}

// hasBody reports whether what is passed as the body of a request is one, for all that can be seen.
func (f *finder) hasBody(v ssa.Value) bool {
	if isNil(v) {
		return false
	}
	seen := false
	for _, source := range f.g.Trace(v, nil) {
		if !isReader(source.Origin) {
			return false
		}
		seen = true
	}
	return seen
}

// isReader reports whether an object is a reader that is empty once it has been read.
func isReader(o flow.Origin) bool {
	switch o.Kind {
	case flow.Result:
		switch catalog.Name(flow.CalleeObject(o.Value.(*ssa.Call))) {
		case "bytes.NewReader", "bytes.NewBuffer", "bytes.NewBufferString", "strings.NewReader", "os.Open":
			return true
		}
	case flow.New:
		switch catalog.TypeName(o.Value.Type()) {
		case "bytes.Buffer", "bytes.Reader", "strings.Reader":
			return true
		}
	}
	return false
}

// reader returns what made a reader that a call is given, if that was before the round.
func (r *round) reader(call ssa.CallInstruction) ssa.Instruction {
	sig := call.Common().Signature()
	for i, arg := range call.Common().Args {
		p := i
		if sig.Recv() != nil && !call.Common().IsInvoke() {
			p--
		}
		if p < 0 || p >= sig.Params().Len() || catalog.TypeName(sig.Params().At(p).Type()) != "io.Reader" {
			continue
		}
		var made ssa.Instruction
		for _, source := range r.given(arg) {
			instr, ok := source.Value.(ssa.Instruction)
			if !ok || !isReader(source.Origin) || r.inside(instr) || made != nil && made != instr {
				made = nil
				break
			}
			made = instr
		}
		if made != nil {
			return made
		}
	}
	return nil
}

// given returns the origins of a reader: of one that the function itself was given, what a call of
// the function in the package passes, if one of them does pass a reader.
func (r *round) given(v ssa.Value) []flow.Source {
	sources := r.f.g.Trace(v, nil)
	if len(sources) != 1 || sources[0].Kind != flow.Param {
		return sources
	}
	param := sources[0].Value.(*ssa.Parameter)
	i := slices.Index(param.Parent().Params, param)
	for _, call := range r.f.g.Callers(param.Parent()) {
		for _, source := range r.f.g.Trace(flow.Argument(call, i), nil) {
			if isReader(source.Origin) {
				return []flow.Source{source}
			}
		}
	}
	return nil
}

// rewinds reports whether a round sees to the body: it sets it, seeks, or gives the request to
// someone who may do so.
func (r *round) rewinds() bool {
	for instr := range r.instructions() {
		switch instr := instr.(type) {
		case *ssa.Store:
			if addr, ok := instr.Addr.(*ssa.FieldAddr); ok && flow.FieldOf(addr) != nil && flow.FieldOf(addr).Name() == "Body" && isRequest(addr.X.Type()) {
				return true
			}
		case *ssa.Call:
			switch flow.CalleeName(instr) {
			case "WithContext":
				continue // has the same body
			case "GetBody", "Seek", "Reset", "Clone", "Rewind", "SetBody", "Write", "WriteString", "Encode":
				return true
			}
			if slices.ContainsFunc(r.sends, func(send ssa.CallInstruction) bool { return send == instr }) {
				continue
			}
			if slices.ContainsFunc(instr.Call.Args, func(arg ssa.Value) bool { return isRequest(arg.Type()) }) {
				return true
			}
		}
	}
	return false
}

func isRequest(t types.Type) bool { return isPointer(t) && catalog.TypeName(t) == "net/http.Request" }

// variable returns the variable that holds the request which a call sends, where it has a name.
func (f *finder) variable(send ssa.CallInstruction) *types.Var {
	call, ok := f.callSyntax(send).(*ast.CallExpr)
	if !ok {
		return nil
	}
	for _, arg := range call.Args {
		if id, ok := ast.Unparen(arg).(*ast.Ident); ok && isRequest(f.pass.TypesInfo.TypeOf(id)) {
			v, _ := f.pass.TypesInfo.Uses[id].(*types.Var)
			return v
		}
	}
	return nil
}
