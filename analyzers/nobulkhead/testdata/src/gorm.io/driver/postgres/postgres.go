// Package postgres is a stub.
package postgres

import "gorm.io/gorm"

func Open(dsn string) gorm.Dialector { return nil }
