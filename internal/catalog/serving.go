package catalog

import (
	"go/types"
	"strings"

	"github.com/resilint/resilint/internal/regexp"
)

// A Service is what a library has to serve requests with, and to stop doing so.
type Service struct {
	Path    string // import path without major version
	Version string // the release whose source the rows were read in
	Source  string // where in it, by its own names

	// Servers names the kind of its servers: those of one kind stop alike, whichever library starts
	// them (gin runs on net/http).
	Servers string

	Starts  []Start
	Stops   []Stop
	Routers []string // types whose methods register handlers for paths
	Routes  []string // functions that do so with the one router that the program has
	Scrapes []string // functions that return a handler for other programs than clients: metrics
}

// A Start is a function that serves until it is stopped.
type Start struct {
	Name     string
	Object   Operand // the server; without one, nothing can stop it. A receiver has one of the Stops
	Listener Operand // where it listens: a net.Listener, or an address
	Handler  Operand
	// Closed says that it returns http.ErrServerClosed as soon as it is told to shut down.
	Closed bool
}

// A Stop is a function that ends a server.
type Stop struct {
	Name    string
	Context Operand // that bounds how long it waits for requests; without one, it waits for none, or for all
}

var (
	offered  []*Service
	services = map[string]*Service{} // by start, stop and route
	starts   = map[string]*Start{}
	stops    = map[string]*Stop{}
	routers  = map[string]bool{}
	routes   = map[string]bool{}
	scrapes  = map[string]bool{}
	servers  = map[string]string{} // kinds of servers by their type
)

// offer adds a service to the catalogue, as register does.
func offer(s *Service) bool { //nolint:unparam // "var _ =" wants a value
	for i := range s.Starts {
		start := &s.Starts[i]
		starts[start.Name], services[start.Name] = start, s
		if start.Object != None {
			servers[start.Name[:strings.LastIndexByte(start.Name, '.')]] = s.Servers
		}
	}
	for i := range s.Stops {
		stops[s.Stops[i].Name], services[s.Stops[i].Name] = &s.Stops[i], s
	}
	enlist(routers, s.Routers)
	enlist(routes, s.Routes)
	enlist(scrapes, s.Scrapes)
	offered = append(offered, s)
	return true
}

// StartOf returns what is known of fn as a function that serves, and the kind of its servers; nil if
// it does not.
func StartOf(fn *types.Func) (*Start, string) {
	name := Name(fn)
	start := starts[name]
	if start == nil || start.Object == Recv && !services[name].canStop(fn.Signature().Recv().Type()) {
		return nil, ""
	}
	return start, services[name].Servers
}

// canStop reports whether a server has one of the service's methods that stop it. Another major version
// may do without: it stops by itself.
func (s *Service) canStop(t types.Type) bool {
	for i := range s.Stops {
		name := s.Stops[i].Name
		if obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name[strings.LastIndexByte(name, '.')+1:]); obj != nil {
			return true
		}
	}
	return false
}

// StopOf returns what is known of fn as a function that stops servers, and of which kind; nil if it
// does not.
func StopOf(fn *types.Func) (*Stop, string) {
	name := Name(fn)
	if stop := stops[name]; stop != nil {
		return stop, services[name].Servers
	}
	return nil, ""
}

// ServerKind returns the kind of servers that t, or the type it points to, is one of; "" if it is none.
func ServerKind(t types.Type) string { return servers[TypeName(t)] }

// Serves reports whether a package that imports path can start or stop servers.
func Serves(path string) bool {
	path = Path(path)
	for _, s := range offered {
		if s.Path == path && s.Servers != "" {
			return true
		}
	}
	return false
}

// Registers reports whether fn registers handlers for the paths that it is given: as a method of a
// router, or a function.
func Registers(fn *types.Func) bool {
	if fn == nil {
		return false
	}
	if routes[Name(fn)] {
		return true
	}
	recv := fn.Signature().Recv()
	return recv != nil && routers[TypeName(recv.Type())] && !ownWords.MatchString(fn.Name())
}

// ownWords are methods of routers that take a path, and register nothing for it.
var ownWords = regexp.MustCompile(`^(Group|Use|Static\w*|With|Pre|Redirect\w*|URL|Reverse|Find|Mount|Host|Subrouter|ServeHTTP|Run\w*|Start\w*|Listen\w*)$`)

// IsRouter reports whether t, or the type it points to, is a router.
func IsRouter(t types.Type) bool { return routers[TypeName(t)] }

// Scrapes reports whether fn returns a handler that is not for clients.
func Scrapes(fn *types.Func) bool { return scrapes[Name(fn)] }

// Services returns what all libraries serve with, for tests. It must not be changed.
func Services() []*Service { return offered }

// serverless are libraries of programs that someone else runs, a request at a time: they neither
// serve nor are probed.
var serverless = []string{
	"github.com/aws/aws-lambda-go/lambda",
	"github.com/awslabs/aws-lambda-go-api-proxy",
	"github.com/GoogleCloudPlatform/functions-framework-go",
	"google.golang.org/appengine",
	"github.com/apex/gateway",
	"github.com/akrylysov/algnhsa",
	"github.com/fnproject/fdk-go",
	"github.com/openfaas/templates-sdk",
}

// IsServerless reports whether an import path is of such a library.
func IsServerless(path string) bool { return below(path, serverless) }

// lifecycles are libraries that start servers anew, or end them, by what they are told elsewhere.
var lifecycles = []string{
	"github.com/cloudflare/tableflip",
	"github.com/facebookgo/grace",
	"github.com/facebookgo/httpdown",
	"github.com/fvbock/endless",
	"github.com/jpillora/overseer",
	"github.com/tylerb/graceful",
	"gopkg.in/tylerb/graceful",
	"github.com/ory/graceful",
	"github.com/braintree/manners",
	"github.com/zenazn/goji/graceful",
	"github.com/kardianos/service",
	"github.com/judwhite/go-svc",
	"github.com/takama/daemon",
}

// EndsServers reports whether an import path is of such a library.
func EndsServers(path string) bool { return below(path, lifecycles) }

// awaiters are functions that run a program until a signal ends it, without saying so by their names: fx v1.24.0,
// App.Run, App.Done, App.Wait; knative.dev/pkg v0.0.0-20260622140654, sharedmain.Main, by signals.NewContext.
var awaiters = map[string]bool{
	"go.uber.org/fx.App.Run":                    true,
	"go.uber.org/fx.App.Done":                   true,
	"go.uber.org/fx.App.Wait":                   true,
	"knative.dev/pkg/injection/sharedmain.Main": true,
}

// AwaitsSignals reports whether fn is a function of a library that listens to signals, SIGTERM among them.
func AwaitsSignals(fn *types.Func) bool { return awaiters[Name(fn)] }

func below(path string, list []string) bool {
	path = Path(path)
	for _, lib := range list {
		if path == lib || strings.HasPrefix(path, lib+"/") {
			return true
		}
	}
	return false
}

// TellsHealth reports whether a library with that import path answers probes, or helps with it:
// google.golang.org/grpc/health, github.com/alexliesenfeld/health, k8s.io/apiserver/pkg/server/healthz.
func TellsHealth(path string) bool { return healthLibrary.MatchString(path) }

var healthLibrary = regexp.MustCompile(`(?i)(^|[/_.-])(go-|gin-|grpc_?|echo-?|fiber-?)?(health(z|check|checks|checker|_v1)?|liveness|readiness|sundheit)(-go|-check)?(/|$)`)
