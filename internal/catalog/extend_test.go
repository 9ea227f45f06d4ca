package catalog_test

import (
	"go/types"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/resilint/resilint/internal/catalog"
)

func function(t *testing.T, pkg, name string) *types.Func {
	t.Helper()
	fn, ok := std(t, pkg).Scope().Lookup(name).(*types.Func)
	require.True(t, ok)
	return fn
}

func TestExtend(t *testing.T) {
	t.Cleanup(func() { require.NoError(t, catalog.Extend(nil)) })
	before := len(catalog.Libraries())
	get, head := function(t, "net/http", "Get"), function(t, "net/http", "Head")
	builtIn := *catalog.CallOf(get)

	require.NoError(t, catalog.Extend([]*catalog.Library{
		{
			Path:    "net/http",
			Calls:   []catalog.Call{{Name: "net/http.Get", Kind: catalog.Query}},
			Bounded: []string{"net/http.Head"},
		},
		{
			Path:     "example.org/rpc",
			Calls:    []catalog.Call{{Name: "example.org/rpc.Call", Kind: catalog.Query}},
			Types:    []catalog.Type{{Name: "example.org/rpc.Client", Bounds: []string{"Timeout"}}},
			Makers:   []catalog.Maker{{Name: "example.org/rpc.New", Type: "example.org/rpc.Client"}},
			Bounders: []string{"example.org/mw.Timeout"},
		},
	}))
	assert.Equal(t, catalog.Query, catalog.CallOf(get).Kind, "the user's entry wins")
	assert.Equal(t, "net/http", catalog.LibraryOf(catalog.CallOf(get)))
	assert.Nil(t, catalog.CallOf(head))
	assert.True(t, catalog.IsBounded(head))
	assert.True(t, catalog.Lists(head))
	assert.False(t, catalog.IsBounded(get))
	assert.True(t, catalog.Knows("example.org/rpc/v2"))
	assert.NotNil(t, catalog.CallNamed("example.org/rpc.Call"))
	assert.NotNil(t, catalog.TypeNamed("example.org/rpc.Client"))
	assert.False(t, catalog.HasType("example.org/rpc.Client"), "it is not built in")
	assert.True(t, catalog.HasType("net/http.Client"))
	assert.Len(t, catalog.Libraries(), before+2)

	require.NoError(t, catalog.Extend([]*catalog.Library{{Path: "example.org/kit"}}))
	assert.Nil(t, catalog.CallNamed("example.org/rpc.Call"), "an earlier extension is still there")
	assert.Equal(t, builtIn, *catalog.CallOf(get))

	require.NoError(t, catalog.Extend(nil))
	assert.False(t, catalog.IsBounded(head))
	assert.NotNil(t, catalog.CallOf(head))
	assert.Len(t, catalog.Libraries(), before)
}

func TestExtendMistakes(t *testing.T) {
	t.Cleanup(func() { require.NoError(t, catalog.Extend(nil)) })
	good := &catalog.Library{Path: "a", Calls: []catalog.Call{{Name: "a.Get", Kind: catalog.Dial}}}
	require.NoError(t, catalog.Extend([]*catalog.Library{good}))
	for name, test := range map[string]struct {
		lib  catalog.Library
		want string
	}{
		"no path":         {catalog.Library{}, `"" is not an import path`},
		"major version":   {catalog.Library{Path: "a/v2"}, `"a/v2" is not an import path without major version`},
		"no kind":         {catalog.Library{Path: "a", Calls: []catalog.Call{{Name: "a.Get"}}}, `call "a.Get" has an unknown kind (0)`},
		"unknown kind":    {catalog.Library{Path: "a", Calls: []catalog.Call{{Name: "a.Get", Kind: 99}}}, `call "a.Get" has an unknown kind (99)`},
		"not of the path": {catalog.Library{Path: "a", Calls: []catalog.Call{{Name: "ab.Get", Kind: catalog.Dial}}}, `call "ab.Get" is not of "a"`},
		"twice":           {catalog.Library{Path: "a", Calls: []catalog.Call{{Name: "a.Get", Kind: catalog.Dial}}, Bounded: []string{"a.Get"}}, `call "a.Get" is listed twice`},
		"no effect":       {catalog.Library{Path: "a", Hands: []catalog.Handover{{Name: "a.With"}}}, `handover "a.With" has an unknown effect (0)`},
		"unknown type":    {catalog.Library{Path: "a", Makers: []catalog.Maker{{Name: "a.New", Type: "a.Client"}}}, `maker "a.New" returns a "a.Client", which is not known`},
	} {
		t.Run(name, func(t *testing.T) {
			assert.ErrorContains(t, catalog.Extend([]*catalog.Library{&test.lib}), test.want)
			assert.NotNil(t, catalog.CallNamed("a.Get"), "the catalogue has changed")
		})
	}
}

// TestFits: a function of the name of a call, but without its operands, is another.
func TestFits(t *testing.T) {
	t.Cleanup(func() { require.NoError(t, catalog.Extend(nil)) })
	for name, test := range map[string]struct {
		call catalog.Call
		want bool
	}{
		"no operands": {catalog.Call{}, true},
		"the last":    {catalog.Call{Timeout: catalog.Arg2, Peer: catalog.Arg1}, true},
		"past it":     {catalog.Call{Context: catalog.Arg3}, false},
		"receiver":    {catalog.Call{Object: catalog.Recv}, false},
	} {
		t.Run(name, func(t *testing.T) {
			test.call.Name, test.call.Kind = "net.DialTimeout", catalog.Dial
			require.NoError(t, catalog.Extend([]*catalog.Library{{Path: "net", Calls: []catalog.Call{test.call}}}))
			assert.Equal(t, test.want, catalog.CallOf(function(t, "net", "DialTimeout")) != nil)
		})
	}
}
