// Package main serves with a shortcut of its framework.
package main

import "github.com/gin-gonic/gin"

func main() {
	r := gin.Default()
	api := r.Group("/api")
	api.GET("/orders", func(c *gin.Context) {})
	api.POST("/orders", func(c *gin.Context) {})
	api.GET("/orders/:id", func(c *gin.Context) {})
	r.Run(":8080") // want `nothing shuts this server down; on SIGTERM call Shutdown`
}
