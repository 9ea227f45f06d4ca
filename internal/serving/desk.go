package serving

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// isForDevelopers reports whether a server is only started where a flag says that a developer is at work.
func (f *finder) isForDevelopers(s *Start) bool {
	var inner ast.Node
	for _, node := range f.g.Path(s.at) {
		if check, ok := node.(*ast.IfStmt); ok && check.Body == inner && f.isDeveloping(check.Cond) {
			return true
		}
		inner = node
	}
	return false
}

// isDeveloping reports whether a condition is only met while the program is developed.
func (f *finder) isDeveloping(cond ast.Expr) bool {
	switch cond := ast.Unparen(cond).(type) {
	case *ast.BinaryExpr:
		switch cond.Op {
		case token.LAND:
			return f.isDeveloping(cond.X) || f.isDeveloping(cond.Y)
		case token.EQL: // env == "dev"
			return isText(f.pass.TypesInfo, cond.Y, devValue) || isText(f.pass.TypesInfo, cond.X, devValue)
		case token.NEQ: // *devListen != ""
			return isText(f.pass.TypesInfo, cond.Y, empty) && f.isDeveloping(cond.X)
		}
	case *ast.StarExpr:
		return f.isDeveloping(cond.X)
	case *ast.CallExpr: // cfg.IsDev()
		return len(cond.Args) == 0 && f.isDeveloping(cond.Fun)
	case *ast.SelectorExpr:
		return devName.MatchString(cond.Sel.Name)
	case *ast.Ident:
		return devName.MatchString(cond.Name)
	}
	return false
}

var (
	devName  = regexp.MustCompile(`(?i)^(flag_?|is_?|run_?|in_?)?(dev|devel|develop|development|debug)_?(mode|listen(er)?|addr|address|server|port|env|flag)?$`)
	devValue = regexp.MustCompile(`(?i)^(dev|devel|develop|development|local|debug)$`)
	empty    = regexp.MustCompile(`^$`)
)

// isText reports whether an expression is a constant text of a kind.
func isText(info *types.Info, e ast.Expr, kind *regexp.Regexp) bool {
	tv := info.Types[e]
	if tv.Value == nil || !isStringType(tv.Type) {
		return false
	}
	return kind.MatchString(strings.Trim(tv.Value.ExactString(), `"`))
}

func isStringType(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsString != 0
}

// settings returns the names of the settings that say where a server listens: of variables of the environment.
func (f *finder) settings(call ssa.CallInstruction, api *catalog.Start) []string {
	if call == nil {
		return nil
	}
	on := flow.Operand(call, api.Listener)
	if on == nil || !isStringType(on.Type()) {
		return nil
	}
	return variables(on, 3)
}

// variables returns the names of the variables of the environment that a text is made of.
func variables(v ssa.Value, depth int) []string {
	if depth == 0 {
		return nil
	}
	switch v := v.(type) {
	case *ssa.Call:
		if catalog.Name(flow.CalleeObject(v)) == "os.Getenv" {
			if name, ok := flow.ConstString(v.Call.Args[0]); ok {
				return []string{name}
			}
		}
	case *ssa.BinOp: // ":" + os.Getenv("PORT")
		return append(variables(v.X, depth-1), variables(v.Y, depth-1)...)
	case *ssa.Phi: // or a default
		var names []string
		for _, edge := range v.Edges {
			names = append(names, variables(edge, depth-1)...)
		}
		return names
	}
	return nil
}

// isLocal reports whether a server listens where only the machine itself can connect, unless a flag says otherwise.
func (f *finder) isLocal(v ssa.Value) bool {
	if f.local == nil {
		f.local = map[ssa.Value]bool{}
		for instr := range f.g.Instructions() {
			if call, ok := instr.(*ssa.Call); ok {
				f.flag(call)
			}
		}
	}
	if len(f.local) == 0 {
		return false
	}
	if f.isLocalFlag(v) {
		return true
	}
	for _, source := range f.g.Trace(v, nil) {
		if source.At != nil && f.isLocalFlag(source.At) || source.Value != nil && f.isLocalFlag(source.Value) {
			return true
		}
	}
	return false
}

// isLocalFlag reports whether a value is read from such a flag.
func (f *finder) isLocalFlag(v ssa.Value) bool {
	for range 2 { // a variable that is a pointer to the flag
		load, ok := v.(*ssa.UnOp)
		if !ok || load.Op != token.MUL {
			return false
		}
		if v = load.X; f.local[v] {
			return true
		}
	}
	return false
}

// flag notes a flag for an address that is the machine's own by default.
func (f *finder) flag(call *ssa.Call) {
	fn := flow.CalleeObject(call)
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "flag" && fn.Pkg().Path() != "github.com/spf13/pflag" {
		return
	}
	at, ok := flagDefaults[fn.Name()]
	if !ok || call.Call.IsInvoke() { // flag.Value.String
		return
	}
	args := call.Call.Args
	if fn.Signature().Recv() != nil {
		args = args[1:]
	}
	if at >= len(args) {
		return
	}
	text, ok := flow.ConstString(args[at])
	if !ok || !ownHost.MatchString(text) {
		return
	}
	if strings.HasPrefix(fn.Name(), "StringVar") {
		f.local[args[0]] = true
		return
	}
	f.local[call] = true
	for _, ref := range *call.Referrers() {
		if store, ok := ref.(*ssa.Store); ok {
			f.local[store.Addr] = true
		}
	}
}

var (
	// flagDefaults are functions that declare a flag, and the index of its default.
	flagDefaults = map[string]int{"String": 1, "StringP": 2, "StringVar": 2, "StringVarP": 3}
	ownHost      = regexp.MustCompile(`^(localhost|127\.[\d.]+|\[::1\])(:|$)`)
)
