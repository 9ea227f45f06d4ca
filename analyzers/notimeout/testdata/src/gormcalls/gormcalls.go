// Package gormcalls asks a remote database through gorm.
package gormcalls

import (
	"context"
	"time"

	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

type album struct{ ID, Title string }

type store struct{ db *gorm.DB }

func open(dsn string) (*store, error) {
	db, err := gorm.Open(postgres.Open(dsn), &gorm.Config{})
	if err != nil {
		return nil, err
	}
	if err := db.AutoMigrate(&album{}); err != nil { // takes as long as it takes
		return nil, err
	}
	return &store{db}, nil
}

func (s *store) recent() (albums []album, err error) {
	err = s.db.Model(&album{}).Order("created").Limit(10).Find(&albums).Error // want `Find takes no context: if the server hangs, this call hangs with it, for ever; call it on db.WithContext\(ctx\), with a context from context.WithTimeout \(so do 3 more calls in this package\)`
	return albums, err
}

func (s *store) add(a album) error { return s.db.Create(&a).Error }

func (s *store) background(id string) (a album, err error) {
	err = s.db.WithContext(context.Background()).First(&a, id).Error
	return a, err
}

func (s *store) rename(id, title string) error {
	tx := s.db.Begin()
	if err := tx.Exec("UPDATE albums SET title = ? WHERE id = ?", title, id).Error; err != nil {
		return err
	}
	return tx.Commit().Error
}

// find has its caller's deadline.
func (s *store) find(ctx context.Context, id string) (a album, err error) {
	err = s.db.WithContext(ctx).Where("id = ?", id).First(&a).Error
	return a, err
}

func (s *store) timed(id string) (a album, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	db := s.db.WithContext(ctx)
	err = db.Where("id = ?", id).First(&a).Error
	return a, err
}

// Whose context a transaction has that somebody else begins, they know.
func (s *store) within(tx *gorm.DB, a album) error { return tx.Create(&a).Error }
