// Package squirrel is a stub.
package squirrel

import "context"

type InsertBuilder struct{}

func Insert(into string) InsertBuilder { return InsertBuilder{} }

func (b InsertBuilder) Columns(columns ...string) InsertBuilder      { return b }
func (b InsertBuilder) Values(values ...any) InsertBuilder           { return b }
func (b InsertBuilder) Suffix(sql string, args ...any) InsertBuilder { return b }
func (b InsertBuilder) ExecContext(ctx context.Context) (int, error) { return 0, nil }
