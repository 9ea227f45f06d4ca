// Package fiber is a stub.
package fiber

type Ctx struct{}

type Handler = func(*Ctx) error

type App struct{}

func New() *App { return &App{} }

func (a *App) Get(path string, h ...Handler) *App  { return a }
func (a *App) Post(path string, h ...Handler) *App { return a }
func (a *App) Listen(addr string) error            { return nil }
func (a *App) Shutdown() error                     { return nil }
