package catalog

// A session accepts the streams that the peer of one connection opens on it. Whoever waits on
// them shares that connection, and the program has it already: slow clients do not pile up.

var _ = register(&Library{
	Path:    "github.com/hashicorp/yamux",
	Version: "v0.1.2",
	Near:    []string{"github.com/hashicorp/yamux.Session"},
})

// Its Accept returns no net.Conn, so that programs wrap it.
var _ = register(&Library{
	Path:    "github.com/xtaci/smux",
	Version: "v1.5.58",
	Near:    []string{"github.com/xtaci/smux.Session"},
})
