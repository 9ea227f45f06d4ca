// Package serve is a stub.
package serve

import (
	"context"
	"net/http"
)

type Options struct{}

func Run(ctx context.Context, srv *http.Server, o Options) error { return nil }

func Server(addr string, h http.Handler) *http.Server { return nil }
