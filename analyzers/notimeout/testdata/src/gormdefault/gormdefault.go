// Package gormdefault gives every statement a deadline.
package gormdefault

import (
	"time"

	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

type album struct{ ID string }

func all(dsn string) (albums []album, err error) {
	db, err := gorm.Open(postgres.Open(dsn), &gorm.Config{DefaultContextTimeout: 10 * time.Second})
	if err != nil {
		return nil, err
	}
	return albums, db.Find(&albums).Error
}
