package catalog

// Stores other than SQL. go-redis, gomemcache and the Kafka clients of segmentio and IBM have
// finite defaults (5 s, 0.5 s, 10 s, 30 s), and so has amqp091 (heartbeats of 10 s): their calls
// do not hang, and are not listed.

// The driver waits 30 s for a server to be selected, and for an operation as long as its context
// allows, unless SetTimeout or the URI's timeoutMS bounds it (ClientOptions.Timeout: nil). Connect
// of v1 connects in the background; what a change stream waits for is its business.
var _ = register(&Library{
	Path:     "go.mongodb.org/mongo-driver/mongo",
	Version:  "v2.10.0",
	Families: []Family{{Except: []string{"Connect", "Watch", "Disconnect"}, Call: Call{Kind: Query, Context: Arg0, Advice: "MongoDB sets none"}}},
	Bounders: []string{
		"go.mongodb.org/mongo-driver/mongo/options.ClientOptions.SetTimeout",
		"go.mongodb.org/mongo-driver/mongo/options.ClientOptions.SetSocketTimeout",
	},
	Settings: []string{"timeoutMS", "socketTimeoutMS"},
})

// etcd retries a request up to 100 times, and waits for its answer as long as the context allows:
// Config.DialTimeout bounds connecting. Watches and leases that are kept alive are streams.
var _ = register(&Library{
	Path:    "go.etcd.io/etcd/client",
	Version: "v3.7.3",
	Calls: concat(
		each(etcdCall, "go.etcd.io/etcd/client.KV", "Put", "Get", "Delete", "Compact", "Do"),
		each(etcdCall, "go.etcd.io/etcd/client.Lease", "Grant", "Revoke", "TimeToLive", "Leases", "KeepAliveOnce"),
		each(etcdCall, "go.etcd.io/etcd/client.Maintenance", "Status", "AlarmList", "Defragment", "HashKV"),
		each(etcdCall, "go.etcd.io/etcd/client.Cluster", "MemberList", "MemberAdd", "MemberRemove", "MemberUpdate"),
	),
})

var etcdCall = Call{Kind: Query, Context: Arg0, Advice: "etcd sets none"}

// arangodb's connections are &http.Client{} with a dialer of 30 s (connection_http_internal.go).
var _ = register(&Library{
	Path:     "github.com/arangodb/go-driver",
	Version:  "v2.4.1",
	Families: []Family{{Deep: true, Call: Call{Kind: Query, Context: Arg0, Advice: "ArangoDB's client sets none"}}},
	Equippers: []Equipper{
		{Name: "github.com/arangodb/go-driver/connection.NewHttpConnection"},
		{Name: "github.com/arangodb/go-driver/connection.NewHttp2Connection"},
	},
})

// redigo reads and writes without a bound unless the options of Dial set one; a connection's
// SetDeadline is not within reach (redis/conn.go, readTimeout).
var _ = register(&Library{
	Path:    "github.com/gomodule/redigo/redis",
	Version: "v1.9.3",
	Calls: []Call{
		{Name: "github.com/gomodule/redigo/redis.Conn.Do", Kind: Query, Once: true, Advice: "dial with redis.DialReadTimeout and redis.DialWriteTimeout"},
		{Name: "github.com/gomodule/redigo/redis.DoContext", Kind: Query, Context: Arg1, Advice: "redigo sets none"},
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

// franz-go delivers a record for as long as it takes (RecordDeliveryTimeout, RecordRetries:
// unlimited).
var _ = register(&Library{
	Path:    "github.com/twmb/franz-go/pkg/kgo",
	Version: "v1.22.3",
	Calls: []Call{
		{Name: "github.com/twmb/franz-go/pkg/kgo.Client.ProduceSync", Kind: Query, Context: Arg0, Advice: "the client delivers without a limit unless RecordDeliveryTimeout sets one"},
	},
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
		"Bind", "SimpleBind", "UnauthenticatedBind", "Search", "SearchWithPaging", "Add", "Modify", "ModifyDN", "Del", "Compare", "PasswordModify", "StartTLS", "WhoAmI"),
	Bounders: []string{"github.com/go-ldap/ldap.Conn.SetTimeout"},
	Equippers: []Equipper{
		{Name: "github.com/go-ldap/ldap.DialURL"},
		{Name: "github.com/go-ldap/ldap.Dial"},
		{Name: "github.com/go-ldap/ldap.DialTLS"},
	},
})
