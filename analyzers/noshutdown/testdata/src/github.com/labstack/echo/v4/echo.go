// Package echo is a stub.
package echo

import (
	"context"
	"net/http"
)

type Context interface{ NoContent(code int) error }

type Logger interface{ Fatal(args ...any) }

type Echo struct {
	Server *http.Server
	Logger Logger
}

func New() *Echo { return &Echo{Server: &http.Server{}} }

func (e *Echo) GET(path string, h func(Context) error)  {}
func (e *Echo) POST(path string, h func(Context) error) {}
func (e *Echo) Start(address string) error              { return nil }
func (e *Echo) Shutdown(ctx context.Context) error      { return nil }
