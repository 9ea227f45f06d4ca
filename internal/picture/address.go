package picture

import (
	"cmp"
	"go/constant"
	"go/token"
	"net/url"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// A Root is what an address begins with, which says who decides where a request goes.
type Root struct {
	Kind  RootKind
	Label string // of one that is fixed: a host, a variable, a setting
	Param Param  // of one that callers give; of one that is fixed, the configuration that they pass, if they do
}

// A RootKind says who decides where a request goes.
type RootKind uint8

const (
	Unknown  RootKind = iota
	Fixed             // whoever wrote or configured the program: it is one service
	Relative          // a path: the client knows the rest
	Given             // the caller of the function
	Data              // what the program works on: a row, a message, a request
)

func compareRoots(x, y Root) int {
	return cmp.Or(cmp.Compare(x.Kind, y.Kind), strings.Compare(x.Label, y.Label), compareParams(x.Param, y.Param))
}

// roots returns what an address, or the request that has it, begins with.
func (b *builder) roots(v ssa.Value) []Root {
	r := &rooting{b: b, seen: map[ssa.Value]bool{}}
	if v != nil {
		r.value(v, nil)
	}
	slices.SortFunc(r.roots, compareRoots)
	return slices.Compact(r.roots)
}

// A rooting follows an address back to its roots.
type rooting struct {
	b     *builder
	seen  map[ssa.Value]bool
	roots []Root
}

// A frame is the call by which a function was entered.
type frame struct {
	call ssa.CallInstruction
	fn   *ssa.Function
	up   *frame
}

func (f *frame) depth() int {
	n := 0
	for ; f != nil; f = f.up {
		n++
	}
	return n
}

func (r *rooting) add(kind RootKind, label string) {
	r.roots = append(r.roots, Root{Kind: kind, Label: label})
}

func (r *rooting) value(v ssa.Value, fr *frame) {
	if r.seen[v] || len(r.seen) > 400 {
		return
	}
	r.seen[v] = true
	switch v := v.(type) {
	case *ssa.Const:
		r.constant(v)
	case *ssa.BinOp:
		if text, ok := flow.ConstString(v.X); ok && (isScheme(text) || text == "") {
			r.value(v.Y, fr)
		} else {
			r.value(v.X, fr)
		}
	case *ssa.Phi:
		for _, edge := range v.Edges {
			r.value(edge, fr)
		}
	case *ssa.ChangeType:
		r.value(v.X, fr)
	case *ssa.Convert:
		r.value(v.X, fr)
	case *ssa.MakeInterface:
		r.value(v.X, fr)
	case *ssa.ChangeInterface:
		r.value(v.X, fr)
	case *ssa.TypeAssert:
		r.value(v.X, fr)
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			r.call(call, v.Index, fr)
		} else {
			r.add(Data, "")
		}
	case *ssa.Call:
		r.call(v, 0, fr)
	case *ssa.Parameter:
		r.parameter(v, fr)
	case *ssa.FreeVar:
		r.variable(v, fr)
	case *ssa.Alloc:
		r.made(v, fr)
	case *ssa.Field:
		r.path(v, fr)
	case *ssa.UnOp:
		r.load(v, fr)
	default:
		r.add(Unknown, "")
	}
}

func isScheme(text string) bool {
	return strings.HasSuffix(text, "://") || text == "http" || text == "https" || text == ":"
}

func (r *rooting) constant(c *ssa.Const) {
	if c.Value == nil || c.Value.Kind() != constant.String {
		return // nil, beside an error
	}
	text := constant.StringVal(c.Value)
	switch host := hostOf(text); {
	case text == "" || isScheme(text):
	case strings.HasPrefix(text, "/") || strings.HasPrefix(text, "?"):
		r.add(Relative, "")
	case isOwn(host):
		r.add(Unknown, "") // the machine itself
	case host != "":
		r.add(Fixed, host)
	default:
		r.add(Relative, "")
	}
}

// isOwn reports whether a host is the machine that the program runs on.
func isOwn(host string) bool {
	return host == "localhost" || strings.HasPrefix(host, "127.") || host == "::1"
}

