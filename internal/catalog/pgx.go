package catalog

const noStatementTimeout = "PostgreSQL sets none unless statement_timeout does"

// A query waits for its context alone: pgx bounds connecting (connect_timeout), not what is
// asked of a server that is connected. Constructors do not wait: pgxpool.New connects later.
var _ = register(&Library{
	Path:     "github.com/jackc/pgx",
	Version:  "v5.7.6",
	Settings: []string{"statement_timeout"},
	Calls: []Call{
		{Name: "github.com/jackc/pgx.Conn.Query", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx.Conn.QueryRow", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx.Conn.Exec", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx.Conn.Ping", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx.Conn.Begin", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx.Conn.BeginTx", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx.Conn.SendBatch", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx.Conn.CopyFrom", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx.Tx.Query", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx.Tx.QueryRow", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx.Tx.Exec", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx.Tx.Begin", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx.Tx.Commit", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx.Tx.SendBatch", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx.Tx.CopyFrom", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
	},
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
	Version:  "v5.7.6",
	Settings: []string{"statement_timeout"},
	Calls: []Call{
		{Name: "github.com/jackc/pgx/pgxpool.Pool.Query", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx/pgxpool.Pool.QueryRow", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx/pgxpool.Pool.Exec", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx/pgxpool.Pool.Ping", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx/pgxpool.Pool.Begin", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx/pgxpool.Pool.BeginTx", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx/pgxpool.Pool.SendBatch", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx/pgxpool.Pool.CopyFrom", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx/pgxpool.Pool.Acquire", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx/pgxpool.Conn.Query", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx/pgxpool.Conn.QueryRow", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx/pgxpool.Conn.Exec", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx/pgxpool.Conn.Ping", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx/pgxpool.Conn.Begin", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx/pgxpool.Conn.BeginTx", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx/pgxpool.Conn.SendBatch", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx/pgxpool.Conn.CopyFrom", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx/pgxpool.Tx.Query", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx/pgxpool.Tx.QueryRow", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx/pgxpool.Tx.Exec", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx/pgxpool.Tx.Begin", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx/pgxpool.Tx.Commit", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx/pgxpool.Tx.SendBatch", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
		{Name: "github.com/jackc/pgx/pgxpool.Tx.CopyFrom", Kind: Query, Context: Arg0, Advice: noStatementTimeout},
	},
})
