package catalog

// etcd retries a request up to 100 times, and waits for its answer as long as the context allows:
// Config.DialTimeout bounds connecting. With keepalives, a server that is gone is noticed, and one
// that is not bounds its requests by itself. Watches and leases that are kept alive are streams.
var _ = register(&Library{
	Path:    "go.etcd.io/etcd/client",
	Version: "v3.7.3",
	Default: "for ever",
	Source:  "Config.DialTimeout, Config.DialKeepAliveTime",
	Calls: concat(
		each(etcdCall, "go.etcd.io/etcd/client.KV", "Put", "Get", "Delete", "Compact", "Do"),
		each(etcdCall, "go.etcd.io/etcd/client.Lease", "Grant", "Revoke", "TimeToLive", "Leases", "KeepAliveOnce"),
		each(etcdCall, "go.etcd.io/etcd/client.Maintenance", "Status", "AlarmList", "HashKV"),
		each(etcdCall, "go.etcd.io/etcd/client.Cluster", "MemberList", "MemberAdd", "MemberRemove", "MemberUpdate"),
	),
	Fields: []string{"go.etcd.io/etcd/client.Config.DialKeepAliveTime"},
})

var etcdCall = Call{Kind: Query, Context: Arg0, Advice: "etcd's client sets none"}
