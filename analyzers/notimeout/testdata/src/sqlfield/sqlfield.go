// Package sqlfield has the driver bound every read.
package sqlfield

import (
	"database/sql"
	"time"

	"github.com/go-sql-driver/mysql"
)

func open(addr string) (*sql.DB, error) {
	cfg := mysql.NewConfig()
	cfg.Addr = addr
	cfg.ReadTimeout = 30 * time.Second
	db, err := sql.Open("mysql", cfg.FormatDSN())
	if err != nil {
		return nil, err
	}
	return db, db.Ping()
}
