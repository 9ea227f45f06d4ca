// Package bun is a stub.
package bun

import "context"

type (
	DB          struct{}
	InsertQuery struct{}
	UpdateQuery struct{}
)

func (db *DB) NewInsert() *InsertQuery { return nil }
func (db *DB) NewUpdate() *UpdateQuery { return nil }

func (q *InsertQuery) Model(model any) *InsertQuery                { return q }
func (q *InsertQuery) On(s string, args ...any) *InsertQuery       { return q }
func (q *InsertQuery) Exec(ctx context.Context, dest ...any) error { return nil }

func (q *UpdateQuery) Model(model any) *UpdateQuery                 { return q }
func (q *UpdateQuery) Set(query string, args ...any) *UpdateQuery   { return q }
func (q *UpdateQuery) Where(query string, args ...any) *UpdateQuery { return q }
func (q *UpdateQuery) Exec(ctx context.Context, dest ...any) error  { return nil }
