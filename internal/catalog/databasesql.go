package catalog

const noQueryTimeout = "the database sets none"

// sqlDrivers are the drivers whose source was read: each waits for the server for as long as
// the context allows. lib/pq v1.12.3 and pgx/stdlib v5.12.0 bound connecting by
// connect_timeout, go-sql-driver/mysql v1.10.1 by timeout; queries are bounded by the server's
// statement_timeout, and by mysql's readTimeout. A database in the process (SQLite) has no
// peer that could hang, and what other drivers do is not known.
var sqlDrivers = []string{
	"github.com/lib/pq",
	"github.com/jackc/pgx/stdlib",
	"github.com/go-sql-driver/mysql",
}

var (
	sqlSettings = []string{"statement_timeout", "readTimeout"}
	sqlFields   = []string{"github.com/go-sql-driver/mysql.Config.ReadTimeout"}
	// Changes of the schema and locks take as long as they take.
	sqlWaits = []string{
		"CREATE ", "ALTER ", "DROP ", "TRUNCATE ", "VACUUM", "ANALYZE", "REFRESH ", "REINDEX", "OPTIMIZE ", "LOCK ",
		"pg_advisory_lock(", "pg_advisory_xact_lock(", "GET_LOCK(",
	}
	sqlContext = Call{Kind: Query, Context: Arg0, Advice: noQueryTimeout, Waits: sqlWaits}
)

// database/sql hands the context to the driver; what takes none has the background context.
// sql.Open does not connect.
var _ = register(&Library{
	Path:     "database/sql",
	Version:  "go1.26.8",
	Default:  "for ever, also for a free connection of the pool",
	Source:   "DB.Query, DB.conn",
	Drivers:  sqlDrivers,
	Settings: sqlSettings,
	Fields:   sqlFields,
	Calls: concat(
		each(sqlContext, "database/sql.DB", "QueryContext", "QueryRowContext", "ExecContext", "PingContext", "PrepareContext", "BeginTx"),
		each(sqlContext, "database/sql.Conn", "QueryContext", "QueryRowContext", "ExecContext", "PingContext", "PrepareContext", "BeginTx"),
		each(sqlContext, "database/sql.Tx", "QueryContext", "QueryRowContext", "ExecContext", "PrepareContext"),
		each(sqlContext, "database/sql.Stmt", "QueryContext", "QueryRowContext", "ExecContext"),
		sqlInstead("database/sql.DB", "Query", "QueryContext", "QueryRow", "QueryRowContext", "Exec", "ExecContext",
			"Ping", "PingContext", "Prepare", "PrepareContext", "Begin", "BeginTx"),
		sqlInstead("database/sql.Tx", "Query", "QueryContext", "QueryRow", "QueryRowContext", "Exec", "ExecContext", "Prepare", "PrepareContext"),
		sqlInstead("database/sql.Stmt", "Query", "QueryContext", "QueryRow", "QueryRowContext", "Exec", "ExecContext"),
	),
	// Interfaces for a *sql.DB or a *sql.Tx, as sqlc generates them.
	Shapes: []Shape{
		{Method: "ExecContext", Params: []string{"context.Context", "string", "...any"}, Results: []string{"database/sql.Result", "error"}, Call: "database/sql.DB.ExecContext"},
		{Method: "QueryContext", Params: []string{"context.Context", "string", "...any"}, Results: []string{"database/sql.Rows", "error"}, Call: "database/sql.DB.QueryContext"},
		{Method: "QueryRowContext", Params: []string{"context.Context", "string", "...any"}, Results: []string{"database/sql.Row"}, Call: "database/sql.DB.QueryRowContext"},
		{Method: "PrepareContext", Params: []string{"context.Context", "string"}, Results: []string{"database/sql.Stmt", "error"}, Call: "database/sql.DB.PrepareContext"},
	},
})

// sqlx is database/sql with structs. Connect, unlike Open, asks the server whether it is there.
var _ = register(&Library{
	Path:     "github.com/jmoiron/sqlx",
	Over:     "database/sql",
	Version:  "v1.4.0",
	Default:  "for ever",
	Source:   "Connect, QueryerContext",
	Drivers:  sqlDrivers,
	Settings: sqlSettings,
	Fields:   sqlFields,
	Calls: concat(
		each(sqlContext, "github.com/jmoiron/sqlx", "ConnectContext", "GetContext", "SelectContext", "NamedExecContext", "NamedQueryContext"),
		each(sqlContext, "github.com/jmoiron/sqlx.DB", "GetContext", "SelectContext", "QueryxContext", "QueryRowxContext", "NamedExecContext",
			"NamedQueryContext", "MustExecContext", "PreparexContext", "PrepareNamedContext", "BeginTxx", "Connx"),
		each(sqlContext, "github.com/jmoiron/sqlx.Tx", "GetContext", "SelectContext", "QueryxContext", "QueryRowxContext", "NamedExecContext",
			"MustExecContext", "PreparexContext", "PrepareNamedContext"),
		each(sqlContext, "github.com/jmoiron/sqlx.Conn", "GetContext", "SelectContext", "QueryxContext", "QueryRowxContext", "PreparexContext", "BeginTxx"),
		each(sqlContext, "github.com/jmoiron/sqlx.Stmt", "GetContext", "SelectContext", "QueryxContext", "QueryRowxContext", "MustExecContext"),
		each(sqlContext, "github.com/jmoiron/sqlx.NamedStmt", "GetContext", "SelectContext", "QueryxContext", "QueryRowxContext",
			"ExecContext", "QueryContext", "QueryRowContext", "MustExecContext"),
		sqlInstead("github.com/jmoiron/sqlx", "Connect", "ConnectContext", "MustConnect", "ConnectContext"),
		sqlInstead("github.com/jmoiron/sqlx.DB", "Get", "GetContext", "Select", "SelectContext", "Queryx", "QueryxContext",
			"QueryRowx", "QueryRowxContext", "NamedExec", "NamedExecContext", "NamedQuery", "NamedQueryContext",
			"MustExec", "MustExecContext", "Preparex", "PreparexContext", "PrepareNamed", "PrepareNamedContext",
			"Beginx", "BeginTxx", "MustBegin", "BeginTxx"),
		sqlInstead("github.com/jmoiron/sqlx.Tx", "Get", "GetContext", "Select", "SelectContext", "Queryx", "QueryxContext",
			"QueryRowx", "QueryRowxContext", "NamedExec", "NamedExecContext", "MustExec", "MustExecContext", "Preparex", "PreparexContext"),
		sqlInstead("github.com/jmoiron/sqlx.Stmt", "Get", "GetContext", "Select", "SelectContext", "Queryx", "QueryxContext",
			"QueryRowx", "QueryRowxContext", "MustExec", "MustExecContext"),
		sqlInstead("github.com/jmoiron/sqlx.NamedStmt", "Get", "GetContext", "Select", "SelectContext", "Queryx", "QueryxContext",
			"QueryRowx", "QueryRowxContext", "Exec", "ExecContext", "Query", "QueryContext", "QueryRow", "QueryRowContext", "MustExec", "MustExecContext"),
	),
})

// sqlInstead returns calls without a context, by pairs of names: the call, and what to call
// instead.
func sqlInstead(owner string, pairs ...string) []Call {
	var rows []Call
	for i := 0; i < len(pairs); i += 2 {
		rows = append(rows, Call{
			Name: owner + "." + pairs[i], Kind: Query, Once: true, Waits: sqlWaits,
			Advice: "use " + pairs[i+1] + ", with a context from context.WithTimeout",
		})
	}
	return rows
}
