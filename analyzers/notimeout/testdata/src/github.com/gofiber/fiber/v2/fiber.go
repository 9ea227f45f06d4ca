// Package fiber is a stub.
package fiber

import (
	"time"

	"github.com/valyala/fasthttp"
)

type Config struct {
	AppName     string
	ReadTimeout time.Duration
}

type App struct{}

func New(config ...Config) *App { return &App{} }

func (a *App) Get(path string, h func() error) {}
func (a *App) Listen(addr string) error        { return nil }

func (a *App) Server() *fasthttp.Server { return &fasthttp.Server{} }
