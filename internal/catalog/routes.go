package catalog

// Handlers of requests.
var _ = carry(&Traffic{
	Path: "net/http", Version: "Go 1.26", Source: "ServeMux.Handle, ServeMux.HandleFunc", Name: "the client",
	Handlers: rows(Handler{Func: Arg1, HTTP: true, Verb: Arg0, Method: "ServeHTTP"},
		"net/http.Handle", "net/http.HandleFunc", "net/http.ServeMux.Handle", "net/http.ServeMux.HandleFunc"),
})

var _ = carry(&Traffic{
	Path: "github.com/gin-gonic/gin", Version: "v1.12.0", Source: "IRoutes.POST, IRoutes.Handle", Name: "the client",
	Handlers: append(postRoutes("github.com/gin-gonic/gin", []string{"RouterGroup", "Engine", "IRoutes", "IRouter"}, None, "POST", "PATCH"),
		rows(Handler{HTTP: true, Verb: Arg0}, "github.com/gin-gonic/gin.RouterGroup.Handle", "github.com/gin-gonic/gin.IRoutes.Handle")...),
})

var _ = carry(&Traffic{
	Path: "github.com/labstack/echo", Version: "v4.16.0", Source: "Echo.POST, Echo.Add", Name: "the client",
	Handlers: append(postRoutes("github.com/labstack/echo", []string{"Echo", "Group"}, Arg1, "POST", "PATCH"),
		rows(Handler{Func: Arg2, HTTP: true, Verb: Arg0}, "github.com/labstack/echo.Echo.Add", "github.com/labstack/echo.Group.Add")...),
})

var _ = carry(&Traffic{
	Path: "github.com/go-chi/chi", Version: "v5.5.0", Source: "Router.Post, Router.Method, Router.MethodFunc", Name: "the client",
	Handlers: append(postRoutes("github.com/go-chi/chi", []string{"Mux", "Router"}, Arg1, "Post", "Patch"),
		rows(Handler{Func: Arg2, HTTP: true, Verb: Arg0, Method: "ServeHTTP"},
			"github.com/go-chi/chi.Mux.Method", "github.com/go-chi/chi.Mux.MethodFunc",
			"github.com/go-chi/chi.Router.Method", "github.com/go-chi/chi.Router.MethodFunc")...),
})

var _ = carry(&Traffic{
	Path: "github.com/gofiber/fiber", Version: "v2.52.15", Source: "Router.Post, Router.Add", Name: "the client",
	Handlers: append(postRoutes("github.com/gofiber/fiber", []string{"App", "Group", "Router"}, None, "Post", "Patch"),
		rows(Handler{HTTP: true, Verb: Arg0}, "github.com/gofiber/fiber.App.Add", "github.com/gofiber/fiber.Group.Add", "github.com/gofiber/fiber.Router.Add")...),
})

// A route is given its methods before its handler or after.
var _ = carry(&Traffic{
	Path: gorillaMux, Version: "v1.8.1", Source: "Router.HandleFunc, Route.Methods", Name: "the client",
	Handlers: append(
		rows(Handler{Func: Arg1, HTTP: true, Chained: muxMethods, Method: "ServeHTTP"}, gorillaMux+".Router.Handle", gorillaMux+".Router.HandleFunc"),
		rows(Handler{Func: Arg0, HTTP: true, Chained: muxMethods, Method: "ServeHTTP"}, gorillaMux+".Route.Handler", gorillaMux+".Route.HandlerFunc")...),
})

const gorillaMux = "github.com/gorilla/mux"

var muxMethods = []string{gorillaMux + ".Route.Methods", gorillaMux + ".Router.Methods"}

// "Cloud Scheduler provides at-least-once delivery"; it tells itself by the name of the job, and a run by
// the time that it was to begin at.
var _ = carry(&Traffic{
	Path: "cloud.google.com/go/scheduler", Version: "documentation of October 2026", Source: "Deduplicate job requests",
	Name: "Cloud Scheduler", Again: "when it gets no 2xx in time",
	Told: []string{"X-CloudScheduler-JobName"},
})

func postRoutes(path string, routers []string, handler Operand, methods ...string) []Handler {
	var handlers []Handler
	for _, router := range routers {
		for _, method := range methods {
			handlers = append(handlers, Handler{Name: path + "." + router + "." + method, Func: handler, HTTP: true})
		}
	}
	return handlers
}

// rows returns a row for each name.
func rows(row Handler, names ...string) []Handler {
	var all []Handler
	for _, name := range names {
		row.Name = name
		all = append(all, row)
	}
	return all
}
