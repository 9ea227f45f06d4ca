package flow_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/ssa"
)

// TestLastStored asks for what a captured variable holds; "" is for what is not known.
func TestLastStored(t *testing.T) {
	tests := []struct{ name, source, want string }{
		{name: "called on the spot", source: `func f() { n := 1; n = 2; func() { probe(n) }(); n = 3 }`, want: "2:int"},
		{name: "beside a literal", source: `func f() { n := 1; n = 2; probe(n); defer func() { n = n }() }`, want: ""},
		{name: "read by a literal", source: `func f() { n := 1; n = 2; probe(n); func() { println(n) }() }`, want: "2:int"},
		{name: "parameter", source: `func f(n int) { n = 2; func() { probe(n) }() }`, want: "2:int"},
		{name: "under a condition", source: `func f(b bool) { n := 1; if b { n = 2 }; func() { probe(n) }() }`, want: ""},
		{name: "on the other branch", source: `func f(b bool) { n := 1; if b { n = 2; return }; func() { probe(n) }() }`, want: "1:int"},
		{name: "in a loop", source: `func f() { n := 1; for range 3 { func() { probe(n) }(); n = 2 } }`, want: ""},
		{name: "by a literal", source: `func f() { n := 1; func() { n = 2 }(); func() { probe(n) }() }`, want: ""},
		{name: "called later", source: `func f() { n := 1; g := func() { probe(n) }; n = 2; g(); g() }`, want: ""},
		{name: "in a goroutine", source: `func f() { n := 1; go func() { probe(n) }(); n = 2 }`, want: ""},
		{name: "no variable", source: `func f(p *int) { probe(*p) }`, want: ""},
	}
	sources := map[string]string{}
	for _, test := range tests {
		sources[test.name] = test.source
	}
	fixtures := load(t, sources)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := fixtures[test.name]
			require.Len(t, f.probe, 1)
			v := f.probe[0]
			if boxed, ok := v.(*ssa.MakeInterface); ok {
				v = boxed.X
			}
			got := ""
			if last := f.LastStored(v); last != nil {
				got = last.Name()
			}
			assert.Equal(t, test.want, got)
		})
	}
}
