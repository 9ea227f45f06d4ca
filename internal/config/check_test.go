package config_test

import (
	"go/types"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/config"
	"github.com/resilint/resilint/internal/evidencetest"
)

// The package that entries are compared with, in two major versions.
const (
	rpcSource = `package rpc

import (
	"context"
	"net"
	"net/http"
	"time"
)

type Client struct {
	http.Client
	Deadline time.Time
}

type Options struct{}

type Caller interface{ Call(ctx context.Context, method string) error }

func (c *Client) Call(ctx context.Context, method string, args ...any) error { return nil }
func (c *Client) SetTimeout(d time.Duration) {}

func New() *Client { return nil }
func Dial(network, addr string, timeout time.Duration) error { return nil }
func Serve(l net.Listener) error { return nil }
func Detach(ctx context.Context) context.Context { return ctx }
func Option(o *Options) error { return nil }
func Send(req *http.Request) error { return nil }
`
	oldSource = `package rpc

type Client struct{}

func (c *Client) Call(method string) error { return nil }
func Old() error { return nil }
`
)

// TestCheck is about what follows "path: example.org/kit/rpc" in an entry of the catalogue.
func TestCheck(t *testing.T) {
	t.Cleanup(func() { require.NoError(t, catalog.Extend(nil)) })
	pkgs := evidencetest.Load(t, map[string]string{"main.go": `package main

import (
	_ "example.org/kit/rpc"
	_ "example.org/kit/v2/rpc"
)`}, map[string]string{
		"example.org/kit/rpc/rpc.go":    oldSource,
		"example.org/kit/v2/rpc/rpc.go": rpcSource,
	})
	packages := func(yield func(*types.Package) bool) {
		for _, imported := range pkgs["."].Types.Imports() {
			if !yield(imported) {
				return
			}
		}
	}
	const client = "types: [{name: Client, bounds: [Deadline]}]\n    "
	for name, test := range map[string]struct{ text, want string }{
		"all of it": {client + `calls:
      - {name: Client.Call, kind: query, context: 0, client: receiver}
      - {name: Caller.Call, kind: query, context: 0}
      - {name: Dial, kind: dial, network: 0, address: 1, timeout: 2}
      - {name: Serve, kind: serve, listener: 0}
      - {name: Send, kind: exchange, request: 0}
      - {name: Old, kind: query}
    makers: [{name: New, type: Client}]
    contexts: [{name: Detach, deadline: keeps, from: 0}]`, ""},
		"no function":               {"calls: [{name: Dail, kind: dial}]", `f:2:20: example.org/kit/rpc has no Dail: did you mean Dial?`},
		"no method":                 {"calls: [{name: Client.Cal, kind: query}]", `f:2:20: example.org/kit/rpc has no Client.Cal: did you mean Client.Call?`},
		"no method of an interface": {"calls: [{name: Caller.Cal, kind: query}]", `f:2:20: example.org/kit/rpc has no Caller.Cal: did you mean Caller.Call?`},
		"no type of a method":       {"bounded: [Clint.Nothing]", `f:2:15: example.org/kit/rpc has no Clint.Nothing`},
		"a type, no function":       {"bounded: [Client]", `f:2:15: example.org/kit/rpc has no Client`},
		"promoted":                  {"bounded: [Client.Get]", `f:2:15: Client.Get of example.org/kit/rpc: it is net/http.Client.Get, which is the one to list`},
		"no such argument":          {"calls: [{name: Client.Call, kind: query, context: 3}]", `f:2:20: Client.Call of example.org/kit/rpc: there is no such context in func(ctx context.Context, method string, args ...any) error`},
		"no context":                {"calls: [{name: Client.Call, kind: query, context: 1}]", `f:2:20: Client.Call of example.org/kit/rpc: a string is no context`},
		"no timeout":                {"calls: [{name: Dial, kind: dial, timeout: 1}]", `f:2:20: Dial of example.org/kit/rpc: a string is no timeout`},
		"no listener":               {"calls: [{name: Dial, kind: serve, listener: 2}]", `f:2:20: Dial of example.org/kit/rpc: a time.Duration is no listener`},
		"no address":                {"calls: [{name: Dial, kind: dial, address: 2}]", `f:2:20: Dial of example.org/kit/rpc: a time.Duration is no address`},
		"no client":                 {"calls: [{name: Option, kind: query, client: 0}]", `f:2:20: Option of example.org/kit/rpc: nothing says what bounds its client, a *rpc.Options: want that among types`},
		"another product":           {client + "makers: [{name: Dial, type: Client}]", `f:3:21: Dial of example.org/kit/rpc: its first result is not a example.org/kit/rpc.Client`},
		"from no context":           {"contexts: [{name: Dial, deadline: keeps, from: 0}]", `f:2:23: Dial of example.org/kit/rpc: a string is no context or request`},
		"no type":                   {"types: [{name: Clint}]", `f:2:20: example.org/kit/rpc has no type Clint: did you mean Client?`},
		"no field":                  {"types: [{name: Client, bounds: [Dedline]}]", `f:2:37: Client has no field Dedline: did you mean Deadline?`},
		"no setter":                 {"types: [{name: Client, setters: [{name: SetTimout}]}]", `f:2:45: Client has no method SetTimout with such an argument`},
		"no argument to set":        {"types: [{name: Client, setters: [{name: SetTimeout, argument: 1}]}]", `f:2:45: Client has no method SetTimeout with such an argument`},
	} {
		t.Run(name, func(t *testing.T) {
			cfg, err := config.Parse("f", []byte("catalog:\n  - "+test.text+"\n    path: example.org/kit/rpc\n"), rules)
			require.NoError(t, err)
			require.NoError(t, cfg.Extend())
			errs := cfg.Check(packages)
			if test.want == "" {
				assert.Empty(t, errs)
			} else {
				assert.Equal(t, test.want, errs.Error())
			}
			assert.Empty(t, cfg.Check(func(func(*types.Package) bool) {}), "a package that is not imported")
		})
	}
}
