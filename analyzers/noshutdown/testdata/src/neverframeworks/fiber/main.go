// Package main serves with a shortcut of its framework.
package main

import (
	"log"

	"github.com/gofiber/fiber/v2"
)

func main() {
	app := fiber.New()
	app.Get("/orders", list)
	app.Post("/orders", list)
	app.Get("/orders/:id", list)
	log.Fatal(app.Listen(":8080")) // want `nothing shuts this server down; on SIGTERM call ShutdownWithTimeout`
}

func list(c *fiber.Ctx) error { return nil }
