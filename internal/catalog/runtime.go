package catalog

const runtime = "github.com/resilint/resilint/runtime"

var _ = carry(&Traffic{
	Path: runtime + "/idempotency", Version: "v0.1.0", Source: "Once, Middleware, Store",
	Guards: []string{
		runtime + "/idempotency.Once", runtime + "/idempotency.Middleware",
		runtime + "/idempotency.Store.Begin", runtime + "/idempotency.Memory.Begin",
	},
})

var _ = carry(&Traffic{
	Path: runtime + "/idempotency/sqlstore", Version: "v0.1.0", Source: "OnceTx",
	Guards: []string{runtime + "/idempotency/sqlstore.OnceTx", runtime + "/idempotency/sqlstore.Store.Begin"},
})
