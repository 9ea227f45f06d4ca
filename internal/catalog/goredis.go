package catalog

// Commands read within 3 s (5 s in newer releases) and are tried 4 times: they do not hang, and are
// not listed. A ReadTimeout of -1 is none, and so is -2 (options.go, Options.init); contexts count
// for the connection's deadlines only where ContextTimeoutEnabled says so.
var _ = register(&Library{
	Path:    "github.com/redis/go-redis",
	Version: "v9.19.0",
	Source:  "Options.ReadTimeout",
	Default: "3 s, 4 times",
	Types: []Type{
		{Name: "github.com/redis/go-redis.Options", Bounds: []string{"ReadTimeout"}, Off: []int64{-1, -2}},
		{Name: "github.com/redis/go-redis.ClusterOptions", Bounds: []string{"ReadTimeout"}, Off: []int64{-1, -2}},
		{Name: "github.com/redis/go-redis.FailoverOptions", Bounds: []string{"ReadTimeout"}, Off: []int64{-1, -2}},
		{Name: "github.com/redis/go-redis.RingOptions", Bounds: []string{"ReadTimeout"}, Off: []int64{-1, -2}},
		{Name: "github.com/redis/go-redis.UniversalOptions", Bounds: []string{"ReadTimeout"}, Off: []int64{-1, -2}},
	},
	Fields: []string{
		"github.com/redis/go-redis.Options.ContextTimeoutEnabled",
		"github.com/redis/go-redis.ClusterOptions.ContextTimeoutEnabled",
		"github.com/redis/go-redis.FailoverOptions.ContextTimeoutEnabled",
		"github.com/redis/go-redis.RingOptions.ContextTimeoutEnabled",
		"github.com/redis/go-redis.UniversalOptions.ContextTimeoutEnabled",
	},
})
