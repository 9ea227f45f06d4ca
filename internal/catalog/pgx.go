package catalog

const noStatementTimeout = "PostgreSQL sets none unless statement_timeout does"

// pgxCall is a call that waits for its context alone.
var pgxCall = Call{Kind: Query, Context: Arg0, Advice: noStatementTimeout, Waits: sqlWaits}

// A query waits for its context alone: pgx bounds connecting (connect_timeout), not what is
// asked of a server that is connected. Constructors do not wait: pgxpool.New connects later.
// Connect dials and shakes hands, and waits for as long as its context allows unless
// connect_timeout bounds it (pgconn.go, Config.ConnectTimeout).
var _ = register(&Library{
	Path:     "github.com/jackc/pgx",
	Version:  "v5.12.0",
	Default:  "for ever",
	Source:   "pgconn.PgConn.ExecParams; Config.ConnectTimeout",
	Settings: []string{"statement_timeout"},
	Calls: concat(
		[]Call{{
			Name: "github.com/jackc/pgx.Connect", Kind: Dial, Context: Arg0, DSN: Arg1, Bounded: []string{"connect_timeout"},
			Handshake: true, Advice: "give it a context with a deadline, or a connect_timeout",
		}},
		each(pgxCall, "github.com/jackc/pgx.Conn", "Query", "QueryRow", "Exec", "Ping", "Begin", "BeginTx", "SendBatch", "CopyFrom"),
		each(pgxCall, "github.com/jackc/pgx.Tx", "Query", "QueryRow", "Exec", "Begin", "Commit", "SendBatch", "CopyFrom"),
	),
	// Interfaces for a connection, a pool or a transaction, as sqlc generates them.
	Shapes: []Shape{
		{Method: "Exec", Params: []string{"context.Context", "string", "...any"}, Results: []string{"github.com/jackc/pgx/pgconn.CommandTag", "error"}, Call: "github.com/jackc/pgx.Conn.Exec"},
		{Method: "Query", Params: []string{"context.Context", "string", "...any"}, Results: []string{"github.com/jackc/pgx.Rows", "error"}, Call: "github.com/jackc/pgx.Conn.Query"},
		{Method: "QueryRow", Params: []string{"context.Context", "string", "...any"}, Results: []string{"github.com/jackc/pgx.Row"}, Call: "github.com/jackc/pgx.Conn.QueryRow"},
	},
})

// A pool's Acquire, and all that acquires, also waits for a free connection.
var _ = register(&Library{
	Path:     "github.com/jackc/pgx/pgxpool",
	Version:  "v5.12.0",
	Default:  "for ever",
	Source:   "Pool.Acquire; Config.ConnectTimeout",
	Settings: []string{"statement_timeout"},
	Calls: concat(
		each(pgxCall, "github.com/jackc/pgx/pgxpool.Pool", "Query", "QueryRow", "Exec", "Ping", "Begin", "BeginTx", "SendBatch", "CopyFrom", "Acquire"),
		each(pgxCall, "github.com/jackc/pgx/pgxpool.Conn", "Query", "QueryRow", "Exec", "Ping", "Begin", "BeginTx", "SendBatch", "CopyFrom"),
		each(pgxCall, "github.com/jackc/pgx/pgxpool.Tx", "Query", "QueryRow", "Exec", "Begin", "Commit", "SendBatch", "CopyFrom"),
	),
})
