// Package ldap is a stub.
package ldap

import "time"

type Conn struct{}

func DialURL(addr string) (*Conn, error) { return &Conn{}, nil }

func (l *Conn) SetTimeout(timeout time.Duration)         {}
func (l *Conn) Bind(username, password string) error     { return nil }
func (l *Conn) Search(r *SearchRequest) (*Result, error) { return nil, nil }
func (l *Conn) Close() error                             { return nil }

type (
	SearchRequest struct{}
	Result        struct{}
)
