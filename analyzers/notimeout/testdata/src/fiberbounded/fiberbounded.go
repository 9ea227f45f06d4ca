// Package fiberbounded sets what bounds the reading of requests.
package fiberbounded

import (
	"time"

	"github.com/gofiber/fiber/v2"
)

func serve() error {
	app := fiber.New(fiber.Config{ReadTimeout: 10 * time.Second})
	return app.Listen(":8080")
}
