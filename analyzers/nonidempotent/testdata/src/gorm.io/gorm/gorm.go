// Package gorm is a stub.
package gorm

import "context"

type (
	DB struct {
		Error        error
		RowsAffected int64
	}
	Model struct {
		ID uint `gorm:"primarykey"`
	}
	expr struct{}
)

func Expr(sql string, args ...any) expr { return expr{} }

func (db *DB) WithContext(ctx context.Context) *DB { return db }
func (db *DB) Create(value any) *DB                { return db }
func (db *DB) Model(value any) *DB                 { return db }
func (db *DB) Where(query any, args ...any) *DB    { return db }
func (db *DB) Update(column string, value any) *DB { return db }
func (db *DB) First(dest any, conds ...any) *DB    { return db }
func (db *DB) Find(dest any, conds ...any) *DB     { return db }
func (db *DB) Delete(value any, conds ...any) *DB  { return db }
func (db *DB) Transaction(f func(*DB) error) error { return f(db) }

// ErrRecordNotFound is what First says.
var ErrRecordNotFound error
