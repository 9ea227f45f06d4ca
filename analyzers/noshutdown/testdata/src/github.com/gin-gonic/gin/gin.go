// Package gin is a stub.
package gin

import "net/http"

type Context struct{}

type HandlerFunc func(*Context)

type RouterGroup struct{}

type Engine struct{ RouterGroup }

func Default() *Engine { return &Engine{} }

func (g *RouterGroup) Group(path string, h ...HandlerFunc) *RouterGroup { return g }
func (g *RouterGroup) GET(path string, h ...HandlerFunc)                {}
func (g *RouterGroup) POST(path string, h ...HandlerFunc)               {}
func (e *Engine) Run(addr ...string) error                              { return nil }

func (e *Engine) ServeHTTP(w http.ResponseWriter, r *http.Request) {}
