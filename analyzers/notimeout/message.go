package notimeout

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
	"github.com/resilint/resilint/internal/remote"
)

// message says what happens in production, then what to do.
func message(f *finding, pass *analysis.Pass) string {
	h := f.hangs[0]
	switch f.code {
	case codeContext:
		return contextMessage(f)
	case codeCall:
		if h.Object == nil && h.API.Context == catalog.None {
			return withoutContext(f)
		}
		if h.Object == nil {
			return called(f) + "'s context has no deadline, and " + h.API.Advice + ": if " + stuck(f) + ", this call hangs with it, for ever; " +
				cmp.Or(h.API.Remedy, "pass a context from context.WithTimeout")
		}
	case codeZero:
		return "0 means no timeout here: " + consequence(f) + "; set a positive duration"
	case codePartial:
		if f.unread() {
			return subject(f, pass) + " gives up on response headers, but not on TLS handshakes: if " + peer(f) +
				" accepts connections and goes quiet, this blocks for ever; set Timeout, or TLSHandshakeTimeout of its http.Transport"
		}
		return subject(f, pass) + " gives up on response headers, but not on the response body: if " + peer(f) +
			" stalls half-way, reading it blocks for ever; set Timeout, or give each request a context with a deadline"
	case codeServer:
		return subject(f, pass) + " waits for ever for clients that send their request headers slowly: each of them holds a connection and a goroutine, until file descriptors or memory run out; " +
			remedy(h, cmp.Or(h.API.Advice, "serve with an http.Server that sets ReadHeaderTimeout"))
	}
	text := subject(f, pass) + " has no timeout: " + consequence(f) + "; " + remedy(h, h.API.Advice)
	switch {
	case f.downloads():
		text += ", to more than the longest download takes"
	case h.Talker != nil:
		text += ", and set a deadline on the connection before " + short(catalog.Name(h.Talker)) + " waits for the peer to speak"
	}
	return text
}

// withoutContext says what becomes of calls that take no context.
func withoutContext(f *finding) string {
	text := called(f) + " takes no context: if " + stuck(f) + ", this call hangs with it, for ever; " + f.hangs[0].API.Advice
	switch n := len(f.hangs) - 1; n {
	case 0:
		return text
	case 1:
		return text + " (so does 1 more call in this package)"
	default:
		return text + fmt.Sprintf(" (so do %d more calls in this package)", n)
	}
}

// contextMessage says what waits for whom because a context has no deadline.
func contextMessage(f *finding) string {
	h := f.hangs[0]
	subject := "this context"
	if expr, ok := f.node.(ast.Expr); ok {
		if _, isCall := expr.(*ast.CallExpr); isCall || isName(expr) {
			subject = types.ExprString(expr)
		}
	}
	text := subject + " has no deadline, and " + h.Leaf.In + " has nothing else to bound its call: if "
	if h.API.Kind == catalog.Dial && !h.API.Handshake {
		text += peer(f) + " does not answer, this blocks until the operating system gives up, minutes later"
	} else {
		text += stuck(f) + ", this blocks for ever"
	}
	return text + "; pass a context from context.WithTimeout"
}

// stuck says what makes a call hang.
func stuck(f *finding) string {
	if text := f.hangs[0].API.Stuck; text != "" {
		return text
	}
	return peer(f) + " hangs"
}

// called names the function that a finding's call calls.
func called(f *finding) string {
	if call, ok := f.node.(*ast.CallExpr); ok {
		switch fun := ast.Unparen(call.Fun).(type) {
		case *ast.SelectorExpr:
			return fun.Sel.Name
		case *ast.Ident:
			return fun.Name
		}
	}
	if name := f.hangs[0].API.Name; !strings.Contains(name, "*") {
		return short(name)
	}
	return "this method" // one of a family
}

// isName reports whether e is a variable or a field of one.
func isName(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		return isName(e.X)
	}
	return false
}

