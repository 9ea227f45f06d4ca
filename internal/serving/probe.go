package serving

import (
	"go/ast"
	"go/types"
	"strconv"

	"github.com/resilint/resilint/internal/regexp"

	"github.com/resilint/resilint/internal/catalog"
)

// text notes a path by which orchestrators ask how a program is.
func (f *finder) text(lit *ast.BasicLit) {
	if s, err := strconv.Unquote(lit.Value); err == nil && (probes.MatchString(s) || plainProbes.MatchString(s)) {
		f.evidence.Health = true
	}
}

var (
	// probes are words that mean nothing else, wherever in a path they stand.
	probes = regexp.MustCompile(`(?i)(^|["'\s,=])((GET|HEAD|ANY) )?/([\w{}:.*-]+/)*(_{0,2}[\w-]*health[\w-]*|_{0,2}livez?|liveness|alive|_{0,2}readyz?|readiness|_{0,2}(lb)?heartbeat_{0,2})(/|$|["'\s,?])`)
	// plainProbes are words that mean it only if the path says nothing else.
	plainProbes = regexp.MustCompile(`(?i)^((GET|HEAD|ANY) )?/((api|v[0-9]+|_|-|internal|system|app|admin)/)*(ping|_?status(z)?|up|ok|hc|monitor|probe|_?info|version|checks?)/?$`)
	// bareProbes are the same without a slash, where a router is given them.
	bareProbes = regexp.MustCompile(`(?i)^([\w-]*health[\w-]*|livez?|liveness|alive|readyz?|readiness|heartbeat|ping|status|up)$`)
)

// handler notes a handler that says by its name that it answers probes: its path may be elsewhere.
func (f *finder) handler(decl *ast.FuncDecl) {
	if !probeNames.MatchString(decl.Name.Name) || decl.Type.Params.NumFields() == 0 {
		return
	}
	for _, param := range decl.Type.Params.List {
		switch catalog.TypeName(f.pass.TypesInfo.TypeOf(param.Type)) {
		case "net/http.ResponseWriter", "github.com/gin-gonic/gin.Context", "github.com/labstack/echo.Context", "github.com/gofiber/fiber.Ctx", "github.com/valyala/fasthttp.RequestCtx":
			f.evidence.Health = true
		}
	}
}

var probeNames = regexp.MustCompile(`(?i)health|liveness|readiness|livez|readyz|heartbeat|^(handle)?ping(handler)?$`)

// probeFuncs are names of handlers, and of what wraps them, that answer probes by themselves, whoever has written
// them: chi's middleware.Heartbeat.
var probeFuncs = regexp.MustCompile(`(?i)^(ping|health(z|check|y)?|heart_?beat|livez?|liveness|alive|readyz?|readiness|status)_?(handler|middleware|check|func|route)?$`)

// handles reports whether a function answers requests, or makes something that does.
func handles(t types.Type, depth int) bool {
	if answers[catalog.TypeName(t)] {
		return true
	}
	sig, ok := t.Underlying().(*types.Signature)
	if !ok || depth > 2 {
		return false
	}
	for _, tuple := range []*types.Tuple{sig.Params(), sig.Results()} {
		for v := range tuple.Variables() {
			if handles(v.Type(), depth+1) {
				return true
			}
		}
	}
	return false
}

// answers are types of what requests are answered by.
var answers = map[string]bool{
	"net/http.Handler": true, "net/http.HandlerFunc": true, "net/http.ResponseWriter": true,
	"github.com/gin-gonic/gin.Context": true, "github.com/labstack/echo.Context": true,
	"github.com/gofiber/fiber.Ctx": true, "github.com/valyala/fasthttp.RequestCtx": true,
}

// action notes an action by which the program is asked whether it lives, where all requests go to one path and say
// what they want: a key of a map, or a case.
func (f *finder) action(lit *ast.BasicLit, parent ast.Node) {
	switch parent := parent.(type) {
	case *ast.KeyValueExpr:
		if parent.Key != lit {
			return
		}
	case *ast.CaseClause:
	default:
		return
	}
	if s, err := strconv.Unquote(lit.Value); err == nil && actions.MatchString(s) {
		f.evidence.Health = true
	}
}

var actions = regexp.MustCompile(`(?i)^(ping|health(z|_?check)?|heartbeat)$`)
