// Package main serves with a framework that shuts down by itself.
package main

import "github.com/labstack/echo/v5"

func main() {
	e := echo.New()
	e.GET("/orders", list)
	e.POST("/orders", list)
	e.GET("/orders/:id", list)
	e.Start(":8080")
}

func list(c *echo.Context) error { return nil }
