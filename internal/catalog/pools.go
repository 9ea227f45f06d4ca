package catalog

import (
	"go/types"

	"github.com/resilint/resilint/internal/regexp"
)

// A Pool is a function that opens a pool of connections to a database, which is without a limit unless one is
// set: database/sql's, by whatever name ("The default is 0 (unlimited)", DB.SetMaxOpenConns). pgxpool has a
// finite default.
type Pool struct {
	Name    string
	Version string
	Driver  Operand // the name of the driver, or what makes it; of which a part of the name says what it is
}

var pools = []Pool{
	{Name: "database/sql.Open", Version: "Go 1.26", Driver: Arg0},
	{Name: "database/sql.OpenDB", Version: "Go 1.26", Driver: Arg0},
	{Name: "github.com/jmoiron/sqlx.Open", Version: "v1.4.0", Driver: Arg0},
	{Name: "github.com/jmoiron/sqlx.MustOpen", Version: "v1.4.0", Driver: Arg0},
	{Name: "github.com/jmoiron/sqlx.Connect", Version: "v1.4.0", Driver: Arg0},
	{Name: "github.com/jmoiron/sqlx.ConnectContext", Version: "v1.4.0", Driver: Arg1},
	{Name: "github.com/jmoiron/sqlx.MustConnect", Version: "v1.4.0", Driver: Arg0},
	{Name: "gorm.io/gorm.Open", Version: "v1.31.2", Driver: Arg0},
	{Name: "entgo.io/ent/dialect/sql.Open", Version: "v0.14.5", Driver: Arg0},
}

// poolLimits are the functions that limit a pool, and poolTunings those that say something else of it.
var (
	poolLimits  = map[string]bool{"database/sql.DB.SetMaxOpenConns": true}
	poolTunings = map[string]bool{"database/sql.DB.SetMaxIdleConns": true}
	poolMakers  = map[string]*Pool{}
)

func init() {
	for i := range pools {
		poolMakers[pools[i].Name] = &pools[i]
	}
}

// Pools returns the functions that open pools, for documentation and tests. It must not be changed.
func Pools() []Pool { return pools }

// PoolOf returns what is known of fn as a function that opens a pool, or nil.
func PoolOf(fn *types.Func) *Pool { return poolMakers[Name(fn)] }

// LimitsPool reports whether fn limits a pool.
func LimitsPool(fn *types.Func) bool { return poolLimits[Name(fn)] }

// TunesPool reports whether fn says something of a pool that does not limit it.
func TunesPool(fn *types.Func) bool { return poolTunings[Name(fn)] }

// LimitsItself reports whether pools of a package have a limit by default (pgx v5.12.0, pgxpool.ParseConfig:
// "the greater of 4 or runtime.NumCPU()").
func LimitsItself(path string) bool { return Path(path) == "github.com/jackc/pgx/pgxpool" }

// OpensLimited reports whether fn opens a pool that has a limit by default.
func OpensLimited(fn *types.Func) bool {
	return fn != nil && fn.Pkg() != nil && LimitsItself(fn.Pkg().Path()) && limitedMakers[fn.Name()]
}

var limitedMakers = map[string]bool{"New": true, "NewWithConfig": true, "Connect": true, "ConnectConfig": true}

// databaseServers are words in the names of drivers of databases that others connect to as well, and run out of
// connections. A database that is a file is none.
var databaseServers = regexp.MustCompile(`(?i)postgres|pgx|lib/pq|^pq|mysql|maria|sqlserver|mssql|oracle|godror|cockroach`)

// NamesServer reports whether a driver of that name, or type, connects to a database server.
func NamesServer(name string) bool { return databaseServers.MatchString(name) }

// pooled are the libraries by which a program calls databases and caches through a pool of connections, which
// either has a limit by default or can be given one.
var pooled = regexp.MustCompile(`^(database/sql|github\.com/jmoiron/sqlx|gorm\.io/gorm|xorm\.io/xorm|entgo\.io/ent|github\.com/uptrace/bun|` +
	`github\.com/jackc/pgx(/v\d+)?|github\.com/(redis/go-redis|go-redis/redis)(/v\d+)?|github\.com/gomodule/redigo|go\.mongodb\.org/mongo-driver(/v\d+)?)(/|$)`)

// PoolsConnections reports whether a package is of a library that calls databases or caches through a pool of
// connections.
func PoolsConnections(path string) bool { return pooled.MatchString(path) }
