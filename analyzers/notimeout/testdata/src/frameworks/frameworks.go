// Package frameworks serves through routers that make their servers themselves.
package frameworks

import (
	"net"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/gofiber/fiber/v2"
	"github.com/labstack/echo/v4"
)

func ginPlain() error {
	r := gin.Default()
	return r.Run(":8080") // want `gin.Engine.Run waits for ever for clients that send their request headers slowly: .*; make the engine the Handler of an http.Server that sets ReadHeaderTimeout`
}

func ginTLS(r *gin.Engine) error {
	return r.RunTLS(":8443", "c", "k") // want `gin.Engine.RunTLS waits for ever`
}

// On a Unix socket, clients are on the machine.
func ginLocal(r *gin.Engine) error {
	l, err := net.Listen("unix", "/run/shop.sock")
	if err != nil {
		return err
	}
	if err := r.RunListener(l); err != nil {
		return err
	}
	return r.RunUnix("/run/other.sock")
}

// An engine is a handler: this server is bounded.
func ginServer(r *gin.Engine) error {
	srv := &http.Server{Addr: ":8080", Handler: r, ReadHeaderTimeout: 5 * time.Second}
	return srv.ListenAndServe()
}

func echoPlain() error {
	e := echo.New()
	e.GET("/", nil)
	return e.Start(":8080") // want `echo.Echo.Start waits for ever for clients that send their request headers slowly: .*; set Server.ReadHeaderTimeout`
}

func echoBounded() error {
	e := echo.New()
	e.Server.ReadTimeout = 10 * time.Second
	return e.Start(":8080")
}

func echoReplaced() error {
	e := echo.New()
	e.TLSServer = &http.Server{ReadHeaderTimeout: 10 * time.Second}
	return e.StartTLS(":8443", "c", "k")
}

func echoOwn() error {
	return echo.New().StartServer(&http.Server{Addr: ":8080"}) // want `this http.Server waits for ever`
}

func echoOwnBounded() error {
	return echo.New().StartServer(&http.Server{Addr: ":8080", ReadHeaderTimeout: time.Second})
}

// What an Echo is made of that somebody else makes, they know.
func echoGiven(e *echo.Echo) error { return e.Start(":8080") }

func fiberPlain() error {
	app := fiber.New(fiber.Config{AppName: "shop"})
	app.Get("/", nil)
	return app.Listen(":8080") // want `fiber.App.Listen waits for ever for clients that send their request headers slowly: .*; set ReadTimeout in the fiber.Config`
}
