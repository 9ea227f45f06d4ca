package catalog

// Stores other than SQL. go-redis, gomemcache and the Kafka clients of segmentio and IBM have
// finite defaults (5 s, 0.5 s, 10 s, 30 s), and so has amqp091 (heartbeats of 10 s): their calls
// do not hang, and are not listed.

// The driver waits 30 s for a server to be selected. A server that is gone fails two heartbeats
// (10 s, connectTimeoutMS of 30 s), and the connections in use are then closed (topology/server.go,
// clearAll; since v1.12): measured, a server that stops answering ends a Find. One that answers
// heartbeats and not the operation, because of a lock or a missing index, is waited for as long as
// the context allows, unless SetTimeout, the URI's timeoutMS, or a MaxTime bounds it
// (ClientOptions.Timeout: nil); likewise measured. A live server answers a Ping.
//
// Building an index takes as long as it takes, what a change stream waits for is its business, and
// cleaning up is not cut short. Connect of v1 connects in the background.
var _ = register(&Library{
	Path:    "go.mongodb.org/mongo-driver/mongo",
	Version: "v2.10.0",
	Families: []Family{{
		Except: []string{
			"Connect", "Disconnect", "Ping", "Watch", "Close", "UseSession", "UseSessionWithOptions", "AbortTransaction",
			"CreateOne", "CreateMany",
		},
		Call: mongoCall,
	}},
	// These return a result that holds the error.
	Calls: concat(
		each(mongoCall, "go.mongodb.org/mongo-driver/mongo.Collection", "FindOne", "FindOneAndDelete", "FindOneAndReplace", "FindOneAndUpdate"),
		each(mongoCall, "go.mongodb.org/mongo-driver/mongo.Database", "RunCommand"),
	),
	Bounders: []string{
		"go.mongodb.org/mongo-driver/mongo/options.ClientOptions.SetTimeout",
		"go.mongodb.org/mongo-driver/mongo/options.ClientOptions.SetSocketTimeout",
		"go.mongodb.org/mongo-driver/mongo/options.FindOptions.SetMaxTime",
		"go.mongodb.org/mongo-driver/mongo/options.FindOneOptions.SetMaxTime",
		"go.mongodb.org/mongo-driver/mongo/options.AggregateOptions.SetMaxTime",
		"go.mongodb.org/mongo-driver/mongo/options.CountOptions.SetMaxTime",
	},
	Settings: []string{"timeoutMS", "socketTimeoutMS", "maxTimeMS"},
})

var mongoCall = Call{
	Kind: Query, Context: Arg0, Advice: "MongoDB's driver gives up only on a server that is gone",
	Stuck: "the server is alive and the operation stuck",
}

// etcd retries a request up to 100 times, and waits for its answer as long as the context allows:
// Config.DialTimeout bounds connecting. With keepalives, a server that is gone is noticed, and one
// that is not bounds its requests by itself. Watches and leases that are kept alive are streams.
var _ = register(&Library{
	Path:    "go.etcd.io/etcd/client",
	Version: "v3.7.3",
	Calls: concat(
		each(etcdCall, "go.etcd.io/etcd/client.KV", "Put", "Get", "Delete", "Compact", "Do"),
		each(etcdCall, "go.etcd.io/etcd/client.Lease", "Grant", "Revoke", "TimeToLive", "Leases", "KeepAliveOnce"),
		each(etcdCall, "go.etcd.io/etcd/client.Maintenance", "Status", "AlarmList", "HashKV"),
		each(etcdCall, "go.etcd.io/etcd/client.Cluster", "MemberList", "MemberAdd", "MemberRemove", "MemberUpdate"),
	),
	Fields: []string{"go.etcd.io/etcd/client.Config.DialKeepAliveTime"},
})

var etcdCall = Call{Kind: Query, Context: Arg0, Advice: "etcd's client sets none"}

// arangodb's connections are &http.Client{} with a dialer of 30 s (connection_http_internal.go; in
// v1, of v1.6.7, http/connection.go).
var _ = register(&Library{
	Path:     "github.com/arangodb/go-driver",
	Version:  "v2.4.1",
	Families: []Family{{Deep: true, Call: Call{Kind: Query, Context: Arg0, Advice: "ArangoDB's client sets none"}}},
	Equippers: []Equipper{
		{Name: "github.com/arangodb/go-driver/connection.NewHttpConnection"},
		{Name: "github.com/arangodb/go-driver/connection.NewHttp2Connection"},
		{Name: "github.com/arangodb/go-driver/http.NewConnection"},
	},
})

// redigo reads and writes without a bound unless the options of Dial set one; a connection's
// SetDeadline is not within reach (redis/conn.go, readTimeout). Commands that block are meant to.
var _ = register(&Library{
	Path:    "github.com/gomodule/redigo/redis",
	Version: "v1.9.3",
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

// franz-go delivers a record for as long as it takes (RecordDeliveryTimeout, RecordRetries:
// unlimited).
var _ = register(&Library{
	Path:    "github.com/twmb/franz-go/pkg/kgo",
	Version: "v1.22.3",
	Calls: each(Call{Kind: Query, Context: Arg0, Advice: "Kafka's client tries to deliver for ever unless RecordDeliveryTimeout is set"},
		"github.com/twmb/franz-go/pkg/kgo.Client", "ProduceSync", "Flush"),
	Bounders: []string{
		"github.com/twmb/franz-go/pkg/kgo.RecordDeliveryTimeout",
		"github.com/twmb/franz-go/pkg/kgo.RecordRetries",
	},
})

// go-ldap connects within 60 s (DefaultTimeout), and waits for a response without a bound unless
// SetTimeout sets one (requestTimeout: 0).
var _ = register(&Library{
	Path:    "github.com/go-ldap/ldap",
	Version: "v3.4.15",
	Calls: each(Call{Kind: Query, Once: true, Advice: "call SetTimeout on the connection"}, "github.com/go-ldap/ldap.Conn",
		"Bind", "SimpleBind", "UnauthenticatedBind", "ExternalBind", "NTLMBind", "Search", "SearchWithPaging", "Add", "Modify", "ModifyDN", "Del", "Compare", "PasswordModify", "StartTLS", "WhoAmI"),
	Bounders: []string{"github.com/go-ldap/ldap.Conn.SetTimeout"},
	Equippers: []Equipper{
		{Name: "github.com/go-ldap/ldap.DialURL"},
		{Name: "github.com/go-ldap/ldap.Dial"},
		{Name: "github.com/go-ldap/ldap.DialTLS"},
	},
})
