// Package gin is a stub.
package gin

import (
	"net"
	"net/http"
)

type Engine struct{}

func Default() *Engine { return &Engine{} }

func (e *Engine) ServeHTTP(w http.ResponseWriter, r *http.Request) {}
func (e *Engine) Run(addr ...string) error                         { return nil }
func (e *Engine) RunTLS(addr, cert, key string) error              { return nil }
func (e *Engine) RunUnix(file string) error                        { return nil }
func (e *Engine) RunListener(l net.Listener) error                 { return nil }
