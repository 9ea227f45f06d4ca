// Package redis is a stub of redigo.
package redis

import (
	"context"
	"time"
)

type Conn interface {
	Do(commandName string, args ...any) (any, error)
	Close() error
}

type DialOption struct{}

func DialReadTimeout(d time.Duration) DialOption                                  { return DialOption{} }
func Dial(network, address string, options ...DialOption) (Conn, error)           { return nil, nil }
func DoContext(c Conn, ctx context.Context, cmd string, args ...any) (any, error) { return nil, nil }

type Pool struct{ Dial func() (Conn, error) }

func (p *Pool) Get() Conn { return nil }
