package catalog

// Run and its likes serve with &http.Server{} of which Addr and Handler are set, and nothing else
// (gin.go). RunUnix serves clients on the machine; RunFd what it is handed.
var _ = register(&Library{
	Path:    "github.com/gin-gonic/gin",
	Version: "v1.12.0",
	Source:  "Engine.Run, Engine.RunListener",
	Default: "for ever, for request headers",
	Calls: []Call{
		{Name: "github.com/gin-gonic/gin.Engine.Run", Kind: Serve, Advice: ginServer},
		{Name: "github.com/gin-gonic/gin.Engine.RunTLS", Kind: Serve, Advice: ginServer},
		{Name: "github.com/gin-gonic/gin.Engine.RunListener", Kind: Serve, Listener: Arg0, Advice: ginServer},
	},
})

const ginServer = "make the engine the Handler of an http.Server that sets ReadHeaderTimeout"
