// Package gin is a stub.
package gin

import "context"

type (
	Context struct {
		context.Context
	}
	HandlerFunc func(*Context)
	RouterGroup struct{}
)

func (c *Context) GetHeader(key string) string                   { return "" }
func (g *RouterGroup) POST(path string, handlers ...HandlerFunc) {}
func (g *RouterGroup) GET(path string, handlers ...HandlerFunc)  {}
