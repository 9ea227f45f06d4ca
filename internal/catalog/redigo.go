package catalog

// A connection waits for 30 s to be established, and for each reply without a bound unless the
// options of Dial set one (conn.go, readTimeout: 0): what has to change is how
// it is dialled, and the context of DialContext ends with that. Commands have no bound of their own.
var _ = register(&Library{
	Path:    "github.com/gomodule/redigo/redis",
	Version: "v1.9.3",
	Source:  "DialReadTimeout, DialConnectTimeout",
	Default: "for ever; 30 s to connect",
	Calls: concat(
		each(Call{Kind: Dial, Network: Arg0, Peer: Arg1, Handshake: true, Advice: redigoOptions}, "github.com/gomodule/redigo/redis", "Dial"),
		each(Call{Kind: Dial, Network: Arg1, Peer: Arg2, Handshake: true, Advice: redigoOptions}, "github.com/gomodule/redigo/redis", "DialContext"),
		each(Call{Kind: Dial, Peer: Arg0, Handshake: true, Advice: redigoOptions}, "github.com/gomodule/redigo/redis", "DialURL"),
		each(Call{Kind: Dial, Peer: Arg1, Handshake: true, Advice: redigoOptions}, "github.com/gomodule/redigo/redis", "DialURLContext"),
	),
	Bounders: []string{
		"github.com/gomodule/redigo/redis.DialReadTimeout",
		"github.com/gomodule/redigo/redis.DialTimeout",
		"github.com/gomodule/redigo/redis.NewConn",
	},
})

const redigoOptions = "give it redis.DialReadTimeout and redis.DialWriteTimeout"
