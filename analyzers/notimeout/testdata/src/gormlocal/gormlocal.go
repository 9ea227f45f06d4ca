// Package gormlocal has its database in the process.
package gormlocal

import (
	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

type album struct{ ID string }

func all(path string) (albums []album, err error) {
	db, err := gorm.Open(sqlite.Open(path), &gorm.Config{})
	if err != nil {
		return nil, err
	}
	return albums, db.Find(&albums).Error
}