// hostOf returns the host of a URL or an address that is known up to there, without its port.
func hostOf(text string) string {
	_, rest, ok := strings.Cut(text, "://")
	if !ok {
		if i := strings.LastIndexByte(text, '@'); i >= 0 { // user:password@tcp(db:3306)/orders
			text = text[i+1:]
			if _, inner, ok := strings.Cut(text, "("); ok {
				text, _, _ = strings.Cut(inner, ")")
			}
		}
		if rest, _, ok = strings.Cut(text, ":"); ok && rest != "" && !strings.ContainsAny(rest, "/%") {
			return rest // of gRPC: "billing:50051"
		}
		if strings.Contains(text, ".") && !strings.ContainsAny(text, " /%") {
			return text
		}
		return ""
	}
	if end := strings.IndexAny(rest, "/?"); end >= 0 {
		rest = rest[:end]
	}
	if strings.Contains(rest, "%") {
		return ""
	}
	u, err := url.Parse("http://" + rest)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

var (
	// configures are functions of libraries by which a program is configured: what they return is fixed.
	configures = regexp.MustCompile(`^(os\.(Getenv|LookupEnv)|flag\.(String|Arg)|github\.com/spf13/(viper|pflag)|github\.com/urfave/cli|github\.com/(knadh/koanf|kelseyhightower/envconfig|caarlos0/env|joho/godotenv|magiconair/properties))`)
	getters    = regexp.MustCompile(`(?i)^((must)?get_?)?(env|setting|config|param|option)|envor|getenv|lookupenv|fromenv|env_?default|envstring`)
	// through are functions of libraries that return what they are given, or something that begins with it.
	through = regexp.MustCompile(`^(net/url\.(Parse|ParseRequestURI|JoinPath|URL\.(String|JoinPath|Parse|ResolveReference|Redacted))|strings\.(Trim\w*|ToLower|Replace|ReplaceAll)|net\.JoinHostPort|path\.(Join|Clean)|fmt\.Sprint|net/http\.(NewRequest|NewRequestWithContext|Request\.(WithContext|Clone))|github\.com/hashicorp/go-retryablehttp\.(NewRequest|NewRequestWithContext))$`)
)

func (r *rooting) call(call *ssa.Call, i int, fr *frame) {
	callee := flow.CalleeObject(call)
	name := catalog.Name(callee)
	switch {
	case name == "fmt.Sprintf":
		r.format(call, fr)
		return
	case through.MatchString(name):
		if arg := addressed(call, name); arg != nil {
			r.value(arg, fr)
			return
		}
	case configures.MatchString(name):
		r.add(Fixed, constantIn(call))
		return
	}
	if fn := r.b.g.Callee(call); fn != nil && fr.depth() < 6 {
		if getters.MatchString(fn.Name()) && constantIn(call) != "" {
			r.add(Fixed, constantIn(call))
			return
		}
		inner := &frame{call, fn, fr}
		for _, block := range fn.Blocks {
			if ret, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return); ok && i < len(ret.Results) {
				r.value(ret.Results[i], inner)
			}
		}
		return
	}
	switch {
	case callee == nil:
		r.add(Unknown, "")
	case getters.MatchString(callee.Name()) && constantIn(call) != "":
		r.add(Fixed, constantIn(call))
	case callee.Signature().Recv() != nil && isConfig(callee.Signature().Recv().Type()):
		r.configured(callee.Name(), flow.Operand(call, catalog.Recv), fr)
	default:
		r.add(Unknown, "")
	}
}

// addressed returns the argument of a function that its result begins with.
func addressed(call *ssa.Call, name string) ssa.Value {
	switch {
	case strings.HasSuffix(name, ".NewRequest"):
		return flow.Operand(call, catalog.Arg1)
	case strings.HasSuffix(name, ".NewRequestWithContext"):
		return flow.Operand(call, catalog.Arg2)
	case flow.Operand(call, catalog.Recv) != nil:
		return flow.Operand(call, catalog.Recv)
	}
	first := flow.Operand(call, catalog.Arg0)
	if slice, ok := first.(*ssa.Slice); ok {
		return element(slice, 0)
	}
	return first
}

