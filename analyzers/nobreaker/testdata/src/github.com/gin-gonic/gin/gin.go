// Package gin is a stub.
package gin

import (
	"context"
	"net/http"
)

type (
	Context struct {
		context.Context
		Request *http.Request
	}
	HandlerFunc func(*Context)
	Engine      struct{}
)

func New() *Engine { return nil }

func (c *Context) Query(key string) string { return "" }

func (c *Context) JSON(code int, v any) {}

func (e *Engine) GET(path string, handlers ...HandlerFunc) {}
