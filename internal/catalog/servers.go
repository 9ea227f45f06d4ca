package catalog

import "go/types"

// What programs serve with. Of each kind, what stops it: where nothing does, SIGTERM ends the process
// with the requests that are in flight.

// ListenAndServe and its likes make a server that nobody else has. "When Shutdown is called, Serve,
// ListenAndServe, and ListenAndServeTLS immediately return ErrServerClosed. Make sure the program
// doesn't exit and waits instead for Shutdown to return" (Server.Shutdown).
var _ = offer(&Service{
	Path: "net/http", Version: "go1.26.8", Source: "Server.Serve, Server.Shutdown, Server.Close", Servers: "HTTP",
	Starts: []Start{
		{Name: "net/http.ListenAndServe", Listener: Arg0, Handler: Arg1},
		{Name: "net/http.ListenAndServeTLS", Listener: Arg0, Handler: Arg3},
		{Name: "net/http.Serve", Listener: Arg0, Handler: Arg1},
		{Name: "net/http.ServeTLS", Listener: Arg0, Handler: Arg1},
		{Name: "net/http.Server.ListenAndServe", Object: Recv, Closed: true},
		{Name: "net/http.Server.ListenAndServeTLS", Object: Recv, Closed: true},
		{Name: "net/http.Server.Serve", Object: Recv, Listener: Arg0, Closed: true},
		{Name: "net/http.Server.ServeTLS", Object: Recv, Listener: Arg0, Closed: true},
	},
	Stops: []Stop{
		{Name: "net/http.Server.Shutdown", Context: Arg0},
		{Name: "net/http.Server.Close"},
	},
	Routers: []string{"net/http.ServeMux"},
	Routes:  []string{"net/http.Handle", "net/http.HandleFunc"},
	Scrapes: []string{
		"github.com/prometheus/client_golang/prometheus/promhttp.Handler",
		"github.com/prometheus/client_golang/prometheus/promhttp.HandlerFor",
		"expvar.Handler",
	},
})

// Run and its likes serve with an http.Server of their own.
var _ = offer(&Service{
	Path: "github.com/gin-gonic/gin", Version: "v1.12.0", Source: "Engine.Run", Servers: "HTTP",
	Starts: []Start{
		{Name: "github.com/gin-gonic/gin.Engine.Run", Listener: Arg0},
		{Name: "github.com/gin-gonic/gin.Engine.RunTLS", Listener: Arg0},
		{Name: "github.com/gin-gonic/gin.Engine.RunListener", Listener: Arg0},
	},
	Routers: []string{"github.com/gin-gonic/gin.Engine", "github.com/gin-gonic/gin.RouterGroup", "github.com/gin-gonic/gin.IRoutes", "github.com/gin-gonic/gin.IRouter"},
})

// Echo's server is an http.Server. That of v5 listens to signals, or takes a context that ends it, and
// has no Shutdown (v5: Echo.Start, StartConfig.Start).
var _ = offer(&Service{
	Path: "github.com/labstack/echo", Version: "v4.13.4", Source: "Echo.Start, Echo.StartServer, Echo.Shutdown, Echo.Close", Servers: "HTTP",
	Starts: []Start{
		{Name: "github.com/labstack/echo.Echo.Start", Object: Recv, Listener: Arg0, Closed: true},
		{Name: "github.com/labstack/echo.Echo.StartTLS", Object: Recv, Listener: Arg0, Closed: true},
		{Name: "github.com/labstack/echo.Echo.StartAutoTLS", Object: Recv, Listener: Arg0, Closed: true},
		{Name: "github.com/labstack/echo.Echo.StartH2CServer", Object: Recv, Listener: Arg0, Closed: true},
		{Name: "github.com/labstack/echo.Echo.StartServer", Object: Recv, Closed: true},
	},
	Stops: []Stop{
		{Name: "github.com/labstack/echo.Echo.Shutdown", Context: Arg0},
		{Name: "github.com/labstack/echo.Echo.Close"},
	},
	Routers: []string{"github.com/labstack/echo.Echo", "github.com/labstack/echo.Group"},
})

