// Package gorm is a stub: statements have the background context unless WithContext gives them
// another.
package gorm

import (
	"context"
	"time"
)

type Config struct{ DefaultContextTimeout time.Duration }

type Dialector interface{ Name() string }

type Option interface{ Apply(*Config) error }

func (c *Config) Apply(*Config) error { return nil }

type DB struct {
	*Config
	Error error
}

func Open(dialector Dialector, opts ...Option) (*DB, error) { return &DB{}, nil }

func (db *DB) WithContext(ctx context.Context) *DB     { return db }
func (db *DB) Model(value any) *DB                     { return db }
func (db *DB) Where(query any, args ...any) *DB        { return db }
func (db *DB) Order(value any) *DB                     { return db }
func (db *DB) Limit(limit int) *DB                     { return db }
func (db *DB) Begin() *DB                              { return db }
func (db *DB) Find(dest any, conds ...any) *DB         { return db }
func (db *DB) First(dest any, conds ...any) *DB        { return db }
func (db *DB) Create(value any) *DB                    { return db }
func (db *DB) Exec(sql string, values ...any) *DB      { return db }
func (db *DB) AutoMigrate(dst ...any) error            { return nil }
func (db *DB) Transaction(fc func(tx *DB) error) error { return fc(db) }
func (db *DB) Commit() *DB                             { return db }
