package catalog

import (
	"go/types"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/regexp"
)

// A Protection is what stands between a program and something that it depends on: a set.
type Protection uint8

// The protections.
const (
	WithBreaker  Protection = 1 << iota // gives up at once while the dependency fails
	WithBulkhead                        // limits how many calls wait for it at a time
	WithRetry                           // attempts again
	WithTimeout                         // gives up after a while
	WithFallback                        // answers in its place
)

// Has reports whether a set of protections contains all of another one.
func (p Protection) Has(other Protection) bool { return p&other == other }

// String names protections: "breaker, deadline".
func (p Protection) String() string {
	var names []string
	for i, name := range []string{"breaker", "bulkhead", "retry", "timeout", "fallback"} {
		if p.Has(1 << i) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// A Shield is a library that protects a program from what it depends on. A function that calls one of its
// functions or methods is taken to be protected, as is what is called by functions that it is given: whether
// the policies that are given to it at run time contain a breaker is not decided.
type Shield struct {
	Path    string // import path without major version; packages below it count, too
	Version string // the release whose source the row was read in; "" where it is known by its name alone
	Source  string
	Gives   Protection

	// Makers are the functions that make a breaker, which remembers what has failed.
	Makers []string
	// Settings is the struct that says, in its field Judge or one of its Others, which errors count as
	// failures of the dependency; without any, all of them do.
	Settings string
	Judges   []string
}

const runtimePath = "github.com/resilint/resilint/runtime"

// shields are ordered by path. A longer path stands before its beginning.
var shields = []*Shield{
	{
		Path: "github.com/sony/gobreaker", Version: "v2.4.0, v1.0.0", Source: "CircuitBreaker.Execute; defaultIsSuccessful: err == nil", Gives: WithBreaker,
		Makers: []string{
			"github.com/sony/gobreaker.NewCircuitBreaker", "github.com/sony/gobreaker.NewTwoStepCircuitBreaker",
		},
		Settings: "github.com/sony/gobreaker.Settings", Judges: []string{"IsSuccessful", "IsExcluded"},
	},
	{
		Path: "github.com/failsafe-go/failsafe-go", Version: "v0.9.8", Source: "With; failsafehttp.NewRoundTripper", Gives: WithBreaker,
		Makers: []string{"github.com/failsafe-go/failsafe-go/circuitbreaker.NewWithDefaults"},
	},
	{Path: "github.com/afex/hystrix-go", Version: "fa1af6a1f4f5", Source: "hystrix.Do, DoC, Go, GoC: 10 calls at a time", Gives: WithBreaker | WithBulkhead | WithTimeout},
	{
		Path: "github.com/eapache/go-resiliency/breaker", Version: "v1.7.0", Source: "Breaker.Run", Gives: WithBreaker,
		Makers: []string{"github.com/eapache/go-resiliency/breaker.New"},
	},
	{Path: "github.com/zeromicro/go-zero/core/breaker", Version: "v1.10.3", Source: "Do, NewBreaker", Gives: WithBreaker, Makers: []string{"github.com/zeromicro/go-zero/core/breaker.NewBreaker"}},
	{Path: "github.com/zeromicro/go-zero", Version: "v1.10.3", Source: "zrpc/internal/clientinterceptors, rest/httpc: a breaker by default", Gives: WithBreaker},
	{Path: "github.com/go-kit/kit/circuitbreaker", Version: "v0.13.0", Source: "Gobreaker, Hystrix, HandyBreaker", Gives: WithBreaker},
	{Path: "github.com/gojek/heimdall/hystrix", Version: "v7.0.3", Source: "NewClient", Gives: WithBreaker | WithBulkhead | WithTimeout},
	{
		Path: "github.com/rubyist/circuitbreaker", Version: "v2.2.1", Source: "Breaker.Call", Gives: WithBreaker,
		Makers: []string{
			"github.com/rubyist/circuitbreaker.NewBreaker", "github.com/rubyist/circuitbreaker.NewThresholdBreaker",
			"github.com/rubyist/circuitbreaker.NewConsecutiveBreaker", "github.com/rubyist/circuitbreaker.NewRateBreaker",
		},
	},
	{
		Path: "github.com/streadway/handy/breaker", Version: "0f66f006fb2e", Source: "Transport, NewBreaker", Gives: WithBreaker,
		Makers: []string{"github.com/streadway/handy/breaker.NewBreaker"},
	},
	{Path: "github.com/go-kratos/kratos/middleware/circuitbreaker", Version: "v2.8.3", Source: "Client", Gives: WithBreaker},
	{Path: "github.com/mercari/go-circuitbreaker", Source: "by its name", Gives: WithBreaker},
	{Path: "github.com/alibaba/sentinel-golang", Source: "by its name", Gives: WithBreaker},
	{Path: "github.com/cep21/circuit", Source: "by its name", Gives: WithBreaker},
	{Path: runtimePath + "/breaker", Version: "v0.1.0", Source: "Breaker.Do, Value", Gives: WithBreaker, Makers: []string{runtimePath + "/breaker.New"}},
	{Path: runtimePath + "/httpclient", Version: "v0.1.0", Source: "New, Wrap", Gives: WithBreaker | WithBulkhead | WithRetry | WithTimeout},
	{Path: runtimePath + "/bulkhead", Version: "v0.1.0", Source: "Value, NewGroup", Gives: WithBulkhead},
	{Path: runtimePath + "/fallback", Version: "v0.1.0", Source: "Value", Gives: WithFallback},
	{Path: "golang.org/x/sync/semaphore", Version: "v0.20.0", Source: "Weighted.Acquire", Gives: WithBulkhead},
}

func init() {
	for _, s := range shields {
		known[s.Path] = true
		for _, maker := range s.Makers {
			known[packageOf(maker)] = true
		}
	}
}

// Shields returns the libraries that protect from dependencies, for documentation and tests. It must not
// be changed.
func Shields() []*Shield { return shields }

// ShieldOf returns the library that declares fn, if it protects from dependencies, or nil.
func ShieldOf(fn *types.Func) *Shield {
	if fn == nil || fn.Pkg() == nil {
		return nil
	}
	return shieldAt(Path(fn.Pkg().Path()))
}

func shieldAt(path string) *Shield {
	for _, s := range shields {
		if path == s.Path || strings.HasPrefix(path, s.Path+"/") {
			return s
		}
	}
	return nil
}

// Protects returns the protections that a call of fn brings: those of its library, or a breaker, if it is
// called one by a library that is not known.
func Protects(fn *types.Func) Protection {
	if s := ShieldOf(fn); s != nil {
		return s.Gives
	}
	if fn == nil || fn.Pkg() == nil {
		return 0
	}
	if RetrierOf(fn) != nil {
		return WithRetry
	}
	words := fn.Pkg().Path() + "." + fn.Name()
	if recv := fn.Signature().Recv(); recv != nil {
		words += "." + TypeName(recv.Type())
	}
	if breakers.MatchString(words) {
		return WithBreaker
	}
	return 0
}

// breakers are names of what gives up at once while a dependency fails, or lets no more than a share of the calls be attempts
// made again.
var breakers = regexp.MustCompile(`(?i)circuit_?-?break|breaker|hystrix|circuit(open|state|closed)|adaptive_?throttl|outlier_?detect|retry_?(budget|throttl)`)

// NamesBreaker reports whether a name is that of a breaker.
func NamesBreaker(name string) bool { return breakers.MatchString(name) }

// MakesBreaker returns the library of fn if it makes a breaker, or nil.
func MakesBreaker(fn *types.Func) *Shield {
	if s := ShieldOf(fn); s != nil && slices.Contains(s.Makers, Name(fn)) {
		return s
	}
	return nil
}
