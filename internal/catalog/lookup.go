package catalog

import (
	"go/types"
	"strings"
	"sync"

	"github.com/resilint/resilint/internal/memo"
	"github.com/resilint/resilint/internal/regexp"
)

// Knows reports whether a package that imports path may make a catalogued call.
func Knows(path string) bool {
	path = Path(path)
	return known[path] || drivers[path] != nil || familyOf(path) != nil || isCloud(path)
}

// CallOf returns what is known of fn as a call that leaves the process, or nil.
func CallOf(fn *types.Func) *Call {
	if call := calls[Name(fn)]; call != nil && call.Fits(fn) {
		return call
	}
	if fn == nil || fn.Pkg() == nil || IsBounded(fn) {
		return nil
	}
	if family := familyOf(Path(fn.Pkg().Path())); family != nil {
		return family.call(fn)
	}
	return nil
}

// IsBounded reports whether calls of fn are known not to hang.
func IsBounded(fn *types.Func) bool { return len(bounded) > 0 && bounded[Name(fn)] }

// KeepsContext reports whether what fn returns lives as long as the context it is given.
func KeepsContext(fn *types.Func) bool { return keepers[Name(fn)] }

// WaitsToHear reports whether fn waits for the other end of the connection that it is given to
// speak, as long as that takes unless the connection has a deadline.
func WaitsToHear(fn *types.Func) bool { return talkers[Name(fn)] }

// Lists reports whether the catalogue says what fn does.
func Lists(fn *types.Func) bool {
	return CallOf(fn) != nil || MakerOf(fn) != nil || HandoverOf(fn) != nil || equips[Name(fn)] != nil || IsBounded(fn)
}

// CallNamed returns the catalogued call of that name, or nil.
func CallNamed(name string) *Call { return calls[name] }

// MakerOf returns what is known of fn as a maker of clients, or nil.
func MakerOf(fn *types.Func) *Maker { return makers[Name(fn)] }

// ListenerOf returns what is known of fn as a function that returns a listener, or nil.
func ListenerOf(fn *types.Func) *Listener { return listeners[Name(fn)] }

// LimiterOf returns what is known of fn as a function that limits a handler, or nil.
func LimiterOf(fn *types.Func) *Limiter { return limiters[Name(fn)] }

// HeedlessOf returns what is known of fn as a maker of clients that do not heed contexts, or nil.
func HeedlessOf(fn *types.Func) *Heedless { return heedless[Name(fn)] }

// IsNear reports whether t, or the type it points to, is a listener that no other machine can
// connect to.
func IsNear(t types.Type) bool { return near[TypeName(t)] }

// BrokeredBy returns the paths of the libraries whose calls do not leave the machine in a package that
// has to do with t, or the type it points to.
func BrokeredBy(t types.Type) []string {
	if lib := brokers[TypeName(t)]; lib != nil {
		return lib.Local
	}
	return nil
}

// HasBrokers reports whether the package with that import path declares a type for which that is so.
func HasBrokers(path string) bool { return brokerPaths[Path(path)] }

// HandoverOf returns what fn does to a context, or nil.
func HandoverOf(fn *types.Func) *Handover { return hands[Name(fn)] }

// Chains reports whether fn is a builder's method that returns its receiver.
func Chains(fn *types.Func) bool {
	sig := fn.Signature()
	if sig.Recv() == nil || sig.Results().Len() == 0 || !types.Identical(sig.Recv().Type(), sig.Results().At(0).Type()) {
		return false
	}
	t := TypeOf(sig.Recv().Type())
	return t != nil && t.Chain
}

// IsDefault reports whether a package-level variable is a client or transport that its
// library leaves unbounded.
func IsDefault(v types.Object) bool { return vars[VarName(v)] }

// NeverReturns reports whether fn ends the process or the goroutine.
func NeverReturns(fn *types.Func) bool { return exits[Name(fn)] }

// TypeOf returns what is known of t, or of the type it points to, or nil.
func TypeOf(t types.Type) *Type {
	if name := TypeName(t); name != "" {
		return kinds[name]
	}
	return nil
}

// TypeNamed returns the catalogued type of that name, or nil.
func TypeNamed(name string) *Type { return kinds[name] }

// Name returns the name under which the catalogue lists fn: its package path, the name
// of its receiver's type if it is a method, and its name, joined by dots.
func Name(fn *types.Func) string {
	if fn == nil {
		return ""
	}
	return names.Get(fn, nameOf)
}

// names holds what Name has returned: every pass asks it at every call.
var names memo.Map[*types.Func, string]

func nameOf(fn *types.Func) string {
	if fn.Pkg() == nil {
		return "" // error.Error
	}
	prefix := Path(fn.Pkg().Path())
	if recv := fn.Signature().Recv(); recv != nil {
		if prefix = TypeName(recv.Type()); prefix == "" {
			return ""
		}
	}
	return prefix + "." + fn.Name()
}

// TypeName returns the name under which the catalogue lists t, or the type it points to:
// its package path and name. It is empty for types that have no name.
func TypeName(t types.Type) string {
	t = types.Unalias(t)
	if ptr, ok := t.(*types.Pointer); ok {
		t = types.Unalias(ptr.Elem())
	}
	named, ok := t.(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return ""
	}
	return Path(named.Obj().Pkg().Path()) + "." + named.Obj().Name()
}

var majorVersion = regexp.MustCompile(`/v[0-9]+(/|$)|\.v[0-9]+$`)

// Path returns an import path without its major version and without the directory it
// is vendored in.
func Path(path string) string {
	if known, ok := plainPaths.Load(path); ok {
		return known.(string)
	}
	plain := plainPath(path)
	plainPaths.Store(path, plain)
	return plain
}

// plainPaths holds what Path has returned: it is asked at every call of a package, of which few
// import paths are different.
var plainPaths sync.Map

func plainPath(path string) string {
	if _, vendored, ok := strings.Cut(path, "/vendor/"); ok {
		path = vendored
	}
	return strings.TrimSuffix(majorVersion.ReplaceAllString(path, "$1"), "/")
}

// VarName returns the name under which the catalogue lists a package-level variable.
func VarName(v types.Object) string {
	if v == nil || v.Pkg() == nil {
		return ""
	}
	return Path(v.Pkg().Path()) + "." + v.Name()
}

// Libraries returns the whole catalogue, for documentation and tests. It must not be changed.
func Libraries() []*Library { return libraries }
