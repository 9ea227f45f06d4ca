package catalog

// Start and its likes serve with the http.Server in the field Server, or TLSServer, of which New
// sets the handler alone. Those of v5 set a ReadTimeout of 30 s (server.go, StartConfig.start) and
// have no such fields.
var _ = register(&Library{
	Path:    "github.com/labstack/echo",
	Version: "v4.13.4",
	Source:  "New, Echo.Start",
	Default: "for ever, for request headers; v5: 30 s",
	Calls: []Call{
		{Name: "github.com/labstack/echo.Echo.Start", Kind: Serve, Object: Recv},
		{Name: "github.com/labstack/echo.Echo.StartTLS", Kind: Serve, Object: Recv},
		{Name: "github.com/labstack/echo.Echo.StartAutoTLS", Kind: Serve, Object: Recv},
		{Name: "github.com/labstack/echo.Echo.StartH2CServer", Kind: Serve, Object: Recv},
		{Name: "github.com/labstack/echo.Echo.StartServer", Kind: Serve, Object: Arg0},
	},
	Types: []Type{
		{Name: "github.com/labstack/echo.Echo", Inner: []string{"Server", "TLSServer"}, Knob: "Server.ReadHeaderTimeout"},
	},
	Makers: []Maker{
		{Name: "github.com/labstack/echo.New", Type: "github.com/labstack/echo.Echo"},
	},
})
