// Package main serves by a framework.
package main

import "github.com/gin-gonic/gin"

func handle(c *gin.Context) {}

func main() {
	engine := gin.Default()
	engine.GET("/orders", handle)
	engine.GET("/orders/:id", handle)
	engine.GET("/customers", handle)
	engine.Run(":8080") // want `every deploy cuts off the requests in flight`
}
