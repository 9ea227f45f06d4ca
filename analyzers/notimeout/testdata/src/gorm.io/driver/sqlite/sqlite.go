// Package sqlite is a stub of gorm's driver for a database in the process.
package sqlite

import "gorm.io/gorm"

func Open(dsn string) gorm.Dialector { return nil }
