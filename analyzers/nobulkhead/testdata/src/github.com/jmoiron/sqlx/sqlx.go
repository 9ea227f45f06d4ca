// Package sqlx is a stub.
package sqlx

import "database/sql"

type DB struct{ *sql.DB }

func Connect(driver, dsn string) (*DB, error) { return nil, nil }

func MustConnect(driverName, dataSourceName string) *DB { return nil }
