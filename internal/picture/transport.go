package picture

import (
	"go/types"
	"slices"

	"github.com/resilint/resilint/internal/regexp"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// transports looks at what an HTTP client works through, and at its timeout.
func (b *builder) transports(c *Client, s flow.Source) {
	if b.wraps(s.Origin) {
		c.Opaque = true
	}
	owner := s.At.Type()
	switch s.Kind {
	case flow.New, flow.Global:
		owner = s.Value.Type()
	case flow.Field, flow.Unknown:
		owner = s.Var.Type()
	}
	t := catalog.TypeOf(owner)
	if t == nil {
		return
	}
	for _, bound := range t.Bounds {
		if f := flow.FieldNamed(owner, bound); f != nil && len(b.g.Settings(s.Origin, f)) > 0 {
			c.Protection |= catalog.WithTimeout
		}
	}
	plain := true
	for _, inner := range t.Inner {
		f := flow.FieldNamed(owner, inner)
		if f == nil {
			continue
		}
		for _, setting := range b.g.Settings(s.Origin, f) {
			if setting.Value == nil {
				c.Opaque = true
				continue
			}
			plain = false
			b.transport(c, setting.Value, 0)
		}
	}
	if plain && s.Kind != flow.Result {
		c.Unlimited = true // http.DefaultTransport
	}
}

// wraps reports whether an object is given to a function that may put something around it: one that is known
// to change it, or is of another module and by its name does so.
func (b *builder) wraps(o flow.Origin) bool {
	return slices.ContainsFunc(b.g.Takers(o), func(call ssa.CallInstruction) bool {
		return wrapping.MatchString(flow.CalleeName(call)) || b.calleeOf(call) != ""
	})
}

var wrapping = regexp.MustCompile(`(?i)wrap|instrument|intercept|install|activate|middleware|decorate|patch|breaker|protect`)

// tracing are libraries whose transports and interceptors observe what goes through them, or sign it.
var tracing = regexp.MustCompile(`(?i)otel|opentelemetry|opentracing|opencensus|trac(e|ing)|prom|metric|stat|\blog|logging|\bauth|oauth|retry|timeout|recover|sentry|newrelic|datadog|dd-trace|apm|go-grpc-middleware|valid|useragent|header|gzip|instrument|credentials|jwt|token|idtoken|ratelimit`)

// transport looks at what a client sends its requests by.
func (b *builder) transport(c *Client, v ssa.Value, depth int) {
	if depth > 6 {
		c.Opaque = true
		return
	}
	for _, source := range b.g.Trace(v, nil) {
		switch source.Kind {
		case flow.Nil:
			c.Unlimited = true
		case flow.New:
			b.madeTransport(c, source, depth)
		case flow.Global:
			c.Unlimited = true
			if !catalog.IsDefault(source.Value.(*ssa.Global).Object()) {
				c.Opaque = true
			}
		case flow.Result:
			b.wrapped(c, source.Value.(*ssa.Call), source, depth)
		case flow.Param, flow.Field, flow.Unknown:
			if fn := function(source.At); fn != nil {
				b.through(c, fn)
			} else {
				c.Opaque = true
			}
		}
	}
}

// function returns the function that a value is, if it is one: roundTripper(func(…) {…}).
func function(v ssa.Value) *ssa.Function {
	switch v := v.(type) {
	case *ssa.ChangeType:
		return function(v.X)
	case *ssa.MakeInterface:
		return function(v.X)
	case *ssa.Function:
		return v
	case *ssa.MakeClosure:
		fn, _ := v.Fn.(*ssa.Function)
		return fn
	}
	return nil
}

// through adds what stands in a function by which requests go: one that has no breaker goes on with what it
// has captured, which is not followed.
func (b *builder) through(c *Client, fn *ssa.Function) {
	gives := b.shieldedBy(fn, map[*ssa.Function]bool{})
	c.Protection |= gives
	if !gives.Has(catalog.WithBreaker) {
		c.Opaque = true
	}
}

// madeTransport looks at a transport that is a struct: the standard library's, or one of the package with
// others inside of it.
func (b *builder) madeTransport(c *Client, s flow.Source, depth int) {
	t := s.Value.Type()
	if catalog.TypeName(t) == "net/http.Transport" {
		f := flow.FieldNamed(t, "MaxConnsPerHost")
		if f != nil && len(b.g.Settings(s.Origin, f)) == 0 {
			c.Unlimited = true
		}
		return
	}
	if isBreaker(t) {
		c.Protection |= catalog.WithBreaker
		return
	}
	obj, _, _ := types.LookupFieldOrMethod(t, true, b.pass.Pkg, "RoundTrip")
	method, ok := obj.(*types.Func)
	if !ok {
		c.Opaque = true
		return
	}
	if method.Pkg() != b.pass.Pkg {
		b.foreign(c, method, s, depth)
		return
	}
	fn := b.g.SSA.Pkg.Prog.FuncValue(method)
	gives := b.shieldedBy(fn, map[*ssa.Function]bool{})
	c.Protection |= gives
	if gives.Has(catalog.WithBreaker) {
		return
	}
	b.inside(c, s, depth)
}

// foreign looks at a transport of another package: one that observes is like what is inside of it.
func (b *builder) foreign(c *Client, method *types.Func, s flow.Source, depth int) {
	gives := catalog.Protects(method)
	c.Protection |= gives
	if gives.Has(catalog.WithBreaker) {
		return
	}
	if !tracing.MatchString(catalog.Name(method)) {
		c.Opaque = true
		return
	}
	b.inside(c, s, depth)
}

// inside looks at the transports in the fields of one.
func (b *builder) inside(c *Client, s flow.Source, depth int) {
	t := s.Value.Type()
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	fields, ok := t.Underlying().(*types.Struct)
	if !ok {
		c.Opaque = true
		return
	}
	for f := range fields.Fields() {
		if name := catalog.TypeName(f.Type()); name != "net/http.RoundTripper" && name != "net/http.Transport" {
			if isBreaker(f.Type()) {
				c.Protection |= catalog.WithBreaker
			}
			continue
		}
		for _, setting := range b.g.Settings(s.Origin, f.Origin()) {
			if setting.Value == nil {
				c.Opaque = true
				continue
			}
			b.transport(c, setting.Value, depth+1)
		}
	}
}

// wrapped looks at a transport that a function returns.
func (b *builder) wrapped(c *Client, call *ssa.Call, s flow.Source, depth int) {
	callee := flow.CalleeObject(call)
	gives := catalog.Protects(callee)
	c.Protection |= gives
	switch {
	case gives.Has(catalog.WithBreaker):
	case callee == nil:
		c.Opaque = true
	case catalog.MakerOf(callee) != nil:
		maker := catalog.MakerOf(callee)
		if maker.Base != catalog.None && catalog.Name(callee) != "net/http.Transport.Clone" {
			b.transport(c, flow.Operand(call, maker.Base), depth+1)
			return
		}
		f := flow.FieldNamed(call.Type(), "MaxConnsPerHost")
		if f != nil && len(b.g.Settings(s.Origin, f)) == 0 {
			c.Unlimited = true
		}
	case tracing.MatchString(catalog.Name(callee)):
		for _, arg := range call.Call.Args {
			if name := catalog.TypeName(arg.Type()); name == "net/http.RoundTripper" || name == "net/http.Transport" {
				b.transport(c, arg, depth+1)
			}
		}
	default:
		c.Opaque = true
	}
}

// intercepted looks at the interceptors that a connection is given.
func (b *builder) intercepted(c *Client, option *ssa.Call) {
	var given []ssa.Value
	for _, arg := range option.Call.Args {
		if slice, ok := arg.(*ssa.Slice); ok {
			for i := int64(0); ; i++ {
				v := element(slice, i)
				if v == nil {
					break
				}
				given = append(given, v)
			}
			continue
		}
		given = append(given, arg)
	}
	for _, v := range given {
		b.interceptor(c, v)
	}
}

func (b *builder) interceptor(c *Client, v ssa.Value) {
	if fn := function(v); fn != nil {
		if fn.Blocks != nil {
			c.Protection |= b.shieldedBy(fn, map[*ssa.Function]bool{})
			return
		}
		obj, _ := fn.Object().(*types.Func)
		b.judged(c, obj)
		return
	}
	for {
		switch x := v.(type) {
		case *ssa.ChangeType:
			v = x.X
			continue
		case *ssa.Extract:
			v = x.Tuple
			continue
		}
		break
	}
	call, ok := v.(*ssa.Call)
	if !ok {
		c.Opaque = true
		return
	}
	if fn := b.g.Callee(call); fn != nil {
		c.Protection |= b.shieldedBy(fn, map[*ssa.Function]bool{})
		return
	}
	b.judged(c, flow.CalleeObject(call))
}

// judged adds what an interceptor of another package protects from, if that is known.
func (b *builder) judged(c *Client, fn *types.Func) {
	gives := catalog.Protects(fn)
	c.Protection |= gives
	if fn == nil || !gives.Has(catalog.WithBreaker) && !tracing.MatchString(catalog.Name(fn)) {
		c.Opaque = true
	}
}
