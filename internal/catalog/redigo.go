package catalog

// redigo reads and writes without a bound unless the options of Dial set one; a connection's
// SetDeadline is not within reach (redis/conn.go, readTimeout). Commands that block are meant to.
var _ = register(&Library{
	Path:    "github.com/gomodule/redigo/redis",
	Version: "v1.9.3",
	Default: "for ever; 30 s to connect",
	Source:  "DialReadTimeout, DialConnectTimeout",
	Calls: []Call{
		{Name: "github.com/gomodule/redigo/redis.Conn.Do", Kind: Query, Once: true, Waits: redisWaits, Advice: "dial with redis.DialReadTimeout and redis.DialWriteTimeout"},
		{Name: "github.com/gomodule/redigo/redis.DoContext", Kind: Query, Context: Arg1, Waits: redisWaits, Advice: "redigo sets none"},
	},
	Bounders: []string{
		"github.com/gomodule/redigo/redis.DialReadTimeout",
		"github.com/gomodule/redigo/redis.DialTimeout",
		"github.com/gomodule/redigo/redis.NewConn",
	},
	Equippers: []Equipper{
		{Name: "github.com/gomodule/redigo/redis.Dial"},
		{Name: "github.com/gomodule/redigo/redis.DialURL"},
		{Name: "github.com/gomodule/redigo/redis.DialContext"},
		{Name: "github.com/gomodule/redigo/redis.DialURLContext"},
	},
})

var redisWaits = []string{"BLPOP", "BRPOP", "BLMOVE", "BLMPOP", "BZPOP", "BZMPOP", "XREAD", "SUBSCRIBE", "PSUBSCRIBE", "MONITOR", "WAIT"}
