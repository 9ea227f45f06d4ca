package catalog

import (
	"errors"
	"fmt"
	"go/types"
	"maps"
	"slices"
	"strings"
	"sync"
)

// Extend adds libraries that a user describes to the catalogue, in place of those of an earlier
// call: Extend(nil) leaves what is built in. An entry of theirs replaces the one of the same
// name that is built in. It must not be called while packages are analyzed.
//
// The libraries may fill in Path, Calls, Types, Makers, Hands, Bounded and Bounders. If there
// is a mistake in them, the catalogue stays as it was.
func Extend(libs []*Library) error {
	own := builtIn()
	if err := validate(libs, own.kinds); err != nil {
		return err
	}
	libraries = slices.Concat(own.libraries, libs)
	known, calls, kinds = maps.Clone(own.known), maps.Clone(own.calls), maps.Clone(own.kinds)
	makers, hands = maps.Clone(own.makers), maps.Clone(own.hands)
	bounders, bounded = maps.Clone(own.bounders), maps.Clone(own.bounded)
	for _, lib := range libs {
		index(lib)
	}
	return nil
}

// tables are those that Extend can change.
type tables struct {
	libraries []*Library
	known     map[string]bool
	calls     map[string]*Call
	kinds     map[string]*Type
	makers    map[string]*Maker
	hands     map[string]*Handover
	bounders  map[string]*Library
	bounded   map[string]bool
}

// HasType reports whether a type is in the catalogue before it is extended.
func HasType(name string) bool { return builtIn().kinds[name] != nil }

// builtIn returns the tables as they are before the first call of Extend.
var builtIn = sync.OnceValue(func() tables {
	return tables{libraries, known, calls, kinds, makers, hands, bounders, bounded}
})

// validate reports what cannot be meant. The author of a configuration file sees
// internal/config's account of it first, which knows the lines.
func validate(libs []*Library, builtIn map[string]*Type) error {
	var errs []error
	add := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	seen := map[string]bool{}
	own := map[string]bool{}
	name := func(lib *Library, what, name string) {
		if !strings.HasPrefix(name, lib.Path+".") {
			add("%s %q is not of %q", what, name, lib.Path)
		}
		if seen[what+name] {
			add("%s %q is listed twice", what, name)
		}
		seen[what+name] = true
	}
	for _, lib := range libs {
		if lib.Path == "" || lib.Path != Path(lib.Path) {
			add("%q is not an import path without major version", lib.Path)
		}
		for i := range lib.Calls {
			name(lib, "call", lib.Calls[i].Name)
			if lib.Calls[i].Kind < Exchange || lib.Calls[i].Kind > Query {
				add("call %q has an unknown kind (%d)", lib.Calls[i].Name, lib.Calls[i].Kind)
			}
		}
		for _, bounded := range lib.Bounded {
			name(lib, "call", bounded)
		}
		for i := range lib.Types {
			name(lib, "type", lib.Types[i].Name)
			own[lib.Types[i].Name] = true
		}
		for i := range lib.Hands {
			name(lib, "handover", lib.Hands[i].Name)
			if lib.Hands[i].Effect < Keeps || lib.Hands[i].Effect > Sets {
				add("handover %q has an unknown effect (%d)", lib.Hands[i].Name, lib.Hands[i].Effect)
			}
		}
	}
	for _, lib := range libs {
		for _, maker := range lib.Makers {
			name(lib, "maker", maker.Name)
			if maker.Type != "" && !own[maker.Type] && builtIn[maker.Type] == nil {
				add("maker %q returns a %q, which is not known", maker.Name, maker.Type)
			}
		}
	}
	return errors.Join(errs...)
}

// Fits reports whether fn has the operands that the call is listed with. A function that has
// not is another one, under the same name: of another major version, or a mistake.
func (c *Call) Fits(fn *types.Func) bool {
	for _, op := range []Operand{c.Object, c.Request, c.Context, c.Options, c.Timeout, c.Listener, c.Network, c.Peer} {
		if !op.in(fn.Signature()) {
			return false
		}
	}
	return true
}

// in reports whether a function of that signature has the operand, if it is one.
func (op Operand) in(sig *types.Signature) bool {
	switch op {
	case None:
		return true
	case Recv:
		return sig.Recv() != nil
	}
	return int(op-Arg0) < sig.Params().Len()
}
