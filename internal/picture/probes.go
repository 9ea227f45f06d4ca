package picture

import (
	"go/types"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/effect"
	"github.com/resilint/resilint/internal/flow"
)

// Nobody waits for what answers a probe but an orchestrator, which has a timeout for it: what a probe looks at
// takes no clients down.
var (
	// probePaths are paths by which orchestrators, and who watches, ask how a program is.
	probePaths = regexp.MustCompile(`(?i)^((GET|HEAD|ANY) )?/?([\w{}:.*-]+/)*(_{0,2}[\w-]*health[\w-]*|_{0,2}livez?|liveness|alive|_{0,2}readyz?|readiness|_{0,2}(lb)?heartbeat_{0,2}|ping|probe|metrics)/?$`)
	// probeNames are names of functions, or types, that answer there.
	probeNames = regexp.MustCompile(`(?i)health(z|check)?(handler|controller|server|service|api|check(er)?)?$|^(handle|get|serve|do|check)?_?(health\w*|live(z|ness)?|alive|ready(z)?|readiness|ping|probe|heart_?beat)_?(handler|func|check|probe|endpoint|get)?$|liveness|readiness`)
)

// probed finds the functions that the package registers for the paths of probes.
func (b *builder) probed() map[*ssa.Function]bool {
	found := map[*ssa.Function]bool{}
	for instr := range b.g.Instructions() {
		call, ok := instr.(ssa.CallInstruction)
		if !ok || !catalog.Registers(flow.CalleeObject(call)) {
			continue
		}
		path := ""
		for _, arg := range call.Common().Args {
			if text, ok := flow.ConstString(arg); ok && !methods[text] {
				path = text
				break
			}
		}
		if !probePaths.MatchString(path) {
			continue
		}
		for _, arg := range call.Common().Args {
			handlersIn(arg, found, 0)
		}
	}
	return found
}

var methods = map[string]bool{"GET": true, "HEAD": true, "POST": true, "PUT": true, "PATCH": true, "DELETE": true, "OPTIONS": true}

// handlersIn adds the functions that a value is, or those of a list of variadic arguments.
func handlersIn(v ssa.Value, found map[*ssa.Function]bool, depth int) {
	if depth > 4 {
		return
	}
	switch v := v.(type) {
	case *ssa.ChangeType:
		handlersIn(v.X, found, depth+1)
	case *ssa.MakeInterface:
		handlersIn(v.X, found, depth+1)
	case *ssa.Function:
		found[v] = true
	case *ssa.MakeClosure:
		fn := v.Fn.(*ssa.Function)
		found[fn] = true
		if obj, ok := fn.Object().(*types.Func); ok && fn.Synthetic != "" { // a method value
			found[fn.Prog.FuncValue(obj)] = true
		}
	case *ssa.Call:
		if fn := v.Call.StaticCallee(); fn != nil { // it returns the handler
			for _, literal := range fn.AnonFuncs {
				found[literal] = true
			}
		}
	case *ssa.Slice:
		if list, ok := v.X.(*ssa.Alloc); ok {
			for _, ref := range *list.Referrers() {
				if at, ok := ref.(*ssa.IndexAddr); ok {
					for _, use := range *at.Referrers() {
						if store, ok := use.(*ssa.Store); ok {
							handlersIn(store.Val, found, depth+1)
						}
					}
				}
			}
		}
	}
}

// answersProbe reports whether a function says by its name, or that of its type, that it answers probes.
func answersProbe(fn *ssa.Function) bool {
	fn = flow.Outermost(fn)
	if probeNames.MatchString(fn.Name()) {
		return true
	}
	recv := fn.Signature.Recv()
	if recv == nil {
		return false
	}
	name := catalog.TypeName(recv.Type())
	return probeNames.MatchString(name[strings.LastIndexByte(name, '.')+1:])
}

// checkers are names of functions, with their types and packages, that find out how something is. A breaker would answer in
// its place.
var checkers = regexp.MustCompile(`(?i)^\W*health\w*\.\w*(check|prob|monitor|poll|ping|watch)|\.\w*(health_?(check|monitor|prob|poll)|prober|poller|pinger)`)

// checks reports whether a function, by its name in the graph, is one of those.
func checks(name string) bool {
	name = effect.Declared(name)
	return checkers.MatchString(name[strings.LastIndexByte(name, '/')+1:])
}

// seeders are names of functions, with their types, that fill what is new with what it starts with: once.
var seeders = regexp.MustCompile(`\.(\w*[^\W_])?([Ss]eed(er)?|SEED)(Handler|Controller|Service)?(\.|[A-Z_/]|$)|\.(\w*[a-z])?Fixtures`)

// seeds reports whether a function, by its name in the graph, is one of those.
func seeds(name string) bool {
	name = effect.Declared(name)
	return seeders.MatchString("." + strings.NewReplacer("(", "", ")", "", "*", "").Replace(name[strings.LastIndexByte(name, '/')+1:]))
}
