// Package postgres is a stub of gorm's driver for a remote database.
package postgres

import "gorm.io/gorm"

func Open(dsn string) gorm.Dialector { return nil }