// Listen returns nil once the listener is closed. v3 can be given a context that ends it
// (ListenConfig.GracefulContext), which counts as a stop: see package serving.
var _ = offer(&Service{
	Path: "github.com/gofiber/fiber", Version: "v2.52.9", Source: "App.Listen, App.Shutdown; in v3.1.0, too", Servers: "fasthttp",
	Starts: []Start{
		{Name: "github.com/gofiber/fiber.App.Listen", Object: Recv, Listener: Arg0},
		{Name: "github.com/gofiber/fiber.App.ListenTLS", Object: Recv, Listener: Arg0},
		{Name: "github.com/gofiber/fiber.App.ListenTLSWithCertificate", Object: Recv, Listener: Arg0},
		{Name: "github.com/gofiber/fiber.App.ListenMutualTLS", Object: Recv, Listener: Arg0},
		{Name: "github.com/gofiber/fiber.App.Listener", Object: Recv, Listener: Arg0},
	},
	Stops: []Stop{
		{Name: "github.com/gofiber/fiber.App.Shutdown"},
		{Name: "github.com/gofiber/fiber.App.ShutdownWithTimeout"},
		{Name: "github.com/gofiber/fiber.App.ShutdownWithContext", Context: Arg0},
	},
	Routers: []string{"github.com/gofiber/fiber.App", "github.com/gofiber/fiber.Group", "github.com/gofiber/fiber.Router"},
})

var _ = offer(&Service{
	Path: "github.com/valyala/fasthttp", Version: "v1.65.0", Source: "Server.Serve, Server.Shutdown", Servers: "fasthttp",
	Starts: []Start{
		{Name: "github.com/valyala/fasthttp.ListenAndServe", Listener: Arg0},
		{Name: "github.com/valyala/fasthttp.ListenAndServeTLS", Listener: Arg0},
		{Name: "github.com/valyala/fasthttp.Serve", Listener: Arg0},
		{Name: "github.com/valyala/fasthttp.Server.ListenAndServe", Object: Recv, Listener: Arg0},
		{Name: "github.com/valyala/fasthttp.Server.ListenAndServeTLS", Object: Recv, Listener: Arg0},
		{Name: "github.com/valyala/fasthttp.Server.Serve", Object: Recv, Listener: Arg0},
		{Name: "github.com/valyala/fasthttp.Server.ServeTLS", Object: Recv, Listener: Arg0},
	},
	Stops: []Stop{
		{Name: "github.com/valyala/fasthttp.Server.Shutdown"},
		{Name: "github.com/valyala/fasthttp.Server.ShutdownWithContext", Context: Arg0},
	},
	Routers: []string{"github.com/fasthttp/router.Router", "github.com/fasthttp/router.Group"},
})

// Serve waits for GracefulStop to be done (Server.Serve: "if s.quit.HasFired() { <-s.done.Done() }").
var _ = offer(&Service{
	Path: "google.golang.org/grpc", Version: "v1.77.0", Source: "Server.Serve, Server.GracefulStop, Server.Stop", Servers: "gRPC",
	Starts: []Start{
		{Name: "google.golang.org/grpc.Server.Serve", Object: Recv, Listener: Arg0},
	},
	Stops: []Stop{
		{Name: "google.golang.org/grpc.Server.GracefulStop"},
		{Name: "google.golang.org/grpc.Server.Stop"},
	},
})

// Routers that are handlers for someone else's server.

var _ = offer(&Service{
	Path: "github.com/go-chi/chi", Version: "v5.2.3", Source: "Router",
	Routers: []string{"github.com/go-chi/chi.Mux", "github.com/go-chi/chi.Router"},
})

var _ = offer(&Service{
	Path: "github.com/gorilla/mux", Version: "v1.8.1", Source: "Router, Route",
	Routers: []string{"github.com/gorilla/mux.Router"},
})

var _ = offer(&Service{
	Path: "github.com/julienschmidt/httprouter", Version: "v1.3.0", Source: "Router",
	Routers: []string{"github.com/julienschmidt/httprouter.Router"},
})

// runners serve until a signal ends the program, and shut down by themselves, within a time.
var runners = map[string]bool{runtimePath + "/serve.Run": true, runtimePath + "/serve.All": true}

// RunsServers reports whether a function serves, and shuts down by itself when the program is told to end.
func RunsServers(fn *types.Func) bool { return runners[Name(fn)] }
