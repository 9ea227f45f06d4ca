// Package sqldial bounds connecting alone: a server that is connected may hang.
package sqldial

import (
	"database/sql"
	"time"

	"github.com/go-sql-driver/mysql"
)

func open(addr string) (*sql.DB, error) {
	db, err := sql.Open("mysql", (&mysql.Config{Addr: addr, Timeout: 5 * time.Second}).FormatDSN())
	if err != nil {
		return nil, err
	}
	return db, db.Ping() // want `Ping takes no context: if the server hangs, this call hangs with it, for ever; use PingContext, with a context from context.WithTimeout$`
}
