// Package fiberunknown is given its app, with a config that is not seen.
package fiberunknown

import "github.com/gofiber/fiber/v2"

func serve(app *fiber.App) error { return app.Listen(":8080") }