// subject names what has no timeout.
func subject(f *finding, pass *analysis.Pass) string {
	h := f.hangs[0]
	if h.Object == nil || h.API.Kind == catalog.Serve && h.Type != nil && h.Type.Knob != "" {
		return short(h.API.Name)
	}
	switch h.Object.Kind {
	case flow.Global:
		if v := h.Object.Global(); v.Pkg() != pass.Pkg {
			return short(catalog.VarName(v))
		}
	case flow.Result:
		if call, ok := f.node.(*ast.CallExpr); ok {
			return "the client that " + types.ExprString(call.Fun) + " returns"
		}
	}
	return "this " + short(h.Type.Name)
}

// short drops the directory from a catalogue name: net/http.Get is http.Get.
func short(name string) string {
	name = name[strings.LastIndexByte(name, '/')+1:]
	return strings.TrimPrefix(name, "go-")
}

// consequence says what happens when the peer does not answer.
func consequence(f *finding) string {
	h := f.hangs[0]
	switch {
	case h.API.Kind == catalog.Serve:
		return "clients that send their request headers slowly hold connections for ever"
	case h.API.Kind == catalog.Dial && (h.API.Handshake || h.Talker != nil):
		return "if " + peer(f) + " accepts the connection and goes quiet, this blocks for ever"
	case h.API.Kind == catalog.Dial:
		return "if " + peer(f) + " does not answer, this blocks until the operating system gives up, minutes later"
	case h.Object == nil || h.Object.Kind == flow.Global:
		return "if " + peer(f) + " hangs, this request hangs with it, for ever"
	default:
		return "if " + peer(f) + " hangs, every request it sends there hangs too, for ever"
	}
}

// peer names the peer if the calls agree on one.
func peer(f *finding) string {
	name := f.hangs[0].Peer
	for _, h := range f.hangs {
		if h.Peer != name {
			name = ""
		}
	}
	if name == "" {
		if f.hangs[0].API.Kind == catalog.Dial {
			return "the peer"
		}
		return "the server"
	}
	return name
}

// remedy says what to do: set the field that bounds the call where there is an object to
// set it on, or else what the catalogue advises.
func remedy(h *remote.Hang, advice string) string {
	if h.Object != nil && h.Object.Kind != flow.Global && h.Type != nil {
		if len(h.Type.Bounds) > 0 {
			return "set " + h.Type.Bounds[0]
		}
		if len(h.Type.Setters) > 0 {
			return "call " + h.Type.Setters[0].Name
		}
		if h.Type.Knob != "" {
			return "set " + h.Type.Knob
		}
	}
	return advice
}

func relatedMessage(h *remote.Hang) string {
	switch h.API.Kind {
	case catalog.Serve:
		return "it serves here"
	case catalog.Dial:
		return "it dials here"
	}
	if h.API.Kind == catalog.Query {
		return "so does this one"
	}
	return "a request that can hang is sent here"
}

// countsUnits reports whether e multiplies a number of at least a thousand, or a duration,
// by a unit, as a number of milliseconds does by mistake. Whole hours given in seconds
// (7200 * time.Second) are meant.
func countsUnits(e ast.Expr, pass *analysis.Pass) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		mul, ok := n.(*ast.BinaryExpr)
		if !ok || mul.Op != token.MUL {
			return true
		}
		for _, side := range []ast.Expr{mul.X, mul.Y} {
			if v := pass.TypesInfo.Types[side].Value; v != nil && v.Kind() == constant.Int {
				n, ok := constant.Int64Val(v)
				if ok && n >= 1000 && n%3600 != 0 && !isUnit(side, pass) {
					found = true
				}
			}
		}
		return true
	})
	return found
}

// isUnit reports whether e is a constant of package time: time.Second.
func isUnit(e ast.Expr, pass *analysis.Pass) bool {
	if sel, ok := ast.Unparen(e).(*ast.SelectorExpr); ok {
		obj := pass.TypesInfo.Uses[sel.Sel]
		return obj != nil && obj.Pkg() != nil && obj.Pkg().Path() == "time"
	}
	return false
}