// format follows the first part of a formatted string that is not a scheme.
func (r *rooting) format(call *ssa.Call, fr *frame) {
	text, ok := flow.ConstString(call.Call.Args[0])
	if !ok {
		r.add(Unknown, "")
		return
	}
	before, _, found := strings.Cut(text, "%")
	index := int64(0)
	switch {
	case !found || hostOf(before) != "" && strings.Contains(afterScheme(before), "/"):
		r.constant(&ssa.Const{Value: constant.MakeString(before)})
		return
	case before == "" && strings.HasPrefix(text, "%s://"):
		index = 1 // the scheme comes first
	case before != "" && !isScheme(before):
		if strings.HasPrefix(before, "/") {
			r.add(Relative, "")
		} else {
			r.add(Unknown, "") // https://eu-%s.example.org
		}
		return
	}
	args, ok := call.Call.Args[1].(*ssa.Slice)
	if arg := element(args, index); ok && arg != nil {
		r.value(arg, fr)
		return
	}
	r.add(Unknown, "")
}

// afterScheme returns an address without its scheme, which it need not have: //localhost/%s.
func afterScheme(address string) string {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		return rest
	}
	return strings.TrimPrefix(address, "//")
}

// element returns what a function stores at an index of the variadic arguments that a slice is.
func element(slice *ssa.Slice, index int64) ssa.Value {
	if slice == nil {
		return nil
	}
	array, ok := slice.X.(*ssa.Alloc)
	if !ok {
		return nil
	}
	for _, ref := range *array.Referrers() {
		at, ok := ref.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		if i, ok := flow.ConstInt(at.Index); !ok || i != index {
			continue
		}
		for _, use := range *at.Referrers() {
			if store, ok := use.(*ssa.Store); ok {
				return store.Val
			}
		}
	}
	return nil
}

// constantIn returns the first constant text that a call is given.
func constantIn(call *ssa.Call) string {
	for _, arg := range call.Call.Args {
		if text, ok := flow.ConstString(arg); ok && text != "" {
			return text
		}
	}
	return ""
}

func (r *rooting) parameter(p *ssa.Parameter, fr *frame) {
	i := slices.Index(p.Parent().Params, p)
	if fr != nil && fr.fn == p.Parent() {
		if arg := flow.Argument(fr.call, i); arg != nil {
			delete(r.seen, arg) // another call may have passed it
			r.value(arg, fr.up)
			return
		}
	}
	if p.Parent().Signature.Recv() != nil && i == 0 {
		r.add(Fixed, catalog.TypeName(p.Type()))
		return
	}
	param := r.b.paramOf(p)
	r.b.asked[param] = true
	r.roots = append(r.roots, Root{Kind: Given, Param: param})
}

func (r *rooting) variable(v *ssa.FreeVar, fr *frame) {
	for _, bound := range r.b.bindings(v) {
		r.value(bound, fr)
	}
}

// bindings returns what a captured variable is bound to.
func (b *builder) bindings(v *ssa.FreeVar) []ssa.Value {
	fn := v.Parent()
	if fn.Parent() == nil {
		return nil
	}
	var bound []ssa.Value
	i := slices.Index(fn.FreeVars, v)
	for _, block := range fn.Parent().Blocks {
		for _, instr := range block.Instrs {
			if mc, ok := instr.(*ssa.MakeClosure); ok && mc.Fn == fn {
				bound = append(bound, mc.Bindings[i])
			}
		}
	}
	return bound
}

// made follows a local variable, or a URL or request that is made here.
func (r *rooting) made(alloc *ssa.Alloc, fr *frame) {
	for _, store := range r.b.g.CellStores(alloc) {
		r.value(store.Val, fr)
	}
	for _, ref := range *alloc.Referrers() {
		addr, ok := ref.(*ssa.FieldAddr)
		if !ok {
			continue
		}
		f := flow.FieldOf(addr)
		if f == nil || f.Name() != "Host" && f.Name() != "URL" {
			continue
		}
		for _, use := range *addr.Referrers() {
			if store, ok := use.(*ssa.Store); ok && store.Addr == addr {
				r.value(store.Val, fr)
			}
		}
	}
}

func (r *rooting) load(v *ssa.UnOp, fr *frame) {
	if v.Op != token.MUL {
		r.add(Unknown, "")
		return
	}
	switch addr := v.X.(type) {
	case *ssa.Global:
		r.add(Fixed, addr.Name())
	case *ssa.FieldAddr:
		r.path(addr, fr)
	case *ssa.Alloc, *ssa.FreeVar:
		r.value(addr, fr)
	case *ssa.Call: // *flag.String(…)
		r.value(addr, fr)
	case *ssa.UnOp, *ssa.Parameter:
		r.value(addr, fr)
	default:
		r.add(Data, "") // an element of a slice
	}
}
