package catalog

import (
	"time"

	"github.com/resilint/resilint/internal/regexp"
)

// Commands read within 3 s (5 s in newer releases) and are tried 4 times: they do not hang, and are
// not listed. A ReadTimeout of -1 is none, and so is -2 (options.go, Options.init); contexts count
// for the connection's deadlines only where ContextTimeoutEnabled says so: without it, GET with
// 500 ms takes 3 s (v9.19.0) or 5 s (v9.23.0) of a peer that is silent, and fails then.
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
	// "ContextTimeoutEnabled controls whether the client respects context timeouts and deadlines"
	// (Options); without it, baseClient.context is context.Background for reading and writing. What
	// a context still ends is the wait for a connection, and the delays between tries.
	Heedless: []Heedless{
		heedlessRedis("NewClient"), heedlessRedis("NewClusterClient"), heedlessRedis("NewFailoverClient"),
		heedlessRedis("NewFailoverClusterClient"), heedlessRedis("NewRing"), heedlessRedis("NewUniversalClient"),
	},
	Fields: []string{
		"github.com/redis/go-redis.Options.ContextTimeoutEnabled",
		"github.com/redis/go-redis.ClusterOptions.ContextTimeoutEnabled",
		"github.com/redis/go-redis.FailoverOptions.ContextTimeoutEnabled",
		"github.com/redis/go-redis.RingOptions.ContextTimeoutEnabled",
		"github.com/redis/go-redis.UniversalOptions.ContextTimeoutEnabled",
	},
})

func heedlessRedis(maker string) Heedless {
	return Heedless{
		Maker: "github.com/redis/go-redis." + maker, Options: Arg0,
		Heed: "ContextTimeoutEnabled", Wait: "ReadTimeout", Default: 3 * time.Second,
		Queues: blockingRedis,
	}
}

// blockingRedis matches the commands that take a timeout of their own.
var blockingRedis = regexp.MustCompile(`^(?:B[A-Z]|XRead)`)
