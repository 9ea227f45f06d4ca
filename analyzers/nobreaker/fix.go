package nobreaker

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"
	"unicode"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/fix"
)

var (
	style  = fix.Auto
	unsafe fix.Unsafe
)

func init() {
	style.Register(&Analyzer.Flags)
	unsafe.Register(&Analyzer.Flags)
}

// wrap returns the edit that has the client of a group send its requests through resilint's runtime, or nil: where the
// program does not use that, the dependency has several clients, one is made for each call, or what is made is no pointer to
// an http.Client.
// Not only a breaker comes in between: retries of what may be repeated, a limit, deadlines.
func (r *reporter) wrap(g *group, node ast.Node) *analysis.SuggestedFix {
	if !bool(unsafe) || node == nil || g.first.Kind != catalog.HTTPPeer || g.first.Default || g.perCall || len(g.clients) > 1 {
		return nil
	}
	made := r.pointer(node)
	file := r.g.FileOf(node.Pos())
	if made == nil || file == nil {
		return nil
	}
	b := &fix.Builder{Pass: r.pass, File: file}
	name := dependencyName(g.labels, r.pass.Pkg.Name())
	if !b.UsesRuntime(style) {
		return nil
	}
	client, edits := b.Import(fix.RuntimeModule+"/httpclient", made.Pos())
	return &analysis.SuggestedFix{
		Message: unsafe.Mark("Wrap the client in a circuit breaker"),
		TextEdits: append(edits,
			fix.Insert(made.Pos(), client+".Wrap("), fix.Insert(made.End(), ", "+strconv.Quote(name)+")")),
	}
}

// pointer returns the expression for the pointer to the client that is made at a node, or nil.
func (r *reporter) pointer(node ast.Node) ast.Expr {
	switch node := node.(type) {
	case *ast.CompositeLit:
		for _, outer := range r.g.Path(node.Lbrace) {
			if addr, ok := outer.(*ast.UnaryExpr); ok && addr.Op == token.AND && ast.Unparen(addr.X) == ast.Expr(node) {
				return r.ifClient(addr)
			}
		}
	case *ast.CallExpr:
		return r.ifClient(node)
	}
	return nil
}

func (r *reporter) ifClient(e ast.Expr) ast.Expr {
	ptr, ok := r.pass.TypesInfo.TypeOf(e).(*types.Pointer)
	if !ok || catalog.TypeName(ptr.Elem()) != "net/http.Client" {
		return nil
	}
	return e
}

var (
	// wheres end the names of settings that say where something is, and agents those of types that call it.
	wheres = regexp.MustCompile(`(?i)_*(api|service|server|base|root)?_*(ur[li]|addr(ess)?|endpoint|host(name|port)?|base|root)$`)
	agents = regexp.MustCompile(`(?i)(client|service|api|gateway|adapter|provider|config|conf|settings|options)$`)
)

// dependencyName returns how a dependency is called: after its host, or the setting that says where it is; or
// else after the package that calls it.
func dependencyName(labels []string, pkg string) string {
	if len(labels) == 0 {
		return pkg
	}
	label := labels[0]
	dot := strings.LastIndexByte(label, '.')
	owner, setting := label[:max(dot, 0)], label[dot+1:]
	if owner != "" && label == strings.ToLower(label) && !wheres.MatchString(setting) {
		return label
	}
	if name := dashed(wheres.ReplaceAllString(setting, "")); name != "" {
		return name
	}
	if name := dashed(agents.ReplaceAllString(owner, "")); name != "" {
		return name
	}
	return pkg
}

// dashed writes a name in lower case: BillingAPI is billing-api.
func dashed(name string) string {
	var text strings.Builder
	runes := []rune(strings.Trim(name, "_"))
	for i, c := range runes {
		starts := unicode.IsUpper(c) && i > 0 && (unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1]))
		if starts && runes[i-1] != '_' {
			text.WriteByte('-')
		}
		if c == '_' {
			c = '-'
		}
		text.WriteRune(unicode.ToLower(c))
	}
	return text.String()
}
