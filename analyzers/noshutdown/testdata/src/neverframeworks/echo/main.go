// Package main serves with a shortcut of its framework.
package main

import "github.com/labstack/echo/v4"

func main() {
	e := echo.New()
	e.GET("/orders", list)
	e.POST("/orders", list)
	e.GET("/orders/:id", list)
	e.Logger.Fatal(e.Start(":8080")) // want `nothing shuts this server down; on SIGTERM call Shutdown`
}

func list(c echo.Context) error { return nil }
