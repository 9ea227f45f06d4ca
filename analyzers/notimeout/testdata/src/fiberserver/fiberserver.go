// Package fiberserver bounds the server inside its app.
package fiberserver

import (
	"time"

	"github.com/gofiber/fiber/v2"
)

func serve() error {
	app := fiber.New(fiber.Config{})
	server := app.Server()
	server.ReadTimeout = 10 * time.Second
	return app.Listen(":8080")
}
