package catalog

import (
	"slices"
	"strings"
)

// embeddedDrivers are those of a database that is a library of the process, with a file for its data: the
// paths of SQLite's drivers for database/sql and gorm. modernc.org/sqlite v1.62.0, mattn/go-sqlite3 v1.14.53,
// glebarez/go-sqlite v1.23.0, glebarez/sqlite v1.11.0, gorm.io/driver/sqlite v1.6.0, ncruces/go-sqlite3 v0.37.0,
// mutecomm/go-sqlcipher v4.4.2 (each calls sql.Register, or is a Dialector over one that does).
var embeddedDrivers = []string{
	"modernc.org/sqlite",
	"github.com/mattn/go-sqlite3",
	"github.com/glebarez/go-sqlite",
	"github.com/glebarez/sqlite",
	"gorm.io/driver/sqlite",
	"github.com/ncruces/go-sqlite3",
	"github.com/mutecomm/go-sqlcipher",
}

// servedDrivers are further drivers of databases that are servers, besides those whose source was read
// (sqlDrivers), by the beginning of their path.
var servedDrivers = []string{
	"gorm.io/driver/", "github.com/jackc/pgx", "github.com/microsoft/go-mssqldb", "github.com/denisenkom/go-mssqldb",
	"github.com/ClickHouse/clickhouse-go", "github.com/godror/godror", "github.com/sijms/go-ora",
	"github.com/snowflakedb/gosnowflake", "github.com/tursodatabase/", "github.com/go-sql-driver/mysql", "github.com/lib/pq",
}

// DatabaseOf says where the database of the SQL driver with an import path is: in the process, or on a
// server. Both are false for what is no driver, or not known.
func DatabaseOf(path string) (embedded, served bool) {
	path = Path(path)
	within := func(parent string) bool { return path == parent || strings.HasPrefix(path, parent+"/") }
	if slices.ContainsFunc(embeddedDrivers, within) {
		return true, false
	}
	return false, len(drivers[path]) > 0 || slices.ContainsFunc(servedDrivers, func(start string) bool {
		return strings.HasPrefix(path, start)
	})
}
