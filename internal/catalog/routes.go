package catalog

// Handlers of POST and PATCH requests.

var _ = carry(&Traffic{
	Path: "github.com/gin-gonic/gin", Version: "v1.11.0", Source: "IRoutes.POST", Name: "the client",
	Handlers: postRoutes("github.com/gin-gonic/gin", []string{"RouterGroup", "Engine", "IRoutes", "IRouter"}, None, "POST", "PATCH"),
})

var _ = carry(&Traffic{
	Path: "github.com/labstack/echo", Version: "v4.13.4", Source: "Echo.POST", Name: "the client",
	Handlers: postRoutes("github.com/labstack/echo", []string{"Echo", "Group"}, Arg1, "POST", "PATCH"),
})

var _ = carry(&Traffic{
	Path: "github.com/go-chi/chi", Version: "v5.2.3", Source: "Router.Post", Name: "the client",
	Handlers: postRoutes("github.com/go-chi/chi", []string{"Mux", "Router"}, Arg1, "Post", "Patch"),
})

var _ = carry(&Traffic{
	Path: "github.com/gofiber/fiber", Version: "v2.52.9", Source: "Router.Post", Name: "the client",
	Handlers: postRoutes("github.com/gofiber/fiber", []string{"App", "Group", "Router"}, None, "Post", "Patch"),
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
