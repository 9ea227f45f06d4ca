// Package gorm is a stub.
package gorm

import "database/sql"

type (
	Dialector interface{ Name() string }
	Config    struct{}
	DB        struct{ n int }
)

func Open(dialector Dialector, opts ...*Config) (*DB, error) { return nil, nil }

func (db *DB) DB() (*sql.DB, error) { return nil, nil }
