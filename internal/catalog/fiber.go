package catalog

// An App serves with fasthttp, and hands on the ReadTimeout of its Config: "The default timeout is
// unlimited" (Config.ReadTimeout). A Unix socket's clients are on the machine.
var _ = register(&Library{
	Path:    "github.com/gofiber/fiber",
	Version: "v2.52.9",
	Source:  "Config.ReadTimeout; in v3.0.0, too",
	Default: "for ever, for requests",
	Calls: []Call{
		{Name: "github.com/gofiber/fiber.App.Listen", Kind: Serve, Advice: fiberServer},
		{Name: "github.com/gofiber/fiber.App.ListenTLS", Kind: Serve, Advice: fiberServer},
		{Name: "github.com/gofiber/fiber.App.Listener", Kind: Serve, Listener: Arg0, Advice: fiberServer},
	},
	Fields:    []string{"github.com/gofiber/fiber.Config.ReadTimeout", "github.com/valyala/fasthttp.Server.ReadTimeout"}, // app.Server()
	Equippers: []Equipper{{Name: "github.com/gofiber/fiber.New"}},
})

const fiberServer = "set ReadTimeout in the fiber.Config"
